"""What a change would do, told before it is done: it is applied, looked at, and taken back, in one transaction.

So the preview is exact by construction: the same code writes, and every total is computed as it would be. All of it is
read as of one moment, so that what clerks save meanwhile is not taken for an effect of the change.
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass, field

from django.db import OperationalError, connection, transaction
from django.utils.translation import gettext as _
from psycopg2.errors import SerializationFailure

from povtrack.accounts.models import User
from villages.actions.changes import apply_changes
from villages.changes import engine
from villages.changes.checks import ChangeRefused, Problem
from villages.changes.effects import Effect, observers
from villages.changes.people import Affected, Reach, reaching
from villages.imports.writing import lock
from villages.models import Area, AreaVersion, BoundaryChange, Succession

# What others save between the first look and the writing of the same rows makes a try void. One of a whole list takes
# minutes, and the next would meet somebody too.
_TRIES = 3


@dataclass(frozen=True)
class Preview:
    """What a change would do. With problems it can't be applied, and the rest is empty."""

    problems: list[Problem] = field(default_factory=list)
    refusal: str = ""
    warnings: list[str] = field(default_factory=list)
    moved: dict[int, int] = field(default_factory=dict)  # level: places that would stand elsewhere than now
    shares: list[Succession] = field(default_factory=list)
    people: list[Affected] = field(default_factory=list)
    reach: list[Reach] = field(default_factory=list)  # whose place goes on with more or less below it
    effects: list[Effect] = field(default_factory=list)

    @property
    def possible(self) -> bool:
        return not self.problems and not self.refusal


class _TakenBack(Exception):
    """Ends the transaction of a preview."""


def preview_change(*, change: BoundaryChange, by: User | None) -> Preview:
    """Tell what applying a draft would do. Nothing is changed, and no job is asked for."""
    if connection.in_atomic_block:  # the moment is whose transaction this is
        return _tried(change, by, at_one_moment=False)
    for _try in range(1 if change.areas.count() > engine.MANY else _TRIES):
        try:
            return _tried(change, by, at_one_moment=True)
        except OperationalError as error:
            if not isinstance(error.__cause__, SerializationFailure):
                raise
    # Somebody saves just these rows all the time: better a preview that counts theirs too than none.
    return _tried(change, by, at_one_moment=False)


def _tried(change: BoundaryChange, by: User | None, *, at_one_moment: bool) -> Preview:
    result = Preview()
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            if at_one_moment:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            # Before anything is read: waiting for it must not make the moment an old one.
            lock(cursor)
            watching = [observer(change) for observer in observers]
            for watcher in watching:
                next(watcher)
            warnings = _warnings(change)
            affected = apply_changes(changes=[BoundaryChange.objects.get(pk=change.pk)], by=by)
            result = Preview(
                warnings=warnings,
                moved=_moved(),
                shares=list(
                    Succession.objects.filter(change=change)
                    .select_related("old", "new")
                    .order_by("old__code", "new__code")
                ),
                people=affected,
                reach=reaching(cursor, [change.pk], besides=[one.jurisdiction for one in affected]),
                effects=[effect for watcher in watching for effect in _rest(watcher)],
            )
            raise _TakenBack
    except _TakenBack:
        return result
    except ChangeRefused as refused:
        return Preview(problems=refused.problems, refusal="" if refused.problems else str(refused))


def _rest(watcher: Generator[None, None, list[Effect]]) -> list[Effect]:
    """Let an observer look at what has changed."""
    try:
        next(watcher)
    except StopIteration as done:
        return list(done.value)
    raise RuntimeError("an observer yields once")


def _moved() -> dict[int, int]:
    """How many places stand elsewhere now, by level: left behind by the derivation just made."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT level, count(DISTINCT area_id) FROM derive_moved GROUP BY level ORDER BY level")
        return dict(cursor.fetchall())


def _warnings(change: BoundaryChange) -> list[str]:
    """What may be meant, but should be looked at twice."""
    warnings: list[str] = []
    later = AreaVersion.objects.filter(
        area__in=change.areas.exclude(area=None).values("area"), valid__startswith__gt=change.effective
    )
    warnings += [
        _("%(place)s has a later form from %(day)s on; this change reaches only until then.")
        % {"place": version.area, "day": version.valid.lower.isoformat()}
        for version in later.select_related("area").order_by("area", "-valid").distinct("area")
    ]
    taken = {row.code: row for row in change.areas.exclude(code="")}
    former = Area.objects.filter(versions__code__in=taken).exclude(code__in=taken).distinct()
    for area in former.exclude(pk__in=[row.area_id for row in taken.values() if row.area_id]):
        code = area.versions.filter(code__in=taken).values_list("code", flat=True).first()
        warnings.append(
            _("The code %(code)s was carried by another place before: %(place)s.") % {"code": code, "place": area}
        )
    return warnings
