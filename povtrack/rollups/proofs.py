"""The nightly proof: of each programme a part of the cells is recomputed aside, and every national total.

A part, because recomputing all of a large country takes as long as a rebuild; another part each night, so that in a
month each cell had its turn. National totals are summed from the records by a statement of their own, which knows
neither counties nor levels, and every sum of places above the counties is held against its parts. `verify` proves
everything.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any

from django.db import connection
from django.utils import timezone

from funding.models import DirtyFunds, FundRollup
from povtrack.lib.instants import one_instant
from povtrack.rollups import alerts
from povtrack.rollups.boundaries import KEPT, RECORDED, Boundaries
from povtrack.rollups.cells import cells_of, fill, slice_years
from povtrack.rollups.models import Verification
from povtrack.rollups.national import national_differences
from povtrack.rollups.statements import Statements
from povtrack.rollups.verified import FUNDS
from povtrack.rollups.verify import Difference, differences_of_funds, stale_counties
from povtrack.rollups.waiting import scope_of
from programmes.models import Record
from programmes.registry import programmes
from villages.levels import Level

NIGHTS = 30  # in which every cell has its turn
KEPT_DIFFERENCES = 100
# The lock of whoever is at it: two schedulers, or an impatient admin, must not do the same work side by side.
PROVING = 0x9E0F


def prove_all(*, nights: int = NIGHTS) -> int:
    """Verify the totals of all programmes, tell the admins of differences; return how many figures differ.

    Does nothing while another process is at it.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [PROVING])
        if not cursor.fetchone()[0]:
            return 0
        try:
            made = [*(prove(model, nights=nights) for model in programmes()), prove_funds()]
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [PROVING])
    alerts.tell([one for one in made if one.differences])
    return sum(one.differences for one in made)


def prove(model: type[Record], *, nights: int = NIGHTS) -> Verification:
    """Verify the totals of one programme, and keep what came of it."""
    return _kept(model.code, partial(_differences_of, model, nights=nights))


def prove_funds() -> Verification:
    """Verify all totals of the ledger, and keep what came of it: they are recomputed in seconds."""
    return _kept(FUNDS, _differences_of_the_ledger)


def _kept(programme: str, compare: Callable[[Verification], Iterable[Difference]]) -> Verification:
    """Compare from one snapshot, and keep what came of it; `compare` counts what it looks at."""
    start = time.monotonic()
    made = Verification(programme=programme, at=timezone.now(), cells=0, totals=0, sums=0, passed_over=0)
    with one_instant():
        differences = list(compare(made))
    made.differences, made.seconds = len(differences), time.monotonic() - start
    made.found = [_as_json(one) for one in differences[:KEPT_DIFFERENCES]]
    made.save()
    return made


def _differences_of(model: type[Record], made: Verification, *, nights: int) -> Iterator[Difference]:
    turn = timezone.localdate().toordinal()
    for year in slice_years(model):
        for on in KEPT:
            yield from _prove_cells(model, year, on, made, turn=turn, nights=nights)
        yield from _prove_nation(model, year, made)
    yield from _prove_sums(model, made)


def _differences_of_the_ledger(made: Verification) -> list[Difference]:
    made.totals = FundRollup.objects.filter(level=Level.NATION).count()
    made.passed_over = DirtyFunds.objects.values("year").distinct().count()
    return differences_of_funds()


def _prove_cells(
    model: type[Record], year: int, on: Boundaries, made: Verification, *, turn: int, nights: int
) -> Iterator[Difference]:
    """Recompute those counties whose turn it is; those whose marks wait are known to be behind."""
    due = {county for _year, county in cells_of(model, year, on) if (county + year + turn) % nights == 0}
    stale = due & stale_counties(model, year, on)
    counties = sorted(due - stale)
    made.passed_over += len(stale)
    made.cells += len(counties)
    if not counties:
        return
    table = model.rollup._meta.db_table
    columns = [f.column for f in model.rollup._meta.local_fields if f.column not in ("id", "computed_at")]
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMP TABLE proof (LIKE {table} INCLUDING DEFAULTS INCLUDING IDENTITY) ON COMMIT DROP")
        fill(cursor, Statements(model, on, "proof"), scope_of((year, county) for county in counties), {})
        cursor.execute(_comparison(table, columns), {"year": year, "basis": on.basis, "counties": counties})
        rows = cursor.fetchall()
        cursor.execute("DROP TABLE proof")
    for area, breakdown, *pairs in rows:
        for column, kept, recomputed in zip(columns, pairs[::2], pairs[1::2], strict=True):
            if kept != recomputed:
                yield Difference(model.code, year, area, column, kept, recomputed, on.basis, breakdown)


def _comparison(table: str, columns: list[str]) -> str:
    """Select the rows of the counties and their townships that differ, with each column as kept and as recomputed."""
    listed = ", ".join(f'"{column}"' for column in columns)
    kept, proof = (", ".join(f'{alias}."{column}"' for column in columns) for alias in ("k", "r"))
    return f"""
        SELECT coalesce(k.area_id, r.area_id), coalesce(k.breakdown, r.breakdown),
               {", ".join(f'k."{c}", r."{c}"' for c in columns)}
        FROM (
            SELECT {listed} FROM {table} WHERE year = %(year)s AND basis = %(basis)s
                AND (area_id = ANY(%(counties)s) OR parent_id = ANY(%(counties)s))
        ) AS k
        FULL JOIN (SELECT {listed} FROM proof) AS r ON r.area_id = k.area_id AND r.breakdown = k.breakdown
        WHERE ({kept}) IS DISTINCT FROM ({proof})
    """


def _prove_nation(model: type[Record], year: int, made: Verification) -> list[Difference]:
    """Sum a year of the nation from its records, unless some wait to be counted."""
    if stale_counties(model, year, RECORDED):
        made.passed_over += 1
        return []
    compared, differences = national_differences(model, year)
    made.totals += compared
    return differences


def _prove_sums(model: type[Record], made: Verification) -> list[Difference]:
    """Hold every place above the counties against the sum of its parts. That is true at every instant."""
    table = model.rollup._meta.db_table
    own = {"id", "area_id", "parent_id", "level", "year", "basis", "breakdown", "computed_at", "estimated"}
    columns = [f.column for f in model.rollup._meta.local_fields if f.column not in own]
    kept, summed = (", ".join(f'{alias}."{column}"' for column in columns) for alias in ("k", "s"))
    sums = ", ".join(f'sum("{column}") AS "{column}"' for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table} WHERE level < {int(Level.COUNTY)}")
        made.sums += cursor.fetchone()[0]
        cursor.execute(f"""
            SELECT k.area_id, k.year, k.basis, k.breakdown, {", ".join(f'k."{c}", s."{c}"' for c in columns)}
            FROM {table} k
            LEFT JOIN (SELECT parent_id, year, basis, breakdown, {sums} FROM {table} GROUP BY 1, 2, 3, 4) AS s
                ON s.parent_id = k.area_id AND s.year = k.year AND s.basis = k.basis AND s.breakdown = k.breakdown
            WHERE k.level < {int(Level.COUNTY)} AND ({kept}) IS DISTINCT FROM ({summed})
        """)
        return [
            Difference(model.code, year, area, column, kept, recomputed, basis, breakdown)
            for area, year, basis, breakdown, *pairs in cursor.fetchall()
            for column, kept, recomputed in zip(columns, pairs[::2], pairs[1::2], strict=True)
            if kept != recomputed
        ]


def _as_json(one: Difference) -> dict[str, Any]:
    figures = {name: None if (value := getattr(one, name)) is None else str(value) for name in ("kept", "recomputed")}
    return {**vars(one), **figures}
