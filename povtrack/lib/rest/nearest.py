"""What someone may have meant who wrote a word that is not known."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable

from django.utils.translation import gettext as _

from povtrack.lib.rest.refusals import Fault

_MOST_KNOWN = 40  # words; a longer list is no help


def nearest(word: str, known: Iterable[str]) -> list[str]:
    """Return up to three of the known words that a word is likely to be a slip of, the likeliest first."""
    by_fold = {one.casefold(): one for one in known}
    return [by_fold[one] for one in difflib.get_close_matches(word.casefold(), by_fold, 3, 0.6)]


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return a sentence that names the nearest known word, or else what is known; it begins with a space."""
    known = [str(one) for one in known if str(one)]
    if near := nearest(word, known):
        return " " + _("Did you mean %(near)s?") % {"near": ", ".join(f"“{one}”" for one in near)}
    if known and len(known) <= _MOST_KNOWN:
        return " " + _("Known here: %(known)s.") % {"known": ", ".join(known)}
    return ""


def unknown(word: str, known: Iterable[str]) -> str:
    """Return the sentences that refuse a word."""
    return _("“%(value)s” is not known here.") % {"value": word} + did_you_mean(word, known)


def misspelt(word: str, known: Collection[str], at: str) -> Fault:
    """Return what is wrong with a word that is not known, at the parameter or field that it was given for."""
    return Fault("unknown", unknown(word, known), at, word, {"nearest": nearest(word, known)})
