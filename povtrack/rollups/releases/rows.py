"""The totals of a set of programmes, years and areas in one shape, whether they are frozen or stand now.

Each statement selects programme, year, basis, breakdown, area_id, parent_id, level, code, name, name_latin,
computed_at, figures. Only identifiers of models are pasted in, never data.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from povtrack.lib.paths import is_under
from povtrack.rollups.releases.models import Release
from programmes.models import Record
from programmes.registry import find_programme

COLUMNS = "programme, year, basis, breakdown, area_id, parent_id, level, code, name, name_latin, computed_at, figures"
# What is kept beside the figures, and what says nothing of them.
_BESIDE = "ARRAY['id', 'area_id', 'parent_id', 'level', 'year', 'basis', 'breakdown', 'computed_at']"


@dataclass(frozen=True)
class Scope:
    """Which totals: of these programmes, years and bases, of the subtree `path`, down to a level."""

    programmes: Sequence[str]
    years: Sequence[int]
    bases: Sequence[str]
    path: str
    lowest: int

    @classmethod
    def of(cls, release: Release) -> Scope:
        return cls(release.programmes, release.years, release.bases, release.area.path, release.lowest)

    def common(self, other: Scope) -> Scope:
        """What both hold; of places that lie apart nothing."""
        paths = sorted((self.path, other.path), key=len)
        path = paths[1] if is_under(paths[1], paths[:1]) else "none"
        return Scope(
            [code for code in self.programmes if code in other.programmes],
            [year for year in self.years if year in other.years],
            [basis for basis in self.bases if basis in other.bases],
            path,
            min(self.lowest, other.lowest),
        )

    def models(self) -> list[type[Record]]:
        """The programmes that are still declared."""
        return [model for code in self.programmes if (model := find_programme(code))]

    def values(self) -> dict[str, Any]:
        """What the statements bind."""
        return {
            "programmes": list(self.programmes),
            "years": list(self.years),
            "bases": list(self.bases),
            "under": f"{self.path}%",
            "lowest": self.lowest,
        }


def standing(model: type[Record], where: str = "") -> str:
    """Select the totals of a programme as they stand now, in the scope that is bound; `where` narrows rows `t`."""
    table = model.rollup._meta.db_table
    return f"""
        SELECT '{model.code}'::varchar AS programme, t.year, t.basis, t.breakdown, t.area_id, t.parent_id, t.level,
               coalesce(v.code, a.code) AS code, coalesce(v.name, a.name) AS name,
               coalesce(v.name_latin, a.name_latin) AS name_latin, t.computed_at,
               jsonb_strip_nulls(to_jsonb(t) - {_BESIDE}) AS figures
        FROM {table} t
        JOIN villages_area a ON a.id = t.area_id AND a.path LIKE %(under)s
        LEFT JOIN villages_areaversion v ON v.area_id = t.area_id AND CASE t.basis
            WHEN 'current' THEN upper_inf(v.valid) ELSE v.valid @> make_date(t.year, 12, 31) END
        WHERE t.year = ANY(%(years)s) AND t.basis = ANY(%(bases)s) AND t.level <= %(lowest)s {where}
    """


def frozen(release: str, where: str = "") -> str:
    """Select the rows of the release that is bound by that name; `where` narrows rows `t`."""
    return f"""
        SELECT {", ".join(f"t.{column}" for column in COLUMNS.split(", "))}
        FROM rollups_releasedtotal t
        JOIN villages_area a ON a.id = t.area_id AND a.path LIKE %(under)s
        WHERE t.release_id = %({release})s AND t.programme = ANY(%(programmes)s) AND t.year = ANY(%(years)s)
          AND t.basis = ANY(%(bases)s) AND t.level <= %(lowest)s {where}
    """


def count_standing(scope: Scope) -> int:
    """How many totals stand now in a scope."""
    counts = [f"SELECT count(*) AS n FROM ({standing(model)}) AS rows_of_one" for model in scope.models()]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT sum(n) FROM ({' UNION ALL '.join(counts)}) AS counts", scope.values())
        return int(cursor.fetchone()[0] or 0)
