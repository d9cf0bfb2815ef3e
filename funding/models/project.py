"""Projects that foreign donors pay for."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Self

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Round as Rounded
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from funding.models.allocation import Allocation
from funding.models.entry import Amount
from funding.models.partner import Partner
from villages.levels import Level
from villages.models import Area

if TYPE_CHECKING:
    from povtrack.accounts.models import User


class ForeignProjectQuerySet(models.QuerySet["ForeignProject"]):
    def visible_to(self, user: User) -> Self:
        """The projects that cover a county of the user's; all of them for whoever reads the whole nation."""
        areas = Area.objects.visible_to(user)
        if areas.filter(level=Level.NATION).exists():
            return self
        covering = ProjectCounty.objects.filter(area__in=areas).values("project")
        return self.filter(pk__in=covering)


@pghistory.track(
    pghistory.UpdateEvent("changed", row=pghistory.Old),
    pghistory.DeleteEvent("deleted", row=pghistory.Old),
    level=pghistory.Statement,
    model_name="ForeignProjectEvent",
)
class ForeignProject(models.Model):
    """One project with money of a foreign donor: the amount agreed on in its currency, and the yuan put beside it.

    `rate` is what one unit of the currency was worth in yuan when the project was agreed on; `yuan` is what the
    database computes from both. `people` is how many benefit in all, None where nobody counted.
    """

    is_new = False  # as of a partner

    name = models.CharField(_("name"), max_length=200)
    name_latin = models.CharField(_("name in Latin letters"), max_length=200, blank=True, default="")
    donor = models.ForeignKey(Partner, models.PROTECT, related_name="projects", verbose_name=_("donor"))
    currency = models.CharField(_("currency"), max_length=3, help_text=_("Three letters, such as USD."))
    currency_amount = Amount(_("amount in that currency"))
    rate = models.DecimalField(_("rate"), max_digits=18, decimal_places=8, help_text=_("Yuan for one unit."))
    yuan = models.GeneratedField(
        expression=Rounded(F("currency_amount") * F("rate"), 2),
        output_field=models.DecimalField(max_digits=26, decimal_places=2),
        db_persist=True,
        verbose_name=_("in yuan"),
    )
    counterpart = Amount(_("counterpart funds (yuan)"), null=True, blank=True, help_text=_("Of our own budgets."))
    valid = DateRangeField(_("runs"))
    programme = models.CharField(_("programme"), max_length=40, blank=True, default="")
    people = models.PositiveBigIntegerField(_("people benefiting"), null=True, blank=True)
    document_no = models.CharField(_("document number"), max_length=80, blank=True, default="")
    note = models.CharField(pgettext_lazy("record", "note"), max_length=500, blank=True, default="")
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    entered_at = models.DateTimeField(_("entered at"))
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False, verbose_name=_("entered by")
    )

    objects = ForeignProjectQuerySet.as_manager()

    class Meta:
        verbose_name = _("foreign-funded project")
        verbose_name_plural = _("foreign-funded projects")
        constraints = [
            models.UniqueConstraint(
                fields=["donor", "name"],
                name="funding_project_once",
                violation_error_message=_("There is a project of this donor and name already."),
            ),
            models.CheckConstraint(
                condition=~Q(name=""),
                name="funding_project_has_name",
                violation_error_message=_("A project needs a name."),
            ),
            models.CheckConstraint(
                condition=Q(currency__regex=r"^[A-Z]{3}$"),
                name="funding_project_currency",
                violation_error_message=_("A currency is three capital letters, such as USD."),
            ),
            models.CheckConstraint(
                condition=Q(currency_amount__gt=0, rate__gt=0) & (Q(counterpart=None) | Q(counterpart__gte=0)),
                name="funding_project_amounts",
                violation_error_message=_("Amount and rate are more than zero, counterpart funds zero or more."),
            ),
            models.CheckConstraint(
                condition=Q(valid__isempty=False, valid__lower_inf=False),
                name="funding_project_begins",
                violation_error_message=_("A project has a first day, and ends after it."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def in_all(self) -> Decimal:
        """The foreign money in yuan, and the counterpart funds."""
        return Decimal(self.yuan) + (self.counterpart or 0)


@pghistory.track(
    pghistory.UpdateEvent("changed", row=pghistory.Old),
    pghistory.DeleteEvent("deleted", row=pghistory.Old),
    level=pghistory.Statement,
    model_name="ProjectCountyEvent",
)
class ProjectCounty(models.Model):
    """One county that a foreign project covers in a date range."""

    project = models.ForeignKey(ForeignProject, models.PROTECT, related_name="counties", verbose_name=_("project"))
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name=_("county"))
    valid = DateRangeField(_("valid"))

    class Meta:
        verbose_name = _("county of a project")
        verbose_name_plural = _("counties of projects")
        constraints = [
            ExclusionConstraint(
                name="funding_projectcounty_once_at_a_time",
                expressions=[
                    ("project", RangeOperators.EQUAL),
                    ("area", RangeOperators.EQUAL),
                    ("valid", RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("The project covers this county in part of these dates already."),
            ),
            models.CheckConstraint(
                condition=Q(valid__isempty=False, valid__lower_inf=False),
                name="funding_projectcounty_begins",
                violation_error_message=_("A county is covered from a first day, and until a later one."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project_id}: {self.area_id}"


class ProjectAllocation(models.Model):
    """Says that an allocation from outside is money of a foreign project. It stands beside the ledger, which stays."""

    allocation = models.OneToOneField(
        Allocation, models.PROTECT, primary_key=True, related_name="of_project", verbose_name=_("allocation")
    )
    project = models.ForeignKey(ForeignProject, models.PROTECT, related_name="allocations", verbose_name=_("project"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"), db_index=False
    )
    at = models.DateTimeField(_("at"), auto_now_add=True)

    class Meta:
        verbose_name = _("allocation of a project")
        verbose_name_plural = _("allocations of projects")
        triggers = [pgtrigger.Protect(name="stays", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.project_id}: {self.allocation_id}"
