"""Totals of the ledger against plain sums over the same entries, on every basis."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from funding.actions import adjust_allocation, book_payment
from povtrack.lib.basis import Basis
from povtrack.rollups.funds.totals import Asked, mean_growth, share, total, totals
from povtrack.rollups.recompute import drain
from tests.funding.money import DAY, given, passed, treasurer
from tests.rollups.reforms import found, merge, split
from tests.world import World
from villages.levels import Level
from villages.models import Designation, Membership

pytestmark = pytest.mark.django_db


@pytest.fixture
def money(world: World) -> World:
    """1,000 for Guizhou, of which 400 go to Zhijin (100 on to Huawu, for the Dew Program), and 250 to Nayong."""
    by = treasurer(world)
    guizhou = given(world, "Guizhou", 1000)
    zhijin, nayong = passed(world, guizhou, Zhijin_County=500, Nayong_County=250)
    adjust_allocation(
        zhijin, kind="withdrawn", amount=Decimal(-100), document_no="1", document_date=DAY, reason="Less.", by=by
    )
    [huawu] = passed(world, zhijin, "dew", Huawu=100)
    for allocation, kind, amount in (
        (zhijin, "disbursed", 90), (zhijin, "returned", 20), (huawu, "disbursed", 60), (huawu, "spent", 55),
        (nayong, "disbursed", 7),
    ):  # fmt: skip
        book_payment(allocation, kind=kind, amount=Decimal(amount), paid_on=DAY, by=by)
    given(world, "CN", 9, year=2009)
    drain()
    return world


def by_part(world: World, area: str, basis: str = "recorded") -> dict[str, Decimal]:
    found = totals(Asked(world[area], [2010], Basis(basis)), by_part=True)
    names = {place.pk: place.code for place in world.areas.values()}
    return {names[row.keys["part"]]: row.resting for row in found}


@pytest.mark.parametrize("basis", ["recorded", "current", "2008"])
def test_each_yuan_counts_in_one_place_on_every_basis(money: World, basis: str) -> None:
    assert by_part(money, "CN", basis) == {"52": 1000}
    assert by_part(money, "Guizhou", basis) == {"52": 350, "5205": 650}
    assert by_part(money, "Bijie", basis) == {"520524": 400, "520525": 250}
    assert by_part(money, "Zhijin County", basis) == {"520524": 300, "520524100": 100}
    assert by_part(money, "Chengguan", basis) == {"520524100201": 100}


def test_the_figures_of_an_area_are_sums_over_all_below(money: World) -> None:
    zhijin = total(Asked(money["Zhijin County"], [2010]))
    assert (zhijin.resting, zhijin.disbursed, zhijin.returned, zhijin.spent) == (400, 150, 20, 55)
    assert total(Asked(money["CN"], [2009, 2010])).resting == 1009
    assert total(Asked(money["CN"], [2011])).resting == 0


def test_received_by_level_counts_a_yuan_once_on_each_level(money: World) -> None:
    found = totals(Asked(money["CN"], [2010]), "level")
    assert [(row.keys["level"], row.received, row.resting) for row in found] == [
        (1, 1000, 350), (3, 650, 550), (5, 100, 100),
    ]  # fmt: skip


def test_money_that_is_given_a_programme_counts_there_and_no_longer_where_it_came_from(money: World) -> None:
    found = totals(Asked(money["CN"], [2010]), "programme", "tier", "source", "kind", "year")
    assert [(row.keys["programme"], row.resting) for row in found] == [("", 900), ("dew", 100)]
    assert total(Asked(money["CN"], [2010], programmes=["dew"])).spent == 55
    assert total(Asked(money["CN"], [2010], sources=["other"])).resting == 0


def test_the_money_of_a_list_is_what_lies_in_its_places_in_each_year(money: World) -> None:
    key = Designation.objects.create(code="key-2001", name="重点县")
    Membership.objects.create(designation=key, area=money["Zhijin County"], valid=("2001-01-01", "2010-06-01"))
    assert total(Asked(money["CN"], [2010], designation=key)).resting == 0
    Membership.objects.update(valid=("2001-01-01", None))
    assert total(Asked(money["CN"], [2010], designation=key)).resting == 400
    assert totals(Asked(money["Bijie"], [2010], designation=key), "county")[0].keys["county"] == money["520524"].pk


def test_growth_is_over_one_interval_less_than_there_are_years() -> None:
    series = [(2001, Decimal("12.75")), (2010, Decimal("34.93"))]
    growth = mean_growth(series)
    assert growth is not None
    assert round(growth, 2) == Decimal("11.85")
    assert mean_growth(series[:1]) is None
    assert mean_growth([(2001, Decimal(0)), (2002, Decimal(1))]) is None
    assert share(Decimal("145.72"), Decimal(0)) is None


def test_the_money_of_a_divided_county_goes_with_its_parts_to_the_cent(money: World) -> None:
    """A third of Zhijin becomes a county of its own in 2012, and Nayong ends in Zhijin in 2013."""
    spring = dt.date(2012, 4, 1)
    new = found("520531", Level.COUNTY, money["Bijie"], spring)
    split(money["Zhijin County"], {money["Zhijin County"]: "0.666666", new: "0.333334"}, spring)
    merge([money["Nayong County"], money["Zhijin County"]], money["Zhijin County"], dt.date(2013, 4, 1))
    drain()
    before = {"52": 350, "5205": 650}
    for basis in ("recorded", "2011", "2012", "2013", "current"):
        assert by_part(money, "Guizhou", basis) == before
    assert by_part(money, "Bijie", "recorded") == {"520524": 400, "520525": 250}
    # Of the 300 that rest with the county itself; what rests in Huawu stays where Huawu is.
    places = {**{place.pk: place.code for place in money.areas.values()}, new.pk: new.code}
    for basis, held in (
        ("2012", {"520524": Decimal(100) + Decimal("200.00"), "520525": Decimal(250), "520531": Decimal("100.00")}),
        ("current", {"520524": Decimal(550), "520531": Decimal("100.00")}),
    ):
        rows = totals(Asked(money["Bijie"], [2010], Basis(basis)), by_part=True)
        assert {places[row.keys["part"]]: row.resting for row in rows} == pytest.approx(held, abs=Decimal("0.01"))
        assert sum(row.resting for row in rows) == 650
        whole = total(Asked(money["Bijie"], [2010], Basis(basis)))
        assert (whole.disbursed, whole.returned, whole.spent) == (157, 20, 55)
