"""What every write of records checks first: the round, and the areas of the person who writes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from povtrack.accounts.models import User
from povtrack.accounts.roles import Ability
from povtrack.lib.paths import is_under
from programmes.models import Extension, Record, Round
from villages.models import Area

MAX_ROWS = 2000


class Refused(Exception):
    """A write that is refused as a whole; the message is fit for the person who asked for it."""


@dataclass(frozen=True)
class Window:
    """Where the records of a programme and year can be written today: everywhere, or only below some areas."""

    round: Round
    is_open: bool
    extended: tuple[str, ...] = ()  # the paths of the areas for which the closed round goes on

    def allows(self, path: str) -> bool:
        return self.is_open or is_under(path, self.extended)

    def within(self, paths: Iterable[str]) -> list[str]:
        """Return the paths of the areas at or below `paths` that hold all that can be written there."""
        if self.is_open:
            return [path for path in paths if path]
        pairs = [(path, extended) for path in paths for extended in self.extended if path and extended]
        return [max(pair) for pair in pairs if pair[0].startswith(pair[1]) or pair[1].startswith(pair[0])]


def window_of(model: type[Record], year: int) -> Window:
    """Return where a programme and year can be written today, or raise Refused with what is wrong with its round."""
    rounds = {r.year: r for r in Round.objects.filter(programme=model.code)}
    if year not in rounds:
        known = ", ".join(str(y) for y in sorted(rounds)) or "–"
        raise Refused(
            _("%(programme)s has no round for %(year)s. Years with a round: %(known)s.")
            % {"programme": model.label, "year": year, "known": known}
        )
    if rounds[year].is_open():
        return Window(rounds[year], is_open=True)
    running = Extension.objects.filter(programme=model.code, year=year, until__gte=timezone.localdate())
    # One that has not begun yet is not lengthened by an extension.
    has_begun = rounds[year].opens <= timezone.localdate()
    return Window(rounds[year], is_open=False, extended=tuple(running.values_list("area__path", flat=True)) * has_begun)


def require_open_round(model: type[Record], year: int) -> Window:
    """Return where a programme and year can be written today, or raise Refused when that is nowhere."""
    window = window_of(model, year)
    if not window.is_open and not window.extended:
        raise Refused(closed_words(model, window.round))
    return window


def is_writable(model: type[Record], year: int, area: Area) -> bool:
    """Tell whether records of an area can be written today: its round is open, or goes on for it."""
    try:
        return window_of(model, year).allows(area.path)
    except Refused:
        return False


def closed_words(model: type[Record], collecting: Round) -> str:
    """Say when a round that is not open runs."""
    return _("The round %(programme)s %(year)s is not open: it runs from %(opens)s to %(closes)s.") % {
        "programme": model.label,
        "year": collecting.year,
        "opens": date_format(collecting.opens, "Y-m-d"),
        "closes": date_format(collecting.closes, "Y-m-d"),
    }


def paths_of(user: User, ability: Ability) -> tuple[str, ...]:
    """Return the paths of the areas on whose subtrees `user` holds `ability`."""
    return tuple(Area.objects.filter(pk__in=user.area_ids(ability)).values_list("path", flat=True))
