"""The SQL of the roll-ups, built from a programme's declaration. Only identifiers of models are pasted in, never data.

Children are summed first, and parents from their children, so that a parent is the exact sum of its parts.

One set of statements serves every basis. On `recorded` a record says where it counts; on others its area's placement
does, and an area that was divided counts in several places: v from `low` to `high` adds round(v x high) - round(v x
low), so that all its parts add up to v exactly.

A programme with kinds has a row for each kind that is reported in a place, and one for all of them, whose breakdown is
the empty text. There a place counts once, by all its records: drafted while one of them is open, else reported.
"""

from __future__ import annotations

from dataclasses import dataclass

from povtrack.rollups.tallies import DIVIDED, IN_YEAR, PART_OF_ONE, Tallies
from villages.levels import Level

# A scope is a list of (year, county) cells, bound as two arrays of equal length.
CELLS = "SELECT * FROM unnest(%(years)s::smallint[], %(counties)s::bigint[]) AS c(year, county_id)"
# A list of (year, area), bound likewise.
AREAS = "unnest(%(years)s::smallint[], %(areas)s::bigint[]) AS a(year, area_id)"


@dataclass(frozen=True)
class Statements(Tallies):
    """The statements that fill one roll-up table, `target`, on one basis.

    The table is the programme's own or a copy of its shape.
    """

    target: str

    @property
    def _sums(self) -> str:
        """Each column summed under its own name, for rows that are totals already."""
        return ", ".join(f"sum({name}) AS {name}" for name in self._columns.split(", "))

    def clear(self) -> str:
        """Remove the rows of the counties in scope, and of their townships."""
        rows = f"JOIN {self.target} AS t ON t.basis = '{self.on.basis}' AND t.year = c.year"
        return f"""
            DELETE FROM {self.target} AS old
            USING (
                SELECT t.id FROM ({CELLS}) AS c {rows} AND t.area_id = c.county_id
                UNION ALL
                SELECT t.id FROM ({CELLS}) AS c {rows} AND t.parent_id = c.county_id
            ) AS t
            WHERE old.id = t.id
        """

    def clear_ancestors(self) -> str:
        return f"""
            DELETE FROM {self.target} AS t USING {AREAS}
            WHERE t.basis = '{self.on.basis}' AND t.year = a.year AND t.area_id = a.area_id
        """

    def fill_counties(self) -> str:
        """Write the rows of the townships and counties in scope, from records and from who was expected to report."""
        return f"""
            WITH cell AS MATERIALIZED ({CELLS}),
            seat AS (
                SELECT year, county_id, township_id, sum(expected) AS expected
                FROM ({self._standing()} UNION ALL {self._ended()}) AS s
                GROUP BY year, county_id, township_id
            ),
            by_state AS ({self._by_state()}),
            {self._tallies()},
            part AS MATERIALIZED (
                SELECT coalesce(s.year, t.year) AS year, coalesce(s.county_id, t.county_id) AS county_id,
                       coalesce(s.township_id, t.township_id) AS township_id,
                       coalesce(s.breakdown, t.breakdown) AS breakdown,
                       coalesce(s.expected, {self._begun}) AS expected, coalesce(t.drafted, 0) AS drafted,
                       coalesce(t.reported, 0) AS reported, coalesce(t.approved, 0) AS approved,
                       coalesce(t.nil, 0) AS nil, {self._totals_of("t")}
                FROM (SELECT *, ''::varchar AS breakdown FROM seat) s
                FULL JOIN tally t ON t.year = s.year AND t.county_id = s.county_id AND t.breakdown = s.breakdown
                    AND coalesce(t.township_id, 0) = coalesce(s.township_id, 0)
            )
            INSERT INTO {self.target} (area_id, parent_id, level, year, basis, breakdown, computed_at, {self._columns})
            SELECT township_id, county_id, {int(Level.TOWNSHIP)}, year, '{self.on.basis}', breakdown, clock_timestamp(),
                   {self._columns}
            FROM part WHERE township_id IS NOT NULL
            UNION ALL
            SELECT c.county_id, p.parent_id, {int(Level.COUNTY)}, c.year, '{self.on.basis}', c.breakdown,
                   clock_timestamp(), {self._columns}
            FROM (SELECT year, county_id, breakdown, {self._sums} FROM part GROUP BY year, county_id, breakdown) AS c
            JOIN villages_placement p ON p.area_id = c.county_id AND {self.on.stands("p", "c.year")}
        """

    def _standing(self) -> str:
        """The areas that stood at the end of the year: each was to report."""
        table, one, stood = self.on.placements, "count(*)", ""
        if self.on.is_recorded:
            table = "villages_placement"
        else:
            one = f"count(*) FILTER (WHERE NOT {DIVIDED}) + coalesce(sum({PART_OF_ONE}) FILTER (WHERE {DIVIDED}), 0)"
            stood = "AND p.stood"
        return f"""
            SELECT c.year, p.county_id, p.township_id, sum(p.expected)::bigint AS expected
            FROM (
                SELECT p.county_id, p.township_id, p.valid, {one} AS expected FROM {table} p
                WHERE p.level = {int(self.model.level)} AND p.county_id = ANY(%(counties)s) {stood}
                GROUP BY p.county_id, p.township_id, p.valid
            ) AS p
            JOIN cell c ON c.county_id = p.county_id AND p.valid @> make_date(c.year, 12, 31)
            GROUP BY c.year, p.county_id, p.township_id
        """

    def _ended(self) -> str:
        """The areas that had ended by then, as far as there is a record: that shows that it was to report."""
        if self.on.is_recorded:
            return f"""
                SELECT r.year, r.county_id, r.township_id, 1
                FROM villages_area a
                JOIN {self._reporting} r ON r.area_id = a.id AND a.ended_on <= make_date(r.year, 12, 31)
                JOIN cell c ON c.year = r.year AND c.county_id = r.county_id
                WHERE r.year = ANY(%(years)s)
            """
        return f"""
            SELECT c.year, p.county_id, p.township_id, {PART_OF_ONE}
            FROM {self.on.placements} p
            JOIN cell c ON c.county_id = p.county_id AND {IN_YEAR}
            JOIN {self._reporting} r ON r.area_id = p.area_id AND r.year = c.year
            WHERE p.level = {int(self.model.level)} AND NOT p.stood AND p.county_id = ANY(%(counties)s)
        """

    def ancestors(self) -> str:
        """Select (level, year, area) of every area above the counties in scope, now and when they were last summed.

        The level is NULL for an area that no longer stands on this basis: its row is to go.
        """
        return f"""
            WITH RECURSIVE above(year, area_id) AS (
                SELECT * FROM ({CELLS}) AS c
                UNION
                SELECT a.year, up.parent_id FROM above a CROSS JOIN LATERAL (
                    SELECT p.parent_id FROM villages_placement p
                    WHERE p.area_id = a.area_id AND {self.on.stands("p", "a.year")}
                    UNION
                    SELECT t.parent_id FROM {self.target} t
                    WHERE t.area_id = a.area_id AND t.year = a.year AND t.basis = '{self.on.basis}'
                ) AS up WHERE up.parent_id IS NOT NULL
            )
            SELECT p.level, a.year, a.area_id
            FROM (SELECT * FROM above EXCEPT SELECT * FROM ({CELLS}) AS c) AS a
            LEFT JOIN villages_placement p ON p.area_id = a.area_id AND {self.on.stands("p", "a.year")}
        """

    def neighbours(self) -> str:
        """Select the (year, county) outside the scope whose rows still hold a township that stands inside it now."""
        return f"""
            SELECT t.year, t.parent_id
            FROM ({CELLS}) AS c
            JOIN villages_placement p ON p.county_id = c.county_id AND p.level = {int(Level.TOWNSHIP)}
                AND {self.on.stands("p", "c.year")}
            JOIN {self.target} t ON t.area_id = p.area_id AND t.year = c.year AND t.basis = '{self.on.basis}'
            WHERE t.parent_id <> p.county_id
            EXCEPT SELECT * FROM ({CELLS}) AS c
        """

    def fill_ancestors(self) -> str:
        """Write the rows of the given areas as the sums of their children's rows."""
        return f"""
            INSERT INTO {self.target} (area_id, parent_id, level, year, basis, breakdown, computed_at, {self._columns})
            SELECT s.area_id, p.parent_id, p.level, s.year, '{self.on.basis}', s.breakdown, clock_timestamp(),
                   {self._columns}
            FROM (
                SELECT a.area_id, a.year, t.breakdown, {self._sums}
                FROM {AREAS}
                JOIN {self.target} t ON t.parent_id = a.area_id AND t.year = a.year AND t.basis = '{self.on.basis}'
                GROUP BY a.area_id, a.year, t.breakdown
            ) AS s
            JOIN villages_placement p ON p.area_id = s.area_id AND {self.on.stands("p", "s.year")}
        """
