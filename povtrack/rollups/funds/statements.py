"""The SQL of what the ledger adds up to. Only identifiers are pasted in, never data.

Each entry counts where its allocation's area stood, so that each yuan that rests is in one place, and the sum over
areas that do not overlap counts it once. What an area holds that does not stand on the boundaries asked for, or was
divided, goes where the area went: v from `low` to `high` adds round(v x high) - round(v x low), so that the parts of a
divided area add up exactly. That holds on the boundaries of its own year too, of an area that ended within it.

The steps are CTEs that stand on each other: `wanted` (area_id, year), `scoped` (allocations), `own` (what each area
holds), `seat` (where each area counts), `placed` (what each place holds).
"""

from __future__ import annotations

from povtrack.rollups.boundaries import CURRENT, Boundaries

# In the order of the columns of every statement here. All are yuan.
FIGURES = ("received", "passed_on", "disbursed", "returned", "spent")
SUMS = ", ".join(f"sum({name}) AS {name}" for name in FIGURES)

# What totals can be told apart by, beside the parts of an area: SQL over `placed` and its fund source.
KEYS = {
    "year": "placed.year",
    "source": "source.code",
    "kind": "source.kind",
    "tier": "source.tier",
    "programme": "placed.programme",
    "level": "placed.level",
    "province": "placed.province_id",
    "county": "placed.county_id",
}

# An area and all above it; the nation is above all.
PATH = ("placed.place_id", "placed.township_id", "placed.county_id", "placed.prefecture_id", "placed.province_id")

# What each area holds, by year, source and programme. Entries are summed for each allocation before these are joined.
OWN = f"""
    paid AS (
        SELECT p.allocation_id, sum(p.amount) FILTER (WHERE p.kind = 'disbursed') AS disbursed,
               sum(p.amount) FILTER (WHERE p.kind = 'returned') AS returned,
               sum(p.amount) FILTER (WHERE p.kind = 'spent') AS spent
        FROM scoped s JOIN funding_payment p ON p.allocation_id = s.id GROUP BY p.allocation_id
    ),
    adjusted AS (
        SELECT j.allocation_id, sum(j.amount) AS amount
        FROM scoped s JOIN funding_adjustment j ON j.allocation_id = s.id GROUP BY j.allocation_id
    ),
    passed AS (
        SELECT parent_id, sum(amount) AS amount
        FROM (
            SELECT c.parent_id, c.amount FROM scoped s JOIN funding_allocation c ON c.parent_id = s.id
            UNION ALL
            SELECT c.parent_id, j.amount
            FROM scoped s JOIN funding_allocation c ON c.parent_id = s.id
            JOIN funding_adjustment j ON j.allocation_id = c.id
        ) AS part GROUP BY parent_id
    ),
    own AS MATERIALIZED (
        SELECT s.area_id, s.year, s.source_id, s.programme,
               sum(s.amount) + coalesce(sum(adjusted.amount), 0) AS received,
               coalesce(sum(passed.amount), 0) AS passed_on,
               {", ".join(f"coalesce(sum(paid.{name}), 0) AS {name}" for name in FIGURES[2:])}
        FROM scoped s
        LEFT JOIN adjusted ON adjusted.allocation_id = s.id
        LEFT JOIN passed ON passed.parent_id = s.id
        LEFT JOIN paid ON paid.allocation_id = s.id
        GROUP BY s.area_id, s.year, s.source_id, s.programme
    )
"""

# Only on boundaries of another day than the last of its year can the money of a place that stands lie elsewhere too.
_MOVED = """
    OR EXISTS (SELECT FROM villages_area e WHERE e.id = w.area_id AND e.ended_on IS NOT NULL)
    OR EXISTS (SELECT FROM villages_succession s WHERE s.old_id = w.area_id AND s.effective IS NOT NULL)
    OR EXISTS (SELECT FROM villages_succession s WHERE s.new_id = w.area_id AND s.effective IS NOT NULL)
"""


def until(on: Boundaries, year: str) -> str:
    """SQL: the day of the boundaries, for totals of a year (an SQL expression)."""
    if on.is_recorded:
        return f"make_date({year}, 12, 31)"
    return "'infinity'::date" if on == CURRENT else f"make_date({int(on.basis)}, 12, 31)"


def kin(on: Boundaries) -> str:
    """The CTEs (of a WITH RECURSIVE) that widen `start` to `wanted`: whose money may lie in its areas.

    That is what led to them before that day, and what came out of them after it. A place that ended, or began, without
    a succession leads to its parent.
    """
    day = until(on, "k.year")
    later = f"""
        later (year, area_id) AS (
            SELECT year, area_id FROM start
            UNION
            SELECT k.year, next.area_id FROM later k CROSS JOIN LATERAL (
                SELECT s.new_id AS area_id FROM villages_succession s
                WHERE s.old_id = k.area_id AND s.effective > {day}
                UNION ALL
                SELECT v.area_id FROM villages_areaversion v
                WHERE v.parent_id = k.area_id AND lower(v.valid) > {day}
            ) AS next
        ),
    """
    return f"""
        earlier (year, area_id) AS (
            SELECT year, area_id FROM start
            UNION
            SELECT k.year, next.area_id FROM earlier k CROSS JOIN LATERAL (
                SELECT s.old_id AS area_id FROM villages_succession s
                WHERE s.new_id = k.area_id AND s.effective <= {day}
                UNION ALL
                SELECT a.id FROM villages_area a WHERE a.parent_id = k.area_id AND a.ended_on <= {day}
            ) AS next
        ),
        {later if on != CURRENT else ""}
        wanted AS (
            SELECT year, area_id FROM earlier {"UNION SELECT year, area_id FROM later" if on != CURRENT else ""}
        )
    """


def seats(on: Boundaries, wanted: str) -> str:
    """The CTEs that end in `seat`: where the areas of a table or CTE (area_id, year) count, and with which part."""
    return f"""
        at AS MATERIALIZED (
            SELECT w.area_id, w.year, p.level, p.province_id, p.prefecture_id, p.county_id, p.township_id,
                   p.area_id IS NULL {"" if on.is_recorded else _MOVED} AS moved
            FROM {wanted} w
            LEFT JOIN villages_placement p ON p.area_id = w.area_id AND {on.stands("p", "w.year")}
        ),
        heir AS (
            SELECT h.origin, h.day, h.area_id, sum(h.share) AS share
            FROM (
                SELECT array_agg(area_id) AS areas, array_agg(make_date(year, 12, 31)) AS days,
                       {until(on, "year")} AS until
                FROM at WHERE moved GROUP BY 3
            ) AS gone
            CROSS JOIN LATERAL villages_heirs(gone.areas, gone.days, gone.until) AS h
            GROUP BY h.origin, h.day, h.area_id
        ),
        share AS (
            SELECT origin, extract(year FROM day)::smallint AS year, area_id, share,
                   sum(share) OVER (PARTITION BY origin, day ORDER BY area_id) AS reached,
                   sum(share) OVER (PARTITION BY origin, day) AS whole
            FROM heir
        ),
        seat AS (
            SELECT area_id, year, area_id AS place_id, level, province_id, prefecture_id, county_id, township_id,
                   false AS divided, 0::numeric AS low, 1::numeric AS high
            FROM at WHERE NOT moved
            UNION ALL
            SELECT s.origin, s.year, s.area_id, p.level, p.province_id, p.prefecture_id, p.county_id, p.township_id,
                   s.share < s.whole, (s.reached - s.share) / s.whole, s.reached / s.whole
            FROM share s JOIN villages_placement p ON p.area_id = s.area_id AND {on.stands("p", "s.year")}
        )
    """


def part_of(own: str, seat: str) -> str:
    """SQL: the FIGURES of `own` as far as they lie in a seat."""
    return ", ".join(
        f"CASE WHEN {seat}.divided THEN round({own}.{name} * {seat}.high, 2) - round({own}.{name} * {seat}.low, 2) "
        f"ELSE {own}.{name} END AS {name}"
        for name in FIGURES
    )


def _start(on: Boundaries, *, within_county: bool) -> str:
    """What stands in %(area)s in each year. Of a county or township the other counties need not be looked through."""
    below = "%(area)s IN (p.area_id, p.township_id, p.county_id, p.prefecture_id, p.province_id)"
    county = "p.county_id = x.county_id AND" if within_county else ""
    return f"""
        start AS MATERIALIZED (
            SELECT y.year, p.area_id
            FROM unnest(%(years)s::smallint[]) AS y (year)
            JOIN villages_placement x ON x.area_id = %(area)s AND {on.stands("x", "y.year")}
            JOIN villages_placement p ON {county} {on.stands("p", "y.year")} AND {below}
        )
    """


def placed(on: Boundaries, *, everywhere: bool, within_county: bool = False) -> str:
    """The CTEs that end in `placed`: the figures of each place, year, source and programme that are asked for.

    Those of %(years)s, %(sources)s and %(programmes)s (NULL is all). `everywhere`: %(area)s is the nation;
    `within_county`: it has a county.
    """
    found = "" if everywhere else f"{_start(on, within_county=within_county)}, {kin(on)},"
    # Of few places out of many: a look in the index for each, whatever the planner thinks that a recursion finds.
    allocation = "funding_allocation a"
    if not everywhere:
        allocation = """
            wanted CROSS JOIN LATERAL (
                SELECT * FROM funding_allocation a WHERE a.area_id = wanted.area_id AND a.year = wanted.year OFFSET 0
            ) AS a
        """
    return f"""
        {found}
        scoped AS MATERIALIZED (
            SELECT a.id, a.area_id, a.year, a.source_id, a.programme, a.amount
            FROM {allocation}
            WHERE a.year = ANY(%(years)s)
              AND (%(programmes)s::text[] IS NULL OR a.programme = ANY(%(programmes)s))
              AND (%(sources)s::text[] IS NULL
                   OR a.source_id IN (SELECT id FROM funding_fundsource WHERE code = ANY(%(sources)s)))
        ),
        {OWN},
        {seats(on, "(SELECT DISTINCT area_id, year FROM own)")},
        placed AS (
            SELECT own.year, own.source_id, own.programme, seat.place_id, seat.level, seat.province_id,
                   seat.prefecture_id, seat.county_id, seat.township_id, {_PART} AS part, {part_of("own", "seat")}
            FROM own
            JOIN seat ON seat.area_id = own.area_id AND seat.year = own.year
        )
    """


def inside(*, everywhere: bool, listed: bool) -> str:
    """The condition on `placed` for what lies in %(area)s; with `listed` in the places of %(designation)s as well."""
    conditions = [] if everywhere else [f"%(area)s IN ({', '.join(PATH)})"]
    if listed:
        # One hash of the list for each level: a place is looked up in it, not the list for each place.
        members = """
            SELECT m.area_id, y.year FROM villages_membership m
            JOIN unnest(%(years)s::smallint[]) AS y (year) ON m.valid @> make_date(y.year, 12, 31)
            WHERE m.designation_id = %(designation)s AND m.area_id IS NOT NULL
        """
        found = " OR ".join(f"({place}, placed.year) IN ({members})" for place in PATH)
        conditions.append(f"({found})")
    return " AND ".join(conditions) or "true"


def grouped(keys: tuple[str, ...], *, by_part: bool, part: str = "placed.part") -> tuple[str, str]:
    """The keys as columns over `placed` and `source`, each with a comma after it, and the GROUP BY for them."""
    chosen = [*([f"{part} AS part"] if by_part else []), *(f"{KEYS[key]} AS {key}" for key in keys)]
    group = f"GROUP BY {', '.join(str(at) for at in range(1, len(chosen) + 1))}" if chosen else ""
    return "".join(f"{column}, " for column in chosen), group


def totals(
    on: Boundaries, keys: tuple[str, ...], *, everywhere: bool, by_part: bool, listed: bool, within_county: bool
) -> str:
    """Select the keys, and the FIGURES of what lies in %(area)s, summed from the entries.

    `by_part` tells apart the areas directly below it, and what rests with it itself.
    """
    chosen, group = grouped(keys, by_part=by_part)
    return f"""
        WITH RECURSIVE {placed(on, everywhere=everywhere, within_county=within_county)}
        SELECT {chosen} {", ".join(f"sum(placed.{name}) AS {name}" for name in FIGURES)}
        FROM placed JOIN funding_fundsource source ON source.id = placed.source_id
        WHERE {inside(everywhere=everywhere, listed=listed)}
        {group}
    """


def part(seat: str) -> str:
    """SQL: the area that comes next on the way from %(area)s (of %(level)s) down to a place; the area itself if it is
    the place.
    """
    return f"""
        CASE WHEN {seat}.place_id = %(area)s THEN %(area)s ELSE coalesce(
            CASE WHEN %(level)s < 1 THEN {seat}.province_id END, CASE WHEN %(level)s < 2 THEN {seat}.prefecture_id END,
            CASE WHEN %(level)s < 3 THEN {seat}.county_id END, CASE WHEN %(level)s < 4 THEN {seat}.township_id END,
            {seat}.place_id
        ) END
    """


_PART = part("seat")
