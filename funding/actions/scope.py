"""Who may write where in the ledger."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from povtrack.accounts.models import User
from povtrack.accounts.roles import Ability
from povtrack.lib.paths import is_under
from programmes.actions import Refused
from programmes.actions.scope import paths_of
from villages.models import Area


def require_funds_of(user: User, area: Area) -> None:
    """Raise Refused unless `user` keeps the funds of an area."""
    if not is_under(area.path, paths_of(user, Ability.ENTER_FUNDS)):
        raise Refused(_("The funds of %(area)s are not yours to enter.") % {"area": area})


def require_not_ahead(day: dt.date) -> None:
    """Raise Refused for a day that has not come yet."""
    if day > timezone.localdate():
        raise Refused(_("%(day)s has not come yet.") % {"day": date_format(day, "Y-m-d")})
