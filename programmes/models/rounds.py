import datetime as dt

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from povtrack.lib.years import FIRST_YEAR, LAST_YEAR

# A new round expects a record of every place, so the totals of its year are due everywhere.
_EXPECT = """
    INSERT INTO programmes_dirtycell (programme, year, county_id, at)
    SELECT r.programme, r.year, p.county_id, clock_timestamp()
    FROM new_rows r JOIN villages_placement p ON p.level = 3 AND p.valid @> make_date(r.year, 12, 31);
    RETURN NULL;
"""


def days_until(day: dt.date) -> int:
    """How many days there are from today until a day; negative for one gone by."""
    return (day - timezone.localdate()).days


class Round(models.Model):
    """The collection window of one programme and year. Outside it nothing is written; without it none is expected."""

    programme = models.CharField(_("programme"), max_length=40)
    year = models.SmallIntegerField(_("year"))
    opens = models.DateField(_("opens"))
    due = models.DateField(_("due"))
    closes = models.DateField(_("closes"), help_text=_("The last day on which records can be entered."))

    class Meta:
        verbose_name = _("round")
        verbose_name_plural = _("rounds")
        triggers = [
            pgtrigger.Trigger(
                name="expect_records",
                level=pgtrigger.Statement,
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                referencing=pgtrigger.Referencing(new="new_rows"),
                func=_EXPECT,
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "year"],
                name="programmes_round_once",
                violation_error_message=_("This programme already has a round for this year."),
            ),
            models.CheckConstraint(
                condition=Q(opens__lte=F("due"), due__lte=F("closes")),
                name="programmes_round_in_order",
                violation_error_message=_("A round opens, then is due, then closes."),
            ),
            models.CheckConstraint(
                condition=Q(year__range=(FIRST_YEAR, LAST_YEAR)),
                name="programmes_round_year_sensible",
                violation_error_message=_("The year is out of range."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme} {self.year}"

    def is_open(self, on: dt.date | None = None) -> bool:
        """Tell whether records can be entered on a day (today by default)."""
        return self.opens <= (on or timezone.localdate()) <= self.closes

    @property
    def days_left(self) -> int:
        """Days until the round is due; negative when it is overdue."""
        return days_until(self.due)
