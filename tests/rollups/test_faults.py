"""Whatever dies: no edit that was acknowledged is lost, and the parts equal the whole at every instant.

One story, because its programs take seconds to start: workers are killed, Redis restarts without its queue, PostgreSQL
dies in the middle of its work and recovers, several workers and two beats are at work at once, clocks jump by hours.
"""

from __future__ import annotations

import random
import threading
import time
import zlib
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager

import psycopg2
import pytest
from django.db import DatabaseError, InterfaceError, connection
from django_celery_beat.models import IntervalSchedule, PeriodicTask

from povtrack.lib.jobs import RECOMPUTE, ROLLUPS, queued
from povtrack.rollups.recompute import rebuild
from povtrack.rollups.verify import verify
from programmes.actions import submit_records
from programmes.catalogue.dew import DewRecord
from programmes.models import DirtyCell
from tests import services
from tests.rollups.queue_processes import beat, end, queue, wait_until, worker
from tests.servers import moved_to, postgres

pytestmark = [pytest.mark.queue, pytest.mark.thorough, pytest.mark.django_db(transaction=True)]

VILLAGES = [("Huawu", "clerk"), ("Gaoshan", "clerk"), ("Longtan", "clerk"), ("Baiyan", "other_clerk")]
HOURS = 3600
DIFFERING = """
    SELECT p.area_id FROM programmes_dewrollup p
    JOIN programmes_dewrollup c ON c.parent_id = p.area_id AND c.year = p.year AND c.basis = p.basis
    GROUP BY p.id
    HAVING coalesce(p.trained, 0) <> coalesce(sum(c.trained), 0) OR p.reported <> sum(c.reported)
"""


class Clerks:
    """Everyone who enters figures, and what they were told is saved."""

    def __init__(self, world):
        self.world, self.chance = world, random.Random(1)
        self.acknowledged: dict[str, int] = {}
        self.refused = 0

    def edit(self):
        """Change a figure and submit it again; when the database is gone, say so and let it be."""
        place, clerk = self.chance.choice(VILLAGES)
        trained = self.chance.randrange(1000)
        try:
            now = DewRecord.objects.filter(area=self.world[place], year=2010).first()
            row = self.world.save(place, by=clerk, version=now.version if now else 0, trained=trained)
            assert row.status in ("saved", "unchanged")
            self.acknowledged[place] = trained
            county = self.world["520524" if clerk == "clerk" else "520525"]
            submit_records(DewRecord, year=2010, area=county, by=self.world.users[clerk])
        except (DatabaseError, InterfaceError):
            # Whether what was under way has arrived, nobody was told.
            self.acknowledged.pop(place, None)
            self.refused += 1
            connection.close()

    def work(self, seconds):
        give_up = time.monotonic() + seconds
        self.work_until(lambda: time.monotonic() > give_up)

    def work_until(self, over):
        while not over():
            self.edit()
            time.sleep(0.03)


class Watcher(threading.Thread):
    """Compares every parent with the sum of its parts, again and again, each time in one statement: at one instant."""

    def __init__(self):
        super().__init__(daemon=True)
        self.looks, self.differing, self.over = 0, [], threading.Event()
        self.address = connection.get_connection_params()

    def run(self):
        while not self.over.wait(0.02):
            try:
                with closing(psycopg2.connect(**self.address)) as own, own.cursor() as cursor:
                    own.autocommit = True
                    while not self.over.wait(0.02):
                        cursor.execute(DIFFERING)
                        self.differing += cursor.fetchall()
                        self.looks += 1
            except psycopg2.Error:
                continue

    def stop(self):
        self.over.set()
        self.join()


@contextmanager
def slice_held():
    """Hold what a job for Dew 2010 needs, from a connection of our own."""
    with closing(psycopg2.connect(**connection.get_connection_params())) as other, other.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s, %s)", [zlib.crc32(b"dew") & 0x7FFFFFFF, 2010])
        yield


def somebody_waits():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
        return cursor.fetchone()[0] > 0


def die_and_recover(server):
    """Every process of the server ends at once, as when the machine's memory is full; it starts again from its log."""
    server.stop("immediate")
    server.start()


def drained():
    return not DirtyCell.objects.exists()


@pytest.fixture
def server(world):
    """PostgreSQL that keeps what it says it keeps; the session's is fast instead."""
    with postgres(services.session_folder() / "dying", {"max_connections": "40"}) as own, moved_to(own):
        yield own


def test_whatever_dies_no_edit_is_lost_and_the_parts_equal_the_whole(world, server):
    rebuild()
    often = IntervalSchedule.objects.create(every=1, period="seconds")
    PeriodicTask.objects.create(name="often", task=RECOMPUTE, interval=often)
    clerks, watcher = Clerks(world), Watcher()
    programs = []

    def started(process):
        programs.append(process)
        return process

    with queue() as redis, ThreadPoolExecutor(1) as aside:
        try:
            watcher.start()
            for _edit in range(5):
                clerks.edit()
            assert queued(ROLLUPS) == 1  # nobody has heard of it yet, and it stands for all
            steady = started(worker(redis))
            for clock in (0, -2 * HOURS):
                started(beat(redis, clock))
            with slice_held():
                clerks.edit()
                # A worker is in the middle of its job, and waits for the slice.
                wait_until(somebody_waits, "no worker started")
                end(steady)
                clerks.work(0.3)
            assert DirtyCell.objects.exists()
            for clock in (5 * HOURS, 60):
                started(worker(redis, clock))
            clerks.work(0.3)
            wait_until(drained, "the next workers did not take over")
            redis.kill()
            clerks.work(0.5)
            redis.start()
            wait_until(drained, "after Redis had lost its queue, nobody drained")
            for _time in range(2):
                refused, death = clerks.refused, aside.submit(die_and_recover, server)
                clerks.work_until(death.done)
                death.result()
                assert clerks.refused > refused
                clerks.work(0.5)
                wait_until(drained, "after PostgreSQL had died, nobody drained")
            # It is up, and hears of an edit.
            clerks.work(0.3)
            wait_until(drained, "the last edits were not drained")
        finally:
            watcher.stop()
            for process in programs:
                end(process)
    assert server.folders.log.read_text().count("database system was not properly shut down") == 2
    assert verify() == []
    stored = dict(DewRecord.objects.filter(year=2010).values_list("area__name_latin", "trained"))
    assert clerks.acknowledged.items() <= stored.items()
    nation = DewRecord.rollup.objects.get(area=world["CN"], year=2010, basis="recorded")
    reported = DewRecord.objects.filter(year=2010, state="submitted")
    assert nation.trained == sum(reported.values_list("trained", flat=True))
    assert watcher.looks > 50
    assert watcher.differing == []
