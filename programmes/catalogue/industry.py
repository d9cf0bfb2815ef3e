from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from programmes.measures import Count, Kind, Money, Quantity, Rate
from programmes.models.base import Record


class IndustryRecord(Record):
    """One village's year in one industry that poverty funds help it to build.

    Leading enterprises and cooperatives, processing and sales are built around what a place grows best: potato, fruit,
    vegetables, tea, herbs, livestock. Source: white paper, November 2011, section III.
    """

    code = "industry"
    label = _("Industry development")
    summary = _("Planting, livestock and processing that give households an income")
    first_year = 2001
    order = 50
    source = "White paper, November 2011, section III"
    headline = ("households", "output", "spent")
    kinds_label = _("Industry")
    kinds = (
        Kind("grain", _("Grain and potato")),
        Kind("fruit", _("Fruit and vegetables")),
        Kind("cash", _("Tea, herbs, silk")),
        Kind("forest", _("Forest products")),
        Kind("livestock", pgettext_lazy("industry", "Livestock")),
        Kind("fish", _("Fish")),
        Kind("processing", _("Processing")),
        Kind("tourism", _("Tourism")),
        Kind("other", _("Other")),
    )

    households = Count(_("Households"), unit="households", help_text=_("Households that take part with support."))
    poor_households = Count(_("of which poor"), unit="households", part_of="households")
    planted = Quantity(_("Area"), unit="mu", help_text=_("Area planted or used for it this year."))
    livestock = Count(_("Livestock"), unit="head", help_text=_("Animals kept with support at the end of the year."))
    cooperatives = Count(_("Cooperatives"), unit="cooperatives")
    output = Money(_("Output value"), help_text=_("Value of what these households produced in it this year."))
    spent = Money(_("Spent"), help_text=_("Poverty funds spent on it in the village this year."))

    rates: ClassVar = (
        Rate("poor_share", _("Poor households, of those taking part"), "poor_households", "households"),
        Rate("output_per_household", _("Output a household"), "output", "households", unit="yuan", scale=1),
    )
