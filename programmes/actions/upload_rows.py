"""Judging the rows of a file before anything is saved: what each would do, what is wrong with it, what is unlikely."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import astuple, dataclass, field, replace
from typing import Any
from uuid import UUID, uuid5

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

_NAMESPACE = UUID("3f0c4b1e-6a57-4f0a-9d0e-5b8f6c1d2e77")
Status = UploadRow.Status


@dataclass
class JudgedRow:
    """One row as it is kept: see `UploadRow`. `figures` are those that an accepted row would give."""

    row: SheetRow
    status: str
    version: int = 0
    before: dict[str, str] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    county: int = 0
    figures: dict[str, Any] = field(default_factory=dict)

    @property
    def place(self) -> Place:
        return self.row.area or 0, self.row.breakdown


def row_key(upload: int, number: int) -> UUID:
    """The key of a row of an upload: the same however often the upload is saved."""
    return uuid5(_NAMESPACE, f"{upload}/{number}")


class SheetJudge:
    """Judges the rows of one upload."""

    def __init__(self, model: type[Record], window: Window, by: User) -> None:
        self.model, self.window, self.by = model, window, by
        self.year = window.round.year

    def judge(self, rows: Sequence[SheetRow]) -> list[JudgedRow]:
        """Judge some rows, of which no two are for the same place. Five queries at most, however many rows."""
        open_rows = [row for row in rows if not row.outcome]
        sent = [incoming(row, row.version or 0) for row in open_rows]
        judge = Judge.of(self.model, self.window, sent, self.by)
        judged = {row.number: self._judged(judge, row, one) for row, one in zip(open_rows, sent, strict=True)}
        self._forgive_own(judge, [each for each in judged.values() if each.status == Status.CONFLICT])
        return [judged.get(row.number) or self._settled(row) for row in rows]

    def _judged(self, judge: Judge, row: SheetRow, sent: IncomingRow) -> JudgedRow:
        now = judge.standing.get(sent.place)
        if row.version is None and now is not None:
            # The file doesn't say what its author saw; they see what stands in the preview, before they save.
            sent = replace(sent, version=now.version)
        result = judge.judge(sent, seen=False)
        if isinstance(result, RowResult):
            if result.status == Status.LOCKED and self._says_the_same(row, result):
                result.status = Status.UNCHANGED
            return JudgedRow(row, result.status, sent.version, faults=faults_of(self.model, row, result))
        changed = {n: f for n, f in now.figures.items() if f != result[n]} if now and now.version else {}
        before = {n: str(f) if type(f) is int and f < 1000 else shown(f, "") for n, f in changed.items()}
        doubts = []
        if row.version is None and now and now.version and now.by != self.by.label:
            doubts.append(Doubt("", _("Replaces what %(by)s entered.") % {"by": now.by}))
        county = now.county if now else 0
        return JudgedRow(row, Status.ACCEPTED, sent.version, before, doubts=doubts, county=county, figures=result)

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
            place = (each.row.area or 0, each.row.breakdown)
            if place not in others:
                now = judge.standing[place].version
                again = self._judged(judge, replace(each.row, version=now), incoming(each.row, now))
                each.status, each.version = again.status, now
                each.before, each.faults, each.doubts = again.before, again.faults, again.doubts
                each.figures, each.county = again.figures, again.county
            else:
                # The error workbook tells what stands, so that what comes back in it has been seen.
                each.version = judge.standing[place].version

    def _written_by_others(self, conflicts: list[JudgedRow]) -> set[Place]:
        """The places in whose records someone else has written figures since the version that the file shows."""
        seen = {(each.row.area or 0, each.row.breakdown): each.version for each in conflicts}
        history: Any = self.model._meta.apps.get_model("programmes", f"{self.model.__name__}Event")
        found: set[Place] = set()
        for table in (self.model.objects.all(), history.objects.all()):
            written = table.filter(year=self.year, area__in={area for area, _kind in seen}).exclude(entered_by=self.by)
            for area, breakdown, version in written.values_list("area_id", "breakdown", "version"):
                if version > seen.get((area, breakdown), version):
                    found.add((area, breakdown))
        return found


def incoming(row: SheetRow, version: int) -> IncomingRow:
    return IncomingRow(row.area or 0, version, row.nil, row.values, row.breakdown)


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


_COLUMNS = "upload_id, number, status, label, area_id, breakdown, nil, version, values, before, faults, doubts"
_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


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
    fields = [
        str(upload), str(row.number), each.status, row.label.translate(_ESCAPES), str(row.area) if row.area else r"\N",
        row.breakdown, "t" if row.nil else "f", str(each.version),
        *(_json(part) for part in (row.values, each.before, faults, each.doubts)),
    ]  # fmt: skip
    return "\t".join(fields) + "\n"


def _json(part: Any) -> str:
    return json.dumps(part, ensure_ascii=False).translate(_ESCAPES) if part else ("[]" if part == [] else "{}")
