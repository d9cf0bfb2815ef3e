"""Comparing a name as an official list prints it with a name as the registry holds it."""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher
from enum import Enum

# What a place is, at the end of its name; the longest first, so that none is cut in two.
_ENDINGS = re.compile(r"(?:特别行政区|自治区|自治州|自治县|自治旗|地区|特区|林区|新区|市|区|县|旗|省|盟|镇|乡|村)$")


class Agreement(Enum):
    """How a listed name and a registered one agree: letter by letter, as short and long form, or not at all."""

    EXACT = "exact"
    SHORT = "short"
    NONE = "none"


def squeezed(name: str) -> str:
    """Return a name without blanks, of full or half width: lists set 蔚 县 as wide as 阳原县."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", name))


def stem(name: str) -> str:
    """Return a name without what the place is: 阳原 for 阳原县. A name that is nothing else stays."""
    whole = squeezed(name)
    return _ENDINGS.sub("", whole) or whole


def agreement(listed: str, registered: str) -> Agreement:
    """Tell how two names agree.

    The short form of a name leaves characters out and keeps the first and the order of the rest, as 科右中旗 does of
    科尔沁右翼中旗. That alone proves nothing (many names would pass); it is asked only of a place whose code fits.
    """
    ours, theirs = squeezed(registered), squeezed(listed)
    if ours == theirs:
        return Agreement.EXACT
    short, long = sorted((stem(theirs), stem(ours)), key=len)
    # One character alone is as good as no name: 蔚 is in many.
    if short == long or (len(short) > 1 and short[0] == long[0] and _runs_through(short, long)):
        return Agreement.SHORT
    return Agreement.NONE


def _runs_through(short: str, long: str) -> bool:
    rest = iter(long)
    return all(character in rest for character in short)


def likeness(listed: str, registered: str) -> float:
    """Return how alike two names are, from 0 to 1; what they begin with counts most."""
    if agreement(listed, registered) is Agreement.EXACT:
        return 1.0
    ours, theirs = stem(registered), stem(listed)
    alike = SequenceMatcher(None, theirs, ours, autojunk=False).ratio()
    if agreement(listed, registered) is Agreement.SHORT:
        alike = max(alike, 0.8)
    return min(0.99, alike + (0.1 if ours[:1] == theirs[:1] else 0))
