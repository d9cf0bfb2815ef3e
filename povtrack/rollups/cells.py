"""The work on roll-ups itself: replace the rows of some cells and of all above them, or fill a whole slice.

A cell is one programme, year and county: a county of that year on basis `recorded`, one of today on `current`. A slice
is all cells of a programme and year. Whoever calls holds the slice, see `recompute`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import chain
from typing import Any

from django.db import connection
from django.db.backends.utils import CursorWrapper

from povtrack.rollups.boundaries import CURRENT, KEPT, RECORDED, Boundaries
from povtrack.rollups.divided import count_estimated
from povtrack.rollups.statements import Statements
from povtrack.rollups.waiting import Cell, Scope, cells_today, scope_of
from programmes.models import Record, Round
from villages.levels import Level

MANY = 500  # cells from which on sums would spill to disk with the server's usual memory


def recompute(model: type[Record], cells: Iterable[Cell], today: Iterable[Cell] = ()) -> None:
    """Replace the rows of these cells and of all areas above them, on all that is kept. The caller holds their slices.

    `cells` are of the counties of their years; what they hold is summed on today's boundaries too, and with it the
    cells `today`, which are of today's counties.
    """
    recorded = set(cells)
    _recompute_on(model, RECORDED, recorded)
    _recompute_on(model, CURRENT, cells_today(model, recorded) | set(today))


def _recompute_on(model: type[Record], on: Boundaries, cells: set[Cell]) -> None:
    if not cells:
        return
    statements = Statements(model, on, model.rollup._meta.db_table)
    with connection.cursor() as cursor:
        scope = scope_of(_with_neighbours(cursor, statements, cells))
        above = ancestors_of(cursor, statements, scope)
        cursor.execute(statements.clear(), scope)
        cursor.execute(statements.clear_ancestors(), _areas(cell for areas in above.values() for cell in areas))
        fill(cursor, statements, scope, above)


def _with_neighbours(cursor: CursorWrapper, statements: Statements, cells: set[Cell]) -> set[Cell]:
    """Add the counties that lost a township to one of the cells: their rows still hold it, and it can't lie in both."""
    while True:
        cursor.execute(statements.neighbours(), scope_of(cells))
        found = set(cursor.fetchall())
        if not found:
            return cells
        cells = cells | found


def fill_slice(model: type[Record], year: int, target: str) -> None:
    """Write all rows of one programme and year, on all that is kept, into `target`.

    That is a table of the roll-up's shape which has none of them.
    """
    for on in KEPT:
        scope = scope_of(cells_of(model, year, on))
        if scope["years"]:
            with connection.cursor() as cursor:
                fill(cursor, Statements(model, on, target), scope, _all_above(cursor, on, year))


def _all_above(cursor: CursorWrapper, on: Boundaries, year: int) -> dict[int | None, list[Cell]]:
    """All that stands above the counties; in an empty table there are no earlier sums to look up."""
    cursor.execute(
        f"SELECT level, area_id FROM villages_placement p WHERE level < %(county)s AND {on.stands('p', '%(year)s')}",
        {"county": Level.COUNTY, "year": year},
    )
    above: dict[int | None, list[Cell]] = defaultdict(list)
    for level, area in cursor.fetchall():
        above[level].append((year, area))
    return above


def ancestors_of(cursor: CursorWrapper, statements: Statements, scope: Scope) -> dict[int | None, list[Cell]]:
    """The (year, area) above the scope by level; under None those that do not stand on this basis."""
    cursor.execute(statements.ancestors(), scope)
    above: dict[int | None, list[Cell]] = defaultdict(list)
    for level, year, area in cursor.fetchall():
        above[level].append((year, area))
    return above


def fill(cursor: CursorWrapper, statements: Statements, scope: Scope, above: dict[int | None, list[Cell]]) -> None:
    """Write the counties' rows and then, level by level, those above them."""
    if len(scope["years"]) > MANY:
        cursor.execute("SET LOCAL work_mem = '256MB'")
    cursor.execute(statements.fill_counties(), scope)
    for level in sorted((level for level in above if level is not None), reverse=True):
        cursor.execute(statements.fill_ancestors(), _areas(above[level]))
    if not statements.on.is_recorded:
        estimate = count_estimated(statements.model, statements.on, statements.target)
        cursor.execute(estimate, {"years": sorted(set(scope["years"]))})


def _areas(cells: Iterable[Cell]) -> dict[str, Any]:
    pairs = list(cells)
    return {"years": [year for year, _area in pairs], "areas": [area for _year, area in pairs]}


def slice_years(model: type[Record]) -> list[int]:
    """The years in which a programme expects records (it has a round), or holds some, or totals of some."""
    rounds = Round.objects.filter(programme=model.code).values_list("year", flat=True)
    kept = (table.values_list("year", flat=True).distinct() for table in (model.objects, model.rollup.objects))
    return sorted({*rounds, *chain.from_iterable(kept)})


def cells_of(model: type[Record], year: int, on: Boundaries) -> list[Cell]:
    """All cells of a slice: the counties that stand on this basis, and those that figures name."""
    named = (
        f"SELECT county_id FROM {model._meta.db_table} WHERE year = %(year)s"
        if on.is_recorded
        else f"SELECT county_id FROM {on.placements} WHERE county_id IS NOT NULL"
    )
    sql = f"""
        SELECT area_id FROM villages_placement p WHERE p.level = 3 AND {on.stands("p", "%(year)s")} UNION {named}
    """
    with connection.cursor() as cursor:
        cursor.execute(sql, {"year": year})
        return [(year, county) for (county,) in cursor.fetchall()]
