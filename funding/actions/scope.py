"""Who may write where in the ledger."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from funding.actions.refusals import NotYours, Problem, RowsRefused
from povtrack.accounts.models import User
from povtrack.accounts.roles import Ability
from povtrack.lib.paths import is_under
from programmes.actions.scope import paths_of
from villages.models import Area


def require_funds_of(user: User, *areas: Area) -> None:
    """Raise NotYours unless `user` keeps the funds of all these areas."""
    own = paths_of(user, Ability.ENTER_FUNDS)
    if area := next((area for area in areas if not is_under(area.path, own)), None):
        raise NotYours(_("The funds of %(area)s are not yours to enter.") % {"area": area})


def require_not_ahead(day: dt.date, field: str = "document_date") -> None:
    """Raise RowsRefused for a day, told in a field, that has not come yet."""
    if problems := days_ahead([day], field):
        raise RowsRefused(problems)


def days_ahead(days: Sequence[dt.date], field: str) -> list[Problem]:
    """What is wrong with the days of several rows: one that has not come yet."""
    today, words = timezone.localdate(), _("%(day)s has not come yet.")
    written = {row: date_format(day, "Y-m-d") for row, day in enumerate(days) if day > today}
    return [Problem(None, field, day, words % {"day": day}, row) for row, day in written.items()]
