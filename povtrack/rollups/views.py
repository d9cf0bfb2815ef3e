"""The figures of one programme, area and year, on the boundaries asked for: the page, the file, and the way to them."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from povtrack.accounts.models import User
from povtrack.accounts.roles import Ability
from povtrack.lib.basis import CURRENT, BadBasis, Basis, parse_basis
from povtrack.lib.csvanswers import send_table
from povtrack.lib.moments import AsOf, BadMoment
from povtrack.lib.years import FIRST_YEAR, LAST_YEAR
from povtrack.rollups.figures_page import figures_context
from povtrack.rollups.figures_ways import Asked, asking
from povtrack.rollups.on_request import require_known
from povtrack.rollups.read import boundaries_of, family_of
from programmes.as_known import known_moment
from programmes.models import Record, Round
from programmes.registry import find_programme, get_programme_or_404, programmes
from programmes.views.scope import area_or_404, codes_in, find_area, kind_or_404, last_area, year_urls
from villages.descent import heirs_of
from villages.filters import visible_areas
from villages.levels import Level
from villages.models import Area

View = Callable[..., HttpResponseBase]


def tells_what_is_wrong(view: View) -> View:
    """Answer a basis or a moment that makes no sense with 400 and the reason."""

    @functools.wraps(view)
    def told(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except (BadBasis, BadMoment) as bad:
            of_moment = isinstance(bad, BadMoment)
            context = {"section": "figures", "reason": str(bad), "address": request.path, "of_moment": of_moment}
            return render(request, "rollups/figures_refused.html", context, status=400)

    return told


def home(request: HttpRequest) -> HttpResponse:
    """Lead each person to where their day starts."""
    user = request.user
    assert isinstance(user, User)
    if user.can(Ability.ENTER) or user.can(Ability.REVIEW):
        return redirect("work")
    if user.can(Ability.ENTER_FUNDS):
        return redirect("funds")
    return redirect("registry" if user.can(Ability.KEEP_REGISTRY) else "figures")


@tells_what_is_wrong
def figures(request: HttpRequest) -> HttpResponse:
    """Lead to the figures of the area asked for (`?area=` its id), or of the highest that the reader holds.

    The newest ones, unless `?programme=&year=` say which; on the boundaries of `?basis=`.
    """
    user = request.user
    assert isinstance(user, User)
    area: Area | None
    if "area" in request.GET:
        wanted = request.GET["area"]
        area = get_object_or_404(Area.objects.visible_to(user), pk=wanted if wanted.isdecimal() else 0)
    else:
        area = Area.objects.filter(pk__in=user.area_ids(Ability.READ)).order_by("level", "code").first()
    basis = _basis(request)
    if area and "year" in request.GET:
        return _to_year(request, area, basis)
    address = _newest(area, basis) if area else None
    if address is None:
        return render(request, "rollups/none.html", {"section": "figures", "has_area": area is not None})
    return redirect(reverse("figures-area", args=address) + basis.query)


def _to_year(request: HttpRequest, area: Area, basis: Basis) -> HttpResponse:
    """Lead to the figures of the year asked for, by the code that the area carries on the basis."""
    model = find_programme(request.GET.get("programme", "")) or programmes()[0]
    text = request.GET["year"]
    year = int(text) if text.isascii() and text.isdigit() and len(text) == 4 else 0
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Http404(_("The year is out of range."))
    code = codes_in(year, [area], basis).get(area.pk)
    if code is None:
        return _elsewhere(request, model, area, year, basis)
    address = reverse("figures-area", args=[model.code, year, code]) + basis.query
    return redirect(asking(address, as_of=request.GET.get("as_of", "")))


def _newest(area: Area, basis: Basis) -> tuple[str, int, str] | None:
    """The newest round in whose year the area stands on the basis, as the address of its figures."""
    for collecting in Round.objects.filter(programme__in=[m.code for m in programmes()]).order_by("-year", "pk"):
        code = codes_in(collecting.year, [area], basis).get(area.pk)
        if code:
            return collecting.programme, collecting.year, code
    return None


@tells_what_is_wrong
def figures_area(request: HttpRequest, programme: str, year: int, code: str) -> HttpResponse:
    """Show the totals of an area and year, and lead down to the records."""
    basis, user = _basis(request), request.user
    assert isinstance(user, User)
    model = get_programme_or_404(programme)
    try:
        area = area_or_404(user, code, year, basis=basis)
    except Http404:
        other = _meant(user, code, year, basis)
        if other is None:
            raise
        return _elsewhere(request, model, other, year, basis, code)
    _require_totals(area)
    asked = Asked(model, area, year, code, basis, user, _kind(request, model), _as_of(request))
    return render(request, "rollups/figures.html", figures_context(asked, request.GET.get("page")))


def _meant(user: User, code: str, year: int, basis: Basis) -> Area | None:
    """The place that an address may mean which carries no code of its basis: of today, of that year, or of before."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    days = (Basis(CURRENT).day(year), Basis().day(year))
    found = [*(find_area(user, code, day) for day in days), last_area(user, code, basis.day(year))]
    return next((area for area in found if area is not None and area.level <= Level.TOWNSHIP), None)


def _elsewhere(
    request: HttpRequest, model: type[Record], area: Area, year: int, basis: Basis, code: str = ""
) -> HttpResponse:
    """Say that a place does not stand on the boundaries asked for, or by another code, and lead to where it does."""
    there = codes_in(year, [area], basis).get(area.pk)
    today = codes_in(year, [area], Basis(CURRENT)).get(area.pk)
    context = {
        "section": "figures",
        "area": area,
        "year": year,
        "on_year": basis.year or year,
        "basis": basis.name,
        "programme": {"code": model.code, "label": model.label},
        "code": code,
        "code_there": there or "",
        "there_url": _figures_url(model, year, there, basis) if there else "",
        "today_url": _figures_url(model, year, today, Basis(CURRENT)) if today else "",
        "followed_by": _followed_by(request, model, area, year, basis),
        "stood": year_urls(model, area, year, "figures-area"),
    }
    return render(request, "rollups/figures_elsewhere.html", context, status=404)


def _followed_by(
    request: HttpRequest, model: type[Record], area: Area, year: int, basis: Basis
) -> list[dict[str, str]]:
    """The places of the reader's that took over from a place and stand on the basis, with their figures there."""
    heirs = heirs_of(area, basis.day(year)).filter(pk__in=visible_areas(request), level__lte=Level.TOWNSHIP)
    codes = codes_in(year, heirs, basis)
    return [
        {"label": str(heir), "url": _figures_url(model, year, codes[heir.pk], basis)}
        for heir in heirs
        if heir.pk in codes
    ]


def _figures_url(model: type[Record], year: int, code: str, basis: Basis) -> str:
    return reverse("figures-area", args=[model.code, year, code]) + basis.query


@tells_what_is_wrong
def figures_csv(request: HttpRequest, programme: str, year: int, code: str) -> HttpResponseBase:
    """Download the parts of an area as CSV, the area itself in the last line; numbers are bare."""
    basis, user = _basis(request), request.user
    assert isinstance(user, User)
    model = get_programme_or_404(programme)
    area = area_or_404(user, code, year, basis=basis)
    _require_totals(area)
    kind = _kind(request, model)
    as_of = _as_of(request)
    title = f"{model.code}-{year}-{code}" + (f"-{kind}" if kind else "") + (f"-on-{basis.name}" if basis.query else "")
    title += f"-as-of-{as_of.moment.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}" if as_of else ""
    names = [measure.name for measure in model.totalled()]
    counts = ["expected", "reported", "approved", "nil", "estimated"]
    areas = None if area.level == Level.NATION else [area.pk]
    moment = as_of.moment if as_of else None
    with boundaries_of(model, basis, years=[year], areas=areas, as_of=moment) as on:
        own, parts, _kinds = family_of(model, year, area, on, kind)
    codes = codes_in(year, [area.pk, *(part.area_id for part in parts)], basis)

    def line(row: Any) -> list[Any]:
        place, totals = row.area, row.totals()
        start = [codes.get(place.pk, place.code), place.name, place.name_latin, year, basis.name]
        return [*start, *(getattr(row, count) for count in counts), *(totals[name] for name in names)]

    heading = ["code", "name", "name_latin", "year", "basis", *counts, *names]
    return send_table(title, heading, map(line, [*parts, *([own] if own else [])]))


def _basis(request: HttpRequest) -> Basis:
    basis = parse_basis(request.GET.get("basis", Basis().name), timezone.localdate())
    require_known(basis)
    return basis


def _as_of(request: HttpRequest) -> AsOf | None:
    """The moment that `?as_of=` names, None for now; raises BadMoment."""
    text = request.GET.get("as_of", "")
    return known_moment(text) if text else None


def _kind(request: HttpRequest, model: type[Record]) -> str:
    """The kind that `?kind=` asks for, empty for all together; raises Http404."""
    return kind_or_404(request, model) if request.GET.get("kind") else ""


def _require_totals(area: Area) -> None:
    if area.level > Level.TOWNSHIP:
        raise Http404(_("Totals are kept for townships and above; a village has its record."))
