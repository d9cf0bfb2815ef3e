"""What partners brought, added up: by their kind, by the areas that they help, by year.

Who counts in a year: a pairing that stood in some part of it, whose area lay in the subtree asked for on 31 December of
that year (the recorded basis). So a pairing counts in no more than one place of each level, parts add up to the whole,
and where an area changed its partner in mid-year both count. Help that is given to a province as a whole counts for
the province, and for none of its counties.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any

from django.db import connection

from funding.models import FIGURES, SCHEMES, Partner
from villages.levels import Level
from villages.models import Area, Designation

# What a placement's columns are called, from the province down. Each holds the area itself at its own level.
_COLUMNS = {Level.PROVINCE: "province_id", Level.PREFECTURE: "prefecture_id", Level.COUNTY: "county_id"}
_COLUMNS[Level.TOWNSHIP] = "township_id"

_SCHEME = (
    "CASE t.kind " + " ".join(f"WHEN '{kind.value}' THEN '{scheme.value}'" for kind, scheme in SCHEMES.items()) + " END"
)
_SUMS = ", ".join(f"sum(r.{name})" for name in FIGURES)

_STATEMENT = """
WITH years AS (
    SELECT y AS year, make_date(y, 12, 31) AS day, funding_year(y) AS span
    FROM generate_series(%(first)s, %(last)s) AS y
),
standing AS (
    SELECT g.id AS pairing, g.partner_id AS partner, t.kind, {scheme} AS scheme, g.area_id AS area, p.level, years.year,
           {part} AS part
    FROM years
    JOIN funding_pairing g ON g.valid && years.span
    JOIN funding_partner t ON t.id = g.partner_id
    JOIN villages_placement p ON p.area_id = g.area_id AND p.valid @> years.day
    {nation}
    WHERE {inside} AND t.kind = ANY(%(kinds)s)
)
SELECT {keys}, count(DISTINCT s.partner), count(DISTINCT s.pairing),
       count(DISTINCT s.area) FILTER (WHERE s.level = 1), count(DISTINCT s.area) FILTER (WHERE s.level = 3),
       count(DISTINCT s.area), count(*), count(r.id), {sums}
FROM standing s
LEFT JOIN funding_pairingreport r ON r.pairing_id = s.pairing AND r.year = s.year
GROUP BY {grouping}
"""


@dataclass(frozen=True)
class Helped:
    """What came of pairings, and of how many.

    `expected` are the reports of a pairing and year that could be there, `reported` those that are. A figure is None
    where no report gives it; the unit of each is that of `PairingReport`.
    """

    partners: int
    pairings: int
    provinces: int
    counties: int
    areas: int
    expected: int
    reported: int
    cadres_to: int | None
    cadres_from: int | None
    aid_cash: Decimal | None
    aid_kind: Decimal | None
    introduced: Decimal | None
    investment: Decimal | None
    donations: Decimal | None
    enterprises: int | None
    trained: int | None
    hosted: int | None

    @property
    def aid(self) -> Decimal | None:
        """Direct aid in money and in kind together."""
        if self.aid_cash is None and self.aid_kind is None:
            return None
        return (self.aid_cash or Decimal(0)) + (self.aid_kind or Decimal(0))

    def figures(self) -> list[Any]:
        return [getattr(self, name) for name in FIGURES]


NOTHING = Helped(*[0] * 7, *[None] * len(FIGURES))  # type: ignore[arg-type]
assert [field.name for field in fields(Helped)][7:] == list(FIGURES)


@dataclass(frozen=True)
class ByKind:
    """The totals of each kind of partner, of each scheme, and of all."""

    kinds: dict[str, Helped]
    schemes: dict[str, Helped]
    all: Helped


def by_kind(area: Area, first: int, last: int, kinds: Collection[str] = Partner.Kind.values) -> ByKind:
    """Add up the pairings of an area's subtree in the years from `first` to `last`. One query.

    Partners and helped areas that stand under two kinds count once in what holds both.
    """
    rows = _rows(
        area, first, last, kinds, keys="s.scheme, s.kind", grouping="GROUPING SETS ((s.scheme, s.kind), (s.scheme), ())"
    )
    found = {(scheme, kind): Helped(*sums) for scheme, kind, *sums in rows}
    return ByKind(
        {kind: helped for (_scheme, kind), helped in found.items() if kind},
        {scheme: helped for (scheme, kind), helped in found.items() if scheme and not kind},
        found.get((None, None), NOTHING),
    )


def by_year(area: Area, first: int, last: int, kinds: Collection[str] = Partner.Kind.values) -> dict[int, Helped]:
    """Return the totals of each year in which anyone helped. One query."""
    rows = _rows(area, first, last, kinds, keys="s.year", grouping="s.year")
    return {year: Helped(*sums) for year, *sums in sorted(rows)}


def by_part(area: Area, first: int, last: int, kinds: Collection[str] = Partner.Kind.values) -> dict[int, Helped]:
    """Return the totals of the next level below an area, by area id; help given to the area itself is under its own.

    An area that was moved within the years appears under each of the areas to which it belonged. One query.
    """
    rows = _rows(area, first, last, kinds, keys="s.part", grouping="s.part")
    return {part: Helped(*sums) for part, *sums in rows}


def _rows(area: Area, first: int, last: int, kinds: Iterable[str], *, keys: str, grouping: str) -> list[Any]:
    scope = _scope(Level(area.level), "years.day")
    statement = _STATEMENT.format(
        scheme=_SCHEME,
        part=f"coalesce({', '.join([*scope.below, 'p.area_id'])})",
        nation=scope.join,
        inside=scope.condition,
        keys=keys,
        sums=_SUMS,
        grouping=grouping,
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, {"first": first, "last": last, "kinds": list(kinds), "area": area.pk})
        return list(cursor.fetchall())


@dataclass(frozen=True)
class _Scope:
    """How a statement keeps to a subtree: the placements `p` that lie in it, and their columns below its top."""

    join: str
    condition: str
    below: list[str]


def _scope(level: Level, day: str) -> _Scope:
    below = [f"p.{column}" for above, column in _COLUMNS.items() if above > level]
    if level == Level.NATION:  # provinces lie in the nation that is their parent
        join = f"LEFT JOIN villages_placement top ON top.area_id = p.province_id AND top.valid @> {day}"
        return _Scope(join, "%(area)s IN (p.area_id, top.parent_id)", below)
    return _Scope("", f"p.{_COLUMNS.get(level, 'area_id')} = %(area)s", below)


@dataclass(frozen=True)
class Coverage:
    """Which part of a list's places partners help on a day: `helped` of `listed`, by `partners`, in percent."""

    partners: int
    listed: int
    helped: int

    @property
    def share(self) -> Decimal | None:
        return round(Decimal(100 * self.helped) / self.listed, 2) if self.listed else None


def coverage(
    area: Area, designation: Designation, day: dt.date, kinds: Collection[str] = Partner.Kind.values
) -> Coverage:
    """Return how much of one official list partners help within an area on a day; see `coverages`."""
    return coverages(area, day, kinds).get(designation.pk, Coverage(0, 0, 0))


def coverages(area: Area, day: dt.date, kinds: Collection[str] = Partner.Kind.values) -> dict[int, Coverage]:
    """Count for each official list its places that lie in a subtree on a day, and those of them that have a partner.

    A place whose province has a partner, and itself has none, is not helped here. `partners` are those of the listed
    places. Returned by the id of the list, without lists that have no place there. One query.
    """
    scope = _scope(Level(area.level), "%(day)s::date")
    statement = _COVERAGE.format(nation=scope.join, inside=scope.condition)
    with connection.cursor() as cursor:
        cursor.execute(statement, {"day": day, "kinds": list(kinds), "area": area.pk})
        return {pk: Coverage(*counts) for pk, *counts in cursor.fetchall()}


_COVERAGE = """
WITH listed AS (
    SELECT DISTINCT m.designation_id AS list, p.area_id AS area
    FROM villages_membership m
    JOIN villages_placement p ON p.area_id = m.area_id AND p.valid @> %(day)s::date
    {nation}
    WHERE m.valid @> %(day)s::date AND {inside}
),
helping AS (
    SELECT g.area_id AS area, g.partner_id AS partner
    FROM funding_pairing g
    JOIN funding_partner t ON t.id = g.partner_id
    WHERE g.valid @> %(day)s::date AND t.kind = ANY(%(kinds)s)
)
SELECT listed.list, count(DISTINCT helping.partner), count(DISTINCT listed.area), count(DISTINCT helping.area)
FROM listed LEFT JOIN helping ON helping.area = listed.area
GROUP BY listed.list
"""
