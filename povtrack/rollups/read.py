"""Reading roll-ups: a row, its parts, its series, and how fresh they are."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from programmes.models import DirtyCell, Record
from villages.levels import Level
from villages.models import Area


@dataclass(frozen=True)
class Freshness:
    """When a total was computed, and how many edits below it wait to be counted in."""

    computed_at: dt.datetime | None
    pending: int


def row_of(model: type[Record], year: int, area: Area) -> Any | None:
    """The roll-up row of one area (township or up) and year, or None where nothing was ever expected."""
    return model.rollup.objects.filter(area=area, year=year).first()


def parts_of(model: type[Record], year: int, area: Area) -> QuerySet[Any]:
    """The rows whose sum is the row of `area`, by code."""
    parts: QuerySet[Any] = model.rollup.objects.filter(parent=area, year=year)
    return parts.select_related("area").order_by("area__code")


def series_of(model: type[Record], area: Area) -> QuerySet[Any]:
    """The rows of one area over the years."""
    rows: QuerySet[Any] = model.rollup.objects.filter(area=area)
    return rows.order_by("year")


def freshness(model: type[Record], year: int, area: Area, row: Any | None) -> Freshness:
    """How fresh the row of an area is. One query."""
    counties = (
        [area.parent_id] if area.level == Level.TOWNSHIP else Area.objects.within(area).filter(level=Level.COUNTY)
    )
    pending = DirtyCell.objects.filter(programme=model.code, year=year, county__in=counties).count()
    return Freshness(row.computed_at if row else None, pending)


def pending_by_part(model: type[Record], year: int, area: Area) -> set[int]:
    """The ids of those children of `area` below which edits wait to be counted in."""
    paths = Area.objects.filter(
        pk__in=DirtyCell.objects.filter(programme=model.code, year=year).values("county_id"), path__startswith=area.path
    ).values_list("path", flat=True)
    depth = area.path.count(".")
    return {int(path.split(".")[depth]) for path in paths if path.count(".") > depth}
