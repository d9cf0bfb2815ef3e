"""Finding a place by what a person knows of it: code, name, former name, or name in Latin letters.

Each way of matching is a query of its own over an index of its own; one OR over them would read the whole table. Names
that merely contain the words are looked for only when nothing begins with them, because no index helps there.
"""

from __future__ import annotations

import unicodedata

from django.db.models import BigIntegerField, Case, ExpressionWrapper, F, Q, QuerySet, Value, When
from django.db.models.functions import Lower

from villages.models import Area, AreaQuerySet, AreaVersion

# Far above any id, so that rank, then level, then id order the hits by one unique number.
_LEVEL = 10**12
_RANK = 10 * _LEVEL


def folded(text: str) -> str:
    """Fold full-width characters and outer blanks, as people paste them."""
    return unicodedata.normalize("NFKC", text).strip()


def search(areas: AreaQuerySet, text: str) -> AreaQuerySet:
    """Return those of `areas` that `text` finds, each with its `line`: exact code, exact name, beginnings, the rest."""
    words = folded(text)
    if not words:
        return areas.none()
    hits = areas.filter(pk__in=_beginning_with(words))
    if len(words) > 1 and not hits.exists():
        hits = areas.filter(Q(name__contains=words) | Q(name_latin__icontains=words))
    return hits.alias(latin=Lower("name_latin")).annotate(line=_line(words))


def _beginning_with(words: str) -> QuerySet[Area, int]:
    """The ids of the areas whose code or name, present or former, begins with `words`."""
    latin = Area.objects.alias(latin=Lower("name_latin")).exclude(name_latin="").filter(latin__startswith=words.lower())
    former = AreaVersion.objects.filter(valid__upper_inf=False)
    return (
        Area.objects.filter(code__startswith=words)
        .values_list("pk")
        .union(
            Area.objects.filter(name__startswith=words).values_list("pk"),
            latin.values_list("pk"),
            former.filter(name__startswith=words).values_list("area_id"),
            AreaVersion.objects.filter(code=words).values_list("area_id"),
        )
    )


def _line(words: str) -> ExpressionWrapper:
    rank = Case(
        When(code=words, then=Value(0)),
        When(Q(name=words) | Q(latin=words.lower()), then=Value(1)),
        When(Q(code__startswith=words) | Q(name__startswith=words) | Q(latin__startswith=words.lower()), then=Value(2)),
        default=Value(3),
        output_field=BigIntegerField(),
    )
    # Without its type the sum would count as a small integer, and every place in line as out of its range.
    return ExpressionWrapper(rank * Value(_RANK) + F("level") * Value(_LEVEL) + F("pk"), output_field=BigIntegerField())
