"""The proof of the roll-ups: recompute everything aside, and list every row that differs from what is kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from povtrack.lib.progress import SilentSteps, Steps
from povtrack.rollups.recompute import fill_slice, slice_years
from programmes.models import DirtyCell, Record
from programmes.registry import programmes


@dataclass(frozen=True)
class Difference:
    """One figure of one roll-up row that is not what the records say; None stands for a missing row or a blank."""

    programme: str
    year: int
    area: int
    column: str
    kept: Any
    recomputed: Any


def verify(progress: Steps | None = None) -> list[Difference]:
    """Return all differences between the kept roll-ups and the records.

    Everything is read from one snapshot. Cells whose marks still wait in the outbox are known to be stale, so their
    rows, and those of the areas above them, are passed over.
    """
    slices = [(model, year) for model in programmes() for year in slice_years(model)]
    differences: list[Difference] = []
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        with (progress or SilentSteps()).step(_("Verifying roll-ups"), len(slices)) as step:
            for done, (model, year) in enumerate(slices, start=1):
                differences += _verify_slice(model, year)
                step.to(done)
    return differences


def _verify_slice(model: type[Record], year: int) -> Iterator[Difference]:
    table = model.rollup._meta.db_table
    columns = [f.column for f in model.rollup._meta.local_fields if f.column not in ("id", "computed_at")]
    listed = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE TEMP TABLE recomputed (LIKE {table} INCLUDING DEFAULTS INCLUDING IDENTITY) ON COMMIT DROP"
        )
        cursor.execute("CREATE INDEX ON recomputed (parent_id, year)")
        fill_slice(model, year, target="recomputed")
        cursor.execute(
            f"""
            SELECT coalesce(k.area_id, r.area_id), {", ".join(f'k."{c}", r."{c}"' for c in columns)}
            FROM (SELECT {listed} FROM {table} WHERE year = %(year)s) AS k
            FULL JOIN (SELECT {listed} FROM recomputed) AS r ON r.area_id = k.area_id AND r.basis = k.basis
            WHERE NOT EXISTS (
                SELECT FROM unnest(%(stale)s::bigint[]) AS s(id) WHERE s.id = coalesce(k.area_id, r.area_id)
            )
              AND ({", ".join(f'k."{c}"' for c in columns)}) IS DISTINCT FROM ({", ".join(f'r."{c}"' for c in columns)})
            """,
            {"year": year, "stale": _stale_areas(model, year)},
        )
        rows = cursor.fetchall()
        cursor.execute("DROP TABLE recomputed")
    for area, *pairs in rows:
        for column, kept, recomputed in zip(columns, pairs[::2], pairs[1::2], strict=True):
            if kept != recomputed:
                yield Difference(model.code, year, area, column, kept, recomputed)


def _stale_areas(model: type[Record], year: int) -> list[int]:
    """The counties with waiting marks, with their townships and all areas above them."""
    waiting = DirtyCell.objects.filter(programme=model.code, year=year).values_list("county_id", flat=True).distinct()
    sql = """
        SELECT p.area_id FROM villages_placement p
        WHERE p.valid @> make_date(%(year)s, 12, 31) AND p.county_id = ANY(%(counties)s) AND p.level <= 4
        UNION
        SELECT ancestor FROM villages_placement p, unnest(ARRAY[p.prefecture_id, p.province_id]) AS ancestor
        WHERE p.valid @> make_date(%(year)s, 12, 31) AND p.area_id = ANY(%(counties)s) AND ancestor IS NOT NULL
        UNION
        SELECT id FROM villages_area WHERE level = 0 AND %(counties)s <> '{}'
    """
    with connection.cursor() as cursor:
        cursor.execute(sql, {"year": year, "counties": list(waiting)})
        return [area for (area,) in cursor.fetchall()]
