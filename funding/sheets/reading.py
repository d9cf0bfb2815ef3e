"""Reading a pass-down workbook, or a list of an officer's own, into the grid."""

from __future__ import annotations

import re
import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from funding.grid import PassGrid, PassRow
from funding.models import Allocation
from funding.sheets.columns import AMOUNT, PROGRAMME, find_columns
from funding.sheets.tokens import TOTAL, PassToken, read_token
from programmes.sheets.cells import BadCell, plain, shown
from programmes.sheets.columns import CODE, LATIN, NAME, TOKEN, folded
from programmes.sheets.limits import Unreadable
from programmes.sheets.places import Places, SheetPlace
from programmes.sheets.reading import Sheet, read_sheets

_TOTALS = {"合计", "总计", "小计", "共计", "剩余", "total", "remaining", "sum", "итого", "всего"}
_WHOLE = re.compile(r"[0-9]+\.0+")


@dataclass
class FileRow:
    """One row of a file: its number there, its cells, the grid's row that it is for, and what is wrong, by column."""

    number: int
    label: str
    cells: Sequence[Any]
    row: PassRow | None = None
    faults: dict[str, str] = field(default_factory=dict)


@dataclass
class PassFile:
    """A file: its sheet, the place of each column, the first row below the heading, and the workbook it comes from."""

    sheet: Sheet
    at: dict[str, int]
    first: int
    token: PassToken | None
    rows: list[FileRow] = field(default_factory=list)

    @property
    def key(self) -> uuid.UUID:
        """The key of the entries that the file becomes: the workbook's, or a new one for a list of one's own."""
        return self.token.key if self.token else uuid.uuid4()

    def text(self, row: Sequence[Any], key: str) -> str:
        at = self.at.get(key)
        text = shown(row[at]).strip() if at is not None and at < len(row) else ""
        return text.partition(".")[0] if key == CODE and _WHOLE.fullmatch(text) else text


def open_file(content: bytes, allocation: Allocation) -> PassFile:
    """Find the table in a file. Raises Unreadable, also for the workbook of another allocation."""
    for sheet in read_sheets(content):
        found = find_columns(sheet.rows)
        if found:
            break
    else:
        words = _("No heading was found: a row with “Code” or “Name” and “Amount”. Use the workbook, or head them so.")
        raise Unreadable(words)
    at, first = found
    tokens = {token for row in sheet.rows[first:] if (token := _token(row, at))}
    origins = {(token.allocation, token.level, token.key): token for token in tokens}
    if any(token.allocation != allocation.pk for token in tokens):
        words = _("This is the workbook of another allocation, not of %(document)s. Send it on the page of that one.")
        raise Unreadable(words % {"document": allocation.document_no})
    if len(origins) > 1:
        raise Unreadable(_("The rows come from several workbooks. Send them one by one."))
    return PassFile(sheet, at, first, next(iter(origins.values()), None))


def _token(row: Sequence[Any], at: dict[str, int]) -> PassToken | None:
    place = at.get(TOKEN)
    return read_token(str(row[place])) if place is not None and place < len(row) else None


def fill_grid(grid: PassGrid, file: PassFile) -> None:
    """Read the rows of a file, and write what they say into the grid's. Raises Unreadable when there are none."""
    places = Places.made_of(
        grid.parent.area,
        grid.parent.year,
        [SheetPlace(row.area.pk, row.code, row.name, row.latin, row.within) for row in grid.rows],
    )
    for number, cells in enumerate(file.sheet.rows[file.first :], file.first):
        if row := _row(grid, file, places, number, cells):
            file.rows.append(row)
    if not file.rows:
        raise Unreadable(_("Below the heading the file holds no rows."))
    _refuse_doubles(file.rows)


def _row(grid: PassGrid, file: PassFile, places: Places, number: int, cells: Sequence[Any]) -> FileRow | None:
    code, name = file.text(cells, CODE), file.text(cells, NAME) or file.text(cells, LATIN)
    if _is_total(file, cells, code, name) or not any(shown(cell).strip() for cell in cells):
        return None
    row = FileRow(number + 1, " ".join(filter(None, [code, name]))[:200], cells)
    amount, programme = (_read(file, row, number, key) for key in (AMOUNT, PROGRAMME))
    if not (amount or programme or row.faults):
        return None  # who gets nothing stays blank
    place, problem = places.find(code, name, "")
    if place is None:
        row.faults[CODE if code else NAME] = problem
        return row
    row.row = grid.by_area[place.area]
    row.row.amount, row.row.programme = amount, programme
    if programme and not grid.by_programme:
        row.faults[PROGRAMME] = _("The money is for one programme already; no other can be named.")
    return row


def _read(file: PassFile, row: FileRow, number: int, key: str) -> str:
    at = file.at.get(key)
    if at is None or at >= len(row.cells):
        return ""
    if (number, at) in file.sheet.flaws:
        row.faults[key] = file.sheet.flaws[number, at]
        return ""
    try:
        return plain(row.cells[at]).strip()
    except BadCell as bad:
        row.faults[key] = str(bad)
        return bad.shown


def _is_total(file: PassFile, cells: Sequence[Any], code: str, name: str) -> bool:
    """Whether a row adds up others: our own sums, or one that has no code and says so."""
    at = file.at.get(TOKEN)
    if at is not None and at < len(cells) and str(cells[at]) == TOTAL:
        return True
    words = {folded(text).strip(":：") for text in (code, name, shown(cells[0]) if cells else "")}
    return not any(sign.isdigit() for sign in code) and bool(words & _TOTALS)


def _refuse_doubles(rows: Sequence[FileRow]) -> None:
    """Which of several rows for one place is meant can't be known."""
    by_place: dict[int, list[FileRow]] = defaultdict(list)
    for row in rows:
        if row.row:
            by_place[row.row.area.pk].append(row)
    for doubles in by_place.values():
        if len(doubles) > 1:
            numbers = ", ".join(str(row.number) for row in doubles[:10])
            for row in doubles:
                row.faults[CODE] = _("Rows %(numbers)s are for the same place. Keep one.") % {"numbers": numbers}
