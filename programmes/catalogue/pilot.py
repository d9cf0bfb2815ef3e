from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from programmes.measures import Count, Kind, Money, Rate
from programmes.models.base import Record
from villages.levels import Level


class PilotRecord(Record):
    """One county's year of pilot projects of one theme, in an area with difficulties of its own.

    Pilots combine development with the treatment of a local disease, of stony desertification or of a border region's
    remoteness, with the support of small peoples, or with rebuilding after an earthquake. What only one pilot counts is
    told by its own indicators (`Indicator`), with target and actual. Source: white paper, November 2011, sections III
    and IV.
    """

    code = "pilot"
    label = _("Pilot projects")
    summary = _("Projects of their own kind in areas with difficulties of their own")
    level = Level.COUNTY
    first_year = 2005
    order = 100
    source = "White paper, November 2011, sections III and IV"
    headline = ("projects", "people", "spent")
    kinds_label = _("Theme")
    kinds = (
        Kind("border", _("Border areas")),
        Kind("small-peoples", _("Peoples with small populations")),
        Kind("disease", _("Areas of endemic disease")),
        Kind("desertification", _("Stony desertification")),
        Kind("quake", _("Rebuilding after earthquakes")),
        Kind("old-bases", _("Old revolutionary bases")),
        Kind("other", _("Other")),
    )

    projects = Count(_("Projects"), unit="projects", help_text=_("Projects under way this year."))
    villages = Count(_("Villages"), unit="villages", help_text=_("Villages that take part."))
    budget = Money(_("Budget"), help_text=_("Budget of the year, from all sponsors."))
    households = Count(_("Households benefiting"), unit="households")
    people = Count(_("People benefiting"))
    minority = Count(_("of which minority"), part_of="people")
    spent = Money(_("Spent"), help_text=_("All that was spent on the projects this year."))

    rates: ClassVar = (Rate("carried_out", _("Spent, of the budget"), "spent", "budget"),)
