"""Roll-ups in the API: exact totals, scope, and freshness."""

from __future__ import annotations

from typing import Any

import pytest

from povtrack.rollups.recompute import drain
from programmes.actions import approve_records, submit_records
from programmes.models import DewRecord, DirtyCell
from tests.queries import queries_made

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
    assert body["freshness"] == {"pending_changes": 0, "computed_at": None}
    assert body["results"] == []


def test_pages_hold_every_row_once(totalled: Any, as_user: Any) -> None:
    client, seen, url = as_user("admin"), [], f"{ROLLUPS}?page_size=2"
    while url:
        body = client.get(url).json()
        seen += [(row["area"], row["year"]) for row in body["results"]]
        url = body["next"]
    assert sorted(seen) == sorted(DewRecord.rollup.objects.values_list("area_id", "year"))


def test_a_page_costs_as_many_queries_with_many_rows_as_with_one(totalled: Any, as_user: Any) -> None:
    client, costs = as_user("analyst"), []
    for size in (1, 100):
        with queries_made() as queries:
            client.get(ROLLUPS, {"page_size": size})
        costs.append(len(queries))
    # Session, user, jurisdictions, own areas, pending (with own areas), the page.
    assert costs == [7, 7]
