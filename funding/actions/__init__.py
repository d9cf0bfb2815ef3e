"""All writes of the ledger: allocations, what is passed down, what changes later, payments, attachments."""

from funding.actions.adjustments import adjust_allocation
from funding.actions.allocations import Foreign, Share, enter_allocation, pass_down
from funding.actions.attachments import attach_file
from funding.actions.batches import Booking, book_payments
from funding.actions.payments import book_payment, reverse_payment
from funding.actions.refusals import Problem, RowsRefused

__all__ = [
    "Booking",
    "Foreign",
    "Problem",
    "RowsRefused",
    "Share",
    "adjust_allocation",
    "attach_file",
    "book_payment",
    "book_payments",
    "enter_allocation",
    "pass_down",
    "reverse_payment",
]
