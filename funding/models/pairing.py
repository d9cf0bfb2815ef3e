"""Who helps which area since when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from funding.models.partner import Partner
from povtrack.accounts.roles import Ability
from villages.models import Area

if TYPE_CHECKING:
    from povtrack.accounts.models import User

# A pairing that ends earlier, or begins later, must still hold the years that were reported. Whoever adds a report at
# the same time holds the pairing's row, so that one of the two waits for the other.
_KEEPS_REPORTS = """
    PERFORM funding_refuse('funding_pairing_reported', jsonb_build_object('year', r.year))
    FROM funding_pairingreport r
    WHERE r.pairing_id = NEW.id AND NOT NEW.valid && funding_year(r.year)
    ORDER BY r.year LIMIT 1;
    RETURN NEW;
"""


class PairingQuerySet(models.QuerySet["Pairing"]):
    def visible_to(self, user: User, ability: Ability = Ability.READ) -> Self:
        """The pairings of areas in whose subtree `user` holds `ability`."""
        return self.filter(area__in=Area.objects.visible_to(user, ability))

    def within(self, area: Area) -> Self:
        """The pairings of an area's subtree as it is today."""
        return self.filter(area__in=Area.objects.within(area))

    def in_year(self, year: int) -> Self:
        """The pairings that stood in some part of a year."""
        return self.filter(valid__overlap=(f"{year}-01-01", f"{year + 1}-01-01"))


@pghistory.track(
    pghistory.UpdateEvent("changed", row=pghistory.Old),
    pghistory.DeleteEvent("deleted", row=pghistory.Old),
    level=pghistory.Statement,
    model_name="PairingEvent",
)
class Pairing(models.Model):
    """One partner that helps one area of any level, from a day on, until another or without end (half-open).

    Several partners may help one area, and one partner several areas. When an area changes its partner in mid-year, one
    pairing ends on the day on which the other begins. What a pairing can't say: help that two partners give together.
    """

    is_new = False  # as of a partner

    partner = models.ForeignKey(Partner, models.PROTECT, related_name="pairings", verbose_name=_("partner"))
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name=_("helped area"))
    valid = DateRangeField(_("valid"))
    document_no = models.CharField(_("document number"), max_length=80, blank=True, default="")
    document_date = models.DateField(_("document date"), null=True, blank=True)
    note = models.CharField(pgettext_lazy("record", "note"), max_length=500, blank=True, default="")
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    entered_at = models.DateTimeField(_("entered at"))
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False, verbose_name=_("entered by")
    )

    objects = PairingQuerySet.as_manager()

    class Meta:
        verbose_name = _("pairing")
        verbose_name_plural = _("pairings")
        constraints = [
            ExclusionConstraint(
                name="funding_pairing_once_at_a_time",
                expressions=[
                    ("partner", RangeOperators.EQUAL),
                    ("area", RangeOperators.EQUAL),
                    ("valid", RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("This partner helps this area in part of these dates already."),
            ),
            models.CheckConstraint(
                condition=Q(valid__isempty=False, valid__lower_inf=False),
                name="funding_pairing_begins",
                violation_error_message=_("A pairing has a first day, and ends after it."),
            ),
        ]
        indexes = [models.Index("area", Lower("valid"), name="funding_pairing_area")]
        triggers = [
            pgtrigger.Trigger(
                name="keeps_reports",
                when=pgtrigger.After,
                operation=pgtrigger.UpdateOf("valid"),
                func=_KEEPS_REPORTS,
            )
        ]

    def __str__(self) -> str:
        return f"{self.partner} → {self.area}"
