"""Remarks: what people say about one figure, and so the reason that a soft rule asks for."""

from __future__ import annotations

from django.utils.translation import gettext as _

from povtrack.accounts.models import User
from povtrack.accounts.roles import Ability
from povtrack.lib.paths import is_under
from povtrack.lib.years import FIRST_YEAR, LAST_YEAR, year_end
from programmes.actions.scope import Refused, paths_of
from programmes.models import Record, Remark
from villages.models import Area, Placement

LONGEST = 500


def add_remark(
    model: type[Record], *, year: int, area: Area, breakdown: str, measure: str, text: str, by: User
) -> Remark:
    """Add a remark on one figure of a place, and return it. There need be no record yet.

    Raises Refused for whoever neither enters nor reviews there, for a place that reports no such figure in that year,
    and for a text that is empty or longer than LONGEST. A closed round refuses none: a remark changes no figure.
    """
    _require_place(model, year, area, by)
    if breakdown not in model.breakdowns():
        raise Refused(
            _("“%(code)s” is no kind of %(programme)s. Its kinds: %(known)s.")
            % {"code": breakdown, "programme": model.label, "known": ", ".join(kind.code for kind in model.kinds)}
        )
    if measure not in {known.name for known in model.measures()}:
        raise Refused(_("There is no figure “%(name)s”.") % {"name": measure})
    return Remark.objects.create(
        programme=model.code,
        year=year,
        area=area,
        breakdown=breakdown,
        measure=measure,
        text=checked_words(text),
        by=by,
    )


def _require_place(model: type[Record], year: int, area: Area, by: User) -> None:
    """Raise Refused unless `by` works in the area, and it reports to the programme in that year."""
    own = (*paths_of(by, Ability.ENTER), *paths_of(by, Ability.REVIEW))
    stood = (
        FIRST_YEAR <= year <= LAST_YEAR
        and is_under(area.path, own)
        and Placement.objects.filter(area=area, valid__contains=year_end(year)).exists()
    )
    if not stood:
        raise Refused(_("Place %(id)s is not one of yours in this year.") % {"id": area.pk})
    if area.level != model.level:
        raise Refused(_("%(name)s is not a %(level)s.") % {"name": area.name, "level": model.level.word})


def checked_words(text: str) -> str:
    """Return the words of a remark or reason, or raise Refused; PostgreSQL takes no NUL in a text."""
    words = text.replace("\0", "").strip()
    if not words:
        raise Refused(_("Write at least a word."))
    if len(words) > LONGEST:
        raise Refused(
            _("%(count)s characters are too many; at most %(limit)s fit.") % {"count": len(words), "limit": LONGEST}
        )
    return words
