"""Entering money by the API, passing it down and changing it: all or none, each refusal with its place."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from funding.models import Adjustment, Allocation, Payment
from tests.funding.asking import ALLOCATIONS, DOCUMENT, PAYMENTS, down, entered, errors, paid, post, shares
from tests.funding.money import balance, given
from tests.problems import kind

pytestmark = pytest.mark.django_db


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
    assert kind(answer) == "invalid"
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
    assert (error["pointer"], error["area"]) == ("#/rows/2/area", zhijin.area_id)
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
        assert (kind(answer), told["errors"][0]["code"]) == ("conflict", "overdrawn")
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
