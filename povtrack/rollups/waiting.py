"""What waits to be counted in: the marks of the outbox, and the totals of each basis that they make stale."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection

from povtrack.rollups.boundaries import KEPT, RECORDED, Boundaries
from povtrack.rollups.statements import CELLS
from programmes.models import Record
from villages.levels import Level
from villages.models import Area

Cell = tuple[int, int]  # year, county id
Mark = tuple[str, Cell]  # basis, cell
Scope = dict[str, list[int]]
YearSpan = tuple[int, int]  # first, last


def scope_of(cells: Iterable[Cell]) -> Scope:
    """Cells as the statements take them."""
    ordered = sorted(set(cells))
    return {"years": [year for year, _county in ordered], "counties": [county for _year, county in ordered]}


def _today(model: type[Record]) -> str:
    """Select (year, county then, county today) for what was placed or recorded in the counties of a table `cell`.

    Placements are grouped before the years come in: a county's villages nearly all share one county and stretch.
    """
    return f"""
        SELECT c.year, c.county_id, m.today
        FROM (
            SELECT p.county_id, n.county_id AS today, p.valid * n.valid AS valid
            FROM villages_placement p
            JOIN villages_currentplacement n ON n.area_id = p.area_id AND n.valid && p.valid
            WHERE p.level = {int(model.level)} AND p.county_id = ANY(%(counties)s) AND n.county_id IS NOT NULL
            GROUP BY p.county_id, n.county_id, p.valid * n.valid
        ) AS m
        JOIN cell c ON c.county_id = m.county_id AND m.valid @> make_date(c.year, 12, 31)
        UNION
        SELECT c.year, c.county_id, n.county_id
        FROM villages_area a
        JOIN {model._meta.db_table} r ON r.area_id = a.id AND a.ended_on <= make_date(r.year, 12, 31)
        JOIN cell c ON c.year = r.year AND c.county_id = r.county_id
        JOIN villages_currentplacement n ON n.area_id = r.area_id AND n.valid @> make_date(r.year, 12, 31)
        WHERE r.year = ANY(%(years)s) AND n.county_id IS NOT NULL
    """


def cells_today(model: type[Record], cells: Collection[Cell]) -> set[Cell]:
    """Return the cells on today's boundaries that hold figures of the given cells of their years."""
    if not cells:
        return set()
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH cell AS MATERIALIZED ({CELLS}) SELECT DISTINCT year, today FROM ({_today(model)}) AS t",
            scope_of(cells),
        )
        return set(cursor.fetchall())


@dataclass(frozen=True)
class Waiting:
    """The edits that wait to be counted into some areas' totals: for each kind of mark how many, and into whose."""

    marks: tuple[tuple[int, frozenset[int]], ...] = ()

    def total(self, areas: Iterable[int]) -> int:
        """How many edits wait to be counted into any of the areas."""
        asked = frozenset(areas)
        return sum(count for count, touched in self.marks if touched & asked)

    @property
    def areas(self) -> frozenset[int]:
        """The areas whose totals are behind."""
        return frozenset().union(*(touched for _count, touched in self.marks))


def waiting(model: type[Record], on: Boundaries, areas: Collection[int], years: YearSpan) -> Waiting:
    """Return what waits to be counted into the totals of the areas (ids), in these years.

    One query, and three more where something waits. Ask before reading totals: then these can only be fresher than
    they claim. On the boundaries of a year nothing ever waits, for totals on them are summed when they are asked for.
    """
    if on not in KEPT:
        return Waiting()
    groups = _marked(model, on, years)
    if not groups:
        return Waiting()
    held_in = _cells_on(model, on, {(basis, (year, county)) for basis, year, county, _count in groups})
    over = _areas_over(on, {cell for cells in held_in.values() for cell in cells}, list(areas))
    nation = set(Area.objects.filter(pk__in=areas, level=Level.NATION).values_list("pk", flat=True))
    return Waiting(
        tuple(
            (count, frozenset(nation).union(*(over[cell] for cell in held_in[basis, (year, county)])))
            for basis, year, county, count in groups
        )
    )


# By hand, for every answer with totals asks it, and nearly always there is nothing.
_MARKED = """
    SELECT basis, year, county_id, count(*) FROM programmes_dirtycell
    WHERE programme = %(programme)s AND year BETWEEN %(first)s AND %(last)s AND basis = ANY(%(bases)s)
    GROUP BY basis, year, county_id
"""


def _marked(model: type[Record], on: Boundaries, years: YearSpan) -> list[tuple[str, int, int, int]]:
    """Return (basis, year, county id, edits that wait). On today's boundaries those of a year as it was wait too."""
    bases = [on.basis] if on.is_recorded else [one.basis for one in KEPT]
    values: dict[str, Any] = {"programme": model.code, "first": years[0], "last": years[1], "bases": bases}
    with connection.cursor() as cursor:
        cursor.execute(_MARKED, values)
        return list(cursor.fetchall())


def _cells_on(model: type[Record], on: Boundaries, marked: set[Mark]) -> dict[Mark, set[Cell]]:
    """Return for each mark the cells on this basis that it makes stale."""
    cells: dict[Mark, set[Cell]] = {mark: set() if mark[0] != on.basis else {mark[1]} for mark in marked}
    foreign = [cell for basis, cell in marked if basis != on.basis]
    if foreign:
        with connection.cursor() as cursor:
            cursor.execute(f"WITH cell AS MATERIALIZED ({CELLS}) {_today(model)}", scope_of(foreign))
            for year, county, today in cursor.fetchall():
                cells[RECORDED.basis, (year, county)].add((year, today))
    return cells


def _areas_over(on: Boundaries, cells: set[Cell], asked: list[int]) -> dict[Cell, set[int]]:
    """Return for each cell those of the asked areas (townships and up) whose totals it touches."""
    sql = f"""
        SELECT DISTINCT c.year, c.county_id, up.id
        FROM ({CELLS}) AS c
        JOIN villages_placement p ON p.county_id = c.county_id AND p.level IN (3, 4) AND {on.stands("p", "c.year")}
        CROSS JOIN LATERAL (VALUES (p.area_id), (p.prefecture_id), (p.province_id)) AS up (id)
        WHERE up.id = ANY(%(asked)s)
    """
    over: dict[Cell, set[int]] = defaultdict(set)
    with connection.cursor() as cursor:
        cursor.execute(sql, {**scope_of(cells), "asked": asked})
        for year, county, area in cursor.fetchall():
            over[year, county].add(area)
    return over
