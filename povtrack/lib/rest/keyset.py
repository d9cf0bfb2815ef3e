"""Pages by the values of their last row, in any order: a deep page costs what the first one costs."""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db.models import F, Q, QuerySet

_TEXT_MAX = 2000  # characters of a cursor


class BadCursor(ValueError):
    """A cursor that was never handed out, or that belongs to another order."""


@dataclass(frozen=True)
class Key:
    """One column of an order: where it is found from the row, which way it goes, and whether it can be blank.

    Blank comes last both ways: whoever asks for the greatest wants figures.
    """

    path: str
    down: bool = False
    nullable: bool = False

    def order(self, *, back: bool) -> Any:
        column, down = F(self.path), self.down != back
        blank = {"nulls_first" if back else "nulls_last": True} if self.nullable else {}
        return column.desc(**blank) if down else column.asc(**blank)

    def beyond(self, value: Any, *, back: bool) -> Q | None:
        """Return what comes after a value; None where nothing does."""
        if value is None:
            return Q(**{f"{self.path}__isnull": False}) if back else None
        further = Q(**{f"{self.path}__{'lt' if self.down != back else 'gt'}": value})
        return further | Q(**{f"{self.path}__isnull": True}) if self.nullable and not back else further

    def at(self, value: Any) -> Q:
        return Q(**({f"{self.path}__isnull": True} if value is None else {self.path: value}))


@dataclass(frozen=True)
class Cursor:
    """The values of a row, and whether the page before it is wanted."""

    values: list[Any]
    back: bool = False

    def write(self, keys: Sequence[Key]) -> str:
        data = [_name(keys), self.back, [_plain(value) for value in self.values]]
        return base64.urlsafe_b64encode(json.dumps(data, ensure_ascii=False).encode()).decode().rstrip("=")


def read_cursor(text: str, keys: Sequence[Key]) -> Cursor:
    """Read a cursor; raises BadCursor."""
    try:
        padded = text[:_TEXT_MAX] + "=" * (-len(text) % 4)
        name, back, values = json.loads(base64.b64decode(padded, altchars=b"-_", validate=True))
    except (ValueError, TypeError, binascii.Error, RecursionError) as error:
        raise BadCursor from error
    plain = isinstance(values, list) and all(isinstance(one, str | int | bool | None) for one in values)
    if name != _name(keys) or not isinstance(back, bool) or not plain or len(values) != len(keys):
        raise BadCursor
    if any(isinstance(one, str) and "\0" in one for one in values):
        raise BadCursor
    return Cursor(values, back)


def keys_of(queryset: QuerySet[Any], order: Sequence[str]) -> list[Key]:
    """Return the keys of an order, written as in `order_by`."""
    return [
        Key(one.removeprefix("-"), one.startswith("-"), _nullable(queryset.model, one.removeprefix("-")))
        for one in order
    ]


def sliced(queryset: QuerySet[Any], keys: Sequence[Key], cursor: Cursor | None) -> QuerySet[Any]:
    """Order the rows by the keys, and keep what comes after the cursor. Raises BadCursor for values of another kind."""
    back = cursor is not None and cursor.back
    ordered = queryset.order_by(*(key.order(back=back) for key in keys))
    if cursor is None:
        return ordered
    try:
        return ordered.filter(_after(keys, cursor.values, back=back))
    except (ValueError, TypeError, ValidationError) as error:
        raise BadCursor from error


def _after(keys: Sequence[Key], values: Sequence[Any], *, back: bool) -> Q:
    """All rows that come after these values: further in the first key, or the same there and further in the next."""
    found, same = Q(pk__in=[]), Q()
    for key, value in zip(keys, values, strict=True):
        if (further := key.beyond(value, back=back)) is not None:
            found |= same & further
        same &= key.at(value)
    first, value = keys[0], values[0]
    if len(keys) == 1 or first.nullable or value is None:
        return found
    # Said again for the index: no row lies before the first key's value.
    bound = Q(**{f"{first.path}__{'lte' if first.down != back else 'gte'}": value})
    return bound & found


def _nullable(model: Any, path: str) -> bool:
    try:
        for step in path.split("__"):
            field = model._meta.pk if step == "pk" else model._meta.get_field(step)
            if getattr(field, "null", False):
                return True
            model = field.related_model
    except FieldDoesNotExist:
        return False  # made for this list
    return False


def _name(keys: Sequence[Key]) -> str:
    return ",".join(f"{'-' if key.down else ''}{key.path}" for key in keys)


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return str(value)
    return value.isoformat() if isinstance(value, dt.date) else value
