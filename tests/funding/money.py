"""Money in the small world: a central source, and short words for what finance officers do."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from funding.actions import Share, enter_allocation, pass_down
from funding.models import Allocation, FundSource
from povtrack.accounts.models import Jurisdiction, User
from povtrack.accounts.roles import Role
from tests.world import World

DAY = dt.date(2010, 3, 1)


def central() -> FundSource:
    """The central poverty fund."""
    made, _new = FundSource.objects.get_or_create(
        code="central",
        defaults={"name": "中央财政扶贫资金", "name_latin": "Central poverty fund", "kind": "budget", "tier": 0},
    )
    return made


def treasurer(world: World) -> User:
    """A finance officer of the whole nation."""
    user, new = User.objects.get_or_create(username="treasurer")
    if new:
        Jurisdiction.objects.create(user=user, role=Role.FINANCE, area=world["CN"])
    return user


def given(world: World, area: str, amount: Any, **more: Any) -> Allocation:
    """Central money that came to an area from outside."""
    words: dict[str, Any] = {"document_no": "财农〔2010〕1号", "document_date": DAY, "by": treasurer(world)}
    words |= {"source": central(), "year": 2010, "amount": amount and Decimal(amount), **more}
    return enter_allocation(area=world[area], **words)


def passed(world: World, parent: Allocation, programme: str = "", **amounts: Any) -> list[Allocation]:
    """What was passed down to areas, by Latin name (_ for a space)."""
    shares = [Share(world[name.replace("_", " ")], Decimal(amount), programme) for name, amount in amounts.items()]
    return pass_down(parent, shares=shares, document_no="黔财农〔2010〕2号", document_date=DAY, by=treasurer(world))


def balance(allocation: Allocation) -> dict[str, Decimal]:
    """What an allocation holds, by name."""
    found = Allocation.objects.with_balance().get(pk=allocation.pk).balance
    names = ("allocated", "passed_on", "resting", "disbursed", "returned", "spent", "available", "unspent")
    return {name: getattr(found, name) for name in names}
