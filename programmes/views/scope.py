"""What the pages of records share: the place and year an address names, within what the reader may see."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from povtrack.accounts.models import User
from povtrack.accounts.roles import Ability
from povtrack.lib.years import FIRST_YEAR, LAST_YEAR, year_end
from programmes.models import Record
from programmes.registry import get_programme_or_404
from villages.levels import Level
from villages.models import Area


def area_or_404(user: User, code: str, year: int, ability: Ability = Ability.READ) -> Area:
    """Return the area that carried `code` at the end of `year`, if the user holds `ability` there."""
    if FIRST_YEAR <= year <= LAST_YEAR:
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


def trail_of(user: User, area: Area, url_name: str, **kwargs: Any) -> list[dict[str, str | None]]:
    """Return the areas above `area` as breadcrumbs; only those within the reader's areas lead anywhere."""
    paths = tuple(Area.objects.filter(pk__in=user.area_ids(Ability.READ)).values_list("path", flat=True))
    return [
        {
            "label": str(above),
            "url": reverse(url_name, kwargs={**kwargs, "code": above.code}) if above.path.startswith(paths) else None,
        }
        for above in area.ancestors()
    ]
