"""What every write of records checks first: the round, and the areas of the person who writes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q
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
    """Where the records of a programme and year can be written today: everywhere, or only below some areas.

    What was reopened after the round closed may be submitted on its last day, so that it is approved afterwards too.
    """

    round: Round
    is_open: bool
    extended: tuple[str, ...] = ()  # the paths of the areas for which the closed round goes on
    reopened: tuple[str, ...] = ()  # those in which records were reopened beyond the end of the round, on whatever day

    def allows(self, path: str, *, approving: bool = False) -> bool:
        return self.is_open or is_under(path, self.paths(approving=approving))

    def reaches(self, path: str, *, approving: bool = False) -> bool:
        """Tell whether anything at or below a path is allowed."""
        paths = self.paths(approving=approving)
        return self.allows(path, approving=approving) or any(is_under(held, [path]) for held in paths)

    def paths(self, *, approving: bool = False) -> tuple[str, ...]:
        return (*self.extended, *self.reopened) if approving else self.extended

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
    today = timezone.localdate()
    if rounds[year].opens > today:
        return Window(rounds[year], is_open=False)  # one that has not begun is not lengthened
    made = Extension.objects.filter(Q(until__gte=today) | Q(is_reopening=True), programme=model.code, year=year)
    paths = list(made.values_list("area__path", "until", "is_reopening"))
    return Window(
        rounds[year],
        is_open=False,
        extended=tuple(path for path, until, _is_reopening in paths if until >= today),
        reopened=tuple(path for path, _until, is_reopening in paths if is_reopening),
    )


def require_open_round(model: type[Record], year: int) -> Window:
    """Return where a programme and year can be written today, or raise Refused when that is nowhere."""
    window = window_of(model, year)
    if not window.is_open and not window.extended:
        raise Refused(closed_words(model, window.round))
    return window


def is_writable(model: type[Record], year: int, area: Area) -> bool:
    """Tell whether records of an area can be written today: its round is open, or goes on for it."""
    return open_to(model, year, area)[0]


def open_to(model: type[Record], year: int, area: Area) -> tuple[bool, bool]:
    """Tell whether records of an area can be written today, and whether some can be approved. Two queries."""
    try:
        window = window_of(model, year)
    except Refused:
        return False, False
    return window.allows(area.path), window.reaches(area.path, approving=True)


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
