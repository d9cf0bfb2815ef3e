"""The page of one village: its survey, its programmes year by year, and what happened to its records."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from povtrack.accounts.models import User
from povtrack.lib.figures import shown
from povtrack.lib.pages import page_number
from povtrack.lib.paths import is_under
from povtrack.lib.years import FIRST_YEAR, LAST_YEAR, year_end
from programmes.catalogue.profile import ProfileRecord
from programmes.models import Round
from programmes.views.scope import find_area
from programmes.village_history import events_of
from programmes.village_page import Village
from villages.levels import Level
from villages.models import Area, AreaVersion

EVENTS = 20
TILES = ("population", "poor_people", "net_income", "households")


@require_GET
def village(request: HttpRequest, year: int, code: str) -> HttpResponse:
    """Show the village that carried `code` at the end of `year`.

    Context: `area`, `year`, `village` (see `programmes.village_page`), `survey` (record, tiles, has), `events` (see
    `programmes.village_history`), `more_url`, `less_url`, `year_urls`, `trail`, `complete` (of the year asked for).
    """
    user = request.user
    assert isinstance(user, User)
    area = find_area(user, code, year_end(year)) if FIRST_YEAR <= year <= LAST_YEAR else None
    if area is None or area.level != Level.VILLAGE:
        return _by_other_year(request, user, year, code)
    found = Village(user, area)
    # Steps of review are found by the years that a record can be of.
    years = range(min([year, *found.years]), max([year, *found.years]) + 1)
    number = page_number(request)
    start = (number - 1) * EVENTS
    events = events_of(area, [rows.model for rows in found.programmes], years, start=start, size=EVENTS + 1)
    here = reverse("village", args=[year, code])
    context = {
        "section": "places",
        "area": area,
        "code": code,
        "year": year,
        "village": found,
        "survey": _survey(found, year),
        "complete": next((one for one in found.completeness if one.year == year), None),
        "kin": found.kin(),
        "figures_url": _figures_url(found, year),
        "events": events[:EVENTS],
        "events_from": start,
        "more_url": f"{here}?page={number + 1}#history" if len(events) > EVENTS else "",
        "less_url": f"{here}?page={number - 1}#history" if number > 1 else "",
        "trail": _trail(found, year),
        "year_urls": [
            {"year": y, "url": reverse("village", args=[y, found.code_in(y)]), "current": y == year}
            for y in found.years
            if found.code_in(y)
        ],
    }
    return render(request, "programmes/village.html", context)


@require_GET
def village_place(request: HttpRequest, pk: int) -> HttpResponse:
    """Lead from a place to its page: of `?year=`, or else of the latest year in which it stood and was asked."""
    user = request.user
    assert isinstance(user, User)
    area = Area.objects.visible_to(user).filter(pk=pk, level=Level.VILLAGE).first()
    if area is None:
        raise Http404(_("There is no such village among yours."))
    versions = list(AreaVersion.objects.filter(area=area).order_by("valid"))
    asked = request.GET.get("year", "")
    years = [int(asked)] if asked.isascii() and asked.isdigit() and len(asked) == 4 else []
    years += Round.objects.order_by("-year").values_list("year", flat=True).distinct()
    for year in years:
        code = next((v.code for v in versions if year_end(year) in v.valid), None)
        if code:
            return redirect("village", year, code)
    for version in reversed(versions):
        span = _years(version)
        if span:
            return redirect("village", span[-1], version.code)
    raise Http404(_("This village stood at the end of no year."))


def _by_other_year(request: HttpRequest, user: User, year: int, code: str) -> HttpResponse:
    """Lead to the year nearest to the one asked for in which one of the reader's villages carried the code."""
    versions: Any = AreaVersion.objects.none()
    if "\0" not in code:
        villages = Area.objects.visible_to(user).filter(level=Level.VILLAGE)
        versions = AreaVersion.objects.filter(code=code, area__in=villages).order_by("-valid")
    spans = [span for version in versions if (span := _years(version))]
    if not spans:
        raise Http404(_("No village of yours had the code %(code)s in %(year)s.") % {"code": code, "year": year})
    nearest = min((min(max(year, span[0]), span[-1]) for span in spans), key=lambda near: abs(near - year))
    words = _(
        "No village of yours had the code %(code)s at the end of %(year)s; this is the one that had it in %(near)s."
    )
    messages.info(request, words % {"code": code, "year": year, "near": nearest})
    return redirect("village", nearest, code)


def _years(version: AreaVersion) -> range:
    """The years at whose end the place had this form."""
    until = version.valid.upper.year if version.valid.upper else timezone.localdate().year + 1
    return range(version.valid.lower.year, until)


def _figures_url(found: Village, year: int) -> str:
    """The figures of the township for the first programme that has a round that year."""
    models = [rows.model for rows in found.programmes if year in found.rounds[rows.model.code]]
    return found.figures_url(models[0], year) if models else ""


def _survey(found: Village, year: int) -> dict[str, Any] | None:
    """What the latest survey says: who lives there, how poor they are, and what the village has."""
    record = found.survey(year)
    if record is None:
        return None
    figures = record.figures()
    measures = {m.name: m for m in ProfileRecord.measures()}
    rates = {rate.numerator: rate for rate in ProfileRecord.rates}
    return {
        "record": record,
        "url": found.grid_url(ProfileRecord, record.year),
        "tiles": [
            {
                "label": measures[name].verbose_name,
                "unit": measures[name].unit_word,
                "value": shown(figures[name]),
                "rate": _rate(rates.get(name), figures),
            }
            for name in TILES
        ],
        "has": [{"label": m.verbose_name, "has": figures[m.name]} for m in measures.values() if m.kind == "flag"],
    }


def _rate(rate: Any, figures: dict[str, Any]) -> str:
    worth = rate.of(figures) if rate else None
    return "" if worth is None else f"{rate.label}: {shown(worth)} {rate.unit_word}"


def _trail(found: Village, year: int) -> list[dict[str, Any]]:
    """The places above the village at the end of the year; only the reader's own lead anywhere."""
    place = next((p for p in found.placements if year_end(year) in p.valid), None)
    above = [place.province, place.prefecture, place.county, place.township] if place else []
    return [
        {"label": str(up), "url": reverse("place", args=[up.pk]) if is_under(up.path, found.paths) else None}
        for up in above
        if up
    ]
