from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from programmes.measures import Count, Money, Rate
from programmes.models.base import Record
from programmes.rules import Balance
from programmes.soft_rules import Continues


class MutualFundRecord(Record):
    """One village mutual fund's year: what it had, what came in, what it lent, and what it closes with.

    Since 2006, 13,600 poor villages were each given 150,000 yuan, to which members add their own; the fund lends to
    members and belongs to all. Source: white paper, November 2011, section III. Balances are cash: loans issued go out
    of the fund, loans repaid come in.
    """

    code = "mutual-fund"
    label = _("Village mutual fund")
    summary = _("Funds that poor villages own and lend from")
    first_year = 2006
    order = 80
    source = "White paper, November 2011, section III"
    headline = ("members", "loaned", "closing")
    spending = "grant"

    opening = Money(_("Opening balance"), help_text=_("Cash and bank balance on 1 January."))
    grant = Money(_("State grant"), usual=150_000, help_text=_("Paid in by the state this year; as a rule, once."))
    contributions = Money(_("Members' contributions"), help_text=_("Paid in by member households this year."))
    donations = Money(_("Donations"), help_text=_("Given by others this year."))
    income = Money(_("Interest and other income"), help_text=_("Fees on loans, bank interest, and all other income."))
    repaid = Money(_("Loans repaid"), help_text=_("Loans paid back to the fund this year."))
    loans = Count(_("Loans issued"), unit="accounts", help_text=_("Number of loans issued this year."))
    loans_women = Count(_("of which to women"), unit="accounts", part_of="loans")
    loaned = Money(_("Amount lent"), help_text=_("Amount of the loans issued this year."))
    loaned_women = Money(_("of which to women"), part_of="loaned")
    expenses = Money(_("Expenses"), help_text=_("Costs, and all else that was paid out this year."))
    closing = Money(_("Closing balance"), help_text=_("Cash and bank balance on 31 December."))
    overdue = Money(_("Loans overdue"), help_text=_("Loans that should have been paid back and were not."))
    members = Count(_("Member households"), unit="households", help_text=_("Member households on 31 December."))
    poor_members = Count(_("of which poor"), unit="households", part_of="members")

    balances: ClassVar = (
        Balance(
            "closing",
            plus=("opening", "grant", "contributions", "donations", "income", "repaid"),
            minus=("loaned", "expenses"),
        ),
    )
    watches: ClassVar = (Continues("opening", "closing"),)
    rates: ClassVar = (
        Rate("women_share", _("Lent to women, of the amount lent"), "loaned_women", "loaned"),
        Rate("poor_share", _("Poor households, of the members"), "poor_members", "members"),
    )
