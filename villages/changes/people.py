"""The people whom a change concerns.

Those whose area ends are moved where that gives them nothing new, and listed for a decision otherwise. Those whose area
goes on with more or less below it are told beforehand: nobody gains an area silently.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.backends.utils import CursorWrapper
from django.utils.translation import gettext_noop

from povtrack.accounts.models import Jurisdiction
from povtrack.accounts.roles import Role
from villages.models import Area, BoundaryChange, OpenQuestion
from villages.sql import statement
from villages.told import told


@dataclass(frozen=True)
class Affected:
    """One role that someone holds on a place which ends; `moved_to` is None where a person must decide."""

    jurisdiction: Jurisdiction
    ended: Area
    moved_to: Area | None


@dataclass(frozen=True)
class Reach:
    """One role on a place that goes on, with what comes below it and what leaves it: how many places by level.

    `takes` says that its place, or one below it, takes another one over, wholly or in part; `gives`, the contrary.
    """

    jurisdiction: Jurisdiction
    takes: bool
    gives: bool
    gains: dict[int, int] = field(default_factory=dict)
    losses: dict[int, int] = field(default_factory=dict)


def hand_over(cursor: CursorWrapper) -> list[Affected]:
    """Take care of the roles on the places that the changes in `change_row` end.

    A sole successor that takes the same territory over gets the role moved. Any other successor would be a gain, so the
    role stays on the ended place, where it reaches nothing that is new, and a question asks what is to become of it.
    """
    cursor.execute(statement("change_gains"))
    rows = cursor.fetchall()
    areas = Area.objects.in_bulk({area for row in rows for area in (row[3], row[6]) if area})
    held = Jurisdiction.objects.select_related("user", "area").in_bulk([row[0] for row in rows])
    affected = []
    for pk, _user, role, ended, day, change, successor in rows:
        jurisdiction, target = held[pk], areas.get(successor)
        affected.append(Affected(jurisdiction, areas[ended], target))
        if target is None:
            _ask(jurisdiction, areas[ended], change, day.year)
        elif not Jurisdiction.objects.filter(user=jurisdiction.user, role=role, area=target).exists():
            Jurisdiction.objects.filter(pk=pk).update(area=target)
    return affected


def reaching(cursor: CursorWrapper, changes: Iterable[int], besides: Iterable[Jurisdiction] = ()) -> list[Reach]:
    """The roles that reach more or less after what was just derived; `changes` (ids) are those that were applied.

    `besides` have been told already: they follow their place.
    """
    told = [held.pk for held in besides]
    cursor.execute(statement("change_reach"), {"changes": list(changes), "besides": told})
    rows = cursor.fetchall()
    held = Jurisdiction.objects.select_related("user", "area").in_bulk({row[0] for row in rows})
    sides = {pk: {True: dict[int | None, int](), False: dict[int | None, int]()} for pk in sorted(held)}
    for pk, gained, level, places in rows:
        sides[pk][gained][level] = places
    return [_reach(held[pk], side[True], side[False]) for pk, side in sides.items()]


def _reach(held: Jurisdiction, gains: dict[int | None, int], losses: dict[int | None, int]) -> Reach:
    counted = [{level: n for level, n in side.items() if level is not None} for side in (gains, losses)]
    return Reach(held, bool(gains), bool(losses), *counted)


def _ask(held: Jurisdiction, ended: Area, change: int, year: int) -> None:
    OpenQuestion.objects.update_or_create(
        kind=OpenQuestion.Kind.PEOPLE,
        key=f"{change}:{held.pk}",
        defaults={
            "subject": told(
                "%(who)s: %(role)s", who=f"{held.user.label} ({held.user.username})", role=Role(held.role).label
            ),
            "reason": told(
                gettext_noop("This role was held on %(area)s, which has ended, and no one place took over just that."),
                area=f"{ended.code} {ended.name}",
            ),
            "evidence": {"jurisdiction": held.pk},
            "year": year,
            "level": ended.level,
            "area": ended,
            "user": held.user,
            "change_id": change,
        },
    )


def hand_back(cursor: CursorWrapper, changes: Sequence[BoundaryChange]) -> None:
    """Undo `hand_over` for changes being reverted: the roles of their own successors go back, their questions go."""
    OpenQuestion.objects.filter(change__in=changes, kind=OpenQuestion.Kind.PEOPLE, answered_at=None).delete()
    cursor.execute(
        """
        UPDATE accounts_jurisdiction AS held
        SET area_id = sole.old_id
        FROM (
            SELECT follow.change_id, min(follow.old_id) AS old_id, follow.new_id
            FROM villages_succession AS follow
            JOIN change_row AS made
                ON made.area_id = follow.new_id AND made.change_id = follow.change_id AND made.is_new
            GROUP BY follow.change_id, follow.new_id
            HAVING count(*) = 1
        ) AS sole
        WHERE held.area_id = sole.new_id
          AND NOT EXISTS (
              SELECT FROM accounts_jurisdiction AS other
              WHERE other.user_id = held.user_id AND other.role = held.role AND other.area_id = sole.old_id
          )
          AND 1 = (
              SELECT count(*) FROM villages_succession AS sibling
              WHERE sibling.change_id = sole.change_id AND sibling.old_id = sole.old_id
          )
        """
    )
