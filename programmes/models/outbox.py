"""The outbox of the roll-ups: which totals have become stale, written by the database itself."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.utils.translation import gettext_lazy as _

from villages.models import Area


class DirtyCell(models.Model):
    """One write that made the totals of one programme, year and county stale: the outbox of the roll-ups.

    On basis `recorded` the county is one of that year, and the totals on today's boundaries are stale with it; on basis
    `current` it is one of today, and only these are. Rows are added by triggers only (of records, placements and
    rounds), and removed by the job that recomputes them. They are not unique on purpose: a second write must not lean
    on a row that a running job is about to remove.
    """

    programme = models.CharField(max_length=40)
    year = models.SmallIntegerField()
    county = models.ForeignKey(Area, models.CASCADE, related_name="+", db_constraint=False, db_index=False)
    basis = models.CharField(max_length=10, default="recorded", db_default="recorded")
    at = models.DateTimeField(auto_now_add=True)
    # The cell could not be recomputed (the log says why); it waits for a rebuild, so that it does not stop the others.
    held = models.BooleanField(default=False, db_default=False)

    class Meta:
        verbose_name = _("dirty cell")
        verbose_name_plural = _("dirty cells")

    def __str__(self) -> str:
        return f"{self.programme} {self.year} {self.county_id}"


# Where a deleted record of a place that had ended was counted on today's boundaries, nothing tells but its area.
_FORGET_ENDED = """
    INSERT INTO programmes_dirtycell (programme, year, county_id, basis, at)
    SELECT DISTINCT '{programme}', o.year, p.county_id, 'current', clock_timestamp()
    FROM old_rows o JOIN villages_currentplacement p ON p.area_id = o.area_id AND p.valid @> make_date(o.year, 12, 31)
    WHERE NOT p.stood AND p.county_id IS NOT NULL;
"""


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
                f"{_FORGET_ENDED.format(programme=programme) if name == 'delete' else ''}RETURN NULL;"
            ),
        )
        for name, (operation, referencing, source) in rows.items()
    ]
