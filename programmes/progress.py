"""How far the records of an area have come. Read from the records themselves, so it is never stale."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q

from povtrack.lib.years import year_end
from programmes.models import Record, State
from villages.levels import Level
from villages.models import Area, Placement


@dataclass(frozen=True)
class Progress:
    """Counts of areas for one programme, year and area. `expected` is all that should report."""

    expected: int
    drafted: int
    submitted: int
    returned: int
    approved: int

    @property
    def reported(self) -> int:
        return self.submitted + self.approved

    @property
    def missing(self) -> int:
        return self.expected - self.drafted - self.returned - self.reported

    @property
    def percent(self) -> int:
        return 100 * self.reported // self.expected if self.expected else 0

    def as_dict(self) -> dict[str, int]:
        return {**vars(self), "reported": self.reported, "missing": self.missing, "percent": self.percent}


def place_filter(area: Area) -> dict[str, int]:
    """The filter that finds what stood in `area`, by the columns of placements and, from the county down, records."""
    column = {level: level.name.lower() for level in (Level.PROVINCE, Level.PREFECTURE, Level.COUNTY, Level.TOWNSHIP)}
    level = Level(area.level)
    return {f"{column[level]}_id": area.pk} if level in column else {}


def progress_of(model: type[Record], year: int, area: Area) -> Progress:
    """Count the records of one county or township by state. Two queries."""
    return progress_by_area(model, year, [area])[area.pk]


def progress_by_area(model: type[Record], year: int, areas: Iterable[Area]) -> dict[int, Progress]:
    """Count the records of counties and townships by state: progress by area id. Two queries for each level given."""
    progress = {}
    for level, column in ((Level.COUNTY, "county_id"), (Level.TOWNSHIP, "township_id")):
        ids = [area.pk for area in areas if area.level == level]
        if not ids:
            continue
        placed = Placement.objects.filter(level=model.level, valid__contains=year_end(year), **{f"{column}__in": ids})
        expected = dict(placed.values_list(column).annotate(Count("pk")))
        states = {
            row[column]: row
            for row in model.objects.filter(year=year, **{f"{column}__in": ids})
            .values(column)
            .annotate(**{state: Count("pk", filter=Q(state=state)) for state in State.values})
        }
        for area_id in ids:
            counts = states.get(area_id, dict.fromkeys(State.values, 0))
            progress[area_id] = Progress(
                expected.get(area_id, 0), counts["draft"], counts["submitted"], counts["returned"], counts["approved"]
            )
    return progress
