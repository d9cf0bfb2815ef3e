"""What stands in the registry on the day of a year's changes, as far as its rows ask."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import connection

from villages.imports.townships.reading import Row, plain
from villages.levels import Level
from villages.models import Area, AreaVersion
from villages.sql import statement

Change = tuple[int, str, str, str, str]


@dataclass(frozen=True)
class Standing:
    """One place with its form on the day. `until` is the end of that form, `ended_on` the end of the place."""

    area_id: int
    level: int
    kind: str
    code: str
    name: str
    parent_id: int | None
    until: dt.date | None
    ended_on: dt.date | None
    began_before: bool


@dataclass(frozen=True)
class Registry:
    """The places that the rows of one year speak of, on its last day."""

    day: dt.date
    by_code: dict[str, Standing]
    provinces: dict[str, str]
    later: dict[str, set[int]]
    children: dict[int, list[Area]]

    def township(self, code: str) -> Standing | None:
        found = self.by_code.get(code)
        return found if found and found.level == Level.TOWNSHIP else None

    def county(self, code: str) -> Standing | None:
        found = self.by_code.get(code)
        return found if found and found.level == Level.COUNTY else None


def look_up(rows: Iterable[Row], day: dt.date) -> Registry:
    """Read all that the rows of one year need, in four queries."""
    codes = {code for row in rows for code in (row.old_code, row.new_code, row.county_code) if code}
    codes |= {row.old_code[:2] for row in rows} | {row.new_code[:2] for row in rows}
    with connection.cursor() as cursor:
        cursor.execute(statement("history_townships"), {"codes": sorted(codes), "day": day})
        standing = [Standing(*found) for found in cursor.fetchall()]
        cursor.execute(statement("history_later_codes"), {"codes": sorted({row.new_code for row in rows}), "day": day})
        later: dict[str, set[int]] = defaultdict(set)
        for code, area in cursor.fetchall():
            later[code].add(area)
    by_code = {found.code: found for found in standing}
    provinces = {found.code: found.name for found in standing if found.level == Level.PROVINCE}
    townships = [found.area_id for found in standing if found.level == Level.TOWNSHIP]
    return Registry(day, by_code, provinces, later, _children(townships, day))


def _children(townships: Sequence[int], day: dt.date) -> dict[int, list[Area]]:
    children: dict[int, list[Area]] = defaultdict(list)
    below = AreaVersion.objects.filter(parent__in=townships, valid__contains=day)
    for version in below.select_related("area").order_by("code"):
        if version.parent_id:
            children[version.parent_id].append(version.area)
    return children


def known_changes() -> set[Change]:
    """The township changes that were carried out before (or taken back): year, old code and name, new code and name."""
    with connection.cursor() as cursor:
        cursor.execute(statement("history_known_changes"), {"level": Level.TOWNSHIP.value})
        return {(year, old, plain(old_name), new, plain(new_name)) for year, old, old_name, new, new_name in cursor}
