"""Who sees which open question: those of their areas, and of no area whoever keeps the whole registry."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from povtrack.accounts.models import User
from povtrack.accounts.roles import Ability
from povtrack.lib.paths import under
from villages.levels import Level
from villages.models import Area, BoundaryChange, OpenQuestion

# Lines of designation lists are decided on a page of their own.
_ELSEWHERE = Q(kind=OpenQuestion.Kind.OTHER, key__startswith="designation:")


def questions_of(user: User) -> QuerySet[OpenQuestion]:
    """The questions that `user` may work at: all of the areas they keep, and those about people where they manage."""
    rows = OpenQuestion.objects.exclude(_ELSEWHERE)
    kept, managed = held(user, Ability.KEEP_REGISTRY), held(user, Ability.MANAGE)
    if reaches_all(kept):
        return rows
    people = Q() if reaches_all(managed) else _within(managed)
    return rows.filter(_within(kept) | (Q(kind=OpenQuestion.Kind.PEOPLE) & people))


def changes_of(user: User) -> QuerySet[BoundaryChange]:
    """The changes that touch a place which `user` keeps."""
    kept = held(user, Ability.KEEP_REGISTRY)
    return BoundaryChange.objects.all() if reaches_all(kept) else BoundaryChange.objects.within(_paths(kept))


def changes_read_by(user: User) -> QuerySet[BoundaryChange]:
    """The changes that were ever applied and touch a place which `user` reads, and the drafts that they keep."""
    read = held(user, Ability.READ)
    rows = BoundaryChange.objects.all() if reaches_all(read) else BoundaryChange.objects.within(_paths(read))
    drafts = changes_of(user).filter(state=BoundaryChange.State.DRAFT).values("pk")
    return rows.filter(~Q(state=BoundaryChange.State.DRAFT) | Q(pk__in=drafts))


def held(user: User, ability: Ability) -> list[Area]:
    """The areas on which `user` holds an ability. One query."""
    return list(Area.objects.filter(pk__in=user.area_ids(ability)).only("pk", "level", "path"))


def reaches_all(areas: list[Area]) -> bool:
    return any(area.level == Level.NATION for area in areas)


def _within(areas: list[Area]) -> Q:
    """The area of a question lies within; with none it is nobody's."""
    return under(_paths(areas), "area__path") if areas else Q(pk__in=[])


def _paths(areas: list[Area]) -> list[str]:
    return [area.path for area in areas]
