"""The typeahead: the best hits for what has been typed so far, for static/places/find.js."""

from __future__ import annotations

from typing import Any

import django_filters
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from villages.filters import AreaFilter, visible_areas
from villages.hits import hits
from villages.levels import Level
from villages.models import Area, AreaQuerySet
from villages.search import find, folded

MOST = 12


class FindFilter(AreaFilter):
    """The filters of every list of places; the words themselves are looked for apart, for the best hits only."""

    standing = django_filters.TypedChoiceFilter(
        choices=[("1", ""), ("true", ""), ("false", "")], method="keep_standing"
    )

    def search(self, queryset: AreaQuerySet, name: str, value: str) -> AreaQuerySet:
        return queryset

    def keep_standing(self, queryset: AreaQuerySet, name: str, value: str) -> AreaQuerySet:
        return queryset.filter(ended_on__isnull=value != "false")


@login_not_required
@require_GET
def find_json(request: HttpRequest) -> HttpResponse:
    """Answer `hits` (see `villages.hits.hit`, `where` in place of `trail`), whether there is `more`, and a `message`.

    Takes the parameters of the list of places. 400 with a `message` for a parameter that makes no sense. A script can't
    follow a redirect to the sign-in page, so that a person who is signed out gets 401 with a `message`.
    """
    if not request.user.is_authenticated:
        return JsonResponse({"message": _("You are signed out. Sign in again.")}, status=401)
    filters = FindFilter(request.GET, queryset=visible_areas(request), request=request)
    if not filters.is_valid():
        return JsonResponse(
            {"message": " ".join(filters.form.errors[name][0] for name in filters.form.errors)}, status=400
        )
    asked = filters.form.cleaned_data
    found = find(
        filters.qs,
        asked["q"],
        most=MOST,
        levels=tuple(Level) if asked["level"] in ("", None) else [asked["level"]],
        standing=asked["standing"] in ("1", "true"),
    )
    areas = Area.objects.in_bulk(found.ids)
    shown = [_written(row) for row in hits([areas[pk] for pk in found.ids if pk in areas], asked["q"])]
    return JsonResponse(
        {"hits": shown, "more": found.more, "message": _message(len(shown), asked["q"], more=found.more)}
    )


def _written(row: dict[str, Any]) -> dict[str, Any]:
    # Every place lies in the nation; saying so twelve times helps nobody to choose.
    trail = row.pop("trail")
    return {**row, "where": " › ".join(trail[1:] or trail)}


def _message(count: int, text: str, *, more: bool) -> str:
    if not count and len(folded(text)) == 1:
        return _("No place of yours begins so. With two characters and more, names are searched inside too.")
    if not count:
        return _("No place of yours is called so.") if text else ""
    if more:
        return _("The first %(count)d places. There are more: type on.") % {"count": count}
    return ngettext("%(count)d place", "%(count)d places", count) % {"count": count}
