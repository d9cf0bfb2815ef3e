from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from programmes.measures import Count, Kind, Money, Quantity, Rate
from programmes.models.base import Record


class WaterRecord(Record):
    """One village's year of water conservancy, by kind.

    The white paper names five small works: water cellars, ponds, pumping stations, diversion channels and other small
    works; and drinking water that is safe. Source: white paper, November 2011, section IV.
    """

    code = "water-conservancy"
    label = _("Water conservancy")
    summary = _("Safe drinking water, irrigation and small water works")
    first_year = 2001
    order = 130
    source = "White paper, November 2011, section IV"
    headline = ("people", "irrigated", "spent")
    kinds = (
        Kind("drinking", _("Drinking water")),
        Kind("cellar", _("Water cellars")),
        Kind("pond", _("Ponds")),
        Kind("pump", _("Pumping stations")),
        Kind("channel", _("Channels")),
        Kind("dam", _("Other small works")),
    )

    works = Count(_("Works"), unit="places", help_text=_("Works built or repaired this year."))
    people = Count(_("People served"), help_text=_("People who draw water from them since this year."))
    households = Count(_("Households served"), unit="households")
    irrigated = Quantity(_("Area irrigated"), unit="mu", help_text=_("Area that can be irrigated since this year."))
    allowance = Money(_("State allowance"), part_of="spent")
    spent = Money(_("Spent"))

    rates: ClassVar = (Rate("allowance_share", _("State allowance, of what was spent"), "allowance", "spent"),)
