from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from programmes.measures import Count, Money, Rate
from programmes.models.base import Record


class EducationRecord(Record):
    """One village's year of education aid: students of poor families whom public aid keeps at school.

    Free tuition and books, living allowances for boarders, and grants at higher stages; since 2010 a direct subsidy for
    vocational training of students from poor families is being tried. Source: white paper, November 2011, sections III
    and IV.
    """

    code = "education"
    label = _("Education aid")
    summary = _("Students of poor families supported at every stage of school")
    first_year = 2001
    order = 40
    source = "White paper, November 2011, sections III and IV"
    headline = ("students", "subsidy")
    spending = "subsidy"

    students = Count(_("Students supported"), help_text=_("Students of poor families who drew aid this year."))
    girls = Count(_("of which girls"), part_of="students")
    minority = Count(_("of which minority"), part_of="students")
    disabled = Count(_("of which disabled"), part_of="students")
    primary = Count(_("at primary school"), part_of="students")
    junior = Count(_("at junior middle school"), part_of="students")
    senior = Count(_("at senior middle school"), part_of="students")
    vocational = Count(_("at vocational school"), part_of="students")
    college = Count(_("at college or university"), part_of="students")
    boarding = Count(_("Boarders with allowance"), part_of="students", help_text=_("Boarders who drew an allowance."))
    subsidy = Money(_("Subsidy"), help_text=_("All aid paid to students of the village, or on their behalf."))

    rates: ClassVar = (
        Rate("girls_share", _("Girls, of the students supported"), "girls", "students"),
        Rate("subsidy_per_student", _("Subsidy a student"), "subsidy", "students", unit="yuan", scale=1),
    )
