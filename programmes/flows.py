"""Who moved from where to where: relocation records summed from origin to destination.

Each year on its own boundaries. Origins are told at county level, below a county by township; destinations at county
level. A destination is the place that carried the record's code at the end of the record's year, whatever became of
the code since. Nil returns move nobody; what is not submitted is not counted.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from programmes.catalogue.relocation import RelocationRecord
from programmes.models import REPORTED
from programmes.progress import place_filter
from villages.levels import Level
from villages.models import Area

# How far people went, from near to far. A code that no place had that year can only come from a bulk load.
REACHES: dict[str, str | Promise] = {
    "county": _("in the same county"),
    "prefecture": _("elsewhere in the prefecture"),
    "province": _("elsewhere in the province"),
    "beyond": _("in another province"),
    "unknown": _("a code that no place had"),
    "unnamed": _("not named"),
}


@dataclass(frozen=True)
class Moved:
    """How many records say so, and the households and people of them; None where nobody gave the figure."""

    records: int = 0
    households: int | None = None
    people: int | None = None

    def __add__(self, other: Moved) -> Moved:
        return Moved(
            self.records + other.records,
            _sum(self.households, other.households),
            _sum(self.people, other.people),
        )


@dataclass(frozen=True)
class Flow:
    """What went from one origin to one destination; `destination` is empty where it is not named or not known."""

    origin: Area
    destination: Area | None
    reach: str
    moved: Moved


@dataclass
class Flows:
    """The flows out of an area: `cells` by (kind, reach), and some or all of the pairs, most people first."""

    cells: dict[tuple[str, str], Moved] = field(default_factory=dict)
    pairs: list[Flow] = field(default_factory=list)

    def over(self, *, kind: str = "", reach: str = "") -> Moved:
        """The sum over the cells of one kind, of one reach, of both, or over all."""
        held = [m for (k, r), m in self.cells.items() if kind in ("", k) and reach in ("", r)]
        return sum(held, Moved())

    def kinds(self) -> list[str]:
        """The kinds that occur, in their order."""
        return [kind.code for kind in RelocationRecord.kinds if any(k == kind.code for k, _r in self.cells)]

    def reaches(self) -> list[str]:
        """How far people went, as far as it occurs, from near to far."""
        return [reach for reach in REACHES if any(r == reach for _k, r in self.cells)]


def _sum(one: int | None, other: int | None) -> int | None:
    return other if one is None else one if other is None else one + other


def flows_from(area: Area, first: int, last: int, *, start: int = 0, size: int | None = None) -> Flows:
    """Return the flows out of an area from year `first` to `last`, with `size` pairs (None: all) from `start` on.

    Two queries. `size` bounds the pairs that are read, and not what is summed.
    """
    sql, params = flows_sql(area, first, last, start=start, size=size)
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        rows = cursor.fetchall()
    flows = Flows()
    ids = {pk for is_pair, _k, _r, origin, place, *_m in rows if is_pair for pk in (origin, place) if pk}
    areas = Area.objects.select_related("parent").in_bulk(ids) if ids else {}
    for is_pair, kind, reach, origin, place, *moved in rows:
        if is_pair:
            flows.pairs.append(Flow(areas[origin], areas.get(place), reach, Moved(*moved)))
        else:
            flows.cells[kind, reach] = Moved(*moved)
    return flows


def flows_sql(
    area: Area, first: int, last: int, *, start: int = 0, size: int | None = None
) -> tuple[str, dict[str, Any]]:
    """The one statement behind it, and its values.

    Rows are summed by code first, so that each code is looked up once a year, however many records name it.
    """
    origin = "r.county_id" if area.level < Level.COUNTY else "coalesce(r.township_id, r.county_id)"
    within = "AND r.township_id = %(area)s" if area.level == Level.TOWNSHIP else ""
    sql = f"""
        WITH scope (county_id, valid) AS ({_scope(area)}),
        moved AS (
            SELECT r.year, r.county_id, {origin} AS origin_id, r.breakdown,
                   coalesce(r.destination, '') AS destination,
                   count(*) AS records, sum(r.households) AS households, sum(r.people) AS people
            FROM {_source(area)}
            WHERE r.state = ANY(%(states)s) AND NOT r.nil {within}
            GROUP BY 1, 2, 3, 4, 5
        ),
        named AS (
            SELECT asked.year, asked.destination, p.area_id, p.county_id, p.prefecture_id, p.province_id
            FROM (SELECT DISTINCT year, destination FROM moved WHERE destination <> '') AS asked
            JOIN villages_areaversion v
              ON v.code = asked.destination AND v.valid @> make_date(asked.year, 12, 31)
            JOIN villages_placement p ON p.area_id = v.area_id AND p.valid @> make_date(asked.year, 12, 31)
        ),
        flow AS (
            SELECT m.breakdown, m.origin_id, coalesce(n.county_id, n.area_id) AS place_id, m.records, m.households,
                   m.people,
                   CASE WHEN m.destination = '' THEN 'unnamed' WHEN n.area_id IS NULL THEN 'unknown'
                        WHEN n.county_id = m.county_id THEN 'county'
                        WHEN n.prefecture_id = o.prefecture_id THEN 'prefecture'
                        WHEN n.province_id = o.province_id THEN 'province' ELSE 'beyond' END AS reach
            FROM moved m
            LEFT JOIN named n ON n.year = m.year AND n.destination = m.destination
            LEFT JOIN villages_placement o ON o.area_id = m.county_id AND o.valid @> make_date(m.year, 12, 31)
        )
        SELECT false, breakdown, reach, NULL::bigint, NULL::bigint, sum(records)::bigint, sum(households)::bigint,
               sum(people)::bigint
        FROM flow GROUP BY breakdown, reach
        UNION ALL (
            SELECT true, '', reach, origin_id, place_id, sum(records)::bigint, sum(households)::bigint,
                   sum(people)::bigint
            FROM flow GROUP BY reach, origin_id, place_id
            ORDER BY 8 DESC NULLS LAST, 6 DESC, origin_id, place_id NULLS LAST, reach LIMIT %(size)s OFFSET %(start)s
        )
    """
    states = [str(state) for state in REPORTED]
    values = {"area": area.pk, "first": first, "last": last, "states": states, "start": start, "size": size}
    return sql, values


def _scope(area: Area) -> str:
    """The counties of the area with the time in which they lay in it."""
    if area.level == Level.NATION:
        return "SELECT NULL::bigint, NULL::daterange WHERE false"
    if area.level == Level.COUNTY:
        return "SELECT %(area)s::bigint, daterange(NULL, NULL)"
    if area.level == Level.TOWNSHIP:
        return "SELECT county_id, valid FROM villages_placement WHERE area_id = %(area)s"
    [column] = place_filter(area)
    return f"SELECT area_id, valid FROM villages_placement WHERE level = {Level.COUNTY:d} AND {column} = %(area)s"


def _source(area: Area) -> str:
    """The records of the years asked for. By county and year they are found by index; the nation reads them all."""
    records = RelocationRecord._meta.db_table
    if area.level == Level.NATION:
        return f"(SELECT * FROM {records} WHERE year BETWEEN %(first)s AND %(last)s) AS r"
    return f"""
        generate_series(%(first)s::integer, %(last)s::integer) AS asked (year)
        JOIN scope ON scope.valid @> make_date(asked.year, 12, 31)
        JOIN {records} r ON r.year = asked.year AND r.county_id = scope.county_id
    """
