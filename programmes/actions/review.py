"""Giving records back, by area: returning what waits for review, and reopening what has passed it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from povtrack.accounts.models import User
from povtrack.accounts.roles import Ability
from povtrack.lib.jobs import recompute_after_commit
from programmes.actions import notify
from programmes.actions.extensions import check_deadline
from programmes.actions.moves import GIVEN_BACK, Chosen, Outcome, Seen, allowed, move
from programmes.actions.remarks import checked_words
from programmes.actions.scope import window_of
from programmes.models import LOCKED, Extension, Record, ReviewStep, Round, State
from programmes.review_steps import steps_of, takes_two
from villages.models import Area


def return_records(
    model: type[Record],
    *,
    year: int,
    area: Area,
    by: User,
    reason: str,
    seen: Seen | None = None,
    breakdown: str | None = None,
) -> Outcome:
    """Return every record of `area` in `year` that waits for review to its clerk, with a reason. Raises Refused.

    `seen` chooses records as in `approve_records`.
    """
    chosen = Chosen(model, year, area, by, breakdown, seen)
    window = chosen.require_window()
    chosen.require(Ability.REVIEW)
    reason = checked_words(reason)
    with transaction.atomic():
        outcome = Outcome()
        records = allowed(window, chosen.lock([State.SUBMITTED, State.CONFIRMED], outcome), outcome)
        outcome.moved = move(model, records, kind=ReviewStep.Kind.RETURNED, by=by, reason=reason, **GIVEN_BACK)
        notify.tell_authors(model, year, records, by=by, kind="returned", reason=reason)
        recompute_after_commit()
    return outcome


def reopen_records(
    model: type[Record],
    *,
    year: int,
    area: Area,
    by: User,
    reason: str,
    until: dt.date,
    seen: Seen | None = None,
    breakdown: str | None = None,
) -> Outcome:
    """Give approved and confirmed records of `area` in `year` back to their clerk, to be mended until a day.

    Where the round closes before that day, or has closed, it goes on for the places of the records until then (for the
    whole area, when all of it is reopened). Raises Refused. `seen` chooses records as in `approve_records`.
    """
    chosen = Chosen(model, year, area, by, breakdown, seen)
    collecting = window_of(model, year).round
    chosen.require(Ability.REVIEW)
    reason = checked_words(reason)
    check_deadline(until)
    steps = steps_of(by, area)
    with transaction.atomic():
        outcome = Outcome()
        records = []
        for record in chosen.lock(LOCKED, outcome):
            if record.state == State.APPROVED and takes_two() and State.APPROVED not in steps:
                outcome.refuse(record, _("Only a reviewer who could approve it can reopen it."))
            else:
                records.append(record)
        outcome.moved = move(model, records, kind=ReviewStep.Kind.REOPENED, by=by, reason=reason, **GIVEN_BACK)
        if collecting.closes < until and records:
            _extend(collecting, records if seen is not None else None, area, by, reason, until)
        notify.tell_authors(model, year, records, by=by, kind="reopened", reason=reason, until=until)
        recompute_after_commit()
    return outcome


def _extend(collecting: Round, records: list[Any] | None, area: Area, by: User, reason: str, until: dt.date) -> None:
    """Let the round go on for the places of these records, or for the whole area."""
    places = [area.pk] if records is None else list(dict.fromkeys(record.area_id for record in records))
    Extension.objects.bulk_create(
        Extension(
            programme=collecting.programme, year=collecting.year, area_id=place, until=until, reason=reason, by=by
        )
        for place in places
    )
