"""What finance officers can and can't do with the ledger, as the database keeps it."""

from __future__ import annotations

import uuid
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, InternalError, connection, transaction

from funding.actions import (
    RowsRefused,
    Share,
    adjust_allocation,
    attach_file,
    book_payment,
    enter_allocation,
    pass_down,
    reverse_payment,
)
from funding.actions.allocations import Foreign
from funding.models import Adjustment, Allocation, FundSource, Payment
from programmes.actions import Refused
from tests.funding.money import DAY, balance, central, given, passed, treasurer
from tests.world import World

pytestmark = pytest.mark.django_db


def pay(world: World, allocation: Allocation, kind: str, amount: Any, **more: Any) -> Payment:
    words = {"paid_on": DAY, "by": treasurer(world), **more}
    return book_payment(allocation, kind=kind, amount=Decimal(amount), **words)


def withdraw(world: World, allocation: Allocation, amount: Any, kind: str = "withdrawn") -> Adjustment:
    return adjust_allocation(
        allocation,
        kind=kind,
        amount=Decimal(amount),
        document_no="黔财农〔2010〕9号",
        document_date=DAY,
        reason="Less was needed.",
        by=treasurer(world),
    )


def test_what_is_passed_on_rests_with_the_recipient_and_no_longer_with_the_giver(world: World) -> None:
    guizhou = given(world, "Guizhou", 1000)
    zhijin, nayong = passed(world, guizhou, Zhijin_County=400, Nayong_County=250)
    [huawu] = passed(world, zhijin, Huawu=150)
    assert [balance(one)["resting"] for one in (guizhou, zhijin, nayong, huawu)] == [350, 250, 250, 150]
    assert sum(balance(one)["resting"] for one in Allocation.objects.all()) == 1000


def test_more_than_rests_is_refused_with_the_numbers(world: World) -> None:
    guizhou = given(world, "Guizhou", 1000)
    passed(world, guizhou, Zhijin_County=700)
    with pytest.raises(Refused) as refused:
        passed(world, guizhou, Nayong_County=301)
    for figure in ("1,000", "1,001", "1 yuan too much"):
        assert figure in str(refused.value)
    assert balance(guizhou)["resting"] == 300


def test_what_is_paid_out_can_not_be_passed_on_as_well(world: World) -> None:
    zhijin = given(world, "Zhijin County", 1000)
    pay(world, zhijin, "disbursed", 800)
    with pytest.raises(Refused, match="100 yuan too much"):
        passed(world, zhijin, Huawu=300)
    pay(world, zhijin, "returned", 100)
    passed(world, zhijin, Huawu=300)
    assert balance(zhijin)["available"] == 0


def test_no_more_is_spent_than_was_disbursed_and_not_given_back(world: World) -> None:
    zhijin = given(world, "Zhijin County", 1000)
    with pytest.raises(Refused, match="too much"):
        pay(world, zhijin, "spent", 1)
    pay(world, zhijin, "disbursed", 500)
    pay(world, zhijin, "returned", 100)
    with pytest.raises(Refused, match="1 too much"):
        pay(world, zhijin, "spent", 401)
    pay(world, zhijin, "spent", 400)
    assert balance(zhijin)["unspent"] == 0
    with pytest.raises(Refused, match="501 yuan too much"):
        pay(world, zhijin, "disbursed", "1101")


def test_what_is_taken_back_rests_with_the_giver_again(world: World) -> None:
    guizhou = given(world, "Guizhou", 1000)
    [zhijin] = passed(world, guizhou, Zhijin_County=400)
    pay(world, zhijin, "disbursed", 100)
    with pytest.raises(Refused, match="1 yuan too much"):
        withdraw(world, zhijin, -301)
    withdraw(world, zhijin, -300)
    assert balance(guizhou)["resting"] == 900
    withdraw(world, guizhou, -900)
    assert sum(balance(one)["resting"] for one in Allocation.objects.all()) == 100


def test_more_is_given_later_only_if_the_giver_has_it(world: World) -> None:
    guizhou = given(world, "Guizhou", 1000)
    [zhijin] = passed(world, guizhou, Zhijin_County=900)
    with pytest.raises(Refused, match="50 yuan too much"):
        withdraw(world, zhijin, 150, kind="adjusted")
    withdraw(world, guizhou, 50, kind="adjusted")
    withdraw(world, zhijin, 150, kind="adjusted")
    assert (balance(zhijin)["allocated"], balance(guizhou)["resting"]) == (1050, 0)


def test_money_goes_only_to_places_below(world: World) -> None:
    zhijin = given(world, "Zhijin County", 1000)
    with pytest.raises(RowsRefused) as refused:
        passed(world, zhijin, Baiyan=1, Huawu=1, Guizhou=1)
    assert {problem.area for problem in refused.value.problems} == {world["Baiyan"].pk, world["Guizhou"].pk}
    assert all("does not lie below" in problem.message for problem in refused.value.problems)
    with pytest.raises(RowsRefused, match="does not lie below"):
        passed(world, zhijin, Zhijin_County=1)
    passed(world, given(world, "CN", 10), Guizhou=1, Bijie=1, Zhijin_County=1, Chengguan=1, Huawu=1)


def test_money_for_a_programme_stays_for_it_and_other_money_can_be_given_one(world: World) -> None:
    free = given(world, "Guizhou", 1000)
    [dew] = passed(world, free, "dew", Bijie=500)
    assert dew.programme == "dew"
    assert passed(world, dew, Zhijin_County=100)[0].programme == "dew"
    with pytest.raises(RowsRefused, match="the money is for Dew Program"):
        passed(world, dew, "relocation", Zhijin_County=100)
    with pytest.raises(Refused, match="no programme “nonsense”"):
        passed(world, free, "nonsense", Bijie=1)


def test_the_database_itself_refuses_another_source_or_year(world: World) -> None:
    parent = given(world, "Guizhou", 1000)
    other = FundSource.objects.create(code="county", name="县级资金", kind="budget", tier=3)
    for different in ({"source": other}, {"year": 2009}):
        words = {"source": parent.source, "year": 2010, "area": world["Bijie"], "amount": 1, "document_no": "1"}
        with pytest.raises(IntegrityError, match="funding_allocation_lineage"), transaction.atomic():
            Allocation.objects.create(parent=parent, document_date=DAY, by=treasurer(world), **(words | different))


def test_money_does_not_enter_above_its_tier_nor_where_nothing_stood(world: World) -> None:
    own = FundSource.objects.create(code="county", name="县级资金", kind="budget", tier=3)
    with pytest.raises(RowsRefused, match="enters at the county or below"):
        given(world, "Bijie", 1, source=own)
    given(world, "Huawu", 1, source=own)
    with pytest.raises(RowsRefused, match="did not stand"):
        given(world, "Huawu", 1, year=2000)


def test_all_that_is_wrong_with_an_entry_is_told_at_once(world: World) -> None:
    with pytest.raises(RowsRefused) as refused:
        given(world, "Guizhou", "1.001", document_no=" ")
    assert {problem.field for problem in refused.value.problems} == {"amount", "document_no"}
    with pytest.raises(RowsRefused, match="more than zero") as refused:
        passed(world, given(world, "Guizhou", 10), Bijie=3, Zhijin_County=0)
    assert [problem.area for problem in refused.value.problems] == [world["Zhijin County"].pk]


def test_foreign_money_keeps_its_currency_and_rate(world: World) -> None:
    loan = Foreign("USD", Decimal("1000.55"), Decimal("6.8275"))
    entered = given(world, "Guizhou", None, foreign=loan)
    assert entered.amount == Decimal("6831.26")
    entered.pk, entered.amount = None, Decimal("6831.27")
    with pytest.raises(IntegrityError, match="currency_adds_up"), transaction.atomic():
        entered.save(force_insert=True)
    with pytest.raises(RowsRefused, match="times the rate"):
        given(world, "Guizhou", None, foreign=Foreign("usd", Decimal(1), Decimal(7)))


@pytest.mark.parametrize("change", ["UPDATE funding_allocation SET amount = 2", "DELETE FROM funding_allocation"])
def test_no_entry_is_ever_changed_or_deleted(world: World, change: str) -> None:
    given(world, "Guizhou", 1)
    with pytest.raises(InternalError, match="Cannot"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)


def test_what_is_sent_twice_is_written_once(world: World) -> None:
    parent, key = given(world, "Guizhou", 100), uuid.uuid4()
    words: dict[str, Any] = {"document_no": "2", "document_date": DAY, "by": treasurer(world), "key": key}
    first = pass_down(parent, shares=[Share(world["Bijie"], Decimal(60))], **words)
    again = pass_down(parent, shares=[Share(world["Bijie"], Decimal("60.00"))], **words)
    assert [one.pk for one in first] == [one.pk for one in again]
    with pytest.raises(Refused, match="Something else was sent"):
        pass_down(parent, shares=[Share(world["Bijie"], Decimal(61))], **words)
    booked = [pay(world, first[0], "disbursed", 40, key=key) for _time in range(2)]
    assert booked[0].pk == booked[1].pk
    assert balance(first[0])["available"] == 20


def test_a_wrong_booking_is_taken_back_by_one_of_its_own(world: World) -> None:
    zhijin = given(world, "Zhijin County", 1000)
    paid = pay(world, zhijin, "disbursed", 500)
    spent = pay(world, zhijin, "spent", 300)
    with pytest.raises(Refused, match="300 too much"):
        reverse_payment(paid, reason="Typed twice.", by=treasurer(world))
    back = reverse_payment(spent, reason="Typed twice.", by=treasurer(world))
    assert balance(zhijin)["spent"] == 0
    for wrong in (spent, back):
        with pytest.raises((Refused, RowsRefused)), transaction.atomic():
            reverse_payment(wrong, reason="Again.", by=treasurer(world))


def test_each_officer_keeps_only_the_funds_of_their_area(world: World) -> None:
    guizhou = given(world, "Guizhou", 1000)
    [zhijin] = passed(world, guizhou, Zhijin_County=400)
    by, words = world.finance, {"document_no": "1", "document_date": DAY}
    pass_down(zhijin, shares=[Share(world["Huawu"], Decimal(1))], by=by, **words)
    book_payment(zhijin, kind="disbursed", amount=Decimal(1), paid_on=DAY, by=by)
    for refused in (
        lambda: pass_down(guizhou, shares=[Share(world["Zhijin County"], Decimal(1))], by=by, **words),
        lambda: adjust_allocation(zhijin, kind="adjusted", amount=Decimal(1), reason="More.", by=by, **words),
        lambda: enter_allocation(
            source=central(), year=2010, area=world["Nayong County"], amount=Decimal(1), by=by, **words
        ),
        lambda: book_payment(zhijin, kind="disbursed", amount=Decimal(1), paid_on=DAY, by=world.clerk),
        lambda: attach_file(guizhou, file_name="a.pdf", content=b"%PDF-1", by=by),
    ):
        with pytest.raises(Refused, match="not yours"):
            refused()


def test_only_documents_are_attached_and_each_once(world: World) -> None:
    zhijin = given(world, "Zhijin County", 1000)
    kept = attach_file(zhijin, file_name="C:\\batch\\notice.pdf", content=b"%PDF-1.4 ...", by=world.finance)
    assert (kept.file_name, kept.content_type) == ("notice.pdf", "application/pdf")
    assert attach_file(zhijin, file_name="again.pdf", content=b"%PDF-1.4 ...", by=world.finance).pk == kept.pk
    for name, content, reason in (
        ("page.html", b"<script>", "no PDF"),
        ("big.pdf", b"%PDF-" + bytes(10 * 1024 * 1024), "at most"),
    ):
        with pytest.raises(Refused, match=reason):
            attach_file(zhijin, file_name=name, content=content, by=world.finance)
