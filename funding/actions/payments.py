"""Booking what was paid of an allocation, and taking a booking back."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from funding.actions.once import write_once
from funding.actions.refusals import TakenBack
from funding.actions.scope import require_funds_of, require_not_ahead
from funding.models import Allocation, Payment
from povtrack.accounts.models import User


@dataclass(frozen=True)
class Booking:
    """A payment to be booked."""

    allocation: Allocation
    kind: str
    amount: Decimal
    paid_on: dt.date
    document_no: str = ""
    note: str = ""


def payment_of(booking: Booking, by: User, key: uuid.UUID | None) -> Payment:
    """Return the entry of a booking, not yet written."""
    return Payment(
        allocation=booking.allocation,
        kind=booking.kind,
        amount=booking.amount,
        paid_on=booking.paid_on,
        document_no=booking.document_no.strip(),
        note=booking.note.strip(),
        by=by,
        key=key,
    )


@transaction.atomic
def book_payment(
    allocation: Allocation,
    *,
    kind: str,
    amount: Decimal,
    paid_on: dt.date,
    by: User,
    document_no: str = "",
    note: str = "",
    key: uuid.UUID | None = None,
) -> Payment:
    """Book money of an allocation as disbursed, spent or returned, and return the payment.

    Sent again with the same key it is written once. Raises Refused with the numbers where more would be disbursed than
    rests, or more spent and returned than was disbursed; and RowsRefused with each field that is wrong.
    """
    require_funds_of(by, allocation.area)
    require_not_ahead(paid_on, "paid_on")
    booking = Booking(allocation, kind, amount, paid_on, document_no, note)
    return write_once([payment_of(booking, by, key)])[0]


@transaction.atomic
def reverse_payment(payment: Payment, *, reason: str, by: User, key: uuid.UUID | None = None) -> Payment:
    """Take a payment that was booked by mistake back, by an entry of its own with its amount below zero.

    Raises Refused where it was taken back already, or where what hangs on it would not hold without it.
    """
    require_funds_of(by, payment.allocation.area)
    if payment.reverses_id is not None:
        raise TakenBack
    before = (
        Payment.objects.filter(key=key, reverses=payment).first() if key else None
    )  # sent before, perhaps yesterday
    entry = Payment(
        allocation=payment.allocation,
        kind=payment.kind,
        amount=-payment.amount,
        paid_on=before.paid_on if before else timezone.localdate(),
        document_no=payment.document_no,
        note=reason.strip(),
        reverses=payment,
        by=by,
        key=key,
    )
    return write_once([entry])[0]
