"""How the words of names are compared and indexed when a place is looked for.

The indexes of `Area` and `AreaVersion` and the queries of `villages.search` are made of the same expressions, for an
index serves only the expression it was made of.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db.models import Case, F, Func, TextField, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Collate, Lower

# Written before the level of a place that has ended, so that all who stand come first.
_ENDED = 10

# Two Chinese characters tell as much as three Latin letters.
NAME_PIECE = 2
LATIN_PIECE = 3


def folded(text: str) -> str:
    """Fold full-width characters and outer blanks, as people paste them."""
    return unicodedata.normalize("NFKC", text).strip()


def line(area: str = "") -> Combinable:
    """Where a place comes among hits: standing before ended, then higher levels. `area` leads to it, as "area__"."""
    ended = Case(When(**{f"{area}ended_on__isnull": True}, then=Value(0)), default=Value(_ENDED))
    return F(f"{area}level") + ended


def lines(levels: Iterable[int], *, standing: bool = False) -> list[int]:
    """The values of `line` that places of these levels have."""
    wanted = sorted(set(levels))
    return wanted if standing else wanted + [_ENDED + level for level in wanted]


def lowered(field: str) -> Collate:
    """A text for comparing. By code point, whatever the language of the database, so that an index finds beginnings."""
    return Collate(Lower(field), "C")


class Pieces(Func):
    """All pieces of two, or three, characters of a text, in small letters; and shorter rests, which nobody asks for.

    Made of built-in functions only: an index on a function of our own could not be restored from a backup that brings
    the function later. The index of the pieces finds what stands inside a name; pg_trgm finds no word of two
    characters, and with some locales no Chinese at all.
    """

    function = "string_to_array"
    output_field = ArrayField(TextField())

    def __init__(self, expression: Any, size: int = NAME_PIECE, **extra: Any) -> None:
        self.size = size
        super().__init__(Lower(expression), **extra)

    def as_sql(self, compiler: Any, connection: Any, **extra: Any) -> Any:  # type: ignore[override]
        text, params = compiler.compile(self.source_expressions[0])
        cut = "regexp_replace(substr({text}, {start}), '({dots})', '\\1' || chr(31), 'g')"
        shifts = [cut.format(text=text, start=1 + n, dots="." * self.size) for n in range(self.size)]
        return f"string_to_array({' || chr(31) || '.join(shifts)}, chr(31))", [*params] * self.size


def pieces_of(words: str, size: int) -> list[str]:
    """All pieces of `size` characters of `words`; none when it is shorter."""
    return [words[at : at + size] for at in range(len(words) - size + 1)]
