"""Roll-ups in the API: exact totals, scope, and freshness."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from povtrack.rollups.recompute import drain, rebuild
from programmes.actions import approve_records, load_records, submit_records
from programmes.catalogue.dew import DewRecord
from programmes.models import DirtyCell
from tests.queries import queries_made
from tests.rollups.reforms import found, move, split

SPRING = dt.date(2009, 4, 1)
ROLLUPS = "/api/v1/rollups/dew/"


@pytest.fixture
def totalled(world: Any) -> Any:
    """The world with two counties that reported 2010, one of them approved, and all totals computed."""
    world.save("Huawu", trained=50, women=20, placed=40, pay_after=1000, spent="38400.10")
    world.save("Longtan", nil=True)
    world.save("Baiyan", by="other_clerk", trained=10, placed=10, pay_after=500)
    submit_records(DewRecord, year=2010, area=world["Zhijin County"], by=world.clerk)
    submit_records(DewRecord, year=2010, area=world["Nayong County"], by=world.other_clerk)
    approve_records(DewRecord, year=2010, area=world["Nayong County"], by=world.reviewer)
    drain()
    return world


def rows(answer: Any) -> dict[str, Any]:
    assert answer.status_code == 200, answer.json()
    return {row["area_code"]: row for row in answer.json()["results"]}


def test_a_row_carries_totals_counts_and_rates(totalled: Any, as_user: Any) -> None:
    row = rows(as_user("analyst").get(ROLLUPS, {"area": totalled["Bijie"].pk, "year": 2010}))["5205"]
    assert (row["expected"], row["drafted"], row["reported"], row["approved"], row["nil"]) == (6, 0, 3, 1, 1)
    assert (row["totals"]["trained"], row["totals"]["spent"], row["totals"]["disabled"]) == (60, "38400.10", None)
    assert row["totals"]["pay_after"] == "900.00"  # (40 x 1000 + 10 x 500) / 50
    assert (row["approved_totals"]["trained"], row["approved_totals"]["spent"]) == (10, None)
    assert (row["filled"]["trained"], row["filled"]["women"]) == (2, 1)
    assert row["rates"]["placement"] == "83.3"
    assert row["parent"] == totalled["Guizhou"].pk


def test_parts_add_up_to_their_parent(totalled: Any, as_user: Any) -> None:
    client = as_user("analyst")
    whole = rows(client.get(ROLLUPS, {"area": totalled["Bijie"].pk, "year": 2010}))["5205"]
    parts = rows(client.get(ROLLUPS, {"parent": totalled["Bijie"].pk, "year": 2010}))
    assert set(parts) == {"520524", "520525"}
    assert sum(part["totals"]["trained"] for part in parts.values()) == whole["totals"]["trained"]


def test_rows_are_narrowed_by_level_subtree_and_years(totalled: Any, as_user: Any) -> None:
    client = as_user("analyst")
    assert set(rows(client.get(ROLLUPS, {"level": 3, "year": 2010}))) == {"520524", "520525"}
    assert set(rows(client.get(ROLLUPS, {"within": totalled["Zhijin County"].pk}))) == {
        "520524",
        "520524100",
        "520524101",
    }
    assert rows(client.get(ROLLUPS, {"year_max": 2007})) == {}
    assert len(rows(client.get(ROLLUPS, {"basis": "recorded", "year_min": 2010}))) > 0
    assert client.get(ROLLUPS, {"basis": "mine"}).status_code == 400


def test_a_list_holds_the_readers_areas_and_no_other(totalled: Any, as_user: Any) -> None:
    client = as_user("other_clerk")
    assert set(rows(client.get(ROLLUPS))) == {"520525", "520525100"}
    assert client.get(ROLLUPS, {"area": totalled["Bijie"].pk}).status_code == 400


def test_freshness_tells_what_waits_in_the_areas_asked_for(totalled: Any, as_user: Any) -> None:
    client = as_user("analyst")
    fresh = client.get(ROLLUPS, {"year": 2010}).json()["freshness"]
    assert fresh["pending_changes"] == 0
    assert fresh["computed_at"] is not None
    totalled.save("Gaoshan", trained=5)

    def pending(user: str = "analyst", **query: Any) -> int:
        return as_user(user).get(ROLLUPS, query).json()["freshness"]["pending_changes"]

    assert pending(year=2010) == 1
    assert pending(year=2009) == 0
    assert pending(within=totalled["Chengguan"].pk) == 1
    assert pending(parent=totalled["Bijie"].pk) == 1
    assert pending(area=totalled["Nayong County"].pk) == 0
    assert pending(user="other_clerk") == 0
    assert pending(user="township_clerk") == 1


def test_freshness_of_no_rows(world: Any, as_user: Any) -> None:
    DirtyCell.objects.all().delete()
    body = as_user("clerk").get(ROLLUPS).json()
    assert body["freshness"] == {
        "basis": "recorded",
        "pending_changes": 0,
        "computed_at": None,
        "verified_at": None,
        "as_of": None,
    }
    assert body["results"] == []


def test_pages_hold_every_row_once(totalled: Any, as_user: Any) -> None:
    client, seen, url = as_user("admin"), [], f"{ROLLUPS}?page_size=2"
    while url:
        body = client.get(url).json()
        seen += [(row["area"], row["year"]) for row in body["results"]]
        url = body["next"]
    assert sorted(seen) == sorted(DewRecord.rollup.objects.filter(basis="recorded").values_list("area_id", "year"))


def test_a_page_costs_as_many_queries_with_many_rows_as_with_one(totalled: Any, as_user: Any) -> None:
    client, costs = as_user("analyst"), []
    for size in (1, 100):
        with queries_made() as queries:
            client.get(ROLLUPS, {"page_size": size})
        costs.append(len(queries))
    # Session, user, jurisdictions, own areas, pending, the page, the last proof.
    assert costs == [7, 7]


# On other boundaries


@pytest.fixture
def reformed(world: Any) -> Any:
    """Longtan (40 trained in 2008) moved from Zhijin to Nayong in 2009; of Baiyan (10), Zhijin got seven tenths."""
    rows = [[world[p].pk, 2008, "approved", False, n, *[None] * 9] for p, n in {"Longtan": 40, "Baiyan": 10}.items()]
    load_records(DewRecord, rows=rows, by=world.admin)
    move(world["Longtan"], world["520525100"], SPRING)
    part = found("520524101202", 5, world["520524101"], SPRING)
    split(world["Baiyan"], {world["Baiyan"]: "0.3", part: "0.7"}, SPRING)
    rebuild()
    return world


def test_a_list_never_mixes_boundaries(reformed: Any, as_user: Any) -> None:
    client = as_user("analyst")
    for basis in ("recorded", "current", "2008", "2009"):
        found_rows = client.get(ROLLUPS, {"basis": basis, "year": 2008}).json()["results"]
        assert {row["basis"] for row in found_rows} == {basis}
        assert len({row["area"] for row in found_rows}) == len(found_rows)
    assert {row["basis"] for row in client.get(ROLLUPS).json()["results"]} == {"recorded"}


def test_totals_on_each_basis(reformed: Any, as_user: Any) -> None:
    def trained(basis: str) -> tuple[int, int, int]:
        got = rows(as_user("analyst").get(ROLLUPS, {"basis": basis, "year": 2008}))
        return tuple(got[code]["totals"]["trained"] for code in ("5205", "520524", "520525"))  # type: ignore[return-value]

    assert trained("recorded") == trained("2008") == (50, 40, 10)
    assert trained("current") == trained("2009") == (50, 7, 43)


@pytest.mark.parametrize("basis", ["current", "2009"])
def test_a_row_tells_which_shares_it_holds(reformed: Any, as_user: Any, basis: str) -> None:
    got = rows(as_user("analyst").get(ROLLUPS, {"basis": basis, "year": 2008}))
    [share] = got["520525"]["shares"]
    assert (share["area_code"], share["area_name"], share["share"]) == ("520525100201", "白岩村", "0.300000000000")
    assert [got[code]["estimated"] for code in ("5205", "520524", "520525")] == [0, 1, 1]
    assert got["5205"]["shares"] == []


def test_an_area_alone_is_asked_for_in_all_years_on_the_boundaries_of_one(reformed: Any, as_user: Any) -> None:
    got = as_user("analyst").get(ROLLUPS, {"basis": "2008", "area": reformed["520525"].pk}).json()["results"]
    assert [(row["year"], row["totals"]["trained"]) for row in got] == [(2008, 10), (2009, None), (2010, None)]
    parts = rows(as_user("analyst").get(ROLLUPS, {"basis": "2009", "parent": reformed["520525"].pk, "year": 2008}))
    assert {code: row["totals"]["trained"] for code, row in parts.items()} == {"520525100": 43}


@pytest.mark.parametrize("basis", ["abc", "1890", "2099", "1950", "20 09", "9" * 50, "2009.0", "\0"])
def test_a_basis_that_makes_no_sense_is_refused_in_words(reformed: Any, as_user: Any, basis: str) -> None:
    answer = as_user("analyst").get(ROLLUPS, {"basis": basis, "year": 2008})
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["name"] == "basis"


def test_the_boundaries_of_a_year_ask_for_a_bound(reformed: Any, as_user: Any) -> None:
    for query in ({}, {"year_min": 2008}, {"within": reformed["5205"].pk}):
        answer = as_user("analyst").get(ROLLUPS, {"basis": "2008", **query})
        assert (answer.status_code, answer.json()["errors"][0]["name"]) == (400, "basis")
    answer = as_user("admin").get(ROLLUPS, {"basis": "2008", "area": reformed["CN"].pk})
    assert (answer.status_code, answer.json()["errors"][0]["name"]) == (400, "year")
    assert as_user("admin").get(ROLLUPS, {"basis": "2008", "year": 2008}).status_code == 200


def test_readers_see_their_own_areas_on_every_basis(reformed: Any, as_user: Any) -> None:
    for basis in ("current", "2009", "2008"):
        assert set(rows(as_user("other_clerk").get(ROLLUPS, {"basis": basis, "year": 2008}))) == {"520525", "520525100"}
        assert as_user("other_clerk").get(ROLLUPS, {"basis": basis, "area": reformed["5205"].pk}).status_code == 400


def test_freshness_is_that_of_the_basis(reformed: Any, as_user: Any) -> None:
    DewRecord.objects.filter(area=reformed["Longtan"], year=2008).update(trained=41)
    nayong = {"area": reformed["520525"].pk, "year": 2008}
    pending = {
        basis: as_user("analyst").get(ROLLUPS, {"basis": basis, **nayong}).json()["freshness"]["pending_changes"]
        for basis in ("recorded", "current", "2009")
    }
    assert pending == {"recorded": 0, "current": 1, "2009": 0}
    move(reformed["520525"], reformed["52"], SPRING)
    assert as_user("analyst").get(ROLLUPS, {"basis": "current", **nayong}).json()["freshness"]["pending_changes"] > 1
    drain()
    assert as_user("analyst").get(ROLLUPS, {"basis": "current", **nayong}).json()["freshness"]["pending_changes"] == 0
