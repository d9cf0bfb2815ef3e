"""Why a figure is what it is: parts and records add up to it, and who is missing is named."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from povtrack.rollups.recompute import drain, rebuild
from povtrack.rollups.releases.actions import make_release
from povtrack.rollups.releases.freezing import freeze
from programmes.actions import approve_records, load_records, submit_records
from programmes.catalogue.dew import DewRecord
from programmes.catalogue.work_relief import WorkReliefRecord
from tests.database import made_once
from tests.queries import queries_made
from tests.rollups.reforms import found, split
from villages.models import Designation, Membership

pytestmark = pytest.mark.django_db

API = "/api/v1/explain/"


@pytest.fixture
def told(world: Any) -> Any:
    return made_once(tell, world)


def tell(world: Any) -> Any:
    """Huawu is approved, Gaoshan has nothing to report, Dazhai is a draft, Longtan reported without the figure."""
    world.save("Huawu", trained=59, spent="38400.50", pay_after=900, placed=10)
    world.save("Gaoshan", nil=True)
    submit_records(DewRecord, year=2010, area=world["520524"], by=world.clerk)
    approve_records(DewRecord, year=2010, area=world["520524100"], by=world.reviewer)
    world.save("Longtan", vocational=3)
    submit_records(DewRecord, year=2010, area=world["520524101"], by=world.clerk)
    world.save("Dazhai", trained=4000)
    drain()
    return world


def ask(client: Any, world: Any, code: str = "520524", **asked: Any) -> Any:
    query = {"programme": "dew", "area": world[code].pk, "year": 2010, **asked}
    return client.get(API, query).json(), client.get(reverse("explain"), query)


def states(answer: Any) -> dict[str, str]:
    return {one["area_code"][-3:]: one["state"] for one in answer["inputs"]}


def test_a_county_is_explained_by_townships_records_and_who_is_missing(told: Any, as_user: Any) -> None:
    client = as_user("clerk")
    answer, page = ask(client, told)
    assert (answer["figure"], answer["parts_sum"], answer["records_sum"], answer["adds_up"]) == (59, 59, 59, True)
    assert [(p["area_code"], p["figure"], p["reported"], p["expected"]) for p in answer["parts"]] == [
        ("520524100", 59, 2, 3),
        ("520524101", None, 1, 1),
    ]
    assert answer["counts"] == {"all": 4, "counted": 3, "nil": 1, "open": 1, "missing": 0, "partial": 0}
    assert [(one["state"], one["nil"], one["figure"], one["counted"]) for one in answer["inputs"]] == [
        ("approved", False, 59, 59),
        ("approved", True, None, None),
        ("draft", False, 4000, None),
        ("submitted", False, None, None),
    ]
    assert states(ask(client, told, which="open")[0]) == {"203": "draft"}
    assert states(ask(client, told, which="nil")[0]) == {"202": "approved"}
    text = page.content.decode()
    assert "The parts add up to it" in text
    assert page.context["parts"][0]["url"].startswith(reverse("explain"))
    approved, _page = ask(client, told, stage="approved", measure="spent")
    assert (approved["figure"], approved["records_sum"], approved["counts"]["counted"]) == ("38400.50", "38400.50", 2)
    mean, _page = ask(client, told, measure="pay_after")
    assert (mean["figure"], mean["adds_up"]) == ("900.00", True)
    then, page = ask(client, told, as_of=timezone.localdate().isoformat())
    assert (then["figure"], then["records_sum"], then["adds_up"], then["lately"]) == (59, 59, True, [])
    assert "as known on" in page.content.decode()
    township, _page = ask(client, told, "520524100")
    assert (township["figure"], township["parts"], len(township["inputs"])) == (59, [], 3)


def test_above_counties_records_and_missing_places_are_listed_when_they_are_asked_for(told: Any, as_user: Any) -> None:
    client = as_user("admin")
    answer, page = ask(client, told, "CN")
    assert (answer["which"], answer["inputs"], answer["adds_up"]) == ("", [], True)
    assert "Edits are listed by county" in page.content.decode()
    answer, _page = ask(client, told, "CN", which="missing")
    assert states(answer) == {"201": "", "202": ""}
    assert answer["records_sum"] == answer["figure"] == 59


def test_edits_that_wait_are_said_and_shown_and_the_figure_does_not_claim_to_add_up(told: Any, as_user: Any) -> None:
    DewRecord.objects.filter(area=told["Huawu"]).update(trained=60)
    answer, page = ask(as_user("clerk"), told)
    assert (answer["figure"], answer["records_sum"], answer["pending_changes"], answer["adds_up"]) == (59, 60, 1, None)
    assert "not yet" in page.content.decode()


def test_what_a_divided_village_adds_is_its_share(told: Any, as_user: Any) -> None:
    world = told
    rest = found("520525100299", 5, world["520525100"], dt.date(2010, 7, 1))
    split(world["Huawu"], {world["Huawu"]: "0.7", rest: "0.3"}, dt.date(2012, 7, 1))
    drain()
    for basis in ("current", "2012"):
        answer, page = ask(as_user("admin"), world, "520525", basis=basis, which="partial")
        assert (answer["figure"], answer["records_sum"], answer["estimated"], answer["adds_up"]) == (18, 18, 1, True)
        assert [(one["figure"], one["counted"], one["share"][:4]) for one in answer["inputs"]] == [(59, 18, "0.30")]
        assert [share["area_code"] for share in answer["shares"]] == ["520524100201"]
        assert "What is estimated" in page.content.decode()
    answer, _page = ask(as_user("admin"), world, "520525")
    assert (answer["figure"], answer["shares"], answer["boundary_changes"]) == (None, [], [])


def test_lists_releases_and_the_latest_edits_are_beside_the_figure(told: Any, as_user: Any) -> None:
    listed = Designation.objects.create(code="key-2001", name="Key counties")
    Membership.objects.create(designation=listed, area=told["520524"], valid=("2001-01-01", None), listed_name="织金县")
    scope = {"programmes": ["dew"], "years": [2010], "bases": ["recorded"], "lowest": 3}
    freeze(make_release(name="annual", title="Annual", area=told["CN"], by=told.registry, **scope).pk)
    DewRecord.objects.filter(area=told["Huawu"]).update(trained=60)
    rebuild()
    client = as_user("clerk")
    with queries_made() as made:
        page = client.get(reverse("explain"), {"programme": "dew", "area": told["520524"].pk, "year": 2010})
    assert len(made) <= 25
    answer, _page = ask(client, told)
    assert (answer["designations"], answer["figure"]) == (["key-2001"], 60)
    assert [(one["release"], one["figure"]) for one in answer["released"]] == [("annual", 59)]
    assert {one["area_code"][-3:] for one in answer["lately"]} == {"201", "202", "203"}
    assert "What changed since?" in page.content.decode()
    shown = client.get(reverse("figures-area", args=["dew", 2010, "520524"]))
    ways = [tile["why_url"] for tile in shown.context["tiles"] if tile.get("why_url")]
    assert ways
    assert client.get(ways[0]).context["figure"] == shown.context["tiles"][0]["value"]


def test_kinds_are_explained_each_and_together(open_world: Any, as_user: Any) -> None:
    world = open_world
    names = [measure.name for measure in WorkReliefRecord.measures()]
    kinds = WorkReliefRecord.breakdowns()[:2]
    rows = [
        [world["Huawu"].pk, 2010, kind, "submitted", False, *(n if m in ("quantity", "spent") else None for m in names)]
        for n, kind in enumerate(kinds, 1)
    ]
    load_records(WorkReliefRecord, rows=rows, by=world.clerk)
    drain()
    client = as_user("clerk")
    together, _page = ask(client, world, programme=WorkReliefRecord.code, measure="spent")
    assert (together["figure"], together["records_sum"], together["adds_up"]) == ("3.00", "3.00", True)
    assert together["counts"]["missing"] == 3
    one, _page = ask(client, world, programme=WorkReliefRecord.code, measure="quantity", breakdown=kinds[1])
    assert (one["figure"], one["records_sum"], one["adds_up"], len(one["inputs"])) == ("2.00", "2.00", True, 1)
    none, _page = ask(client, world, programme=WorkReliefRecord.code, measure="quantity")
    assert (none["figure"], none["adds_up"]) == (None, True)


def test_nobody_asks_about_what_is_not_theirs_or_makes_no_sense(told: Any, as_user: Any) -> None:
    client = as_user("other_clerk")
    for asked in ({}, {"code": "52"}):
        api, page = client.get(API, question(told, **asked)), client.get(reverse("explain"), question(told, **asked))
        assert (api.status_code, page.status_code) == (404, 404)
        assert "Zhijin" not in page.content.decode()
    client = as_user("clerk")
    for asked, status in (
        ({"measure": "nothing"}, 404),
        ({"stage": "none"}, 404),
        ({"breakdown": "road"}, 404),
        ({"year": "20x0"}, 404),
        ({"programme": "none"}, 404),
        ({"basis": "1900"}, 400),
        ({"as_of": "1999-01-01"}, 400),
        ({"area": "9" * 30}, 404),
    ):
        assert client.get(API, question(told, **asked)).status_code == status, asked
        assert client.get(reverse("explain"), question(told, **asked)).status_code == status, asked
    assert client.get(API, question(told, what="x")).status_code == 400


def question(world: Any, code: str = "520524", **asked: Any) -> dict[str, Any]:
    return {"programme": "dew", "area": world[code].pk, "year": 2010, **asked}
