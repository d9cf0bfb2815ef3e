"""What only one pilot counts: indicators that an admin defines, with a target and an actual figure for each year."""

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from povtrack.lib.years import FIRST_YEAR, LAST_YEAR
from programmes.catalogue.pilot import PilotRecord
from villages.models import Area


class Indicator(models.Model):
    """One figure that pilots of a theme count, everywhere or only in one area, such as wells free of fluorine."""

    theme = models.CharField(_("theme"), max_length=20, choices=[(kind.code, kind.label) for kind in PilotRecord.kinds])
    area = models.ForeignKey(
        Area,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("area"),
        help_text=_("Only counties in this area count it; blank: all that have pilots of the theme."),
    )
    name = models.CharField(_("name"), max_length=120)
    unit = models.CharField(_("unit"), max_length=40)
    definition = models.CharField(_("definition"), max_length=500, blank=True)
    adds_up = models.BooleanField(
        _("adds up"),
        default=True,
        db_default=True,
        help_text=_("Counts and amounts of several counties make a total; shares and means do not."),
    )
    is_asked = models.BooleanField(_("asked for"), default=True, help_text=_("Take the mark off to ask no more."))

    class Meta:
        verbose_name = _("pilot indicator")
        verbose_name_plural = _("pilot indicators")
        ordering = ("theme", "name")
        constraints = [
            models.UniqueConstraint(
                fields=["theme", "area", "name"],
                nulls_distinct=False,
                name="programmes_indicator_once",
                violation_error_message=_("There is such an indicator already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.unit})"


# As with records: only what a row was is kept, and the database keeps it.
@pghistory.track(
    pghistory.UpdateEvent("changed", row=pghistory.Old),
    pghistory.DeleteEvent("deleted", row=pghistory.Old),
    level=pghistory.Statement,
    model_name="IndicatorFigureEvent",
)
class IndicatorFigure(models.Model):
    """What one county meant to reach, and reached, on one indicator in one year."""

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="figures", verbose_name=_("indicator"))
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name=_("area"))
    year = models.SmallIntegerField(_("year"))
    target = models.DecimalField(_("target"), max_digits=16, decimal_places=2, null=True, blank=True)
    actual = models.DecimalField(_("actual"), max_digits=16, decimal_places=2, null=True, blank=True)
    version = models.PositiveIntegerField(_("version"), default=1)
    entered_at = models.DateTimeField(_("entered at"))
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False, verbose_name=_("entered by")
    )

    class Meta:
        verbose_name = _("indicator figure")
        verbose_name_plural = _("indicator figures")
        constraints = [
            models.UniqueConstraint(fields=["indicator", "area", "year"], name="programmes_indicatorfigure_once"),
            models.CheckConstraint(
                condition=Q(year__range=(FIRST_YEAR, LAST_YEAR)), name="programmes_indicatorfigure_year_sensible"
            ),
            models.CheckConstraint(
                condition=(Q(target=None) | Q(target__gte=0)) & (Q(actual=None) | Q(actual__gte=0)),
                name="programmes_indicatorfigure_not_negative",
                violation_error_message=_("A figure here is zero or more."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.year}: {self.area_id}"
