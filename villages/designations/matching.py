"""Finding the place that a line of a list means, by its code and name as of the day of the code.

A code alone proves nothing (37 were given to another place), nor does a name. Both together on their day do. Where only
the name fits, it must be the only one of its kind in the province, and the code must be one which that place carried on
another day. Anything else is left to a person.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext_noop

from villages.designations.lists import Line, Pair
from villages.designations.names import Agreement, agreement, squeezed
from villages.levels import Level
from villages.models import Area, AreaVersion
from villages.sql import statement
from villages.told import joined, told


@dataclass(frozen=True)
class Match:
    """The place of a line (None: nobody knows), and `words`: how it was found unless exactly, or why it was not."""

    area_id: int | None
    words: str


@dataclass(frozen=True)
class _Coded:
    area_id: int
    level: Level
    name: str


@dataclass(frozen=True)
class _Named:
    area_id: int
    codes: frozenset[str]


def code_forms(code: str) -> tuple[str, ...]:
    """Return the forms in which the registry may hold a code.

    Six-digit codes of provinces and prefectures end in idle zeros, which the five-level lists leave out.
    """
    if len(code) == 6 and code.isdigit() and code.endswith("00"):
        return (code, code[:2] if code.endswith("0000") else code[:4])
    return (code,) if code else ()


def match_lines(lines: Sequence[Line], level: Level) -> list[Match]:
    """Return for each line of lists of `level` the place that it means. A handful of queries however many lines."""
    pairs = [(n, pair) for n, line in enumerate(lines) if not line.not_one for pair in line.pairs]
    finder = _Finder(level, _coded(pairs), _named(lines, level), _unknown_days(pairs, level))
    return [finder.match(n, line) for n, line in enumerate(lines)]


@dataclass(frozen=True)
class _Finder:
    level: Level
    coded: dict[tuple[int, Pair], list[_Coded]]
    named: dict[int, list[_Named]]
    unknown_days: frozenset[dt.date | None]

    def match(self, n: int, line: Line) -> Match:
        if line.not_one:
            return Match(None, line.not_one)
        clashes = []
        for pair in line.pairs:
            for found in self.coded.get((n, pair), []):
                if found.level != self.level:
                    clashes.append(_clash(pair, found))
                    continue
                how = agreement(pair.name, found.name)
                if how is not Agreement.NONE:
                    return Match(found.area_id, _found_by(line, pair, found.name))
                clashes.append(_clash(pair, found))
        return self._by_name(n, line, clashes)

    def _by_name(self, n: int, line: Line, clashes: list[str]) -> Match:
        found = self.named.get(n, [])
        codes = {form for code in (line.code, *(pair.code for pair in line.pairs)) for form in code_forms(code)}
        if len(found) == 1 and not codes and line.within:
            return Match(
                found[0].area_id,
                told(gettext_noop("The list gives no code; no other place of the province bore this name.")),
            )
        if len(found) == 1 and codes & found[0].codes:
            alone = gettext_noop(
                "Found by its name, alone in its province on %(day)s; code %(code)s is its own of another day."
            )
            return Match(found[0].area_id, told(alone, code=line.code, day=_day(line.pairs[0].on)))
        return Match(None, self._why_not(line, found, clashes))

    def _why_not(self, line: Line, found: list[_Named], clashes: list[str]) -> str:
        first = line.pairs[0] if line.pairs else Pair(line.code, line.name, line.on)
        if first.on in self.unknown_days:
            none = gettext_noop("The registry holds no %(level)s of %(day)s yet: import the history first.")
            return told(none, day=_day(first.on), level=self.level.told)
        said = [*clashes] or [
            told(gettext_noop("No place had the code %(code)s on %(day)s."), code=first.code, day=_day(first.on))
            if first.code
            else told(gettext_noop("The list gives no code."))
        ]
        if len(found) == 1:
            said.append(told(gettext_noop("One place of the province bore this name, but never that code.")))
        elif found:
            said.append(told(gettext_noop("%(count)s places of the province bore this name."), count=len(found)))
        else:
            said.append(told(gettext_noop("No place of the province bore this name.")))
        return joined(" ", said)


def _day(day: dt.date | None) -> str:
    return day.isoformat() if day else told(gettext_noop("today"))


def _clash(pair: Pair, found: _Coded) -> str:
    stood = gettext_noop("On %(day)s the code %(code)s stood for %(name)s (%(level)s).")
    return told(stood, code=pair.code, day=_day(pair.on), name=found.name, level=found.level.told)


def _found_by(line: Line, pair: Pair, name: str) -> str:
    """Return what was not exact about a match by code and name: nothing, most of the time."""
    own = (line.code, squeezed(line.name), line.on) == (pair.code, squeezed(pair.name), pair.on)
    if own and squeezed(line.name) == squeezed(name):
        return ""
    words = {"listed": line.name, "printed": line.code, "name": name, "code": pair.code, "day": _day(pair.on)}
    if line.code == pair.code and line.on == pair.on:
        return told(gettext_noop("Listed as %(listed)s; on %(day)s the code %(code)s stood for %(name)s."), **words)
    return told(gettext_noop("Listed as %(printed)s %(listed)s; found as %(code)s %(name)s of %(day)s."), **words)


def _coded(pairs: Iterable[tuple[int, Pair]]) -> dict[tuple[int, Pair], list[_Coded]]:
    """The places that carried the code of each pair on its day. One query."""
    asked = [(n, pair, form) for n, pair in pairs for form in code_forms(pair.code)]
    found = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(
            statement("designation_by_code"),
            {
                "n": list(range(len(asked))),
                "codes": [form for _n, _pair, form in asked],
                "days": [pair.on for _n, pair, _form in asked],
                "today": timezone.localdate(),
            },
        )
        for at, area_id, level, name in cursor.fetchall():
            n, pair, _form = asked[at]
            found[n, pair].append(_Coded(area_id, Level(level), name))
    return found


def _named(lines: Sequence[Line], level: Level) -> dict[int, list[_Named]]:
    """The places of the level and province that bore the name of each line on the day of its first pair. One query."""
    asked = [
        (n, squeezed(name), squeezed(line.within), line.pairs[0].on)
        for n, line in enumerate(lines)
        if line.pairs and not line.not_one
        for name in {line.name, line.pairs[0].name}
    ]
    found: dict[int, dict[int, _Named]] = defaultdict(dict)
    with connection.cursor() as cursor:
        values: dict[str, Any] = {
            "n": [n for n, *_rest in asked],
            "names": [name for _n, name, *_rest in asked],
            "withins": [within for *_start, within, _on in asked],
            "days": [on for *_start, on in asked],
            "level": level.value,
            "today": timezone.localdate(),
        }
        cursor.execute(statement("designation_by_name"), values)
        for n, area_id, _code, codes in cursor.fetchall():
            found[n][area_id] = _Named(area_id, frozenset(codes))
    return {n: list(places.values()) for n, places in found.items()}


def _unknown_days(pairs: Iterable[tuple[int, Pair]], level: Level) -> frozenset[dt.date | None]:
    """The days of which the registry holds no place of this level. One query for each day, and there are few."""
    versions = AreaVersion.objects.filter(area__in=Area.objects.filter(level=level))
    days = {pair.on for _n, pair in pairs}
    return frozenset(day for day in days if not versions.filter(valid__contains=day or timezone.localdate()).exists())
