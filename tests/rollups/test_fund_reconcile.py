"""Reconciliation of the ledger with the programmes' records."""

from __future__ import annotations

from decimal import Decimal

import pytest

from funding.actions import book_payment
from povtrack.rollups.funds.reconcile import by_programme, worst
from povtrack.rollups.funds.totals import Asked
from povtrack.rollups.recompute import drain
from programmes.actions import submit_records
from programmes.catalogue.dew import DewRecord
from tests.funding.money import DAY, given, passed, treasurer
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def money(world: World) -> World:
    """Zhijin has 100,000 for the Dew Program: 60,000 in Huawu, of which 50,000 are spent; records say 20,000."""
    zhijin = given(world, "Zhijin County", 100_000, programme="dew")
    [huawu] = passed(world, zhijin, Huawu=60_000)
    for kind, amount in (("disbursed", 55_000), ("returned", 5_000), ("spent", 50_000)):
        book_payment(huawu, kind=kind, amount=Decimal(amount), paid_on=DAY, by=treasurer(world))
    nayong = given(world, "Nayong County", 10_000, programme="dew")
    book_payment(nayong, kind="disbursed", amount=Decimal(10), paid_on=DAY, by=treasurer(world))
    given(world, "Zhijin County", 7)
    world.save("Huawu", trained=10, spent=20_000)
    submit_records(DewRecord, year=2010, area=world["Zhijin County"], by=world.clerk)
    drain()
    return world


def test_a_county_is_told_what_came_went_on_rests_was_spent_and_what_the_records_say(money: World) -> None:
    free, dew = by_programme(Asked(money["Zhijin County"], [2010]))
    assert (free.programme, free.allocated, free.recorded) == ("", 7, None)
    assert (dew.allocated, dew.passed_on, dew.resting) == (100_000, 60_000, 40_000)
    assert (dew.disbursed, dew.spent, dew.recorded, dew.approved) == (50_000, 50_000, 20_000, None)
    assert (dew.difference, dew.absorption, dew.differs, dew.is_slow) == (30_000, 50, True, True)
    bijie = by_programme(Asked(money["Bijie"], [2010], programmes=["dew"]))
    assert [(line.allocated, line.resting, line.passed_on) for line in bijie] == [(110_000, 0, 0)]


def test_the_worst_differences_come_first_and_all_counties_are_among_them(money: World) -> None:
    lines = worst(Asked(money["CN"], [2010]))
    assert [line.area_id for line in lines] == [money["Zhijin County"].pk, money["Nayong County"].pk]
    assert [line.difference for line in lines] == [30_000, None]
    assert [line.area_id for line in worst(Asked(money["CN"], [2010]), start=1, size=1)] == [lines[1].area_id]
    assert worst(Asked(money["Nayong County"], [2010])) == lines[1:]


def test_records_without_any_money_are_a_difference_too(money: World) -> None:
    money.save("Longtan", year=2010, spent=30_000, trained=1)
    submit_records(DewRecord, year=2010, area=money["Zhijin County"], by=money.clerk)
    drain()
    [line] = by_programme(Asked(money["Zhuchang"], [2010]))
    assert (line.allocated, line.spent, line.recorded, line.difference) == (0, 0, 30_000, -30_000)
    assert line.differs
    assert line.absorption is None
