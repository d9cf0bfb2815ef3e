"""Lists as tables: columns that are read off the database as they are, and turned by functions that were made before.

A serializer looks at each field of each row anew, which takes ten times as long as fetching the rows. It stays what
describes the list; its columns are taken from it once (`table_of`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from operator import itemgetter, methodcaller
from typing import Any

from django.db.models import F, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from rest_framework import serializers, status

from povtrack.lib.rest.nearest import misspelt
from povtrack.lib.rest.refusals import Fault, Refusal

Row = Sequence[Any]
Turn = Callable[[Any], Any]


@dataclass(frozen=True)
class Column:
    """One column: its name (dots nest it in JSON), what it is made of, and of which kind it is.

    `sources` are ways to columns, or expressions. Without `make` there is one, shown as it is; else `make` is given
    the values of all. Kinds: whole, text, code (one of few texts), decimal, number (whole or decimal), flag, day,
    moment. What is no single value in JSON has in `parts` the columns that stand for it in a file, or none.
    """

    name: str
    sources: tuple[Any, ...]
    kind: str = "text"
    make: Callable[..., Any] | None = None
    label: str | Promise = ""
    parts: tuple[Column, ...] | None = None
    places: int | None = None
    unit: str | Promise = ""


@dataclass(frozen=True)
class Table:
    """The columns of a list."""

    columns: tuple[Column, ...]

    def narrowed(self, asked: str) -> Table:
        """Keep the fields that are named, separated by commas; a name with parts keeps them all. Raises Refusal."""
        names = [part.strip() for part in asked.split(",") if part.strip()]
        kept, faults = [], []
        for name in names:
            found = [one for one in self.columns if one.name == name or one.name.startswith(f"{name}.")]
            kept += [one for one in found if one not in kept]
            if not found:
                faults.append(misspelt(name, self.names, "fields"))
        if faults or not names:
            raise Refusal(status.HTTP_400_BAD_REQUEST, *(faults or [Fault("invalid", _("Name a field."), "fields")]))
        return Table(tuple(one for one in self.columns if one in kept))

    def bound(self, makes: Mapping[str, Callable[..., Any]]) -> Table:
        """Give columns the functions that make them for one reader."""
        return Table(tuple(replace(one, make=makes[one.name]) if one.name in makes else one for one in self.columns))

    def flat(self) -> Table:
        """Return the table as a file has it."""
        return Table(tuple(part for one in self.columns for part in ((one,) if one.parts is None else one.parts)))

    @cached_property
    def names(self) -> list[str]:
        """The words that `fields` knows: each column, and each group of them."""
        groups = {one.name.split(".")[0]: None for one in self.columns}
        return [*groups, *(one.name for one in self.columns if "." in one.name)]

    @cached_property
    def sources(self) -> list[Any]:
        found: list[Any] = []
        for one in self.columns:
            found += [source for source in one.sources if source not in found]
        return found

    @property
    def is_plain(self) -> bool:
        """Whether the database alone can write it."""
        return all(one.make is None for one in self.columns)

    def values(self, queryset: QuerySet[Any], more: Iterable[Any] = ()) -> QuerySet[Any]:
        """Return the rows as tuples: what the columns are made of, then whatever else is asked for."""
        return queryset.values_list(*self.sources, *more)

    def cells(self, row: Row) -> list[Any]:
        """Return the value of each column."""
        return [make(row) for make in self._makers]

    @cached_property
    def _makers(self) -> list[Turn]:
        return [_maker(one, places) for one, places in zip(self.columns, self._places, strict=True)]

    @cached_property
    def _places(self) -> list[list[int]]:
        """Where the sources of each column stand among all."""
        return [[self.sources.index(source) for source in one.sources] for one in self.columns]

    def for_json(self, model: Any) -> Table:
        """Let the database write decimals: it has them as the text that JSON shows. Made once for a list."""
        if model not in self._of_models:
            columns = tuple(_as_text(one) if _is_exact(one, model) else one for one in self.columns)
            self._of_models[model] = Table(columns)
        return self._of_models[model]

    @cached_property
    def _of_models(self) -> dict[Any, Table]:
        return {}

    def written(self, rows: Sequence[Row]) -> list[dict[str, Any]]:
        """Write rows as the JSON of the list has them, in the time zone that holds now: column by column."""
        if not rows:
            return []
        read: list[Any] = list(zip(*rows, strict=True))
        zone = timezone.get_current_timezone()
        columns = []
        for one, places in zip(self.columns, self._places, strict=True):
            column = _made(one, [read[n] for n in places], len(rows))
            if turn := _turn(one, zone):
                column = [None if cell is None else turn(cell) for cell in column]
            columns.append((tuple(one.name.split(".")), column))
        return _nested(columns)


def _is_exact(column: Column, model: Any) -> bool:
    """Tell whether a decimal is a column of a table that keeps it with the places that are shown."""
    if column.kind != "decimal" or column.make or not isinstance(column.sources[0], str):
        return False
    for step in column.sources[0].split("__"):
        if not model._meta.managed:
            return False
        field = model._meta.get_field(step)
        model = field.related_model
    return getattr(field, "decimal_places", None) == column.places and column.places is not None


def _as_text(column: Column) -> Column:
    return replace(column, sources=(Cast(F(column.sources[0]), TextField()),), kind="text")


def _maker(column: Column, places: list[int]) -> Turn:
    make = column.make
    if make is None:
        return itemgetter(places[0])
    if len(places) == 1:
        return lambda row: make(row[places[0]])
    pick = itemgetter(*places) if places else (lambda _row: ())
    return lambda row: make(*pick(row))


def _turn(column: Column, zone: dt.tzinfo) -> Turn | None:
    """Return how a value becomes what JSON shows; days and moments are written as they are, in their time zone."""
    decimal = "{:f}" if column.places is None else f"{{:.{column.places}f}}"
    turns: dict[str, Turn] = {
        "decimal": decimal.format,
        "moment": methodcaller("astimezone", zone),
    }
    return turns.get(column.kind)


def _made(column: Column, sources: list[Sequence[Any]], rows: int) -> Sequence[Any]:
    if column.make is None:
        return sources[0]
    return list(map(column.make, *sources)) if sources else [column.make() for _row in range(rows)]


def _nested(columns: Iterable[tuple[tuple[str, ...], Sequence[Any]]]) -> list[dict[str, Any]]:
    """Put values under names: those of several steps into dicts of their own, where the first of them stands."""
    found: dict[str, Any] = {}
    groups: dict[str, list[tuple[tuple[str, ...], Sequence[Any]]]] = {}
    for (head, *rest), column in columns:
        if rest:
            groups.setdefault(head, []).append((tuple(rest), column))
        found[head] = column
    found |= {head: _nested(below) for head, below in groups.items()}
    names = tuple(found)
    return [dict(zip(names, row, strict=True)) for row in zip(*found.values(), strict=True)]


_KINDS: tuple[tuple[type[Any], str], ...] = (
    (serializers.BooleanField, "flag"),
    (serializers.IntegerField, "whole"),
    (serializers.DecimalField, "decimal"),
    (serializers.DateTimeField, "moment"),
    (serializers.DateField, "day"),
    (serializers.PrimaryKeyRelatedField, "whole"),
)


def table_of(serializer: type[serializers.BaseSerializer[Any]], own: Mapping[str, Any]) -> Table:
    """Take a table from a serializer. `own` has, by name, the column (or expression) of what is no plain field."""
    return Table(tuple(_columns(serializer(), own, "", ())))


def _columns(serializer: Any, own: Mapping[str, Any], name: str, way: tuple[str, ...]) -> Iterable[Column]:
    for field in serializer.fields.values():
        known = f"{name}{field.field_name}"
        label, places = field.label or field.field_name, getattr(field, "decimal_places", None)
        if isinstance(found := own.get(known), Column):
            yield replace(found, name=known, label=found.label or label, places=places)
        elif found is not None:
            yield Column(known, (found,), kind_of(field), label=label, places=places)
        elif isinstance(field, serializers.Serializer):
            steps = () if field.source == "*" else tuple(str(field.source).split("."))
            yield from _columns(field, own, f"{known}.", (*way, *steps))
        else:
            path = "__".join((*way, *field.source.split(".")))
            if isinstance(field, serializers.PrimaryKeyRelatedField):
                path = f"{path}_id"
            yield Column(known, (path,), kind_of(field), label=label, places=places)


def kind_of(field: Any) -> str:
    """Return the kind of column that a field of a serializer is."""
    if isinstance(field, serializers.ChoiceField):
        return "whole" if all(isinstance(one, int) for one in field.choices) else "code"
    return next((kind for known, kind in _KINDS if isinstance(field, known)), "text")
