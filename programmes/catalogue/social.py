from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from programmes.measures import Count, Kind, Money, Rate
from programmes.models.base import Record


class SocialRecord(Record):
    """One village's year of social services, by kind: health, culture, subsistence allowances, pensions.

    Source: white paper, November 2011, sections II and IV (new cooperative medical scheme, rural subsistence
    allowances, new old-age insurance, clinics and cultural centres).
    """

    code = "social-services"
    label = _("Social services")
    summary = _("Health, culture, allowances and pensions in the village")
    first_year = 2001
    order = 170
    source = "White paper, November 2011, sections II and IV"
    headline = ("people", "allowance")
    kinds = (
        Kind("medical", _("Cooperative medical care")),
        Kind("allowance", _("Subsistence allowance")),
        Kind("pension", _("Old-age insurance")),
        Kind("clinic", _("Clinics and maternity")),
        Kind("culture", _("Culture and broadcasting")),
    )

    households = Count(_("Households"), unit="households", help_text=_("Households covered at the end of the year."))
    people = Count(pgettext_lazy("measure", "People"), help_text=_("People covered at the end of the year."))
    women = Count(_("of which women"), part_of="people")
    disabled = Count(_("of which disabled"), part_of="people")
    sites = Count(_("Sites"), unit="places", help_text=_("Clinics, centres or stations at work."))
    allowance = Money(_("Allowances paid"), help_text=_("Paid to people of the village this year."))
    spent = Money(_("Spent on sites"))

    rates: ClassVar = (Rate("allowance_a_person", _("Allowance a person"), "allowance", "people", "yuan", 1),)
