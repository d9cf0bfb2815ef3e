"""Finding a place by what a person knows of it: code, name, former name, or name in Latin letters.

Each way of matching is a query of its own over an index of its own; one OR over them would read the whole table. It
gives up at `MOST` hits, because nobody reads on, and because the ids are then few enough to be looked up by key. Names
that merely contain the words are looked for only when nothing begins with them: no index helps there.
"""

from __future__ import annotations

import unicodedata
from typing import Any

from django.db.models import BigIntegerField, Case, ExpressionWrapper, F, Q, QuerySet, Value, When
from django.db.models.functions import Lower

from villages.models import Area, AreaQuerySet, AreaVersion

MOST = 1000

# Far above any id, so that rank, then level, then id order the hits by one unique number.
_LEVEL = 10**12
_RANK = 10 * _LEVEL


def folded(text: str) -> str:
    """Fold full-width characters and outer blanks, as people paste them."""
    return unicodedata.normalize("NFKC", text).strip()


def search(areas: AreaQuerySet, text: str) -> AreaQuerySet:
    """Return those of `areas` that `text` finds, each with its `line`: exact code, exact name, beginnings, the rest.

    Two queries before the one that is returned, at most; no more than some `MOST` areas.
    """
    words = folded(text)
    ids = _beginning_with(areas, words) if words else []
    if not ids and len(words) > 1:
        inside = areas.filter(Q(name__contains=words) | Q(name_latin__icontains=words))
        ids = list(_first(inside).values_list("pk", flat=True))
    return areas.filter(pk__in=ids).alias(latin=Lower("name_latin")).annotate(line=_line(words))


def _first(areas: QuerySet[Area]) -> QuerySet[Area]:
    return areas.order_by("level", "pk")[:MOST]


def _beginning_with(areas: AreaQuerySet, words: str) -> list[int]:
    """The ids of those of `areas` whose code or name, present or former, begins with `words`. One query."""
    latin = areas.alias(latin=Lower("name_latin")).exclude(name_latin="")
    former = AreaVersion.objects.filter(area__in=areas)
    # What fits exactly is asked for apart, so that a flood of beginnings can't wash it away.
    ways = [
        _first(areas.filter(code=words)),
        _first(areas.filter(name=words)),
        _first(latin.filter(latin=words.lower())),
        _first(areas.filter(code__startswith=words)),
        _first(areas.filter(name__startswith=words)),
        _first(latin.filter(latin__startswith=words.lower())),
    ]
    once = [
        former.filter(valid__upper_inf=False, name__startswith=words).order_by("area")[:MOST],
        former.filter(code=words).order_by("area")[:MOST],
    ]
    first, *others = [way.values_list("pk") for way in ways]
    return [pk for (pk,) in first.union(*others, *(way.values_list("area_id") for way in once))]


def _line(words: str) -> ExpressionWrapper[Any]:
    rank = Case(
        When(code=words, then=Value(0)),
        When(Q(name=words) | Q(latin=words.lower()), then=Value(1)),
        When(Q(code__startswith=words) | Q(name__startswith=words) | Q(latin__startswith=words.lower()), then=Value(2)),
        default=Value(3),
        output_field=BigIntegerField(),
    )
    # Without its type the sum would count as a small integer, and every place in line as out of its range.
    return ExpressionWrapper(rank * Value(_RANK) + F("level") * Value(_LEVEL) + F("pk"), output_field=BigIntegerField())
