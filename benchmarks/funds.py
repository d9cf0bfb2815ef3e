"""Half a million allocations and two million payments: the county's reconciliation page, and all totals of the ledger
against the statements that a specialist would write for just these.
"""

from __future__ import annotations

import datetime as dt
import statistics
import time
from collections.abc import Callable
from decimal import Decimal

from django.db import connection, transaction
from django.test import Client
from rich.console import Console

from benchmarks.nation import make_clerk, make_places, make_records, make_rounds
from benchmarks.timing import milliseconds, ratio, side_by_side
from funding.models import Allocation, FundRollup, Payment
from povtrack.accounts.models import User
from povtrack.lib.basis import Basis
from povtrack.lib.progress import print_table
from povtrack.rollups import recompute
from povtrack.rollups.funds import recompute as funds
from povtrack.rollups.funds.cube import cube_of
from povtrack.rollups.funds.totals import Asked, totals
from programmes.catalogue.dew import DewRecord
from villages.levels import Level
from villages.models import Area, AreaVersion

YEARS = range(2001, 2011)
PAGES = 60

_SOURCES = """
    INSERT INTO funding_fundsource (code, name, name_latin, kind, tier)
    SELECT 's' || n, 'Source ' || n, '', 'budget', mod(n - 1, 2) FROM generate_series(1, 4) AS n
"""
_ALLOCATION = """
    INSERT INTO funding_allocation (source_id, year, programme, area_id, parent_id, amount, currency, document_no,
                                    document_date, note, by_id, at)
    SELECT {source}, {year}, {programme}, {area}, {parent}, {amount}, '', '1', make_date({year}, 3, 1), '', %(by)s,
           now()
"""
# Provinces get money of every source and year, pass nine tenths down to their counties, and these on to some villages.
_MONEY = (
    _ALLOCATION.format(
        source="s.id", year="y", programme="CASE mod(s.id, 2) WHEN 0 THEN 'dew' ELSE '' END", area="a.id",
        parent="NULL", amount="1000000000",
    )
    + "FROM villages_area a, funding_fundsource s, generate_series(2001, 2010) AS y WHERE a.level = 1",
    _ALLOCATION.format(
        source="p.source_id", year="p.year", programme="p.programme", area="c.area_id", parent="p.id",
        amount="round(p.amount * 0.9 / 100, 2)",
    )
    + "FROM funding_allocation p JOIN villages_placement c ON c.province_id = p.area_id AND c.level = 3",
    _ALLOCATION.format(
        source="p.source_id", year="p.year", programme="'dew'", area="v.area_id", parent="p.id",
        amount="round(p.amount / 200, 2)",
    )
    + """FROM funding_allocation p JOIN villages_placement v ON v.county_id = p.area_id AND v.level = 5
         WHERE mod(v.area_id + p.year * 7 + p.source_id, 15) = 0""",
)  # fmt: skip
_PAYMENTS = """
    INSERT INTO funding_payment (allocation_id, kind, amount, paid_on, document_no, note, by_id, at)
    SELECT a.id, kind, round(a.amount * part, 2), make_date(a.year, 9, 1), '', '', %(by)s, now()
    FROM funding_allocation a,
         (VALUES ('disbursed', 0.2), ('disbursed', 0.1), ('spent', 0.15), ('spent', 0.1)) AS paid (kind, part)
    WHERE a.parent_id IS NOT NULL
"""


def make_funds(by: int) -> dict[str, int]:
    """Fill an empty ledger, without its triggers, and say how much is in it."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(_SOURCES)
        for sql in (*_MONEY, _PAYMENTS):
            cursor.execute(sql, {"by": by})
    counts = {}
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE funding_allocation, funding_payment, funding_adjustment")
        for table in ("allocation", "payment"):
            cursor.execute(f"SELECT count(*) FROM funding_{table}")
            counts[table] = cursor.fetchone()[0]
        cursor.execute("SELECT count(*) FROM funding_balance WHERE available < 0 OR unspent < 0")
        assert cursor.fetchone() == (0,)
    return counts


# Entries summed for each allocation `a`.
_ENTRIES = """
    LEFT JOIN (SELECT parent_id, sum(amount) AS passed FROM funding_allocation GROUP BY parent_id) AS c
        ON c.parent_id = a.id
    LEFT JOIN (
        SELECT allocation_id, sum(amount) FILTER (WHERE kind = 'disbursed') AS disbursed,
               sum(amount) FILTER (WHERE kind = 'spent') AS spent
        FROM funding_payment GROUP BY allocation_id
    ) AS y ON y.allocation_id = a.id
"""
# By county, year, source and programme: what was received, passed on, disbursed and spent there. No adjustments, and
# the nation's boundaries never changed: what is known of this ledger, and not of ledgers in general, is left out.
_BY_HAND = f"""
    SELECT p.county_id, a.year, s.code, a.programme, sum(a.amount), sum(c.passed), sum(y.disbursed), sum(y.spent)
    FROM funding_allocation a
    JOIN funding_fundsource s ON s.id = a.source_id
    JOIN villages_placement p ON p.area_id = a.area_id AND p.valid @> make_date(a.year, 12, 31)
    {_ENTRIES}
    GROUP BY 1, 2, 3, 4
"""


def by_hand(years: range = YEARS) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(
            _BY_HAND.replace("    GROUP BY 1", f"    WHERE a.year BETWEEN {years[0]} AND {years[-1]} GROUP BY 1")
        )
        return cursor.fetchall()


# The rows that povtrack keeps, in a fresh table with the same two indexes, as a specialist would write them: entries
# summed for each allocation, townships first, then each level from the last.
_FIGURES = ("received", "passed_on", "disbursed", "returned", "spent")
_SUMS = ", ".join(f"sum({name}) AS {name}" for name in _FIGURES)
_HOMES = f"""
    SELECT a.year, %(basis)s::varchar(10) AS basis, coalesce(p.township_id, p.area_id) AS area_id,
           CASE WHEN p.township_id IS NULL THEN p.level ELSE 4 END::smallint AS area_level,
           CASE p.level WHEN 0 THEN NULL WHEN 1 THEN p.parent_id WHEN 2 THEN p.parent_id WHEN 3 THEN p.parent_id
                        ELSE p.county_id END AS parent_id,
           a.source_id, a.programme, p.level, {_SUMS}, clock_timestamp() AS computed_at
    FROM (
        SELECT a.year, a.area_id, a.source_id, a.programme, a.amount AS received, coalesce(c.passed, 0) AS passed_on,
               coalesce(y.disbursed, 0) AS disbursed, 0::numeric AS returned, coalesce(y.spent, 0) AS spent
        FROM funding_allocation a
        {_ENTRIES}
    ) AS a
    JOIN villages_placement p ON p.area_id = a.area_id AND p.valid @> make_date(a.year, 12, 31)
    GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
"""
_UP = f"""
    INSERT INTO hand
    SELECT h.year, h.basis, h.parent_id, %(level)s, a.parent_id, h.source_id, h.programme, h.level, {_SUMS},
           clock_timestamp()
    FROM hand h JOIN villages_area a ON a.id = h.parent_id
    WHERE h.area_level = %(level)s + 1 GROUP BY 1, 2, 3, 4, 5, 6, 7, 8
"""


def rebuilt_by_hand() -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS hand")
        cursor.execute(f"CREATE TABLE hand AS {_HOMES}", {"basis": "recorded"})
        cursor.execute(f"INSERT INTO hand {_HOMES}", {"basis": "current"})
        for level in (3, 2, 1, 0):
            cursor.execute(_UP, {"level": level})
        cursor.execute("ALTER TABLE hand ADD PRIMARY KEY (year, basis, area_id, source_id, programme, level)")
        cursor.execute("CREATE INDEX ON hand (year, basis, area_level, parent_id)")


def same_rows() -> None:
    """Both ways must agree to the last fen before their times are compared."""
    fields = [field.column for field in FundRollup._meta.local_fields]
    columns = ", ".join(column for column in fields if column not in (None, "computed_at"))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(*) FROM (SELECT {columns} FROM funding_fundrollup EXCEPT SELECT {columns} FROM hand) AS d"
        )
        differing = cursor.fetchone()[0]
        cursor.execute("SELECT (SELECT count(*) FROM funding_fundrollup), (SELECT count(*) FROM hand)")
        ours, theirs = cursor.fetchone()
    assert (differing, ours) == (0, theirs)


def p95(way: Callable[[str], object], codes: list[str]) -> tuple[float, float]:
    """The median and the 95th percentile of seconds over places, after one that warms up."""
    way(codes[0])
    seconds = []
    for code in codes[1:]:
        start = time.perf_counter()
        way(code)
        seconds.append(time.perf_counter() - start)
    return statistics.median(seconds), statistics.quantiles(seconds, n=20)[-1]


def run(console: Console) -> None:
    make_places()
    user = make_clerk()
    make_records(148_000, user, first_year=2010)
    make_rounds()
    recompute.rebuild(codes=[DewRecord.code])
    counts = make_funds(user.pk)
    console.print(f"{counts['allocation']:,} allocations, {counts['payment']:,} payments")
    measure_rebuild(console)
    measure_entries(console, user)
    measure_totals(console)
    measure_page(console, user)


def measure_rebuild(console: Console) -> None:
    """All kept totals of ten years, on both bases, against the same rows by hand, and against one SELECT by county."""
    funds.rebuild()
    rebuilt_by_hand()
    same_rows()
    found = side_by_side({"select": by_hand, "hand": rebuilt_by_hand, "ours": funds.rebuild}, 3)
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE hand")
        cursor.execute("VACUUM ANALYZE funding_fundrollup")
        cursor.execute("SELECT count(*) FROM funding_fundrollup")
        rows = cursor.fetchone()[0]
    print_table(
        console,
        f"Rebuilding all totals of ten years: {rows:,} rows",
        ["what", "ms", "of the same rows by hand"],
        [
            ["the same rows by hand", milliseconds(found["hand"]), "1.00"],
            ["by povtrack", milliseconds(found["ours"]), ratio(found["ours"], found["hand"])],
            [
                "only selected by county, one basis, by hand",
                milliseconds(found["select"]),
                ratio(found["select"], found["hand"]),
            ],
        ],
    )


def measure_entries(console: Console, user: User) -> None:
    """One payment, and a thousand in one go, from the entry to totals that have it counted."""
    allocations = list(Allocation.objects.filter(year=2008, parent__isnull=False).order_by("pk")[::10])
    took: dict[int, list[float]] = {1: [], 100: [], 1000: []}
    marking: list[float] = []
    for count, seconds in took.items():
        for turn in range(9 if count == 1 else 3):
            paid = [
                Payment(allocation=one, kind="disbursed", amount=Decimal("0.01"), paid_on=dt.date(2008, 10, 1), by=user)
                for one in allocations[turn::4][:count]
            ]
            start = time.perf_counter()
            Payment.objects.bulk_create(paid)
            marked = time.perf_counter()
            recompute.drain()
            seconds.append(time.perf_counter() - marked)
            if count == 1:
                marking.append(marked - start)
    rows = [["one payment is booked", milliseconds(statistics.median(marking))]]
    words = {1: "its totals are recomputed", 100: "those of 100 payments", 1000: "those of 1,000 payments"}
    rows += [[words[count], milliseconds(statistics.median(seconds))] for count, seconds in took.items()]
    print_table(console, "Entries and their totals", ["what", "ms"], rows)


def measure_totals(console: Console) -> None:
    """All totals of one year and of ten, and what a page of the nation reads, against the statement by hand."""
    nation, keys = Area.objects.get(level=Level.NATION), ("county", "year", "source", "programme")
    last = range(2010, 2011)
    assert len(totals(Asked(nation, last), *keys)) == len(by_hand(last))
    one = side_by_side(
        {
            "hand": lambda: by_hand(last),
            "ours": lambda: totals(Asked(nation, last), *keys),
            "cube": lambda: cube_of(Asked(nation, last)),
            "other": lambda: cube_of(Asked(nation, last, Basis("2008"))),
        },
        5,
    )
    whole = side_by_side({"hand": by_hand, "ours": lambda: totals(Asked(nation, YEARS), *keys)}, 3)
    print_table(
        console,
        "Reading totals",
        ["what", "ms", "of the hand-written statement"],
        [
            ["all totals of ten years by county, summed by hand", milliseconds(whole["hand"]), "1.00"],
            ["the same by povtrack", milliseconds(whole["ours"]), ratio(whole["ours"], whole["hand"])],
            ["all totals of one year by county, summed by hand", milliseconds(one["hand"]), "1.00"],
            ["the same by povtrack", milliseconds(one["ours"]), ratio(one["ours"], one["hand"])],
            ["what the nation's page shows of a year", milliseconds(one["cube"]), ratio(one["cube"], one["hand"])],
            ["the same on the boundaries of 2008", milliseconds(one["other"]), ratio(one["other"], one["hand"])],
        ],
    )


def measure_page(console: Console, user: User) -> None:
    """The reconciliation page of counties all over the country, as a browser asks for it."""
    client = Client(SERVER_NAME="localhost")
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    codes = list(AreaVersion.objects.filter(area__level=Level.COUNTY).order_by("code").values_list("code", flat=True))

    def page(code: str) -> None:
        assert client.get(f"/funds/reconciliation/2010/{code}/").status_code == 200

    median, worst = p95(page, codes[:: len(codes) // PAGES][: PAGES + 1])
    nation, slowest = p95(lambda _turn: client.get("/funds/figures/2010/N/"), [""] * 12)
    print_table(
        console,
        "Pages, from the request to the answer",
        ["page", "median, ms", "95th percentile, ms"],
        [
            ["reconciliation of a county", milliseconds(median), milliseconds(worst)],
            ["fund totals of the nation", milliseconds(nation), milliseconds(slowest)],
        ],
    )
