"""What a template holds, whatever its format: one row for each place and kind, with what stands and last year's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from povtrack.lib.figures import grouped
from programmes.measures import Kind, Measure
from programmes.models import LOCKED, Record, State
from programmes.sheets.columns import (
    CODE,
    KIND,
    LAST,
    LATIN,
    NAME,
    NIL,
    STATE,
    TOKEN,
    TOWNSHIP,
    identity_label,
    measure_label,
    template_version,
    unit_of,
)
from programmes.sheets.limits import Unreadable
from programmes.sheets.places import Places, SheetPlace
from programmes.sheets.tokens import Origin, Token
from villages.levels import Level
from villages.models import Area
from villages.names import latin_beside

MAX_TEMPLATE = 24_000  # rows


@dataclass(frozen=True)
class ContentRow:
    """One row: the place, the kind, what stands, and last year's figures (None where there is no record)."""

    place: SheetPlace
    kind: Kind | None
    version: int
    state: str
    nil: bool
    figures: dict[str, Any] | None
    last: dict[str, Any] | None

    @property
    def locked(self) -> bool:
        return self.state in LOCKED

    def cell(self, key: str, origin: Origin) -> Any:
        """What stands in a column: text, a number, a truth value, or None."""
        kind = self.kind.code if self.kind else ""
        if key.startswith(LAST):
            return (self.last or {}).get(key.removeprefix(LAST))
        if key[0] != "@":
            return (self.figures or {}).get(key)
        fixed = {
            CODE: self.place.code,
            NAME: self.place.name,
            LATIN: self.place.latin,
            TOWNSHIP: self.place.township,
            KIND: str(self.kind.label) if self.kind else "",
            NIL: True if self.nil else None,
            STATE: str(State(self.state).label) if self.state else "",
            TOKEN: str(Token(origin, self.place.code, kind, self.version)),
        }
        return fixed[key]


@dataclass(frozen=True)
class Content:
    """A template of one programme, year and area. `code` is the area's in that year."""

    model: type[Record]
    year: int
    area: Area
    code: str
    rows: list[ContentRow]
    keys: list[str]

    @classmethod
    def of(cls, model: type[Record], year: int, area: Area, code: str) -> Content:
        """Read it. Four queries, however many rows. Raises Unreadable when it would be too long to work with."""
        places = Places.of(model, year, area)
        kinds: list[Kind | None] = [*model.kinds] or [None]
        if len(places.every) * len(kinds) > MAX_TEMPLATE:
            words = _("A template of %(area)s would have more than %(limit)s rows. Take one of a smaller area.")
            raise Unreadable(words % {"area": area, "limit": grouped(MAX_TEMPLATE)})
        rows = list(_rows(model, year, places, kinds))
        return cls(model, year, area, code, rows, _keys(model, places))

    @property
    def origin(self) -> Origin:
        return Origin(self.model.code, self.year, self.code, template_version(self.model))

    def measure(self, key: str) -> Measure | None:
        """The measure of a column of this year or the last."""
        name = key.removeprefix(LAST)
        return next((measure for measure in self.model.measures() if measure.name == name), None)

    def heading(self, key: str) -> str:
        """What the head of a column says, in the reader's language; a unit stands on a line of its own."""
        measure = self.measure(key)
        if measure is None:
            return identity_label(self.model, key)
        label = measure_label(self.model, measure)
        if key.startswith(LAST):
            label = f"{self.year - 1}: {label}"
        return f"{label}\n({unit_of(measure)})"

    def help(self, key: str) -> str:
        """The definition of a column's figure, for a comment at its head; empty where there is none to give."""
        measure = self.measure(key)
        if key == NIL:
            return _("Write “yes” where there is nothing to report, and leave the figures blank. Zero is a figure.")
        if measure is None or key.startswith(LAST):
            return ""
        usual = _("Usually %(figure)s.") % {"figure": grouped(measure.usual)} if measure.usual else ""
        rules = [str(r.summary()) for r in self.model.hard_rules if r.kind != "not_negative" and key in r.fields]
        return " ".join(filter(None, [str(measure.help_text), usual, *rules]))


def _keys(model: type[Record], places: Places) -> list[str]:
    latin = any(latin_beside(place.latin) for place in places.every)
    measures = [measure.name for measure in model.measures()]
    return [
        CODE,
        *([TOWNSHIP] if model.level > Level.TOWNSHIP else []),
        NAME,
        *([LATIN] if latin else []),
        *([KIND] if model.kinds else []),
        NIL,
        *measures,
        STATE,
        *(f"{LAST}{name}" for name in measures),
        TOKEN,
    ]


def _rows(model: type[Record], year: int, places: Places, kinds: list[Kind | None]) -> Iterator[ContentRow]:
    names = [measure.name for measure in model.measures()]
    fields = ("area_id", "breakdown", "year", "version", "state", "nil")
    ids = [place.area for place in places.every]
    records = {
        row[:3]: (*row[3:6], dict(zip(names, row[6:], strict=True)))
        for row in model.objects.filter(area__in=ids, year__in=[year, year - 1]).values_list(*fields, *names)
    }
    for place in places.every:
        for kind in kinds:
            code = kind.code if kind else ""
            version, state, nil, figures = records.get((place.area, code, year), (0, "", False, None))
            last = records.get((place.area, code, year - 1))
            yield ContentRow(place, kind, version, state, nil, figures, last[3] if last else None)
