"""Extensions: a round goes on for a named area, until a day and for a reason."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from povtrack.accounts.grants import manages_everything
from povtrack.accounts.models import User
from povtrack.accounts.roles import Ability
from povtrack.lib.paths import is_under
from programmes.actions.remarks import checked_words
from programmes.actions.scope import Refused, paths_of, window_of
from programmes.models import Extension, Record
from villages.models import Area

LONGEST_DAYS = 366


@transaction.atomic
def extend_round(model: type[Record], *, year: int, area: Area, until: dt.date, reason: str, by: User) -> Extension:
    """Let the round of a programme and year go on for an area and all below it, and return the extension.

    Raises Refused for whoever does not manage the area, without a reason, for a round that has not begun, and for a
    day that is past, too far off, or no later than the last day of the round.
    """
    collecting = window_of(model, year).round
    if not (manages_everything(by) or is_under(area.path, paths_of(by, Ability.MANAGE))):
        raise Refused(_("%(area)s is not an area that you manage.") % {"area": area})
    reason = checked_words(reason)
    check_deadline(until)
    if collecting.opens > timezone.localdate():
        words = _("The round has not begun; it opens on %(opens)s.")
        raise Refused(words % {"opens": date_format(collecting.opens, "Y-m-d")})
    if until <= collecting.closes:
        words = _("The round runs until %(closes)s for everyone. Choose a later day.")
        raise Refused(words % {"closes": date_format(collecting.closes, "Y-m-d")})
    return Extension.objects.create(programme=model.code, year=year, area=area, until=until, reason=reason, by=by)


def check_deadline(until: dt.date) -> None:
    """Raise Refused for a day that has passed, or is more than a year away."""
    today = timezone.localdate()
    if until < today:
        raise Refused(_("%(day)s has passed. Choose a later day.") % {"day": date_format(until, "Y-m-d")})
    if (until - today).days > LONGEST_DAYS:
        raise Refused(
            _("%(day)s is more than a year away. Choose an earlier day.") % {"day": date_format(until, "Y-m-d")}
        )
