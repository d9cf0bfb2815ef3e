"""Dated official lists of places, such as the key counties of 2001, and which place was on which list when."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from villages.levels import Level
from villages.models.area import Area
from villages.models.registry_import import RegistryImport
from villages.told import ToldTextField


class Designation(models.Model):
    """One official list of places. `code` is how addresses and the API name it, such as key-2001."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=200)
    name_latin = models.CharField(_("name in English"), max_length=200, blank=True)
    level = models.PositiveSmallIntegerField(_("level"), choices=Level, default=Level.COUNTY)
    listed = models.PositiveIntegerField(
        _("places on the official list"), null=True, blank=True, help_text=_("As the official notice counts them.")
    )
    source = models.TextField(_("source"), blank=True)
    note = ToldTextField(_("note"), blank=True)

    class Meta:
        verbose_name = _("designation")
        verbose_name_plural = _("designations")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """One line of a designation list: a place that was on it in a date range.

    The line is kept as it was listed; `area` is empty until someone says which place it means.
    """

    class Evidence(models.TextChoices):
        PRINTED = "printed", _("the name stands on the page")
        IMPLIED = "implied", _("follows from counts")
        WEAK = "weak", _("weak")

    designation = models.ForeignKey(
        Designation, models.CASCADE, related_name="memberships", verbose_name=_("designation")
    )
    area = models.ForeignKey(
        Area, models.PROTECT, null=True, blank=True, related_name="memberships", verbose_name=_("area")
    )
    valid = DateRangeField(_("valid"))
    listed_name = models.CharField(_("name as listed"), max_length=120)
    listed_code = models.CharField(_("code as listed"), max_length=20, blank=True)
    listed_within = models.CharField(_("province as listed"), max_length=120, blank=True)
    listed_on = models.DateField(_("day of the code"), null=True, blank=True)
    evidence = models.CharField(_("evidence"), max_length=8, choices=Evidence, default=Evidence.PRINTED)
    note = ToldTextField(_("note"), blank=True)
    source = models.ForeignKey(
        RegistryImport, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("source")
    )

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            ExclusionConstraint(
                name="villages_membership_once_at_a_time",
                expressions=[
                    ("designation", RangeOperators.EQUAL),
                    ("area", RangeOperators.EQUAL),
                    ("valid", RangeOperators.OVERLAPS),
                ],
                condition=Q(area__isnull=False),
                violation_error_message=_("This place is already on this list in part of these dates."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.designation}: {self.listed_name}"
