from django.utils.translation import gettext_lazy as _

from programmes.measures import Count, Kind, Money, Quantity
from programmes.models.base import Record


class EcologyRecord(Record):
    """One village's year of ecological works, by kind.

    Farmland returned to forest, grassland restored, desertification and soil erosion treated. Source: white paper,
    November 2011, section IV.
    """

    code = "ecology"
    label = _("Ecology")
    summary = _("Forest, grassland and soil restored, and what households receive for it")
    first_year = 2001
    order = 180
    source = "White paper, November 2011, section IV"
    headline = ("treated", "households", "allowance")
    kinds = (
        Kind("forest", _("Farmland returned to forest")),
        Kind("grassland", _("Grassland restored")),
        Kind("stony", _("Stony desertification treated")),
        Kind("erosion", _("Soil erosion treated")),
        Kind("sand", _("Sand control")),
    )

    treated = Quantity(_("Area treated"), unit="mu", help_text=_("Area treated this year."))
    households = Count(_("Households taking part"), unit="households")
    people = Count(_("People taking part"))
    allowance = Money(_("Allowances paid"), help_text=_("Paid to households for what they gave up, this year."))
    spent = Money(_("Spent on works"))
