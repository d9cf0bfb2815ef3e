"""The columns of a sheet: what each is called in every language, and which one a heading means.

Beside the measures a sheet has columns whose keys begin with @: those that name the place, and those that only inform.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from programmes.measures import BY_KIND, Measure
from programmes.models import Record
from programmes.sheets.limits import HEAD_ROWS, Unreadable

CODE, NAME, LATIN, TOWNSHIP, KIND, NIL = "@code", "@name", "@latin", "@township", "@kind", "@nil"
STATE, PROBLEM, TOKEN = "@state", "@problem", "@povtrack"
IDENTITY = (CODE, NAME, LATIN, TOWNSHIP, KIND)
LAST = "@last:"

# What officials head such columns with in lists of their own.
_ALIASES = {
    CODE: ("代码", "编码", "区划代码", "行政区划代码", "村代码", "统计用区划代码", "код"),
    NAME: ("名称", "村名", "行政村", "行政村名称", "村", "单位", "县", "县名", "village", "county", "place", "деревня"),
    TOWNSHIP: ("乡镇", "乡", "镇", "所属乡镇", "乡（镇）"),
    KIND: ("类别", "类型", "种类", "kind", "type", "вид"),
    NIL: ("无", "零报告", "nil", "nil return"),
}
_BRACKETED = re.compile(r"(.+?)[(\[](.*)[)\]]")
_KEYED = re.compile(r"\[(@?[a-z_][a-z0-9_:]*)\]\s*$")


def identity_label(model: type[Record], key: str) -> str:
    """What a column that is no measure is headed with, in the reader's language."""
    labels = {
        CODE: _("Code"),
        NAME: _("Name"),
        LATIN: _("Name in Latin letters"),
        TOWNSHIP: _("Township"),
        KIND: str(model.kinds_label),
        NIL: _("Nothing to report"),
        STATE: _("State"),
        PROBLEM: _("What is wrong"),
        TOKEN: _("Do not change"),
    }
    return labels[key]


def measure_label(model: type[Record], measure: Measure) -> str:
    """What a measure is called where its neighbours can't be seen: “of which women” alone may mean two of them."""
    label = str(measure.verbose_name)
    alike = [other for other in model.measures() if str(other.verbose_name) == label]
    if len(alike) == 1 or not measure.part_of:
        return label
    whole = next(other for other in model.measures() if other.name == measure.part_of)
    return f"{whole.verbose_name}: {label}"


def unit_of(measure: Measure) -> str:
    """The unit that the head of a column gives."""
    return str(measure.unit_word)


def template_version(model: type[Record]) -> str:
    """Names what the sheets of a programme hold: it changes when a measure or a kind does."""
    names = [f"{measure.name}:{measure.kind}" for measure in model.measures()] + model.breakdowns()
    return "1" + sha256(",".join(names).encode()).hexdigest()[:7]


def folded(text: str) -> str:
    """A heading or name without what people write differently: width, case, spaces."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).casefold()


@dataclass(frozen=True)
class Vocabulary:
    """What headings of a programme's sheets may say, folded: the columns by label, and the units by column."""

    labels: dict[str, tuple[str, ...]]
    units: dict[str, frozenset[str]]
    kinds: dict[str, str]

    @classmethod
    @cache
    def of(cls, model: type[Record]) -> Vocabulary:
        labels: dict[str, list[str]] = {}
        units: dict[str, set[str]] = {measure.name: set() for measure in model.measures()}
        kinds = {folded(kind.code): kind.code for kind in model.kinds}
        for key, words in _ALIASES.items():
            for word in words:
                labels.setdefault(folded(word), []).append(key)
        for language, _name in settings.LANGUAGES:
            with override(language):
                for key, label in _labels(model):
                    labels.setdefault(folded(label), []).append(key)
                for measure in model.measures():
                    units[measure.name] |= {folded(unit_of(measure))}
                    if measure.unit == BY_KIND:
                        units[measure.name] |= {folded(str(kind.unit_word)) for kind in model.kinds}
                kinds |= {folded(str(kind.label)): kind.code for kind in model.kinds}
        known = {label: tuple(dict.fromkeys(keys)) for label, keys in labels.items()}
        # A measure's own label goes before what other lists call a column.
        own = {label: tuple(k for k in keys if k[0] != "@") or keys for label, keys in known.items()}
        return cls(own, {name: frozenset(words) for name, words in units.items()}, kinds)

    def meant(self, heading: str) -> tuple[tuple[str, ...], str]:
        """Return the columns that a heading may mean, and the unit that it gives beside ("" is none)."""
        keyed = _KEYED.search(heading)
        if keyed:
            return (keyed.group(1),), ""
        text = folded(heading)
        if text in self.labels:
            return self.labels[text], ""
        parted = _BRACKETED.fullmatch(text)
        if parted and parted.group(1) in self.labels:
            return self.labels[parted.group(1)], parted.group(2)
        return (), ""


def _labels(model: type[Record]) -> Iterable[tuple[str, str]]:
    """Every column with each of its names in the language of the moment."""
    keys = [CODE, NAME, LATIN, TOWNSHIP, NIL, STATE, PROBLEM, *([KIND] if model.kinds else [])]
    yield from ((key, identity_label(model, key)) for key in keys)
    for measure in model.measures():
        yield measure.name, measure.name
        yield measure.name, str(measure.verbose_name)
        yield measure.name, measure_label(model, measure)


@dataclass
class Columns:
    """Which column of a sheet holds what (from 0, by key), where the rows begin, and the headings that are not read."""

    at: dict[str, int]
    first_row: int
    unread: list[str] = field(default_factory=list)


def find_columns(model: type[Record], rows: Sequence[Sequence[Any]]) -> Columns | None:
    """Find the heading among the first rows of a sheet; None when there is none. Raises Unreadable when it misleads."""
    vocabulary = Vocabulary.of(model)
    names = {measure.name for measure in model.measures()}
    for number, row in enumerate(rows[:HEAD_ROWS]):
        keys = [_own_key(cell, names) for cell in row]
        if CODE in keys and any(key in names for key in keys):
            # Our own hidden row of keys; the next one says them in words.
            columns = Columns(_once(keys, row), number + 1)
            following = rows[number + 1] if number + 1 < len(rows) else []
            columns.first_row += sum(bool(vocabulary.meant(str(cell))[0]) for cell in following) > 1
            return columns
        meant = [vocabulary.meant(cell) if isinstance(cell, str) else ((), "") for cell in row]
        found = {key for keys_of, _unit in meant for key in keys_of}
        if found & {CODE, NAME} and found & (names | {NIL}):
            return _by_heading(model, vocabulary, row, meant, number)
    return None


def _own_key(cell: Any, names: set[str]) -> str:
    known = isinstance(cell, str) and (cell in names or (cell[:1] == "@" and cell.isascii()))
    return cell if known else ""


def _once(keys: Sequence[str], row: Sequence[Any]) -> dict[str, int]:
    """The place of each key. Raises Unreadable when one is there twice."""
    at: dict[str, int] = {}
    for place, key in enumerate(keys):
        if key and key in at and key[0] != "@":
            words = _("The figure “%(heading)s” has two columns, %(one)s and %(two)s. Delete one of them.")
            raise Unreadable(words % {"heading": row[place], "one": letters(at[key]), "two": letters(place)})
        if key:
            at.setdefault(key, place)
    return at


def _by_heading(
    model: type[Record], vocabulary: Vocabulary, row: Sequence[Any], meant: Sequence[Any], number: int
) -> Columns:
    keys: list[str] = []
    for place, (candidates, unit) in enumerate(meant):
        key = _chosen(model, candidates, keys, str(row[place]))
        if key and unit and key in vocabulary.units and unit not in vocabulary.units[key]:
            measure = next(m for m in model.measures() if m.name == key)
            words = _("The heading “%(heading)s” gives another unit: figures here are in %(unit)s. Convert them first.")
            raise Unreadable(words % {"heading": row[place], "unit": unit_of(measure)})
        keys.append(key)
    known = {measure.name for measure in model.measures()}
    unread = [
        str(row[place]) for place, key in enumerate(keys) if row[place] and key not in known and not key.startswith("@")
    ]
    return Columns(_once([key if key in known or key[:1] == "@" else "" for key in keys], row), number + 1, unread)


def _chosen(model: type[Record], candidates: Sequence[str], before: Sequence[str], heading: str) -> str:
    """The one column that a heading means. “Of which women” is a part of what stands to its left."""
    if len(candidates) < 2:
        return candidates[0] if candidates else ""
    parts = {measure.name: measure.part_of for measure in model.measures()}
    for key in reversed(before):
        whole = parts.get(key) or key
        fitting = [name for name in candidates if parts.get(name) == whole and name not in before]
        if len(fitting) == 1:
            return fitting[0]
    words = _("“%(heading)s” may mean more than one figure: %(figures)s. Name it so, or use the template.")
    labels = [measure_label(model, m) for m in model.measures() if m.name in candidates]
    raise Unreadable(words % {"heading": heading, "figures": ", ".join(labels) or ", ".join(candidates)})


def letters(column: int) -> str:
    """The letters of a column, from 0: A, B, ..., AA."""
    text = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text
