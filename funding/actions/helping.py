"""What all writes about partners share: who may curate them, dates, and refusals in the words of an official."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from funding.actions.refusals import Clash, NotYours, Problem, RowsRefused, problems_of, refusals_told
from povtrack.accounts.models import User
from povtrack.accounts.roles import Ability
from povtrack.lib.years import FIRST_YEAR, LAST_YEAR
from villages.levels import Level
from villages.models import Area


class Overtaken(Clash):
    """Someone else wrote the row meanwhile; `theirs` is what now stands."""

    def __init__(self, theirs: Any) -> None:
        self.theirs = theirs
        super().__init__(
            _("Someone changed this meanwhile. Nothing was saved. Look at what stands now, then try again.")
        )


def curates(user: User) -> bool:
    """Tell whether a user keeps the partners and foreign projects of the nation."""
    held = user.area_ids(Ability.ENTER_FUNDS) + user.area_ids(Ability.MANAGE)
    return user.is_superuser or (bool(held) and Area.objects.filter(pk__in=held, level=Level.NATION).exists())


def require_curator(user: User) -> None:
    """Raise NotYours unless `user` keeps the partners and foreign projects of the nation."""
    if not curates(user):
        raise NotYours(
            _("Partners and foreign projects are kept by those who enter funds, or manage, for the whole nation.")
        )


def span(since: dt.date, until: dt.date | None) -> tuple[dt.date, dt.date | None]:
    """Return a half-open date range, or raise RowsRefused for one that ends before it begins, or began in no time."""
    if not FIRST_YEAR <= since.year <= LAST_YEAR:
        raise refused("since", since, _("The year is out of range."))
    if until is not None and until <= since:
        words = _("%(until)s is not after %(since)s, the first day.") % {"until": until, "since": since}
        raise refused("until", until, words)
    return since, until


def refused(field: str, value: Any, words: str, area: Area | None = None) -> RowsRefused:
    """Return the refusal of one field."""
    return RowsRefused([Problem(area.pk if area else None, field, "" if value is None else str(value), words)])


def write(row: models.Model, *, only: list[str] | None = None) -> None:
    """Write a row, or raise RowsRefused with all that is wrong with it. The caller is in a transaction."""
    if problems := problems_of([row], models.Model.clean_fields):
        raise RowsRefused(problems)
    with refusals_told([row]):
        row.save(update_fields=only)
