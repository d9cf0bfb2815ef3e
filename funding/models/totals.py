"""What the ledger adds up to, kept: its totals, and the outbox that says which of them have become stale."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from funding.models.source import FundSource
from villages.levels import Level
from villages.models import Area


class FundRollup(models.Model):
    """Totals of one area (township and up) for one year, source and programme (or none), on one basis.

    Grain: one row per (year, basis, area, source, programme, level), where `level` is that of the places that hold the
    money. So a row whose level is its area's own is what the area itself holds, and what lies below it is in others:
    these are the exact sums of the rows that name it as `parent`. A row is disposable: a recompute replaces it. A
    village that stands in no township has rows of its own. On basis `recorded` money counts where its area stood at the
    end of the year, on `current` where the area belongs today; a divided one's counts in parts that add up to the cent.
    """

    pk = models.CompositePrimaryKey("year", "basis", "area_id", "source_id", "programme", "level")
    year = models.SmallIntegerField()
    basis = models.CharField(max_length=10)
    area = models.ForeignKey(Area, models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False)
    area_level = models.PositiveSmallIntegerField(choices=Level)
    parent = models.ForeignKey(
        Area, models.DO_NOTHING, null=True, related_name="+", db_constraint=False, db_index=False
    )
    source = models.ForeignKey(FundSource, models.DO_NOTHING, related_name="+", db_constraint=False, db_index=False)
    programme = models.CharField(max_length=40)
    level = models.PositiveSmallIntegerField(choices=Level)
    # Each is a sum over entries of at most 18 digits.
    received = models.DecimalField(max_digits=26, decimal_places=2)
    passed_on = models.DecimalField(max_digits=26, decimal_places=2)
    disbursed = models.DecimalField(max_digits=26, decimal_places=2)
    returned = models.DecimalField(max_digits=26, decimal_places=2)
    spent = models.DecimalField(max_digits=26, decimal_places=2)
    computed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("fund total")
        verbose_name_plural = _("fund totals")
        indexes = [models.Index(fields=["year", "basis", "area_level", "parent"], name="funding_fundrollup_parts")]

    def __str__(self) -> str:
        return f"{self.year} {self.basis}: {self.area_id}"


class FundYear(models.Model):
    """A year of the ledger whose totals are kept. Whoever recomputes holds this table, so that it is one at a time."""

    year = models.SmallIntegerField(primary_key=True)
    rebuilt_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("year of funds")
        verbose_name_plural = _("years of funds")

    def __str__(self) -> str:
        return str(self.year)


class DirtyFunds(models.Model):
    """One write that made the totals of a year stale, wherever the money of `area` counts, or did when last summed.

    Without an area all of the year are. Rows are added by triggers only: of the ledger, and of what says where places
    stand. The job that recomputes removes them. They are not unique on purpose, as those of records.
    """

    year = models.SmallIntegerField()
    area = models.ForeignKey(Area, models.DO_NOTHING, null=True, related_name="+", db_constraint=False, db_index=False)
    at = models.DateTimeField(auto_now_add=True)
    # It could not be recomputed (the log says why); it waits for a rebuild, so that it does not stop the others.
    held = models.BooleanField(default=False, db_default=False)

    class Meta:
        verbose_name = _("stale fund total")
        verbose_name_plural = _("stale fund totals")

    def __str__(self) -> str:
        return f"{self.year} {self.area_id}"
