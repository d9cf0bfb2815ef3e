"""The ledger in the API: who reads what, what is written once, and how a refusal is told."""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from funding.actions import attach_file, payments
from funding.models import Adjustment, Allocation, FundSource, Payment
from tests.funding.money import balance, central, given, passed
from tests.queries import queries_made
from tests.world import build_world

pytestmark = pytest.mark.django_db

ALLOCATIONS, PAYMENTS = "/api/v1/allocations/", "/api/v1/payments/"
DOCUMENT = {"document_no": "织财农〔2010〕3号", "document_date": "2010-04-01"}


def post(client: Any, url: str, data: Any, key: Any = None) -> Any:
    headers = {"Idempotency-Key": str(key)} if key else {}
    return client.post(url, data, content_type="application/json", headers=headers)


def entered(world: Any, **more: Any) -> dict[str, Any]:
    base = {"source": central().code, "year": 2010, "area": world["Zhijin County"].pk, "amount": "1000.50"}
    return {**base, **DOCUMENT, **more}


def down(allocation: Allocation) -> str:
    return f"{ALLOCATIONS}{allocation.pk}/pass-down/"


def shares(world: Any, **amounts: Any) -> dict[str, Any]:
    return {**DOCUMENT, "rows": [{"area": world[name].pk, "amount": amount} for name, amount in amounts.items()]}


def paid(allocation: Allocation, amount: Any, kind: str = "disbursed", **more: Any) -> dict[str, Any]:
    return {"allocation": allocation.pk, "kind": kind, "amount": amount, "paid_on": "2010-05-01", **more}


def errors(answer: Any) -> dict[str, str]:
    return {error["attr"]: error["detail"] for error in answer.json()["errors"]}


@pytest.fixture
def zhijin(world: Any) -> Allocation:
    """1,000 yuan that Guizhou passed down to Zhijin."""
    return passed(world, given(world, "Guizhou", 5000), Zhijin_County=1000)[0]


# Reading


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
    assert (outside.status_code, outside.json()) == (404, unknown.json())
    for name in ("parent", "area", "within"):
        asked = guizhou.pk if name == "parent" else world["Guizhou"].pk
        refused = as_user("clerk").get(ALLOCATIONS, {name: asked})
        assert (refused.status_code, refused.json()) == (400, as_user("clerk").get(ALLOCATIONS, {name: 10**9}).json())


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


# Entering and passing down


def test_money_from_outside_is_entered_in_yuan_or_in_another_currency(world: Any, as_user: Any) -> None:
    client = as_user("finance")
    answer = post(client, ALLOCATIONS, entered(world, programme="dew", note="First."))
    assert answer.status_code == 201, answer.json()
    told = answer.json()
    assert told == client.get(ALLOCATIONS).json()["results"][0]
    assert (told["amount"], told["programme"], told["currency"], told["by"]) == ("1000.50", "dew", "", "Finance")
    foreign = {**entered(world), "currency": "USD", "currency_amount": "1000.55", "rate": "6.8275"}
    told = post(client, ALLOCATIONS, {name: value for name, value in foreign.items() if name != "amount"}).json()
    assert (told["amount"], told["currency_amount"], told["rate"]) == ("6831.26", "1000.55", "6.82750000")


@pytest.mark.parametrize(
    ("sent", "at", "words"),
    [
        ({"amount": "many"}, "amount", "“many” is not a number"),
        ({"amount": "-1"}, "amount", "-1 is negative"),
        ({"amount": 0}, "amount", "more than zero"),
        ({"amount": "1.001"}, "amount", "decimals"),
        ({"amount": 1234567890123456.5}, "amount", "as text"),
        ({"amount": "1e5"}, "amount", "not a number"),
        ({"amount": True}, "amount", "Send a number"),
        ({"amount": "1" * 17}, "amount", "larger"),
        ({"amount": None}, "amount", "null"),
        ({"currency": "USD"}, "amount", "not both"),
        ({"amount": ..., "currency": "usd"}, "currency", "three capital letters"),
        ({"amount": ..., "currency": "USD", "rate": "7"}, "currency_amount", "needs it"),
        ({"amount": ...}, "amount", "required"),
        (
            {"amount": ..., "currency": "USD", "currency_amount": "9" * 16, "rate": "999999"},
            "amount",
            "no more than 18 digits",
        ),
        ({"source": "nonsense"}, "source", "no such fund source"),
        ({"programme": "nonsense"}, "programme", "no programme “nonsense”"),
        ({"area": 10**12}, "area", "no such place among yours"),
        ({"area": "52"}, "area", "no such place among yours"),
        ({"year": 2000}, "area", "did not stand"),
        ({"document_no": " "}, "document_no", "blank"),
        ({"document_date": "2999-01-01"}, "document_date", "has not come yet"),
        ({"key": "7"}, "key", "valid UUID"),
        ({"colour": "red"}, "colour", "no such field"),
        ({"state": "approved", "parent": 1}, "parent", "no such field"),
    ],
)
def test_what_is_wrong_with_an_entry_is_told_by_field(
    world: Any, as_user: Any, sent: dict[str, Any], at: str, words: str
) -> None:
    if sent.get("area") == "52":
        sent = {"area": world["Nayong County"].pk}
    data = {name: value for name, value in {**entered(world), **sent}.items() if value is not ...}
    answer = post(as_user("finance"), ALLOCATIONS, data)
    assert answer.status_code == 400
    assert answer.json()["type"] == "validation_error"
    assert words in errors(answer)[at], answer.json()
    assert not Allocation.objects.exists()


def test_an_allocation_is_passed_down_to_many_areas_by_one_document(
    world: Any, as_user: Any, zhijin: Allocation
) -> None:
    answer = post(as_user("finance"), down(zhijin), shares(world, Gaoshan="150", Huawu=100.5))
    assert answer.status_code == 201, answer.json()
    rows = answer.json()["rows"]
    assert [(row["area_name"], row["amount"], row["parent"]) for row in rows] == [
        ("高山村", "150.00", zhijin.pk),
        ("化屋村", "100.50", zhijin.pk),
    ]
    assert balance(zhijin)["resting"] == Decimal("749.50")
    sent = shares(world, Chengguan="1") | {"rows": [{"area": world["Chengguan"].pk, "amount": 1, "programme": "dew"}]}
    [row] = post(as_user("finance"), down(zhijin), sent).json()["rows"]
    assert row["programme"] == "dew"


def test_nothing_is_passed_down_where_anything_is_wrong_and_each_row_is_told(
    world: Any, as_user: Any, zhijin: Allocation
) -> None:
    client = as_user("finance")
    sent = shares(world, Huawu="1", Gaoshan="2")
    sent["rows"] += [{"area": zhijin.area_id, "amount": "3"}, {"area": world["Dazhai"].pk, "amount": "4", "note": "–"}]
    answer = post(client, down(zhijin), sent)
    [error] = answer.json()["errors"]
    assert answer.status_code == 400
    assert (error["attr"], error["area"]) == ("rows.2.area", zhijin.area_id)
    assert "Zhijin County" in error["value"]
    assert "does not lie below" in error["detail"]
    sent["rows"][2:] = [{"area": world["Baiyan"].pk, "amount": "1"}, {"area": 10**12, "amount": "1"}]
    answer = post(client, down(zhijin), sent)
    assert set(errors(answer)) == {"rows.2.area", "rows.3.area"}
    assert len(set(errors(answer).values())) == 1
    assert set(errors(post(client, down(zhijin), shares(world, Huawu="x", Gaoshan="0")))) == {
        "rows.0.amount",
        "rows.1.amount",
    }
    twice = shares(world, Huawu="1") | {"rows": [{"area": world["Huawu"].pk, "amount": amount} for amount in (1, 2)]}
    assert "twice" in errors(post(client, down(zhijin), twice))["rows.1.area"]
    late = {**shares(world, Huawu="1", Gaoshan="2"), "document_date": "2999-01-01"}
    assert list(errors(post(client, down(zhijin), late))) == ["document_date"]
    assert list(errors(post(client, down(zhijin), {**DOCUMENT, "rows": []}))) == ["rows"]
    assert not zhijin.children.exists()


def test_what_is_passed_down_for_another_programme_is_told_by_row(world: Any, as_user: Any) -> None:
    dew = given(world, "Zhijin County", 100, programme="dew")
    rows = [{"area": world[name].pk, "amount": 1, "programme": "relocation"} for name in ("Huawu", "Gaoshan")]
    answer = post(as_user("finance"), down(dew), {**DOCUMENT, "rows": rows})
    assert set(errors(answer)) == {"rows.0.programme", "rows.1.programme"}
    assert all("for Dew Program" in words for words in errors(answer).values())
    assert {error["value"] for error in answer.json()["errors"]} == {"Relocation"}
    for row in rows:
        row["programme"] = "nonsense"
    answer = post(as_user("finance"), down(dew), {**DOCUMENT, "rows": rows})
    assert set(errors(answer)) == {"rows.0.programme", "rows.1.programme"}
    assert {error["value"] for error in answer.json()["errors"]} == {"nonsense"}


def test_more_than_rests_is_refused_with_the_numbers(world: Any, as_user: Any, zhijin: Allocation) -> None:
    client = as_user("finance")
    post(client, PAYMENTS, paid(zhijin, 600))
    for answer in (
        post(client, down(zhijin), shares(world, Huawu="300", Gaoshan="101")),
        post(client, PAYMENTS, paid(zhijin, "401")),
        post(client, f"{PAYMENTS}bulk/", {"rows": [paid(zhijin, "400"), paid(zhijin, 1)]}),
    ):
        told = answer.json()
        assert (answer.status_code, told["type"], told["errors"][0]["code"]) == (409, "client_error", "overdrawn")
        assert "1 yuan too much" in told["errors"][0]["detail"]
        assert (told["would_be"]["allocation"], told["would_be"]["available"]) == (zhijin.pk, "-1.00")
    assert balance(zhijin)["available"] == 400


def test_funds_are_entered_by_those_who_keep_them(world: Any, as_user: Any, zhijin: Allocation) -> None:
    withdrawn = {"kind": "withdrawn", "amount": "-5", "reason": "Less.", **DOCUMENT}
    payment = post(as_user("finance"), PAYMENTS, paid(zhijin, 1)).json()
    clerk = as_user("clerk")
    for url, data in (
        (ALLOCATIONS, entered(world)),
        (down(zhijin), shares(world, Huawu=1)),
        (PAYMENTS, paid(zhijin, 1)),
        (f"{PAYMENTS}bulk/", {"rows": [paid(zhijin, 1)]}),
        (f"{PAYMENTS}{payment['id']}/reverse/", {"reason": "Mine."}),
        (f"{ALLOCATIONS}{zhijin.pk}/adjust/", withdrawn),
    ):
        answer = post(clerk, url, data)
        assert (answer.status_code, answer.json()["errors"][0]["code"]) == (403, "permission_denied")
        assert "not yours" in answer.json()["errors"][0]["detail"]
    # Whoever got the money can not change what was given.
    assert post(as_user("finance"), f"{ALLOCATIONS}{zhijin.pk}/adjust/", withdrawn).status_code == 403
    assert (Payment.objects.count(), Adjustment.objects.count(), Allocation.objects.count()) == (1, 0, 2)


def test_an_allocation_tells_what_changed_it_later(world: Any, as_user: Any) -> None:
    own, client = given(world, "Zhijin County", 1000), as_user("finance")
    url = f"{ALLOCATIONS}{own.pk}/"
    first = post(client, f"{url}adjust/", {"kind": "adjusted", "amount": "50", "reason": "More.", **DOCUMENT})
    second = post(client, f"{url}adjust/", {"kind": "withdrawn", "amount": "-300", "reason": "Less.", **DOCUMENT})
    assert (first.status_code, second.status_code) == (201, 201)
    told = client.get(url).json()
    assert (told["amount"], told["balance"]["allocated"], told["adjustments_count"]) == ("1000.00", "750.00", 2)
    assert told["adjustments"] == [first.json(), second.json()]
    assert client.get(f"/api/v1/adjustments/{first.json()['id']}/").json() == first.json()
    for data in ({"kind": "withdrawn", "amount": "5"}, {"kind": "adjusted", "amount": "0"}):
        answer = post(client, f"{url}adjust/", {"reason": "Wrong.", **DOCUMENT, **data})
        assert answer.status_code == 400
        assert "withdrawal takes money away" in answer.json()["errors"][0]["detail"]


# Once


def test_what_is_sent_twice_is_written_once_and_answered_the_same(world: Any, as_user: Any, zhijin: Allocation) -> None:
    own, client = given(world, "Zhijin County", 500), as_user("finance")
    adjusted = {"kind": "adjusted", "amount": "50", "reason": "More.", **DOCUMENT}
    for url, data, other in (
        (ALLOCATIONS, entered(world), {"amount": "1000.51"}),
        (down(zhijin), shares(world, Huawu="100", Gaoshan="50"), {"document_no": "Another"}),
        (f"{ALLOCATIONS}{own.pk}/adjust/", adjusted, {"reason": "Another."}),
        (PAYMENTS, paid(own, "5"), {"paid_on": "2010-05-02"}),
        (f"{PAYMENTS}bulk/", {"rows": [paid(own, 5), paid(own, 5)]}, {"rows": [paid(own, 5)]}),
    ):
        key = uuid.uuid4()
        first, again = post(client, url, data, key), post(client, url, {**data, "key": str(key)})
        assert (first.status_code, again.status_code) == (201, 200), first.json()
        assert first.json() == again.json()
        clash = post(client, url, {**data, **other}, f'"{key}"')
        assert (clash.status_code, clash.json()["errors"][0]["code"]) == (409, "key_taken")
    assert balance(zhijin)["resting"] == 850
    assert balance(own)["disbursed"] == 15
    assert Payment.objects.count() == 3


def test_a_key_has_one_meaning_in_the_header_and_in_the_field(world: Any, as_user: Any, zhijin: Allocation) -> None:
    client, key = as_user("finance"), uuid.uuid4()
    both = post(client, PAYMENTS, paid(zhijin, 1, key=str(uuid.uuid4())), key)
    assert (both.status_code, list(errors(both))) == (400, ["key"])
    assert list(errors(post(client, PAYMENTS, paid(zhijin, 1), "yesterday"))) == ["Idempotency-Key"]
    assert not Payment.objects.exists()
    assert post(client, PAYMENTS, paid(zhijin, 1, key=str(key)), key).status_code == 201
    # Without a key the same payment is another one.
    assert [post(client, PAYMENTS, paid(zhijin, 1)).status_code for _time in range(2)] == [201, 201]


@pytest.mark.django_db(transaction=True)
def test_the_same_sent_by_many_at_once_is_written_once() -> None:
    world = build_world()
    own, key = given(world, "Zhijin County", 500), uuid.uuid4()

    def send(_number: int) -> Any:
        client = Client()
        client.force_login(world.finance, backend="allauth.account.auth_backends.AuthenticationBackend")
        try:
            return post(client, PAYMENTS, paid(own, 5), key)
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as threads:
        answers = list(threads.map(send, range(6)))
    assert sorted(answer.status_code for answer in answers) == [200] * 5 + [201]
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert balance(own)["disbursed"] == 5


# Payments


def test_a_payment_is_taken_back_once_and_by_an_entry_of_its_own(
    world: Any, as_user: Any, zhijin: Allocation, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, key = as_user("finance"), uuid.uuid4()
    payment = post(client, PAYMENTS, paid(zhijin, 5, document_no="凭证1", note="Cement.")).json()
    assert (payment["area"], payment["year"], payment["reversed_by"]) == (zhijin.area_id, 2010, None)
    url = f"{PAYMENTS}{payment['id']}/reverse/"
    back = post(client, url, {"reason": "Typed twice."}, key)
    told = back.json()
    assert (back.status_code, told["amount"], told["reverses"]) == (201, "-5.00", payment["id"])
    assert (told["note"], told["paid_on"]) == ("Typed twice.", timezone.localdate().isoformat())
    assert client.get(f"{PAYMENTS}{payment['id']}/").json()["reversed_by"] == told["id"]
    # Sent again after midnight it is still the same.
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    monkeypatch.setattr(payments.timezone, "localdate", lambda: tomorrow)
    again = post(client, url, {"reason": "Typed twice."}, key)
    assert (again.status_code, again.json()) == (200, told)
    for wrong in (url, f"{PAYMENTS}{told['id']}/reverse/"):
        answer = post(client, wrong, {"reason": "Again."})
        assert (answer.status_code, answer.json()["errors"][0]["code"]) == (409, "taken_back")
    assert list(errors(post(client, url, {"reason": " "}))) == ["reason"]


def test_many_payments_are_booked_all_or_none(world: Any, as_user: Any, zhijin: Allocation) -> None:
    village, client, url = given(world, "Huawu", 100), as_user("finance"), f"{PAYMENTS}bulk/"
    rows = [paid(zhijin, "10"), paid(zhijin, "10"), paid(village, 7), paid(village, 7, "spent")]
    answer = post(client, url, {"rows": rows})
    assert answer.status_code == 201, answer.json()
    assert [row["amount"] for row in answer.json()["rows"]] == ["10.00", "10.00", "7.00", "7.00"]
    wrong = [
        paid(zhijin, 1),
        {**paid(zhijin, 1), "allocation": zhijin.parent_id},
        {**paid(zhijin, 1), "allocation": 9**9},
    ]
    told = errors(post(client, url, {"rows": wrong}))
    assert set(told) == {"rows.1.allocation", "rows.2.allocation"}
    assert set(told.values()) == {"There is no such allocation among yours."}
    late = post(client, url, {"rows": [paid(zhijin, 1), paid(zhijin, 1, paid_on="2999-01-01")]})
    assert [(e["attr"], e["value"]) for e in late.json()["errors"]] == [("rows.1.paid_on", "2999-01-01")]
    assert set(errors(post(client, url, {"rows": [paid(zhijin, "x"), paid(zhijin, 1, "lost")]}))) == {
        "rows.0.amount",
        "rows.1.kind",
    }
    assert Payment.objects.count() == 4


def test_a_batch_is_the_same_only_if_all_of_it_is(world: Any, as_user: Any, zhijin: Allocation) -> None:
    client, url, key = as_user("finance"), f"{PAYMENTS}bulk/", uuid.uuid4()
    rows = [paid(zhijin, amount) for amount in (1, 2, 3)]
    assert post(client, url, {"rows": rows}, key).status_code == 201
    for other in (rows[:2], [*rows, paid(zhijin, 4)], rows[::-1], [*rows[:2], paid(zhijin, 9)]):
        assert post(client, url, {"rows": other}, key).status_code == 409
    assert post(client, url, {"rows": rows}, key).status_code == 200
    assert Payment.objects.count() == 3


def test_many_rows_cost_as_many_queries_as_one(world: Any, as_user: Any, zhijin: Allocation) -> None:
    client = as_user("finance")
    villages = {"Huawu": 1, "Gaoshan": 1, "Dazhai": 1, "Longtan": 1}
    costs: dict[str, list[int]] = {"passed": [], "booked": []}
    for names in (["Chengguan"], list(villages)):
        with queries_made() as queries:
            assert post(client, down(zhijin), shares(world, **dict.fromkeys(names, "1"))).status_code == 201
        costs["passed"].append(len(queries))
        rows = [paid(zhijin, 1) for _name in names]
        with queries_made() as queries:
            assert post(client, f"{PAYMENTS}bulk/", {"rows": rows}).status_code == 201
        costs["booked"].append(len(queries))
    # Session, user, roles, own areas, what is named; the writer's areas, the entries, what was written. To pass down
    # also the areas of the rows, and which givers are the reader's own.
    assert costs == {"passed": [11, 11], "booked": [8, 8]}


# Documents


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
