"""Matching the rows of a sheet to places and measures: what each row says, or why it says nothing."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from povtrack.lib.figures import BadFigure, parse_flag
from programmes.models import Record
from programmes.registry import find_programme
from programmes.sheets.cells import BadCell, plain, shown
from programmes.sheets.columns import (
    CODE,
    KIND,
    LATIN,
    NAME,
    NIL,
    TOKEN,
    TOWNSHIP,
    Columns,
    Vocabulary,
    find_columns,
    folded,
    template_version,
)
from programmes.sheets.limits import Unreadable
from programmes.sheets.places import Places
from programmes.sheets.reading import Sheet
from programmes.sheets.tokens import Origin, Token, read_token

_TOTALS = {"合计", "总计", "小计", "共计", "total", "totals", "grandtotal", "sum", "итого", "всего"}
_WHOLE = re.compile(r"[0-9]+\.0+")


@dataclass(frozen=True)
class Fault:
    """What is wrong with one cell (`field` is a measure, or a column's key), or with the row ("")."""

    field: str
    value: str
    message: str


@dataclass
class SheetRow:
    """One row of a sheet. `number` is its number there, `label` the place as the file names it.

    `outcome` is "" for a row that is to be judged, else refused, unknown, blank or total. `version` is the one that its
    author saw, or None where the file doesn't say.
    """

    number: int
    label: str
    area: int | None = None
    breakdown: str = ""
    nil: bool = False
    values: dict[str, str] = field(default_factory=dict)
    version: int | None = None
    outcome: str = ""
    faults: list[Fault] = field(default_factory=list)

    @property
    def place(self) -> tuple[int, str]:
        return self.area or 0, self.breakdown

    @property
    def is_blank(self) -> bool:
        return not self.nil and not any(text.strip() for text in self.values.values())


@dataclass
class Matched:
    """A file matched to a programme, year and area: its rows, and what is to be said of the file as a whole."""

    sheet: Sheet
    columns: Columns
    rows: list[SheetRow]
    remarks: list[str] = field(default_factory=list)


def match(model: type[Record], places: Places, sheets: Sequence[Sheet]) -> Matched:
    """Match the first sheet that has a heading of this programme. Raises Unreadable."""
    for sheet in sheets:
        columns = find_columns(model, sheet.rows)
        if columns is not None:
            break
    else:
        raise Unreadable(_foreign(sheets, places, model) or _no_heading(model))
    _check_origin(model, places, sheet, columns)
    if model.kinds and KIND not in columns.at:
        words = _("The column “%(label)s” is missing: figures of %(programme)s are by kind.")
        raise Unreadable(words % {"label": model.kinds_label, "programme": model.label})
    matcher = Matcher(model, places, sheet, columns)
    rows = [row for number in range(columns.first_row, len(sheet.rows)) if (row := matcher.row(number))]
    if not rows:
        raise Unreadable(_("Below the heading the file holds no rows."))
    if all(row.area is None for row in rows):
        _elsewhere(model, places, sheet, columns)
    _refuse_doubles(rows)
    return Matched(sheet, columns, rows, _remarks(model, sheets, sheet, columns))


def _no_heading(model: type[Record]) -> str:
    words = _(
        "No heading was found: a row with “Code” or “Name” and figures of %(programme)s, such as “%(example)s”. "
        "Use the template, or head the columns so."
    )
    return words % {"programme": model.label, "example": model.measures()[0].verbose_name}


def _foreign(sheets: Sequence[Sheet], places: Places, model: type[Record]) -> str:
    """Raise Unreadable for a template of another programme, which has none of our headings."""
    for sheet in sheets:
        for row in sheet.rows[:30]:
            for cell in row:
                token = read_token(cell) if isinstance(cell, str) else None
                if token:
                    _belongs(model, places, token.origin)
    return ""


def _check_origin(model: type[Record], places: Places, sheet: Sheet, columns: Columns) -> None:
    """Raise Unreadable when the rows come from the template of another programme, year, area or version."""
    for origin in _origins(sheet, columns):
        _belongs(model, places, origin)


def _elsewhere(model: type[Record], places: Places, sheet: Sheet, columns: Columns) -> None:
    """Raise Unreadable for a template of another area, none of whose rows are places of this one."""
    for origin in _origins(sheet, columns):
        words = {"code": origin.area, "area": places.area, "programme": model.label, "year": places.year}
        message = _("This is the template of the area %(code)s, none of whose places are in %(area)s.")
        raise Unreadable(message % words, (origin.programme, origin.year, origin.area))


def _origins(sheet: Sheet, columns: Columns) -> list[Origin]:
    at = columns.at.get(TOKEN)
    if at is None:
        return []
    tokens = (read_token(str(row[at])) for row in sheet.rows[columns.first_row :] if at < len(row))
    return list(dict.fromkeys(token.origin for token in tokens if token))


def _belongs(model: type[Record], places: Places, origin: Origin) -> None:
    here = {"programme": model.label, "year": places.year, "area": places.area}
    other = find_programme(origin.programme)
    place = (origin.programme, origin.year, origin.area)
    words = {**here, "other": other.label if other else origin.programme, "was": origin.year, "code": origin.area}
    if origin.programme != model.code:
        raise Unreadable(_("This is a template of %(other)s, not of %(programme)s.") % words, place if other else None)
    if origin.year != places.year:
        raise Unreadable(_("This is a template for %(was)s; the page is for %(year)s.") % words, place)
    if origin.template != template_version(model):
        message = _("The figures of %(programme)s have changed since this template was made. Download a new one.")
        raise Unreadable(message % words)


def _remarks(model: type[Record], sheets: Sequence[Sheet], sheet: Sheet, columns: Columns) -> list[str]:
    remarks = []
    if columns.unread:
        words = _("These columns are no figures of %(programme)s and were not read: %(names)s.")
        remarks.append(
            words % {"programme": model.label, "names": ", ".join(name[:60] for name in columns.unread[:20])}
        )
    missing = [str(m.verbose_name) for m in model.measures() if m.name not in columns.at]
    if missing:
        words = _("The file has no column for these figures, so they stay as they are: %(names)s.")
        remarks.append(words % {"names": ", ".join(missing)})
    others = [other.name for other in sheets if other is not sheet and any(any(row) for row in other.rows)]
    if others and TOKEN not in columns.at:
        words = _("Only the sheet “%(name)s” was read, not: %(others)s.")
        remarks.append(words % {"name": sheet.name, "others": ", ".join(others[:20])})
    return remarks


def _refuse_doubles(rows: Sequence[SheetRow]) -> None:
    """Refuse every one of the rows that are for the same place: which is meant can't be known."""
    by_place: dict[Any, list[SheetRow]] = defaultdict(list)
    for row in rows:
        if row.area and row.outcome in ("", "refused"):
            by_place[row.area, row.breakdown].append(row)
    for doubles in by_place.values():
        if len(doubles) > 1:
            numbers = ", ".join(str(row.number) for row in doubles[:10])
            for row in doubles:
                row.outcome = "refused"
                row.faults.append(
                    Fault("", row.label, _("Rows %(numbers)s are for the same place. Keep one.") % {"numbers": numbers})
                )


class Matcher:
    """Matches the rows of one sheet."""

    def __init__(self, model: type[Record], places: Places, sheet: Sheet, columns: Columns) -> None:
        self.model, self.places, self.sheet, self.columns = model, places, sheet, columns
        self.kinds = Vocabulary.of(model).kinds
        known = {measure.name for measure in model.measures()}
        self.measures = [(name, at) for name, at in columns.at.items() if name in known]

    def row(self, number: int) -> SheetRow | None:
        """Return what row `number` (from 0) says; None when it is blank."""
        cells = self.sheet.rows[number]
        if not any(cell not in ("", None) for cell in cells):
            return None
        code, name, latin, township, kind = (self._words(cells, key) for key in (CODE, NAME, LATIN, TOWNSHIP, KIND))
        label = " ".join(filter(None, (code, latin, name, kind)))
        row = SheetRow(number + 1, label[:200])
        if _is_total(code, name or latin, township, cells):
            row.outcome = "total"
            return row
        self._read_figures(row, number, cells)
        if not label and row.is_blank and not row.faults:
            return None
        self._find_place(row, number, code, name or latin, township)
        self._find_kind(row, kind)
        self._read_token(row, cells)
        if row.faults:
            row.outcome = "unknown" if row.area is None else "refused"
        elif row.is_blank and not row.version:
            row.outcome = "blank"
        return row

    def _words(self, cells: Sequence[Any], key: str) -> str:
        at = self.columns.at.get(key)
        if at is None or at >= len(cells) or cells[at] == "":
            return ""
        text = shown(cells[at]).strip()
        return text.partition(".")[0] if key == CODE and _WHOLE.fullmatch(text) else text

    def _read_figures(self, row: SheetRow, number: int, cells: Sequence[Any]) -> None:
        flaws = self.sheet.flaws
        for name, at in self.measures:
            value = cells[at] if at < len(cells) else ""
            if flaws and (number, at) in flaws:
                row.faults.append(Fault(name, shown(value), flaws[number, at]))
                continue
            try:
                row.values[name] = plain(value)
            except BadCell as bad:
                row.faults.append(Fault(name, bad.shown, str(bad)))
        said = self._words(cells, NIL)
        try:
            row.nil = bool(parse_flag(said))
        except BadFigure as bad:
            row.faults.append(Fault(NIL, said, str(bad)))
        if row.nil and any(text.strip() for text in row.values.values()):
            words = _("The row says that there is nothing to report, and gives figures. Take one of them out.")
            row.faults.append(Fault(NIL, said, words))

    def _find_place(self, row: SheetRow, number: int, code: str, name: str, township: str) -> None:
        merged = self.sheet.flaws and [
            self.sheet.flaws.get((number, self.columns.at.get(key, -1)), "") for key in (CODE, NAME, KIND)
        ]
        if merged and any(merged):
            row.faults.append(Fault(CODE, row.label, next(filter(None, merged))))
            return
        place, problem = self.places.find(code, name, township)
        if place is None:
            row.faults.append(Fault(CODE if code else NAME, code or name, problem))
            return
        row.area = place.area

    def _find_kind(self, row: SheetRow, kind: str) -> None:
        if not self.model.kinds:
            return
        row.breakdown = self.kinds.get(folded(kind), "")
        if not row.breakdown:
            known = ", ".join(str(each.label) for each in self.model.kinds)
            words = _("“%(code)s” is no kind of %(programme)s. Its kinds: %(known)s.")
            row.faults.append(Fault(KIND, kind, words % {"code": kind, "programme": self.model.label, "known": known}))

    def _read_token(self, row: SheetRow, cells: Sequence[Any]) -> None:
        """Take the version that the template showed, if the hidden cell is this very place's."""
        at = self.columns.at.get(TOKEN)
        token: Token | None = read_token(str(cells[at])) if at is not None and at < len(cells) else None
        place = self.places.by_code.get(token.code) if token else None
        if token and place and place.area == row.area and token.kind == row.breakdown:
            row.version = token.version


def _is_total(code: str, name: str, township: str, cells: Sequence[Any]) -> bool:
    """Tell whether a row adds up others: it has no code, and says so where the name stands, or in its first cell."""
    if any(char.isdigit() for char in code):
        return False
    words = {folded(text).strip(":：") for text in (code, name, township, shown(cells[0]) if cells else "")}
    return bool(words & _TOTALS)
