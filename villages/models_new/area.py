"""Where: places of every level, their dated forms, and where each stood when.

The identity of a place and its form are two tables. `Area` never changes its meaning, and records point to it;
`AreaVersion` is the code, name and parent it had from one day to another. Neither a code nor a name is a key: 37 county
codes were given to another place after a gap, and thousands of village names repeat inside one county. Code and date
find an area. Qianxi's Huawu village is one Area; were its township merged into another in 2015, it would stay that
Area, keep its version, and get a second Placement from that day on.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.contrib.postgres.indexes import OpClass
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from povtrack.accounts.roles import Ability
from povtrack.lib.paths import under
from povtrack.lib.years import year_end
from villages.levels import Level
from villages.names import latin_beside

if TYPE_CHECKING:
    from povtrack.accounts.models import User


class RegistryImport(models.Model):
    """One list of places that was taken into the registry: which file, of what day, by whom."""

    source = models.CharField(_("source"), max_length=40)
    file_name = models.CharField(_("file"), max_length=255)
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    vintage = models.DateField(_("state of the list"))
    since = models.DateField(_("held valid since"))
    areas = models.PositiveIntegerField(_("places"), default=0)
    created_at = models.DateTimeField(_("imported at"), auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("imported by")
    )

    class Meta:
        verbose_name = _("registry import")
        verbose_name_plural = _("registry imports")

    def __str__(self) -> str:
        return f"{self.file_name} ({self.vintage})"


class AreaQuerySet(models.QuerySet["Area"]):
    def within(self, *areas: Area) -> Self:
        """The given areas and all that lies below them today."""
        return self.filter(under(area.path for area in areas))

    def visible_to(self, user: User, ability: Ability = Ability.READ) -> Self:
        """The areas in whose subtree `user` holds `ability`."""
        return self.within(*Area.objects.filter(pk__in=user.area_ids(ability)).only("path"))

    def coded(self, code: str, on: dt.date) -> Self:
        """The one area, if any, that carried `code` on the day `on`."""
        return self.filter(versions__code=code, versions__valid__contains=on)

    def expected_in(self, year: int) -> Self:
        """The areas that existed at the end of `year`."""
        return self.filter(placements__valid__contains=year_end(year))


class Area(models.Model):
    """One place of any level: an identity that outlives its names, codes and parents.

    Code, names, parent and path repeat the latest version, so that lists, searches and scopes read one table; they are
    derived, and only `villages.derive` writes them. `path` holds the ids from the nation down to the area itself, each
    followed by a dot, so that a subtree is a prefix.
    """

    class Kind(models.TextChoices):
        ORDINARY = "ordinary", _("ordinary")
        STATISTICAL = "statistical", _("statistical unit, not a legal one")
        PLACEHOLDER = "placeholder", _("placeholder that keeps the tree whole")

    level = models.PositiveSmallIntegerField(_("level"), choices=Level)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.ORDINARY)
    code = models.CharField(_("code"), max_length=20)
    name = models.CharField(_("name"), max_length=120)
    name_latin = models.CharField(_("name in Latin letters"), max_length=160, blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("belongs to")
    )
    path = models.CharField(max_length=120, editable=False)

    objects = AreaQuerySet.as_manager()

    class Meta:
        verbose_name = _("area")
        verbose_name_plural = _("areas")
        constraints = [
            models.CheckConstraint(condition=Q(level__in=Level.values), name="villages_area_level_known"),
            models.CheckConstraint(
                condition=Q(level=Level.NATION, parent=None) | Q(level__gt=Level.NATION, parent__isnull=False),
                name="villages_area_has_parent",
                violation_error_message=_("Every place but the nation belongs to another."),
            ),
        ]
        indexes = [
            models.Index(OpClass("path", "varchar_pattern_ops"), name="villages_area_path"),
            models.Index(OpClass("code", "varchar_pattern_ops"), name="villages_area_code"),
            models.Index(OpClass("name", "varchar_pattern_ops"), name="villages_area_name"),
            models.Index(
                OpClass(Lower("name_latin"), "text_pattern_ops"),
                name="villages_area_latin",
                condition=~Q(name_latin=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{latin_beside(self.name_latin)} {self.name}".strip()

    @property
    def ancestor_ids(self) -> list[int]:
        """The ids of the areas above this one today, from the nation down."""
        return [int(part) for part in self.path.split(".")[:-2]]

    def ancestors(self) -> list[Area]:
        """The areas above this one today, from the nation down. One query."""
        return list(Area.objects.filter(pk__in=self.ancestor_ids).order_by("level"))


class CountyManager(models.Manager["Area"]):
    def get_queryset(self) -> AreaQuerySet:
        return AreaQuerySet(self.model, using=self._db).filter(level=Level.COUNTY)


class County(Area):
    """A county, as admins think of one."""

    objects = CountyManager()  # type: ignore[misc, assignment]

    class Meta:
        proxy = True
        verbose_name = _("county")
        verbose_name_plural = _("counties")


class AreaVersion(models.Model):
    """The form one area had in one date range (half-open): code, names and parent."""

    area = models.ForeignKey(Area, models.PROTECT, related_name="versions", verbose_name=_("area"))
    code = models.CharField(_("code"), max_length=20)
    name = models.CharField(_("name"), max_length=120)
    name_latin = models.CharField(_("name in Latin letters"), max_length=160, blank=True)
    parent = models.ForeignKey(
        Area, models.PROTECT, null=True, blank=True, related_name="+", db_index=False, verbose_name=_("belongs to")
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
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


def _place(label: Any) -> Any:
    """A reference that a derivation fills: neither checked nor indexed, for speed."""
    return models.ForeignKey(
        Area, models.CASCADE, null=True, related_name="+", db_constraint=False, db_index=False, verbose_name=label
    )


class Placement(models.Model):
    """Where one area stood in one date range (half-open): its parent and its ancestors by level.

    Derived from the versions by `villages.derive`, never edited. An ancestor column holds the area itself at its own
    level. No foreign key is checked here, for speed; a rebuild proves the rows.
    """

    area = models.ForeignKey(
        Area, models.CASCADE, related_name="placements", db_constraint=False, db_index=False, verbose_name=_("area")
    )
    level = models.PositiveSmallIntegerField(_("level"), choices=Level)
    valid = DateRangeField(_("valid"))
    parent = _place(_("parent"))
    province = _place(_("province"))
    prefecture = _place(_("prefecture"))
    county = _place(_("county"))
    township = _place(_("township"))

    class Meta:
        verbose_name = _("placement")
        verbose_name_plural = _("placements")
        constraints = [
            models.UniqueConstraint("area", Lower("valid"), name="villages_placement_once_from_a_day"),
        ]
        indexes = [models.Index(fields=["county", "level"], name="villages_placement_county")]

    def __str__(self) -> str:
        return f"{self.area_id}: {self.valid}"
