"""Remarks: what people say about one figure, and so the reason that a soft rule asks for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from povtrack.accounts.models import User
from povtrack.accounts.roles import Ability
from povtrack.lib.figures import BadFigure
from povtrack.lib.paths import is_under
from povtrack.lib.years import FIRST_YEAR, LAST_YEAR, year_end
from programmes.actions.rows import IncomingRow, Place, RowResult
from programmes.actions.scope import Refused, paths_of
from programmes.models import Record, Remark
from programmes.unlikely import kept_text
from villages.models import Area, Placement

LONGEST = 500


def add_remark(
    model: type[Record],
    *,
    year: int,
    area: Area,
    breakdown: str,
    measure: str,
    text: str,
    by: User,
    figure: str | None = None,
) -> Remark:
    """Add a remark on one figure of a place, and return it. There need be no record yet.

    `figure` is the typed text of the figure that its author has before them, which may not be saved yet; without it the
    one is meant that stands. The same words of the same person on the same figure, sent again, are added once.
    Raises Refused for whoever neither enters nor reviews there, for a place that reports no such figure in that year,
    for what is no figure, and for a text that is empty or longer than LONGEST. A closed round refuses none, nor does a
    deadline that has passed: a remark changes no figure.
    """
    _require_place(model, year, area, by)
    if breakdown not in model.breakdowns():
        raise Refused(
            _("“%(code)s” is no kind of %(programme)s. Its kinds: %(known)s.")
            % {"code": breakdown, "programme": model.label, "known": ", ".join(kind.code for kind in model.kinds)}
        )
    of_figure = {"programme": model.code, "year": year, "area": area, "breakdown": breakdown, "measure": measure}
    said = {"figure": _figure(model, of_figure, figure), "text": checked_words(text), "by": by}
    last = Remark.objects.filter(**of_figure).order_by("at", "pk").last()
    if last and all(getattr(last, name) == value for name, value in said.items()):
        return last
    return Remark.objects.create(**of_figure, **said)


def keep_reasons(
    model: type[Record], year: int, rows: Sequence[IncomingRow], results: Mapping[Place, RowResult], by: User
) -> None:
    """Keep the reasons that came with rows beside the figures that now stand. One query and one statement.

    Of rows that were not saved none is kept. What was said already is added once. Raises Refused as `add_remark` does.
    """
    said = [row for row in rows if row.reasons and results[row.place].stands]
    if not said:
        return
    of_year = {"programme": model.code, "year": year, "by": by}
    before = Remark.objects.filter(**of_year, area__in={row.area for row in said})
    known = set(before.values_list("area", "breakdown", "measure", "figure", "text"))
    new = []
    for row in said:
        figures = results[row.place].figures
        for measure, text in row.reasons.items():
            if measure not in figures:
                raise Refused(_("There is no figure “%(name)s”.") % {"name": measure})
            told = (*row.place, measure, kept_text(figures[measure]), checked_words(text))
            if told not in known:
                area, breakdown, _measure, figure, words = told
                place = {"area_id": area, "breakdown": breakdown, "measure": measure}
                new.append(Remark(**of_year, **place, figure=figure, text=words))
    Remark.objects.bulk_create(new)


def _figure(model: type[Record], of_figure: dict[str, Any], typed: str | None) -> str | None:
    """Return the figure that a remark is about as it is kept; None where nothing was typed and no record stands."""
    name = of_figure["measure"]
    measure = next((known for known in model.measures() if known.name == name), None)
    if measure is None:
        raise Refused(_("There is no figure “%(name)s”.") % {"name": name})
    if typed is None:
        place = {key: of_figure[key] for key in ("year", "area", "breakdown")}
        standing = model.objects.filter(**place).values_list(name, flat=True)[:1]
        return next((kept_text(figure) for figure in standing), None)
    try:
        return kept_text(measure.parse(typed))
    except BadFigure as bad:
        raise Refused(f"{measure.verbose_name}: {bad}") from bad


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
    # Browsers send a line break as two characters, and count it as one.
    words = text.replace("\0", "").replace("\r\n", "\n").strip()
    if not words:
        raise Refused(_("Write at least a word."))
    if len(words) > LONGEST:
        raise Refused(
            _("%(count)s characters are too many; at most %(limit)s fit.") % {"count": len(words), "limit": LONGEST}
        )
    return words
