"""What a change would do, told before it is done: it is applied, looked at, and taken back, in one transaction.

So the preview is exact by construction: the same code writes, and every total is computed as it would be.
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass, field

from django.db import connection, transaction
from django.utils.translation import gettext as _

from povtrack.accounts.models import User
from villages.actions.changes import apply_changes
from villages.changes.checks import ChangeRefused, Problem
from villages.changes.effects import Effect, observers
from villages.changes.people import Affected, Reach, reaching
from villages.imports.writing import lock
from villages.models import Area, AreaVersion, BoundaryChange, Succession


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
    result = Preview()
    try:
        with transaction.atomic(), connection.cursor() as cursor:
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
