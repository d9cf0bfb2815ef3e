"""Taking the history of county codes into the registry, and comparing the registry with it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.utils.translation import gettext as _

from povtrack.accounts.models import User
from povtrack.lib.csvfiles import sha256_of
from povtrack.lib.jobs import recompute_after_commit
from povtrack.lib.progress import SilentSteps, Steps
from povtrack.lib.years import year_end
from villages import derive
from villages.imports.divisions import CHINA
from villages.imports.history import Plan, plan_history, read_history
from villages.imports.history.identities import Form, Place
from villages.imports.history.model import History
from villages.imports.history.verifying import Comparison, compare_years
from villages.imports.history.writing import TABLES, write_plan
from villages.models import Area, CurrentPlacement, Placement, RegistryImport
from villages.sql import statement

SOURCE = "history"


class HistoryRefused(Exception):
    """A history that can be read but not written as things stand; the message says why."""

    def __init__(self, message: str, comparison: Comparison | None = None) -> None:
        super().__init__(message)
        self.comparison = comparison


@dataclass
class HistoryReport:
    """What an import of the history would do, or did. `standing` means that the registry holds this history already."""

    areas: Counter[int] = field(default_factory=Counter)
    versions: int = 0
    changes: Counter[str] = field(default_factory=Counter)
    successions: int = 0
    questions: Counter[str] = field(default_factory=Counter)
    undocumented: int = 0
    standing: bool = False
    committed: bool = False
    comparison: Comparison | None = None


def import_history(
    *,
    codes: Path,
    changes: Path | None = None,
    verify: Path | None = None,
    by: User | None = None,
    commit: bool = False,
    progress: Steps | None = None,
) -> HistoryReport:
    """Take the history into an empty registry, or without `commit` tell what that would do. One transaction.

    `verify` is the list of codes and names by year; with `commit` nothing
    is written if the result differs from it. Raises FileError for a file that can't be read, and HistoryRefused when
    the registry holds something else already.
    """
    steps = progress or SilentSteps()
    with steps.step(_("Reading %(file)s") % {"file": codes.name}):
        history = read_history(codes, changes)
    with steps.step(_("Finding places and changes")):
        plan = plan_history(history, CHINA)
    report = _report(plan, history)
    with transaction.atomic(), connection.cursor() as cursor:
        _lock(cursor)
        report.standing = _stands(cursor, plan, codes)
        if not report.standing:
            _write(cursor, plan, history, codes=codes, changes=changes, by=by, steps=steps)
        if verify:
            report.comparison = compare_years(cursor, verify, steps)
            if commit and report.comparison.differences:
                raise HistoryRefused(_("Nothing was written: the result differs from the list."), report.comparison)
        if commit and not report.standing:
            report.committed = True
            recompute_after_commit()
        else:
            transaction.set_rollback(True)
    return report


def verify_history(*, by_year: Path, progress: Steps | None = None) -> Comparison:
    """Compare the registry with a list of codes and names by year; writes nothing."""
    with transaction.atomic(), connection.cursor() as cursor:
        comparison = compare_years(cursor, by_year, progress or SilentSteps())
        transaction.set_rollback(True)
    return comparison


def _report(plan: Plan, history: History) -> HistoryReport:
    return HistoryReport(
        areas=Counter(place.level.value for place in plan.places),
        versions=sum(len(place.forms) for place in plan.places),
        changes=Counter(change.kind.value for change in plan.changes),
        successions=sum(len(change.heirs) for change in plan.changes),
        questions=Counter(question.kind.value for question in plan.questions),
        undocumented=history.undocumented,
    )


def _lock(cursor: CursorWrapper) -> None:
    """Let nobody else write the registry until the transaction ends; readers go on."""
    tables = [*TABLES, Placement._meta.db_table, CurrentPlacement._meta.db_table]
    cursor.execute(f"LOCK TABLE {', '.join(tables)} IN SHARE ROW EXCLUSIVE MODE")
    cursor.execute("SET LOCAL work_mem = '128MB'")


def _stands(cursor: CursorWrapper, plan: Plan, codes: Path) -> bool:
    """Tell whether the registry holds this history; raises HistoryRefused when it holds something else."""
    if not Area.objects.exists():
        return False
    if RegistryImport.objects.filter(source=SOURCE, sha256=sha256_of(codes)).exists():
        return True
    cursor.execute(statement("history_standing"))
    if set(cursor.fetchall()) == {_as_row(place, form) for place in plan.places for form in place.forms}:
        return True
    raise HistoryRefused(
        _(
            "Nothing was written: the registry already holds places that are not this history. The history goes into "
            "an empty registry first, and lists of places on top of it."
        )
    )


def _as_row(place: Place, form: Form) -> tuple[object, ...]:
    above = form.parent.form_on(form.since) if form.parent else None
    what = place.level.value, place.kind, form.code, form.name
    return *what, above.code if above else None, form.since, form.until


def _write(
    cursor: CursorWrapper,
    plan: Plan,
    history: History,
    *,
    codes: Path,
    changes: Path | None,
    by: User | None,
    steps: Steps,
) -> None:
    with steps.step(_("Writing places and changes")):
        source = _record(codes, history, by, areas=len(plan.places))
        if changes:
            _record(changes, history, by, areas=0)
        write_plan(cursor, plan, source, by)
    derive.rebuild(cursor, steps)


def _record(path: Path, history: History, by: User | None, *, areas: int) -> RegistryImport:
    return RegistryImport.objects.create(
        source=SOURCE,
        file_name=path.name[-255:],
        sha256=sha256_of(path),
        vintage=year_end(history.last),
        since=year_end(history.first).replace(month=1, day=1),
        areas=areas,
        created_by=by,
    )
