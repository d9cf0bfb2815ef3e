"""Carrying out the township changes of the yearly sheets, as far as they are sound; the rest becomes open questions."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from povtrack.accounts.models import User
from povtrack.lib.csvfiles import sha256_of
from povtrack.lib.progress import SilentSteps, Steps
from povtrack.lib.years import year_end
from villages.actions.changes import apply_changes
from villages.changes.checks import ChangeRefused
from villages.imports.townships import Reason, Row, read_rows
from villages.imports.townships.drafting import draft_events
from villages.imports.townships.events import Event, events_of
from villages.imports.townships.judging import judge
from villages.imports.townships.reading import plain
from villages.imports.townships.registry import Registry, known_changes, look_up
from villages.levels import Level
from villages.models import OpenQuestion, RegistryImport
from villages.told import joined, told

SOURCE = "townships"
_SETTLED = (Reason.SOUND, Reason.DONE, Reason.DECIDED)


@dataclass
class TownshipReport:
    """What became of each row, what the registry refused in its own words, and how many changes were made."""

    outcome: dict[Row, Reason] = field(default_factory=dict)
    refusals: dict[Row, str] = field(default_factory=dict)
    changes: Counter[str] = field(default_factory=Counter)
    asked: int = 0
    committed: bool = False

    @property
    def counts(self) -> Counter[Reason]:
        return Counter(self.outcome.values())

    @property
    def rows(self) -> int:
        return len(self.outcome)


def import_township_changes(
    *, path: Path, by: User | None = None, commit: bool = False, progress: Steps | None = None
) -> TownshipReport:
    """Carry out the sound rows and ask about the others, or without `commit` tell what that would do. One transaction.

    A row is sound when the registry has the old code and name at the end of its year, and the new code is free or that
    of the place named. The same rows again change nothing. Raises FileError for a file that can't be read.
    """
    steps = progress or SilentSteps()
    with steps.step(_("Reading %(file)s") % {"file": path.name}):
        rows = read_rows(path)
    report = TownshipReport()
    by_year: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        by_year[row.year].append(row)
    with transaction.atomic():
        source = _record(path, rows, by)
        open_rows = _settle_known(rows, report)
        with steps.step(_("Carrying out changes"), len(by_year)) as step:
            for done, year in enumerate(sorted(by_year), 1):
                _carry_out([row for row in by_year[year] if row in open_rows], report, source, by)
                step.to(done)
        with steps.step(_("Writing open questions")):
            _ask(report, source, by)
        report.committed = commit
        if not commit:
            transaction.set_rollback(True)
    return report


def _record(path: Path, rows: Sequence[Row], by: User | None) -> RegistryImport:
    years = [row.year for row in rows]
    known = RegistryImport.objects.filter(source=SOURCE, sha256=sha256_of(path)).first()
    return known or RegistryImport.objects.create(
        source=SOURCE,
        file_name=path.name[-255:],
        sha256=sha256_of(path),
        vintage=year_end(max(years)),
        since=year_end(min(years)),
        created_by=by,
    )


def _settle_known(rows: Iterable[Row], report: TownshipReport) -> set[Row]:
    """Tell the rows that were carried out or decided before; return the others."""
    known = known_changes()
    answered = set(
        OpenQuestion.objects.filter(kind=OpenQuestion.Kind.TOWNSHIPS, answered_at__isnull=False).values_list(
            "key", flat=True
        )
    )
    rest = set()
    for row in rows:
        change = row.year, row.old_code, plain(row.old_name), row.new_code, plain(row.new_name)
        if row.old_code and row.new_code and change in known:
            report.outcome[row] = Reason.DONE
        elif row.key in answered:
            report.outcome[row] = Reason.DECIDED
        else:
            rest.add(row)
    return rest


def _carry_out(rows: Sequence[Row], report: TownshipReport, source: RegistryImport, by: User | None) -> None:
    """Apply the sound events of one year."""
    if not rows:
        return
    registry = look_up(rows, year_end(rows[0].year))
    sound: list[Event] = []
    for event in events_of(rows):
        outcome = judge(event, registry)
        report.outcome.update(outcome)
        if set(outcome.values()) == {Reason.SOUND}:
            sound.append(event)
    while sound:
        refused = _try(sound, registry, report, source, by)
        if not refused:
            return
        sound = [event for event in sound if event not in refused]


def _try(
    events: Sequence[Event], registry: Registry, report: TownshipReport, source: RegistryImport, by: User | None
) -> list[Event]:
    """Draft and apply the events together; return those that the registry refuses, and then nothing was applied."""
    try:
        with transaction.atomic():
            drafts = draft_events(events, registry, source, by)
            apply_changes(changes=list(drafts), by=by)
    except ChangeRefused as error:
        words = {problem.code: problem.told for problem in error.problems}
        refused = [event for event in events if _codes(event) & set(words)]
        if not refused:
            raise
        for event in refused:
            for row in event.rows:
                report.outcome[row] = Reason.REFUSED
                report.refusals[row] = next(words[code] for code in sorted(_codes(event)) if code in words)
        return refused
    report.changes.update(change.kind for change in drafts)
    return []


def _codes(event: Event) -> set[str]:
    return set(event.targets) | set(event.sources)


def _ask(report: TownshipReport, source: RegistryImport, by: User | None) -> None:
    """Ask about each row that is not settled, once; answer the questions about rows carried out by now."""
    questions = OpenQuestion.objects.filter(kind=OpenQuestion.Kind.TOWNSHIPS)
    sound = [row.key for row, reason in report.outcome.items() if reason in (Reason.SOUND, Reason.DONE)]
    questions.filter(key__in=sound, answered_at=None).update(
        answer=told(gettext_noop("Carried out.")), answered_at=timezone.now(), answered_by=by
    )
    before = questions.count()
    OpenQuestion.objects.bulk_create(
        (
            OpenQuestion(
                kind=OpenQuestion.Kind.TOWNSHIPS,
                key=row.key,
                subject=str(row)[:300],
                reason=_words(report, row, reason),
                evidence=row.cells,
                year=row.year,
                level=Level.TOWNSHIP,
                source=source,
            )
            for row, reason in report.outcome.items()
            if reason not in _SETTLED
        ),
        ignore_conflicts=True,
        batch_size=1000,
    )
    report.asked = questions.count() - before


def _words(report: TownshipReport, row: Row, reason: Reason) -> str:
    return joined(" ", [told(gettext_noop("%(reason)s."), reason=reason.label), report.refusals.get(row, "")])
