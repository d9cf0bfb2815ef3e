"""Who sees and who keeps which line: a line belongs where its place lies, and without one in the province it names."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from povtrack.accounts.models import User
from povtrack.accounts.roles import Ability
from villages.designations.names import squeezed
from villages.levels import Level
from villages.models import Area, AreaVersion, Membership


def lines_of(user: User, ability: Ability = Ability.READ) -> QuerySet[Membership]:
    """The lines on which `user` holds `ability`: of places in their areas, and unmatched ones of their provinces."""
    held = list(Area.objects.filter(pk__in=user.area_ids(ability)).only("pk", "level"))
    if any(area.level == Level.NATION for area in held):
        return Membership.objects.all()
    return Membership.objects.filter(
        Q(area__in=Area.objects.visible_to(user, ability)) | Q(area=None, listed_within__in=_provinces(held))
    )


def may_keep(user: User, line: Membership) -> bool:
    """Tell whether `user` may decide about a line."""
    return lines_of(user, Ability.KEEP_REGISTRY).filter(pk=line.pk).exists()


def _provinces(held: list[Area]) -> list[str]:
    """The names of provinces, as lists print them, that mean a province of `held`. Two queries, if there is one."""
    pks = [area.pk for area in held if area.level == Level.PROVINCE]
    if not pks:
        return []
    ours = {squeezed(name) for name in AreaVersion.objects.filter(area__in=pks).values_list("name", flat=True)}
    printed = Membership.objects.filter(area=None).exclude(listed_within="").values_list("listed_within", flat=True)
    return [
        name
        for name in printed.distinct()
        if any(own.startswith(squeezed(name)) or squeezed(name).startswith(own) for own in ours)
    ]
