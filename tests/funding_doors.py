"""The doors of the ledger's pages. The money that they lead to is made in tests/ledger_doors.py."""

from __future__ import annotations

import uuid
from typing import Any

from funding.models import Allocation, Attachment, FundSource, Payment
from tests.doors import INSIDE, KEEPERS, MANAGERS, NOBODY, SIGNED_IN, Door, Kwargs, SentFile, admin_pages

FINANCE = frozenset({"finance"})


def place(world: Any) -> dict[str, Any]:
    return {"year": 2010, "code": "520524"}


def at(area: str) -> Kwargs:
    return lambda world: {"pk": Allocation.objects.filter(area=world[area]).earliest("pk").pk}


def one(model: Any) -> Kwargs:
    return lambda world: {"pk": model.objects.get().pk}


def entry(**typed: Any) -> Any:
    words = {"key": str(uuid.uuid4()), "document_no": "1", "document_date": "2010-03-01"}
    return lambda world: {**words, **typed}


def share(world: Any) -> dict[str, Any]:
    return {**entry()(world), "level": "5", f"amount-{world['Gaoshan'].pk}": "7"}


def source_form(world: Any) -> dict[str, Any]:
    return {"code": "county", "name": "县级资金", "kind": "budget", "tier": "3"}


ENTERED = {"source": "central", "year": "2010", "area": "520524", "money": "yuan", "amount": "7"}

FUNDS: dict[str, Door] = {
    "funds": Door(SIGNED_IN, status=302),
    "funds-area": Door(INSIDE, kwargs=place),
    "funds-enter": Door(FINANCE, kwargs=place, writes=FINANCE, data=entry(**ENTERED)),
    "funds-payments": Door(INSIDE, kwargs=place),
    "allocation": Door(INSIDE, kwargs=at("Zhijin County")),
    "allocation-pass-down": Door(FINANCE, kwargs=at("Zhijin County"), writes=FINANCE, data=share),
    "allocation-template": Door(FINANCE, kwargs=at("Zhijin County")),
    "allocation-sheet": Door(FINANCE, kwargs=at("Zhijin County")),
    # Asked properly in tests/funding/test_sheets.py.
    "allocation-sheet-errors": Door(NOBODY, kwargs=lambda world: {**at("Zhijin County")(world), "key": uuid.uuid4()}),
    "allocation-adjust": Door(
        FINANCE, kwargs=at("Huawu"), writes=FINANCE, data=entry(way="less", amount="7", reason="Less was needed.")
    ),
    "allocation-pay": Door(
        FINANCE,
        kwargs=at("Zhijin County"),
        writes=FINANCE,
        data=entry(kind="disbursed", amount="7", paid_on="2010-03-01"),
    ),
    "allocation-attach": Door(
        NOBODY,
        shut=(405,),
        kwargs=at("Zhijin County"),
        writes=FINANCE,
        data=lambda world: {"file": SentFile("b.pdf", b"%PDF-2")},
    ),
    "payment-take-back": Door(FINANCE, kwargs=one(Payment), writes=FINANCE, data=entry(reason="Typed twice.")),
    "attachment": Door(INSIDE, kwargs=one(Attachment)),
    **admin_pages(
        "funding_fundsource",
        lambda world: FundSource.objects.get().pk,
        KEEPERS | MANAGERS,
        adds=KEEPERS,
        data=source_form,
    ),
}
