"""What the pages of records share: the place and year an address names, within what the reader may see."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from povtrack.accounts.models import User
from povtrack.accounts.roles import Ability
from povtrack.lib.years import FIRST_YEAR, LAST_YEAR, year_end
from villages.models import Area


def area_or_404(user: User, code: str, year: int, ability: Ability = Ability.READ) -> Area:
    """Return the area that carried `code` at the end of `year`, if the user holds `ability` there."""
    if FIRST_YEAR <= year <= LAST_YEAR:
        area = Area.objects.visible_to(user, ability).coded(code, year_end(year)).first()
        if area is not None:
            return area
    raise Http404(_("No place of yours had the code %(code)s in %(year)s.") % {"code": code, "year": year})


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
