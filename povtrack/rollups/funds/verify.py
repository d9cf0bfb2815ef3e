"""The proof of the kept totals of the ledger: recompute every year aside, and list each figure that differs."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.utils.translation import gettext as _

from funding.models import DirtyFunds
from povtrack.lib.progress import SilentSteps, Steps
from povtrack.rollups.boundaries import KEPT, Boundaries
from povtrack.rollups.funds.filling import TABLE, Filling
from povtrack.rollups.funds.recompute import cells_of, fill_year, levels_above, years_of_money
from povtrack.rollups.funds.statements import FIGURES
from villages.levels import Level

_FIELDS = ("parent_id", *FIGURES)
_KEYS = ("area_id", "source_id", "programme", "level")
_COMPARISON = f"""
    SELECT coalesce(k.area_id, r.area_id), coalesce(s.code, coalesce(k.source_id, r.source_id)::text),
           coalesce(k.programme, r.programme), coalesce(k.level, r.level),
           {", ".join(f"k.{name}, r.{name}" for name in _FIELDS)}
    FROM (SELECT * FROM {TABLE} WHERE year = %(year)s AND basis = %(basis)s) AS k
    FULL JOIN (SELECT * FROM recomputed_funds WHERE basis = %(basis)s) AS r
        ON {" AND ".join(f"r.{key} = k.{key}" for key in _KEYS)}
    LEFT JOIN funding_fundsource s ON s.id = coalesce(k.source_id, r.source_id)
    WHERE ({", ".join(f"k.{name}" for name in (*_KEYS, *_FIELDS))})
          IS DISTINCT FROM ({", ".join(f"r.{name}" for name in (*_KEYS, *_FIELDS))})
      AND coalesce(k.area_id, r.area_id) <> ALL (%(stale)s::bigint[])
    ORDER BY 1, 2, 3, 4
"""


@dataclass(frozen=True)
class FundDifference:
    """One figure of one kept total that is not what the entries say; None stands for a row that is missing."""

    year: int
    area: int
    basis: str
    source: str
    programme: str
    level: int
    column: str
    kept: Any
    recomputed: Any


def verify(progress: Steps | None = None) -> list[FundDifference]:
    """Return all differences between the kept totals and the entries. The caller's transaction has one snapshot.

    What marks still wait for is known to be stale, and passed over.
    """
    years = years_of_money()
    differences: list[FundDifference] = []
    with (progress or SilentSteps()).step(_("Verifying fund totals"), len(years)) as step:
        for done, year in enumerate(years, start=1):
            differences += _verify_year(year)
            step.to(done)
    return differences


def _verify_year(year: int) -> Iterator[FundDifference]:
    marks = set(DirtyFunds.objects.filter(year=year).values_list("area_id", flat=True))
    if None in marks:
        return
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMP TABLE recomputed_funds (LIKE {TABLE} INCLUDING INDEXES) ON COMMIT DROP")
        fill_year(cursor, year, "recomputed_funds")
        for on in KEPT:
            stale = _stale_areas(cursor, on, year, marks)
            cursor.execute(_COMPARISON, {"year": year, "basis": on.basis, "stale": stale})
            for area, source, programme, level, *pairs in cursor.fetchall():
                for column, kept, recomputed in zip(_FIELDS, pairs[::2], pairs[1::2], strict=True):
                    if kept != recomputed:
                        yield FundDifference(year, area, on.basis, source, programme, level, column, kept, recomputed)
        cursor.execute("DROP TABLE recomputed_funds")


def _stale_areas(cursor: CursorWrapper, on: Boundaries, year: int, marks: Collection[int | None]) -> list[int]:
    """The cells that marks make stale, their townships, and all areas above them: as placed, and as last summed."""
    if not marks:
        return []
    filling = Filling(on)
    places = cells_of(cursor, filling, year, marks)
    above = levels_above(cursor, filling, year, places)
    cursor.execute(
        f"""
        SELECT area_id FROM villages_placement p
        WHERE p.county_id = ANY(%(places)s) AND p.level > {int(Level.COUNTY)} AND {on.stands("p", "%(year)s")}
        UNION
        SELECT area_id FROM {TABLE}
        WHERE year = %(year)s AND basis = %(basis)s AND parent_id = ANY(%(places)s) AND area_level > {int(Level.COUNTY)}
        """,
        {"year": year, "basis": on.basis, "places": places},
    )
    below = [area for (area,) in cursor.fetchall()]
    return [*places, *below, *(area for areas in above.values() for area in areas)]
