"""What one user may give another, and whom they may manage.

A manager gives nothing that they do not hold themselves, and nothing outside the areas they manage. Setting someone's
password is as good as holding what that person holds, so a manager changes only users who hold nothing beyond that.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from povtrack.accounts.models import User
from povtrack.accounts.roles import ABILITIES, Ability, Role, roles_with
from povtrack.lib.paths import is_under, under

Held = tuple[str, str]  # role, path of the area


def held_by(user: User) -> list[Held]:
    """Return what a user holds: (role, path of the area) each. One query."""
    return [(role, path) for role, _pk, path in user.holds()]


def may_grant(held: Iterable[Held], role: str, path: str) -> bool:
    """Tell whether someone who holds `held` may give, or take away, `role` on the area at `path`."""
    abilities = {ability for own, above in held if is_under(path, [above]) for ability in ABILITIES[Role(own)]}
    return Ability.MANAGE in abilities and ABILITIES[Role(role)] <= abilities


def may_manage(by: User, user: User) -> bool:
    """Tell whether `by` may change `user`: everything that `user` holds must be theirs to give."""
    if by.is_superuser:
        return True
    held, theirs = held_by(by), held_by(user)
    return not user.is_superuser and bool(theirs) and all(may_grant(held, role, path) for role, path in theirs)


def managed_area(by: User, prefix: str = "") -> Q:
    """The condition that an area, reached by `prefix`, lies where `by` manages."""
    paths = [path for role, path in held_by(by) if Ability.MANAGE in ABILITIES[Role(role)]]
    return under(paths, f"{prefix}path")


def users_seen_by(by: User) -> QuerySet[User]:
    """Return the users who hold anything where `by` manages; a superuser sees all."""
    if by.is_superuser:
        return User.objects.all()
    return User.objects.filter(managed_area(by, "jurisdictions__area__")).distinct()


def manages_everything(by: User) -> bool:
    """Tell whether `by` manages the whole country, and so what concerns everyone."""
    return by.is_superuser or not roles_everywhere(by).isdisjoint(roles_with(Ability.MANAGE))


def roles_everywhere(by: User) -> set[str]:
    """The roles that `by` holds on the whole country."""
    return {role for role, _pk, path in by.holds() if path.count(".") == 1}
