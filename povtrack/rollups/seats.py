"""Where the figures of each area belong on the boundaries of a given day: a table of the shape of `CurrentPlacement`.

An area that stands on the day, never took part in a succession and has not ended lies where it stands: a plain join.
The others, few as a rule, are asked of `villages_heirs`, once for each year.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.backends.utils import CursorWrapper

from programmes.models import Record

# What the figures of the counties asked for may come from: their areas on that day, what led to these before it, and
# what came out of them after it. A place that ended (or began) without a succession leads to its parent.
_KIN = """
    CREATE TEMP TABLE basis_kin ON COMMIT DROP AS
    WITH RECURSIVE start AS (
        SELECT area_id FROM villages_placement WHERE county_id = ANY(%(counties)s) AND valid @> %(day)s::date
    ),
    earlier (area_id) AS (
        SELECT area_id FROM start
        UNION
        SELECT kin.area_id FROM earlier CROSS JOIN LATERAL (
            SELECT s.old_id AS area_id FROM villages_succession s
            WHERE s.new_id = earlier.area_id AND s.effective <= %(day)s
            UNION ALL
            SELECT a.id FROM villages_area a WHERE a.parent_id = earlier.area_id AND a.ended_on <= %(day)s
        ) AS kin
    ),
    later (area_id) AS (
        SELECT area_id FROM start
        UNION
        SELECT kin.area_id FROM later CROSS JOIN LATERAL (
            SELECT s.new_id AS area_id FROM villages_succession s
            WHERE s.old_id = later.area_id AND s.effective > %(day)s
            UNION ALL
            SELECT v.area_id FROM villages_areaversion v
            WHERE v.parent_id = later.area_id AND lower(v.valid) > %(day)s
        ) AS kin
    )
    SELECT area_id FROM earlier UNION SELECT area_id FROM later
"""

# The whole nation needs no search.
_ALL = """
    CREATE TEMP TABLE basis_kin ON COMMIT DROP AS
    SELECT area_id FROM villages_placement WHERE level = %(level)s
    GROUP BY area_id HAVING NOT bool_or(valid @> %(day)s::date)
    UNION
    SELECT id FROM villages_area WHERE ended_on IS NOT NULL AND level = %(level)s
    UNION
    SELECT old_id FROM villages_succession WHERE effective IS NOT NULL
    UNION
    SELECT new_id FROM villages_succession WHERE effective IS NOT NULL
"""

_TOOK_PART = """
    CREATE TEMP TABLE basis_moved ON COMMIT DROP AS
    SELECT kin.area_id
    FROM basis_kin kin
    JOIN villages_area a ON a.id = kin.area_id
    WHERE a.level = %(level)s AND (
        a.ended_on IS NOT NULL
        OR NOT EXISTS (SELECT FROM villages_placement p WHERE p.area_id = a.id AND p.valid @> %(day)s::date)
        OR EXISTS (SELECT FROM villages_succession s WHERE s.old_id = a.id AND s.effective IS NOT NULL)
        OR EXISTS (SELECT FROM villages_succession s WHERE s.new_id = a.id AND s.effective IS NOT NULL)
    )
"""

_PLAIN = """
    CREATE TEMP TABLE {table} ON COMMIT DROP AS
    SELECT p.area_id, p.level, p.valid, true AS stood, there.county_id, there.township_id,
           0::numeric(13, 12) AS low, 1::numeric(13, 12) AS high
    FROM villages_placement there
    JOIN villages_placement p ON p.area_id = there.area_id
    WHERE there.level = %(level)s AND there.county_id = ANY(%(counties)s) AND there.valid @> %(day)s::date
      AND NOT EXISTS (SELECT FROM basis_moved m WHERE m.area_id = there.area_id)
"""

# Records of a year in which the area no longer stood count too; without a record nothing was expected of it.
_ASKED = """
    CREATE TEMP TABLE basis_asked ON COMMIT DROP AS
    SELECT m.area_id, make_date(y.year, 12, 31) AS day, true AS stood
    FROM basis_moved m
    CROSS JOIN unnest(%(years)s::integer[]) AS y (year)
    WHERE EXISTS (
        SELECT FROM villages_placement p WHERE p.area_id = m.area_id AND p.valid @> make_date(y.year, 12, 31)
    )
    UNION ALL
    SELECT m.area_id, make_date(r.year, 12, 31), false
    FROM basis_moved m
    JOIN villages_area a ON a.id = m.area_id
    JOIN {records} r ON r.area_id = a.id AND a.ended_on <= make_date(r.year, 12, 31)
    WHERE r.year = ANY(%(years)s)
"""

_HEIRS = """
    INSERT INTO {table} (area_id, level, valid, stood, county_id, township_id, low, high)
    WITH heir AS (
        SELECT heirs.*
        FROM (SELECT array_agg(area_id) AS areas, array_agg(day) AS days FROM basis_asked) AS asked,
             villages_heirs(asked.areas, asked.days, %(day)s::date) AS heirs
        WHERE asked.areas IS NOT NULL
    ),
    seat AS (
        SELECT heir.origin, heir.day, placed.county_id, placed.township_id, sum(heir.share) AS share
        FROM heir
        JOIN villages_placement placed ON placed.area_id = heir.area_id AND placed.valid @> %(day)s::date
        GROUP BY heir.origin, heir.day, placed.county_id, placed.township_id
    ),
    window_of AS (
        SELECT *, sum(share) OVER ordered AS reached, sum(share) OVER (PARTITION BY origin, day) AS whole
        FROM seat
        WINDOW ordered AS (PARTITION BY origin, day ORDER BY county_id, township_id NULLS FIRST)
    )
    SELECT asked.area_id, %(level)s, daterange(asked.day, asked.day + 1), asked.stood, seat.county_id, seat.township_id,
           round((seat.reached - seat.share) / seat.whole, 12), round(seat.reached / seat.whole, 12)
    FROM basis_asked asked
    JOIN window_of seat ON seat.origin = asked.area_id AND seat.day = asked.day
"""


@dataclass(frozen=True)
class Wanted:
    """Figures of which years, in which counties as they were on `day`; `everywhere` says that there are no others."""

    model: type[Record]
    day: dt.date
    years: list[int]
    counties: list[int]
    everywhere: bool


def fill(cursor: CursorWrapper, table: str, wanted: Wanted) -> None:
    """Make the temporary table `table`: where the figures wanted lie.

    A divided area has rows for its parts elsewhere too. The table lasts as long as the transaction.
    """
    model = wanted.model
    values: dict[str, Any] = {
        "day": wanted.day,
        "years": wanted.years,
        "counties": wanted.counties,
        "level": int(model.level),
    }
    cursor.execute("DROP TABLE IF EXISTS pg_temp.basis_kin, pg_temp.basis_moved, pg_temp.basis_asked")
    cursor.execute("SET LOCAL work_mem = '128MB'")
    cursor.execute(_ALL if wanted.everywhere else _KIN, values)
    cursor.execute("ANALYZE basis_kin")
    cursor.execute(_TOOK_PART, values)
    cursor.execute("ANALYZE basis_moved")
    cursor.execute(_PLAIN.format(table=table), values)
    cursor.execute(_ASKED.format(records=model._meta.db_table), values)
    cursor.execute(_HEIRS.format(table=table), values)
    cursor.execute(f"ANALYZE {table}")
