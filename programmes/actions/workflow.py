"""Moving records through review, by area."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from povtrack.accounts.models import User
from povtrack.accounts.roles import Ability
from povtrack.lib.jobs import recompute_after_commit
from povtrack.lib.paths import is_under
from programmes.actions.scope import Refused, paths_of, require_open_round
from programmes.models import Record, State
from villages.levels import Level
from villages.models import Area


@dataclass
class Outcome:
    """How many records moved on, and which did not: (area id, place, reason) each."""

    moved: int = 0
    refused: list[tuple[int, str, str]] = field(default_factory=list)

    def refuse(self, record: Record, reason: str) -> None:
        self.refused.append((record.area_id, str(record.area), reason))


def submit_records(model: type[Record], *, year: int, area: Area, by: User, breakdown: str | None = None) -> Outcome:
    """Submit every draft and returned record of `area` in `year`, of all kinds or of one. Raises Refused.

    A record without a single figure that is no nil return stays a draft, and is named in the outcome.
    """
    require_open_round(model, year)
    _require(by, Ability.ENTER, area)
    with transaction.atomic():
        outcome, good = Outcome(), []
        for record in _locked(model, year, area, [State.DRAFT, State.RETURNED], breakdown):
            if record.nil or any(figure is not None for figure in record.figures().values()):
                good.append(record.pk)
            else:
                outcome.refuse(record, _("No figure was entered. If there is nothing to report, say so."))
        outcome.moved = model.objects.filter(pk__in=good).update(
            state=State.SUBMITTED, version=F("version") + 1, submitted_at=timezone.now(), submitted_by=by
        )
        recompute_after_commit()
    return outcome


def approve_records(
    model: type[Record],
    *,
    year: int,
    area: Area,
    by: User,
    seen: Mapping[int, int] | None = None,
    breakdown: str | None = None,
) -> Outcome:
    """Approve every submitted record of `area` in `year` but those the approver had a hand in.

    `seen` holds the versions that the approver looked at, by area id: a place that is not in it is left alone, and a
    record that has changed since is refused. Without it everything is approved. Versions and not a moment: a record
    gets its time before others can read it, so one submitted earlier may still have been missing from the page.
    """
    require_open_round(model, year)
    _require(by, Ability.REVIEW, area)
    with transaction.atomic():
        waiting = _locked(model, year, area, [State.SUBMITTED], breakdown)
        submitted = [record for record in waiting if seen is None or record.area_id in seen]
        own = _entered_by(by, model, submitted)
        outcome, good = Outcome(), []
        for record in submitted:
            if record.pk in own:
                outcome.refuse(record, _("Nobody approves their own entry."))
            elif seen is not None and record.version != seen[record.area_id]:
                outcome.refuse(record, _("This changed after you opened the page. Look at it, then approve."))
            else:
                good.append(record.pk)
        outcome.moved = model.objects.filter(pk__in=good).update(
            state=State.APPROVED, version=F("version") + 1, approved_at=timezone.now(), approved_by=by
        )
        recompute_after_commit()
    return outcome


def _entered_by(user: User, model: type[Record], records: Iterable[Record]) -> set[int]:
    """Return the ids of those records that `user` submitted or entered, even if a colleague went over them since."""
    own = {record.pk for record in records if user.pk in (record.entered_by_id, record.submitted_by_id)}
    history: Any = model._meta.apps.get_model("programmes", f"{model.__name__}Event")
    before = history.objects.filter(pgh_obj__in=[record.pk for record in records], entered_by=user, approved_at=None)
    return own | set(before.values_list("pgh_obj_id", flat=True))


def _locked(model: type[Record], year: int, area: Area, states: list[State], breakdown: str | None) -> list[Any]:
    """Lock and return the records in these states of an area as it stood in that year.

    They are locked in the order in which saving writes them; in any other, the two could wait for each other.
    """
    place = {Level.COUNTY: "county", Level.TOWNSHIP: "township"}.get(Level(area.level))
    if place is None:
        raise Refused(_("Records are submitted and approved by county or township."))
    records = model.objects.filter(year=year, state__in=states, **{place: area}).select_related("area")
    if breakdown is not None:
        records = records.filter(breakdown=breakdown)
    return list(records.order_by("area_id", "breakdown").select_for_update(of=("self",)))


def _require(user: User, ability: Ability, area: Area) -> None:
    if not is_under(area.path, paths_of(user, ability)):
        raise Refused(_("%(area)s is not one of your areas.") % {"area": area})
