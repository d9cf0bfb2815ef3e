"""What waits for a reviewer: a line for each programme, year and county, those with unlikely figures first."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import connection
from django.db.models import Q
from django.utils import timezone

from povtrack.accounts.models import User
from povtrack.lib.paths import under
from programmes.models import Extension, Record, Round, State
from programmes.registry import find_programme, programmes
from programmes.review_steps import held_for_review, steps_at, waiting_for
from programmes.unlikely import unlikely_in
from villages.levels import Level
from villages.models import Area

# More waiting records than this are not searched for unlikely figures before the list is sorted.
MOST_SEARCHED = 20_000


@dataclass(frozen=True)
class Line:
    """The records of one programme, year and county (or township) that wait for the reader's step.

    `flagged` counts those with an unlikely figure; None says that nobody looked. `places` are "area id:kind" each.
    """

    model: type[Record]
    year: int
    area: int
    waiting: int
    oldest: dt.datetime
    places: tuple[str, ...] = field(repr=False)
    flagged: int | None = None


def queue_of(user: User) -> list[Line]:
    """Return what waits for the steps that `user` takes: unlikely figures first, then the oldest submission.

    Five queries, and three for each programme and year in which something waits. Of rounds in which nothing can be
    approved today nothing is listed.
    """
    lines = list(_lines(user, _running()))
    if sum(line.waiting for line in lines) <= MOST_SEARCHED:
        lines = with_flags(lines)
    return sorted(lines, key=lambda line: (-(line.flagged or 0), line.oldest, line.model.order, line.area))


def with_flags(lines: Iterable[Line]) -> list[Line]:
    """Count in each line the records with an unlikely figure. Three queries for each programme and year."""
    together: dict[tuple[type[Record], int], list[Line]] = defaultdict(list)
    for line in lines:
        together[line.model, line.year].append(line)
    return [flagged for (model, year), group in together.items() for flagged in _flagged(model, year, group)]


def _flagged(model: type[Record], year: int, lines: list[Line]) -> Iterator[Line]:
    areas = sorted({int(place.split(":")[0]) for line in lines for place in line.places})
    counties = model.objects.filter(year=year, area__in=areas).values_list("county_id", flat=True).distinct()
    asked = {f"{warned.area}:{warned.breakdown}" for warned in unlikely_in(model, year, counties, areas)}
    for line in lines:
        yield line if line.flagged is not None else replace(line, flagged=len(asked.intersection(line.places)))


def _running() -> dict[str, list[int]]:
    """The years by programme in which records can be approved today, somewhere. Two queries."""
    today = timezone.localdate()
    begun = Round.objects.filter(opens__lte=today)
    # What was reopened is approved also after its last day; see `Window`.
    beyond = Extension.objects.filter(Q(until__gte=today) | Q(is_reopening=True))
    extended = set(beyond.values_list("programme", "year"))
    running: dict[str, list[int]] = defaultdict(list)
    for collecting in begun:
        if collecting.is_open() or (collecting.programme, collecting.year) in extended:
            running[collecting.programme].append(collecting.year)
    return running


def _lines(user: User, running: dict[str, list[int]]) -> Iterator[Line]:
    by_states: dict[tuple[State, ...], list[tuple[str, int]]] = defaultdict(list)
    for path, level in held_for_review(user):
        by_states[tuple(waiting_for(steps_at(level)))].append((path, level))
    for states, held in by_states.items():
        within = Area.objects.filter(under(path for path, _level in held), level=Level.COUNTY)
        yield from _grouped(running, states, "county_id", list(within.values_list("pk", flat=True)))
        townships = [int(path.rstrip(".").rsplit(".", 1)[-1]) for path, level in held if level == Level.TOWNSHIP]
        yield from _grouped(running, states, "township_id", townships)


def _grouped(running: dict[str, list[int]], states: tuple[State, ...], column: str, areas: list[int]) -> Iterator[Line]:
    """Count what waits in counties or townships, of all programmes at once. One query, or none."""
    parts: list[str] = []
    params: dict[str, Any] = {"areas": areas, "states": [str(state) for state in states]}
    for model in programmes():
        if running.get(model.code):
            params[f"years_{len(parts)}"] = running[model.code]
            parts.append(f"""
                SELECT '{model.code}', year, {column}, count(*), min(submitted_at),
                       array_agg(area_id || ':' || breakdown)
                FROM {model._meta.db_table}
                WHERE year = ANY(%(years_{len(parts)})s) AND {column} = ANY(%(areas)s) AND state = ANY(%(states)s)
                GROUP BY year, {column}
            """)
    if not parts or not areas:
        return
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), params)
        rows: list[Any] = cursor.fetchall()
    for code, year, area, waiting, oldest, places in rows:
        model_of: Any = find_programme(code)
        yield Line(model_of, year, area, waiting, oldest, tuple(places))
