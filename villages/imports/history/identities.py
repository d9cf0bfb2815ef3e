"""Which records are forms of one place.

A record is a later form of another when the link between them is one to one at the old record's end: it has that one
successor, which begins with it and has no other source. All else makes and ends places.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from povtrack.lib.years import year_end
from villages.imports.history.model import History, Record
from villages.imports.sources import Nation
from villages.levels import Level
from villages.models import Area


@dataclass(eq=False)
class Form:
    """What a place was called and belonged to from one day to another (half-open); becomes a version."""

    code: str
    name: str
    name_latin: str
    parent: Place | None
    since: dt.date
    until: dt.date | None


@dataclass(eq=False)
class Place:
    """One identity with its forms, oldest first; becomes an area."""

    level: Level
    kind: str
    records: list[Record] = field(default_factory=list)
    forms: list[Form] = field(default_factory=list)

    @property
    def since(self) -> dt.date:
        return self.forms[0].since

    @property
    def until(self) -> dt.date | None:
        return self.forms[-1].until

    def form_before(self, day: dt.date) -> Form | None:
        """The form it had on the day before `day`."""
        return next((one for one in self.forms if one.since < day and (one.until is None or day <= one.until)), None)

    def form_on(self, day: dt.date) -> Form | None:
        """The form it has on `day`."""
        return next((one for one in self.forms if one.since <= day and (one.until is None or day < one.until)), None)

    def stood_through(self, day: dt.date) -> bool:
        """Tell whether it stood the day before as well as on `day`."""
        return self.since < day and (self.until is None or day < self.until)


def places_of(history: History, nation: Nation) -> tuple[Place, dict[Record, Place]]:
    """Return the nation, and the place of each record; all with their forms."""
    earlier = _earlier_forms(history)
    begun = dt.date(history.first, 1, 1)
    top = Place(Level.NATION, Area.Kind.ORDINARY.value)
    top.forms.append(Form(nation.code, nation.name, nation.latin, None, begun, None))
    place_of: dict[Record, Place] = {}
    for record in sorted(history.records, key=lambda record: (record.start, record.level, record.code)):
        known = earlier.get(record)
        if known is None:
            place_of[record] = Place(record.level, Area.Kind.ORDINARY.value)
        else:
            place_of[record] = place_of[known]
        place_of[record].records.append(record)
    for place in place_of.values():
        if not place.forms:
            if all(record.stands_in for record in place.records):
                place.kind = Area.Kind.PLACEHOLDER.value
            _add_forms(place, place_of, top, begun)
    return top, place_of


def _earlier_forms(history: History) -> dict[Record, Record]:
    """Return, for each record that is a later form of the same place, the one before it."""
    successors: dict[Record, set[Record]] = defaultdict(set)
    sources: dict[tuple[Record, int], set[Record]] = defaultdict(set)
    for link in history.links:
        sources[link.new, link.year].add(link.old)
        if link.year == link.old.end and not link.mentioned:
            successors[link.old].add(link.new)
    earlier = {}
    for old, following in successors.items():
        new = next(iter(following))
        alone = len(following) == 1 and sources[new, new.start] == {old}
        if alone and new.start == old.end and new.level == old.level:
            earlier[new] = old
    return earlier


def _add_forms(place: Place, place_of: Mapping[Record, Place], top: Place, begun: dt.date) -> None:
    """Fill the forms; records that differ in nothing but their years (the parent was renamed) are one form."""
    for record in place.records:
        parent = place_of[record.parent] if record.parent else top
        since = begun if record.start <= begun.year else year_end(record.start)
        until = year_end(record.end) if record.end is not None else None
        last = place.forms[-1] if place.forms else None
        if last and (last.code, last.name, last.parent) == (record.own_code, record.name, parent):
            last.until = until
        else:
            place.forms.append(Form(record.own_code, record.name, "", parent, since, until))
