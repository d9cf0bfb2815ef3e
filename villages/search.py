"""Finding a place by what a person knows of it: code, name, former name, or name in Latin letters.

One way of finding, for the typeahead, the page, the API and the admin. It goes in steps and stops as soon as there are
hits enough: what fits exactly, what begins with the words, what used to be called so, what contains the words. Each way
of matching is a query of its own over an index of its own; one OR over them would read the whole table.

Inside a name it looks for two Chinese characters or three Latin letters and more; a single character finds beginnings
only. A former code is looked for by three signs of it, or whole. Words that stand in very many names ("village
committee") or former names are looked up `READ` times at most, and `Found.more` says so.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import BigIntegerField, F, Func, Q, QuerySet, SmallIntegerField, Value
from django.db.models.functions import Collate

from villages.levels import Level
from villages.models import Area, AreaQuerySet, AreaVersion
from villages.words import LATIN_PIECE, NAME_PIECE, Pieces, folded, line, lines, lowered, pieces_of

__all__ = ["Former", "Found", "find", "folded", "former_forms", "holds", "search"]

# Nobody reads on, and so few are still looked up by key.
MOST = 1000
READ = 2000

# With so many signs of it a code begins to tell places apart.
CODE_PIECE = 3

# How well a hit fits, best first.
_CODE, _NAME, _BEGINNING, _FORMER, _INSIDE = range(5)

# The block after the last Latin letters.
_FIRST_NOT_LATIN = "\u0370"

# Rank, line, form, id: the order of hits.
_Hit = tuple[int, int, str, int]


@dataclass(frozen=True)
class Found:
    """The ids of what was found, best first, and whether there is more than was asked for."""

    ids: list[int]
    more: bool


@dataclass(frozen=True)
class Former:
    """What a place used to be called, and the first day on which it was called so no longer."""

    name: str
    code: str
    until: dt.date


def search(areas: AreaQuerySet, text: str, levels: Collection[int] = tuple(Level)) -> AreaQuerySet:
    """Return those of `areas` that `text` finds, `MOST` at most, each with its place in `line` (1 is the best).

    Three queries before the one that is returned, at most. `levels` only saves time: `areas` may hold no others.
    """
    ids = find(areas, text, most=MOST, levels=levels).ids
    place = Func(
        Value(ids, output_field=ArrayField(BigIntegerField())),
        F("pk"),
        function="array_position",
        output_field=BigIntegerField(),
    )
    return areas.filter(pk__in=ids).annotate(line=place)


def find(
    areas: AreaQuerySet, text: str, *, most: int, levels: Collection[int] = tuple(Level), standing: bool = False
) -> Found:
    """Return the best `most` of `areas` that `text` finds: exact code, exact name, beginnings, former forms, insides.

    Within each, standing places before ended ones, higher levels first, then by what matched. `levels` and `standing`
    narrow `areas`, by index. At most three queries; blank words find nothing.
    """
    words, seats = folded(text).replace("\x1f", " "), lines(levels, standing=standing)
    if not words:
        return Found([], more=False)
    areas = areas.filter(ended_on=None) if standing else areas
    found: dict[int, None] = {}
    more = False
    for step in (_present, _former, _inside):
        limit = most + 1 if step is _present else READ + 1
        ways = step(areas.exclude(pk__in=list(found)) if found else areas, words, seats)
        hits = _read([way.order_by(*order)[:limit] for way, order in ways])
        more = more or len(hits) > READ
        found |= dict.fromkeys(pk for *_rank, pk in sorted(hits))
        if len(found) > most:
            break
    return Found(list(found)[:most], more=more or len(found) > most)


def holds(area: Area, text: str) -> bool:
    """Tell whether the present form of a place says itself why `text` found it."""
    words = folded(text).lower()
    return area.code.startswith(folded(text)) or words in area.name.lower() or words in area.name_latin.lower()


def former_forms(ids: Iterable[int], text: str) -> dict[int, Former]:
    """Return the last of the bygone forms that `text` fits, of those of the areas `ids` that have one. One query."""
    words = folded(text)
    fits = Q(code__startswith=words) | Q(name__istartswith=words) | Q(name_latin__istartswith=words)
    rows = AreaVersion.objects.filter(fits, area__in=list(ids), valid__upper_inf=False).order_by("valid")
    # Ordered by day, so that the latest of several stays.
    return {row.area_id: Former(row.name, row.code, row.valid.upper) for row in rows}


# One way of finding: rows of (rank, line, form, id), and what they are ordered by before they are cut.
_Way = tuple[QuerySet[Any, tuple[Any, ...]], tuple[str, ...]]


def _read(ways: list[QuerySet[Any, tuple[Any, ...]]]) -> list[_Hit]:
    if len(ways) < 2:
        return [hit for way in ways for hit in way]
    first, *others = ways
    return list(first.union(*others, all=True))


def _way(rows: QuerySet[Any], text: Any, rank: int, area: str = "", **fits: Any) -> _Way:
    """The rows whose `text`, called `form`, fits. `area` leads from a row to its place."""
    ranked = rows.annotate(
        rank=Value(rank, output_field=SmallIntegerField()), line=line(area), form=text, place=F(f"{area}id")
    )
    return ranked.filter(**fits).values_list("rank", "line", "form", "place"), ("line", "form", "place")


def _present(areas: AreaQuerySet, words: str, seats: list[int]) -> Iterator[_Way]:
    """What fits exactly is asked for apart, so that a flood of beginnings can't wash it away."""
    small = words.lower()
    yield _way(areas, lowered("name"), _NAME, line__in=seats, form=small)
    yield _way(areas, lowered("name"), _BEGINNING, line__in=seats, form__startswith=small)
    if _is_plain(words):
        latin = areas.exclude(name_latin="")
        yield _way(areas, Collate("code", "C"), _CODE, line__in=seats, form=words)
        yield _way(areas, Collate("code", "C"), _BEGINNING, line__in=seats, form__startswith=words)
        yield _way(latin, lowered("name_latin"), _NAME, line__in=seats, form=small)
        yield _way(latin, lowered("name_latin"), _BEGINNING, line__in=seats, form__startswith=small)


# The next two have indexes that say nothing of the line; asking for it would only mislead the planner. For the same
# reason they are not ordered before they are cut, which would have it walk all places in that order to find three that
# fit; whoever gets them orders what is left.


def _former(areas: AreaQuerySet, words: str, seats: list[int]) -> Iterator[_Way]:
    past = AreaVersion.objects.filter(valid__upper_inf=False, area__in=areas)
    yield _way(past.filter(_begins("name", words)), F("name"), _FORMER, "area__")[0], ()
    if _is_plain(words):
        # A digit or two begin most codes of a country, and nobody looks for a former one by them.
        code = {"code__startswith": words} if len(words) >= CODE_PIECE else {"code": words}
        yield _way(past.filter(**code), F("code"), _FORMER, "area__")[0], ()
        latin = past.exclude(name_latin="")
        yield _way(latin.filter(_begins("name_latin", words)), F("name_latin"), _FORMER, "area__")[0], ()


def _begins(field: str, words: str) -> Q:
    """`field` begins with the words in one of the ways in which people write capitals.

    Not on an expression in small letters: of a partial index on one PostgreSQL keeps no statistics, and plans for
    thousands of rows where there are three.
    """
    ways = {words, words.lower(), words.upper(), words.capitalize(), words.title()}
    return Q(*(Q(**{f"{field}__startswith": way}) for way in sorted(ways)), _connector=Q.OR)


def _inside(areas: AreaQuerySet, words: str, seats: list[int]) -> Iterator[_Way]:
    small = words.lower()
    if pieces := pieces_of(small, NAME_PIECE):
        name = areas.alias(pieces=Pieces("name"))
        yield _way(name, lowered("name"), _INSIDE, pieces__contains=pieces, form__contains=small)[0], ()
    if _is_plain(words) and (pieces := pieces_of(small, LATIN_PIECE)):
        latin = areas.exclude(name_latin="").alias(pieces=Pieces("name_latin", LATIN_PIECE))
        yield _way(latin, lowered("name_latin"), _INSIDE, pieces__contains=pieces, form__contains=small)[0], ()


def _is_plain(words: str) -> bool:
    """Whether a code or a name in Latin letters could hold these words: else asking for them is in vain."""
    return all(letter < _FIRST_NOT_LATIN for letter in words)
