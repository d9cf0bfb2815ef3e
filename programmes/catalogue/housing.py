from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from programmes.measures import Count, Kind, Money, Quantity, Rate
from programmes.models.base import Record


class HousingRecord(Record):
    """One village's year of rebuilding dilapidated houses, by kind of work.

    Tried since 2008; in its first three years the state gave 11.7 billion yuan to 2,034,000 households. Source: white
    paper, November 2011, section IV.
    """

    code = "housing"
    label = _("Housing renovation")
    summary = _("Dilapidated houses of poor families rebuilt or made safe")
    first_year = 2008
    order = 150
    source = "White paper, November 2011, section IV"
    headline = ("households", "allowance", "spent")
    kinds = (
        Kind("rebuild", _("Rebuilt")),
        Kind("repair", _("Repaired")),
        Kind("energy", _("Made to save energy")),
    )

    households = Count(_("Households helped"), unit="households")
    five_guarantees = Count(
        _("of which without support"),
        unit="households",
        part_of="households",
        help_text=_("Households under the five guarantees: old, disabled or orphaned, with nobody to support them."),
    )
    disabled = Count(_("of which with a disabled person"), unit="households", part_of="households")
    people = Count(pgettext_lazy("measure", "People"))
    floor = Quantity(_("Floor space"), unit="m2")
    allowance = Money(_("State allowance"), part_of="spent")
    spent = Money(_("Spent"), help_text=_("All that was spent on the houses, what the families gave included."))

    rates: ClassVar = (
        Rate("allowance_a_household", _("Allowance a household"), "allowance", "households", unit="yuan", scale=1),
    )
