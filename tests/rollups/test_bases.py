"""Totals on every basis: by hand for each kind of change, against the twin, and equal for the nation."""

from __future__ import annotations

import datetime as dt
import random
from contextlib import suppress
from decimal import Decimal

import pytest

from povtrack.rollups.boundaries import CURRENT
from povtrack.rollups.divided import shares_of
from povtrack.rollups.on_request import Request, summed
from povtrack.rollups.recompute import drain, rebuild
from povtrack.rollups.verify import verify
from programmes.actions import load_records
from programmes.catalogue.dew import DewRecord
from programmes.models import DirtyCell
from tests.database import made_once
from tests.extent import some_of
from tests.rollups.reforms import close, found, merge, move, pass_on, split
from tests.rollups.test_recompute import assert_equals_twin, assert_rows_equal, kept, row_of, write_something
from tests.rollups.twin import Registry, twin
from villages import derive
from villages.models import Area

pytestmark = pytest.mark.django_db

YEARS = (2008, 2009, 2010)
SPRING = dt.date(2009, 4, 1)
MIDSUMMER = dt.date(2010, 7, 1)


def give(world, place, year, trained, spent=None, state="approved"):
    figures = [trained, *[None] * 8, spent]
    load_records(DewRecord, rows=[[world[place].pk, year, state, False, *figures]], by=world.admin)


@pytest.fixture
def reported(world):
    return made_once(report, world)


def report(world):
    """Each village has reported the same number of trained in all three years."""
    for year in YEARS:
        for place, trained in REPORTED.items():
            give(world, place, year, trained)
    rebuild()
    return world


REPORTED = {"Huawu": 10, "Gaoshan": 20, "Dazhai": 5, "Longtan": 7, "Baiyan": 40, "Qingshan": 2}
ALL = sum(REPORTED.values())


def on_basis(basis, year=2010):
    """The totals of one basis by area id, whether it is kept or summed on request."""
    if basis in ("recorded", "current"):
        return kept(year, basis)
    with summed(Request(DewRecord, int(basis), [year])):
        return kept(year, basis)


def trained(area, year, basis):
    row = on_basis(basis, year).get(area.pk)
    return row and row["trained"]


def assert_sound(world):
    """All that holds on every basis, whatever changed: the twin agrees, the nation is the same, a rebuild too."""
    registry = Registry()
    for year in YEARS:
        nation = None
        for basis in ("recorded", "current", *map(str, (2005, *YEARS))):
            rows = on_basis(basis, year)
            assert_rows_equal(rows, twin(year, basis, registry=registry), f"{year} on {basis}")
            whole = rows[world["CN"].pk]
            assert nation in (None, whole), (year, basis)
            nation = whole
    before = [kept(year, basis) for year in YEARS for basis in ("recorded", "current")]
    rebuild()
    assert [kept(year, basis) for year in YEARS for basis in ("recorded", "current")] == before


def test_a_village_that_moves_takes_earlier_years_along_on_todays_boundaries(reported):
    world = reported
    move(world["Longtan"], world["520525100"], MIDSUMMER)
    drain()
    zhijin, nayong = world["520524"], world["520525"]
    assert [trained(nayong, year, "recorded") for year in YEARS] == [42, 42, 49]
    assert [trained(nayong, year, "current") for year in YEARS] == [49, 49, 49]
    assert [trained(nayong, 2010, basis) for basis in ("2009", "2010")] == [42, 49]
    assert [trained(zhijin, 2008, basis) for basis in ("2009", "2010")] == [42, 35]
    assert_sound(world)


def test_a_county_that_changes_its_prefecture_changes_no_recorded_total_of_earlier_years(reported):
    world = reported
    recorded = {year: kept(year) for year in (2008, 2009)}
    new = found("5206", 2, world["52"], MIDSUMMER)
    move(world["520525"], new, MIDSUMMER)
    drain()
    assert {year: kept(year) for year in (2008, 2009)} == recorded
    assert [trained(new, year, "recorded") for year in YEARS] == [None, None, 42]
    assert [trained(new, year, "current") for year in YEARS] == [42, 42, 42]
    assert [trained(world["5205"], 2008, basis) for basis in ("2008", "2010")] == [ALL, 42]
    assert_sound(world)


def test_a_second_move_reaches_the_years_before_the_first(reported):
    """The placement of 2008 is not touched by a move of 2010; where its figures lie today is."""
    world = reported
    one, two = found("5206", 2, world["52"], SPRING), found("5207", 2, world["52"], MIDSUMMER)
    move(world["520525"], one, SPRING)
    drain()
    move(world["520525"], two, MIDSUMMER)
    drain()
    assert trained(two, 2008, "current") == 42
    assert one.pk not in kept(2008, "current")
    assert trained(one, 2009, "recorded") == 42
    assert_sound(world)


def test_a_merged_village_counts_in_its_successor(reported):
    world = reported
    merge([world["Longtan"], world["Baiyan"]], world["Baiyan"], SPRING)
    drain()
    assert trained(world["520525"], 2008, "current") == 49
    assert row_of(world["520525"], 2008, "current").expected == 3
    assert row_of(world["520524101"], 2008).expected == 1
    # Half of what Baiyan gave in 2010 came from old Longtan, as far as anybody knows; Longtan's own late 7 stays there.
    assert trained(world["520524"], 2010, "2008") == 35 + 20 + 7
    assert_sound(world)


def test_a_divided_village_is_estimated_in_each_part_and_exact_in_the_whole(reported):
    world = reported
    new = found("520524101202", 5, world["520524101"], SPRING)
    split(world["Baiyan"], {world["Baiyan"]: "0.3", new: "0.7"}, SPRING)
    drain()
    zhijin, nayong = (row_of(world[code], 2008, "current") for code in ("520524", "520525"))
    assert (zhijin.trained, nayong.trained) == (42 + 28, 2 + 12)
    assert (zhijin.estimated, nayong.estimated, row_of(world["5205"], 2008, "current").estimated) == (1, 1, 0)
    assert (zhijin.reported + nayong.reported, zhijin.expected + nayong.expected) == (6, 6)
    assert row_of(world["520525"], 2008).estimated == 0
    shares = shares_of(DewRecord, CURRENT, [zhijin, nayong])
    assert [(s.code, s.share) for s in shares[world["520524"].pk, 2008, ""]] == [("520525100201", Decimal("0.7"))]
    assert [(s.code, s.share) for s in shares[world["520525"].pk, 2008, ""]] == [("520525100201", Decimal("0.3"))]
    assert_sound(world)


def test_parts_of_amounts_add_up_to_the_fen(world):
    give(world, "Baiyan", 2008, 10, "0.05")
    one, two = (found(f"52052410120{n}", 5, world["520524101"], SPRING) for n in (3, 4))
    other = found("520524100204", 5, world["520524100"], SPRING)
    split(world["Baiyan"], {one: "0.3333333333", two: "0.3333333333", other: "0.3333333334"}, SPRING)
    rebuild()
    zhijin = row_of(world["520524"], 2008, "current")
    parts = [row_of(world[code], 2008, "current") for code in ("520524100", "520524101")]
    assert (zhijin.spent, zhijin.estimated) == (Decimal("0.05"), 0)
    assert sum(part.spent for part in parts) == Decimal("0.05")
    assert {part.estimated for part in parts} == {1}
    assert_sound(world)


def test_a_record_of_a_village_that_ended_that_year_keeps_counting_with_its_heir(reported):
    world = reported
    merge([world["Baiyan"], world["Longtan"]], world["Longtan"], MIDSUMMER)
    drain()
    record = DewRecord.objects.get(area=world["Baiyan"], year=2010)
    assert (record.county, record.township) == (world["520524"], world["520524101"])
    for basis in ("recorded", "current"):
        row = row_of(world["520524"], 2010, basis)
        assert (row.trained, row.expected, row.reported) == (82, 5, 5)
        assert row_of(world["CN"], 2010, basis).trained == ALL
    assert_sound(world)
    record.delete()
    drain()
    assert row_of(world["520524"], 2010, "current").expected == 4
    assert_sound(world)


def test_a_record_follows_the_heir_of_its_place_when_that_moves_on(reported):
    world = reported
    merge([world["Baiyan"], world["Longtan"]], world["Longtan"], MIDSUMMER)
    move(world["520524101"], world["520525"], dt.date(2010, 10, 1))
    drain()
    assert DewRecord.objects.get(area=world["Baiyan"], year=2010).county == world["520525"]
    assert_sound(world)


def test_a_village_that_ends_without_an_heir_falls_to_its_township(reported):
    world = reported
    close(world["Longtan"], MIDSUMMER)
    derive.rebuild()
    drain()
    record = DewRecord.objects.get(area=world["Longtan"], year=2010)
    assert (record.county, record.township) == (world["520524"], world["520524101"])
    row = row_of(world["520524101"], 2010)
    assert (row.trained, row.expected) == (7, 1)
    move(world["520524101"], world["520525"], dt.date(2010, 9, 1))
    drain()
    assert DewRecord.objects.get(area=world["Longtan"], year=2010).county == world["520525"]
    assert_sound(world)


def test_a_county_that_was_merged_leaves_no_row_on_todays_boundaries(reported):
    world = reported
    whole = found("520526", 3, world["5205"], SPRING)
    for township in ("520524100", "520524101", "520525100"):
        move(world[township], whole, SPRING, derived=False)
    merge([world["520524"], world["520525"]], whole, SPRING)
    drain()
    for year in YEARS:
        assert set(kept(year, "current")) == {world[c].pk for c in ("CN", "52", "5205")} | {
            whole.pk, *(world[c].pk for c in ("520524100", "520524101", "520525100")),
        }  # fmt: skip
        assert trained(whole, year, "current") == ALL
    assert [trained(world["520524"], year, "recorded") for year in YEARS] == [42, None, None]
    assert [trained(world["520524"], year, "2008") for year in YEARS] == [42, 42, 42]
    assert_sound(world)


def test_an_edit_before_a_reform_reaches_todays_totals(reported):
    world = reported
    move(world["Longtan"], world["520525100"], SPRING)
    drain()
    DewRecord.objects.filter(area=world["Longtan"], year=2008).update(trained=100)
    drain()
    assert trained(world["520525"], 2008, "current") == 142
    assert_sound(world)


def test_totals_on_request_are_of_what_was_asked_and_leave_nothing_behind(reported):
    world = reported
    move(world["Longtan"], world["520525100"], MIDSUMMER)
    drain()
    before = kept(2009)
    with summed(Request(DewRecord, 2010, [2009], [world["520525"].pk])) as on:
        assert on.basis == "2010"
        assert set(kept(2009, "2010")) == {world["520525"].pk, world["520525100"].pk}
        assert kept(2009, "2010")[world["520525"].pk]["trained"] == 49
        assert kept(2009) == {}
    assert kept(2009) == before
    with summed(Request(DewRecord, 2010, [2009], [world["520525100"].pk])):
        assert kept(2009, "2010")[world["520525100"].pk]["trained"] == 49


@pytest.mark.parametrize("seed", some_of(range(6), 0))
def test_all_bases_agree_with_the_twin_after_random_reforms(world, seed):
    chance = random.Random(seed)
    rebuild()
    day = dt.date(2008, 2, 1)
    villages = list(Area.objects.filter(level=5))
    for number in range(5):
        for village in chance.sample(villages, 3):
            write_something_standing(world, village, chance)
        reform(world, chance, day, number)
        day += dt.timedelta(chance.randrange(60, 250))
        drain()
        for year in YEARS:
            assert_equals_twin(year)
    assert not DirtyCell.objects.exists()
    assert_sound(world)


def write_something_standing(world, village, chance):
    # A place that had ended by the end of the year is refused: no record is made for it any more.
    with suppress(ValueError):
        write_something(world, village, chance)


def reform(world, chance, day, number):
    """Change the registry somehow: villages, townships or counties move, merge, are divided or end."""
    level = chance.choice([3, 4, 5, 5])
    standing = list(Area.objects.filter(level=level, ended_on=None).order_by("pk"))
    above = list(Area.objects.filter(level=level - 1, ended_on=None).order_by("pk"))
    one, parent = chance.choice(standing), chance.choice(above)
    kind = chance.choice(["move", "merge", "split", "give", "end"] if level == 5 else ["move"])
    others = [a for a in standing if a != one]
    if kind == "move":
        move(one, parent, day)
    elif kind == "merge" and others:
        new = chance.choice([one, found(f"9{number}{level}", level, parent, day)])
        merge([one, chance.choice(others)], new, day)
    elif kind == "split":
        new = found(f"9{number}{level}", level, parent, day)
        share = chance.choice(["0.5", "0.25", "0.3333333333"])
        keeps = chance.choice([one, found(f"8{number}{level}", level, chance.choice(above), day)])
        split(one, {keeps: str(1 - Decimal(share)), new: share}, day)
    elif kind == "give" and others:
        other = chance.choice(others)
        pass_on(day, (one, one, "0.6", "1"), (one, other, "0.4", "0.3"), (other, other, "1", "0.7"))
        derive.rebuild()
    elif len(standing) > 3:
        close(one, day)
        derive.rebuild()


@pytest.mark.django_db(transaction=True)
def test_verify_proves_both_bases(reported):
    world = reported
    merge([world["Baiyan"], world["Longtan"]], world["Longtan"], MIDSUMMER)
    new = found("520525100203", 5, world["520525100"], MIDSUMMER)
    split(world["Dazhai"], {world["Dazhai"]: "0.5", new: "0.5"}, MIDSUMMER)
    assert verify() == []
    drain()
    assert verify() == []
    DewRecord.rollup.objects.filter(area=world["520524"], year=2009, basis="current").update(estimated=7)
    [found_] = verify()
    assert (found_.basis, found_.column, found_.kept, found_.recomputed) == ("current", "estimated", 7, 1)
    DewRecord.objects.filter(area=world["Baiyan"], year=2010).update(county=world["520525"])
    drain()
    assert (world["Baiyan"].pk, "county of record") in {(d.area, d.column) for d in verify()}
