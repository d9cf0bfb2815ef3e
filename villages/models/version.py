"""The dated forms of places."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.contrib.postgres.indexes import OpClass
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from povtrack.feed.triggers import tells
from villages.models.area import Area, told_of_places
from villages.models.registry_import import RegistryImport

if TYPE_CHECKING:
    from villages.models.change import BoundaryChange


class AreaVersion(models.Model):
    """The form one area had in one date range (half-open): code, names and parent."""

    area = models.ForeignKey(Area, models.PROTECT, related_name="versions", verbose_name=_("area"))
    code = models.CharField(_("code"), max_length=20)
    name = models.CharField(_("name"), max_length=120)
    name_latin = models.CharField(_("name in Latin letters"), max_length=160, blank=True)
    parent = models.ForeignKey(
        Area, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("belongs to")
    )
    valid = DateRangeField(_("valid"))
    source = models.ForeignKey(
        RegistryImport,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        verbose_name=_("source"),
    )

    # The changes that began this form and ended it, where `villages.lineage.versions_of` has read it.
    began_by: list[BoundaryChange]
    ended_by: list[BoundaryChange]

    class Meta:
        verbose_name = _("version")
        verbose_name_plural = _("versions")
        constraints = [
            ExclusionConstraint(
                name="villages_areaversion_one_at_a_time",
                expressions=[("area", RangeOperators.EQUAL), ("valid", RangeOperators.OVERLAPS)],
                violation_error_message=_("This place already has a version in part of these dates."),
            ),
            ExclusionConstraint(
                name="villages_areaversion_code_is_one_area",
                expressions=[("code", RangeOperators.EQUAL), ("valid", RangeOperators.OVERLAPS)],
                violation_error_message=_("Another place carries this code in part of these dates."),
            ),
            models.CheckConstraint(
                condition=~Q(code="") & ~Q(name=""),
                name="villages_areaversion_has_code_and_name",
                violation_error_message=_("A version needs a code and a name."),
            ),
            models.CheckConstraint(
                condition=Q(valid__isempty=False, valid__lower_inf=False),
                name="villages_areaversion_has_start",
                violation_error_message=_("A version needs a first day."),
            ),
        ]
        indexes = [
            models.Index(
                OpClass("name", "varchar_pattern_ops"),
                name="villages_areaversion_former",
                condition=Q(valid__upper_inf=False),
            ),
            models.Index(
                OpClass("code", "varchar_pattern_ops"),
                name="villages_areaversion_was_code",
                condition=Q(valid__upper_inf=False),
            ),
            models.Index(
                OpClass("name_latin", "varchar_pattern_ops"),
                name="villages_areaversion_was_latin",
                condition=Q(valid__upper_inf=False) & ~Q(name_latin=""),
            ),
        ]
        triggers = [
            tells("insert", told_of_places("area-history", "SELECT area_id FROM new_rows")),
            tells(
                "update",
                told_of_places("area-history", "SELECT area_id FROM old_rows UNION SELECT area_id FROM new_rows"),
            ),
            tells("delete", told_of_places("area-history", "SELECT area_id FROM old_rows")),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"
