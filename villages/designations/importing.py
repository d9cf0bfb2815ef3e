"""What importing designation lists would do (`plan_import`), and doing it (`write_plan`).

A line that was taken before is known by its list and what is printed of it. It keeps the place that it has, also one
that a person gave it or took from it; only dates and evidence follow the file.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.core.validators import validate_slug
from django.db import connection
from django.forms import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from povtrack.accounts.models import User
from povtrack.lib.csvfiles import sha256_of
from villages.designations import questions
from villages.designations.lists import KNOWN, Line, ListFacts
from villages.designations.matching import Match, match_lines
from villages.designations.reading import Place, read_lists
from villages.designations.report import Report, Verdict
from villages.levels import Level
from villages.models import Designation, Membership, RegistryImport
from villages.told import Told, joined, told

_LOCK = 0x64657369  # any number, used nowhere else: one import of lists at a time


@dataclass(frozen=True)
class Request:
    """What a person asks for: of `files` the list `only` ("" for all). `name` and `level` are of a new list."""

    files: Sequence[Path]
    only: str = ""
    encoding: str = "utf-8"
    name: str = ""
    level: Level = Level.COUNTY


@dataclass
class Planned:
    """One line of a file with the place found for it, and the row that it was taken as before, if it was."""

    place: Place
    line: Line
    match: Match
    row: Membership | None = None
    # A person has decided about the line, or is to: its place is theirs.
    by_hand: bool = False

    @property
    def area_id(self) -> int | None:
        return self.row.area_id if self.row and (self.row.area_id or self.by_hand) else self.match.area_id

    @property
    def changed(self) -> bool:
        """Whether the row that there is must be written."""
        row = self.row
        dates = (self.line.since, self.line.until)
        return row is not None and (
            (row.valid.lower, row.valid.upper) != dates
            or row.evidence != self.line.evidence
            or row.area_id != self.area_id
        )


@dataclass
class Plan:
    request: Request
    report: Report
    new_lists: list[ListFacts]
    lines: list[Planned] = field(default_factory=list)


def plan_import(request: Request) -> Plan:
    """Read the files and find out what taking them would change. Raises FileError. Call it in a transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    read = read_lists(request.files, request.encoding, request.only)
    plan = Plan(request, Report(), [])
    for flaw in read.flaws:
        plan.report.add("", Verdict.REJECTED, flaw.place, flaw.value, flaw.reason)
    codes = {line.list for _place, line in read.lines} | set(read.facts)
    held = {row.code: row for row in Designation.objects.filter(code__in=codes)}
    facts = {code: found for code in sorted(codes) if (found := _facts(code, held, read.facts, request))}
    plan.new_lists = [found for code, found in facts.items() if code not in held]
    plan.report.new_lists = [found.code for found in plan.new_lists]
    known = []
    for place, line in read.lines:
        if line.list in facts:
            known.append((place, line))
        else:
            reason = _("There is no such list yet. Give its --name and, if it lists no counties, its --level.")
            plan.report.add("", Verdict.REJECTED, place, line.list, reason)
    plan.lines = _matched(known, facts)
    _lay_beside(plan.lines, list(held.values()))
    _part_overlaps(plan.lines, list(held.values()))
    for planned in plan.lines:
        _tell(plan.report, planned)
    return plan


def _facts(
    code: str, held: dict[str, Designation], described: dict[str, ListFacts], request: Request
) -> ListFacts | None:
    """Return the facts of a list: as held, as a file describes it, as povtrack knows it, or as asked for."""
    if code in held:
        return ListFacts(code, held[code].name, level=Level(held[code].level))
    if found := described.get(code) or KNOWN.get(code):
        return found
    try:
        validate_slug(code)
    except ValidationError:
        return None
    return ListFacts(code, request.name, level=request.level) if request.name and code == request.only else None


def _matched(lines: list[tuple[Place, Line]], facts: dict[str, ListFacts]) -> list[Planned]:
    by_level = defaultdict(list)
    for place, line in lines:
        by_level[facts[line.list].level].append((place, line))
    planned = []
    for level, group in by_level.items():
        matches = match_lines([line for _place, line in group], level)
        planned += [Planned(place, line, match) for (place, line), match in zip(group, matches, strict=True)]
    return planned


def _lay_beside(lines: list[Planned], held: list[Designation]) -> None:
    """Give each line the row that it was taken as before, and whether a person decided about it. Two queries."""
    rows = {
        (row.designation.code, row.listed_name, row.listed_code, row.listed_within): row
        for row in Membership.objects.filter(designation__in=held).select_related("designation")
    }
    asked = questions.questions_about(row for row in rows.values() if row.area_id is None)
    for planned in lines:
        planned.row = row = rows.get(planned.line.key)
        if row is not None and row.pk in asked:
            question = asked[row.pk]
            planned.by_hand = question.answered_at is not None or bool(question.evidence.get("by_hand"))


def _part_overlaps(lines: list[Planned], held: list[Designation]) -> None:
    """Leave to a person the lines whose place is on the same list already at the same time."""
    ours = {planned.row.pk for planned in lines if planned.row}
    taken: dict[tuple[str, int], list[tuple[dt.date, dt.date]]] = defaultdict(list)
    others = Membership.objects.filter(designation__in=held, area__isnull=False).exclude(pk__in=ours)
    for row in others.select_related("designation"):
        taken[row.designation.code, row.area_id or 0].append((row.valid.lower, row.valid.upper or dt.date.max))
    # Those that were taken before go first: they keep their places.
    for planned in sorted(lines, key=lambda planned: planned.row is None or planned.row.area_id is None):
        if planned.area_id is None:
            continue
        since, until = planned.line.since, planned.line.until or dt.date.max
        spans = taken[planned.line.list, planned.area_id]
        if any(since < other_until and other_since < until for other_since, other_until in spans):
            planned.match = Match(
                None, told(gettext_noop("The place that its code and name mean is on this list by another line."))
            )
        else:
            spans.append((since, until))


def _tell(report: Report, planned: Planned) -> None:
    words = planned.match.words
    if planned.area_id is None:
        verdict = Verdict.UNMATCHED
    elif planned.row and planned.row.area_id and planned.row.area_id != planned.match.area_id:
        verdict, words = Verdict.NOTED, planned.row.note
    else:
        verdict = Verdict.NOTED if words else Verdict.EXACT
    shown = " ".join(filter(None, (planned.line.within, planned.line.code, planned.line.name)))
    report.add(planned.line.list, verdict, planned.place, shown, words)
    if planned.row is None:
        report.new += 1
    elif planned.changed:
        report.changed += 1
    else:
        report.unchanged += 1


def write_plan(plan: Plan, by: User | None) -> None:
    """Write what a plan says."""
    Designation.objects.bulk_create(
        Designation(
            code=facts.code,
            name=facts.name,
            name_latin=facts.name_latin,
            level=facts.level,
            listed=facts.listed,
            source=facts.source,
            note=facts.note if isinstance(facts.note, Told) else told(facts.note),
        )
        for facts in plan.new_lists
    )
    codes = {planned.line.list for planned in plan.lines}
    designations = {row.code: row for row in Designation.objects.filter(code__in=codes)}
    sources = _sources(plan, by)
    fresh = [(planned, _row(planned, designations, sources)) for planned in plan.lines if planned.row is None]
    Membership.objects.bulk_create(row for _planned, row in fresh)
    questions.ask((row, planned.match.words) for planned, row in fresh if row.area_id is None)
    _change([planned for planned in plan.lines if planned.changed], by)


def _sources(plan: Plan, by: User | None) -> dict[str, RegistryImport]:
    """The row of each file that has news, by its name."""
    sources = {}
    for path in plan.request.files:
        lines = [planned for planned in plan.lines if planned.place.file == path.name]
        if any(planned.row is None or planned.changed for planned in lines):
            first = min(planned.line.since for planned in lines)
            sources[path.name] = RegistryImport.objects.create(
                source="designations",
                file_name=path.name,
                sha256=sha256_of(path),
                vintage=first,
                since=first,
                areas=len(lines),
                created_by=by,
            )
    return sources


def _row(planned: Planned, lists: dict[str, Designation], sources: dict[str, RegistryImport]) -> Membership:
    line = planned.line
    found = planned.match.words if planned.area_id else ""
    return Membership(
        designation=lists[line.list],
        area_id=planned.area_id,
        valid=(line.since, line.until),
        listed_name=line.name,
        listed_code=line.code,
        listed_within=line.within,
        listed_on=line.on,
        evidence=line.evidence,
        note=joined(" ", [line.note, found]),
        source=sources[planned.place.file],
    )


def _change(changed: list[Planned], by: User | None) -> None:
    rows: list[Any] = []
    found = []
    for planned in changed:
        row: Any = planned.row
        if row.area_id != planned.area_id:
            found.append(row)
            row.area_id = planned.area_id
            row.note = joined(" ", [row.note, planned.match.words])
        row.valid, row.evidence = (planned.line.since, planned.line.until), planned.line.evidence
        rows.append(row)
    Membership.objects.bulk_update(rows, ["area", "valid", "evidence", "note"])
    if found:
        day = timezone.localdate().isoformat()
        questions.answer(found, told(gettext_noop("Found by importing the list again on %(day)s."), day=day), by)
