"""What lies below a place now, and what lay below it at the end of another year: what left, and what came."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from povtrack.lib.years import year_end
from villages.levels import Level
from villages.models import Area, AreaVersion, Placement
from villages.names import latin_beside
from villages.trails import trails


@dataclass(frozen=True)
class Below:
    """The places of one level (None: whatever belongs to it directly) below an area: ids at the two times, in order."""

    area: Area
    level: Level | None
    year: int | None
    then: list[int]
    now: list[int]
    ended: list[int]

    @property
    def left(self) -> list[int]:
        """Those that were below it then and are not now."""
        now = set(self.now)
        return [pk for pk in self.then if pk not in now]

    @property
    def came(self) -> list[int]:
        then = set(self.then)
        return [pk for pk in self.now if pk not in then]


@dataclass(frozen=True)
class Row:
    """One place below: the form it has, or had at the end of the year asked for, and what became of it, in words."""

    area: Area
    code: str
    name: str
    name_latin: str
    fate: str


def levels_of(area: Area) -> list[Level | None]:
    """The levels by which a place is looked through: a county by its townships and its villages."""
    return [Level.TOWNSHIP, Level.VILLAGE] if area.level == Level.COUNTY else [None]


def years_of(first: dt.date, area: Area) -> list[int]:
    """The years at whose end the place stood, this one left out, the latest first."""
    last = area.ended_on or timezone.localdate()
    return list(range(last.year - 1, first.year - 1, -1))


def below(area: Area, level: Level | None, year: int | None) -> Below:
    """Look below a place; without a level, one step deep. Two queries, three with a `year`."""
    if level is None:
        today = Area.objects.filter(parent=area)
        placed: Any = AreaVersion.objects.filter(parent=area)
    else:
        today = Area.objects.within(area).filter(level=level)
        placed = Placement.objects.filter(county=area, level=level)
    now = list(today.standing().order_by("code", "pk").values_list("pk", flat=True))
    ended = list(today.exclude(ended_on=None).order_by("code", "pk").values_list("pk", flat=True))
    then = placed.filter(valid__contains=year_end(year)) if year else placed.none()
    # What still carries the code of then comes where it came then; the codes of places that ended are their last.
    return Below(
        area, level, year, list(then.order_by("area__code", "area").values_list("area", flat=True)), now, ended
    )


def rows_of(found: Below, ids: Sequence[int], show: str) -> list[Row]:
    """Describe the places of one page of a list of `found`: "today", "ended", "then", "left" or "came".

    Then and left: as they were at the end of its year. Three queries at most.
    """
    areas = Area.objects.in_bulk(ids)
    day = year_end(found.year) if found.year else None
    forms: dict[int, AreaVersion] = {}
    fates: dict[int, str] = {}
    if show in ("then", "left", "ended"):
        fates = _until(found, list(areas.values()))
    if show in ("then", "left") and day:
        forms = {form.area_id: form for form in AreaVersion.objects.filter(area__in=ids, valid__contains=day)}
    if show == "came" and day:
        fates = _since(ids, day)
    rows = []
    for area in (areas[pk] for pk in ids if pk in areas):
        form = forms.get(area.pk, area)
        rows.append(Row(area, form.code, form.name, latin_beside(form.name_latin), fates.get(area.pk, "")))
    return rows


def _until(found: Below, areas: list[Area]) -> dict[int, str]:
    """What became of places that were below then."""
    now = set(found.now)
    fates = {}
    gone = [area for area in areas if area.pk not in now and not area.ended_on]
    above = trails(gone)
    for area in areas:
        if area.pk in now:
            fates[area.pk] = _("still here")
        elif area.ended_on:
            fates[area.pk] = _("until %(year)s") % {"year": area.ended_on.year}
        else:
            fates[area.pk] = _("now in %(place)s") % {"place": " › ".join(str(up) for up in above[area.pk][-2:])}
    return fates


def _since(ids: Sequence[int], day: dt.date) -> dict[int, str]:
    """Where places that are below now were on `day`, when they were not below yet."""
    was = Placement.objects.filter(area__in=ids, valid__contains=day).select_related("parent", "county")
    fates = {}
    for place in was:
        steps = dict.fromkeys(str(up) for up in (place.county, place.parent) if up and up.pk != place.area_id)
        fates[place.area_id] = _("from %(place)s") % {"place": " › ".join(steps)}
    firsts = AreaVersion.objects.filter(area__in=[pk for pk in ids if pk not in fates]).order_by("valid")
    for first in firsts:
        fates.setdefault(first.area_id, _("since %(year)s") % {"year": first.valid.lower.year})
    return fates
