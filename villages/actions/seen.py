"""Applying what was seen: a draft is applied only if it does what its preview told, and a revert is told beforehand."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import connection, transaction
from django.utils.translation import gettext as _

from povtrack.accounts.models import Jurisdiction, User
from villages.actions.changes import apply_changes, revert_change
from villages.actions.drafts import content
from villages.actions.preview import Preview
from villages.changes.checks import ChangeRefused, Problem
from villages.changes.people import Affected, Reach, reaching
from villages.imports.writing import lock
from villages.models import BoundaryChange, Succession


class NotAsSeen(Exception):
    """Applying would do something else than the preview told; nothing was changed."""


@dataclass(frozen=True)
class Undoing:
    """What a revert would do. With problems or a refusal it can't be done, and the rest is empty."""

    problems: list[Problem] = field(default_factory=list)
    refusal: str = ""
    moved: dict[int, int] = field(default_factory=dict)  # level: places that would stand elsewhere than now
    roles: list[Jurisdiction] = field(default_factory=list)  # as they would be held again
    reach: list[Reach] = field(default_factory=list)  # whose place goes on with more or less below it

    @property
    def possible(self) -> bool:
        return not self.problems and not self.refusal


class _TakenBack(Exception):
    """Ends the transaction of a look ahead."""


def seen(change: BoundaryChange, preview: Preview) -> str:
    """A short text of what a preview told: the draft, the places that move, the shares and the people.

    Totals are left out: clerks enter figures all day, and what a change does to places and people is not changed by it.
    """
    return _digest(content(change), preview.moved, preview.shares, preview.people, preview.reach)


def apply_seen(*, change: BoundaryChange, seen: str, by: User) -> BoundaryChange:
    """Apply a draft if that does exactly what its preview told, in one transaction; `seen` is the text of `seen()`.

    Raises NotAsSeen when the draft, or what it meets, is no longer the same, and ChangeRefused as `apply_change` does.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        # In the order of all who apply: first the registry, then the change.
        lock(cursor)
        draft = BoundaryChange.objects.select_for_update().get(pk=change.pk)
        drafted = content(draft)
        people = apply_changes(changes=[draft], by=by)
        shares = Succession.objects.filter(change=draft).select_related("old", "new")
        reach = reaching(cursor, [draft.pk], besides=[person.jurisdiction for person in people])
        if _digest(drafted, _moved(), shares, people, reach) != seen:
            raise NotAsSeen(_("The draft, or the places it is about, changed after this preview."))
    return draft


def preview_revert(*, change: BoundaryChange, by: User) -> Undoing:
    """Tell what reverting an applied change would do. Nothing is changed, and no job is asked for."""
    result = Undoing()
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            before = dict(Jurisdiction.objects.filter(area__changed__change=change).values_list("pk", "area"))
            revert_change(change=BoundaryChange.objects.get(pk=change.pk), by=by)
            now = Jurisdiction.objects.filter(pk__in=before).select_related("user", "area").order_by("pk")
            back = [held for held in now if held.area_id != before[held.pk]]
            result = Undoing(moved=_moved(), roles=back, reach=reaching(cursor, [], besides=back))
            raise _TakenBack
    except _TakenBack:
        return result
    except ChangeRefused as refused:
        return Undoing(problems=refused.problems, refusal="" if refused.problems else str(refused))


def _digest(
    drafted: str,
    moved: dict[int, int],
    shares: Iterable[Succession],
    people: Iterable[Affected],
    reach: Iterable[Reach],
) -> str:
    """Places that the change makes get other ids each time, so they are told by their codes."""
    told = [
        drafted,
        sorted(moved.items()),
        sorted(
            [row.old_id, row.new.code if row.new else "", f"{row.share:.10f}", f"{row.share_back:.10f}"]
            for row in shares
        ),
        sorted(
            [person.jurisdiction.pk, person.ended.pk, person.moved_to.code if person.moved_to else ""]
            for person in people
        ),
        [
            [role.jurisdiction.pk, role.takes, role.gives, sorted(role.gains.items()), sorted(role.losses.items())]
            for role in reach
        ],
    ]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def _moved() -> dict[int, int]:
    """How many places stand elsewhere now, by level: left behind by the derivation just made."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT level, count(DISTINCT area_id) FROM derive_moved GROUP BY level ORDER BY level")
        return dict(cursor.fetchall())
