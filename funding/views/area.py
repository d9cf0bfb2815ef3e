"""The start of a finance officer's day: what rests with an area in a year, and what was given there and below."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Max, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from funding.forms import NO_PROGRAMME, AllocationFilter
from funding.models import Allocation, FundSource
from funding.views.scope import (
    funds_trail,
    given_within,
    keeps,
    ordered_page,
    place_of,
    year_urls,
)
from povtrack.accounts.requests import user_of
from povtrack.accounts.roles import Ability
from povtrack.lib.pages import sliced
from programmes.registry import label_of
from programmes.views.scope import codes_in
from villages.levels import Level
from villages.models import Area

PAGE = 50
FIGURES = ("allocated", "passed_on", "resting", "disbursed", "spent", "available")


@require_GET
def funds(request: HttpRequest) -> HttpResponse:
    """Lead to the funds of the area that the reader keeps, or else may read, in the latest year with money."""
    user = user_of(request)
    held = user.area_ids(Ability.ENTER_FUNDS) or user.area_ids(Ability.READ)
    area = Area.objects.filter(pk__in=held).order_by("level", "code").first()
    years = [] if area is None else [_latest(Allocation.objects.filter(area=area)), _latest(Allocation.objects.all())]
    for year in [*filter(None, years), timezone.localdate().year]:
        code = codes_in(year, [area]).get(area.pk) if area else None
        if code:
            return redirect("funds-area", year, code)
    return render(request, "funding/none.html", {"section": "funds", "area": area})


def _latest(rows: Any) -> int | None:
    latest: int | None = rows.aggregate(latest=Max("year"))["latest"]
    return latest


@require_GET
def funds_area(request: HttpRequest, year: int, code: str) -> HttpResponse:
    """Show the funds of an area in a year.

    Context: `resting` (rows by source and programme, see `_resting`), `whole` (their total), `filter`, `rows` (the
    allocations to the area and below), `page`, `next` (the one to go on with), `may_enter`, `beside` (the reader's
    other areas).
    """
    area, user = place_of(request, year, code)
    found = AllocationFilter(request.GET, Level(area.level))
    rows = found.narrowed(given_within(area, year, user)).order_by("area__level", "-document_date", "-pk")
    page = sliced(request, rows.values_list("pk", flat=True), PAGE)
    resting = _resting(area, year)
    may_enter = keeps(user, area)
    context = {
        "section": "funds",
        "area": area,
        "code": code,
        "year": year,
        "trail": funds_trail(user, area, year),
        "year_urls": year_urls(area, year, "funds-area"),
        "resting": resting,
        "whole": {name: sum(row[name] for row in resting) for name in FIGURES},
        "filter": found,
        "is_narrowed": any(request.GET.get(name) for name in found.fields),
        "rows": _told(page.rows),
        "page": page,
        "may_enter": may_enter,
        "next": _next(area, year) if may_enter else None,
        "beside": _beside(user.area_ids(Ability.READ), area, year),
    }
    return render(request, "funding/area.html", context)


def _resting(area: Area, year: int) -> list[dict[str, Any]]:
    """What was given to the area itself: source, programme, how many allocations, and the sums of their balances."""
    sums = {name: Sum(f"balance__{name}") for name in FIGURES}
    own = Allocation.objects.filter(area=area, year=year)
    groups = own.values("source", "programme").annotate(n=Count("pk"), **sums).order_by("source__tier", "source__code")
    sources = FundSource.objects.in_bulk([group["source"] for group in groups])
    return [
        {
            **group,
            "source": sources[group["source"]],
            "label": label_of(group["programme"]),
            "query": f"?source={sources[group['source']].code}&programme={group['programme'] or NO_PROGRAMME}"
            f"&level={int(area.level)}#given",
        }
        for group in groups
    ]


def _told(pks: list[int]) -> list[dict[str, Any]]:
    """One page of the list."""
    rows = Allocation.objects.with_balance().select_related("source", "area", "parent__area")
    return [{"entry": one, "programme": label_of(one.programme)} for one in ordered_page(rows, pks)]


def _next(area: Area, year: int) -> Allocation | None:
    """The allocation of the area with most left to pass on; nothing lies below a village."""
    if area.level == Level.VILLAGE:
        return None
    own = Allocation.objects.filter(area=area, year=year, balance__available__gt=0).with_balance()
    return own.select_related("source").order_by("-balance__available").first()


def _beside(ids: list[int], area: Area, year: int) -> list[dict[str, str]]:
    """The reader's other areas, for whoever holds several."""
    if len(ids) < 2:
        return []
    codes = codes_in(year, ids)
    others = Area.objects.filter(pk__in=codes).exclude(pk=area.pk).order_by("level", "code")
    return [{"label": str(one), "url": reverse("funds-area", args=[year, codes[one.pk]])} for one in others]
