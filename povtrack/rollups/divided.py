"""The few areas whose figures are divided among several places: which totals hold only a part of them, and how much."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import connection

from povtrack.rollups.boundaries import Boundaries
from povtrack.rollups.statements import DIVIDED
from programmes.models import Record
from programmes.models.rollup import STAGES


@dataclass(frozen=True)
class Share:
    """The part of a reported area's figures that is counted in a total: more than 0, less than 1."""

    area_id: int
    code: str
    name: str
    name_latin: str
    share: Decimal


def _parts(model: type[Record], on: Boundaries) -> str:
    """Select (year, area whose total it is, reported area, share) where the share is less than the whole."""
    return f"""
        SELECT r.year, up.id AS area_id, p.area_id AS origin_id, sum(p.high - p.low) AS share
        FROM {on.placements} p
        JOIN {model._meta.db_table} r ON r.area_id = p.area_id AND p.valid @> make_date(r.year, 12, 31)
        JOIN villages_placement s ON s.area_id = coalesce(p.township_id, p.county_id) AND {on.stands("s", "r.year")}
        CROSS JOIN LATERAL (
            VALUES (s.province_id), (s.prefecture_id), (s.county_id), (s.township_id)
        ) AS up (id)
        WHERE {DIVIDED} AND p.level = {int(model.level)} AND r.year = ANY(%(years)s) AND {STAGES[""]}
          AND up.id IS NOT NULL
        GROUP BY r.year, up.id, p.area_id
        HAVING sum(p.high - p.low) < 1
    """


def count_estimated(model: type[Record], on: Boundaries, target: str) -> str:
    """Return the statement that says of each total of `target` how many areas it holds only in part."""
    return f"""
        UPDATE {target} AS t SET estimated = e.areas
        FROM (
            SELECT year, area_id, count(*) AS areas FROM ({_parts(model, on)}) AS part GROUP BY year, area_id
        ) AS e
        WHERE t.basis = '{on.basis}' AND t.year = e.year AND t.area_id = e.area_id AND t.estimated <> e.areas
    """


def shares_of(model: type[Record], on: Boundaries, rows: Collection[Any]) -> dict[tuple[int, int], list[Share]]:
    """Return, by (area id, year), which areas the given totals hold only in part, the greatest shares first.

    One query, and none where nothing is estimated.
    """
    estimated = [row for row in rows if row.estimated]
    shares: dict[tuple[int, int], list[Share]] = defaultdict(list)
    if not estimated or on.is_recorded:
        return shares
    sql = f"""
        SELECT part.year, part.area_id, a.id, a.code, a.name, a.name_latin, part.share
        FROM ({_parts(model, on)}) AS part JOIN villages_area a ON a.id = part.origin_id
        WHERE part.area_id = ANY(%(areas)s)
        ORDER BY part.share DESC, a.code
    """
    values = {"years": sorted({row.year for row in estimated}), "areas": [row.area_id for row in estimated]}
    wanted = {(row.area_id, row.year) for row in estimated}
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        for year, area, *share in cursor.fetchall():
            if (area, year) in wanted:
                shares[area, year].append(Share(*share))
    return shares
