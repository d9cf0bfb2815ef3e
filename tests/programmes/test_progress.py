"""Progress: how far the records of areas are, down to the grid, and as a file."""

from __future__ import annotations

import csv
import datetime as dt
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from programmes.catalogue.dew import DewRecord
from programmes.models import Round
from programmes.progress import parts_of
from tests.programmes.reviews import ZHIJIN, approve, give_back, submit
from tests.queries import queries_made

pytestmark = pytest.mark.django_db


def page(client: Any, code: str, name: str = "progress-area") -> Any:
    return client.get(reverse(name, args=["dew", 2010, code]))


@pytest.fixture
def busy(world: Any) -> Any:
    """Of Zhijin's four villages one is approved, one returned, one submitted, one in draft; Nayong has nothing."""
    for place in ("Huawu", "Gaoshan"):
        world.save(place, trained=5)
    submit(world)
    approve(world, seen={world["Huawu"].pk: 2})
    give_back(world)
    world.save("Longtan", trained=5)
    submit(world, area=world["Longtan"])
    world.save("Dazhai", trained=5)
    return world


@pytest.mark.parametrize("code", ["CN", "52", "5205", ZHIJIN])
def test_the_parts_add_up_at_every_level(busy, code):
    own, parts = parts_of(DewRecord, 2010, busy[code])
    counts = {"drafted": 1, "submitted": 1, "returned": 1, "approved": 1, "reported": 2, "confirmed": 0}
    assert {name: own.as_dict()[name] for name in counts} == counts
    assert sum(part.progress.expected for part in parts) == own.expected == (4 if code == ZHIJIN else 6)


def test_the_page_leads_down_to_the_grid(as_user, busy):
    client = as_user("reviewer")
    bijie = page(client, "5205")
    assert [(p["url"], p["grid_url"]) for p in bijie.context["parts"]] == [
        (f"/progress/dew/2010/{code}/", f"/work/dew/2010/{code}/") for code in (ZHIJIN, "520525")
    ]
    assert bijie.context["grid_url"] == ""
    county = page(client, ZHIJIN)
    assert county.context["grid_url"] == f"/work/dew/2010/{ZHIJIN}/"
    assert [p["url"] for p in county.context["parts"]] == [
        "/work/dew/2010/520524100/", "/work/dew/2010/520524101/",
    ]  # fmt: skip
    assert page(client, "520524100").context["parts"] == []
    assert page(client, "520524100201").status_code == 404
    assert page(client, "52").status_code == 404


def test_what_is_not_in_is_overdue_from_the_day_it_is_due(as_user, busy):
    client = as_user("reviewer")
    assert page(client, ZHIJIN).context["own"]["overdue"] == 0
    Round.objects.filter(year=2010).update(due=timezone.localdate() - dt.timedelta(days=1))
    shown = page(client, ZHIJIN)
    assert (shown.context["own"]["overdue"], shown.context["own"]["percent"]) == (2, 50)
    assert "50 % reported, 25 % approved" in shown.content.decode()


def test_a_page_costs_the_same_queries_for_any_number_of_parts(as_user, busy):
    client, costs = as_user("admin"), []
    for code in ("5205", "52", "CN"):
        with queries_made() as queries:
            assert page(client, code).status_code == 200
        costs.append(len(queries))
    # From a prefecture up the counties are counted, and above it the counties that lie in each part; nothing is above
    # the nation.
    assert costs == [18, 19, 18]


def test_the_file_has_every_part_and_the_whole_in_its_last_line(as_user, busy):
    answer = page(as_user("clerk"), ZHIJIN, "progress-csv")
    rows = list(csv.DictReader(answer.getvalue().decode("utf-8-sig").splitlines()))
    assert [(row["code"], row["expected"], row["submitted"], row["returned"]) for row in rows] == [
        ("520524100", "3", "0", "1"),
        ("520524101", "1", "1", "0"),
        (ZHIJIN, "4", "1", "1"),
    ]


def test_the_start_leads_to_ones_own_area_in_the_round_that_is_due(as_user, world):
    assert as_user("township_clerk").get(reverse("progress"))["Location"] == "/progress/dew/2010/520524100/"
    Round.objects.all().delete()
    assert "No round has been planned" in as_user("clerk").get(reverse("progress")).content.decode()


def test_another_programme_is_a_choice_away_with_its_latest_year(as_user, world):
    day = timezone.localdate()
    Round.objects.create(programme="education", year=2008, opens=day, due=day, closes=day)
    ways = page(as_user("clerk"), ZHIJIN).context["programmes"]
    assert [(way["url"], way["current"]) for way in ways] == [
        (f"/progress/dew/2010/{ZHIJIN}/", True),
        (f"/progress/education/2008/{ZHIJIN}/", False),
    ]
