"""The columns of a pass-down workbook, and which one a heading of an officer's own list means."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from programmes.sheets.columns import CODE, LATIN, NAME, PROBLEM, TOKEN, folded
from programmes.sheets.limits import HEAD_ROWS, Unreadable

AMOUNT, PROGRAMME, WITHIN, POOR, HAD, HAS = "@amount", "@programme", "@within", "@poor", "@had", "@has"

# What officials head such columns with in lists of their own.
_ALIASES = {
    CODE: ("代码", "编码", "区划代码", "行政区划代码", "код"),
    NAME: ("名称", "地区", "单位", "县", "县名", "乡镇", "村", "村名", "place", "county", "village"),
    AMOUNT: ("金额", "分配金额", "下达金额", "资金", "本次下达", "amount", "yuan", "сумма"),
    PROGRAMME: ("项目", "项目名称", "programme", "program"),
}


def heading(key: str, year: int = 0, poor_year: int | None = None) -> str:
    """What a column is headed with, in the reader's language; a unit stands on a line of its own."""
    words = {
        CODE: _("Code"),
        NAME: _("Name"),
        LATIN: _("Name in Latin letters"),
        WITHIN: _("Belongs to"),
        POOR: f"{_('Poor people')}\n({poor_year or '–'})",
        HAD: _("Got in %(year)s") % {"year": year - 1} + f"\n({_('yuan')})",
        HAS: f"{_('Has of this already')}\n({_('yuan')})",
        AMOUNT: f"{_('Amount')}\n({_('yuan')})",
        PROGRAMME: _("Programme"),
        PROBLEM: _("What is wrong"),
        TOKEN: _("Do not change"),
    }
    return words[key]


_BRACKETED = re.compile(r"(.+?)[(\[](.*)[)\]]")
_YUAN = {"元", "人民币元", "rmb", "cny", "yuan"}


@cache
def _vocabulary() -> dict[str, str]:
    known = {folded(word): key for key, words in _ALIASES.items() for word in words}
    for language, _name in settings.LANGUAGES:
        with override(language):
            for key in (CODE, NAME, LATIN, AMOUNT, PROGRAMME):
                known[folded(heading(key))] = known[folded(heading(key).partition("\n")[0])] = key
    return known


def find_columns(rows: Sequence[Sequence[Any]]) -> tuple[dict[str, int], int] | None:
    """Return the place of each column by its key and the number of the first row below the heading, or None.

    Raises Unreadable when the amounts are headed with another unit than yuan.
    """
    own = {CODE, NAME, LATIN, WITHIN, POOR, HAD, HAS, AMOUNT, PROGRAMME, PROBLEM, TOKEN}
    for number, row in enumerate(rows[:HEAD_ROWS]):
        keys = [cell if cell in own else "" for cell in map(str, row)]
        if AMOUNT in keys and CODE in keys:
            return _first(keys), number + 2  # our hidden row of keys; the next one says them in words
        keys = [_meant(cell) if isinstance(cell, str) else "" for cell in row]
        if AMOUNT in keys and {CODE, NAME, LATIN} & set(keys):
            return _first(keys), number + 1
    return None


def _meant(words: str) -> str:
    """The column that a heading means, or ""."""
    text = folded(words)
    parted = _BRACKETED.fullmatch(text)
    if text in _vocabulary() or not parted:
        return _vocabulary().get(text, "")
    key, unit = _vocabulary().get(parted.group(1), ""), parted.group(2)
    if key == AMOUNT and unit not in _YUAN | _units():
        words_of = _("The heading “%(heading)s” gives another unit: amounts here are in yuan. Convert them first.")
        raise Unreadable(words_of % {"heading": words})
    return key


@cache
def _units() -> frozenset[str]:
    found = set()
    for language, _name in settings.LANGUAGES:
        with override(language):
            found.add(folded(_("yuan")))
    return frozenset(found)


def _first(keys: Sequence[str]) -> dict[str, int]:
    at: dict[str, int] = {}
    for place, key in enumerate(keys):
        if key:
            at.setdefault(key, place)
    return at
