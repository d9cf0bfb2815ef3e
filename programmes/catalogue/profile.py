from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from programmes.measures import Count, Flag, Mean, Money, Rate
from programmes.models.base import Record


class ProfileRecord(Record):
    """One poor village's yearly survey: who lives there, how poor they are, and what the village has.

    The basic conditions are those that the white paper counts for villages: road, power, safe water, clinic and school.
    Source: State Council Information Office, "New Progress in Development-oriented Poverty Reduction Program for Rural
    China", November 2011, sections I and II; the survey itself is povtrack's.
    """

    code = "profile"
    label = _("Village profile")
    summary = _("The yearly survey: people, poverty, income, and what the village has")
    first_year = 2001
    order = 20
    source = "White paper, November 2011, sections I and II"
    headline = ("population", "poor_people", "net_income")

    households = Count(_("Households"), unit="households", help_text=_("Households registered in the village."))
    population = Count(_("Population"), help_text=_("People registered in the village at the end of the year."))
    women = Count(_("of which women"), part_of="population")
    minority = Count(
        _("of which minority"), part_of="population", help_text=_("People of a national minority in the village.")
    )
    disabled = Count(_("of which disabled"), part_of="population")
    labourers = Count(
        _("Labourers"), part_of="population", help_text=_("People of working age who can work, also those away.")
    )
    poor_households = Count(_("Poor households"), unit="households", part_of="households")
    poor_people = Count(
        _("Poor people"), part_of="population", help_text=_("People below the national poverty line of the year.")
    )
    net_income = Mean(
        _("Net income"),
        unit="yuan_a_person",
        weight="population",
        help_text=_("Mean net income of a person over the year."),
    )
    collective_income = Money(
        _("Collective income"), help_text=_("What the village as a body earned, apart from its households.")
    )
    has_road = Flag(_("Road"), help_text=_("A road that cars can use all year reaches the village."))
    has_power = Flag(_("Power"), help_text=_("The village is connected to electric power."))
    has_water = Flag(_("Safe water"), help_text=_("Most households can draw safe drinking water."))
    has_clinic = Flag(_("Clinic"), help_text=_("The village has a clinic with a doctor."))
    has_school = Flag(_("School"), help_text=_("Children can attend primary school in the village or near it."))

    rates: ClassVar = (
        Rate("poverty", _("Poor people, of the population"), "poor_people", "population"),
        Rate("minority_share", _("Minority, of the population"), "minority", "population"),
    )
