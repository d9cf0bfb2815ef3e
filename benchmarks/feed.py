"""The feed of changes: what it adds to a save, and what a page of it costs at five million changes.

A save is measured with its commit, with the triggers of the feed and without them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction
from rich.console import Console

from benchmarks.api import ask
from benchmarks.nation import make_clerk, make_places, make_records, make_rounds
from benchmarks.save import YEAR, Batch
from benchmarks.timing import milliseconds, ratio, side_by_side
from povtrack.accounts.actions import make_token
from povtrack.accounts.models import Jurisdiction, User
from povtrack.accounts.roles import Ability, Role
from povtrack.feed.bookmarks import Bookmark, scope_of
from povtrack.feed.models import FeedTransaction
from povtrack.lib.progress import print_table
from programmes.actions import IncomingRow, save_rows
from programmes.catalogue.dew import DewRecord
from villages.levels import Level
from villages.models import Area

FEED = "/api/v1/changes/"
RECORDS, CHANGES = 500_000, 5_000_000
_SAVES = 50_000  # transactions of a hundred changes


def run(console: Console) -> None:
    make_places()
    user = make_clerk()
    make_records(RECORDS, user)
    make_rounds()
    DewRecord.objects.filter(year=YEAR).update(
        state="draft", submitted_at=None, submitted_by=None, approved_at=None, approved_by=None
    )
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE feed_feedchange, feed_feedtransaction, programmes_dirtycell")
        cursor.execute("VACUUM ANALYZE programmes_dewrecord")
    saves(console, user)
    pages(console, user)


def saves(console: Console, user: User) -> None:
    areas = list(DewRecord.objects.filter(year=YEAR).order_by("area").values_list("area_id", flat=True)[:300])
    rows = []
    for size, rounds in ((1, 60), (300, 15)):
        batch = Batch(areas[:size], user)

        def save(batch: Batch = batch) -> None:
            _save(batch)

        def silent(batch: Batch = batch) -> None:
            with _without_feed():
                _save(batch)

        spent = side_by_side({"without": silent, "with": save}, rounds, before=batch.change)
        rows.append([f"{size}", *map(milliseconds, spent.values()), ratio(spent["with"], spent["without"])])
    title = "A save with and without the feed (goal: 1.1 times)"
    print_table(console, title, ["rows", "without ms", "with ms", "x"], rows)


@contextmanager
def _without_feed() -> Iterator[None]:
    """Set the triggers of the feed aside, by the switch of a load: only the question whether it is set remains."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('povtrack.feed', 'anew', true)")
        yield


def _save(batch: Batch) -> None:
    values = [{"area": r["area"], "version": r["seen"]} | {"values": {n: str(r[n]) for n in r}} for r in batch.rows]
    rows = [
        IncomingRow(r["area"], r["version"], nil=False, values={k: v for k, v in r["values"].items() if k not in _KEYS})
        for r in json.loads(json.dumps(values))
    ]
    with transaction.atomic():
        results = save_rows(DewRecord, year=YEAR, rows=rows, by=batch.user)
        connection.run_on_commit.clear()  # recomputing is the worker's work
    assert all(result.status == "saved" for result in results)


_KEYS = ("area", "seen")


def pages(console: Console, user: User) -> None:
    _fill()
    county = Area.objects.filter(level=Level.COUNTY).order_by("pk")[7]
    local = User.objects.create_user("local")
    Jurisdiction.objects.create(user=local, role=Role.ANALYST, area=county)
    rows = []
    for label, reader in (("the nation's", user), ("a county's", local)):
        token = make_token(by=reader, name="benchmark", days=1)
        at = {share: _cursor_at(reader, share) for share in (0.0, 0.5, 0.999, 1.0)}
        ways: dict[str, Any] = {
            "first 100": lambda t=token, c=at: ask(FEED, f"since={c[0.0]}", t),
            "100 half-way": lambda t=token, c=at: ask(FEED, f"since={c[0.5]}", t),
            "100 of the last 5,000": lambda t=token, c=at: ask(FEED, f"since={c[0.999]}", t),
            "at the end": lambda t=token, c=at: ask(FEED, f"since={c[1.0]}", t),
            "5,000 half-way": lambda t=token, c=at: ask(FEED, f"since={c[0.5]}&page_size=5000", t),
            "1,000 with contents": lambda t=token, c=at: ask(FEED, f"since={c[0.5]}&page_size=1000&include=content", t),
        }
        for way in ways.values():
            way()
        spent = side_by_side(ways, 5)
        rows += [[label, name, milliseconds(seconds)] for name, seconds in spent.items()]
    print_table(console, f"Pages of a feed of {CHANGES:,} changes", ["reader", "page", "ms"], rows)


def _fill() -> None:
    """Changes of records as saves would have left them, in transactions of a hundred, and one of a million."""
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE feed_feedchange, feed_feedtransaction")
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(
            "INSERT INTO feed_feedtransaction (id, position, at) "
            "SELECT n, n, now() - interval '1 day' + n * interval '1 second' FROM generate_series(1, %s) AS n",
            [_SAVES],
        )
        for turn in range(CHANGES // RECORDS):
            cursor.execute(
                """
                INSERT INTO feed_feedchange (transaction_id, resource, programme, key, area, operation, version)
                SELECT CASE WHEN n BETWEEN 2000000 AND 3000000 THEN 25000 ELSE 1 + n / 100 END, 'records', 'dew',
                       id, area_id, 'changed', 2
                FROM (SELECT id, area_id, %s + row_number() OVER () - 1 AS n FROM programmes_dewrecord) AS r
                """,
                [turn * RECORDS],
            )
        cursor.execute("SELECT setval(pg_get_serial_sequence('feed_feedtransaction', 'id'), %s)", [_SAVES])
        cursor.execute("SELECT setval('feed_position', %s)", [_SAVES])
        cursor.execute("SET session_replication_role = DEFAULT")
        cursor.execute("VACUUM ANALYZE feed_feedchange, feed_feedtransaction")


def _cursor_at(reader: User, share: float) -> str:
    found = FeedTransaction.objects.get(position=max(1, round(_SAVES * share)))
    assert found.position
    assert found.at
    return Bookmark.after(found.position, found.at, scope_of(reader.area_ids(Ability.READ))).write()
