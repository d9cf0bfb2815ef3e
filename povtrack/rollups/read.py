"""Reading roll-ups: a row, its parts, its series, and how fresh they are."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from programmes.models import DirtyCell, Record
from villages.levels import Level
from villages.models import Area


@dataclass(frozen=True)
class Freshness:
    """How many edits below a total wait to be counted in, and when it was computed."""

    pending: int
    computed_at: dt.datetime | None


def family_of(model: type[Record], year: int, area: Area) -> tuple[Any | None, list[Any]]:
    """The roll-up row of one area (township or up) and year, and the rows whose sum it is, by code.

    One statement, so that the parts add up to the whole even while totals are being recomputed. The row is None where
    nothing was ever expected.
    """
    rows = model.rollup.objects.filter(Q(area=area) | Q(parent=area), year=year).select_related("area")
    own = next((row for row in rows if row.area_id == area.pk), None)
    return own, sorted((row for row in rows if row is not own), key=lambda row: row.area.code)


def series_of(model: type[Record], area: Area) -> QuerySet[Any]:
    """The rows of one area over the years."""
    rows: QuerySet[Any] = model.rollup.objects.filter(area=area)
    return rows.order_by("year")


def pending_in(model: type[Record], year: int, area: Area) -> int:
    """How many edits below an area wait to be counted in. Ask before reading totals: then these are no older."""
    counties = (
        [area.parent_id] if area.level == Level.TOWNSHIP else Area.objects.within(area).filter(level=Level.COUNTY)
    )
    return DirtyCell.objects.filter(programme=model.code, year=year, county__in=counties).count()


def pending_by_part(model: type[Record], year: int, area: Area) -> set[int]:
    """The ids of those children of `area` below which edits wait to be counted in."""
    paths = Area.objects.filter(
        pk__in=DirtyCell.objects.filter(programme=model.code, year=year).values("county_id"), path__startswith=area.path
    ).values_list("path", flat=True)
    depth = area.path.count(".")
    return {int(path.split(".")[depth]) for path in paths if path.count(".") > depth}
