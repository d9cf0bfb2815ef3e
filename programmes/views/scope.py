"""What the pages of records share: the place and year an address names, within what the reader may see."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from povtrack.accounts.models import User
from povtrack.accounts.roles import Ability
from povtrack.lib.paths import is_under
from povtrack.lib.years import FIRST_YEAR, LAST_YEAR, year_end
from programmes.actions.scope import paths_of
from programmes.models import Record, Round
from programmes.registry import get_programme_or_404
from villages.levels import Level
from villages.models import Area, AreaVersion


def area_or_404(user: User, code: str, year: int, ability: Ability = Ability.READ) -> Area:
    """Return the area that carried `code` at the end of `year`, if the user holds `ability` there."""
    # An address may carry a NUL, which PostgreSQL takes in no text.
    if FIRST_YEAR <= year <= LAST_YEAR and "\0" not in code:
        area = Area.objects.visible_to(user, ability).coded(code, year_end(year)).first()
        if area is not None:
            return area
    raise Http404(_("No place of yours had the code %(code)s in %(year)s.") % {"code": code, "year": year})


Place = tuple[type[Record], Area, User]


def grid_place(request: HttpRequest, programme: str, year: int, code: str, ability: Ability) -> Place:
    """Return the programme, county or township, and user of a request for a grid, or raise Http404."""
    model, user = get_programme_or_404(programme), request.user
    assert isinstance(user, User)
    area = area_or_404(user, code, year, ability)
    if area.level not in (Level.COUNTY, Level.TOWNSHIP):
        raise Http404(_("Records are entered by county or township."))
    return model, area, user


def codes_in(year: int, areas: Iterable[Area | int]) -> dict[int, str]:
    """Return by area id the code that each of `areas` (or their ids) carried at the end of `year`. One query.

    An area that did not stand then is left out: no address leads to it.
    """
    versions = AreaVersion.objects.filter(area__in=list(areas), valid__contains=year_end(year))
    return dict(versions.values_list("area_id", "code"))


def year_urls(model: type[Record], area: Area, year: int, url_name: str) -> list[dict[str, Any]]:
    """Return the years with a round in which `area` stood, each with a link by its code then. Two queries."""
    versions = list(AreaVersion.objects.filter(area=area))
    rounds = Round.objects.filter(programme=model.code).order_by("year").values_list("year", flat=True)
    return [
        {"year": y, "url": reverse(url_name, args=[model.code, y, version.code]), "current": y == year}
        for y in rounds
        for version in versions
        if year_end(y) in version.valid
    ]


def trail_of(user: User, area: Area, url_name: str, *, programme: str, year: int) -> list[dict[str, str | None]]:
    """Return the areas above `area` as breadcrumbs; only those within the reader's areas lead anywhere.

    One that did not stand in that year is left out.
    """
    paths = paths_of(user, Ability.READ)
    standing = (
        AreaVersion.objects.filter(area__in=area.ancestor_ids, valid__contains=year_end(year))
        .select_related("area")
        .order_by("area__level")
    )
    return [
        {
            "label": str(version.area),
            "url": reverse(url_name, args=[programme, year, version.code])
            if is_under(version.area.path, paths)
            else None,
        }
        for version in standing
    ]
