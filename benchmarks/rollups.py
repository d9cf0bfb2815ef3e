"""A million Dew records: the full rebuild, on both bases that are kept, against hand-tuned SQL for the same rows; edits
against the rebuild; and the whole nation on the boundaries of another year.
"""

from __future__ import annotations

import random

from django.db import connection, transaction
from rich.console import Console

from benchmarks.nation import SIZES, make_clerk, make_places, make_records, make_rounds
from benchmarks.timing import milliseconds, ratio, side_by_side
from povtrack.lib.progress import print_table
from povtrack.rollups.on_request import Request, summed
from povtrack.rollups.recompute import drain, rebuild
from programmes.catalogue.dew import DewRecord
from villages.levels import Level

COUNTS = ["trained", "women", "minority", "disabled", "placed", "vocational"]
AMOUNTS = ["subsidy", "spent"]
MEANS = ["pay_before", "pay_after"]
SUBMITTED, APPROVED = "r.state IN ('submitted', 'confirmed', 'approved')", "r.state = 'approved'"


# Where records count on each basis, as a specialist would write it: by their own columns, or by a join.
RECORDS = {
    "recorded": ("r", "programmes_dewrecord r"),
    "current": (
        "p",
        """
        programmes_dewrecord r
        JOIN villages_currentplacement p
            ON p.area_id = r.area_id AND p.level = 5 AND p.valid @> make_date(r.year, 12, 31)
        """,
    ),
}
EXPECTED = {
    "recorded": "villages_placement WHERE level = 5",
    "current": "villages_currentplacement WHERE level = 5 AND stood",
}


def hand_tuned(*, indexes: bool = True) -> list[str]:
    """The two-step roll-up that a specialist would write for this table: townships, then each level from the last.

    It yields the same rows and columns as povtrack, in a fresh table with the same two indexes.
    """
    return [
        f"CREATE TABLE hand AS {_townships('recorded')}",
        f"INSERT INTO hand {_townships('current')}",
        *(f"INSERT INTO hand {_above(level, 'hand')}" for level in (3, 2, 1, 0)),
        *(_INDEXES if indexes else ()),
    ]


_INDEXES = (
    "ALTER TABLE hand ADD COLUMN id bigserial",
    "CREATE UNIQUE INDEX ON hand (area_id, year, basis, breakdown)",
    "CREATE INDEX ON hand (parent_id, year, basis)",
)


def hand_tuned_query() -> str:
    """The same in one query, for a view."""
    levels = [f"l4 AS MATERIALIZED ({_townships('recorded')} UNION ALL {_townships('current')})"]
    levels += [f"l{level} AS MATERIALIZED ({_above(level, f'l{level + 1}')})" for level in (3, 2, 1, 0)]
    return f"WITH {', '.join(levels)} {' UNION ALL '.join(f'SELECT * FROM l{level}' for level in (4, 3, 2, 1, 0))}"


def _terms() -> tuple[list[str], list[str]]:
    """The expressions over records `r` and the columns that they fill."""
    base, names = [], []
    for suffix, stage in (("", SUBMITTED), ("_approved", APPROVED)):
        for name in COUNTS + AMOUNTS:
            base += [f"sum(r.{name}) FILTER (WHERE {stage})", f"count(r.{name}) FILTER (WHERE {stage})"]
            names += [f"{name}{suffix}", f"{name}_filled{suffix}"]
        for name in MEANS:
            base += [
                f"sum(r.{name} * r.placed) FILTER (WHERE {stage})",
                f"sum(r.placed) FILTER (WHERE {stage} AND r.{name} IS NOT NULL)",
                f"count(r.{name}) FILTER (WHERE {stage})",
            ]
            names += [f"{name}_product{suffix}", f"{name}_weight{suffix}", f"{name}_filled{suffix}"]
    return base, names


def _townships(basis: str) -> str:
    seat, records = RECORDS[basis]
    base, names = _terms()
    return f"""
        SELECT s.township_id AS area_id, s.county_id AS parent_id, 4 AS level, s.year,
               '{basis}'::varchar AS basis, ''::varchar AS breakdown, clock_timestamp() AS computed_at, s.expected,
               coalesce(t.drafted, 0) AS drafted, coalesce(t.reported, 0) AS reported,
               coalesce(t.approved, 0) AS approved, coalesce(t.nil, 0) AS nil, {", ".join(names)}
        FROM (SELECT y.year, p.township_id, p.county_id, p.expected FROM
                 (SELECT township_id, county_id, count(*) AS expected
                  FROM {EXPECTED[basis]} GROUP BY 1, 2) AS p,
                 (SELECT DISTINCT year FROM programmes_round) AS y) AS s
        LEFT JOIN (
            SELECT r.year, {seat}.township_id, count(*) FILTER (WHERE NOT ({SUBMITTED})) AS drafted,
                   count(*) FILTER (WHERE {SUBMITTED}) AS reported, count(*) FILTER (WHERE {APPROVED}) AS approved,
                   count(*) FILTER (WHERE {SUBMITTED} AND r.nil) AS nil,
                   {", ".join(f"{expression} AS {name}" for expression, name in zip(base, names, strict=True))}
            FROM {records} GROUP BY r.year, {seat}.township_id
        ) AS t USING (year, township_id)
    """


def _above(level: int, source: str) -> str:
    """The rows of a level from those of the level below in the source."""
    names = ["expected", "drafted", "reported", "approved", "nil", *_terms()[1]]
    return f"""
        SELECT c.parent_id AS area_id, a.parent_id, {level} AS level, c.year, c.basis, c.breakdown,
               clock_timestamp() AS computed_at, {", ".join(f"sum(c.{name}) AS {name}" for name in names)}
        FROM {source} c JOIN villages_area a ON a.id = c.parent_id
        WHERE c.level = {level + 1} GROUP BY c.parent_id, a.parent_id, c.year, c.basis, c.breakdown
    """


def by_hand() -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS hand")
        for statement in hand_tuned():
            cursor.execute(statement)


def same_rows() -> None:
    """Both ways must agree to the last figure before their times are compared."""
    columns = ", ".join(
        f.column
        for f in DewRecord.rollup._meta.local_fields
        if f.column not in ("id", "computed_at", "level", "estimated")
    )
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(*) FROM (SELECT {columns} FROM programmes_dewrollup EXCEPT SELECT {columns} FROM hand) AS d"
        )
        differing = cursor.fetchone()[0]
        cursor.execute("SELECT (SELECT count(*) FROM programmes_dewrollup), (SELECT count(*) FROM hand)")
        ours, theirs = cursor.fetchone()
    assert (differing, ours) == (0, theirs)


def edit(count: int) -> None:
    """Change so many random records, which marks their cells."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT min(id), max(id) FROM programmes_dewrecord")
        ids = random.Random(count).sample(range(*cursor.fetchone()), count)
        cursor.execute("UPDATE programmes_dewrecord SET spent = spent + 1 WHERE id = ANY(%s)", [ids])


def run(console: Console) -> None:
    make_places()
    make_records(1_000_000, make_clerk())
    make_rounds()
    rebuild()
    by_hand()
    same_rows()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    ways = {
        "hand-tuned SQL (limit)": by_hand,
        "povtrack rebuild": rebuild,
        "povtrack rebuild, two slices at once": two_at_once,
    }
    seconds = side_by_side(ways, rounds=5)
    limit, full, _both = seconds.values()
    print_table(
        console,
        "Full roll-up of 1,000,000 records, five levels, both stages, both bases (goal: at most 1.2 times the limit)",
        ["way", "ms", "x limit"],
        [[name, milliseconds(s), ratio(s, limit)] for name, s in seconds.items()],
    )
    rows = []
    for count, goal in ((1, 200), (100, 50), (10_000, 1.5)):
        spent = side_by_side({"drain": drain}, rounds=5, before=lambda count=count: edit(count))["drain"]
        rows.append([f"{count:,}", milliseconds(spent), f"1/{full / spent:,.1f}", f"1/{goal}"])
    print_table(
        console, "Incremental recompute after edits, against the full rebuild", ["edits", "ms", "of full", "goal"], rows
    )
    spent = side_by_side({"2005": on_2005}, rounds=3)["2005"]
    print_table(
        console,
        "All counties and what is above them, 2008 on the boundaries of 2005 (goal: 2,000 ms)",
        ["ms"],
        [[milliseconds(spent)]],
    )


def two_at_once() -> None:
    """Rebuild as `rebuild_rollups --at-once 2` does: PostgreSQL spreads no INSERT over processors, but two slices."""
    rebuild(at_once=2)


def on_2005() -> None:
    """Sum one year of the whole nation on the boundaries of another, and read it."""
    with summed(Request(DewRecord, 2005, [2008])):
        assert DewRecord.rollup.objects.filter(level=3).count() == SIZES[Level.COUNTY]
