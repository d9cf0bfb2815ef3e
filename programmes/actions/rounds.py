"""Planning when records are collected."""

from django.db import transaction
from django.utils.translation import gettext as _

from povtrack.accounts.models import User
from povtrack.accounts.roles import Ability
from povtrack.lib.jobs import recompute_after_commit
from programmes.actions.scope import Refused
from programmes.models import Round


@transaction.atomic
def plan_round(collecting: Round, *, by: User) -> Round:
    """Save a new or changed round; a new one makes its year's totals due everywhere.

    Raises Refused for whoever may not plan rounds, and ValidationError for dates that make no sense.
    """
    if not (by.is_superuser or by.can(Ability.MANAGE)):
        raise Refused(_("Rounds are planned by system admins."))
    collecting.full_clean()
    collecting.save()
    recompute_after_commit()
    return collecting
