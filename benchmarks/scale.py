"""Half a million, five and ten million Dew records: how the cost of totals grows, and other ways to the same totals.

Villages are the nation's 148,000 at all sizes. A slice is one programme and year, so the 34 years of five million
records cost what three and a half such programmes cost in ten years.
"""

from __future__ import annotations

import os

from django.db import connection
from rich.console import Console

from benchmarks.nation import make_clerk, make_places, make_records, make_rounds
from benchmarks.peers import Duck, Loop, Orm, View
from benchmarks.rollups import by_hand, edit, same_rows, two_at_once
from benchmarks.timing import ratio, side_by_side
from povtrack.accounts.models import User
from povtrack.lib.progress import TerminalSteps, print_table
from povtrack.rollups.recompute import drain, rebuild
from programmes.catalogue.dew import DewRecord

# It takes an hour on a machine that does nothing else. POVTRACK_SCALE="20000 50000" or POVTRACK_ROUNDS=1 take less.
SIZES = [int(size) for size in os.environ.get("POVTRACK_SCALE", "500000 5000000 10000000").split()]
PEERS_AT = SIZES[len(SIZES) // 2]
ROUNDS = int(os.environ.get("POVTRACK_ROUNDS", "3"))
EDITS = (1, 100, 10_000)


def run(console: Console) -> None:
    make_places()
    clerk = make_clerk()
    growth = []
    for size in SIZES:
        _fill(console, size, clerk)
        seconds = _measured(console, size)
        growth.append([f"{size:,}", *_grown(seconds, size)])
        if size == PEERS_AT:
            _against_peers(console, size)
    print_table(
        console,
        "Growth: seconds, and microseconds a record of a full rebuild; edits as a part of the full rebuild",
        ["records", "by hand", "rebuild", "x limit", "µs a record", *(f"{count:,} edits" for count in EDITS)],
        growth,
    )


def _fill(console: Console, size: int, clerk: User) -> None:
    with TerminalSteps(console) as steps, steps.step(f"Making {size:,} records"):
        with connection.cursor() as cursor:
            cursor.execute("TRUNCATE programmes_dewrecord, programmes_round, programmes_dewrollup CASCADE")
        make_records(size, clerk)
        make_rounds()
        rebuild()
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def _measured(console: Console, size: int) -> dict[str, float]:
    with TerminalSteps(console) as steps, steps.step(f"Rebuilding {size:,} records"):
        seconds = side_by_side({"hand": by_hand, "rebuild": rebuild}, rounds=ROUNDS)
        same_rows()
        for count in EDITS:
            taken = side_by_side({"drain": drain}, rounds=ROUNDS, before=lambda count=count: edit(count))
            seconds[f"{count:,}"] = taken["drain"]
    return seconds


def _grown(seconds: dict[str, float], size: int) -> list[str]:
    hand, full = seconds["hand"], seconds["rebuild"]
    edits = [f"{1000 * seconds[f'{count:,}']:,.0f} ms, 1/{full / seconds[f'{count:,}']:,.1f}" for count in EDITS]
    return [f"{hand:.2f}", f"{full:.2f}", ratio(full, hand), f"{1e6 * full / size:.2f}", *edits]


def _against_peers(console: Console, size: int) -> None:
    with TerminalSteps(console) as steps, steps.step("Preparing the other ways"):
        duck, view, orm, loop = Duck(), View(), Orm(), Loop()
        duck()
        assert duck.rows() == DewRecord.rollup.objects.count()
    ways = {
        "hand-tuned SQL (limit)": by_hand,
        "povtrack rebuild": rebuild,
        "povtrack rebuild, two slices at once": two_at_once,
        "DuckDB, in memory, not written": duck,
        "REFRESH MATERIALIZED VIEW": view.refresh,
        "REFRESH ... CONCURRENTLY": view.refresh_beside_readers,
        "Django ORM annotate (half)": orm,
        f"Python loop (half of one level; from {Loop.SAMPLE} counties)": loop,
    }
    with TerminalSteps(console) as steps, steps.step("Other ways, in turn"):
        seconds = side_by_side(ways, rounds=ROUNDS)
    seconds[list(ways)[-1]] /= loop.share
    limit, ours, *_others = seconds.values()
    print_table(
        console,
        f"Totals of {size:,} records, five levels, both stages, both bases",
        ["way", "s", "x limit", "x povtrack"],
        [[name, f"{spent:,.2f}", ratio(spent, limit), ratio(spent, ours)] for name, spent in seconds.items()],
    )
