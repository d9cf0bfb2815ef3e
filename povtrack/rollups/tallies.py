"""The SQL of what records add up to in each place, built from a programme's declaration.

Records are grouped by state first: each is touched once, and the stages are then sums over a handful of rows. Only
identifiers of models are pasted in, never data.
"""

from __future__ import annotations

from dataclasses import dataclass

from povtrack.rollups.boundaries import Boundaries
from programmes.measures import Term
from programmes.models import Record
from programmes.models.rollup import STAGES

COUNTS = ("expected", "drafted", "reported", "approved", "nil")

# Written as the condition of the partial index, so that the few divided areas are found by it.
DIVIDED = "NOT (p.high = 1 AND p.low = 0)"
# Nearly every placement covers nearly every year. The planner takes a bare @> for one in 200, and would then look up
# each record by itself.
IN_YEAR = "coalesce(p.valid @> make_date(c.year, 12, 31), false)"
PART_OF_ONE = "(round(p.high) - round(p.low))::bigint"


@dataclass(frozen=True)
class Tallies:
    """What the records of a programme add up to in the cells of a CTE `cell`, on one basis."""

    model: type[Record]
    on: Boundaries

    @property
    def _records(self) -> str:
        return self.model._meta.db_table

    @property
    def _terms(self) -> list[Term]:
        return [term for measure in self.model.measures() for term in measure.terms()]

    @property
    def _columns(self) -> str:
        totals = [f"{term.name}{stage}" for stage in STAGES for term in self._terms]
        return ", ".join(f'"{name}"' for name in (*COUNTS, *totals))

    @property
    def _names(self) -> str:
        return ", ".join(f'"{term.name}{stage}"' for stage in STAGES for term in self._terms)

    def _totals_of(self, alias: str) -> str:
        return ", ".join(f"{alias}.{name}" for name in self._names.split(", "))

    def _by_state(self) -> str:
        """What the records of each place and state add up to; whole ones by plain sums, for speed."""
        whole = ", ".join(f'{term.aggregate} AS "{term.name}"' for term in self._terms)
        counts = "count(*) AS records, count(*) FILTER (WHERE r.nil) AS nils"
        if self.on.is_recorded:
            return f"""
                SELECT r.year, r.county_id, r.township_id, r.breakdown, r.state, {counts}, {whole}
                FROM {self._records} r JOIN cell c ON c.year = r.year AND c.county_id = r.county_id
                WHERE r.year = ANY(%(years)s)
                GROUP BY r.year, r.county_id, r.township_id, r.breakdown, r.state
            """
        divided = ", ".join(term.aggregate_of_parts for term in self._terms)
        parts = f"sum({PART_OF_ONE}), coalesce(sum({PART_OF_ONE}) FILTER (WHERE r.nil), 0)"
        keys = "c.year, p.county_id, p.township_id, r.breakdown, r.state"
        return f"""
            SELECT {keys}, {counts}, {whole} {self._placed_records} AND NOT ({DIVIDED}) GROUP BY {keys}
            UNION ALL
            SELECT {keys}, {parts}, {divided} {self._placed_records} AND {DIVIDED} GROUP BY {keys}
        """

    @property
    def _placed_records(self) -> str:
        """The records in scope on a basis other than recorded, each with the place `p` where it, or a part, counts."""
        return f"""
            FROM {self.on.placements} p
            JOIN cell c ON c.county_id = p.county_id AND {IN_YEAR}
            JOIN {self._records} r ON r.area_id = p.area_id AND r.year = c.year
            WHERE p.level = {int(self.model.level)} AND p.county_id = ANY(%(counties)s) AND r.year = ANY(%(years)s)
        """

    def _tallies(self) -> str:
        """The CTEs that end in `tally`: by kind, and then over all kinds, where there are any."""
        if not self.model.kinds:
            return f"tally AS ({self._tally()})"
        sums = ", ".join(
            f'sum(t."{term.name}{stage}")' if term.over_kinds else "NULL::numeric"
            for stage in STAGES
            for term in self._terms
        )
        return f"""
            by_kind AS ({self._tally()}),
            by_place AS ({self._by_place()}),
            over_kinds AS (
                SELECT year, county_id, township_id, count(*) FILTER (WHERE open) * one AS drafted,
                       count(*) FILTER (WHERE NOT open) * one AS reported,
                       count(*) FILTER (WHERE approved) * one AS approved,
                       count(*) FILTER (WHERE NOT open AND nil) * one AS nil
                FROM by_place GROUP BY year, county_id, township_id, one
            ),
            tally AS (
                SELECT * FROM by_kind
                UNION ALL
                SELECT c.*, {self._totals_of("t")}
                FROM (
                    SELECT year, county_id, township_id, ''::varchar AS breakdown, sum(drafted) AS drafted,
                           sum(reported) AS reported, sum(approved) AS approved, sum(nil) AS nil
                    FROM over_kinds GROUP BY year, county_id, township_id
                ) AS c
                LEFT JOIN (
                    SELECT year, county_id, township_id, {sums} FROM by_kind t GROUP BY year, county_id, township_id
                ) AS t (year, county_id, township_id, {self._names}) ON t.year = c.year AND t.county_id = c.county_id
                    AND coalesce(t.township_id, 0) = coalesce(c.township_id, 0)
            )
        """

    def _by_place(self) -> str:
        """Each reporting place once, by all its records: `one` is what it counts as, less than 1 if it was divided."""
        submitted = STAGES[""]
        flags = f"bool_or(NOT {submitted}) AS open, bool_and({STAGES['_approved']}) AS approved, bool_and(r.nil) AS nil"
        if self.on.is_recorded:
            return f"""
                SELECT r.area_id, r.year, r.county_id, r.township_id, 1::bigint AS one, {flags}
                FROM {self._records} r JOIN cell c ON c.year = r.year AND c.county_id = r.county_id
                WHERE r.year = ANY(%(years)s)
                GROUP BY r.area_id, r.year, r.county_id, r.township_id
            """
        keys = "p.area_id, c.year, p.county_id, p.township_id, p.low, p.high"
        return f"""
            SELECT p.area_id, c.year, p.county_id, p.township_id, {PART_OF_ONE} AS one, {flags}
            {self._placed_records} GROUP BY {keys}
        """

    def _tally(self) -> str:
        """The stages of each place, from its states."""
        staged = ", ".join(
            f'sum(r."{term.name}") FILTER (WHERE {condition}) AS "{term.name}{stage}"'
            for stage, condition in STAGES.items()
            for term in self._terms
        )
        submitted, approved = STAGES[""], STAGES["_approved"]
        kind = "r.breakdown" if self.model.kinds else "''::varchar"
        return f"""
            SELECT r.year, r.county_id, r.township_id, {kind} AS breakdown,
                   coalesce(sum(r.records) FILTER (WHERE NOT {submitted}), 0) AS drafted,
                   coalesce(sum(r.records) FILTER (WHERE {submitted}), 0) AS reported,
                   coalesce(sum(r.records) FILTER (WHERE {approved}), 0) AS approved,
                   coalesce(sum(r.nils) FILTER (WHERE {submitted}), 0) AS nil, {staged}
            FROM by_state r GROUP BY r.year, r.county_id, r.township_id{", r.breakdown" if self.model.kinds else ""}
        """

    @property
    def _begun(self) -> str:
        """Who is expected where no place is asked by itself: of one kind, those that have begun to report it."""
        return "t.drafted + t.reported" if self.model.kinds else "0"

    @property
    def _reporting(self) -> str:
        """The records, one a place and year: a table of its own where a place may have several."""
        if not self.model.kinds:
            return self._records
        return f"""(
            SELECT DISTINCT area_id, year, county_id, township_id FROM {self._records} WHERE year = ANY(%(years)s)
        )"""
