"""The proof of the roll-ups: recompute everything aside, and list every row that differs from what is kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from povtrack.lib.progress import SilentSteps, Steps
from povtrack.rollups.boundaries import KEPT, RECORDED, Boundaries
from povtrack.rollups.cells import ancestors_of, fill_slice, slice_years
from povtrack.rollups.funds.verify import FundDifference
from povtrack.rollups.funds.verify import verify as verify_funds
from povtrack.rollups.statements import Statements
from povtrack.rollups.verified import FUNDS
from povtrack.rollups.waiting import cells_today, scope_of
from programmes.models import DirtyCell, Record
from programmes.registry import programmes


@dataclass(frozen=True)
class Difference:
    """One figure of one roll-up row that is not what the records say; None stands for a missing row or a blank.

    `area` is the id of the row's area, or of a record's for what is told of records. Of a total of the ledger the
    `programme` is "funds", and `breakdown` has its source, programme and level.
    """

    programme: str
    year: int
    area: int
    column: str
    kept: Any
    recomputed: Any
    basis: str = RECORDED.basis
    breakdown: str = ""


def verify(progress: Steps | None = None) -> list[Difference]:
    """Return all differences between the kept roll-ups and the records, and between the kept totals and the ledger.

    Everything is read from one snapshot. Cells whose marks still wait in the outbox are known to be stale, so their
    rows, and those of the areas above them, are passed over.
    """
    differences: list[Difference] = []
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        slices = [(model, year) for model in programmes() for year in slice_years(model)]
        with (progress or SilentSteps()).step(_("Verifying roll-ups"), len(slices)) as step:
            for done, (model, year) in enumerate(slices, start=1):
                differences += _misplaced_records(model, year)
                differences += _verify_slice(model, year)
                step.to(done)
        differences += differences_of_funds(progress)
    return differences


def differences_of_funds(progress: Steps | None = None) -> list[Difference]:
    """All differences of the totals of the ledger. The caller's transaction has one snapshot."""
    return [_of_funds(difference) for difference in verify_funds(progress)]


def _of_funds(found: FundDifference) -> Difference:
    row = f"{found.source} {found.programme} {found.level}"
    return Difference(FUNDS, found.year, found.area, found.column, found.kept, found.recomputed, found.basis, row)


def _misplaced_records(model: type[Record], year: int) -> list[Difference]:
    """Records that are not where their area stood at the end of that year, or, had it ended, its greatest heir."""
    sql = f"""
        WITH late AS (
            SELECT array_agg(r.area_id) AS areas, array_agg(make_date(r.year, 12, 31)) AS days
            FROM villages_area a
            JOIN {model._meta.db_table} r ON r.area_id = a.id AND a.ended_on <= make_date(r.year, 12, 31)
            WHERE r.year = %(year)s
        ),
        heir AS (
            SELECT DISTINCT ON (h.origin) h.origin AS area_id, p.county_id, p.township_id
            FROM late CROSS JOIN LATERAL villages_heirs(late.areas, late.days, make_date(%(year)s, 12, 31)) h
            LEFT JOIN villages_placement p ON p.area_id = h.area_id AND p.valid @> make_date(%(year)s, 12, 31)
            WHERE late.areas IS NOT NULL
            ORDER BY h.origin, h.share DESC, h.area_id
        ),
        place AS (
            SELECT area_id, county_id, township_id FROM villages_placement
            WHERE level = {int(model.level)} AND valid @> make_date(%(year)s, 12, 31)
            UNION ALL
            SELECT area_id, county_id, township_id FROM heir
        )
        SELECT r.area_id, r.county_id, p.county_id, r.township_id, p.township_id
        FROM {model._meta.db_table} r
        LEFT JOIN place p ON p.area_id = r.area_id
        WHERE r.year = %(year)s AND (r.county_id, r.township_id) IS DISTINCT FROM (p.county_id, p.township_id)
    """
    with connection.cursor() as cursor:
        cursor.execute(sql, {"year": year})
        return [
            Difference(model.code, year, area, column, kept, placed)
            for area, county, placed_county, township, placed_township in cursor.fetchall()
            for column, kept, placed in (
                ("county of record", county, placed_county),
                ("township of record", township, placed_township),
            )
            if kept != placed
        ]


def _verify_slice(model: type[Record], year: int) -> Iterator[Difference]:
    table = model.rollup._meta.db_table
    columns = [f.column for f in model.rollup._meta.local_fields if f.column not in ("id", "computed_at")]
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE TEMP TABLE recomputed (LIKE {table} INCLUDING DEFAULTS INCLUDING IDENTITY) ON COMMIT DROP"
        )
        cursor.execute("CREATE INDEX ON recomputed (parent_id, year, basis)")
        fill_slice(model, year, target="recomputed")
        rows = []
        for on in KEPT:
            values: dict[str, Any] = {"year": year, "basis": on.basis, "stale": _stale_areas(model, year, on)}
            cursor.execute(_comparison(table, columns), values)
            rows += cursor.fetchall()
        cursor.execute("DROP TABLE recomputed")
    for area, basis, breakdown, *pairs in rows:
        for column, kept, recomputed in zip(columns, pairs[::2], pairs[1::2], strict=True):
            if kept != recomputed:
                yield Difference(model.code, year, area, column, kept, recomputed, basis, breakdown)


def _comparison(table: str, columns: list[str]) -> str:
    """Select the rows of one basis that differ, with each column as kept and as recomputed."""
    listed = ", ".join(f'"{column}"' for column in columns)
    return f"""
        SELECT coalesce(k.area_id, r.area_id), %(basis)s, coalesce(k.breakdown, r.breakdown),
               {", ".join(f'k."{c}", r."{c}"' for c in columns)}
        FROM (SELECT {listed} FROM {table} WHERE year = %(year)s AND basis = %(basis)s) AS k
        FULL JOIN (SELECT {listed} FROM recomputed WHERE basis = %(basis)s) AS r
            ON r.area_id = k.area_id AND r.breakdown = k.breakdown
        WHERE NOT EXISTS (
            SELECT FROM unnest(%(stale)s::bigint[]) AS s(id) WHERE s.id = coalesce(k.area_id, r.area_id)
        )
          AND ({", ".join(f'k."{c}"' for c in columns)}) IS DISTINCT FROM ({", ".join(f'r."{c}"' for c in columns)})
    """


def _stale_areas(model: type[Record], year: int, on: Boundaries) -> list[int]:
    """The counties with waiting marks, their townships, and all areas above them: as placed, and as last summed."""
    scope = scope_of((year, county) for county in stale_counties(model, year, on))
    table = model.rollup._meta.db_table
    with connection.cursor() as cursor:
        above = ancestors_of(cursor, Statements(model, on, table), scope)
        cursor.execute(
            f"""
            SELECT area_id FROM villages_placement p
            WHERE {on.stands("p", "%(year)s")} AND county_id = ANY(%(counties)s) AND level <= 4
            UNION
            SELECT area_id FROM {table}
            WHERE year = %(year)s AND basis = %(basis)s
              AND (area_id = ANY(%(counties)s) OR parent_id = ANY(%(counties)s))
            """,
            {"year": year, "basis": on.basis, "counties": scope["counties"]},
        )
        below = [area for (area,) in cursor.fetchall()]
    return [*below, *(area for areas in above.values() for _year, area in areas)]


def stale_counties(model: type[Record], year: int, on: Boundaries) -> set[int]:
    marks = DirtyCell.objects.filter(programme=model.code, year=year)
    counties = set(marks.filter(basis=on.basis).values_list("county_id", flat=True))
    if on.is_recorded:
        return counties
    recorded = marks.filter(basis=RECORDED.basis).values_list("year", "county_id").distinct()
    return counties | {county for _year, county in cells_today(model, list(recorded))}
