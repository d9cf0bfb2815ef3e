from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from programmes.measures import Count, Kind, Money, Rate
from programmes.models.base import Record


class ScienceRecord(Record):
    """One village's year of science and technology for development, by kind.

    Special commissioners, demonstration bases and technical staff sent to poor counties. Source: white paper, November
    2011, section IV.
    """

    code = "science"
    label = _("Science and technology")
    summary = _("Experts, demonstration bases and projects that bring science to the village")
    first_year = 2001
    order = 160
    source = "White paper, November 2011, section IV"
    headline = ("people", "spent")
    kinds = (
        Kind("experts", _("Experts sent")),
        Kind("base", _("Demonstration bases")),
        Kind("project", _("Technology projects")),
        Kind("information", _("Information services")),
    )

    sites = Count(_("Sites"), unit="places", help_text=_("Bases, projects or stations at work this year."))
    experts = Count(_("Experts"), help_text=_("Experts who worked in the village this year."))
    people = Count(_("People reached"))
    women = Count(_("of which women"), part_of="people")
    spent = Money(_("Spent"))

    rates: ClassVar = (Rate("women_share", _("Women, of those reached"), "women", "people"),)
