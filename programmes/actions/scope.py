"""What every write of records checks first: the round, and the areas of the person who writes."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from povtrack.accounts.models import User
from povtrack.accounts.roles import Ability
from programmes.models import Record, Round
from villages.models import Area

MAX_ROWS = 2000


class Refused(Exception):
    """A write that is refused as a whole; the message is fit for the person who asked for it."""


def require_open_round(model: type[Record], year: int) -> Round:
    """Return the round of a programme and year, or raise Refused with what is wrong with it."""
    rounds = {r.year: r for r in Round.objects.filter(programme=model.code)}
    if year not in rounds:
        known = ", ".join(str(y) for y in sorted(rounds)) or "–"
        raise Refused(
            _("%(programme)s has no round for %(year)s. Years with a round: %(known)s.")
            % {"programme": model.label, "year": year, "known": known}
        )
    if not rounds[year].is_open():
        raise Refused(
            _("The round %(programme)s %(year)s is not open: it runs from %(opens)s to %(closes)s.")
            % {
                "programme": model.label,
                "year": year,
                "opens": date_format(rounds[year].opens, "Y-m-d"),
                "closes": date_format(rounds[year].closes, "Y-m-d"),
            }
        )
    return rounds[year]


def paths_of(user: User, ability: Ability) -> tuple[str, ...]:
    """Return the paths of the areas on whose subtrees `user` holds `ability`."""
    return tuple(Area.objects.filter(pk__in=user.area_ids(ability)).values_list("path", flat=True))
