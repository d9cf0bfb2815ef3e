"""With a broker, a real worker keeps the totals; killing it loses nothing."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
import zlib
from contextlib import contextmanager

import psycopg2
import pytest
from django.db import connection

from povtrack import celery_app
from povtrack.rollups.recompute import rebuild
from povtrack.rollups.verify import verify
from programmes.actions import submit_records
from programmes.catalogue.dew import DewRecord
from programmes.models import DirtyCell
from tests import services

pytestmark = [pytest.mark.queue, pytest.mark.django_db(transaction=True)]
PATIENCE = 30


@pytest.fixture
def broker():
    """Queue for real, on a Redis of our own, as if CELERY_BROKER_URL had been set."""
    services.require("redis")
    url = services.celery_broker_url()
    celery_app.conf.update(broker_url=url, task_always_eager=False)
    celery_app._after_fork()  # forget connections to another broker
    celery_app.control.purge()
    yield url
    celery_app.conf.update(broker_url="memory://localhost//", task_always_eager=True)
    celery_app._after_fork()


@contextmanager
def worker(broker):
    """Run a Celery worker on the test database; SIGKILL it at the end if it still lives."""
    environment = {
        **os.environ,
        "DATABASE_URL": services.database_url(connection.settings_dict["NAME"]),
        "CELERY_BROKER_URL": broker,
    }
    command = [sys.executable, "-m", "celery", "-A", "povtrack", "worker", "--pool", "solo", "--loglevel", "ERROR"]
    process = subprocess.Popen(
        [*command, "--without-gossip", "--without-mingle", "--without-heartbeat"], env=environment
    )
    try:
        yield process
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()


def wait_until(condition, what):
    give_up = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < give_up, what
        time.sleep(0.05)


def nation_trained(world):
    return DewRecord.rollup.objects.get(area=world["CN"], year=2010, basis="recorded").trained


def trained_in_all():
    return sum(DewRecord.objects.filter(year=2010).values_list("trained", flat=True))


def edit(world, place, trained, clerk):
    """Change a figure and submit it again, as a clerk would."""
    now = DewRecord.objects.filter(area=world[place], year=2010).first()
    assert world.save(place, by=clerk, version=now.version if now else 0, trained=trained).status in (
        "saved",
        "unchanged",
    )
    submit_records(DewRecord, year=2010, area=world["520524" if clerk == "clerk" else "520525"], by=world.users[clerk])


def parts_equal_the_whole():
    """Compare every parent with the sum of its parts on its basis in one statement, that is, at one instant."""
    with connection.cursor() as cursor:
        cursor.execute("""
            SELECT p.area_id FROM programmes_dewrollup p
            JOIN programmes_dewrollup c ON c.parent_id = p.area_id AND c.year = p.year AND c.basis = p.basis
            GROUP BY p.id
            HAVING coalesce(p.trained, 0) <> coalesce(sum(c.trained), 0) OR p.reported <> sum(c.reported)
        """)
        return not cursor.fetchall()


def test_a_killed_worker_loses_nothing_and_the_next_brings_edits_into_the_nations_total(world, broker):
    rebuild()
    chance = random.Random(1)
    villages = [("Huawu", "clerk"), ("Gaoshan", "clerk"), ("Longtan", "clerk"), ("Baiyan", "other_clerk")]
    with slice_held() as release:
        with worker(broker) as process:
            edit(world, "Huawu", 1, "clerk")
            # The worker has taken the marks and waits for the slice: it is in the middle of its transaction.
            wait_until(somebody_waits, "the worker did not start")
            process.send_signal(signal.SIGKILL)
            process.wait()
        for number in range(10):
            place, clerk = chance.choice(villages)
            edit(world, place, number, clerk)
            assert parts_equal_the_whole()
        release()
    assert DirtyCell.objects.exists()
    for _kill in range(2):
        with worker(broker):
            for _edit in range(8):
                place, clerk = chance.choice(villages)
                edit(world, place, chance.randrange(100), clerk)
                assert parts_equal_the_whole()
                time.sleep(chance.random() / 4)
    with worker(broker):
        wait_until(lambda: not DirtyCell.objects.exists(), "the outbox was not drained")
        # It is up, and hears of an edit.
        edit(world, "Baiyan", 777, "other_clerk")
        wait_until(lambda: nation_trained(world) == trained_in_all(), "the worker did not recompute")
    assert verify() == []


@contextmanager
def slice_held():
    """Hold every advisory lock that a job for Dew 2010 needs, from a connection of our own."""
    other = psycopg2.connect(**connection.get_connection_params())
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s, %s)", [zlib.crc32(b"dew") & 0x7FFFFFFF, 2010])
    try:
        yield other.close
    finally:
        other.close()


def somebody_waits():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
        return cursor.fetchone()[0] > 0
