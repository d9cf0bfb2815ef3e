"""How far records are, by area."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from povtrack.accounts.models import User
from povtrack.accounts.roles import Ability
from povtrack.lib.csvanswers import send_table
from povtrack.lib.years import year_end
from programmes.models import Record, Round
from programmes.progress import Part, Progress, parts_of
from programmes.registry import find_programme, get_programme_or_404, programmes
from programmes.review_steps import takes_two
from programmes.views.scope import area_or_404, codes_in, trail_of, year_urls
from villages.levels import Level
from villages.models import Area, AreaVersion

PAGE = 50
COUNTS = ("expected", "missing", "drafted", "returned", "submitted", "confirmed", "approved")


@require_GET
def progress(request: HttpRequest) -> HttpResponse:
    """Lead to the progress of the reader's highest area in the round that is due next."""
    assert isinstance(request.user, User)
    collecting = newest_round()
    areas = Area.objects.filter(pk__in=request.user.area_ids(Ability.READ)).order_by("level", "code")
    area = areas.first()
    code = codes_in(collecting.year, [area]).get(area.pk) if area and collecting else None
    if collecting is None or code is None:
        return render(request, "programmes/progress_none.html", {"section": "progress"})
    return redirect("progress-area", collecting.programme, collecting.year, code)


def newest_round() -> Round | None:
    """The open round that is due first, else the latest one, of a programme that is known."""
    rounds = [r for r in Round.objects.order_by("-year", "due", "programme") if find_programme(r.programme)]
    running = sorted((r for r in rounds if r.is_open()), key=lambda r: r.due)
    return next(iter(running or rounds), None)


@require_GET
def progress_area(request: HttpRequest, programme: str, year: int, code: str) -> HttpResponse:
    """Show how far the records of an area and of each area below it are."""
    model, area, user = _place(request, programme, year, code)
    own, parts = parts_of(model, year, area)
    collecting = Round.objects.filter(programme=model.code, year=year).first()
    is_late = bool(collecting and collecting.days_left < 0)
    page = Paginator(parts, PAGE).get_page(request.GET.get("page"))
    context = {
        "section": "progress",
        "programme": {"code": model.code, "label": model.label, "summary": model.summary},
        "programmes": programme_ways(model, year, _ways_to(area)),
        "year": year,
        "area": area,
        "code": code,
        "round": collecting,
        "is_late": is_late,
        "own": counted(own, is_late),
        "parts": [_row(model, year, part, is_late) for part in page.object_list],
        "page_obj": page,
        "two_steps": takes_two() or own.confirmed,
        "trail": trail_of(user, area, "progress-area", programme=model.code, year=year),
        "year_urls": year_urls(model, area, year, "progress-area"),
        "grid_url": _grid_url(model, year, area, code),
        "review_url": _review_url(model, year, area, code, user),
    }
    return render(request, "programmes/progress.html", context)


def _place(request: HttpRequest, programme: str, year: int, code: str) -> tuple[type[Record], Area, User]:
    model, user = get_programme_or_404(programme), request.user
    assert isinstance(user, User)
    area = area_or_404(user, code, year)
    if area.level > Level.TOWNSHIP:
        raise Http404(_("Progress is counted for townships and above; a village has its record."))
    return model, area, user


def counted(counts: Progress, is_late: bool) -> dict[str, Any]:
    """The counts, the shares of the bar, and how many are overdue."""
    approved = 100 * counts.approved // counts.expected if counts.expected else 0
    return {**counts.as_dict(), "percent_approved": approved, "overdue": counts.overdue(is_due=is_late)}


def _row(model: type[Record], year: int, part: Part, is_late: bool) -> dict[str, Any]:
    grid = _grid_url(model, year, part.area, part.code)
    leads_down = part.area.level < min(Level.TOWNSHIP, model.level)
    down = reverse("progress-area", args=[model.code, year, part.code]) if leads_down else grid
    return {"area": part.area, "url": down, "grid_url": grid, **counted(part.progress, is_late)}


def _grid_url(model: type[Record], year: int, area: Area, code: str) -> str:
    """The grid of an area, if it has one."""
    enters = area.level <= Level.COUNTY if model.level == Level.COUNTY else area.level >= Level.COUNTY
    return reverse("entry", args=[model.code, year, code]) if enters else ""


def _review_url(model: type[Record], year: int, area: Area, code: str, user: User) -> str:
    may = _grid_url(model, year, area, code) and Area.objects.visible_to(user, Ability.REVIEW).filter(pk=area.pk)
    return reverse("review-area", args=[model.code, year, code]) if may else ""


def _ways_to(area: Area) -> Callable[[type[Record], int], str]:
    """How to address the progress of an area in any year; where it did not stand then, the reader's highest area."""
    versions = list(AreaVersion.objects.filter(area=area))

    def address(model: type[Record], year: int) -> str:
        code = next((version.code for version in versions if year_end(year) in version.valid), None)
        return reverse("progress-area", args=[model.code, year, code]) if code else reverse("progress")

    return address


def programme_ways(model: type[Record], year: int, address: Callable[[type[Record], int], str]) -> list[dict[str, Any]]:
    """The other programmes, in the same year where they have a round of it, else in their latest. One query."""
    years: dict[str, list[int]] = {}
    for code, of in Round.objects.order_by("year").values_list("programme", "year"):
        years.setdefault(code, []).append(of)
    ways = []
    for other in programmes():
        rounds = years.get(other.code, [])
        if rounds:
            then = year if year in rounds else rounds[-1]
            ways.append({"label": other.label, "url": address(other, then), "current": other is model, "year": then})
    return ways


@require_GET
def progress_csv(request: HttpRequest, programme: str, year: int, code: str) -> HttpResponseBase:
    """Download the areas below an area with their counts as CSV, the area itself in the last line."""
    model, area, _user = _place(request, programme, year, code)
    own, parts = parts_of(model, year, area)
    collecting = Round.objects.filter(programme=model.code, year=year).first()
    is_late = bool(collecting and collecting.days_left < 0)
    names = [*COUNTS, "overdue"]

    def line(part: Part) -> list[Any]:
        counts = counted(part.progress, is_late)
        place = [part.code, part.area.name, part.area.name_latin]
        return [*place, model.code, year, *(counts[name] for name in names)]

    heading = ["code", "name", "name_latin", "programme", "year", *names]
    return send_table(f"progress-{model.code}-{year}-{code}", heading, map(line, [*parts, Part(area, code, own)]))
