"""The totals of a programme: one typed table each, made from the declaration of its records."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from villages.levels import Level
from villages.models import Area

if TYPE_CHECKING:
    from programmes.models.base import Record

# Totals are kept for two stages: all that was submitted (approved ones too), and what was approved.
STAGES = {"": "r.state IN ('submitted', 'confirmed', 'approved')", "_approved": "r.state = 'approved'"}


class Rollup(models.Model):
    """Totals of one area (township and up) for one year on one basis. Each programme has such a table.

    Grain: one row per (area, year, basis, breakdown). The empty breakdown is the total over all kinds; a programme with
    kinds also has a row for each that somebody reports. A row is disposable: nothing points to it, and a recompute
    replaces it. Its parent's row is the exact sum of the rows that name it as `parent`, and of the records that lie
    directly in it. `expected` counts the areas that existed and should report, `reported` those whose record was
    submitted or approved (nil returns too), `nil` the nil returns among these. A measure's total is over the reported
    ones; NULL means that nobody gave the figure.

    Over all kinds a place has reported once all its records are submitted; of one kind those places are expected that
    have begun to report it, and a quantity that each kind counts in another unit has no total over kinds.

    On basis `recorded` an area counts where it stood at the end of that year, on `current` where it belongs today; any
    other basis is a year, summed when it is asked for, and never kept. `estimated` counts the reported areas of which
    this row holds only a part, by the share of a succession; it is no sum over the parts, for an area that was divided
    among the townships of one county lies whole in the county.
    """

    class Basis(models.TextChoices):
        RECORDED = "recorded", _("of each year")
        CURRENT = "current", _("today's")

    record: ClassVar[type[Record]]

    area = models.ForeignKey(Area, models.CASCADE, related_name="+", db_constraint=False, db_index=False)
    parent = models.ForeignKey(Area, models.CASCADE, null=True, related_name="+", db_constraint=False, db_index=False)
    level = models.PositiveSmallIntegerField(choices=Level)
    year = models.SmallIntegerField()
    basis = models.CharField(max_length=10, choices=Basis, default=Basis.RECORDED)
    breakdown = models.CharField(max_length=20, default="", db_default="")
    expected = models.IntegerField()
    drafted = models.IntegerField()
    reported = models.IntegerField()
    approved = models.IntegerField()
    nil = models.IntegerField()
    estimated = models.IntegerField(default=0, db_default=0)
    computed_at = models.DateTimeField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.record.label} {self.year}: {self.area_id}"

    def totals(self, stage: str = "") -> dict[str, Any]:
        """The totals by measure name for a stage suffix: "" for all that was submitted, "_approved" for approved."""
        return {measure.name: measure.total(self, stage) for measure in self.record.totalled()}

    def rates(self, stage: str = "") -> dict[str, Any]:
        """The rates derived from the totals."""
        totals = self.totals(stage)
        return {rate.name: rate.of(totals) for rate in self.record.rates}


def rollup_model(stem: str, record: Any) -> Any:
    table = f"{stem.lower()}rollup"
    fields = {f"{term.name}{stage}": term.field() for stage in STAGES for m in record.measures() for term in m.terms()}
    meta = type(
        "Meta",
        (),
        {
            "app_label": record._meta.app_label,
            "verbose_name": format_lazy(_("{programme}, roll-up"), programme=record.label),
            "verbose_name_plural": format_lazy(_("{programme}, roll-ups"), programme=record.label),
            "constraints": [
                models.UniqueConstraint(fields=["area", "year", "basis", "breakdown"], name=f"{table}_grain")
            ],
            "indexes": [models.Index(fields=["parent", "year", "basis"], name=f"{table}_parts")],
        },
    )
    doc = f"Totals of {stem} records: one row per area (township and up), year and basis. See `Rollup`."
    attrs = {"__module__": record.__module__, "__doc__": doc, "Meta": meta, "record": record, **fields}
    return type(f"{stem}Rollup", (Rollup,), attrs)
