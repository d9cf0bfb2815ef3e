"""What the pages of records share: the place and year an address names, within what the reader may see."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from povtrack.accounts.models import User
from povtrack.accounts.roles import Ability
from povtrack.lib.basis import CURRENT, Basis
from povtrack.lib.paths import is_under
from povtrack.lib.years import FIRST_YEAR, LAST_YEAR, year_end
from programmes.actions.scope import paths_of
from programmes.models import Record, Round
from programmes.registry import get_programme_or_404
from villages.levels import Level
from villages.models import Area, AreaVersion, Placement

EACH_YEAR = Basis()


def area_or_404(user: User, code: str, year: int, ability: Ability = Ability.READ, *, basis: Basis = EACH_YEAR) -> Area:
    """Return the area that carries `code` on the basis (at the end of `year`), if the user holds `ability` there."""
    area = find_area(user, code, basis.day(year), ability) if FIRST_YEAR <= year <= LAST_YEAR else None
    if area is not None:
        return area
    if basis.name == CURRENT:
        raise Http404(_("No place of yours has the code %(code)s today.") % {"code": code})
    words = _("No place of yours had the code %(code)s in %(year)s.")
    raise Http404(words % {"code": code, "year": basis.year or year})


def find_area(user: User, code: str, on: dt.date, ability: Ability = Ability.READ) -> Area | None:
    """Return the area that carried `code` on a day, if there is one where the user holds `ability`."""
    # An address may carry a NUL, which PostgreSQL takes in no text.
    return None if "\0" in code else Area.objects.visible_to(user, ability).coded(code, on).first()


def last_area(user: User, code: str, before: dt.date) -> Area | None:
    """Return the area that carried `code` last before a day, if the user may read there."""
    if "\0" in code:
        return None
    carried = AreaVersion.objects.filter(code=code, valid__endswith__lte=before)
    found = carried.filter(area__in=Area.objects.visible_to(user)).order_by("-valid").select_related("area").first()
    return found.area if found else None


Place = tuple[type[Record], Area, User]


def grid_place(request: HttpRequest, programme: str, year: int, code: str, ability: Ability) -> Place:
    """Return the programme, area and user of a request for a grid, or raise Http404.

    What villages report is entered by county or township, what counties report by any area from the county up.
    """
    model, user = get_programme_or_404(programme), request.user
    assert isinstance(user, User)
    area = area_or_404(user, code, year, ability)
    if model.level == Level.COUNTY and area.level > Level.COUNTY:
        raise Http404(_("Records of this programme are entered by county."))
    if model.level > Level.COUNTY and area.level not in (Level.COUNTY, Level.TOWNSHIP):
        raise Http404(_("Records are entered by county or township."))
    return model, area, user


def kind_or_404(request: HttpRequest, model: type[Record]) -> str:
    """Return the kind that a request is about (`?kind=`), the first one if it names none; raises Http404."""
    known = model.breakdowns()
    kind = request.GET.get("kind", known[0])
    if kind not in known:
        words = _("“%(code)s” is no kind of %(programme)s. Its kinds: %(known)s.")
        raise Http404(words % {"code": kind, "programme": model.label, "known": ", ".join(known)})
    return kind


def county_of(area: Area, year: int) -> int:
    """Return the id of the county in which an area stood in that year (itself, if it was one)."""
    if area.level == Level.COUNTY:
        return area.pk
    placement = Placement.objects.filter(area=area, valid__contains=year_end(year)).first()
    return placement.county_id or 0 if placement else 0


def codes_in(year: int, areas: Iterable[Area | int], basis: Basis = EACH_YEAR) -> dict[int, str]:
    """Return by area id the code that each of `areas` (or their ids) carries on the basis in `year`. One query.

    An area that does not stand there is left out: no address leads to it.
    """
    versions = AreaVersion.objects.filter(area__in=list(areas), valid__contains=basis.day(year))
    return dict(versions.values_list("area_id", "code"))


def year_urls(
    model: type[Record], area: Area, year: int, url_name: str, basis: Basis = EACH_YEAR
) -> list[dict[str, Any]]:
    """Return the years with a round in which `area` stands on the basis, each with a link by its code. Two queries."""
    versions = list(AreaVersion.objects.filter(area=area))
    rounds = Round.objects.filter(programme=model.code).order_by("year").values_list("year", flat=True)
    return [
        {"year": y, "url": reverse(url_name, args=[model.code, y, version.code]) + basis.query, "current": y == year}
        for y in rounds
        for version in versions
        if basis.day(y) in version.valid
    ]


def trail_of(
    user: User, area: Area, url_name: str, *, programme: str, year: int, basis: Basis = EACH_YEAR
) -> list[dict[str, str | None]]:
    """Return the areas above `area` on the basis as breadcrumbs; only those within the reader's areas lead anywhere."""

    def address(code: str) -> str:
        return reverse(url_name, args=[programme, year, code]) + basis.query

    return trail_to(user, area, year, address, basis=basis)


def trail_to(
    user: User,
    area: Area,
    year: int,
    address: Callable[[str], str],
    *,
    basis: Basis = EACH_YEAR,
    itself: bool = False,
) -> list[dict[str, str | None]]:
    """Return the areas above `area` on the basis (and it `itself`) as breadcrumbs; `address` says where a code leads.

    Only those within the reader's areas lead anywhere.
    """
    paths = paths_of(user, Ability.READ)
    day = basis.day(year)
    place = Placement.objects.filter(area=area, valid__contains=day).first()
    above = [place.parent_id, place.province_id, place.prefecture_id, place.county_id] if place else []
    # The nation is always the first of a path. Looking for its level would read the forms of all places.
    wanted = {*above, *area.ancestor_ids[:1]} - {area.pk, None} | ({area.pk} if itself else set())
    standing = AreaVersion.objects.filter(area__in=wanted, valid__contains=day).select_related("area")
    return [
        {"label": str(version.area), "url": address(version.code) if is_under(version.area.path, paths) else None}
        for version in standing.order_by("area__level")
    ]
