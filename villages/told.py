"""Words that povtrack itself writes into the registry, kept so that each reader has them in their own language.

An import in Chinese would else leave Chinese reasons to readers of Russian. Such words are kept as the message that is
translated and what stands in it, and are put into words when they are read; what a person typed is kept as it is.

    reason = told(gettext_noop("No place had the code %(code)s on %(day)s."), code=code, day=day)

`gettext_noop` marks the message for the translators. Columns that hold such words are `ToldField` or `ToldTextField`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext

# The beginning of kept words in a column; no text that a person types holds it.
_MARK = "\x02"

# Plain text, or a message with what stands in it.
_Part = str | list[Any]


class Told(str):
    """Words in the language of whoever reads them, that remember how they are said. Kept by `kept`."""

    parts: list[_Part]
    between: str

    def __new__(cls, parts: Iterable[_Part], between: str = "") -> Self:
        listed = list(parts)
        self = super().__new__(cls, between.join(_words(part) for part in listed))
        self.parts, self.between = listed, between
        return self


def told(message: str | Promise, **values: Any) -> Told:
    """A message (its English, or a lazy translation) with its values, which may be told themselves."""
    return Told([[_english(message), {name: _value(value) for name, value in values.items()}]])


def joined(between: str, texts: Iterable[str]) -> Told:
    """Texts one after the other, told ones among them; empty ones are left out."""
    return Told([_piece(text) for text in texts if text], between)


def kept(text: str) -> str:
    """What a column holds of a text: of told words the message and its values."""
    if not isinstance(text, Told) or all(isinstance(part, str) for part in text.parts):
        return str(text)
    return _MARK + json.dumps([text.between, text.parts], ensure_ascii=False)


def read(column: str) -> str:
    """The contrary of `kept`. What can't be read is shown as it is."""
    if not column.startswith(_MARK):
        return column
    try:
        between, parts = json.loads(column[1:])
        return Told(parts, between)
    except (ValueError, TypeError, KeyError):
        return column[1:]


def _english(message: str | Promise) -> str:
    with translation.override(None):
        return str(message)


def _value(value: Any) -> Any:
    if isinstance(value, Promise):
        value = told(value)
    return {"between": value.between, "parts": value.parts} if isinstance(value, Told) else str(value)


def _piece(text: str) -> _Part:
    """A text as one part of several: of told words that are several parts themselves, these in one."""
    if not isinstance(text, Told):
        return text
    return text.parts[0] if len(text.parts) == 1 else ["%(all)s", {"all": _value(text)}]


def _words(part: _Part) -> str:
    if isinstance(part, str):
        return part
    message, values = part
    said = {name: Told(**value) if isinstance(value, dict) else value for name, value in values.items()}
    # "%(all)s" and the like are no messages; and gettext of nothing is the header of the catalogue.
    words = gettext(message) if message else ""
    return words % said if values else words


class _ToldMixin:
    max_length: int | None

    def get_prep_value(self, value: Any) -> Any:
        return super().get_prep_value(kept(value) if isinstance(value, str) else value)  # type: ignore[misc]

    def from_db_value(self, value: str | None, _expression: Any, _connection: Any) -> str | None:
        return read(value) if value else value


if TYPE_CHECKING:  # the checker knows Django's fields by name
    ToldField, ToldTextField = models.CharField, models.TextField
else:

    class ToldField(_ToldMixin, models.CharField):
        """A line of words. Told words that are longer, kept, than the column are kept as they read."""

        def get_prep_value(self, value: Any) -> Any:
            if isinstance(value, Told) and self.max_length and len(kept(value)) > self.max_length:
                value = str(value)[: self.max_length]
            return super().get_prep_value(value)

    class ToldTextField(_ToldMixin, models.TextField):
        """A text of words."""
