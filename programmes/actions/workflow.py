"""Moving records forward through review, by area: submitting, and approving in one step or two."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from povtrack.accounts.models import User
from povtrack.accounts.roles import Ability
from povtrack.lib.jobs import recompute_after_commit
from programmes.actions import notify
from programmes.actions.moves import Chosen, Outcome, Seen, allowed, in_time, move
from programmes.catalogue.pilot import PilotRecord
from programmes.models import OPEN, IndicatorFigure, Record, ReviewStep, State
from programmes.review_steps import steps_of, takes_two
from programmes.unlikely import Unlikely, unlikely_in
from villages.models import Area


def submit_records(
    model: type[Record], *, year: int, area: Area, by: User, breakdown: str | None = None, seen: Seen | None = None
) -> Outcome:
    """Submit every draft and returned record of `area` in `year`, of all kinds or of one. Raises Refused.

    What stays is named in the outcome: a record that was to be mended by a day that has passed, one without a single
    figure that is no nil return, and one with an unlikely figure for which no reason was given. `seen` chooses records
    as in `approve_records`.
    """
    chosen = Chosen(model, year, area, by, breakdown, seen)
    window = chosen.require_window()
    chosen.require(Ability.ENTER)
    with transaction.atomic():
        outcome = Outcome()
        records = in_time(model, year, allowed(window, chosen.lock(OPEN, outcome), outcome), outcome)
        good = _explained(model, year, _filled(records, outcome), outcome)
        now = timezone.now()
        outcome.moved = move(
            model, good, kind=ReviewStep.Kind.SUBMITTED, by=by, state=State.SUBMITTED, submitted_at=now, submitted_by=by
        )
        notify.tell_reviewers(model, year, good, by=by, kind="submitted")
        recompute_after_commit()
    return outcome


def _filled(records: Iterable[Any], outcome: Outcome) -> list[Any]:
    good = []
    for record in records:
        if record.nil or any(figure is not None for figure in record.figures().values()):
            good.append(record)
        else:
            outcome.refuse(record, _("No figure was entered. If there is nothing to report, say so."))
    return good


def _explained(model: type[Record], year: int, records: list[Any], outcome: Outcome) -> list[Any]:
    """Return the records of which every unlikely figure has a reason. Three queries at most."""
    counties = {record.county_id for record in records}
    asked: dict[tuple[int, str], list[Unlikely]] = {}
    for warned in unlikely_in(model, year, counties, [record.area_id for record in records]):
        if not warned.reason:
            asked.setdefault((warned.area, warned.breakdown), []).append(warned)
    labels = {measure.name: measure.verbose_name for measure in model.measures()}
    good = []
    for record in records:
        figures = asked.get((record.area_id, record.breakdown), [])
        if not figures:
            good.append(record)
            continue
        outcome.unexplained += figures
        said = " ".join(f"{labels[warned.measure]}: {warned.message} {warned.earlier()}".strip() for warned in figures)
        outcome.refuse(record, _("Give a reason. %(figures)s") % {"figures": said})
    return good


def approve_records(
    model: type[Record],
    *,
    year: int,
    area: Area,
    by: User,
    seen: Seen | None = None,
    breakdown: str | None = None,
) -> Outcome:
    """Take the reviewer's step with every record of `area` in `year` that waits for it. Raises Refused.

    With one step of review that approves; with two, reviewers of the first confirm and those of the second approve
    what was confirmed. Refused by name: what the reviewer had a hand in, and what waits for the step before.

    `seen` holds the versions that the approver looked at, by area id (where `breakdown` is given) or by place: a place
    that is not in it is left alone, and a record that has changed since is refused. Without it everything is approved.
    Versions and not a moment: a record gets its time before others can read it, so one submitted earlier may still have
    been missing from the page.
    """
    chosen = Chosen(model, year, area, by, breakdown, seen)
    window = chosen.require_window(approving=True)
    chosen.require(Ability.REVIEW)
    steps = steps_of(by, area)
    with transaction.atomic():
        outcome = Outcome()
        states = [State.SUBMITTED, *([State.CONFIRMED] if State.APPROVED in steps else [])]
        waiting = allowed(window, chosen.lock(states, outcome), outcome, approving=True)
        good: dict[State, list[Any]] = {State.CONFIRMED: [], State.APPROVED: []}
        own = entered_by(by, model, waiting)
        for record in waiting:
            step = _next(record)
            problem = _objection(record, step, steps, by, is_own=record.pk in own)
            if problem:
                outcome.refuse(record, problem)
            else:
                good[step].append(record)
        _confirm_and_approve(model, year, good, by, outcome)
        recompute_after_commit()
    return outcome


def _next(record: Record) -> State:
    return State.CONFIRMED if takes_two() and record.state == State.SUBMITTED else State.APPROVED


def _objection(record: Record, step: State, steps: frozenset[State], by: User, *, is_own: bool) -> str:
    """Say why this person may not take this step with a record; empty when they may."""
    if is_own:
        return _("Nobody approves their own entry.")
    if step not in steps:
        return _("It waits for a reviewer nearer to it, who confirms it first.")
    if step == State.APPROVED and takes_two() and record.confirmed_by_id == by.pk:  # type: ignore[attr-defined]
        return _("You confirmed it; someone else approves it.")
    return ""


def _confirm_and_approve(
    model: type[Record], year: int, good: dict[State, list[Any]], by: User, outcome: Outcome
) -> None:
    now, confirmed, approved = timezone.now(), good[State.CONFIRMED], good[State.APPROVED]
    first: dict[str, Any] = {"state": State.CONFIRMED, "confirmed_at": now, "confirmed_by": by}
    last: dict[str, Any] = {"state": State.APPROVED, "approved_at": now, "approved_by": by}
    outcome.moved = move(model, confirmed, kind=ReviewStep.Kind.CONFIRMED, by=by, **first)
    outcome.moved += move(model, approved, kind=ReviewStep.Kind.APPROVED, by=by, **last)
    notify.tell_reviewers(model, year, confirmed, by=by, kind="confirmed")
    notify.tell_authors(model, year, approved, by=by, kind="approved")


def entered_by(user: User, model: type[Record], records: Iterable[Record]) -> set[int]:
    """Return the ids of those records that `user` submitted or entered, even if a colleague went over them since.

    Who entered figures of a pilot's own indicators entered the pilot.
    """
    own = {record.pk for record in records if user.pk in (record.entered_by_id, record.submitted_by_id)}  # type: ignore[attr-defined]
    history: Any = model._meta.apps.get_model("programmes", f"{model.__name__}Event")
    before = history.objects.filter(pgh_obj__in=[record.pk for record in records], entered_by=user, approved_at=None)
    own |= set(before.values_list("pgh_obj_id", flat=True))
    if model is PilotRecord:
        own |= _with_own_indicators(user, records)
    return own


def _with_own_indicators(user: User, records: Iterable[Any]) -> set[int]:
    """The ids of the pilots of which `user` entered an indicator, now or in the history. One query."""
    history: Any = PilotRecord._meta.apps.get_model("programmes", "IndicatorFigureEvent")
    places = {(record.area_id, record.year, record.breakdown): record.pk for record in records}
    now, before = (
        entered.filter(entered_by=user, area__in={area for area, _year, _theme in places}).values_list(
            "area_id", "year", "indicator__theme"
        )
        for entered in (IndicatorFigure.objects.all(), history.objects.all())
    )
    return {places[place] for place in now.union(before) if place in places}
