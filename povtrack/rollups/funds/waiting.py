"""How fresh kept totals of the ledger are: which entries wait to be counted in, and when they were computed."""

from __future__ import annotations

from django.db import connection
from django.db.models import Count, Min
from django.utils import timezone

from funding.models import DirtyFunds, FundRollup
from povtrack.rollups.boundaries import Boundaries
from povtrack.rollups.funds.filling import Filling
from povtrack.rollups.funds.recompute import cells_by_area, cells_of
from povtrack.rollups.funds.totals import Asked, boundaries_of, is_kept
from povtrack.rollups.read import Freshness
from povtrack.rollups.verified import FUNDS, verified
from villages.levels import Level
from villages.models import Area


def freshness_of(asked: Asked, *, by_part: bool = False) -> Freshness:
    """How fresh the totals are that are asked for; those that are summed on request are of this moment.

    Ask before reading them: then they can only be fresher than they claim. Three queries; two or three more for each
    year with marks, unless the area is the nation, where all count.
    """
    if not is_kept(asked, by_part=by_part):
        return Freshness(0, timezone.now())
    on, pending = boundaries_of(asked.basis), 0
    marked = DirtyFunds.objects.filter(year__in=asked.years).values("year", "area_id").annotate(n=Count("pk"))
    by_year: dict[int, dict[int | None, int]] = {}
    for mark in marked.order_by():
        by_year.setdefault(mark["year"], {})[mark["area_id"]] = mark["n"]
    for year, marks in by_year.items():
        pending += _touching(asked.area, on, year, marks)
    rows = FundRollup.objects.filter(area=asked.area, basis=on.basis, year__in=asked.years)
    return Freshness(pending, rows.aggregate(at=Min("computed_at"))["at"], verified(FUNDS, on))


def _touching(area: Area, on: Boundaries, year: int, marks: dict[int | None, int]) -> int:
    """How many of the marks of a year, given by area, touch the totals of an area."""
    if area.level == Level.NATION or None in marks:
        return sum(marks.values())
    filling = Filling(on)
    with connection.cursor() as cursor:
        cells = cells_by_area(cursor, filling, year, marks)
        places = sorted(set().union(*cells.values()))
        held_in = [area.pk] if area.level < Level.TOWNSHIP else [area.pk, *cells_of(cursor, filling, year, [area.pk])]
        cursor.execute(filling.inside(), {"year": year, "places": places, "areas": held_in})
        touched = {place for (place,) in cursor.fetchall()}
    return sum(count for marked, count in marks.items() if marked is not None and cells[marked] & touched)
