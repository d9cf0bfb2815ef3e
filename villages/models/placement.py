"""Where each place stood when, and where its figures belong today. All of it is derived."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from villages.levels import Level
from villages.models.area import Area


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


class CurrentPlacement(models.Model):
    """Where the figures of one area belong on today's boundaries, for the years whose last day lies in `valid`.

    Derived like `Placement`. An area that stands and never was divided has one row: where it stands today. One that
    ended belongs where its successors stand, or, having none, to the area it was part of. One that was divided belongs
    to several: then each row takes the part of a figure from `low` to `high` (0 to 1 is the whole). `stood` is false
    for the time after the area's end: figures of such a year are kept, but none were expected.
    """

    area = models.ForeignKey(
        Area, models.CASCADE, related_name="current_placements", db_constraint=False, db_index=False
    )
    level = models.PositiveSmallIntegerField(choices=Level)
    valid = DateRangeField()
    stood = models.BooleanField()
    county = _place(_("county"))
    township = _place(_("township"))
    low = models.DecimalField(max_digits=13, decimal_places=12)
    high = models.DecimalField(max_digits=13, decimal_places=12)

    class Meta:
        verbose_name = _("current placement")
        verbose_name_plural = _("current placements")
        indexes = [
            models.Index(fields=["area"], name="villages_current_area"),
            models.Index(fields=["county", "level"], name="villages_current_county"),
            models.Index(fields=["area"], name="villages_current_divided", condition=~Q(low=0, high=1)),
        ]

    def __str__(self) -> str:
        return f"{self.area_id}: {self.valid}"
