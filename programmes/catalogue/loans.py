from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from programmes.measures import Count, Money, Rate
from programmes.models.base import Record
from villages.levels import Level


class LoanRecord(Record):
    """One county's year of interest-discount loans: commercial loans on which the state pays part of the interest.

    From 2001 to 2010 the state spent 5.415 billion yuan on interest, and banks lent nearly 200 billion; since 2008
    counties run the household part. Since 2009 small guaranteed loans go to women above all. Source: white paper,
    November 2011, sections III and IV.
    """

    code = "loans"
    label = _("Interest-discount loans")
    summary = _("Loans on which the state pays part of the interest")
    level = Level.COUNTY
    first_year = 2001
    order = 90
    source = "White paper, November 2011, sections III and IV"
    headline = ("loans", "loaned", "discount")
    spending = "discount"

    loans = Count(_("Loans granted"), unit="accounts", help_text=_("Number of loans granted this year."))
    loans_women = Count(_("of which to women"), unit="accounts", part_of="loans")
    loaned = Money(_("Amount granted"), help_text=_("Amount of the loans granted this year."))
    loaned_women = Money(_("of which to women"), part_of="loaned")
    loaned_households = Money(_("of which to households"), part_of="loaned")
    loaned_enterprises = Money(_("of which to enterprises"), part_of="loaned")
    discount = Money(_("Discount funds"), help_text=_("Paid by the state for interest this year."))
    overdue = Money(
        pgettext_lazy("measure", "Overdue"),
        help_text=_("Loans that should have been paid back by 31 December and were not."),
    )

    rates: ClassVar = (
        Rate("women_share", _("To women, of the amount granted"), "loaned_women", "loaned"),
        Rate("leverage", _("Lent for a hundred yuan of discount"), "loaned", "discount", unit="yuan"),
    )
