"""Changing what an allocation gives, later and openly."""

from __future__ import annotations

import datetime as dt
import uuid
from decimal import Decimal

from django.db import transaction

from funding.actions.once import write_once
from funding.actions.scope import require_funds_of, require_not_ahead
from funding.models import Adjustment, Allocation
from povtrack.accounts.models import User


@transaction.atomic
def adjust_allocation(
    allocation: Allocation,
    *,
    kind: str,
    amount: Decimal,
    document_no: str,
    document_date: dt.date,
    reason: str,
    by: User,
    key: uuid.UUID | None = None,
) -> Adjustment:
    """Add an entry that gives an allocation more or less (`adjusted`) or takes money back (`withdrawn`; below zero).

    That is for the giver: whoever keeps the funds of the area from which it was passed down, or, of money from outside,
    those of the area itself. Raises Refused with the numbers where the giver has not so much, or where the money was
    passed on or paid out already.
    """
    require_funds_of(by, giver_of(allocation).area)
    require_not_ahead(document_date)
    entry = Adjustment(
        allocation=allocation,
        kind=kind,
        amount=amount,
        document_no=document_no.strip(),
        document_date=document_date,
        reason=reason.strip(),
        by=by,
        key=key,
    )
    return write_once([entry])[0]


def giver_of(allocation: Allocation) -> Allocation:
    """Return the allocation from which this one was passed down, or itself if it came from outside."""
    return allocation.parent or allocation
