"""What every step of a record through review is made of: choosing records, locking them, moving them, keeping the step.

All of it is set-based: a step costs the same number of statements for one record and for two thousand.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from povtrack.accounts.models import User
from povtrack.accounts.roles import Ability
from povtrack.lib.paths import is_under
from povtrack.lib.years import year_end
from programmes.actions.rows import Place
from programmes.actions.scope import Refused, Window, closed_words, paths_of, window_of
from programmes.deadlines import deadlines_of
from programmes.models import Record, ReviewStep, State
from programmes.progress import place_filter
from programmes.unlikely import Unlikely
from villages.levels import Level
from villages.models import Area, Placement

# The versions that a person looked at, by place; by area id alone where the kind is given beside.
Seen = Mapping[Any, int]


class Stays(NamedTuple):
    """A record that did not move on: whose it is, its place in words, and why."""

    area: int
    place: str
    reason: str
    breakdown: str = ""


@dataclass
class Outcome:
    """How many records moved on, and which did not.

    `unexplained` are the unlikely figures for want of whose reason records were not submitted.
    """

    moved: int = 0
    refused: list[Stays] = field(default_factory=list)
    unexplained: list[Unlikely] = field(default_factory=list)

    def refuse(self, record: Record, reason: str) -> None:
        kind = record.kind_of(record.breakdown)
        place = f"{record.area}, {kind.label}" if kind else str(record.area)
        self.refused.append(Stays(record.area_id, place, reason, record.breakdown))


@dataclass(frozen=True)
class Chosen:
    """Which records a person asks to move: those of a programme and year in an area, of all kinds or of one.

    The area is a county or township of that year, or the very place that reports; of programmes that counties report
    to, any area. With `seen` only the places in it are meant, in the versions given.
    """

    model: type[Record]
    year: int
    area: Area
    by: User
    breakdown: str | None = None
    seen: Seen | None = None

    def require(self, ability: Ability) -> None:
        """Raise Refused unless the person holds `ability` in the area."""
        if not is_under(self.area.path, paths_of(self.by, ability)):
            raise Refused(_("%(area)s is not one of your areas.") % {"area": self.area})

    def require_window(self, *, approving: bool = False) -> Window:
        """Return where the round can be written today; raises Refused when that is nowhere in the area."""
        window = window_of(self.model, self.year)
        if window.reaches(self.area.path, approving=approving):
            return window
        raise Refused(closed_words(self.model, window.round))

    def held(self) -> Any:
        """The records of the area as it stood in that year; raises Refused for an area that they don't go by."""
        model, level = self.model, Level(self.area.level)
        records = model.objects.filter(year=self.year)
        if self.breakdown is not None:
            records = records.filter(breakdown=self.breakdown)
        if level == model.level:
            return records.filter(area=self.area)
        if level in (Level.COUNTY, Level.TOWNSHIP):
            return records.filter(**place_filter(self.area))
        if model.level == Level.COUNTY and level < Level.COUNTY:
            placed = Placement.objects.filter(level=Level.COUNTY, valid__contains=year_end(self.year))
            return records.filter(area__in=placed.filter(**place_filter(self.area)).values("area"))
        raise Refused(_("Records are submitted and approved by county or township."))

    def lock(self, states: Sequence[State], outcome: Outcome) -> list[Any]:
        """Lock and return the chosen records in these states; those that changed since they were seen are refused.

        They are locked in the order in which saving writes them; in any other, the two could wait for each other.
        """
        wanted = self.held()
        if self.seen is not None:
            wanted = wanted.filter(area__in={_area_of(key) for key in self.seen})
        found = wanted.filter(state__in=states).select_related("area").order_by("area_id", "breakdown")
        records = list(found.select_for_update(of=("self",)))
        if self.seen is None:
            return records
        # What was given back or saved while we waited for the lock is in none of the states now.
        gone = wanted.exclude(pk__in=[record.pk for record in records]).select_related("area")
        chosen = [record for record in records if self._version(record) is not None]
        for record in (*chosen, *(record for record in gone if self._version(record) is not None)):
            if record.version != self._version(record):
                outcome.refuse(record, _("This changed after you opened the page. Look at it, then approve."))
        return [record for record in chosen if record.version == self._version(record)]

    def _version(self, record: Record) -> int | None:
        assert self.seen is not None
        return self.seen.get(record.area_id, self.seen.get((record.area_id, record.breakdown)))


def _area_of(key: int | Place) -> int:
    return key[0] if isinstance(key, tuple) else key


def allowed(window: Window, records: list[Any], outcome: Outcome, *, approving: bool = False) -> list[Any]:
    """Return the records that can be moved today; those of places for which the round has closed are refused."""
    good = []
    for record in records:
        if window.allows(record.area.path, approving=approving):
            good.append(record)
        else:
            outcome.refuse(record, closed_words(type(record), window.round))
    return good


def in_time(model: type[Record], year: int, records: list[Any], outcome: Outcome) -> list[Any]:
    """Return the records that their clerk may still move; those whose day has passed are refused. One query."""
    deadlines = deadlines_of(model, year, {record.area_id for record in records})
    good = []
    for record in records:
        deadline = deadlines.get((record.area_id, record.breakdown))
        if deadline and deadline.is_late:
            outcome.refuse(record, deadline.words())
        else:
            good.append(record)
    return good


Days = Mapping[int, dt.date]  # by record id


def move(
    model: type[Record],
    records: Sequence[Any],
    *,
    kind: ReviewStep.Kind,
    by: User,
    reason: str = "",
    until: Days | None = None,
    **changes: Any,
) -> int:
    """Write `changes` to locked records, and a step of review for each. Two statements; none for no record."""
    ids = [record.pk for record in records]
    moved = model.objects.filter(pk__in=ids).update(version=F("version") + 1, **changes) if ids else 0
    keep_steps(model, records, kind=kind, by=by, reason=reason, until=until)
    return moved


def keep_steps(
    model: type[Record],
    records: Sequence[Any],
    *,
    kind: ReviewStep.Kind,
    by: User,
    reason: str = "",
    until: Days | None = None,
) -> None:
    """Write a step of review for each record as it stands. One statement; none for no record."""
    if not records:
        return
    days = json.dumps({record: day.isoformat() for record, day in (until or {}).items()})
    sql = f"""
        INSERT INTO {ReviewStep._meta.db_table}
            (programme, area_id, year, breakdown, by_id, at, kind, reason, version, until)
        SELECT %s, area_id, year, breakdown, %s, %s, %s, %s, version, (%s::jsonb ->> id::text)::date
        FROM {model._meta.db_table} WHERE id = ANY(%s)
        ORDER BY area_id, breakdown
    """
    with connection.cursor() as cursor:
        cursor.execute(sql, [model.code, by.pk, timezone.now(), kind, reason, days, [record.pk for record in records]])


# What a record that is given back forgets: the steps that it had come.
GIVEN_BACK: dict[str, Any] = {
    "state": State.RETURNED,
    **{f"{step}_{what}": None for step in ("submitted", "confirmed", "approved") for what in ("at", "by")},
}
