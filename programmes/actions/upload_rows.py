"""Judging the rows of a file before anything is saved: what each would do, what is wrong with it, what is unlikely."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import astuple, dataclass, field
from typing import Any

from django.db import connection
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from povtrack.accounts.models import User
from povtrack.lib.figures import BadFigure, shown
from programmes.actions.judge import Judge
from programmes.actions.rows import IncomingRow, Place, RowResult
from programmes.actions.scope import Window
from programmes.models import Record, Upload, UploadRow
from programmes.models.upload import Doubt
from programmes.sheets.matching import Fault, SheetRow

Status = UploadRow.Status


@dataclass
class JudgedRow:
    """One row as it is kept: see `UploadRow`. `figures` are those that an accepted row would give."""

    row: SheetRow
    status: str
    version: int = 0
    before: dict[str, Any] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    county: int = 0
    figures: dict[str, Any] = field(default_factory=dict)

    @property
    def place(self) -> Place:
        return self.row.place


class SheetJudge:
    """Judges the rows of one upload."""

    def __init__(self, model: type[Record], window: Window, by: User) -> None:
        self.model, self.window, self.by = model, window, by
        self.year, self.label = window.round.year, by.label
        self.names = [measure.name for measure in model.measures()]

    def judge(self, rows: Sequence[SheetRow]) -> list[JudgedRow]:
        """Judge some rows, of which no two are for the same place. Five queries at most, however many rows."""
        open_rows = [row for row in rows if not row.outcome]
        judge = Judge.of(self.model, self.window, open_rows, self.by)
        judged = {row.number: self._judged(judge, row, row.version) for row in open_rows}
        self._forgive_own(judge, [each for each in judged.values() if each.status == Status.CONFLICT])
        return [judged.get(row.number) or self._settled(row) for row in rows]

    def _judged(self, judge: Judge, row: SheetRow, version: int | None) -> JudgedRow:
        now = judge.standing.get(row.place)
        stood = now.version if now else 0
        # A file that doesn't say what its author saw: they see what stands in the preview, before they save.
        seen = stood if version is None else version
        result = judge.judge(IncomingRow(row.area or 0, seen, row.nil, row.values, row.breakdown), seen=False)
        if isinstance(result, RowResult):
            if result.status == Status.LOCKED and self._says_the_same(row, result):
                result.status = Status.UNCHANGED
            return JudgedRow(row, result.status, seen, faults=faults_of(self.model, row, result))
        assert now
        figures = {name: result[name] for name in self.names}
        before = {name: figure for name, figure in now.figures.items() if figure != figures[name]} if stood else {}
        doubts = []
        if version is None and stood and now.by != self.label:
            doubts.append(Doubt("", _("Replaces what %(by)s entered.") % {"by": now.by}))
        return JudgedRow(row, Status.ACCEPTED, seen, before, [], doubts, now.county, figures)

    def _says_the_same(self, row: SheetRow, result: RowResult) -> bool:
        """Tell whether a row only repeats what is approved, as every row of a template does that nobody touched."""
        with suppress(BadFigure):
            said = {m.name: m.parse(row.values[m.name]) for m in self.model.measures() if m.name in row.values}
            return row.nil == result.nil and {**result.figures, **said} == result.figures
        return False

    def _settled(self, row: SheetRow) -> JudgedRow:
        """A row that its cells settle already; of one with a bad cell the other cells are looked at too."""
        faults = list(row.faults)
        known = {fault.field for fault in faults}
        for measure in self.model.measures() if row.outcome == Status.REFUSED else ():
            try:
                measure.parse(row.values.get(measure.name, ""))
            except BadFigure as bad:
                if measure.name not in known:
                    faults.append(Fault(measure.name, row.values[measure.name], str(bad)))
        return JudgedRow(row, row.outcome, row.version or 0, faults=faults)

    def _forgive_own(self, judge: Judge, conflicts: list[JudgedRow]) -> None:
        """A row that only its sender has written since the template was made is no conflict, they know of it."""
        if not conflicts:
            return
        others = self._written_by_others(conflicts)
        for each in conflicts:
            place = each.place
            if place not in others:
                now = judge.standing[place].version
                again = self._judged(judge, each.row, now)
                each.status, each.version = again.status, now
                each.before, each.faults, each.doubts = again.before, again.faults, again.doubts
                each.figures, each.county = again.figures, again.county
            else:
                # The error workbook tells what stands, so that what comes back in it has been seen.
                each.version = judge.standing[place].version

    def _written_by_others(self, conflicts: list[JudgedRow]) -> set[Place]:
        """The places in whose records someone else has written figures since the version that the file shows."""
        seen = {each.place: each.version for each in conflicts}
        history: Any = self.model._meta.apps.get_model("programmes", f"{self.model.__name__}Event")
        found: set[Place] = set()
        for table in (self.model.objects.all(), history.objects.all()):
            written = table.filter(year=self.year, area__in={area for area, _kind in seen}).exclude(entered_by=self.by)
            for area, breakdown, version in written.values_list("area_id", "breakdown", "version"):
                if version > seen.get((area, breakdown), version):
                    found.add((area, breakdown))
        return found


def faults_of(model: type[Record], row: SheetRow, result: RowResult) -> list[Fault]:
    """What is wrong with a row that was not written, in words."""
    if result.status == "refused":
        return [Fault(error.field, error.value, error.message) for error in result.errors]
    if result.status not in ("conflict", "locked"):
        return []
    differing = []
    for measure in model.measures():
        theirs = shown(result.figures.get(measure.name), "–")
        mine = row.values.get(measure.name, theirs).strip() or "–"
        if mine.replace(",", "") != theirs.replace(",", ""):
            words = _("%(label)s: yours %(mine)s, theirs %(theirs)s")
            differing.append(words % {"label": measure.verbose_name, "mine": mine, "theirs": theirs})
    at = date_format(timezone.localtime(result.at), "Y-m-d H:i") if result.at else ""
    told = {"by": result.by, "at": at, "figures": "; ".join(differing) or "–"}
    if result.status == "locked":
        return [Fault("", row.label, _("This row is approved and can't be changed: %(figures)s.") % told)]
    return [Fault("", row.label, _("%(by)s changed this row on %(at)s. %(figures)s") % told)]


_COLUMNS = "upload_id, number, status, label, breakdown, nil, version, values, before, faults, doubts, area_id"
NULL = r"\N"
_as_json = json.JSONEncoder(ensure_ascii=False, default=str).encode


def keep_rows(upload: Upload, rows: Iterable[JudgedRow]) -> None:
    """Put the judged rows in the place of those that were kept before."""
    UploadRow.objects.filter(upload=upload).delete()
    lines = io.StringIO("".join(_line(upload.pk, row) for row in rows))
    with connection.cursor() as cursor:
        names = ", ".join(f'"{name}"' for name in _COLUMNS.split(", "))
        cursor.copy_expert(f"COPY {UploadRow._meta.db_table} ({names}) FROM STDIN", lines)


def _line(upload: int, each: JudgedRow) -> str:
    row = each.row
    faults = [astuple(fault) for fault in each.faults]
    label = row.label.replace("\t", " ").replace("\n", " ").replace("\r", " ")
    parts = (
        upload, row.number, each.status, label, row.breakdown, "t" if row.nil else "f", each.version,
        _as_json(each.figures or row.values), _as_json(each.before) if each.before else "{}",
        _as_json(faults) if faults else "[]", _as_json(each.doubts) if each.doubts else "[]",
    )  # fmt: skip
    # JSON spells out what would end a column or a line; what is left is the sign that begins such a spelling.
    told = "\t".join(map(str, parts)).replace("\\", "\\\\")
    return f"{told}\t{row.area or NULL}\n"
