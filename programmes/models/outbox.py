"""The outbox of the roll-ups: which totals have become stale, written by the database itself."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from villages.models import Area


class DirtyCell(models.Model):
    """One write that made the totals of one programme, year and county stale: the outbox of the roll-ups.

    Rows are added by triggers only (of records, placements and rounds), and removed by the job that recomputes them.
    They are not unique on purpose: a second write must not lean on a row that a running job is about to remove.
    """

    programme = models.CharField(max_length=40)
    year = models.SmallIntegerField()
    county = models.ForeignKey(Area, models.CASCADE, related_name="+", db_constraint=False, db_index=False)
    at = models.DateTimeField(auto_now_add=True)
    # The cell could not be recomputed (the log says why); it waits for a rebuild, so that it does not stop the others.
    held = models.BooleanField(default=False, db_default=False)

    class Meta:
        verbose_name = _("dirty cell")
        verbose_name_plural = _("dirty cells")

    def __str__(self) -> str:
        return f"{self.programme} {self.year} {self.county_id}"


def marks_dirty(programme: str) -> list[pgtrigger.Trigger]:
    """Return the statement-level triggers that mark the cells of the changed rows, whoever changed them."""
    rows = {
        "insert": (pgtrigger.Insert, pgtrigger.Referencing(new="new_rows"), "SELECT year, county_id FROM new_rows"),
        "update": (
            pgtrigger.Update,
            pgtrigger.Referencing(old="old_rows", new="new_rows"),
            "SELECT year, county_id FROM old_rows UNION SELECT year, county_id FROM new_rows",
        ),
        "delete": (pgtrigger.Delete, pgtrigger.Referencing(old="old_rows"), "SELECT year, county_id FROM old_rows"),
    }
    return [
        pgtrigger.Trigger(
            name=f"mark_dirty_{name}",
            level=pgtrigger.Statement,
            when=pgtrigger.After,
            operation=operation,
            referencing=referencing,
            func=(
                "INSERT INTO programmes_dirtycell (programme, year, county_id, at) "
                f"SELECT DISTINCT '{programme}', year, county_id, clock_timestamp() FROM ({source}) AS changed; "
                "RETURN NULL;"
            ),
        )
        for name, (operation, referencing, source) in rows.items()
    ]
