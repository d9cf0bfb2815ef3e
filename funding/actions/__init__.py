"""All writes of the ledger (allocations, payments and what belongs to them), and of partners, pairings and projects."""

from funding.actions.adjustments import adjust_allocation
from funding.actions.allocations import Foreign, Share, enter_allocation, pass_down
from funding.actions.attachments import attach_file
from funding.actions.batches import book_payments
from funding.actions.helping import Overtaken, curates
from funding.actions.load_partners import load_pairing_reports, load_pairings, load_partners
from funding.actions.pairing_reports import save_pairing_report
from funding.actions.pairings import change_pairing, pair, remove_pairing
from funding.actions.partners import add_partner, change_partner
from funding.actions.payments import Booking, book_payment, reverse_payment
from funding.actions.projects import Covered, add_project, book_to_project, change_project
from funding.actions.refusals import Problem, RowsRefused

__all__ = [
    "Booking",
    "Covered",
    "Foreign",
    "Overtaken",
    "Problem",
    "RowsRefused",
    "Share",
    "add_partner",
    "add_project",
    "adjust_allocation",
    "attach_file",
    "book_payment",
    "book_payments",
    "book_to_project",
    "change_pairing",
    "change_partner",
    "change_project",
    "curates",
    "enter_allocation",
    "load_pairing_reports",
    "load_pairings",
    "load_partners",
    "pair",
    "pass_down",
    "remove_pairing",
    "reverse_payment",
    "save_pairing_report",
]
