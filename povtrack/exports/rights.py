"""Whether somebody still holds the rights by which an export was made."""

from __future__ import annotations

from collections.abc import Iterable

from povtrack.accounts.models import User
from povtrack.accounts.roles import ABILITIES, Role
from povtrack.exports.models import Export
from povtrack.lib.paths import is_under
from villages.models import Area


def rights_of(user: User) -> list[list[object]]:
    """What a person holds, as an export keeps it: role and id of the area. A token may hold less."""
    return [[role, area] for role, area, _path in user.holds()]


def withheld(exports: Iterable[Export], user: User) -> set[int]:
    """Return the ids of those exports that hold what a person may no longer read. Two queries.

    A role that gave way to one that can do more, on the same area or one above it, takes nothing away.
    """
    exports = list(exports)
    now = [(ABILITIES[Role(role)], path) for role, _area, path in user.holds()]
    paths = dict(
        Area.objects.filter(pk__in={area for one in exports for _role, area in one.held}).values_list("pk", "path")
    )

    def is_held(role: str, area: int) -> bool:
        path = paths.get(area)
        able = {ability for abilities, above in now if path and is_under(path, [above]) for ability in abilities}
        return path is not None and ABILITIES[Role(role)] <= able

    return {one.pk for one in exports if not all(is_held(role, area) for role, area in one.held)}
