"""Giving records back, by area: returning what waits for review, and reopening what has passed it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from povtrack.accounts.models import User
from povtrack.accounts.roles import Ability
from povtrack.lib.jobs import recompute_after_commit
from programmes.actions import notify
from programmes.actions.extensions import check_deadline
from programmes.actions.moves import GIVEN_BACK, Chosen, Days, Outcome, Seen, allowed, keep_steps, move
from programmes.actions.remarks import checked_words
from programmes.actions.scope import window_of
from programmes.deadlines import Deadline, deadlines_of
from programmes.models import LOCKED, OPEN, Extension, Record, ReviewStep, Round, State
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

    One that was reopened until a day to come is to be mended by that day as before. Where the day has passed, returning
    the record gives it time as long as the round goes on. `seen` chooses records as in `approve_records`.
    """
    chosen = Chosen(model, year, area, by, breakdown, seen)
    window = chosen.require_window()
    chosen.require(Ability.REVIEW)
    reason = checked_words(reason)
    with transaction.atomic():
        outcome = Outcome()
        records = allowed(window, chosen.lock([State.SUBMITTED, State.CONFIRMED], outcome), outcome)
        days = _days_to_come(model, year, records)
        outcome.moved = move(
            model, records, kind=ReviewStep.Kind.RETURNED, by=by, reason=reason, until=days, **GIVEN_BACK
        )
        notify.tell_authors(model, year, records, by=by, kind="returned", reason=reason)
        recompute_after_commit()
    return outcome


def _days_to_come(model: type[Record], year: int, records: list[Any]) -> Days:
    """The days until which these records can be mended, by id; of those whose day has not passed."""
    deadlines, today = deadlines_of(model, year, {record.area_id for record in records}), timezone.localdate()
    found = {record.pk: deadlines.get((record.area_id, record.breakdown)) for record in records}
    return {pk: deadline.until for pk, deadline in found.items() if deadline and deadline.until >= today}


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

    Those that were reopened until another day and have not come back are given the new day. Where the round closes
    before that day, or has closed, it goes on for the places of the records until then (for the whole area, when all of
    it is reopened). Raises Refused. `seen` chooses records as in `approve_records`.
    """
    chosen = Chosen(model, year, area, by, breakdown, seen)
    collecting = window_of(model, year).round
    chosen.require(Ability.REVIEW)
    reason = checked_words(reason)
    check_deadline(until)
    with transaction.atomic():
        outcome = Outcome()
        records = _reopenable(model, year, chosen, by, outcome)
        step: dict[str, Any] = {"kind": ReviewStep.Kind.REOPENED, "by": by, "reason": reason}
        step["until"] = {record.pk: until for record in records}
        in_hand = [record for record in records if record.state in OPEN]
        outcome.moved = len(in_hand) + move(model, [r for r in records if r.state not in OPEN], **step, **GIVEN_BACK)
        keep_steps(model, in_hand, **step)
        if collecting.closes < until and records:
            _extend(collecting, records if seen is not None else None, area, by, reason, until)
        notify.tell_authors(model, year, records, by=by, kind="reopened", reason=reason, until=until)
        recompute_after_commit()
    return outcome


def _reopenable(model: type[Record], year: int, chosen: Chosen, by: User, outcome: Outcome) -> list[Any]:
    """Lock and return the records that this reviewer can reopen; who could not have approved one is refused."""
    held = chosen.lock([*LOCKED, *OPEN], outcome)
    deadlines = deadlines_of(model, year, {record.area_id for record in held if record.state in OPEN})
    takes_last = not takes_two() or State.APPROVED in steps_of(by, chosen.area)
    records = []
    for record in held:
        deadline = deadlines.get((record.area_id, record.breakdown))
        if record.state in OPEN and deadline is None:
            continue
        if takes_last or _is_theirs(record, deadline, by):
            records.append(record)
        else:
            outcome.refuse(record, _("Only a reviewer who could approve it can reopen it."))
    return records


def _is_theirs(record: Any, deadline: Deadline | None, by: User) -> bool:
    """Tell whether a reviewer of the first step can reopen a record: it was only confirmed, or they reopened it."""
    if record.state in OPEN:
        return deadline is not None and deadline.by == by.pk
    return bool(record.state == State.CONFIRMED)


def _extend(collecting: Round, records: list[Any] | None, area: Area, by: User, reason: str, until: dt.date) -> None:
    """Let the round go on for the places of these records, or for the whole area."""
    places = [area.pk] if records is None else list(dict.fromkeys(record.area_id for record in records))
    Extension.objects.bulk_create(
        Extension(
            programme=collecting.programme,
            year=collecting.year,
            area_id=place,
            until=until,
            reason=reason,
            is_reopening=True,
            by=by,
        )
        for place in places
    )
