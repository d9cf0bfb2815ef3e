"""The SQL of the roll-ups, built from a programme's declaration. Only identifiers of models are pasted in, never data.

Children are summed first, and parents from their children, so that a parent is the exact sum of its parts. Records are
grouped by state first: each is touched once, and the stages are then sums over a handful of rows.
"""

from __future__ import annotations

from dataclasses import dataclass

from programmes.measures import Term
from programmes.models import Record
from programmes.models.rollup import STAGES
from villages.levels import Level

COUNTS = ("expected", "drafted", "reported", "approved", "nil")

# A scope is a list of (year, county) cells, bound as two arrays of equal length.
CELLS = "SELECT * FROM unnest(%(years)s::smallint[], %(counties)s::bigint[]) AS c(year, county_id)"


@dataclass(frozen=True)
class Statements:
    """The statements that fill one roll-up table, `target`, which is the programme's own or a copy of its shape."""

    model: type[Record]
    target: str

    @property
    def _terms(self) -> list[Term]:
        return [term for measure in self.model.measures() for term in measure.terms()]

    @property
    def _columns(self) -> str:
        totals = [f"{term.name}{stage}" for stage in STAGES for term in self._terms]
        return ", ".join(f'"{name}"' for name in (*COUNTS, *totals))

    @property
    def _sums(self) -> str:
        """Each column summed under its own name, for rows that are totals already."""
        return ", ".join(f"sum({name}) AS {name}" for name in self._columns.split(", "))

    def clear(self) -> str:
        """Remove the rows of the counties in scope, their townships, and the given ancestors."""
        return f"""
            DELETE FROM {self.target} AS t USING ({CELLS}) AS c
            WHERE t.basis = 'recorded' AND t.year = c.year AND (t.area_id = c.county_id OR t.parent_id = c.county_id)
        """

    def clear_ancestors(self) -> str:
        return f"""
            DELETE FROM {self.target} AS t
            USING unnest(%(years)s::smallint[], %(areas)s::bigint[]) AS a(year, area_id)
            WHERE t.basis = 'recorded' AND t.year = a.year AND t.area_id = a.area_id
        """

    def fill_counties(self) -> str:
        """Write the rows of the townships and counties in scope, from records and from who was expected to report."""
        by_state = ", ".join(f'{term.aggregate} AS "{term.name}"' for term in self._terms)
        staged = ", ".join(
            f'sum(r."{term.name}") FILTER (WHERE {condition}) AS "{term.name}{stage}"'
            for stage, condition in STAGES.items()
            for term in self._terms
        )
        submitted, approved = STAGES[""], STAGES["_approved"]
        return f"""
            WITH cell AS MATERIALIZED ({CELLS}),
            seat AS (
                SELECT c.year, p.county_id, p.township_id, sum(p.expected) AS expected
                FROM (
                    SELECT county_id, township_id, valid, count(*) AS expected FROM villages_placement
                    WHERE level = {int(self.model.level)} AND county_id = ANY(%(counties)s)
                    GROUP BY county_id, township_id, valid
                ) AS p
                JOIN cell c ON c.county_id = p.county_id AND p.valid @> make_date(c.year, 12, 31)
                GROUP BY c.year, p.county_id, p.township_id
            ),
            by_state AS (
                SELECT r.year, r.county_id, r.township_id, r.state,
                       count(*) AS records, count(*) FILTER (WHERE r.nil) AS nils, {by_state}
                FROM {self.model._meta.db_table} r JOIN cell c ON c.year = r.year AND c.county_id = r.county_id
                WHERE r.year = ANY(%(years)s)
                GROUP BY r.year, r.county_id, r.township_id, r.state
            ),
            tally AS (
                SELECT r.year, r.county_id, r.township_id,
                       sum(r.records) FILTER (WHERE NOT {submitted}) AS drafted,
                       sum(r.records) FILTER (WHERE {submitted}) AS reported,
                       sum(r.records) FILTER (WHERE {approved}) AS approved,
                       sum(r.nils) FILTER (WHERE {submitted}) AS nil, {staged}
                FROM by_state r GROUP BY r.year, r.county_id, r.township_id
            ),
            part AS MATERIALIZED (
                SELECT coalesce(s.year, t.year) AS year, coalesce(s.county_id, t.county_id) AS county_id,
                       coalesce(s.township_id, t.township_id) AS township_id,
                       coalesce(s.expected, 0) AS expected, coalesce(t.drafted, 0) AS drafted,
                       coalesce(t.reported, 0) AS reported, coalesce(t.approved, 0) AS approved,
                       coalesce(t.nil, 0) AS nil, {self._totals_of("t")}
                FROM seat s FULL JOIN tally t ON t.year = s.year AND t.county_id = s.county_id
                    AND coalesce(t.township_id, 0) = coalesce(s.township_id, 0)
            )
            INSERT INTO {self.target} (area_id, parent_id, level, year, basis, computed_at, {self._columns})
            SELECT township_id, county_id, {int(Level.TOWNSHIP)}, year, 'recorded', clock_timestamp(), {self._columns}
            FROM part WHERE township_id IS NOT NULL
            UNION ALL
            SELECT c.county_id, p.parent_id, {int(Level.COUNTY)}, c.year, 'recorded', clock_timestamp(), {self._columns}
            FROM (SELECT year, county_id, {self._sums} FROM part GROUP BY year, county_id) AS c
            JOIN villages_placement p ON p.area_id = c.county_id AND p.valid @> make_date(c.year, 12, 31)
        """

    def _totals_of(self, alias: str) -> str:
        names = [f"{term.name}{stage}" for stage in STAGES for term in self._terms]
        return ", ".join(f'{alias}."{name}"' for name in names)

    def ancestors(self) -> str:
        """Select (level, year, area) of every area above the counties in scope, now and when they were last summed.

        The level is NULL for an area that no longer stands in that year: its row is to go.
        """
        return f"""
            WITH RECURSIVE above(year, area_id) AS (
                SELECT * FROM ({CELLS}) AS c
                UNION
                SELECT a.year, up.parent_id FROM above a CROSS JOIN LATERAL (
                    SELECT p.parent_id FROM villages_placement p
                    WHERE p.area_id = a.area_id AND p.valid @> make_date(a.year, 12, 31)
                    UNION
                    SELECT t.parent_id FROM {self.target} t
                    WHERE t.area_id = a.area_id AND t.year = a.year AND t.basis = 'recorded'
                ) AS up WHERE up.parent_id IS NOT NULL
            )
            SELECT p.level, a.year, a.area_id
            FROM (SELECT * FROM above EXCEPT SELECT * FROM ({CELLS}) AS c) AS a
            LEFT JOIN villages_placement p ON p.area_id = a.area_id AND p.valid @> make_date(a.year, 12, 31)
        """

    def fill_ancestors(self) -> str:
        """Write the rows of the given areas as the sums of their children's rows."""
        return f"""
            INSERT INTO {self.target} (area_id, parent_id, level, year, basis, computed_at, {self._columns})
            SELECT s.area_id, p.parent_id, p.level, s.year, 'recorded', clock_timestamp(), {self._columns}
            FROM (
                SELECT a.area_id, a.year, {self._sums}
                FROM unnest(%(years)s::smallint[], %(areas)s::bigint[]) AS a(year, area_id)
                JOIN {self.target} t ON t.parent_id = a.area_id AND t.year = a.year AND t.basis = 'recorded'
                GROUP BY a.area_id, a.year
            ) AS s
            JOIN villages_placement p ON p.area_id = s.area_id AND p.valid @> make_date(s.year, 12, 31)
        """
