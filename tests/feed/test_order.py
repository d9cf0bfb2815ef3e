"""The order of the feed is that of commits, and a copy that follows it while many write lacks nothing."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from programmes.catalogue.dew import DewRecord
from tests.feed.copies import FEED
from tests.world import build_world
from villages.models import Area

pytestmark = pytest.mark.django_db(transaction=True)

WRITERS, STEPS = 4, 12


class Copy:
    """Follows the feed: what it heard in order, and the records as it knows them."""

    def __init__(self, user: Any) -> None:
        self.client = Client()
        self.client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        self.since = self.client.get(FEED).json()["cursor"]
        self.heard: list[tuple[int, int]] = []
        self.records: dict[int, Any] = {}

    def follow(self) -> None:
        """Read to the present end."""
        more = True
        while more:
            page = self.client.get(FEED, {"since": self.since, "include": "content", "page_size": 3}).json()
            for entry in page["results"]:
                self.heard.append((entry["id"], entry["version"]))
                self.records[entry["id"]] = entry["content"]
            self.since, more = page["cursor"], page["more"]


def in_thread(work: Callable[[], None]) -> threading.Thread:
    def run() -> None:
        try:
            work()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def change(pk: int) -> None:
    """Another figure in a record, as one statement: the next one waits for its commit."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE programmes_dewrecord SET trained = trained + 1, version = version + 1 WHERE id = %s", [pk]
        )


def test_a_copy_that_follows_while_many_write_lacks_nothing() -> None:
    world = build_world()
    for place in ("Huawu", "Gaoshan", "Dazhai", "Longtan"):
        world.save(place, trained=1)
    own = list(DewRecord.objects.order_by("pk").values_list("pk", flat=True))
    shared = own.pop()
    copy = Copy(world.analyst)
    opened, released = threading.Event(), threading.Event()

    def hold_open() -> None:
        with transaction.atomic():
            change(own[0])
            opened.set()
            released.wait(20)

    def write(pk: int) -> None:
        for step in range(STEPS):
            with transaction.atomic():
                change(pk)
                if step % 2:
                    change(shared)

    holder = in_thread(hold_open)
    assert opened.wait(20)
    writers = [in_thread(lambda pk=pk: write(pk)) for pk in own[1:]]  # type: ignore[misc]
    while any(writer.is_alive() for writer in writers):
        copy.follow()
    copy.follow()
    # One that began before all others and has not committed holds nobody up, and is not passed over.
    assert len(copy.heard) == len(writers) * STEPS * 3 // 2
    assert own[0] not in copy.records
    released.set()
    holder.join()
    copy.follow()
    assert copy.heard[-1] == (own[0], 2)
    versions = defaultdict(list)
    for pk, version in copy.heard:
        versions[pk].append(version)
    # Nothing is missing, nothing comes twice, and what one wrote after another's commit stands after it.
    assert all(known == list(range(2, len(known) + 2)) for known in versions.values())
    assert len(versions[shared]) == len(writers) * STEPS // 2
    listed = copy.client.get("/api/v1/records/dew/").json()["results"]
    assert {row["id"]: row for row in listed} == copy.records


def test_who_waits_for_another_at_the_end_holds_up_nobody() -> None:
    """A check of keys waits for whoever locked the place; the turn in the order of commits is taken after it."""
    world = build_world()
    world.save("Gaoshan", trained=1)
    [gaoshan] = DewRecord.objects.values_list("pk", flat=True)
    copy = Copy(world.analyst)
    locked, released = threading.Event(), threading.Event()

    def lock_huawu() -> None:
        with transaction.atomic():
            change(gaoshan)
            Area.objects.select_for_update().get(pk=world["Huawu"].pk)
            locked.set()
            released.wait(20)

    def insert() -> None:
        DewRecord.objects.bulk_create([_record(world)])

    holder = in_thread(lock_huawu)
    assert locked.wait(20)
    waiting = in_thread(insert)
    _until_waiting()
    released.set()  # it commits, though the other waits for it at its own end
    holder.join()
    waiting.join()
    copy.follow()
    assert [pk for pk, _version in copy.heard] == [gaoshan, DewRecord.objects.latest("pk").pk]


def _record(world: Any) -> DewRecord:
    stands = {"area": world["Huawu"], "county": world["Zhijin County"], "township": world["Chengguan"]}
    return DewRecord(year=2010, entered_at=timezone.now(), entered_by=world.clerk, trained=1, **stands)


def _until_waiting() -> None:
    """Until a transaction waits for a row at its end."""
    for _time in range(2000):
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone() != (0,):
                return
    raise AssertionError("nobody waits")
