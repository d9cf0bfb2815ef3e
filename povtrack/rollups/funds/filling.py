"""The SQL that fills the kept totals of the ledger. Only identifiers are pasted in, never data.

What each township holds is summed from the entries, and what counties, provinces and the nation themselves hold; then
each level from the one below, so that a parent is the exact sum of its parts.

A cell is a year and a place: a county with all in it, or a place that stands in no county, alone. All statements are of
one year, %(year)s, and where they speak of `%(places)s`, of the cells of these.
"""

from __future__ import annotations

from dataclasses import dataclass

from povtrack.rollups.boundaries import Boundaries
from povtrack.rollups.funds.statements import FIGURES, OWN, SUMS, kin, part_of, seats
from villages.levels import Level

COUNTY, TOWNSHIP = int(Level.COUNTY), int(Level.TOWNSHIP)
TABLE = "funding_fundrollup"
COLUMNS = f"year, basis, area_id, area_level, parent_id, source_id, programme, level, {', '.join(FIGURES)}"

# Tables of the session: making them anew for each payment would wear out the server's catalogue.
STAGES = (
    """
    CREATE TEMP TABLE IF NOT EXISTS fund_seat (
        basis text, area_id bigint, year smallint, home_id bigint, home_level smallint, level smallint,
        divided boolean, low numeric, high numeric
    ) ON COMMIT DELETE ROWS
    """,
    f"""
    CREATE TEMP TABLE IF NOT EXISTS fund_own (
        area_id bigint, year smallint, source_id bigint, programme text,
        {", ".join(f"{name} numeric" for name in FIGURES)}
    ) ON COMMIT DELETE ROWS
    """,
    "TRUNCATE fund_seat, fund_own",
)

# Of the places that have a seat in what is recomputed.
FILL_OWN = f"""
    WITH scoped AS MATERIALIZED (
        SELECT a.id, a.area_id, a.year, a.source_id, a.programme, a.amount
        FROM (SELECT DISTINCT area_id FROM fund_seat) AS f
        JOIN funding_allocation a ON a.area_id = f.area_id AND a.year = %(year)s
    ),
    {OWN}
    INSERT INTO fund_own SELECT area_id, year, source_id, programme, {", ".join(FIGURES)} FROM own
"""

_HOME = "coalesce(seat.township_id, seat.place_id)"
# The cell in which a seat lies.
_PLACE = f"coalesce(seat.county_id, {_HOME})"
_MARKED = "SELECT %(year)s::smallint AS year, unnest(%(places)s::bigint[]) AS area_id"


def levels_below(level: int) -> str:
    """SQL: the levels that the parts of an area of a level may have, as the index wants them."""
    return ", ".join(str(below) for below in range(level + 1, Level.VILLAGE + 1))


@dataclass(frozen=True)
class Filling:
    """The statements for one basis, and one table of the shape of FundRollup."""

    on: Boundaries
    target: str = TABLE

    @property
    def _kept(self) -> str:
        """The condition on a row `t` of the target."""
        return f"t.year = %(year)s AND t.basis = '{self.on.basis}'"

    def cells(self) -> str:
        """Select (area, place of a cell) where the money of some areas counts now, or did when last summed."""
        return f"""
            WITH wanted AS ({_MARKED}), {seats(self.on, "wanted")}
            SELECT seat.area_id, {_PLACE} FROM seat
            UNION
            SELECT t.area_id, place.id FROM {self.target} t
            CROSS JOIN LATERAL (
                VALUES (t.area_id), (CASE WHEN t.area_level > {COUNTY} THEN t.parent_id END)
            ) AS place (id)
            WHERE {self._kept} AND t.area_id = ANY(%(places)s) AND place.id IS NOT NULL
        """

    def fill_seats(self, *, everywhere: bool) -> str:
        """Find where what counts in the cells stands; `everywhere` in all of the year."""
        if everywhere:
            found = "WITH wanted AS (SELECT DISTINCT area_id, year FROM funding_allocation WHERE year = %(year)s)"
        else:
            found = f"WITH RECURSIVE {self._start()}, {kin(self.on)}, holder AS ({self._holders()})"
        wanted = "wanted" if everywhere else "holder"
        return f"""
            {found}, {seats(self.on, wanted)}
            INSERT INTO fund_seat
            SELECT '{self.on.basis}', seat.area_id, seat.year, {_HOME},
                   CASE WHEN seat.township_id IS NULL THEN seat.level ELSE {TOWNSHIP} END, seat.level, seat.divided,
                   seat.low, seat.high
            FROM seat {"" if everywhere else f"WHERE {_PLACE} = ANY(%(places)s)"}
        """

    def _start(self) -> str:
        return f"""
            start AS MATERIALIZED (
                {_MARKED}
                UNION
                SELECT %(year)s::smallint, p.area_id FROM villages_placement p
                WHERE p.county_id = ANY(%(places)s) AND {self.on.stands("p", "%(year)s")}
                UNION
                SELECT %(year)s::smallint, v.area_id
                FROM villages_area a JOIN villages_areaversion v ON v.parent_id = a.id
                WHERE a.id = ANY(%(places)s) AND a.level = {TOWNSHIP}
            )
        """

    @staticmethod
    def _holders() -> str:
        return """
            SELECT w.area_id, w.year FROM wanted w CROSS JOIN LATERAL (
                SELECT FROM funding_allocation a WHERE a.area_id = w.area_id AND a.year = w.year LIMIT 1
            ) AS held
        """

    def above(self) -> str:
        """Select (level, area) of the places of the cells and all above them, now and when they were last summed.

        The level is NULL for an area that no longer stands on this basis.
        """
        return f"""
            WITH RECURSIVE {self._above()}
            SELECT DISTINCT p.level, a.area_id FROM above a
            LEFT JOIN villages_placement p ON p.area_id = a.area_id AND {self.on.stands("p", "%(year)s")}
        """

    def inside(self) -> str:
        """Select those of the places that are, or lie in, one of %(areas)s now, or did when they were last summed."""
        return f"WITH RECURSIVE {self._above()} SELECT DISTINCT place_id FROM above WHERE area_id = ANY(%(areas)s)"

    def _above(self) -> str:
        return f"""
            above (place_id, area_id) AS (
                SELECT place, place FROM unnest(%(places)s::bigint[]) AS place
                UNION
                SELECT a.place_id, up.parent_id FROM above a CROSS JOIN LATERAL (
                    SELECT p.parent_id FROM villages_placement p
                    WHERE p.area_id = a.area_id AND {self.on.stands("p", "%(year)s")}
                    UNION
                    SELECT t.parent_id FROM {self.target} t WHERE {self._kept} AND t.area_id = a.area_id
                ) AS up WHERE up.parent_id IS NOT NULL
            )
        """

    def clear(self) -> str:
        """Remove the rows of the cells, of all that counts in them now, and of the sums above them: %(above)s."""
        found = f"SELECT t.ctid FROM {self.target} t WHERE {self._kept}"
        return f"""
            DELETE FROM {self.target} WHERE ctid = ANY(ARRAY(
                {found} AND t.area_id = ANY(%(places)s)
                UNION ALL
                {found} AND t.area_id = ANY(ARRAY(SELECT home_id FROM fund_seat WHERE basis = '{self.on.basis}'))
                UNION ALL
                {found} AND t.area_id = ANY(%(above)s) AND t.level > t.area_level
                UNION ALL
                {found} AND t.area_level IN ({levels_below(COUNTY)}) AND t.parent_id = ANY(ARRAY(
                    SELECT id FROM villages_area WHERE id = ANY(%(places)s) AND level = {COUNTY}
                ))
            ))
        """

    def fill_homes(self) -> str:
        """Write what each township holds, with its villages, and what each place above the townships holds itself."""
        return f"""
            INSERT INTO {self.target} ({COLUMNS}, computed_at)
            SELECT s.year, '{self.on.basis}', s.home_id, s.home_level, p.parent_id, s.source_id, s.programme, s.level,
                   {", ".join(FIGURES)}, clock_timestamp()
            FROM (
                SELECT part.year, part.home_id, part.home_level, part.source_id, part.programme, part.level, {SUMS}
                FROM (
                    SELECT o.year, f.home_id, f.home_level, o.source_id, o.programme, f.level, {part_of("o", "f")}
                    FROM fund_seat f JOIN fund_own o ON o.area_id = f.area_id AND o.year = f.year
                    WHERE f.basis = '{self.on.basis}'
                ) AS part
                GROUP BY 1, 2, 3, 4, 5, 6
            ) AS s
            JOIN villages_placement p ON p.area_id = s.home_id AND {self.on.stands("p", "s.year")}
        """

    def standing(self) -> str:
        """Select (level, area) of all counties and what stands above them."""
        return f"""
            SELECT p.level, p.area_id FROM villages_placement p
            WHERE p.level <= {COUNTY} AND {self.on.stands("p", "%(year)s")}
        """

    def fill_sums(self, level: int) -> str:
        """Write the sums of the parts of %(areas)s, which are of that level."""
        return f"""
            INSERT INTO {self.target} ({COLUMNS}, computed_at)
            SELECT s.year, '{self.on.basis}', s.parent_id, {int(level)}, p.parent_id, s.source_id, s.programme, s.level,
                   {", ".join(FIGURES)}, clock_timestamp()
            FROM (
                SELECT t.year, t.parent_id, t.source_id, t.programme, t.level, {SUMS}
                FROM {self.target} t
                WHERE {self._kept} AND t.area_level IN ({levels_below(level)}) AND t.parent_id = ANY(%(areas)s)
                GROUP BY t.year, t.parent_id, t.source_id, t.programme, t.level
            ) AS s
            JOIN villages_placement p ON p.area_id = s.parent_id AND {self.on.stands("p", "s.year")}
        """
