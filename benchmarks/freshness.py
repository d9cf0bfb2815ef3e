"""How long an edit takes to show in the nation's total, with a real worker and Redis: 20 edits a second through the
actions, alone, and while 100,000 cells of an import wait too. Needs redis-server.
"""

from __future__ import annotations

import os
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection, connections, transaction
from django.db.models import F
from rich.console import Console

from benchmarks.nation import make_clerk, make_places, make_records, make_rounds
from povtrack import celery_app
from povtrack.accounts.models import User
from povtrack.lib.jobs import recompute_after_commit
from povtrack.lib.progress import print_table
from povtrack.rollups.recompute import rebuild
from programmes.actions import IncomingRow, save_rows, submit_records
from programmes.catalogue.dew import DewRecord
from programmes.models import DirtyCell
from programmes.registry import programmes
from villages.levels import Level
from villages.models import Area

RATE, SECONDS, CLERKS = 20, 20, 2
YEARS = (2004, 2005)
IMPORTED = 100_000
PATIENCE = 60


def run(console: Console) -> None:
    make_places()
    user = make_clerk()
    make_records(148_000 * len(YEARS), user)
    make_rounds()
    villages = open_records()
    rebuild(codes=["dew"])
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    rows = []
    with broker() as url, worker(url):
        import_marks(1)
        while DirtyCell.objects.exists():  # until the worker is up
            time.sleep(0.1)
        for name, dirty in (("alone", 0), (f"beside {IMPORTED:,} cells", IMPORTED)):
            import_marks(dirty)
            waited, errors = edits(user, villages)
            left = DirtyCell.objects.count()
            ordered = sorted(waited)
            at = [statistics.median(ordered), ordered[int(0.95 * len(ordered))], ordered[-1]]
            rows.append([name, len(waited), *(f"{1000 * seconds:,.0f}" for seconds in at), f"{left:,}", errors])
    heads = ["20 edits a second", "edits", "p50 ms", "p95 ms", "longest ms", "left", "lost"]
    print_table(console, "Time until the nation's total has an edit (goal: p95 within 2,000 ms)", heads, rows)


def open_records() -> list[int]:
    """Villages in as many counties, whose records a clerk may change."""
    villages = list(Area.objects.filter(level=Level.VILLAGE).order_by("pk").values_list("pk", flat=True)[::150])
    words = {"submitted_at": F("entered_at"), "submitted_by": F("entered_by"), "approved_at": None, "approved_by": None}
    DewRecord.objects.filter(area__in=villages).update(state="submitted", **words)
    return villages


def import_marks(count: int) -> None:
    """What an import leaves behind in one commit: all counties, of as many programmes and years as it takes."""
    slices = [("dew", year) for year in YEARS]
    slices += [(model.code, year) for model in programmes() if model.code != "dew" for year in range(2004, 2007)]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO programmes_dirtycell (programme, year, county_id, at)
            SELECT s.programme, s.year, a.id, clock_timestamp()
            FROM unnest(%s::text[], %s::smallint[]) AS s(programme, year) CROSS JOIN villages_area a
            WHERE a.level = 3 LIMIT %s
            """,
            [[code for code, _year in slices], [year for _code, year in slices], count],
        )
        recompute_after_commit()


def edits(user: User, villages: list[int]) -> tuple[list[float], int]:
    """Edit for a while; return for each edit the seconds until the nation's total had it, and how many failed.

    Every edit adds one person to a year, so the n-th is in when the year's total is n greater.
    """
    made: dict[int, list[float]] = defaultdict(list)
    errors: list[Exception] = []
    before, begin = totals(), time.monotonic() + 1
    clerks = [
        threading.Thread(target=clerk, args=(user, villages[number::CLERKS], begin, number, made, errors))
        for number in range(CLERKS)
    ]
    for one in clerks:
        one.start()
    waited: list[float] = []
    seen: dict[int, int] = defaultdict(int)
    give_up = begin + SECONDS + PATIENCE
    while time.monotonic() < give_up:
        now_in, now = totals(), time.monotonic()
        for year in YEARS:
            counted = min(now_in[year] - before[year], len(made[year]))
            waited += [now - moment for moment in sorted(made[year])[seen[year] : counted]]
            seen[year] = max(seen[year], counted)
        if not any(one.is_alive() for one in clerks) and len(waited) == sum(map(len, made.values())):
            break
        time.sleep(0.02)
    return waited, len(errors) + sum(map(len, made.values())) - len(waited)


def clerk(
    user: User, villages: list[int], begin: float, number: int, made: dict[int, list[float]], errors: list[Exception]
) -> None:
    """Save and submit one figure after the other, at a steady pace, whether or not the last one was quick."""
    chance = random.Random(number)
    for count in range(SECONDS * RATE // CLERKS):
        time.sleep(max(0, begin + (count * CLERKS + number) / RATE - time.monotonic()))
        village, year = villages[count % len(villages)], chance.choice(YEARS)
        try:
            with transaction.atomic():
                one_edit(user, village, year)
            made[year].append(time.monotonic())
        except Exception as error:  # noqa: BLE001  it is counted
            errors.append(error)
    connections.close_all()


def one_edit(user: User, village: int, year: int) -> None:
    record = DewRecord.objects.select_related("area__parent").get(area=village, year=year)
    values = {m.name: str(getattr(record, m.name)) for m in DewRecord.measures() if getattr(record, m.name) is not None}
    row = IncomingRow(village, record.version, nil=False, values={**values, "trained": str(record.trained + 1)})
    [saved] = save_rows(DewRecord, year=year, rows=[row], by=user)
    assert saved.status == "saved", saved
    submit_records(DewRecord, year=year, area=record.area.parent, by=user)


def totals() -> dict[int, int]:
    rows = DewRecord.rollup.objects.filter(level=Level.NATION, basis="recorded", year__in=YEARS)
    return dict(rows.values_list("year", "trained"))


@contextmanager
def broker() -> Iterator[str]:
    """A Redis of our own, for this process too."""
    with tempfile.TemporaryDirectory(prefix="povtrack-redis-") as folder:
        socket = Path(folder) / "redis.sock"
        command = ["redis-server", "--port", "0", "--unixsocket", str(socket), "--save", "", "--dir", folder]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        try:
            while not socket.exists():
                time.sleep(0.05)
            url = f"redis+socket://{socket}?virtual_host=0"
            celery_app.conf.update(broker_url=url, task_always_eager=False)
            yield url
        finally:
            process.terminate()
            process.wait()


@contextmanager
def worker(url: str) -> Iterator[None]:
    command = [sys.executable, "-m", "celery", "-A", "povtrack", "worker", "--concurrency", "2", "--loglevel", "ERROR"]
    environment = {**os.environ, "CELERY_BROKER_URL": url, "PYTHONWARNINGS": "ignore"}
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    try:
        yield
    finally:
        process.terminate()
        process.wait()
