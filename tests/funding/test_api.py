"""The ledger in the API: who reads what, how lists are narrowed, and what a page costs."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest

from funding.actions import attach_file
from funding.models import Allocation, FundSource
from tests.funding.asking import ALLOCATIONS, DOCUMENT, PAYMENTS, errors, paid, post
from tests.funding.money import central, given, passed
from tests.problems import said
from tests.queries import queries_made

pytestmark = pytest.mark.django_db


def test_sources_are_the_same_for_everyone(world: Any, as_user: Any) -> None:
    central()
    FundSource.objects.create(code="county", name="县级资金", kind="self_raised", tier=3)
    client = as_user("other_clerk")
    listed = client.get("/api/v1/fund-sources/").json()["results"]
    assert [source["code"] for source in listed] == ["central", "county"]
    assert client.get("/api/v1/fund-sources/central/").json() == listed[0]
    for asked in ({"kind": "self_raised"}, {"tier": 3}):
        assert client.get("/api/v1/fund-sources/", asked).json()["results"] == listed[1:]


def test_an_allocation_tells_what_it_holds_in_amounts_exact_to_the_cent(
    world: Any, as_user: Any, zhijin: Allocation
) -> None:
    passed(world, zhijin, Huawu="150.25")
    client = as_user("finance")
    for payment in (paid(zhijin, 200), paid(zhijin, "50", "returned"), paid(zhijin, "20.5", "spent")):
        assert post(client, PAYMENTS, payment).status_code == 201
    told = client.get(f"{ALLOCATIONS}{zhijin.pk}/").json()
    assert (told["amount"], told["source"], told["kind"], told["tier"]) == ("1000.00", "central", "budget", 0)
    assert told["balance"] == {
        "allocated": "1000.00", "passed_on": "150.25", "resting": "849.75", "disbursed": "200.00",
        "returned": "50.00", "spent": "20.50", "available": "699.75", "unspent": "129.50",
    }  # fmt: skip


def test_everyone_reads_what_was_given_to_their_areas_and_no_more(world: Any, as_user: Any, zhijin: Allocation) -> None:
    guizhou = zhijin.parent
    [mine] = as_user("clerk").get(ALLOCATIONS).json()["results"]
    assert (mine["id"], mine["from_outside"], mine["parent"]) == (zhijin.pk, False, None)
    assert (mine["giver"]["id"], mine["giver"]["name_latin"]) == (None, "Guizhou")
    above = as_user("analyst").get(ALLOCATIONS).json()["results"]
    assert [(one["id"], one["parent"]) for one in above] == [(guizhou.pk, None), (zhijin.pk, guizhou.pk)]
    assert above[0]["giver"] is None
    stranger = as_user("other_clerk")
    assert stranger.get(ALLOCATIONS).json()["results"] == []
    outside, unknown = stranger.get(f"{ALLOCATIONS}{zhijin.pk}/"), stranger.get(f"{ALLOCATIONS}999999/")
    assert (outside.status_code, said(outside)) == (404, said(unknown))
    for name in ("parent", "area", "within"):
        asked = guizhou.pk if name == "parent" else world["Guizhou"].pk
        refused = as_user("clerk").get(ALLOCATIONS, {name: asked})
        assert (refused.status_code, said(refused)) == (400, said(as_user("clerk").get(ALLOCATIONS, {name: 10**9})))


def test_allocations_are_narrowed_by_what_they_are(world: Any, as_user: Any, zhijin: Allocation) -> None:
    own = FundSource.objects.create(code="county", name="县级资金", kind="self_raised", tier=3)
    dew = given(world, "Huawu", 7, source=own, year=2009, programme="dew")
    client = as_user("analyst")

    def found(**asked: Any) -> list[int]:
        return [one["id"] for one in client.get(ALLOCATIONS, asked).json()["results"]]

    guizhou = zhijin.parent_id
    assert found() == [guizhou, zhijin.pk, dew.pk]
    assert found(year=2009) == found(year_max=2009) == found(source="county") == found(kind="self_raised") == [dew.pk]
    assert found(tier=3) == found(programme="dew") == found(area=dew.area_id) == found(level=5) == [dew.pk]
    assert found(programme="none") == found(year_min=2010) == found(tier=0) == [guizhou, zhijin.pk]
    assert found(within=world["Zhijin County"].pk) == [zhijin.pk, dew.pk]
    assert found(parent=guizhou) == found(from_outside="false") == [zhijin.pk]
    assert found(document_date_min="2010-03-02") == []
    for bad in ({"programme": "nonsense"}, {"source": "nonsense"}, {"year": 1}, {"colour": "red"}):
        answer = client.get(ALLOCATIONS, bad)
        assert (answer.status_code, list(errors(answer))) == (400, list(bad))


def test_payments_and_adjustments_are_narrowed_by_what_they_are_of(
    world: Any, as_user: Any, zhijin: Allocation
) -> None:
    village = given(world, "Huawu", 100, year=2009)
    client = as_user("finance")
    first = post(client, PAYMENTS, paid(zhijin, 5)).json()["id"]
    second = post(client, PAYMENTS, paid(village, 5, paid_on="2009-05-01")).json()["id"]
    third = post(client, PAYMENTS, paid(village, 5, "spent", paid_on="2010-05-02")).json()["id"]
    adjusted = {"kind": "adjusted", "amount": "-5", "reason": "Less.", **DOCUMENT}
    entry = post(client, f"{ALLOCATIONS}{village.pk}/adjust/", adjusted).json()["id"]

    def found(url: str, **asked: Any) -> list[int]:
        return [one["id"] for one in client.get(url, asked).json()["results"]]

    assert found(PAYMENTS) == found(PAYMENTS, within=zhijin.area_id) == [first, second, third]
    assert found(PAYMENTS, allocation=village.pk) == found(PAYMENTS, area=village.area_id) == [second, third]
    assert found(PAYMENTS, year=2009) == found(PAYMENTS, year_max=2009) == [second, third]
    assert found(PAYMENTS, kind="spent") == found(PAYMENTS, paid_on_min="2010-05-02") == [third]
    assert found(PAYMENTS, paid_on_max="2010-05-01", year_min=2010) == [first]
    changes = "/api/v1/adjustments/"
    assert found(changes, allocation=village.pk, kind="adjusted", year=2009, within=zhijin.area_id) == [entry]
    assert found(changes, kind="withdrawn") == found(changes, document_date_max="2010-03-31") == []
    assert as_user("other_clerk").get(changes).json()["results"] == []
    assert as_user("other_clerk").get(PAYMENTS).json()["results"] == []


def test_a_page_costs_as_many_queries_with_many_rows_as_with_one(world: Any, as_user: Any, zhijin: Allocation) -> None:
    client = as_user("finance")
    for village in passed(world, zhijin, Huawu=10, Gaoshan=10, Dazhai=10):
        payment = post(client, PAYMENTS, paid(village, 5)).json()
        post(client, f"{PAYMENTS}{payment['id']}/reverse/", {"reason": "Typed twice."})
        given(world, "Huawu", 3)
    for own in Allocation.objects.filter(parent=None).exclude(area=world["Guizhou"]):
        adjusted = {"kind": "adjusted", "amount": "5", "reason": "More.", **DOCUMENT}
        assert post(client, f"{ALLOCATIONS}{own.pk}/adjust/", adjusted).status_code == 201
    for url in (ALLOCATIONS, PAYMENTS, "/api/v1/adjustments/"):
        costs = []
        for size in (1, 100):
            with queries_made() as queries:
                client.get(url, {"page_size": size})
            costs.append(len(queries))
        # Session, user, jurisdictions, own areas, the page; of allocations also what they hold, and which
        # givers are the reader's own.
        assert costs == ([7, 7] if url == ALLOCATIONS else [5, 5]), url


def test_documents_are_listed_with_their_sums_and_downloaded_as_they_were_sent(
    world: Any, as_user: Any, zhijin: Allocation
) -> None:
    content = b"%PDF-1.4 \xff\x00 ..."
    attach_file(zhijin, file_name="通知 1.pdf", content=content, by=world.finance)
    client = as_user("clerk")
    [told] = client.get(f"{ALLOCATIONS}{zhijin.pk}/attachments/").json()["results"]
    assert (told["file_name"], told["content_type"], told["size"]) == ("通知 1.pdf", "application/pdf", len(content))
    assert told["sha256"] == hashlib.sha256(content).hexdigest()
    assert client.get(f"/api/v1/attachments/{told['id']}/").json() == told
    sent = client.get(told["content_url"], headers={"Accept": "application/pdf"})
    assert (sent.content, sent["Content-Type"]) == (content, "application/pdf")
    assert sent["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    stranger = as_user("other_clerk")
    for url in (told["content_url"], f"/api/v1/attachments/{told['id']}/", f"{ALLOCATIONS}{zhijin.pk}/attachments/"):
        assert stranger.get(url).status_code == 404
