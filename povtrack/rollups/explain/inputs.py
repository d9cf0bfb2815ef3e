"""The records that a total is made of, and the places that it waits for: of any area, on any boundaries, by page.

A place counts where it stood, or else where its figures belong; an area that was divided counts by parts, as in the
statements that sum it. Only identifiers of models are pasted in, never data.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, fields
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from typing import Any

from django.db import connection
from django.utils.translation import gettext_lazy as _

from povtrack.rollups.boundaries import Boundaries
from povtrack.rollups.on_request import cells_of_areas
from programmes.measures import BY_KIND, Measure
from programmes.models import Record
from programmes.models.rollup import STAGES
from villages.levels import Level
from villages.models import Area

# What the list of inputs can be narrowed to, with its condition on a place `p` and its record `r`.
WHICH = {
    "all": (_("all"), "true"),
    "counted": (_("counted"), "{stage}"),
    "nil": (_("nothing to report"), "{stage} AND r.nil"),
    "open": (_("not submitted yet"), "r.state IN ('draft', 'returned')"),
    "missing": (_("not reported"), "r.id IS NULL AND p.stood"),
    "partial": (_("counted in part"), "p.high - p.low < 1"),
}


@dataclass(frozen=True)
class Input:
    """One place with its record, if it has one. `share` is the part of its figures that counts here."""

    area_id: int
    code: str
    name: str
    name_latin: str
    path: str
    ended_on: dt.date | None
    breakdown: str
    state: str
    nil: bool
    entered_at: dt.datetime | None
    entered_by: str
    figure: Any
    counted: Any
    share: Decimal


@dataclass(frozen=True)
class Place:
    """Whose inputs: of an area and year, on some boundaries; of one kind, or "" for all."""

    model: type[Record]
    area: Area
    year: int
    on: Boundaries
    breakdown: str = ""

    @cached_property
    def bound(self) -> dict[str, Any]:
        """What the statements bind. One query."""
        with connection.cursor() as cursor:
            cells = cells_of_areas(cursor, self.on, [self.year], [self.area.pk])
        counties = [county for _year, county in cells]
        named = {"level": int(self.model.level), "breakdown": self.breakdown}
        return {"year": self.year, "place": self.area.pk, "counties": counties, **named}

    def source(self) -> str:
        """FROM and JOIN: places `p` (area_id, low, high, stood) that count here, with their records `r`."""
        table = self.model._meta.db_table
        kind = "AND r.breakdown = %(breakdown)s" if self.breakdown else ""
        return f"""
            FROM ({self._recorded() if self.on.is_recorded else self._placed()}) AS p (area_id, low, high, stood)
            JOIN villages_area a ON a.id = p.area_id
            {"" if self.breakdown else "LEFT"} JOIN {table} r ON r.area_id = p.area_id AND r.year = %(year)s {kind}
        """

    def _within(self, alias: str) -> str:
        is_township = self.area.level == Level.TOWNSHIP
        township = f" AND {alias}.township_id = %(place)s" if is_township else ""
        return f"{alias}.county_id = ANY(%(counties)s){township}"

    def _recorded(self) -> str:
        table = self.model._meta.db_table
        return f"""
            SELECT p.area_id, 0::numeric, 1::numeric, true FROM villages_placement p
            WHERE {self._within("p")} AND p.level = %(level)s AND p.valid @> make_date(%(year)s, 12, 31)
            UNION ALL
            SELECT DISTINCT e.area_id, 0::numeric, 1::numeric, false FROM {table} e
            JOIN villages_area ended ON ended.id = e.area_id AND ended.ended_on <= make_date(e.year, 12, 31)
            WHERE e.year = %(year)s AND {self._within("e")}
        """

    def _placed(self) -> str:
        return f"""
            SELECT p.area_id, p.low, p.high, p.stood FROM {self.on.placements} p
            WHERE {self._within("p")} AND p.level = %(level)s AND p.valid @> make_date(%(year)s, 12, 31)
              AND (p.stood OR EXISTS (
                  SELECT FROM {self.model._meta.db_table} e WHERE e.area_id = p.area_id AND e.year = %(year)s
              ))
        """


def sums_of(place: Place, measure: Measure, stage: str) -> tuple[Any, dict[str, int]]:
    """The total of a measure, summed here and now from the records, and how many inputs there are of each `WHICH`."""
    counts = [f"count(*) FILTER (WHERE {sql.format(stage=STAGES[stage])})" for _label, sql in WHICH.values()]
    terms = measure.terms()
    sums = [f"{term.aggregate_of_parts} FILTER (WHERE {STAGES[stage]})" for term in terms]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join([*counts, *sums])} {place.source()}", place.bound)
        row = cursor.fetchone()
    if measure.unit == BY_KIND and not place.breakdown:
        return None, dict(zip(WHICH, row, strict=False))  # each kind counts something else
    summed = place.model.rollup(
        **{f"{term.name}{stage}": value for term, value in zip(terms, row[len(counts) :], strict=True)}
    )
    return _exact(measure, measure.total(summed, stage)), dict(zip(WHICH, row, strict=False))


def inputs_of(place: Place, measure: Measure, stage: str, which: str, *, start: int, size: int) -> list[Input]:
    """The places and records behind a total, in the order of their codes. Two queries."""
    condition = WHICH[which][1].format(stage=STAGES[stage])
    sql = f"""
        SELECT a.id, a.code, a.name, a.name_latin, a.path, a.ended_on, coalesce(r.breakdown, ''), coalesce(r.state, ''),
               coalesce(r.nil, false), r.entered_at, u.id, u.last_name, u.first_name, u.username,
               r."{measure.column}", p.low, p.high, coalesce({STAGES[stage]}, false)
        {place.source()}
        LEFT JOIN accounts_user u ON u.id = r.entered_by_id
        WHERE {condition}
        ORDER BY a.code, a.id, r.breakdown, p.low
        LIMIT %(size)s OFFSET %(start)s
    """
    with connection.cursor() as cursor:
        cursor.execute(sql, {**place.bound, "size": size, "start": start})
        return [_input(measure, *row) for row in cursor.fetchall()]


def _input(measure: Measure, *row: Any) -> Input:
    *about, user, last, first, username, figure, low, high, counts = row
    name = (f"{last} {first}".strip() or username) if user else ""
    counted = _part(measure, figure, low, high) if counts else None
    columns = [column.name for column in fields(Input)]
    return Input(**dict(zip(columns, (*about, name, figure, counted, high - low), strict=True)))


def _part(measure: Measure, figure: Any, low: Decimal, high: Decimal) -> Any:
    """The part of a figure that counts, rounded as in the totals. A mean holds for each part."""
    if figure is None or high - low == 1 or measure.kind in ("mean", "code"):
        return figure
    unit = Decimal(1).scaleb(-measure.places)
    upper, lower = (Decimal(int(figure) if measure.kind == "flag" else figure) * edge for edge in (high, low))
    return _exact(measure, upper.quantize(unit, ROUND_HALF_UP) - lower.quantize(unit, ROUND_HALF_UP))


def _exact(measure: Measure, figure: Any) -> Any:
    """A whole number as such: the database sums parts as decimals."""
    return figure if measure.places or figure is None else int(figure)
