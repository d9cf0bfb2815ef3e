"""The SQL of what the ledger adds up to. Only identifiers are pasted in, never data.

Each entry counts where its allocation's area stood, so that each yuan that rests is in one place, and the sum over
areas that do not overlap counts it once. On boundaries other than those of the year an area's money goes where the area
went: v from `low` to `high` adds round(v x high) - round(v x low), so that the parts of a divided area add up exactly.
"""

from __future__ import annotations

from povtrack.rollups.boundaries import Boundaries

# In the order of the columns of every statement here. All are yuan.
FIGURES = ("received", "passed_on", "disbursed", "returned", "spent")

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
_PATH = ("placed.place_id", "placed.township_id", "placed.county_id", "placed.prefecture_id", "placed.province_id")

_FLOW = """
    flow (area_id, year, source_id, programme, received, passed_on, disbursed, returned, spent) AS (
        SELECT area_id, year, source_id, programme, amount, 0, 0, 0, 0 FROM scoped
        UNION ALL
        SELECT s.area_id, s.year, s.source_id, s.programme, j.amount, 0, 0, 0, 0
        FROM scoped s JOIN funding_adjustment j ON j.allocation_id = s.id
        UNION ALL
        SELECT s.area_id, s.year, s.source_id, s.programme, 0, c.amount, 0, 0, 0
        FROM scoped s JOIN funding_allocation c ON c.parent_id = s.id
        UNION ALL
        SELECT s.area_id, s.year, s.source_id, s.programme, 0, j.amount, 0, 0, 0
        FROM scoped s JOIN funding_allocation c ON c.parent_id = s.id
        JOIN funding_adjustment j ON j.allocation_id = c.id
        UNION ALL
        SELECT s.area_id, s.year, s.source_id, s.programme, 0, 0,
               CASE p.kind WHEN 'disbursed' THEN p.amount ELSE 0 END,
               CASE p.kind WHEN 'returned' THEN p.amount ELSE 0 END,
               CASE p.kind WHEN 'spent' THEN p.amount ELSE 0 END
        FROM scoped s JOIN funding_payment p ON p.allocation_id = s.id
    )
"""

# Where an area went that ended, was divided or took something over; all others are where they stand.
_SEAT = """
    asked AS MATERIALIZED (
        SELECT a.area_id, a.year, bool_or(
            place.ended_on IS NOT NULL
            OR EXISTS (SELECT FROM villages_succession s WHERE a.area_id IN (s.old_id, s.new_id))
            OR NOT EXISTS (SELECT FROM villages_placement p WHERE p.area_id = a.area_id AND {stands})
        ) AS moved
        FROM (SELECT DISTINCT area_id, year FROM own) AS a JOIN villages_area place ON place.id = a.area_id
        GROUP BY a.area_id, a.year
    ),
    heir AS (
        SELECT h.origin, h.day, h.area_id, sum(h.share) AS share
        FROM (
            SELECT array_agg(area_id) AS areas, array_agg(make_date(year, 12, 31)) AS days FROM asked WHERE moved
        ) AS gone, villages_heirs(gone.areas, gone.days, %(day)s::date) AS h
        WHERE gone.areas IS NOT NULL
        GROUP BY h.origin, h.day, h.area_id
    ),
    share AS (
        SELECT origin, day, area_id, share, sum(share) OVER (PARTITION BY origin, day ORDER BY area_id) AS reached,
               sum(share) OVER (PARTITION BY origin, day) AS whole
        FROM heir
    ),
    seat AS (
        SELECT area_id, year, area_id AS place_id, 0::numeric AS low, 1::numeric AS high FROM asked WHERE NOT moved
        UNION ALL
        SELECT origin, extract(year FROM day)::smallint, area_id, (reached - share) / whole, reached / whole FROM share
    )
"""


def _scoped(on: Boundaries, *, everywhere: bool) -> str:
    """The allocations that are asked for. On other boundaries where they lie is known only later."""
    below = "%(area)s IN (p.area_id, p.township_id, p.county_id, p.prefecture_id, p.province_id)"
    inside = f"""
        AND EXISTS (
            SELECT FROM villages_placement p
            WHERE p.area_id = a.area_id AND p.valid @> make_date(a.year, 12, 31) AND {below}
        )
    """
    return f"""
        scoped AS MATERIALIZED (
            SELECT a.id, a.area_id, a.year, a.source_id, a.programme, a.amount
            FROM funding_allocation a
            WHERE a.year = ANY(%(years)s)
              AND (%(programmes)s::text[] IS NULL OR a.programme = ANY(%(programmes)s))
              AND (%(sources)s::text[] IS NULL
                   OR a.source_id IN (SELECT id FROM funding_fundsource WHERE code = ANY(%(sources)s)))
              {inside if on.is_recorded and not everywhere else ""}
        )
    """


def placed(on: Boundaries, *, everywhere: bool) -> str:
    """The CTEs that end in `placed`: the figures of each place, year, source and programme that are asked for.

    Those of %(years)s, %(sources)s and %(programmes)s (NULL is all). `everywhere`: %(area)s is the nation.
    """
    sums = ", ".join(f"sum({name}) AS {name}" for name in FIGURES)
    parts = ", ".join(
        f"round(own.{name} * seat.high, 2) - round(own.{name} * seat.low, 2) AS {name}" for name in FIGURES
    )
    whole = "SELECT DISTINCT area_id, year, area_id AS place_id, 0::numeric AS low, 1::numeric AS high FROM own"
    return f"""
        {_scoped(on, everywhere=everywhere)},
        {_FLOW},
        own AS MATERIALIZED (
            SELECT area_id, year, source_id, programme, {sums} FROM flow GROUP BY area_id, year, source_id, programme
        ),
        {f"seat AS ({whole})" if on.is_recorded else _SEAT.format(stands=on.stands("p", "a.year"))},
        placed AS (
            SELECT own.year, own.source_id, own.programme, seat.place_id, s.level, s.province_id, s.prefecture_id,
                   s.county_id, s.township_id, {_PART} AS part, {parts}
            FROM own
            JOIN seat ON seat.area_id = own.area_id AND seat.year = own.year
            JOIN villages_placement s ON s.area_id = seat.place_id AND {on.stands("s", "own.year")}
        )
    """


def inside(*, everywhere: bool, listed: bool) -> str:
    """The condition on `placed` for what lies in %(area)s; with `listed` in the places of %(designation)s as well."""
    conditions = [] if everywhere else [f"%(area)s IN ({', '.join(_PATH)})"]
    if listed:
        # One hash of the list for each level: a place is looked up in it, not the list for each place.
        members = """
            SELECT m.area_id, y.year FROM villages_membership m
            JOIN unnest(%(years)s::smallint[]) AS y (year) ON m.valid @> make_date(y.year, 12, 31)
            WHERE m.designation_id = %(designation)s AND m.area_id IS NOT NULL
        """
        found = " OR ".join(f"({place}, placed.year) IN ({members})" for place in _PATH)
        conditions.append(f"({found})")
    return " AND ".join(conditions) or "true"


def totals(on: Boundaries, keys: tuple[str, ...], *, everywhere: bool, by_part: bool, listed: bool) -> str:
    """Select the keys, and the FIGURES of what lies in %(area)s.

    `by_part` tells apart the areas directly below it, and what rests with it itself.
    """
    chosen = [*(["placed.part AS part"] if by_part else []), *(f"{KEYS[key]} AS {key}" for key in keys)]
    grouped = f"GROUP BY {', '.join(str(at) for at in range(1, len(chosen) + 1))}" if chosen else ""
    return f"""
        WITH {placed(on, everywhere=everywhere)}
        SELECT {", ".join([*chosen, *(f"sum(placed.{name}) AS {name}" for name in FIGURES)])}
        FROM placed JOIN funding_fundsource source ON source.id = placed.source_id
        WHERE {inside(everywhere=everywhere, listed=listed)}
        {grouped}
    """


# The area that comes next on the way from %(area)s (of %(level)s) down to a place; the area itself if it is the place.
_PART = """
    CASE WHEN seat.place_id = %(area)s THEN seat.place_id ELSE coalesce(
        CASE WHEN %(level)s < 1 THEN s.province_id END, CASE WHEN %(level)s < 2 THEN s.prefecture_id END,
        CASE WHEN %(level)s < 3 THEN s.county_id END, CASE WHEN %(level)s < 4 THEN s.township_id END, seat.place_id
    ) END
"""
