from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from programmes.measures import Count, Mean, Money, Rate
from programmes.models.base import Record


class DewRecord(Record):
    """One village's Dew Program figures for one year.

    The Dew Program (yulu jihua) trains young and middle-aged labourers of poor families for work off the farm. Source:
    State Council Information Office, "New Progress in Development-oriented Poverty Reduction Program for Rural China",
    November 2011, section IV: begun in 2004; by 2010 more than 4 million trained, over 80 % of them placed.
    """

    code = "dew"
    label = _("Dew Program")
    summary = _("Labour training for poor families, and work off the farm")
    first_year = 2004
    order = 10
    source = "White paper, November 2011, section IV"
    headline = ("trained", "placed", "spent")

    trained = Count(_("Trained"), help_text=_("People of poor families who finished a training course this year."))
    women = Count(_("of which women"), part_of="trained")
    minority = Count(_("of which minority"), part_of="trained", help_text=_("Trained people of a national minority."))
    disabled = Count(_("of which disabled"), part_of="trained")
    placed = Count(
        _("Placed off-farm"), part_of="trained", help_text=_("Of those trained, who found work off the farm this year.")
    )
    pay_before = Mean(
        _("Pay before"), unit="yuan_a_month", weight="placed", help_text=_("Mean monthly pay of those placed, before.")
    )
    pay_after = Mean(
        _("Pay after"), unit="yuan_a_month", weight="placed", help_text=_("Mean monthly pay of those placed, after.")
    )
    vocational = Count(
        _("Vocational students"), help_text=_("Students of poor families at vocational schools who drew the subsidy.")
    )
    subsidy = Money(_("Subsidy"), help_text=_("Training and living subsidy paid to people of the village."))
    spent = Money(_("Spent"), help_text=_("All that was spent on the programme in the village, subsidy included."))

    rates: ClassVar = (
        Rate("placement", _("Placed, of those trained"), "placed", "trained"),
        Rate("women_share", _("Women, of those trained"), "women", "trained"),
        Rate("spent_per_trained", _("Spent a person trained"), "spent", "trained", unit="yuan", scale=1),
    )
