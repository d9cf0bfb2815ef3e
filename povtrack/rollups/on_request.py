"""Totals on the boundaries of any year, or as of a moment: summed when they are asked for, and gone when they are read.

They are written into a temporary table that bears the name of the programme's roll-up table. PostgreSQL looks there
first, so whatever reads roll-ups inside `summed` reads these, and all else in the database stays out of sight of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.db.models import Min
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from povtrack.lib.basis import BadBasis, Basis
from povtrack.lib.replica.reading import needs_primary
from povtrack.lib.years import year_end
from povtrack.rollups import seats
from povtrack.rollups.boundaries import RECORDED, Boundaries, boundaries_of, kept
from povtrack.rollups.cells import fill
from povtrack.rollups.statements import CELLS, Statements
from povtrack.rollups.waiting import Cell, scope_of
from programmes.models import Record
from villages.levels import Level
from villages.models import Placement

SEATS = "basis_seat"


@dataclass(frozen=True)
class Request:
    """Which totals are wanted: of these years, of these areas (ids; None is all) and of all below them.

    On the boundaries of a year, or on those of a kept `basis`: for records as they were known at a moment.
    """

    model: type[Record]
    basis_year: int | None
    years: Collection[int]
    areas: Collection[int] | None = None
    basis: str = RECORDED.basis

    @property
    def on(self) -> Boundaries:
        return kept(self.basis) if self.basis_year is None else boundaries_of(self.basis_year, SEATS)


def require_known(basis: Basis) -> None:
    """Raise BadBasis unless the registry knows these boundaries."""
    if basis.year is None:
        return
    first = Placement.objects.filter(level=Level.NATION).aggregate(day=Min(Lower("valid")))["day"]
    if first is None or year_end(basis.year) < first:
        words = _("The registry knows no boundaries of %(year)s; its first are of %(first)s.")
        raise BadBasis(words % {"year": basis.year, "first": first.year if first else "–"})


@contextmanager
def summed(request: Request) -> Iterator[Boundaries]:
    """Let the programme's roll-ups be those of the basis year, for what is asked, while the block runs.

    An area that lies only partly in what was asked for has no row: its total would be wrong.
    """
    needs_primary("totals are summed into a temporary table")
    table, on = request.model.rollup._meta.db_table, request.on
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TABLE IF EXISTS pg_temp.{table}, pg_temp.{SEATS}")
            # The name given to LIKE is still that of the real table.
            cursor.execute(
                f"CREATE TEMP TABLE {table} (LIKE {table} INCLUDING DEFAULTS INCLUDING IDENTITY) ON COMMIT DROP"
            )
            cells = cells_of_areas(cursor, on, request.years, request.areas)
            if cells:
                _seat(cursor, request, cells)
                fill(cursor, Statements(request.model, on, table), scope_of(cells), _whole(cursor, on, cells))
            cursor.execute(f"ANALYZE {table}")
        try:
            yield on
        finally:
            _drop(table)


def _seat(cursor: CursorWrapper, request: Request, cells: list[Cell]) -> None:
    """Work out where figures belong on the boundaries of a year; on those that are kept it stands written."""
    if request.basis_year is not None:
        day, counties = year_end(request.basis_year), sorted({county for _year, county in cells})
        wanted = seats.Wanted(request.model, day, list(request.years), counties, request.areas is None)
        seats.fill(cursor, SEATS, wanted)


def _drop(table: str) -> None:
    """Bring the real table back for what follows in the same transaction. A broken one ends anyway."""
    if not connection.needs_rollback:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TABLE IF EXISTS pg_temp.{table}, pg_temp.{SEATS}")


def cells_of_areas(
    cursor: CursorWrapper, on: Boundaries, years: Collection[int], areas: Collection[int] | None
) -> list[Cell]:
    """The counties, on the boundaries asked for, in which the areas lie or which lie in them, in each of the years."""
    sql = f"""
        SELECT DISTINCT y.year, p.county_id
        FROM unnest(%(years)s::integer[]) AS y (year)
        JOIN villages_placement p ON {on.stands("p", "y.year")}
        WHERE p.level IN (3, 4) AND p.county_id IS NOT NULL
    """
    if areas is not None:
        sql += """
            AND (
                p.area_id = ANY(%(areas)s) OR (p.level = 3 AND (p.province_id = ANY(%(areas)s)
                OR p.prefecture_id = ANY(%(areas)s) OR EXISTS (
                    SELECT FROM villages_area a WHERE a.id = ANY(%(areas)s) AND a.level = 0
                )))
            )
        """
    cursor.execute(sql, {"years": list(years), "areas": list(areas or [])})
    return list(cursor.fetchall())


def _whole(cursor: CursorWrapper, on: Boundaries, cells: list[Cell]) -> dict[int | None, list[Cell]]:
    """The areas above the counties of which none lies elsewhere, by level."""
    cursor.execute(
        f"""
        WITH cell AS MATERIALIZED ({CELLS}),
        asked AS MATERIALIZED (SELECT DISTINCT year FROM cell),
        county AS MATERIALIZED (
            SELECT y.year, c.province_id, c.prefecture_id, cell.county_id IS NOT NULL AS held
            FROM asked y
            JOIN villages_placement c ON c.level = 3 AND {on.stands("c", "y.year")}
            LEFT JOIN cell ON cell.year = y.year AND cell.county_id = c.county_id
        )
        SELECT up.level, county.year, up.area_id
        FROM county CROSS JOIN LATERAL (VALUES (1, province_id), (2, prefecture_id)) AS up (level, area_id)
        WHERE up.area_id IS NOT NULL
        GROUP BY up.level, county.year, up.area_id
        HAVING bool_and(held)
        UNION ALL
        SELECT 0, y.year, n.area_id FROM asked y
        JOIN villages_placement n ON n.level = 0 AND {on.stands("n", "y.year")}
        WHERE NOT EXISTS (SELECT FROM county WHERE county.year = y.year AND NOT held)
        """,
        scope_of(cells),
    )
    above: dict[int | None, list[Cell]] = defaultdict(list)
    for level, year, area in cursor.fetchall():
        above[level].append((year, area))
    return above
