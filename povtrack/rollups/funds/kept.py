"""The SQL that reads kept totals of the ledger. Only identifiers are pasted in, never data.

A total is summed from rows that are parts of it and of nothing else, as few as will do: the area's own rows; or those
of its parts; or, to tell all counties or provinces apart or to find the places of a list, the rows of one level below
it with what the areas above that level hold themselves.
"""

from __future__ import annotations

from dataclasses import dataclass

from povtrack.rollups.boundaries import Boundaries
from povtrack.rollups.funds.filling import levels_below
from povtrack.rollups.funds.statements import FIGURES, grouped, inside, part
from villages.levels import Level

# How deep rows must be read to tell these apart.
DEPTHS = {"province": Level.PROVINCE, "county": Level.COUNTY}
_COLUMNS = {
    Level.PROVINCE: "province_id",
    Level.PREFECTURE: "prefecture_id",
    Level.COUNTY: "county_id",
    Level.TOWNSHIP: "township_id",
}


@dataclass(frozen=True)
class Slice:
    """Which rows make up what lies in an area of a level: those of `depth`, with what is held above it.

    `listed` is the level of the deepest place of a list that is asked for, None without one.
    """

    on: Boundaries
    level: int
    keys: tuple[str, ...] = ()
    by_part: bool = False
    listed: int | None = None

    @property
    def depth(self) -> int:
        return max(self.level, self.listed or 0, *(DEPTHS.get(key, 0) for key in self.keys))

    @property
    def everywhere(self) -> bool:
        return self.level == Level.NATION

    def placed(self) -> str:
        """The CTE `placed`, of the same columns as that of `statements.placed`."""
        figures = ", ".join(f"t.{name}" for name in FIGURES)
        asked = f"""
            t.year = ANY(%(years)s) AND t.basis = '{self.on.basis}'
            AND (%(programmes)s::text[] IS NULL OR t.programme = ANY(%(programmes)s))
            AND (%(sources)s::text[] IS NULL
                 OR t.source_id IN (SELECT id FROM funding_fundsource WHERE code = ANY(%(sources)s)))
        """
        if self.depth == self.level and self.listed is None:
            return f"""
                placed AS (
                    SELECT t.year, t.source_id, t.programme, t.level, t.area_level, t.area_id AS place_id,
                           t.area_id AS part, p.township_id, p.county_id, p.prefecture_id, p.province_id, t.computed_at,
                           {figures}
                    FROM funding_fundrollup t
                    LEFT JOIN villages_placement p ON p.area_id = t.area_id AND {self.on.stands("p", "t.year")}
                    WHERE {asked} AND {self._near()}
                )
            """
        return f"""
            placed AS (
                SELECT t.year, t.source_id, t.programme, t.level, t.area_level, p.place_id, {part("p")} AS part,
                       p.township_id, p.county_id, p.prefecture_id, p.province_id, t.computed_at, {figures}
                FROM funding_fundrollup t
                JOIN (
                    SELECT area_id AS place_id, level, valid, township_id, county_id, prefecture_id, province_id
                    FROM villages_placement
                ) AS p ON p.place_id = t.area_id AND {self.on.stands("p", "t.year")}
                WHERE {asked} AND ({self._deep()})
            )
        """

    def _near(self) -> str:
        """The area's own rows, or, by part, those of its parts and of what it holds itself."""
        if not self.by_part:
            return "t.area_id = %(area)s"
        below = f"t.parent_id = %(area)s AND t.area_level IN ({levels_below(self.level)})"
        return f"({below} OR t.area_id = %(area)s AND t.level = t.area_level)"

    def _deep(self) -> str:
        """Rows of the depth; of areas above it, what they hold themselves; of areas below it, those that skip it."""
        depth = self.depth + (1 if self.by_part and self.depth == self.level else 0)
        nearer = " AND ".join(
            f"NOT (t.area_level > {int(level)} AND p.{column} IS NOT NULL)"
            for level, column in _COLUMNS.items()
            if level >= depth
        )
        deep = f"t.area_level IN ({depth}{', ' if depth < Level.VILLAGE else ''}{levels_below(depth)}) AND {nearer}"
        return f"{deep} OR t.area_level < {depth} AND t.level = t.area_level"


def totals(rows: Slice) -> str:
    """Select the keys, the FIGURES of what lies in %(area)s, and when the oldest of them was computed."""
    chosen, group = grouped(rows.keys, by_part=rows.by_part)
    return f"""
        WITH {rows.placed()}
        SELECT {chosen} {", ".join(f"sum(placed.{name}) AS {name}" for name in FIGURES)}
        FROM placed JOIN funding_fundsource source ON source.id = placed.source_id
        WHERE {inside(everywhere=rows.everywhere, listed=rows.listed is not None)}
        {group}
    """
