from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from programmes.measures import BY_KIND, Count, Kind, Money, Quantity, Rate
from programmes.models.base import Record


class WorkReliefRecord(Record):
    """One village's year of one kind of work relief: public works that pay the people who do them.

    Small works in poor areas since the 1980s: county and township roads, irrigation, drinking water, farmland,
    grassland, and whole river basins. From 2001 to 2010 the state spent more than 55 billion yuan on them. Source:
    white paper, November 2011, section III.
    """

    code = "work-relief"
    label = _("Work relief")
    summary = _("Public works that pay the villagers who do them")
    first_year = 2001
    order = 60
    source = "White paper, November 2011, section III"
    headline = ("people", "wages", "spent")
    kinds_label = _("Kind of work")
    kinds = (
        Kind("road", _("Roads"), "km"),
        Kind("irrigation", _("Irrigation"), "mu"),
        Kind("water", _("Drinking water"), "places"),
        Kind("farmland", _("Farmland"), "mu"),
        Kind("grassland", _("Grassland"), "mu"),
        Kind("basin", _("River basins"), "km2"),
    )

    quantity = Quantity(_("Built"), unit=BY_KIND, help_text=_("What was built or improved, in the unit of its kind."))
    people = Count(_("People served"), help_text=_("People to whom the works are of use."))
    workers = Count(_("Villagers paid"), help_text=_("Villagers who worked on them for pay."))
    women = Count(_("of which women"), part_of="workers")
    labour_days = Count(_("Labour days"), unit="days")
    wages = Money(_("Wages paid"), part_of="spent", help_text=_("Of what was spent, pay for the villagers' labour."))
    spent = Money(_("Spent"), help_text=_("All that was spent on the works this year, wages included."))

    rates: ClassVar = (
        Rate("wage_share", _("Wages, of what was spent"), "wages", "spent"),
        Rate("wage_a_day", _("Wage a labour day"), "wages", "labour_days", unit="yuan", scale=1),
    )
