"""When places move, records and totals follow; and one cell that cannot be summed does not stop the others."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection

from povtrack.rollups.recompute import drain, rebuild
from povtrack.rollups.verify import verify
from programmes.actions import load_records, submit_records
from programmes.catalogue.dew import DewRecord
from programmes.models import DirtyCell
from tests.rollups.test_recompute import assert_equals_twin, row_of
from tests.world import SINCE
from villages import derive
from villages.actions import apply_change, draft_change
from villages.changes import drafts
from villages.models import Area, AreaVersion

CHANGE = dt.date(2010, 7, 1)


@pytest.fixture
def reported(world):
    """Two villages of Zhijin and one of Nayong have reported for 2010, and one for 2009."""
    world.save("Huawu", trained=5)
    world.save("Longtan", trained=7)
    world.save("Baiyan", trained=11, by="other_clerk")
    for county, clerk in (("520524", "clerk"), ("520525", "other_clerk")):
        submit_records(DewRecord, year=2010, area=world[county], by=world.users[clerk])
    figures = [3, *[None] * 9]
    load_records(DewRecord, rows=[[world["Longtan"].pk, 2009, "approved", False, *figures]], by=world.admin)
    rebuild()
    return world


def move(area: Area, parent: Area, on: dt.date = CHANGE) -> None:
    """Put an area under another parent from a day on, as the registry would."""
    version = AreaVersion.objects.get(area=area)
    AreaVersion.objects.filter(pk=version.pk).update(valid=(SINCE, on))
    AreaVersion.objects.create(area=area, code=version.code, name=version.name, parent=parent, valid=(on, None))
    derive.rebuild()


@pytest.mark.django_db
def test_a_village_that_moves_takes_its_record_of_that_year_along_and_no_earlier_one(reported):
    world = reported
    move(world["Longtan"], world["520525100"])
    drain()
    assert DewRecord.objects.get(area=world["Longtan"], year=2010).county == world["520525"]
    assert DewRecord.objects.get(area=world["Longtan"], year=2009).county == world["520524"]
    assert (row_of(world["520524"]).trained, row_of(world["520525"]).trained) == (5, 18)
    assert (row_of(world["520524"]).expected, row_of(world["520525"]).expected) == (3, 3)
    assert row_of(world["520524"], 2009).trained == 3
    assert_equals_twin(2009)
    assert_equals_twin(2010)


@pytest.mark.django_db
def test_a_township_that_moves_to_another_county_moves_its_totals(reported):
    world = reported
    move(world["520524101"], world["520525"])
    drain()
    assert (row_of(world["520524"]).trained, row_of(world["520525"]).trained) == (5, 18)
    assert row_of(world["520524101"]).parent == world["520525"]
    assert_equals_twin(2010)


@pytest.mark.django_db
def test_an_abolished_prefecture_is_not_counted_beside_its_successor(reported):
    world = reported
    successor = Area.objects.create(level=2, code="5299", name="新", name_latin="Xin", parent=world["52"], path="")
    AreaVersion.objects.create(area=successor, code="5299", name="新", parent=world["52"], valid=(CHANGE, None))
    for county in ("520524", "520525"):
        move(world[county], successor)
    AreaVersion.objects.filter(area=world["5205"]).update(valid=(SINCE, CHANGE))
    derive.rebuild()
    drain()
    assert not DewRecord.rollup.objects.filter(area=world["5205"], year=2010).exists()
    assert (row_of(successor).trained, row_of(world["CN"]).trained) == (23, 23)
    assert row_of(world["5205"], 2009).trained == 3
    assert_equals_twin(2010)


@pytest.mark.parametrize("others", [0, 20_000])
@pytest.mark.django_db
def test_the_record_of_a_village_that_ended_sits_with_its_heir_however_many_places_change_with_it(reported, others):
    world = reported
    ending = drafts.abolish(world["Longtan"], heir=world["Baiyan"], day=CHANGE)
    draft = draft_change(kind="abolish", effective=CHANGE, parts=ending.parts, follows=ending.follows, by=None)
    apply_change(change=draft, by=None)
    record = DewRecord.objects.filter(area=world["Longtan"], year=2010)
    assert record.get().county == world["520525"]
    record.update(county=world["520524"], township=world["520524101"])
    with connection.cursor() as cursor:
        changed = [world["Longtan"].pk, *range(-others, 0)]
        cursor.execute("SELECT programmes_seat_records_of_ended(%s::bigint[])", [changed])
    assert (record.get().county, record.get().township) == (world["520525"], world["520525100"])
    assert DewRecord.objects.get(area=world["Longtan"], year=2009).county == world["520524"]


@pytest.mark.django_db(transaction=True)
def test_verify_is_quiet_while_a_move_waits_and_after_it_is_counted(reported):
    world = reported
    move(world["520525"], world["52"])
    assert DirtyCell.objects.exists()
    assert verify() == []
    drain()
    assert verify() == []


@pytest.mark.django_db(transaction=True)
def test_verify_finds_a_record_that_is_not_where_its_area_stood(reported):
    world = reported
    DewRecord.objects.filter(area=world["Longtan"], year=2010).update(county=world["520525"])
    drain()
    found = {(d.area, d.column): (d.kept, d.recomputed) for d in verify()}
    assert found[world["Longtan"].pk, "county of record"] == (world["520525"].pk, world["520524"].pk)


@pytest.mark.django_db
def test_the_largest_figures_there_are_can_be_summed(world):
    world.save("Huawu", trained=2_147_483_647, placed=2_147_483_647, pay_before="99999999999999.99")
    world.save("Gaoshan", trained=2_147_483_647, placed=2_147_483_647, pay_before="99999999999999.99")
    submit_records(DewRecord, year=2010, area=world["520524"], by=world.clerk)
    drain()
    assert str(row_of(world["CN"]).totals()["pay_before"]) == "99999999999999.99"
    assert row_of(world["CN"]).trained == 2 * 2_147_483_647


@pytest.mark.django_db
def test_a_cell_that_cannot_be_summed_is_held_back_and_stops_nobody_else(world, monkeypatch, caplog):
    rebuild()
    world.save("Huawu", trained=5)
    world.save("Baiyan", trained=11, by="other_clerk")
    for county, clerk in (("520524", "clerk"), ("520525", "other_clerk")):
        submit_records(DewRecord, year=2010, area=world[county], by=world.users[clerk])
    with spoiled(world["520524100"]):
        drain()
        assert row_of(world["520525"]).trained == 11
        assert set(DirtyCell.objects.values_list("county", "held")) == {(world["520524"].pk, True)}
        assert "cannot be recomputed" in caplog.text
    rebuild()
    assert row_of(world["CN"]).trained == 16
    assert not DirtyCell.objects.exists()


@contextmanager
def spoiled(township: Area) -> Iterator[None]:
    """Let the database refuse a township's row while the block runs."""
    with connection.cursor() as cursor:
        cursor.execute(
            "ALTER TABLE programmes_dewrollup ADD CONSTRAINT spoiled "
            f"CHECK (area_id <> {township.pk} OR trained IS NULL) NOT VALID"
        )
        yield
        cursor.execute("ALTER TABLE programmes_dewrollup DROP CONSTRAINT spoiled")


@pytest.mark.django_db
def test_records_of_a_year_without_a_round_are_not_loaded(world):
    with pytest.raises(ValueError, match="no round for 2020"):
        load_records(DewRecord, rows=[[world["Huawu"].pk, 2020, "draft", False, 1, *[None] * 9]], by=world.admin)
    assert not DewRecord.objects.exists()
