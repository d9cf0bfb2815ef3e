"""The doors of the ledger's API, and the money in Zhijin that they lead to."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.db.models import Model

from funding.actions import adjust_allocation, attach_file, book_payment
from funding.models import Adjustment, Allocation, Attachment, FundSource, Payment
from tests.doors import INSIDE, NOBODY, SIGNED_IN, Door
from tests.funding.money import DAY, central, given, passed, treasurer

WATCHED: list[type[Model]] = [FundSource, Allocation, Adjustment, Payment, Attachment]
KEEPS = frozenset({"finance"})


def fund(world: Any) -> None:
    """Give Zhijin 5959 yuan by way of Guizhou: some was taken back, some paid, some passed on; and some of its own."""
    guizhou = given(world, "Guizhou", 9000)
    [zhijin] = passed(world, guizhou, Zhijin_County=5959)
    words: dict[str, Any] = {"document_no": "5959", "document_date": DAY, "by": treasurer(world)}
    adjust_allocation(zhijin, kind="withdrawn", amount=Decimal(-59), reason="Too much for Zhijin.", **words)
    book_payment(zhijin, kind="disbursed", amount=Decimal(59), paid_on=DAY, by=world.finance, note="Huawu")
    attach_file(zhijin, file_name="5959.pdf", content=b"%PDF-1.4 5959", by=world.finance)
    passed(world, zhijin, Huawu=1000)
    given(world, "Zhijin County", 595, note="Zhijin")


def of(model: type[Model], **words: Any) -> Callable[[Any], dict[str, Any]]:
    return lambda world: {"pk": model._default_manager.filter(**words).latest("pk").pk}


def zhijins(world: Any) -> int:
    """What was passed down to Zhijin."""
    return int(Allocation.objects.get(area=world["520524"], parent__isnull=False).pk)


def entered(world: Any) -> dict[str, Any]:
    document = {"document_no": "1", "document_date": DAY}
    return {"source": central().code, "year": 2010, "area": world["520524"].pk, "amount": "1.50", **document}


def passed_on(world: Any) -> dict[str, Any]:
    rows = [{"area": world["Huawu"].pk, "amount": "1.50"}]
    return {"document_no": "1", "document_date": DAY, "rows": rows}


def adjusted(world: Any) -> dict[str, Any]:
    document = {"document_no": "1", "document_date": DAY}
    return {"kind": "adjusted", "amount": "1.50", "reason": "More.", **document}


def payment(world: Any) -> dict[str, Any]:
    return {"allocation": zhijins(world), "kind": "disbursed", "amount": "1.50", "paid_on": DAY}


def writing(data: Callable[[Any], Any], kwargs: Callable[[Any], dict[str, Any]] = lambda world: {}) -> Door:
    """An address that is only posted to."""
    return Door(NOBODY, shut=(405,), kwargs=kwargs, writes=KEEPS, data=data, as_json=True)


LEDGER_DOORS: dict[str, Door] = {
    "api-fundsource-list": Door(SIGNED_IN),
    "api-fundsource-detail": Door(SIGNED_IN, kwargs=lambda world: {"code": central().code}),
    "api-allocation-list": Door(SIGNED_IN, writes=KEEPS, data=entered, as_json=True),
    "api-allocation-detail": Door(INSIDE, kwargs=of(Allocation, area__code="520524", parent__isnull=False)),
    "api-allocation-pass-down": writing(passed_on, of(Allocation, area__code="520524", parent__isnull=False)),
    "api-allocation-adjust": writing(adjusted, of(Allocation, note="Zhijin")),
    "api-allocation-attachments": Door(INSIDE, kwargs=of(Allocation, area__code="520524", parent__isnull=False)),
    "api-adjustment-list": Door(SIGNED_IN),
    "api-adjustment-detail": Door(INSIDE, kwargs=of(Adjustment)),
    "api-payment-list": Door(SIGNED_IN, writes=KEEPS, data=payment, as_json=True),
    "api-payment-detail": Door(INSIDE, kwargs=of(Payment)),
    "api-payment-bulk": writing(lambda world: {"rows": [payment(world)]}),
    "api-payment-reverse": writing(lambda world: {"reason": "Typed twice."}, of(Payment)),
    "api-attachment-detail": Door(INSIDE, kwargs=of(Attachment)),
    "api-attachment-content": Door(INSIDE, kwargs=of(Attachment)),
}
