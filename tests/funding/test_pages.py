"""The pages of a finance officer, as plain requests: what they show, what they write, and what they refuse."""

from __future__ import annotations

import uuid
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from funding.actions import Share, adjust_allocation, attach_file, book_payment, pass_down, reverse_payment
from funding.models import Adjustment, Allocation, FundSource, Payment
from funding.views import allocation, area
from tests.funding.money import DAY, balance, central, given, passed, treasurer
from tests.world import World

pytestmark = pytest.mark.django_db

ZHIJIN = "/funds/2010/520524/"


def fields(**typed: Any) -> dict[str, Any]:
    """A form with a key of its own."""
    return {"key": str(uuid.uuid4()), "document_no": "织财〔2010〕7号", "document_date": "2010-06-01", **typed}


def entering(**typed: Any) -> dict[str, Any]:
    words = {"source": central().code, "year": 2010, "programme": "", "area": "520524", "money": "yuan", "note": ""}
    return fields(**words, **typed)


def page_of(one: Allocation, what: str = "") -> str:
    return f"/funds/allocations/{one.pk}/{what}"


@pytest.fixture
def zhijin(world: World) -> Allocation:
    """400 of Guizhou's 1000 that were passed down to the officer's county."""
    [made] = passed(world, given(world, "Guizhou", 1000), Zhijin_County=400)
    return made


def test_an_officer_starts_with_what_rests_in_their_county(world: World, zhijin: Allocation, as_user: Any) -> None:
    passed(world, zhijin, "dew", Huawu=150)
    client = as_user("finance")
    assert client.get("/funds/")["Location"] == ZHIJIN
    context = client.get(ZHIJIN).context
    [row] = context["resting"]
    assert (row["allocated"], row["passed_on"], row["resting"], row["available"]) == (400, 150, 250, 250)
    assert [one["entry"].area.name_latin for one in context["rows"]] == ["Zhijin County", "Huawu"]
    assert context["next"] == zhijin


def test_the_next_step_is_to_enter_money_where_none_is_left(world: World, as_user: Any) -> None:
    answer = as_user("finance").get(ZHIJIN)
    assert answer.context["next"] is None
    assert reverse("funds-enter", args=[2010, "520524"]) in answer.content.decode()


def test_readers_look_and_are_offered_nothing_to_write(world: World, zhijin: Allocation, as_user: Any) -> None:
    for path in (ZHIJIN, page_of(zhijin)):
        text = as_user("clerk").get(path).content.decode()
        assert not [way for way in ("/enter/", "/pass-down/", "/pay/", "/adjust/", "/attach/") if way in text]


def test_what_lies_outside_is_not_found(world: World, zhijin: Allocation, as_user: Any) -> None:
    guizhou = zhijin.parent
    assert guizhou
    kept = attach_file(guizhou, file_name="a.pdf", content=b"%PDF-1", by=treasurer(world))
    client = as_user("finance")
    assert client.get(page_of(guizhou)).status_code == client.get(page_of(Allocation(pk=0))).status_code == 404
    assert client.get(f"/funds/attachments/{kept.pk}/").status_code == 404
    assert client.get("/funds/2010/52/").status_code == 404
    # Of the giver only the name is told, and no way leads there.
    text = client.get(page_of(zhijin)).content.decode()
    assert "Guizhou" in text
    assert page_of(guizhou) not in text


def test_the_list_is_narrowed_by_source_programme_and_level(world: World, zhijin: Allocation, as_user: Any) -> None:
    passed(world, zhijin, "dew", Huawu=10)
    other = FundSource.objects.create(code="county", name="县级资金", kind="budget", tier=3)
    given(world, "Zhijin County", 5, source=other)
    client = as_user("finance")

    def found(query: str) -> list[tuple[str, int]]:
        return [
            (r["entry"].source.code, int(r["entry"].amount)) for r in client.get(f"{ZHIJIN}?{query}").context["rows"]
        ]

    assert found("source=county") == [("county", 5)]
    assert found("programme=dew") == [("central", 10)]
    assert found("programme=none&source=central") == [("central", 400)]
    assert found("level=5") == [("central", 10)]
    answer = client.get(f"{ZHIJIN}?source=nonsense")
    assert len(answer.context["rows"]) == 3
    assert "The list is not narrowed" in answer.content.decode()


def test_long_lists_are_turned_page_by_page(
    world: World, zhijin: Allocation, as_user: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    passed(world, zhijin, Huawu=10, Gaoshan=20, Longtan=30)
    for views, size in ((area, "PAGE"), (allocation, "CHILDREN"), (allocation, "ENTRIES")):
        monkeypatch.setattr(views, size, 2)
    client = as_user("finance")
    pages = [client.get(f"{ZHIJIN}?level=5&page={number}").context["rows"] for number in (1, 2)]
    assert [len(rows) for rows in pages] == [2, 1]
    assert {row["entry"].area.name_latin for rows in pages for row in rows} == {"Huawu", "Gaoshan", "Longtan"}
    book_payment(zhijin, kind="disbursed", amount=Decimal(1), paid_on=DAY, by=world.finance)
    context = client.get(f"{page_of(zhijin)}?page=2&history=2").context
    assert [row["entry"].area.name_latin for row in context["children"]] == ["Longtan"]
    assert [line.what for line in context["lines"]] == ["disbursed"]
    assert context["children_page"].previous_url == "?page=1&history=2"


def test_a_place_is_found_by_its_code_of_that_year_and_the_list_is_that_years(
    world: World, zhijin: Any, as_user: Any
) -> None:
    given(world, "Huawu", 7, year=2009)
    client = as_user("finance")
    assert [int(row["entry"].amount) for row in client.get("/funds/2009/520524/").context["rows"]] == [7]
    assert client.get("/funds/1990/520524/").status_code == 404


PINNED = {"": 20, "allocation": 20, "payments/": 18}


def test_the_pages_ask_as_much_however_much_there_is(world: World, zhijin: Allocation, as_user: Any) -> None:
    client = as_user("finance")
    for _time in range(2):
        for place in ("Huawu", "Gaoshan", "Longtan"):
            [child] = passed(world, zhijin, "dew", **{place: 10})
            book_payment(child, kind="disbursed", amount=Decimal(1), paid_on=DAY, by=world.finance)
            book_payment(zhijin, kind="disbursed", amount=Decimal(1), paid_on=DAY, by=world.finance)
        asked = {}
        for name in PINNED:
            with CaptureQueriesContext(connection) as queries:
                client.get(page_of(zhijin) if name == "allocation" else f"{ZHIJIN}{name}")
            asked[name] = len(queries)
        assert asked == PINNED


def test_money_from_outside_is_entered_once(world: World, as_user: Any) -> None:
    client, sent = as_user("finance"), entering(amount="1,234.50")
    answers = [client.post(f"{ZHIJIN}enter/", sent) for _time in range(2)]
    made = Allocation.objects.get()
    assert [answer["Location"] for answer in answers] == [page_of(made)] * 2
    assert (made.amount, made.area, made.by) == (Decimal("1234.50"), world["520524"], world.finance)


def test_foreign_money_is_entered_with_its_rate(world: World, as_user: Any) -> None:
    typed = entering(currency="usd", currency_amount="1000.55", rate="6.8275") | {"money": "foreign"}
    as_user("finance").post(f"{ZHIJIN}enter/", typed)
    made = Allocation.objects.get()
    assert (made.amount, made.currency, made.rate) == (Decimal("6831.26"), "USD", Decimal("6.8275"))


def test_what_is_wrong_is_told_at_each_field_and_what_was_typed_stays(world: World, as_user: Any) -> None:
    typed = entering(amount="12,34") | {"document_no": "", "document_date": "2090-01-01", "area": "520525"}
    answer = as_user("finance").post(f"{ZHIJIN}enter/", typed)
    assert answer.status_code == 422
    told = {anchor: message for anchor, _label, message in answer.context["errors"]}
    assert told.keys() == {"id_amount", "id_document_no", "id_document_date", "id_area"}
    assert told["id_amount"] == "“12,34” is not a number."
    assert "No place of yours had the code 520525" in told["id_area"]
    assert 'value="12,34"' in answer.content.decode()
    assert answer.context["form"]["key"].value() == typed["key"]
    assert not Allocation.objects.exists()


def test_an_amount_is_needed_in_the_currency_that_is_chosen(world: World, as_user: Any) -> None:
    client = as_user("finance")
    told = client.post(f"{ZHIJIN}enter/", entering() | {"money": "foreign"}).context["errors"]
    assert [anchor for anchor, _label, _message in told] == ["id_currency", "id_currency_amount", "id_rate"]
    told = client.post(f"{ZHIJIN}enter/", entering(amount="0")).context["errors"]
    assert [anchor for anchor, _label, _message in told] == ["id_amount"]


def test_what_the_ledger_refuses_is_told_at_its_field(world: World, as_user: Any) -> None:
    own = FundSource.objects.create(code="village", name="村级资金", kind="self_raised", tier=5)
    told = as_user("finance").post(f"{ZHIJIN}enter/", entering(amount="1") | {"source": own.code}).context["errors"]
    assert [(anchor, "enters at the village or below" in message) for anchor, _, message in told] == [("id_area", True)]


def test_an_adjustment_is_the_givers_and_signed_by_what_is_chosen(
    world: World, zhijin: Allocation, as_user: Any
) -> None:
    [huawu] = passed(world, zhijin, Huawu=150)
    client = as_user("finance")
    assert client.get(page_of(zhijin, "adjust/")).status_code == 404
    url = page_of(huawu, "adjust/")
    assert client.post(url, fields(way="less", amount="40", reason="A smaller well.")).status_code == 302
    assert client.post(url, fields(way="more", amount="10", reason="It grew again.")).status_code == 302
    assert client.post(url, fields(way="withdrawn", amount="20", reason="Not needed.")).status_code == 302
    assert balance(huawu)["allocated"] == 100
    assert [str(one.amount) for one in Adjustment.objects.order_by("pk")] == ["-40.00", "10.00", "-20.00"]
    answer = client.post(url, fields(way="less", amount="101", reason="All of it."))
    assert answer.status_code == 422
    assert "1 yuan too much" in answer.context["errors"][0][2]


def test_payments_are_booked_listed_and_taken_back(world: World, zhijin: Allocation, as_user: Any) -> None:
    client = as_user("finance")
    paid = {"kind": "disbursed", "amount": "300", "paid_on": "2010-06-01", "document_no": "", "note": "Wells"}
    key = str(uuid.uuid4())
    for _time in range(2):
        assert client.post(page_of(zhijin, "pay/"), {**paid, "key": key})["Location"] == page_of(zhijin)
    one = Payment.objects.get()
    answer = client.post(page_of(zhijin, "pay/"), {**paid, "key": str(uuid.uuid4())})
    assert "200 yuan too much" in answer.context["errors"][0][2]
    [row] = client.get(f"{ZHIJIN}payments/?kind=disbursed").context["rows"]
    assert (row["entry"], row["may_take_back"]) == (one, True)
    back = f"/funds/payments/{one.pk}/take-back/"
    assert client.post(back, {"key": str(uuid.uuid4()), "reason": " "}).status_code == 422
    assert client.post(back, {"key": str(uuid.uuid4()), "reason": "Typed twice."}).status_code == 302
    assert balance(zhijin)["disbursed"] == 0
    rows = client.get(f"{ZHIJIN}payments/").context["rows"]
    assert [row["may_take_back"] for row in rows] == [False, False]
    assert "taken back already" in client.get(back).content.decode()
    assert client.post(back, {"key": str(uuid.uuid4()), "reason": "Again."}).status_code == 422


def test_who_only_reads_books_and_takes_back_nothing(world: World, zhijin: Allocation, as_user: Any) -> None:
    paid = book_payment(zhijin, kind="disbursed", amount=Decimal(1), paid_on=DAY, by=world.finance)
    client = as_user("clerk")
    assert client.get(page_of(zhijin, "pay/")).status_code == 404
    assert client.get(f"/funds/payments/{paid.pk}/take-back/").status_code == 404
    assert client.get(f"{ZHIJIN}payments/").context["rows"][0]["may_take_back"] is False


def test_the_history_tells_every_entry_in_order(world: World, zhijin: Allocation, as_user: Any) -> None:
    by, words = treasurer(world), {"document_no": "9", "document_date": DAY, "reason": "So."}
    together = {"document_no": "8", "document_date": DAY, "by": world.finance, "key": uuid.uuid4()}
    pass_down(zhijin, shares=[Share(world["Huawu"], Decimal(50)), Share(world["Gaoshan"], Decimal(60))], **together)
    [longtan] = passed(world, zhijin, "dew", Longtan=70)
    adjust_allocation(zhijin, kind="adjusted", amount=Decimal(-20), by=by, **words)
    adjust_allocation(longtan, kind="withdrawn", amount=Decimal(-70), by=world.finance, **words)
    paid = book_payment(zhijin, kind="disbursed", amount=Decimal(5), paid_on=DAY, by=world.finance)
    reverse_payment(paid, reason="Typed twice.", by=world.finance)
    attach_file(zhijin, file_name="a.pdf", content=b"%PDF-1", by=world.finance)
    answer = as_user("finance").get(page_of(zhijin))
    lines = [(one.what, one.number, one.amount) for one in answer.context["lines"]]
    assert lines == [
        ("given", 1, 400),
        ("passed", 2, 110),
        ("passed", 1, 70),
        ("adjusted", 1, -20),
        ("below", 1, -70),
        ("disbursed", 1, 5),
        ("back", 1, -5),
        ("attached", 1, None),
    ]
    text = answer.content.decode()
    for sentence in (
        "110 yuan passed down to 2 areas.",
        "70 yuan passed down to Longtan 龙潭村.",
        "70 yuan back from Longtan 龙潭村.",
        "A payment of 5 yuan taken back.",
    ):
        assert sentence in text


def test_the_page_of_a_village_tells_its_money_by_year(as_user: Any, world: World) -> None:
    zhijin = given(world, "Zhijin County", 1000)
    passed(world, zhijin, Huawu=150)
    page = as_user("clerk").get("/villages/2010/520524100201/").content.decode()
    assert '<a href="/funds/2010/520524100201/">2010</a>' in page
    assert "150" in page.split('id="funds"')[1]
    assert 'id="funds"' not in as_user("clerk").get("/villages/2010/520524100202/").content.decode()
