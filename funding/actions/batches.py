"""Booking many payments at once, as programs of banks and treasuries send them."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from funding.actions.once import write_once
from funding.actions.payments import Booking, payment_of
from funding.actions.refusals import KeyTaken, RowsRefused
from funding.actions.scope import days_ahead, require_funds_of
from funding.models import Payment
from povtrack.accounts.models import User
from programmes.actions import Refused

MAX_BOOKINGS = 1000


@transaction.atomic
def book_payments(bookings: Sequence[Booking], *, by: User, key: uuid.UUID | None = None) -> list[Payment]:
    """Book payments of one or more allocations, all or none, and return them in their order.

    Sent again with the same key they are written once. Raises Refused as `book_payment` does, and RowsRefused with what
    is wrong with each row.
    """
    if not 1 <= len(bookings) <= MAX_BOOKINGS:
        raise Refused(_("A batch holds 1 to %(limit)s payments.") % {"limit": MAX_BOOKINGS})
    require_funds_of(by, *{booking.allocation.area for booking in bookings})
    if problems := days_ahead([booking.paid_on for booking in bookings], "paid_on"):
        raise RowsRefused(problems)
    written = write_once([payment_of(booking, by, _key_of(row, key)) for row, booking in enumerate(bookings)])
    _require_no_more(written, len(bookings), key)
    return written


def _key_of(row: int, key: uuid.UUID | None) -> uuid.UUID | None:
    """Each row has a key of its own, made of that of the batch: two can be of one allocation and kind."""
    return uuid.uuid5(key, str(row)) if key else None


def _require_no_more(written: list[Payment], sent: int, key: uuid.UUID | None) -> None:
    """Raise KeyTaken where this is the beginning of a longer batch that was sent with the key before."""
    if key and not written[0].is_new and Payment.objects.filter(key=_key_of(sent, key)).exists():
        raise KeyTaken
