"""Totals on the boundaries of any year: summed when they are asked for, and gone when they have been read.

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
from povtrack.lib.years import year_end
from povtrack.rollups import seats
from povtrack.rollups.boundaries import Boundaries, boundaries_of
from povtrack.rollups.cells import fill
from povtrack.rollups.statements import Statements
from povtrack.rollups.waiting import Cell, scope_of
from programmes.models import Record
from villages.levels import Level
from villages.models import Placement

SEATS = "basis_seat"


@dataclass(frozen=True)
class Request:
    """Which totals are wanted: of these years, of these areas (ids; None is all) and of all below them."""

    model: type[Record]
    basis_year: int
    years: Collection[int]
    areas: Collection[int] | None = None


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
    table = request.model.rollup._meta.db_table
    on = boundaries_of(request.basis_year, SEATS)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TABLE IF EXISTS pg_temp.{table}, pg_temp.{SEATS}")
            # The name given to LIKE is still that of the real table.
            cursor.execute(
                f"CREATE TEMP TABLE {table} (LIKE {table} INCLUDING DEFAULTS INCLUDING IDENTITY) ON COMMIT DROP"
            )
            counties = _counties(cursor, request)
            if counties and request.years:
                day, years = year_end(request.basis_year), list(request.years)
                everywhere = request.areas is None
                seats.fill(cursor, SEATS, seats.Wanted(request.model, day, years, counties, everywhere))
                scope = scope_of((year, county) for year in request.years for county in counties)
                fill(cursor, Statements(request.model, on, table), scope, _whole(cursor, on, request, counties))
            cursor.execute(f"ANALYZE {table}")
        try:
            yield on
        finally:
            _drop(table)


def _drop(table: str) -> None:
    """Bring the real table back for what follows in the same transaction. A broken one ends anyway."""
    if not connection.needs_rollback:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TABLE IF EXISTS pg_temp.{table}, pg_temp.{SEATS}")


def _counties(cursor: CursorWrapper, request: Request) -> list[int]:
    """The counties, on the boundaries asked for, in which the areas lie or which lie in them."""
    on = boundaries_of(request.basis_year, SEATS)
    sql = f"""
        SELECT DISTINCT county_id FROM villages_placement p
        WHERE {on.stands("p", "")} AND p.level IN (3, 4) AND county_id IS NOT NULL
    """
    if request.areas is not None:
        sql += """
            AND (
                p.area_id = ANY(%(areas)s) OR (p.level = 3 AND (p.province_id = ANY(%(areas)s)
                OR p.prefecture_id = ANY(%(areas)s) OR EXISTS (
                    SELECT FROM villages_area a WHERE a.id = ANY(%(areas)s) AND a.level = 0
                )))
            )
        """
    cursor.execute(sql, {"areas": list(request.areas or [])})
    return [county for (county,) in cursor.fetchall()]


def _whole(
    cursor: CursorWrapper, on: Boundaries, request: Request, counties: list[int]
) -> dict[int | None, list[Cell]]:
    """The areas above the counties of which none lies elsewhere, by level."""
    cursor.execute(
        f"""
        SELECT up.level, up.area_id
        FROM villages_placement c
        CROSS JOIN LATERAL (
            SELECT n.level, n.area_id FROM villages_placement n WHERE n.level = 0 AND {on.stands("n", "")}
            UNION ALL SELECT 1, c.province_id UNION ALL SELECT 2, c.prefecture_id
        ) AS up
        WHERE c.level = 3 AND {on.stands("c", "")} AND up.area_id IS NOT NULL
        GROUP BY up.level, up.area_id
        HAVING bool_and(c.county_id = ANY(%(counties)s))
        """,
        {"counties": counties},
    )
    above: dict[int | None, list[Cell]] = defaultdict(list)
    for level, area in cursor.fetchall():
        above[level] += [(year, area) for year in request.years]
    return above
