"""Roll-ups: right by hand, right by a slow twin, incremental as full, and proven by verify."""

from __future__ import annotations

import datetime as dt
import random
from decimal import Decimal

import pytest

from povtrack.rollups.recompute import drain, rebuild
from povtrack.rollups.verify import verify
from programmes.actions import approve_records, load_records, submit_records
from programmes.catalogue.dew import DewRecord
from programmes.models import DirtyCell, Round
from tests.rollups.twin import twin
from villages import derive
from villages.models import Area


def row_of(area, year=2010, basis="recorded"):
    return DewRecord.rollup.objects.get(area=area, year=year, basis=basis)


def kept(year, basis="recorded"):
    skip = {"id", "area", "parent", "level", "year", "basis", "computed_at"}
    names = [f.name for f in DewRecord.rollup._meta.local_fields if f.name not in skip]
    return {
        row.area_id: {name: getattr(row, name) for name in names}
        for row in DewRecord.rollup.objects.filter(year=year, basis=basis)
    }


def assert_equals_twin(year, basis=None):
    """Hold what is kept of a year, on both bases by default, against the twin."""
    for one in [basis] if basis else ["recorded", "current"]:
        assert_rows_equal(kept(year, one), twin(year, one), f"{year} {one}")


def assert_rows_equal(rows, expected, words=""):
    names = dict(Area.objects.values_list("pk", "code"))
    assert {names[area] for area in rows} == {names[area] for area in expected}, words
    for area, row in rows.items():
        for name, figure in row.items():
            # No record at all leaves a count of figures NULL, which means the same as none.
            wanted = expected[area].get(name)
            assert (figure or None) == (wanted or None), (words, names[area], name, figure, wanted)
            assert (figure is None) <= (not wanted), (words, names[area], name)


@pytest.mark.django_db
def test_totals_by_hand(world):
    world.save("Huawu", trained=59, women=26, placed=47, pay_before=400, pay_after=900, spent="38400.10")
    world.save("Gaoshan", trained=46, placed=40, pay_after=1000, spent="28600.20")
    world.save("Dazhai", nil=True)  # counts as reported, adds nothing
    world.save("Longtan", trained=1000)  # stays a draft: in no total
    world.save("Baiyan", by="other_clerk", trained=91, women=0)
    for area, clerk in (("520524100", "clerk"), ("520525", "other_clerk")):
        submit_records(DewRecord, year=2010, area=world[area], by=world.users[clerk])
    approve_records(DewRecord, year=2010, area=world["520525"], by=world.reviewer)
    drain()

    county, nation = row_of(world["520524"]), row_of(world["CN"])
    assert (county.expected, county.drafted, county.reported, county.approved, county.nil) == (4, 1, 3, 0, 1)
    totals = county.totals()
    assert (totals["trained"], totals["women"], totals["placed"]) == (105, 26, 87)
    assert totals["spent"] == Decimal("67000.30")
    assert totals["minority"] is None  # nobody gave it: not the same as zero
    assert county.women_filled == 1
    # Only Huawu gave both pays; after: (900 x 47 + 1000 x 40) / 87
    assert (totals["pay_before"], totals["pay_after"]) == (Decimal("400.00"), Decimal("945.98"))
    assert county.rates()["placement"] == Decimal("82.9")
    assert (nation.expected, nation.reported, nation.approved) == (6, 4, 1)
    assert (nation.totals()["trained"], nation.totals("_approved")["trained"]) == (196, 91)
    assert row_of(world["520525"]).totals()["women"] == 0
    assert not DirtyCell.objects.exists()


@pytest.mark.django_db
def test_without_a_broker_the_totals_follow_at_commit(world, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        world.save("Huawu", trained=59)
        submit_records(DewRecord, year=2010, area=world["520524"], by=world.clerk)
    assert row_of(world["CN"]).totals()["trained"] == 59


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(3))
def test_incremental_equals_the_twin_after_random_edits(world, seed):
    chance = random.Random(seed)
    rebuild()
    villages = list(Area.objects.filter(level=5))
    for _round in range(4):
        for village in chance.sample(villages, 3):
            write_something(world, village, chance)
        drain()
        assert_equals_twin(2009)
        assert_equals_twin(2010)


def write_something(world, village, chance):
    """Change one record in any way at all, past the actions: the triggers must see every road."""
    year = chance.choice([2009, 2010])
    DewRecord.objects.filter(area=village, year=year).delete()
    state = chance.choice(["draft", "submitted", "approved", "returned", None])
    if state is None:
        return
    nil = chance.random() < 0.2
    trained = chance.choice([None, 0, 5, 59])
    part = None if trained is None else chance.choice([None, 0, trained])
    money = chance.choice([None, Decimal("0.01"), Decimal("1234.56")])
    figures = [trained, part, None, part, part, money, money, 3, money, None]
    load_records(DewRecord, rows=[[village.pk, year, state, nil, *([None] * 10 if nil else figures)]], by=world.clerk)


@pytest.mark.django_db
def test_a_rebuild_covers_places_that_never_reported(world):
    rebuild()
    row = row_of(world["520525"], 2008)
    assert (row.expected, row.reported, row.totals()["trained"]) == (2, 0, None)
    assert_equals_twin(2008)


@pytest.mark.django_db
def test_a_rebuild_takes_the_marks_it_has_counted(world):
    world.save("Huawu", trained=5)
    assert DirtyCell.objects.exists()
    rebuild()
    assert not DirtyCell.objects.exists()


@pytest.mark.django_db
def test_running_it_twice_changes_nothing_but_the_time(world):
    world.save("Huawu", trained=5)
    rebuild()
    before = kept(2010), kept(2010, "current")
    rebuild()
    assert (kept(2010), kept(2010, "current")) == before


@pytest.mark.django_db
def test_a_parent_is_the_sum_of_the_rows_that_name_it(world):
    world.save("Huawu", trained=5)
    world.save("Longtan", trained=7)
    submit_records(DewRecord, year=2010, area=world["520524"], by=world.clerk)
    rebuild()
    for row in DewRecord.rollup.objects.filter(year=2010, level__lt=4):
        parts = DewRecord.rollup.objects.filter(parent=row.area_id, year=2010, basis=row.basis)
        assert row.expected == sum(p.expected for p in parts)
        assert (row.trained or 0) == sum(p.trained or 0 for p in parts)


@pytest.mark.django_db(transaction=True)
def test_verify_finds_a_tampered_total_and_passes_over_waiting_cells(world):
    world.save("Huawu", trained=5)
    submit_records(DewRecord, year=2010, area=world["520524"], by=world.clerk)
    rebuild()
    DirtyCell.objects.all().delete()
    assert verify() == []

    DewRecord.rollup.objects.filter(area=world["52"], year=2010).update(trained=6)
    DewRecord.rollup.objects.filter(area=world["520525"], year=2009).delete()
    found = {(d.area, d.year, d.basis, d.column): (d.kept, d.recomputed) for d in verify()}
    for basis in ("recorded", "current"):
        assert found[world["52"].pk, 2010, basis, "trained"] == (6, 5)
        assert found[world["520525"].pk, 2009, basis, "expected"] == (None, 2)

    DirtyCell.objects.create(programme="dew", year=2010, county=world["520524"])
    DirtyCell.objects.create(programme="dew", year=2009, county=world["520525"])
    assert verify() == []


@pytest.mark.django_db
def test_one_edit_costs_the_same_number_of_statements_in_any_registry(world, django_assert_max_num_queries):
    rebuild()
    DirtyCell.objects.all().delete()
    world.save("Huawu", trained=5)
    world.save("Baiyan", trained=5, by="other_clerk")
    with django_assert_max_num_queries(29):
        drain()


@pytest.mark.django_db
def test_a_change_of_the_registry_makes_the_totals_it_touches_stale(world):
    rebuild()
    DirtyCell.objects.all().delete()

    derive_again_without(world["Qingshan"])

    assert set(DirtyCell.objects.values_list("county", "year", "basis")) == {
        (world["520525"].pk, year, basis) for year in (2008, 2009, 2010) for basis in ("recorded", "current")
    }
    drain()
    assert (row_of(world["520525"]).expected, row_of(world["CN"]).expected) == (1, 5)


def derive_again_without(area):
    """End a village before the first round, as the registry would."""
    area.versions.update(valid=(dt.date(2001, 1, 1), dt.date(2005, 1, 1)))
    derive.rebuild()


@pytest.mark.django_db
def test_a_new_round_expects_every_place_of_its_year(world):
    rebuild()
    DirtyCell.objects.all().delete()
    Round.objects.create(programme="dew", year=2011, opens="2012-01-01", due="2012-02-01", closes="2012-03-01")
    drain()
    assert (row_of(world["CN"], 2011).expected, row_of(world["CN"], 2011).reported) == (6, 0)


@pytest.mark.django_db
def test_a_county_that_moves_leaves_its_old_prefecture_right(world):
    other = move_county(world["520525"], to=world["52"])
    drain()
    assert row_of(world["5205"]).expected == 4
    assert (other.parent_id, row_of(world["52"]).expected) == (world["52"].pk, 6)


def move_county(county, to):
    """Put a county directly under a province, in all its versions."""
    rebuild()
    county.versions.update(parent=to)
    derive.rebuild()
    county.refresh_from_db()
    return county
