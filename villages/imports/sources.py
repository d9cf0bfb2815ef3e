"""What an importer has to know about a source of lists: a small class of facts for each, over one shared importer."""

from __future__ import annotations

import datetime as dt
import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from villages.levels import Level
from villages.models import Area

_LEVELS = frozenset(Level.values)
_KINDS = frozenset({"", *Area.Kind.values})
CODE_MAX, NAME_MAX, LATIN_MAX = 20, 120, 160  # what the registry can hold


class Nation(NamedTuple):
    """The area on top, which few lists name."""

    code: str
    name: str
    latin: str


class Listed(NamedTuple):
    """One row of a list. `parent` is the parent's code ("" under the nation); `kind` is "" where nothing says."""

    level: int
    code: str
    name: str
    latin: str
    parent: str
    kind: str


class Flaw(NamedTuple):
    """Something about a row. `field` is a field of Listed; `fatal` rows are rejected, others taken with a warning."""

    field: str
    reason: str
    fatal: bool


@dataclass(frozen=True)
class Layout:
    """How one file is read: the column of each field of Listed, and the reader of a row.

    `pick` returns None for a row that speaks of another day than the one asked for. `above` names further columns that
    hold codes of places above; a row's code should begin with them.
    """

    columns: Mapping[str, str]
    pick: Callable[[list[str]], Listed | None]
    above: Sequence[str] = ()


class WrongColumns(Exception):
    """The header has not the columns of any list this source knows; the message names what is missing."""


class Source(ABC):
    """The facts of one source. A new source is one subclass, and an entry in `villages.imports.SOURCES`."""

    code: ClassVar[str]
    title: ClassVar[str | Promise]
    nation: ClassVar[Nation | None] = None
    # The length of a code by level; a source that states it has codes of digits only.
    code_lengths: ClassVar[Mapping[int, int]] = {}
    # Whether a code begins with its parent's code.
    prefixed: ClassVar[bool] = False
    # What should not stand in a name, with the reason.
    odd_names: ClassVar[Sequence[tuple[re.Pattern[str], str | Promise]]] = ()
    # The words at the end of a name that only say what kind of place it is, by level, as a regular expression.
    name_tails: ClassVar[Mapping[int, str]] = {}
    # The codes of placeholders that a list may leave out though it names them as parents, as a regular expression, and
    # how many of their first signs are the code of the place above them.
    placeholders: ClassVar[tuple[str, int]] = ("", 0)
    # Kinds of area that the list leaves out on purpose: their absence is no news.
    left_out_kinds: ClassVar[Sequence[str]] = ()

    @classmethod
    @abstractmethod
    def recognises(cls, header: Sequence[str]) -> bool:
        """Tell whether a header looks like one of this source's files."""

    @abstractmethod
    def layout(self, header: Sequence[str], vintage: dt.date) -> Layout:
        """Return how a file with this header is read; raises WrongColumns."""

    def flaws(self, row: Listed) -> Sequence[Flaw]:
        """Return what is wrong or odd about a row by itself. Called for every row: the sound ones must be cheap."""
        if self._sound(row):
            return ()
        return [*self._shape_flaws(row), *self._code_flaws(row), *self._name_flaws(row), *self._parent_flaws(row)]

    def _sound(self, row: Listed) -> bool:
        """Tell at little cost that a row has no flaw."""
        level, code, name, latin, parent, kind = row
        return (
            level in _LEVELS
            and kind in _KINDS
            and len(code) == self.code_lengths.get(level, len(code))
            and 0 < len(code) <= CODE_MAX
            and code.isascii()
            and (code.isdigit() or (not self.code_lengths and code.isalnum()))
            and 0 < len(name) <= NAME_MAX
            and name.isprintable()
            and not any(pattern.search(name) for pattern, _reason in self.odd_names)
            and len(latin) <= LATIN_MAX
            and (bool(parent) or level <= Level.PROVINCE)
            and not (parent and level == Level.NATION)
            and (not self.prefixed or code.startswith(parent))
        )

    def _shape_flaws(self, row: Listed) -> Iterator[Flaw]:
        if row.level not in _LEVELS:
            yield Flaw("level", _("There is no such level."), fatal=True)
        if row.kind not in _KINDS:
            yield Flaw("kind", _("There is no such kind of place."), fatal=True)

    def _code_flaws(self, row: Listed) -> Iterator[Flaw]:
        length = self.code_lengths.get(row.level)
        if not row.code:
            yield Flaw("code", _("The code is missing."), fatal=True)
        elif length and not (row.code.isascii() and row.code.isdigit()):
            yield Flaw("code", _("A code here is made of the digits 0 to 9."), fatal=True)
        elif length and len(row.code) != length:
            words = {"level": Level(row.level).word, "length": length, "found": len(row.code)}
            reason = _("The code of a %(level)s has %(length)s digits; this one has %(found)s.") % words
            yield Flaw("code", f"{reason} {_lost_zero(row.code, length)}".strip(), fatal=True)
        elif len(row.code) > CODE_MAX or not (row.code.isascii() and row.code.isalnum()):
            reason = _("A code is made of at most %(length)s letters and digits.") % {"length": CODE_MAX}
            yield Flaw("code", reason, fatal=True)

    def _name_flaws(self, row: Listed) -> Iterator[Flaw]:
        if not row.name:
            yield Flaw("name", _("The name is missing."), fatal=True)
        if len(row.name) > NAME_MAX or len(row.latin) > LATIN_MAX:
            reason = _("A name has at most %(length)s characters.") % {"length": NAME_MAX}
            yield Flaw("name", reason, fatal=True)
        if any(ord(sign) < 32 or ord(sign) == 127 for sign in row.name + row.latin):
            yield Flaw("name", _("The name holds a line break, a tab or another control character."), fatal=True)
        elif row.name and not row.name.isprintable():
            yield Flaw("name", _("A character of the name is private or unknown, and may show as a box."), fatal=False)
        for pattern, words in self.odd_names:
            if pattern.search(row.name):
                yield Flaw("name", str(words), fatal=False)

    def _parent_flaws(self, row: Listed) -> Iterator[Flaw]:
        if not row.parent and row.level > Level.PROVINCE:
            yield Flaw("parent", _("The code of the place it belongs to is missing."), fatal=True)
        elif row.parent and row.level == Level.NATION:
            yield Flaw("parent", _("A nation belongs to no other place."), fatal=True)
        elif self.prefixed and row.parent and not row.code.startswith(row.parent):
            reason = _("The code does not begin with the code of the place it belongs to, %(parent)s.")
            yield Flaw("parent", reason % {"parent": row.parent}, fatal=False)


def _lost_zero(code: str, length: int) -> str:
    """Guess the usual mishap: a spreadsheet that took codes for numbers."""
    if "E+" in code.upper() or len(code) < length:
        return _("A spreadsheet may have taken the code for a number.")
    return ""
