"""Totals by designation: who counts in which year, once each, and only what the reader may see."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest

from povtrack.rollups.recompute import drain
from programmes.actions import approve_records, submit_records
from programmes.catalogue.dew import DewRecord
from tests.queries import queries_made
from villages import derive
from villages.levels import Level
from villages.models import AreaVersion, Designation, Membership

pytestmark = pytest.mark.django_db

PAGE = "/figures/dew/2010/designation/key-2001/"
TOTAL = "/api/v1/designated/dew/"
ROWS = "/api/v1/rollups/dew/"


def member(designation: Designation, area: Any, since: str = "2001-01-01", until: str | None = None) -> Membership:
    return Membership.objects.create(
        designation=designation, area=area, valid=(since, until), listed_name="x" if area is None else area.name
    )


@pytest.fixture
def keys(world: Any) -> Any:
    """Zhijin (60 trained, 2 of 4 villages) is a key county until 2010, Nayong (10) from 2010 on; one line is open."""
    world.save("Huawu", trained=50, placed=40, spent="100.10")
    world.save("Longtan", trained=10, placed=5)
    world.save("Baiyan", by="other_clerk", trained=10)
    submit_records(DewRecord, year=2010, area=world["520524"], by=world.clerk)
    submit_records(DewRecord, year=2010, area=world["520525"], by=world.other_clerk)
    approve_records(DewRecord, year=2010, area=world["520525"], by=world.reviewer)
    drain()
    designation = Designation.objects.create(code="key-2001", name="重点县", name_latin="Key counties", listed=592)
    member(designation, world["520524"])
    member(designation, world["520525"], since="2010-12-31")
    member(designation, None)
    return designation


def total(client: Any, **query: Any) -> Any:
    answer = client.get(TOTAL, {"designation": "key-2001", "year": 2010, **query})
    assert answer.status_code == 200, answer.json()
    return answer.json()


def test_the_total_is_over_the_members_of_the_last_day_of_the_year(world: Any, keys: Any, as_user: Any) -> None:
    client = as_user("analyst")
    found = total(client)
    assert (found["total"]["totals"]["trained"], found["total"]["approved_totals"]["trained"]) == (70, 10)
    assert found["total"]["totals"]["spent"] == "100.10"
    assert found["total"]["rates"]["placement"] == "64.3"
    assert (found["total"]["reported"], found["total"]["expected"]) == (3, 6)
    assert total(client, year=2009)["coverage"]["yours"] == 1
    Membership.objects.filter(area=world["520524"]).update(valid=("2001-01-01", "2010-12-31"))
    assert total(client)["total"]["totals"]["trained"] == 10


def test_coverage_tells_what_the_total_holds(world: Any, keys: Any, as_user: Any) -> None:
    assert total(as_user("analyst"))["coverage"] == {
        "official": 592,
        "held": 3,
        "listed": 3,
        "matched": 2,
        "standing": 2,
        "yours": 2,
        "nested": 0,
    }


def test_a_reader_sees_only_members_in_their_areas(world: Any, keys: Any, as_user: Any) -> None:
    found = total(as_user("other_clerk"))
    assert (found["coverage"]["standing"], found["coverage"]["yours"]) == (2, 1)
    assert found["total"]["totals"]["trained"] == 10
    assert found["shares"]["trained"] == "100.0"
    page = as_user("other_clerk").get(PAGE)
    assert "589 places of the official list could not be sourced" in page.content.decode()
    assert "1 of 2 members lie in your areas" in " ".join(strip(page))
    assert "织金" not in page.content.decode()
    none = total(as_user("township_clerk"))
    assert (none["coverage"]["yours"], none["total"], none["shares"]) == (0, None, None)


def strip(answer: Any) -> list[str]:
    import re

    return re.sub(r"<[^>]+>", "", answer.content.decode()).split()


def test_a_member_inside_another_counts_once(world: Any, keys: Any, as_user: Any) -> None:
    member(keys, world["5205"])
    member(keys, world["520524100"])
    found = total(as_user("analyst"))
    assert (found["coverage"]["yours"], found["coverage"]["nested"]) == (4, 3)
    assert found["total"]["totals"]["trained"] == 70
    # Who does not see the outer one sees the inner one counted.
    assert total(as_user("clerk"))["total"]["totals"]["trained"] == 60
    nested = {part["label"]: part["nested"] for part in as_user("analyst").get(PAGE).context["parts"]}
    assert nested == {
        "Bijie 毕节市": False,
        "Zhijin County 织金县": True,
        "Chengguan 城关镇": True,
        "Nayong County 纳雍县": True,
    }


def test_shares_are_of_all_that_the_reader_sees(world: Any, keys: Any, as_user: Any) -> None:
    Membership.objects.filter(area=world["520525"]).delete()
    found = total(as_user("analyst"))
    assert (found["whole"]["totals"]["trained"], found["shares"]["trained"]) == (70, "85.7")
    assert found["shares"]["disabled"] is None
    assert found["shares"]["pay_after"] is None  # a mean has no share
    tile = as_user("registry").get(PAGE).context["tiles"][0]
    assert (tile["value"], tile["note"]) == ("60", "85.7 % of China 中国")


def test_what_waits_to_be_counted_is_said(world: Any, keys: Any, as_user: Any) -> None:
    client = as_user("analyst")
    assert total(client)["freshness"]["pending_changes"] == 0
    assert total(client)["freshness"]["computed_at"] is not None
    world.save("Gaoshan", trained=1)
    assert total(client)["freshness"]["pending_changes"] == 1
    assert total(client, year=2009)["freshness"]["pending_changes"] == 0
    assert total(as_user("other_clerk"))["freshness"]["pending_changes"] == 0
    Membership.objects.filter(area=world["520524"]).update(area=world["520524101"])
    assert total(as_user("analyst"))["freshness"]["pending_changes"] == 1  # a township waits with its county


def test_a_list_of_provinces_holds_what_lies_in_them(world: Any, keys: Any, as_user: Any) -> None:
    western = Designation.objects.create(code="western", name="西部", level=Level.PROVINCE)
    member(western, world["52"])
    assert total(as_user("analyst"), designation="western")["total"]["totals"]["trained"] == 70
    assert total(as_user("clerk"), designation="western")["coverage"]["yours"] == 0


def test_rows_are_narrowed_to_the_members_of_each_rows_year(world: Any, keys: Any, as_user: Any) -> None:
    client = as_user("analyst")
    rows = client.get(ROWS, {"designation": "key-2001"}).json()["results"]
    assert {(row["area_code"], row["year"]) for row in rows} == {
        ("520524", 2008),
        ("520524", 2009),
        ("520524", 2010),
        ("520525", 2010),
    }
    assert client.get(ROWS, {"designation": "nowhere"}).status_code == 400


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"designation": "nowhere"}, "designation"),
        ({"designation": ""}, "designation"),
        ({"designation": "\0"}, "designation"),
        ({"year": "x"}, "year"),
        ({"year": 1}, "year"),
        ({"basis": "mine"}, "basis"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_a_bad_question_is_refused_by_field(
    world: Any, keys: Any, as_user: Any, query: dict[str, Any], field: str
) -> None:
    answer = as_user("analyst").get(TOTAL, {"designation": "key-2001", "year": 2010, **query})
    assert answer.status_code == 400
    assert field in answer.content.decode()


def test_the_page_leads_to_its_members_and_is_paged(
    world: Any, keys: Any, as_user: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = as_user("analyst")
    page = client.get(PAGE)
    assert [(p["label"], p["cells"][0], p["url"]) for p in page.context["parts"]] == [
        ("Zhijin County 织金县", "60", "/figures/dew/2010/520524/"),
        ("Nayong County 纳雍县", "10", "/figures/dew/2010/520525/"),
    ]
    assert page.context["page"].next_url == ""
    monkeypatch.setattr("povtrack.rollups.designated_page.PAGE", 1)
    first = client.get(PAGE)
    assert [p["label"] for p in first.context["parts"]] == ["Zhijin County 织金县"]
    assert first.context["row"].totals()["trained"] == 70
    second = client.get(PAGE + first.context["page"].next_url)
    assert [p["label"] for p in second.context["parts"]] == ["Nayong County 纳雍县"]


def test_the_page_costs_the_same_queries_for_any_number_of_members(
    world: Any, keys: Any, as_user: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, costs = as_user("analyst"), []
    for size in (1, 50):
        monkeypatch.setattr("povtrack.rollups.designated_page.PAGE", size)
        with queries_made() as queries:
            client.get(PAGE)
        costs.append(len(queries))
    assert costs[0] == costs[1] <= 14


def test_the_file_has_every_member_and_the_sum_last(world: Any, keys: Any, as_user: Any) -> None:
    answer = as_user("analyst").get(f"{PAGE}table.csv")
    assert answer["Content-Type"].startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(answer.getvalue().decode().removeprefix("\ufeff"))))
    assert [(row["code"], row["trained"], row["spent"], row["women"]) for row in rows] == [
        ("520524", "60", "100.10", ""),
        ("520525", "10", "", ""),
        ("key-2001", "70", "100.10", ""),
    ]


def test_years_without_members_or_rounds_say_so_and_are_no_error(world: Any, keys: Any, as_user: Any) -> None:
    client = as_user("analyst")
    assert "Nothing was on this list" in client.get(PAGE.replace("2010", "1999")).content.decode()
    assert client.get(PAGE.replace("2010", "2005")).status_code == 200
    for wrong in (
        PAGE.replace("key-2001", "no"),
        PAGE.replace("2010", "1000"),
        PAGE.replace("dew", "x"),
    ):
        assert client.get(wrong).status_code == 404
    assert client.get(f"{PAGE}?basis=x").status_code == 400
    assert client.get(f"{PAGE}table.csv?basis=1850").status_code == 400


def test_a_list_leads_to_its_newest_figures(world: Any, keys: Any, as_user: Any) -> None:
    client = as_user("analyst")
    assert client.get("/figures/designation/key-2001/").url == PAGE
    Membership.objects.filter(designation=keys).update(valid=("2001-01-01", "2009-06-01"))
    assert client.get("/figures/designation/key-2001/").url == PAGE.replace("2010", "2008")


@pytest.mark.parametrize("basis", ["current", "2008"])
@pytest.mark.parametrize("user", ["analyst", "registry"])
def test_a_total_on_other_boundaries_is_asked_for_by_basis(
    world: Any, keys: Any, as_user: Any, basis: str, user: str
) -> None:
    found = total(as_user(user), basis=basis)
    assert (found["basis"], found["coverage"]["standing"]) == (basis, 2)
    assert found["total"] == total(as_user(user))["total"]
    assert found["shares"]["trained"] == "100.0"
    page = as_user(user).get(PAGE, {"basis": basis})
    assert [part["cells"][0] for part in page.context["parts"]] == ["60", "10"]


def test_a_member_that_has_ended_is_told_of(world: Any, keys: Any, as_user: Any) -> None:
    ended = world["520525"].versions.get()
    AreaVersion.objects.filter(pk=ended.pk).update(valid=("2001-01-01", "2010-06-01"))
    derive.rebuild()
    drain()
    found = total(as_user("analyst"))
    assert (found["coverage"]["matched"], found["coverage"]["standing"]) == (2, 1)
    page = as_user("analyst").get(PAGE).content.decode()
    assert "1 member did not stand on these boundaries" in page
