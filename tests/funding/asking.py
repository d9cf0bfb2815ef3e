"""How a program asks the ledger's API, in short words."""

from __future__ import annotations

from typing import Any

from funding.models import Allocation
from tests.funding.money import central
from tests.problems import by_place

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
    return by_place(answer)
