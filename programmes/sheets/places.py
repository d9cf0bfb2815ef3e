"""The places of an area that report for a programme and year, as they were called in that year, and finding one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from django.utils.translation import gettext as _

from povtrack.lib.years import year_end
from programmes.models import Record
from programmes.progress import place_filter
from programmes.sheets.columns import folded
from villages.models import Area, AreaVersion, Placement


class SheetPlace(NamedTuple):
    """One place that has a row in a sheet."""

    area: int
    code: str
    name: str
    latin: str
    township: str


@dataclass(frozen=True)
class Places:
    """The places of an area, and by code."""

    area: Area
    year: int
    every: list[SheetPlace]
    by_code: dict[str, SheetPlace]

    @classmethod
    def of(cls, model: type[Record], year: int, area: Area) -> Places:
        """Read them in the order of the grid. Two queries, however many."""
        day = year_end(year)
        placed = dict(
            Placement.objects.filter(level=model.level, valid__contains=day, **place_filter(area)).values_list(
                "area_id", "township_id"
            )
        )
        wanted = {pk for pk in (*placed, *placed.values()) if pk}
        versions = {
            pk: (code, name, latin)
            for pk, code, name, latin in AreaVersion.objects.filter(valid__contains=day, area__in=wanted).values_list(
                "area_id", "code", "name", "name_latin"
            )
        }
        every = [
            SheetPlace(pk, *versions[pk], versions.get(township or 0, ("", "", ""))[1])
            for pk, township in placed.items()
            if pk in versions
        ]
        every.sort(key=lambda place: place.code)
        return cls.made_of(area, year, every)

    @classmethod
    def made_of(cls, area: Area, year: int, every: list[SheetPlace]) -> Places:
        """The same of places that were read already."""
        return cls(area, year, every, {place.code: place for place in every})

    @cached_property
    def by_name(self) -> dict[str, list[SheetPlace]]:
        """Made when it is first asked for: a file with codes needs no names."""
        return _named(self.every)

    def find(self, code: str, name: str, township: str) -> tuple[SheetPlace | None, str]:
        """Return the place that a row names, or None and the reason. The code goes before the name."""
        if code:
            return self._by_code(code, name)
        if not name:
            return None, _("The row names no place: code and name are blank.")
        found = self.by_name.get(folded(name), [])
        if len(found) > 1 and township:
            found = [place for place in found if folded(place.township) == folded(township)]
        words = {"name": name, "area": self.area, "year": self.year, "n": len(found)}
        if not found:
            return None, _("No place in %(area)s was called “%(name)s” in %(year)s.") % words
        if len(found) > 1:
            words["codes"] = ", ".join(place.code for place in found[:5])
            return None, _("%(n)s places in %(area)s are called “%(name)s”. Give the code: %(codes)s.") % words
        return found[0], ""

    def _by_code(self, code: str, name: str) -> tuple[SheetPlace | None, str]:
        place = self.by_code.get(code)
        words = {"code": code, "area": self.area, "year": self.year, "name": name}
        if place is None:
            if not code.isalnum():
                return None, _("“%(code)s” is no code of a place. Give the column the format “Text”.") % words
            return None, _("No place in %(area)s had the code %(code)s in %(year)s.") % words
        others = self.by_name.get(folded(name), []) if name not in ("", place.name, place.latin) else []
        if others and place not in others:
            words |= {"is": place.name, "other": others[0].code}
            return None, _(
                "The code %(code)s is %(is)s, but the row names %(name)s (%(other)s). Which is meant?"
            ) % words
        return place, ""


def _named(places: Iterable[SheetPlace]) -> dict[str, list[SheetPlace]]:
    named: dict[str, list[SheetPlace]] = defaultdict(list)
    for place in places:
        for name in {folded(place.name), folded(place.latin), folded(f"{place.name} {place.latin}")} - {""}:
            named[name].append(place)
    return named
