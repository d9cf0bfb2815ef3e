"""Moving records through review, by area."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from povtrack.accounts.models import User
from povtrack.accounts.roles import Ability
from povtrack.lib.jobs import recompute_after_commit
from programmes.actions.scope import Refused, paths_of, require_open_round
from programmes.models import Record, State
from villages.levels import Level
from villages.models import Area


@dataclass
class Outcome:
    """How many records moved on, and which did not: (area id, place, reason) each."""

    moved: int = 0
    refused: list[tuple[int, str, str]] = field(default_factory=list)


def submit_records(model: type[Record], *, year: int, area: Area, by: User) -> Outcome:
    """Submit every draft and returned record of `area` in `year`. Raises Refused when none may be.

    A record without a single figure that is no nil return stays a draft, and is named in the outcome.
    """
    require_open_round(model, year)
    _require(by, Ability.ENTER, area)
    with transaction.atomic():
        waiting = (
            _records(model, year, area).filter(state__in=[State.DRAFT, State.RETURNED]).select_for_update(of=("self",))
        )
        empty = Q(nil=False, **{measure.name: None for measure in model.measures()})
        outcome = Outcome()
        for record in waiting.filter(empty).select_related("area"):
            outcome.refused.append(
                (record.area_id, str(record.area), _("No figure was entered. If there is nothing to report, say so."))
            )
        outcome.moved = waiting.filter(~empty).update(
            state=State.SUBMITTED, version=F("version") + 1, submitted_at=timezone.now(), submitted_by=by
        )
        recompute_after_commit()
    return outcome


def approve_records(model: type[Record], *, year: int, area: Area, by: User) -> Outcome:
    """Approve every submitted record of `area` in `year` but those the approver entered or submitted."""
    require_open_round(model, year)
    _require(by, Ability.REVIEW, area)
    with transaction.atomic():
        submitted = _records(model, year, area).filter(state=State.SUBMITTED).select_for_update(of=("self",))
        own = Q(entered_by=by) | Q(submitted_by=by)
        outcome = Outcome()
        for record in submitted.filter(own).select_related("area"):
            outcome.refused.append((record.area_id, str(record.area), _("Nobody approves their own entry.")))
        outcome.moved = submitted.filter(~own).update(
            state=State.APPROVED, version=F("version") + 1, approved_at=timezone.now(), approved_by=by
        )
        recompute_after_commit()
    return outcome


def _records(model: type[Record], year: int, area: Area) -> QuerySet[Any]:
    """The records of an area as it stood in that year."""
    place = {Level.COUNTY: "county", Level.TOWNSHIP: "township"}.get(Level(area.level))
    if place is None:
        raise Refused(_("Records are submitted and approved by county or township."))
    return model.objects.filter(year=year, **{place: area})


def _require(user: User, ability: Ability, area: Area) -> None:
    if not area.path.startswith(paths_of(user, ability)):
        raise Refused(_("%(area)s is not one of your areas.") % {"area": area})
