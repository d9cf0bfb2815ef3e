"""Payments by the API, and that what is sent twice is written once."""

from __future__ import annotations

import datetime as dt
import uuid
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from funding.actions import payments
from funding.models import Allocation, Payment
from tests.funding.asking import ALLOCATIONS, DOCUMENT, PAYMENTS, down, entered, errors, paid, post, shares
from tests.funding.money import balance, given
from tests.queries import queries_made
from tests.world import build_world

pytestmark = pytest.mark.django_db


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
    assert [(e["pointer"], e["value"]) for e in late.json()["errors"]] == [("#/rows/1/paid_on", "2999-01-01")]
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
