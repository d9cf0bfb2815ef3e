"""Totals of programmes with kinds, flags, means and quantities of many units: right by hand and by the slow twin."""

from __future__ import annotations

import datetime as dt
import random
from decimal import Decimal

import pytest

from povtrack.rollups.recompute import drain, rebuild
from povtrack.rollups.verify import verify
from programmes.actions import IncomingRow, approve_records, load_records, save_rows, submit_records
from programmes.catalogue.loans import LoanRecord
from programmes.catalogue.profile import ProfileRecord
from programmes.catalogue.relocation import RelocationRecord
from programmes.catalogue.work_relief import WorkReliefRecord
from tests.extent import some_of
from tests.rollups.reforms import found, split
from tests.rollups.test_recompute import assert_rows_equal
from tests.rollups.twin import twin_by_kind
from villages.models import Area

SPRING = dt.date(2009, 4, 1)
pytestmark = pytest.mark.django_db


def save(world, model, place, kind="", *, by="clerk", nil=False, **figures):
    values = {name: str(figure) for name, figure in figures.items()}
    row = IncomingRow(world[place].pk, 0, nil, values, kind)
    [result] = save_rows(model, year=2010, rows=[row], by=world.users[by])
    assert result.status == "saved", result.errors
    return result


def total(model, area, kind="", basis="recorded"):
    return model.rollup.objects.get(area=area, year=2010, basis=basis, breakdown=kind)


def kept_by_kind(model, year, basis):
    skip = {"id", "area", "parent", "level", "year", "basis", "breakdown", "computed_at"}
    names = [f.name for f in model.rollup._meta.local_fields if f.name not in skip]
    rows = model.rollup.objects.filter(year=year, basis=basis)
    return {(row.area_id, row.breakdown): {name: getattr(row, name) for name in names} for row in rows}


def assert_equals_twin(model, year, basis):
    kept, expected = kept_by_kind(model, year, basis), twin_by_kind(year, basis, model)
    for kind in {kind for _area, kind in kept.keys() | expected.keys()}:
        rows = {area: row for (area, of_kind), row in kept.items() if of_kind == kind}
        wanted = {area: row for (area, of_kind), row in expected.items() if of_kind == kind}
        assert_rows_equal(rows, wanted, f"{model.code} {year} {basis} {kind}")


def test_a_place_counts_once_over_all_kinds_and_quantities_of_other_units_are_not_added(open_world):
    world = open_world
    save(world, WorkReliefRecord, "Huawu", "road", quantity="3.5", people=120, wages="1000", spent="4000.50")
    save(world, WorkReliefRecord, "Huawu", "irrigation", quantity="80", people=60, spent="2000")
    save(world, WorkReliefRecord, "Gaoshan", "road", quantity="1.25", people=40, spent="900")
    save(world, WorkReliefRecord, "Gaoshan", "water", nil=True)
    save(world, WorkReliefRecord, "Dazhai", "road", nil=True)
    submit_records(WorkReliefRecord, year=2010, area=world["520524"], by=world.clerk)
    # One record of Huawu goes back in hand: the place is no longer reported, whatever its other record says.
    row = IncomingRow(world["Huawu"].pk, 2, nil=False, values={"people": "61"}, breakdown="irrigation")
    save_rows(WorkReliefRecord, year=2010, rows=[row], by=world.clerk)
    drain()

    county = total(WorkReliefRecord, world["520524"])
    assert (county.expected, county.drafted, county.reported, county.nil) == (4, 1, 2, 1)
    # What is submitted counts, kind by kind: the road of Huawu is in, its irrigation is not.
    totals = county.totals()
    assert (totals["people"], totals["spent"], totals["quantity"]) == (160, Decimal("4900.50"), None)
    road, water = (total(WorkReliefRecord, world["520524"], kind) for kind in ("road", "water"))
    assert (road.expected, road.reported, road.nil, road.totals()["quantity"]) == (3, 3, 1, Decimal("4.75"))
    assert (water.reported, water.nil, water.totals()["people"]) == (1, 1, None)
    irrigation = total(WorkReliefRecord, world["520524"], "irrigation")
    assert (irrigation.expected, irrigation.drafted, irrigation.reported) == (1, 1, 0)
    assert total(WorkReliefRecord, world["CN"], "road").totals() == road.totals()


def test_flags_count_who_says_yes_and_income_is_weighted_by_people(open_world):
    world = open_world
    save(
        world,
        ProfileRecord,
        "Huawu",
        population=100,
        poor_people=20,
        net_income="2000",
        has_road="yes",
        has_school="no",
    )
    save(world, ProfileRecord, "Gaoshan", population=300, net_income="3000", has_road="是", has_school="0")
    save(world, ProfileRecord, "Dazhai", population=50, has_road="no")
    submit_records(ProfileRecord, year=2010, area=world["520524"], by=world.clerk)
    drain()
    county = total(ProfileRecord, world["520524"])
    totals = county.totals()
    assert (totals["has_road"], county.has_road_filled) == (2, 3)
    assert (totals["has_school"], county.has_school_filled) == (0, 2)  # nobody says yes, which is not: nobody says
    assert (totals["has_clinic"], totals["net_income"]) == (None, Decimal("2750.00"))
    assert county.rates()["poverty"] == Decimal("4.4")


def test_what_counties_report_adds_up_from_the_county(open_world):
    world = open_world
    save(world, LoanRecord, "520524", loans=12, loans_women=7, loaned="600000", loaned_women="250000", discount="30000")
    save(world, LoanRecord, "520525", by="other_clerk", loans=3, loaned="90000")
    for county, clerk in (("520524", "clerk"), ("520525", "other_clerk")):
        submit_records(LoanRecord, year=2010, area=world[county], by=world.users[clerk])
    approve_records(LoanRecord, year=2010, area=world["520524"], by=world.reviewer)
    drain()
    nation = total(LoanRecord, world["CN"])
    assert (nation.expected, nation.reported, nation.approved) == (2, 2, 1)
    assert (nation.totals()["loans"], nation.totals("_approved")["loaned"]) == (15, Decimal(600000))
    assert nation.rates()["women_share"] == Decimal("36.2")
    assert not LoanRecord.rollup.objects.filter(level__gt=3).exists()


@pytest.mark.parametrize("seed", some_of(range(4), 0))
def test_kinds_agree_with_the_twin_on_all_boundaries_after_random_edits_and_a_division(open_world, seed):
    world, chance = open_world, random.Random(seed)
    villages = list(Area.objects.filter(level=5))
    load_records(WorkReliefRecord, rows=_random_rows(WorkReliefRecord, villages, chance), by=world.clerk)
    load_records(RelocationRecord, rows=_random_rows(RelocationRecord, villages, chance), by=world.clerk)
    drain()
    new = found("520524101202", 5, world["520524101"], SPRING)
    split(world["Baiyan"], {world["Baiyan"]: "0.3", new: "0.7"}, SPRING)
    chosen = WorkReliefRecord.objects.filter(
        pk__in=chance.sample(list(WorkReliefRecord.objects.values_list("pk", flat=True)), 2)
    )
    chosen.delete()
    drain()
    for model in (WorkReliefRecord, RelocationRecord):
        for basis in ("recorded", "current"):
            assert_equals_twin(model, 2010, basis)
    before = kept_by_kind(WorkReliefRecord, 2010, "current")
    rebuild(codes=["work-relief"])
    assert kept_by_kind(WorkReliefRecord, 2010, "current") == before


@pytest.mark.django_db(transaction=True)
def test_verify_finds_a_wrong_total_of_one_kind(open_world):
    world = open_world
    save(world, WorkReliefRecord, "Huawu", "road", people=120)
    submit_records(WorkReliefRecord, year=2010, area=world["520524"], by=world.clerk)
    drain()
    assert verify() == []
    WorkReliefRecord.rollup.objects.filter(area=world["52"], breakdown="road", basis="recorded").update(people=121)
    [found_wrong] = verify()
    assert (found_wrong.breakdown, found_wrong.column, found_wrong.kept, found_wrong.recomputed) == (
        "road", "people", 121, 120,
    )  # fmt: skip


def _random_rows(model, villages, chance):
    for village in villages:
        for kind in model.kinds:
            if chance.random() < 0.5:
                state = chance.choice(["draft", "returned", "submitted", "approved"])
                nil = chance.random() < 0.2
                yield [
                    village.pk,
                    2010,
                    kind.code,
                    state,
                    nil,
                    *(None if nil else _figure(m, chance) for m in model.measures()),
                ]


def _figure(measure, chance):
    """A whole is always 100, a part at most that; now and then a part of nothing is left out with its whole."""
    if measure.kind == "code":
        return chance.choice([None, "520524100201"])
    if measure.part_of:
        return chance.choice([None, 0, 7, 100])
    return 100 if measure.name in ("people", "workers", "spent", "households") else chance.choice([None, 0, 3])
