"""On whose boundaries totals are summed, as people and programs ask for it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext as _

from povtrack.lib.years import FIRST_YEAR, year_end

RECORDED = "recorded"
CURRENT = "current"


class BadBasis(ValueError):
    """A text that names no boundaries; its message is fit for the person who sent it."""


@dataclass(frozen=True)
class Basis:
    """The boundaries of each year (`recorded`), today's (`current`), or those of the last day of one year ("2005")."""

    name: str = RECORDED

    @property
    def year(self) -> int | None:
        """The year whose boundaries these are; None where that depends on the figures, or is today."""
        return None if self.name in (RECORDED, CURRENT) else int(self.name)

    @property
    def query(self) -> str:
        """What an address carries for it; nothing for the boundaries of each year."""
        return "" if self.name == RECORDED else f"?basis={self.name}"

    def day(self, year: int) -> dt.date:
        """The day on whose boundaries figures of a year are summed. Today's boundaries have no last day."""
        if self.name == CURRENT:
            return dt.date.max
        return year_end(self.year or year)


def parse_basis(text: str, today: dt.date) -> Basis:
    """Return the basis that a text names. Raises BadBasis for anything else, and for a year that is not over."""
    if text in (RECORDED, CURRENT):
        return Basis(text)
    if not (text.isascii() and text.isdigit() and len(text) == 4):
        raise BadBasis(
            _("“%(text)s” names no boundaries. Write recorded (of each year), current (today's) or a year.")
            % {"text": text[:40].replace("\0", "")}
        )
    if int(text) < FIRST_YEAR:
        raise BadBasis(_("No boundaries are known of %(year)s.") % {"year": text})
    if year_end(int(text)) > today:
        raise BadBasis(
            _("The year %(year)s is not over. Ask for today's boundaries (current), or for a year up to %(last)s.")
            % {"year": text, "last": today.year - 1}
        )
    return Basis(text)
