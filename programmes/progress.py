"""How far the records of an area have come. Read from the records themselves, so it is never stale."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, fields

from django.db import connection
from django.db.models import Count

from povtrack.lib.years import year_end
from programmes.deadlines import late_sql
from programmes.models import OPEN, Record
from villages.levels import Level
from villages.models import Area, AreaVersion, Placement


@dataclass(frozen=True)
class Progress:
    """Counts of areas for one programme, year and area. `expected` is all that should report.

    In a programme with kinds a place counts once, by that of its records that is least far. `late` are places of which
    a record was to be mended by a day that has passed; they are among the drafted and returned.
    """

    expected: int = 0
    drafted: int = 0
    submitted: int = 0
    confirmed: int = 0
    returned: int = 0
    approved: int = 0
    late: int = 0

    def __add__(self, other: Progress) -> Progress:
        return Progress(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))

    @property
    def reported(self) -> int:
        return self.submitted + self.confirmed + self.approved

    @property
    def missing(self) -> int:
        return self.expected - self.drafted - self.returned - self.reported

    @property
    def percent(self) -> int:
        return 100 * self.reported // self.expected if self.expected else 0

    def overdue(self, *, is_due: bool) -> int:
        """Count what is overdue: all that is not in once the round is due, before only what was due before it."""
        return max(0, self.expected - self.reported) if is_due else self.late

    def as_dict(self) -> dict[str, int]:
        return {**vars(self), "reported": self.reported, "missing": self.missing, "percent": self.percent}


# The state that a place with several records has, the first that one of them is in.
_LEAST_FAR = "'returned', 'draft', 'submitted', 'confirmed', 'approved'"
_COLUMNS = {level: f"{level.name.lower()}_id" for level in Level if Level.NATION < level < Level.VILLAGE}


def place_filter(area: Area) -> dict[str, int]:
    """The filter that finds what stood in `area`, by the columns of placements and, from the county down, records."""
    level = Level(area.level)
    return {_COLUMNS[level]: area.pk} if level in _COLUMNS else {}


def progress_of(model: type[Record], year: int, area: Area, breakdown: str | None = None) -> Progress:
    """Count the records of one area by state; of one kind where `breakdown` is given. Three queries at most."""
    return progress_by_area(model, year, [area], breakdown)[area.pk]


def progress_by_area(
    model: type[Record], year: int, areas: Iterable[Area], breakdown: str | None = None
) -> dict[int, Progress]:
    """Count the records of areas by state: progress by area id. Three queries at most for each level given."""
    by_level: dict[Level, list[int]] = defaultdict(list)
    for area in areas:
        by_level[Level(area.level)].append(area.pk)
    progress: dict[int, Progress] = {}
    for level, ids in by_level.items():
        if level in (Level.COUNTY, Level.TOWNSHIP):
            progress |= _counted(model, year, _COLUMNS[level], ids, breakdown)
        else:
            progress |= _of_their_counties(model, year, level, ids, breakdown)
    return progress


def _of_their_counties(
    model: type[Record], year: int, level: Level, ids: list[int], breakdown: str | None
) -> dict[int, Progress]:
    """The sums over the counties that stood in these areas."""
    counties = Placement.objects.filter(level=Level.COUNTY, valid__contains=year_end(year))
    if level in _COLUMNS:
        above = dict(counties.filter(**{f"{_COLUMNS[level]}__in": ids}).values_list("area_id", _COLUMNS[level]))
    else:
        above = dict.fromkeys(counties.values_list("area_id", flat=True), ids[0])
    progress = dict.fromkeys(ids, Progress())
    for county, counted in _counted(model, year, "county_id", list(above), breakdown).items():
        progress[above[county]] += counted
    return progress


def _counted(model: type[Record], year: int, column: str, ids: list[int], breakdown: str | None) -> dict[int, Progress]:
    """Count the records of counties, or of townships, by state."""
    placed = Placement.objects.filter(level=model.level, valid__contains=year_end(year), **{f"{column}__in": ids})
    expected = dict(placed.values_list(column).annotate(Count("pk")))
    states = _states(model, year, column, ids, breakdown)
    return {pk: Progress(expected.get(pk, 0), *states.get(pk, ())) for pk in ids}


def _states(
    model: type[Record], year: int, column: str, ids: list[int], breakdown: str | None
) -> dict[int, tuple[int, ...]]:
    """How many places are in each state, by area: drafted, submitted, confirmed, returned, approved; and are late."""
    late, params = late_sql(model, year)
    records = f"""
        SELECT r.{column} AS held, r.area_id, r.state, r.state = ANY(%s) AND late.area_id IS NOT NULL AS late
        FROM {model._meta.db_table} r
        LEFT JOIN late ON late.area_id = r.area_id AND late.breakdown = r.breakdown
        WHERE r.year = %s AND r.{column} = ANY(%s) AND (%s::text IS NULL OR r.breakdown = %s)
    """
    if breakdown is None and model.kinds:
        records = f"""
            SELECT held, bool_or(late) AS late,
                   (array_agg(state ORDER BY array_position(ARRAY[{_LEAST_FAR}]::varchar[], state)))[1] AS state
            FROM ({records}) AS of_kind GROUP BY held, area_id
        """
    sql = f"""
        WITH late AS MATERIALIZED ({late})
        SELECT held, count(*) FILTER (WHERE state = 'draft'), count(*) FILTER (WHERE state = 'submitted'),
               count(*) FILTER (WHERE state = 'confirmed'), count(*) FILTER (WHERE state = 'returned'),
               count(*) FILTER (WHERE state = 'approved'), count(*) FILTER (WHERE late)
        FROM ({records}) AS place GROUP BY held
    """
    with connection.cursor() as cursor:
        cursor.execute(sql, [*params, [str(state) for state in OPEN], year, ids, breakdown, breakdown])
        return {held: tuple(counts) for held, *counts in cursor.fetchall()}


@dataclass(frozen=True)
class Part:
    """One area below another in a year: the code that it carried then, and how far its records are."""

    area: Area
    code: str
    progress: Progress


def parts_of(model: type[Record], year: int, area: Area) -> tuple[Progress, list[Part]]:
    """Return how far an area is, and each area right below it as they stood in that year, by code.

    The same number of queries for any number of areas. Below the last level that holds reporting places there is none.
    """
    lowest = min(Level.TOWNSHIP, model.level)
    below = AreaVersion.objects.filter(parent=area, valid__contains=year_end(year), area__level__lte=lowest)
    versions = list(below.select_related("area").order_by("code"))
    # Every county lies in one of the areas right below a nation, province or prefecture, so these add up to it.
    adds_up = area.level < Level.COUNTY and bool(versions)
    asked = [version.area for version in versions] + ([] if adds_up else [area])
    found = progress_by_area(model, year, asked)
    parts = [Part(version.area, version.code, found[version.area_id]) for version in versions]
    own = sum((part.progress for part in parts), Progress()) if adds_up else found[area.pk]
    return own, parts


def behind(
    model: type[Record], year: int, counties: Iterable[Area], *, is_due: bool
) -> list[tuple[Area, Progress, int]]:
    """Return the counties with overdue places and how many there are, the worst first. Three queries."""
    areas = list(counties)
    found = progress_by_area(model, year, areas)
    late = [(area, found[area.pk], found[area.pk].overdue(is_due=is_due)) for area in areas]
    return sorted((row for row in late if row[2]), key=lambda row: (-row[2], row[0].code))
