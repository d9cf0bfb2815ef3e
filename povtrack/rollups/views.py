"""The figures of one programme, area and year: totals, rates, how complete and fresh, and what they are made of."""

from __future__ import annotations

import csv
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from povtrack.accounts.models import User
from povtrack.accounts.roles import Ability
from povtrack.lib.figures import shown
from povtrack.rollups.chart import line_chart
from povtrack.rollups.read import Freshness, family_of, pending_by_part, pending_in, series_of
from programmes.grid import grid_page
from programmes.models import Record, Round
from programmes.registry import get_programme_or_404, programmes
from programmes.views.scope import area_or_404, codes_in, trail_of, year_urls
from villages.levels import Level
from villages.models import Area
from villages.names import latin_beside

# A year of which this share has reported can be compared with another.
NEARLY_ALL = 0.95


def home(request: HttpRequest) -> HttpResponse:
    """Lead each person to where their day starts."""
    user = request.user
    assert isinstance(user, User)
    return redirect("work" if user.can(Ability.ENTER) or user.can(Ability.REVIEW) else "figures")


def figures(request: HttpRequest) -> HttpResponse:
    """Lead to the newest figures of the area asked for (`?area=` its id), or of the highest that the reader holds."""
    user = request.user
    assert isinstance(user, User)
    area: Area | None
    if "area" in request.GET:
        wanted = request.GET["area"]
        area = get_object_or_404(Area.objects.visible_to(user), pk=wanted if wanted.isdecimal() else 0)
    else:
        area = Area.objects.filter(pk__in=user.area_ids(Ability.READ)).order_by("level", "code").first()
    address = _newest(area) if area else None
    if address is None:
        return render(request, "rollups/none.html", {"section": "figures", "has_area": area is not None})
    return redirect("figures-area", *address)


def _newest(area: Area) -> tuple[str, int, str] | None:
    """The newest round in whose year the area stood, as the address of its figures."""
    for collecting in Round.objects.filter(programme__in=[m.code for m in programmes()]).order_by("-year"):
        code = codes_in(collecting.year, [area]).get(area.pk)
        if code:
            return collecting.programme, collecting.year, code
    return None


def figures_area(request: HttpRequest, programme: str, year: int, code: str) -> HttpResponse:
    """Show the totals of an area and year, and lead down to the records."""
    model, area, user = _place(request, programme, year, code)
    pending = pending_in(model, year, area)
    row, parts = family_of(model, year, area)
    series = list(series_of(model, area))
    before = next((r for r in series if r.year == year - 1), None)
    ways = _ways(model, year, area, code)
    context = {
        "section": "figures",
        "programme": {"code": model.code, "label": model.label, "summary": model.summary},
        "year": year,
        "area": area,
        "area_level": Level(area.level).word,
        "trail": trail_of(user, area, "figures-area", programme=model.code, year=year),
        "row": row,
        "freshness": Freshness(pending, row.computed_at if row else None),
        "tiles": _tiles(model, row, before),
        "measures_all": _measures(model, row),
        "rates": _rates(model, row),
        "measure_columns": [_head(model, name) for name in model.headline],
        **_parts(request, model, year, area, code, parts),
        **ways,
        **_series(model, series, {way["year"]: way["url"] for way in ways["year_urls"]}),
    }
    return render(request, "rollups/figures.html", context)


def _ways(model: type[Record], year: int, area: Area, code: str) -> dict[str, Any]:
    """Where the page leads: other programmes and years, the file, the API."""
    return {
        "programmes": [
            {"label": m.label, "url": reverse("figures-area", args=[m.code, year, code]), "current": m is model}
            for m in programmes()
        ],
        "year_urls": year_urls(model, area, year, "figures-area"),
        "csv_url": reverse("figures-csv", args=[model.code, year, code]),
        "api_url": f"{reverse('api-root')}rollups/{model.code}/?area={area.pk}&year={year}",
    }


def _series(model: type[Record], rows: list[Any], urls: dict[int, str]) -> dict[str, Any]:
    """The first measure over the years, as a line and as a table."""
    first = model.measures()[0]
    figures = [(row.year, row.totals()[first.name]) for row in rows]
    return {
        "series": [{"year": year, "value": shown(figure), "url": urls.get(year, "")} for year, figure in figures],
        "chart": line_chart(figures, {row.year for row in rows if row.reported < NEARLY_ALL * row.expected}),
        "chart_measure": first.verbose_name,
    }


def figures_csv(request: HttpRequest, programme: str, year: int, code: str) -> HttpResponse:
    """Download the parts of an area as CSV, the area itself in the last line; numbers are bare."""
    model, area, _user = _place(request, programme, year, code)
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")  # the mark lets Excel read UTF-8
    response["Content-Disposition"] = f'attachment; filename="{model.code}-{year}-{area.code}.csv"'
    writer = csv.writer(response)
    names = [measure.name for measure in model.measures()]
    writer.writerow(["code", "name", "name_latin", "year", "expected", "reported", "approved", "nil", *names])
    own, parts = family_of(model, year, area)
    for row in [*parts, *([own] if own else [])]:
        totals = row.totals()
        place = row.area
        writer.writerow(
            [place.code, place.name, place.name_latin, year, row.expected, row.reported, row.approved, row.nil]
            + ["" if totals[name] is None else totals[name] for name in names]
        )
    return response


def _place(request: HttpRequest, programme: str, year: int, code: str) -> tuple[type[Record], Area, User]:
    model, user = get_programme_or_404(programme), request.user
    assert isinstance(user, User)
    area = area_or_404(user, code, year)
    if area.level > Level.TOWNSHIP:
        raise Http404(_("Totals are kept for townships and above; a village has its record."))
    return model, area, user


def _head(model: type[Record], name: str) -> dict[str, Any]:
    measure = next(m for m in model.measures() if m.name == name)
    return {"name": name, "label": measure.verbose_name, "unit": measure.unit_word}


def _tiles(model: type[Record], row: Any, before: Any) -> list[dict[str, Any]]:
    """The headline figures: total, and beside it the rate it feeds, or the change on last year."""
    if row is None:
        return []
    totals, last = row.totals(), before.totals() if before else {}
    rates = {rate.numerator: rate for rate in reversed(model.rates)}
    tiles = []
    for name in model.headline:
        note = ""
        if name in rates:
            rate = rates[name]
            note = f"{rate.label}: {shown(rate.of(totals))} {rate.unit_word}"
        elif before and row.reported < NEARLY_ALL * before.reported and last.get(name):
            # A change against a fuller year would only say that records are still missing.
            note = _("%(year)s: %(figure)s") % {"year": row.year - 1, "figure": shown(last[name])}
        elif totals[name] is not None and last.get(name):
            change = round(100 * (Decimal(totals[name]) / Decimal(last[name]) - 1), 1)
            note = _("%(change)s %% on %(year)s") % {"change": f"{change:+}", "year": row.year - 1}
        tiles.append({**_head(model, name), "value": shown(totals[name]), "note": note})
    expected = _("of %(expected)s") % {"expected": shown(row.expected)}
    approved = _("%(n)s approved") % {"n": shown(row.approved)}
    tiles.append({"label": _("Villages reported"), "value": shown(row.reported), "unit": expected, "note": approved})
    return tiles


def _measures(model: type[Record], row: Any) -> list[dict[str, Any]]:
    if row is None:
        return []
    totals, approved = row.totals(), row.totals("_approved")
    return [
        {
            "label": m.verbose_name,
            "unit": m.unit_word,
            "help": m.help_text,
            "total": shown(totals[m.name]),
            "approved": shown(approved[m.name]),
            "filled": shown(getattr(row, f"{m.name}_filled") or 0),
            "reported": shown(row.reported),
        }
        for m in model.measures()
    ]


def _rates(model: type[Record], row: Any) -> list[dict[str, Any]]:
    if row is None:
        return []
    rates = row.rates()
    return [{"label": r.label, "unit": r.unit_word, "value": shown(rates[r.name])} for r in model.rates]


def _parts(
    request: HttpRequest, model: type[Record], year: int, area: Area, code: str, parts: list[Any]
) -> dict[str, Any]:
    """What the total is made of: the areas below, or at the lowest level the records themselves."""
    if area.level == Level.TOWNSHIP:
        page = grid_page(model, year, area, request.GET.get("page"))
        rows = page.rows(can_enter=False)
        for row in rows:
            row["cells"] = [c["value"] or "–" for c in row["cells"] if c["measure"] in model.headline]
        return {
            "records": rows,
            "parts": [],
            "page_obj": page.page,
            "entry_url": reverse("entry", args=[model.code, year, code]),
        }
    waiting = pending_by_part(model, year, area)
    codes = codes_in(year, [part.area_id for part in parts])
    return {
        "records": [],
        "parts": [
            _part(model, codes.get(part.area_id, part.area.code), part, part.area_id in waiting) for part in parts
        ],
        "parts_level": Level(parts[0].level).word if parts else "",
    }


def _part(model: type[Record], code: str, row: Any, pending: bool) -> dict[str, Any]:
    totals = row.totals()
    return {
        "label": str(row.area),
        "name": row.area.name,
        "name_latin": latin_beside(row.area.name_latin),
        "url": reverse("figures-area", args=[model.code, row.year, code]),
        "cells": [shown(totals[name]) for name in model.headline],
        "expected": row.expected,
        "reported": row.reported,
        "approved": row.approved,
        "drafted": row.drafted,
        "nil": row.nil,
        "reported_percent": 100 * row.reported // row.expected if row.expected else 0,
        "approved_percent": 100 * row.approved // row.expected if row.expected else 0,
        "pending": pending,
    }
