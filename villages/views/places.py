"""The pages of places: finding one, and one place with its history and its parts."""

from __future__ import annotations

from typing import Any

from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from povtrack.accounts.models import User
from povtrack.accounts.roles import Ability
from povtrack.lib.pages import sliced
from villages.filters import AreaFilter, visible_areas
from villages.levels import Level
from villages.models import Area
from villages.names import latin_beside
from villages.trails import trails

PAGE = 50


@require_GET
def places(request: HttpRequest) -> HttpResponse:
    """Find places. With nothing asked for, show the reader's own areas to start from.

    Context: `form` (q, level, within, ...), `searched`, `hits` (see `_hit`), `page` (number, next_url, previous_url).
    """
    asked = any(request.GET.get(name) for name in AreaFilter.base_filters)
    filters = AreaFilter(request.GET, queryset=visible_areas(request), request=request)
    found = filters.qs if asked else visible_areas(request).filter(pk__in=_user(request).area_ids(Ability.READ))
    valid = not asked or filters.is_valid()
    page = sliced(request, found.order_by("line" if "line" in found.query.annotations else "pk"), PAGE, empty=not valid)
    context = {
        "section": "places",
        "form": filters.form,
        "searched": asked,
        "hits": _hits(page.rows),
        "page": page,
    }
    return render(request, "villages/places.html", context, status=200 if valid else 400)


@require_GET
def place(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one place.

    Context: `area`, `level_word`, `trail`, `versions` (code, name, name_latin, since, until, parent, source; newest
    first), `counts` (word, count) of what lies below, `figures_url` and `admin_url` (or empty), `children`
    (see `_hit`), `children_word`, `page`.
    """
    area = visible_areas(request).filter(pk=pk).first()
    if area is None:
        raise Http404(_("There is no such place among yours."))
    page = sliced(request, area.children.order_by("code", "pk"), PAGE)
    context = {
        "section": "places",
        "area": area,
        "level_word": Level(area.level).word,
        "trail": _trail(request, area),
        "versions": _versions(area),
        "counts": _counts(area),
        "figures_url": f"{reverse('figures')}?area={area.pk}" if area.level < Level.VILLAGE else "",
        "admin_url": reverse("admin:villages_area_change", args=[area.pk]) if _user(request).is_staff else "",
        "children": [_hit(child, []) for child in page.rows],
        "children_word": Level(page.rows[0].level).word if page.rows else "",
        "page": page,
    }
    return render(request, "villages/place.html", context)


def _user(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user


def _hits(areas: list[Area]) -> list[dict[str, Any]]:
    above = trails(areas)
    return [_hit(area, above[area.pk]) for area in areas]


def _hit(area: Area, above: list[Area]) -> dict[str, Any]:
    """One row of a list of places: id, code, name, name_latin, level_word, url, and where it lies (`trail`, labels)."""
    return {
        "id": area.pk,
        "code": area.code,
        "name": area.name,
        "name_latin": latin_beside(area.name_latin),
        "level_word": Level(area.level).word,
        "url": reverse("place", args=[area.pk]),
        "trail": [str(up) for up in above],
    }


def _trail(request: HttpRequest, area: Area) -> list[dict[str, str | None]]:
    """The areas above as breadcrumbs; only those within the reader's areas lead anywhere."""
    above = area.ancestors()
    seen = set(visible_areas(request).filter(pk__in=area.ancestor_ids).values_list("pk", flat=True))
    return [{"label": str(up), "url": reverse("place", args=[up.pk]) if up.pk in seen else None} for up in above]


def _versions(area: Area) -> list[dict[str, Any]]:
    return [
        {
            "code": version.code,
            "name": version.name,
            "name_latin": latin_beside(version.name_latin),
            "since": version.valid.lower,
            "until": version.valid.upper,
            "parent": version.parent,
            "source": version.source,
        }
        for version in area.versions.select_related("parent", "source").order_by("-valid")
    ]


def _counts(area: Area) -> list[dict[str, Any]]:
    """How many areas of each level lie below. Counted for provinces and lower; the nation's would read every row."""
    if area.level == Level.NATION:
        return [{"word": Level.PROVINCE.word, "count": area.children.count()}]
    below = Area.objects.within(area).filter(level__gt=area.level).values("level").annotate(count=Count("pk"))
    return [{"word": Level(row["level"]).word, "count": row["count"]} for row in below.order_by("level")]
