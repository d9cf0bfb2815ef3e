"""What takes long leaves nobody waiting, and what it needs of the database is there for every programme."""

from __future__ import annotations

import threading
from contextlib import closing
from typing import Any

import psycopg2
import pytest
from django.apps import apps
from django.db import connection
from django.db.models.signals import post_migrate

from povtrack.rollups.history import index_history
from povtrack.rollups.recompute import drain
from povtrack.rollups.releases.actions import FREEZE, make_release
from povtrack.rollups.releases.freezing import progress_of
from programmes.actions import submit_records
from programmes.as_known import history_of
from programmes.catalogue.dew import DewRecord
from programmes.registry import programmes
from tests.rollups.queue_processes import wait_until

FAR_TOO_LONG = 20


@pytest.mark.django_db(transaction=True)
def test_without_a_queue_a_release_is_frozen_aside_and_shows_how_far_it_is(world: Any, settings: Any) -> None:
    settings.JOBS_ASIDE = True
    world.save("Huawu", trained=59)
    submit_records(DewRecord, year=2010, area=world["520524"], by=world.clerk)
    drain()
    asked: dict[str, Any] = {"programmes": ["dew"], "years": [2010], "bases": ["recorded"], "lowest": 3}
    with closing(psycopg2.connect(**connection.get_connection_params())) as other:
        other.cursor().execute("LOCK TABLE rollups_releasedtotal IN EXCLUSIVE MODE")
        # Whoever did it in the request would wait for this.
        let_go = threading.Timer(FAR_TOO_LONG, other.rollback)
        let_go.start()
        made = make_release(name="annual", title="Annual", area=world["CN"], by=world.registry, **asked)
        wait_until(lambda: progress_of(made.pk) == (0, 2), "nobody can see how far it is")
        assert let_go.is_alive()
        let_go.cancel()
        other.rollback()
    for thread in threading.enumerate():
        if thread.name == FREEZE:
            thread.join()
    made.refresh_from_db()
    assert (made.state, made.rows) == ("frozen", 5)


@pytest.mark.django_db
def test_the_history_of_every_programme_is_indexed_when_migrations_have_run() -> None:
    receivers, _of_coroutines = post_migrate._live_receivers(apps.get_app_config("rollups"))
    assert index_history in receivers
    tables = [history_of(model)._meta.db_table for model in programmes()]
    with connection.cursor() as cursor:
        # As a programme that was declared just now.
        cursor.execute(f"DROP INDEX {tables[0]}_as_of")
        index_history()
        cursor.execute("SELECT tablename FROM pg_indexes WHERE indexdef LIKE '%(year, pgh_created_at)'")
        assert {name for (name,) in cursor.fetchall()} >= set(tables)
