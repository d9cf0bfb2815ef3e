"""Who may do what: every role and its abilities, on one screen.

A user holds a role on an area; each ability reaches the area's whole subtree and nothing else. Every role may read
figures and places there.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    CLERK = "clerk", _("clerk")
    REVIEWER = "reviewer", _("reviewer")
    FINANCE = "finance", _("finance officer")
    REGISTRY = "registry", _("registry admin")
    ANALYST = "analyst", _("analyst")
    ADMIN = "admin", _("system admin")


class Ability(models.TextChoices):
    READ = "read", _("read figures and places")
    ENTER = "enter", _("enter and submit records")
    REVIEW = "review", _("approve records")
    ENTER_FUNDS = "enter_funds", _("enter allocations and payments")
    KEEP_REGISTRY = "keep_registry", _("keep the registry of places")
    RELEASE = "release", _("freeze totals for citation")
    MANAGE = "manage", _("manage users, rounds and jobs")


ABILITIES: dict[Role, frozenset[Ability]] = {
    Role.CLERK: frozenset({Ability.READ, Ability.ENTER}),
    Role.REVIEWER: frozenset({Ability.READ, Ability.REVIEW}),
    Role.FINANCE: frozenset({Ability.READ, Ability.ENTER_FUNDS}),
    Role.REGISTRY: frozenset({Ability.READ, Ability.KEEP_REGISTRY, Ability.RELEASE}),
    Role.ANALYST: frozenset({Ability.READ}),
    Role.ADMIN: frozenset({Ability.READ, Ability.MANAGE, Ability.RELEASE}),
}


def roles_with(ability: Ability) -> list[Role]:
    """Return the roles that carry `ability`."""
    return [role for role, abilities in ABILITIES.items() if ability in abilities]
