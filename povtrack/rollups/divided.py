"""The few areas whose figures are divided among several places: which totals hold only a part of them, and how much."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import connection

from povtrack.rollups.boundaries import Boundaries
from povtrack.rollups.tallies import DIVIDED
from programmes.models import Record
from programmes.models.rollup import STAGES

ShareKey = tuple[int, int, str]  # area id, year, breakdown


@dataclass(frozen=True)
class Share:
    """The part of a reported area's figures that is counted in a total: more than 0, less than 1."""

    area_id: int
    code: str
    name: str
    name_latin: str
    share: Decimal


def _parts(model: type[Record], on: Boundaries) -> str:
    """Select (year, breakdown, area whose total it is, reported area, share) where it is less than the whole."""
    return f"""
        SELECT r.year, r.breakdown, up.id AS area_id, p.area_id AS origin_id, sum(p.high - p.low) AS share
        FROM {on.placements} p
        JOIN {_reported(model)} r ON r.area_id = p.area_id AND p.valid @> make_date(r.year, 12, 31)
        JOIN villages_placement s ON s.area_id = coalesce(p.township_id, p.county_id) AND {on.stands("s", "r.year")}
        CROSS JOIN LATERAL (
            VALUES (s.province_id), (s.prefecture_id), (s.county_id), (s.township_id)
        ) AS up (id)
        WHERE {DIVIDED} AND p.level = {int(model.level)} AND r.year = ANY(%(years)s) AND up.id IS NOT NULL
        GROUP BY r.year, r.breakdown, up.id, p.area_id
        HAVING sum(p.high - p.low) < 1
    """


def _reported(model: type[Record]) -> str:
    """What was reported: (area, year, breakdown), and over all kinds each place whose records are all submitted."""
    table, submitted = model._meta.db_table, STAGES[""]
    reported = f"SELECT r.area_id, r.year, r.breakdown FROM {table} r WHERE {submitted}"
    if not model.kinds:
        return f"({reported})"
    whole = f"SELECT r.area_id, r.year, '' FROM {table} r GROUP BY r.area_id, r.year HAVING bool_and({submitted})"
    return f"({reported} UNION ALL {whole})"


def count_estimated(model: type[Record], on: Boundaries, target: str) -> str:
    """Return the statement that says of each total of `target` how many areas it holds only in part."""
    return f"""
        UPDATE {target} AS t SET estimated = e.areas
        FROM (
            SELECT year, breakdown, area_id, count(*) AS areas FROM ({_parts(model, on)}) AS part
            GROUP BY year, breakdown, area_id
        ) AS e
        WHERE t.basis = '{on.basis}' AND t.year = e.year AND t.breakdown = e.breakdown AND t.area_id = e.area_id
          AND t.estimated <> e.areas
    """


def shares_of(model: type[Record], on: Boundaries, rows: Collection[Any]) -> dict[ShareKey, list[Share]]:
    """Return, by (area id, year, breakdown), which areas the given totals hold only in part, the greatest shares first.

    One query, and none where nothing is estimated.
    """
    estimated = [row for row in rows if row.estimated]
    shares: dict[ShareKey, list[Share]] = defaultdict(list)
    if not estimated or on.is_recorded:
        return shares
    sql = f"""
        SELECT part.year, part.breakdown, part.area_id, a.id, a.code, a.name, a.name_latin, part.share
        FROM ({_parts(model, on)}) AS part JOIN villages_area a ON a.id = part.origin_id
        WHERE part.area_id = ANY(%(areas)s)
        ORDER BY part.share DESC, a.code
    """
    values = {"years": sorted({row.year for row in estimated}), "areas": [row.area_id for row in estimated]}
    wanted = {(row.area_id, row.year, row.breakdown) for row in estimated}
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        for year, breakdown, area, *share in cursor.fetchall():
            if (area, year, breakdown) in wanted:
                shares[area, year, breakdown].append(Share(*share))
    return shares
