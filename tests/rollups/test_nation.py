"""The invented nation: it adds up, is the same for the same seed, and does not come over somebody's data."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from typing import Any
from unittest import mock

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection, transaction
from django.db.models import Sum

from funding.models import Allocation, Balance, DirtyFunds
from povtrack.lib.progress import SilentSteps
from povtrack.rollups.funds.verify import verify as verify_funds
from povtrack.rollups.nation import money, records
from povtrack.rollups.nation.generate import Size, generate
from povtrack.rollups.nation.places import villages
from programmes.catalogue.dew import DewRecord
from programmes.models import DirtyCell
from programmes.registry import programmes
from tests.world import World
from villages import derive
from villages.levels import Level
from villages.models import Area

pytestmark = pytest.mark.django_db

SMALL = Size(villages=5, records=200, allocations=100)


@pytest.fixture(autouse=True)
def little() -> Iterator[None]:
    """And few years: nothing here depends on how many there are."""
    years = range(2008, 2011)
    with mock.patch.multiple(records, PATTERNS=3, YEARS=years), mock.patch.object(money, "YEARS", years):
        yield


@contextmanager
def taken_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def figures() -> list[Any]:
    money = Allocation.objects.order_by("document_no", "area", "amount").values_list("document_no", "area", "amount")
    return [*money, *DewRecord.objects.order_by("area", "year").values_list("area", "year", "trained", "spent")]


@pytest.mark.thorough
def test_a_nation_adds_up_and_is_the_same_for_the_same_seed(world: World) -> None:
    for model in programmes():
        model.objects.all().delete()
    with taken_back():
        made = generate(SMALL, progress=SilentSteps())
        first = figures()
        assert (made.villages, made.allocations > 80, made.payments > 50) == (5, True, True)
        assert made.records == sum(model.objects.count() for model in programmes())
        assert 150 < made.records < 260
        assert all(model.objects.exists() for model in programmes() if model.level == Level.VILLAGE)
        connection.check_constraints()
        assert verify_funds() == []
        assert not DirtyCell.objects.exists()
        assert not DirtyFunds.objects.exists()
        assert not Balance.objects.filter(available__lt=0).exists()
        nation = DewRecord.rollup.objects.get(area=world["CN"], year=2009, basis="current")
        assert nation.trained == DewRecord.objects.filter(year=2009).aggregate(sum=Sum("trained"))["sum"]
    with taken_back(), mock.patch("povtrack.rollups.recompute.rebuild"):
        generate(SMALL, progress=SilentSteps())
        assert figures() == first


def test_it_does_not_come_over_data_that_are_there(world: World) -> None:
    world.save("Huawu", trained=5)
    with pytest.raises(CommandError, match="--beside"):
        call_command("generate_nation", villages=2, records=10, allocations=0)
    with redirect_stdout(io.StringIO()) as said, mock.patch("povtrack.rollups.recompute.rebuild"):
        call_command("generate_nation", villages=2, records=10, allocations=0, beside=True)
    assert "2 villages" in said.getvalue()


def test_villages_are_invented_in_counties_that_have_none(world: World) -> None:
    county, by = world["Nayong County"], world.admin
    below = Area.objects.within(county).exclude(pk=county.pk)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM villages_areaversion WHERE area_id = ANY(%s)", [[area.pk for area in below]])
    derive.rebuild()
    found = villages(40, seed=1, by=by, progress=SilentSteps())
    assert len(found) == 40
    assert sum(village.county == county.pk for village in found) > 30
    assert {problem.kind for problem in derive.problems()} == {"no_version"}  # those that were taken away above
