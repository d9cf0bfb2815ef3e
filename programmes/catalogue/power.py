from django.utils.translation import gettext_lazy as _

from programmes.measures import Count, Kind, Money, Quantity
from programmes.models.base import Record


class PowerRecord(Record):
    """One village's year of rural power supply, by kind.

    Source: white paper, November 2011, section IV (power to areas without it, and renewal of rural grids).
    """

    code = "power"
    label = _("Power supply")
    summary = _("Power lines, renewed grids, and power where no line reaches")
    first_year = 2001
    order = 140
    source = "White paper, November 2011, section IV"
    headline = ("households", "people", "spent")
    kinds = (
        Kind("grid", _("New grid")),
        Kind("renewal", _("Grid renewal")),
        Kind("hydro", _("Small hydropower")),
        Kind("solar", _("Solar and wind")),
    )

    households = Count(_("Households connected"), unit="households", help_text=_("With power since this year."))
    people = Count(_("People served"))
    line_km = Quantity(_("Lines"), unit="km", help_text=_("Power lines built or renewed this year."))
    capacity = Quantity(_("Capacity"), unit="kw", help_text=_("Generating capacity added this year."))
    allowance = Money(_("State allowance"), part_of="spent")
    spent = Money(_("Spent"))
