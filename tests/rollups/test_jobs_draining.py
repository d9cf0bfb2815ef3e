"""Draining is fair, resumable and asked for once; what can't be recomputed is held, with its reason."""

from __future__ import annotations

import zlib
from contextlib import contextmanager

import psycopg2
import pytest
from django.db import connection, transaction

from povtrack.lib import jobs
from povtrack.rollups import recompute
from povtrack.rollups.models import Rebuild
from povtrack.rollups.recompute import drain, drain_batch, rebuild
from programmes.actions import load_records, submit_records
from programmes.catalogue.dew import DewRecord
from programmes.models import DirtyCell
from tests.rollups.test_recompute import assert_equals_twin, row_of

pytestmark = pytest.mark.django_db

IMPORTED = 300


def edit(world, trained):
    """Enter a figure and submit it, as a clerk."""
    version = DewRecord.objects.filter(area=world["Huawu"], year=2010).values_list("version", flat=True).first()
    world.save("Huawu", trained=trained, version=version or 0)
    submit_records(DewRecord, year=2010, area=world["520524"], by=world.clerk)


@transaction.atomic
def mark_many(world, year):
    """What a bulk import leaves behind: many marks of one commit."""
    DirtyCell.objects.bulk_create(
        DirtyCell(programme="dew", year=year, county=world["520525"]) for _number in range(IMPORTED)
    )


@contextmanager
def held_by_another(code, year):
    """Another worker is at a slice while the block runs."""
    other = psycopg2.connect(**connection.get_connection_params(), options="-c lock_timeout=5s")
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s, %s)", [zlib.crc32(code.encode()) & 0x7FFFFFFF, year])
    try:
        yield
    finally:
        other.close()


@pytest.mark.parametrize("seen_at_once", [1000, 250])
def test_an_edit_does_not_wait_for_the_imports_before_and_after_it(world, monkeypatch, seen_at_once):
    monkeypatch.setattr(recompute, "EDITS", seen_at_once)
    monkeypatch.setattr(recompute, "_pace", recompute._Pace())  # as it begins: 25 marks a turn
    mark_many(world, 2010)
    edit(world, 59)
    mark_many(world, 2010)
    waiting = DirtyCell.objects.count() - 2 * IMPORTED
    assert drain_batch() == waiting + 25
    assert row_of(world["CN"]).trained == 59
    drain()
    assert not DirtyCell.objects.exists()


def test_a_slice_that_another_worker_is_at_holds_up_no_other(world):
    edit(world, 59)
    figures = [3, *[None] * 9]
    load_records(DewRecord, rows=[[world["Longtan"].pk, 2009, "approved", False, *figures]], by=world.admin)
    with held_by_another("dew", 2010):
        others = DirtyCell.objects.exclude(year=2010).count()
        assert drain_batch() == others
        assert row_of(world["CN"], 2009).trained == 3
        assert not DewRecord.rollup.objects.filter(year=2010).exists()
    drain()
    assert row_of(world["CN"]).trained == 59


def test_a_slice_of_which_much_is_dirty_is_summed_as_a_whole(world, monkeypatch):
    edit(world, 59)
    monkeypatch.setattr(recompute, "SMALL", 0)  # as if it were an import
    monkeypatch.setattr(recompute, "FEW", 0)
    monkeypatch.setattr(recompute, "recompute", None)  # what recomputes cells
    drain()
    assert_equals_twin(2010)
    assert not DirtyCell.objects.exists()


def test_a_commit_wakes_a_worker_once(monkeypatch, django_capture_on_commit_callbacks):
    asked = []
    monkeypatch.setattr(jobs, "ask_to_recompute", lambda: asked.append(1))
    for commits in (1, 2):
        with django_capture_on_commit_callbacks(execute=True):
            for _action in range(3):
                jobs.recompute_after_commit()
        assert len(asked) == commits


def test_a_rebuild_that_was_cut_short_goes_on_where_it_was(world, monkeypatch):
    done, real = [], recompute.rebuild_slice

    def fails_in_2010(model, year, run):
        if year == 2010 and not done:
            raise ConnectionError
        real(model, year, run)

    monkeypatch.setattr(recompute, "rebuild_slice", fails_in_2010)
    with pytest.raises(ConnectionError):
        rebuild()
    cut = recompute.cut_short()
    assert cut.done == ["dew:2008", "dew:2009"]
    assert cut.slices == 3
    done.append("mended")
    assert rebuild(resume=True) == 1
    assert recompute.cut_short() is None
    assert Rebuild.objects.get().done == ["dew:2008", "dew:2009", "dew:2010"]
    assert rebuild(resume=True) == 3  # there is nothing to go on with


@pytest.mark.django_db(transaction=True)
def test_slices_rebuilt_at_once_are_as_right_as_one_by_one(world):
    edit(world, 59)
    assert rebuild(at_once=2) == 3
    assert not DirtyCell.objects.exists()
    assert_equals_twin(2010)
