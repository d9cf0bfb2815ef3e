from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from programmes.measures import Count, Kind, Money, Quantity, Rate
from programmes.models.base import Record


class AgritechRecord(Record):
    """One village's year of agricultural technology: what was taught and spread, by kind.

    Improved strains, farming methods and disease control are spread by demonstration and training. Source: white paper,
    November 2011, section IV.
    """

    code = "agricultural-technology"
    label = _("Agricultural technology")
    summary = _("Better strains and methods, taught and spread")
    first_year = 2001
    order = 110
    source = "White paper, November 2011, section IV"
    headline = ("trained", "spent")
    kinds = (
        Kind("strains", _("Improved strains")),
        Kind("methods", _("Farming methods")),
        Kind("livestock", _("Animal husbandry")),
        Kind("machinery", _("Machinery")),
        Kind("biogas", _("Biogas and clean energy")),
    )

    trained = Count(_("People trained"), help_text=_("Farmers who took part in training this year."))
    women = Count(_("of which women"), part_of="trained")
    households = Count(_("Households using it"), unit="households")
    used_on = Quantity(_("Area"), unit="mu", help_text=_("Area on which it is used this year."))
    spent = Money(_("Spent"))

    rates: ClassVar = (Rate("women_share", _("Women, of those trained"), "women", "trained"),)
