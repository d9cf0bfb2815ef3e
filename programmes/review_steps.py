"""How many steps approval takes, by the setting REVIEW_STEPS, and which of them a reviewer takes where.

With one step ("county") any reviewer approves. With two ("county,province") a reviewer who holds an area below the
second level confirms, and one who holds an area of that level or above approves what was confirmed.
"""

from __future__ import annotations

from django.conf import settings

from povtrack.accounts.models import User
from povtrack.accounts.roles import Ability
from povtrack.lib.paths import is_under
from programmes.models import State
from villages.levels import Level
from villages.models import Area

Held = tuple[str, int]  # path and level of an area


def takes_two() -> bool:
    return len(settings.REVIEW_STEPS) == 2


def last_level() -> Level:
    """The level from which on reviewers take the last step; with one step, all do."""
    return Level[settings.REVIEW_STEPS[1].upper()] if takes_two() else Level.VILLAGE


def steps_at(level: int) -> frozenset[State]:
    """Return what whoever reviews in an area of this level makes of a record: confirmed or approved."""
    return frozenset({State.APPROVED if level <= last_level() else State.CONFIRMED})


def waiting_for(steps: frozenset[State]) -> list[State]:
    """Return the states in which records wait for someone who takes these steps."""
    if not takes_two():
        return [State.SUBMITTED, State.CONFIRMED]  # confirmed while two steps were asked for
    return [State.SUBMITTED] * (State.CONFIRMED in steps) + [State.CONFIRMED] * (State.APPROVED in steps)


def held_for_review(user: User) -> list[Held]:
    """Return the areas in which a person reviews. One query."""
    return list(Area.objects.filter(pk__in=user.area_ids(Ability.REVIEW)).values_list("path", "level"))


def steps_of(user: User, area: Area) -> frozenset[State]:
    """Return the steps that a person takes in an area; none where they do not review."""
    return frozenset(
        step for path, level in held_for_review(user) if is_under(area.path, [path]) for step in steps_at(level)
    )
