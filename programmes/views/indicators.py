"""Pilot indicators: what a county is asked for, entered on one page, and what an area's counties reached."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from povtrack.accounts.models import User
from povtrack.accounts.roles import Ability
from povtrack.lib.csvanswers import send_table
from povtrack.lib.figures import shown
from povtrack.lib.pages import sliced
from programmes.actions.indicators import FIELDS, FigureResult, IncomingFigure, save_indicator_figures
from programmes.actions.scope import Refused, is_writable, paths_of
from programmes.catalogue.pilot import PilotRecord
from programmes.indicators import Asked, asked_of, figures_within, reached, totals_of
from programmes.models import IndicatorFigure, State
from programmes.views.scope import area_or_404, codes_in, trail_of, year_urls
from villages.levels import Level
from villages.models import Area

PAGE = 100


def _area(request: HttpRequest, programme: str, year: int, code: str, top: Level = Level.COUNTY) -> tuple[Area, User]:
    """The area of an address; raises Http404 for another programme, and for what lies below a county."""
    if programme != PilotRecord.code:
        raise Http404(_("Only pilot projects have indicators of their own."))
    user = request.user
    assert isinstance(user, User)
    area = area_or_404(user, code, year)
    if area.level > Level.COUNTY or area.level < top:
        raise Http404(_("Pilot indicators are counted by county."))
    return area, user


@require_http_methods(["GET", "POST"])
def indicators_entry(request: HttpRequest, programme: str, year: int, code: str) -> HttpResponse:
    """Show or save the indicators of a county and year.

    Context: `themes` (label, locked, late, state, rows: see `_row`), `errors` (anchor, label, message), `can_enter`,
    `is_open`, `grid_url`, `report_url`.
    """
    area, user = _area(request, programme, year, code)
    rows = [_row(one) for one in asked_of(area, year)]
    errors = _save(request, area, year, rows, user) if request.method == "POST" else []
    if request.method == "POST" and not errors:
        return redirect("indicators-entry", programme, year, code)
    enters = Area.objects.visible_to(user, Ability.ENTER).filter(pk=area.pk).exists()
    is_open = is_writable(PilotRecord, year, area)
    address = [PilotRecord.code, year, code]
    context = {
        "section": "work",
        "area": area,
        "year": year,
        "last_year": year - 1,
        "trail": trail_of(user, area, "indicators", programme=programme, year=year),
        "year_urls": year_urls(PilotRecord, area, year, "indicators-entry"),
        "themes": _themes(rows),
        "errors": errors,
        "is_open": is_open,
        "can_enter": enters and is_open and any(not row["locked"] for row in rows),
        "grid_url": reverse("entry", args=address),
        "report_url": reverse("indicators", args=address),
    }
    return render(request, "programmes/indicators_entry.html", context, status=422 if errors else 200)


def _themes(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        {"label": kind.label, "rows": of, **{name: of[0][name] for name in ("locked", "late", "state")}}
        for kind in PilotRecord.kinds
        if (of := [row for row in rows if row["theme"] == kind.code])
    ]


def _row(one: Asked) -> dict[str, Any]:
    """One line of the form: the indicator, last year's figures, and its two boxes as typed or as they stand."""
    texts = {name: shown(getattr(one.figure, name, None), missing="") for name in FIELDS}
    return {
        "pk": one.indicator.pk,
        "theme": one.indicator.theme,
        "name": one.indicator.name,
        "unit": one.indicator.unit,
        "definition": one.indicator.definition,
        "before": [getattr(one.before, name, None) for name in FIELDS],
        "version": one.version,
        "was": "|".join(texts.values()),
        "boxes": [
            {"name": name, "value": texts[name], "label": _("target") if name == "target" else _("actual"), "error": ""}
            for name in FIELDS
        ],
        "reached": reached(one.figure.target, one.figure.actual) if one.figure else None,
        "locked": one.is_locked or bool(one.late),
        "late": "" if one.is_locked else one.late,
        "state": State(one.state).label if one.state else "",
        "error": "",
    }


def _save(request: HttpRequest, area: Area, year: int, rows: list[dict[str, Any]], user: User) -> list[dict[str, Any]]:
    """Save what was typed; return the errors, and let the rows show what was typed where there are any."""
    incoming = [posted for row in rows if (posted := _posted(request, row))]
    if not incoming:
        messages.info(request, _("Nothing was changed."))
        return []
    try:
        results = save_indicator_figures(year=year, area=area, rows=incoming, by=user)
    except Refused as refused:
        return [{"anchor": "", "label": "", "message": str(refused)}]
    saved = sum(result.status == "saved" for result in results)
    if saved:
        words = ngettext("%(n)s indicator saved.", "%(n)s indicators saved.", saved)
        messages.success(request, words % {"n": saved})
    by_pk = {row["pk"]: row for row in rows}
    return [error for result in results for error in _errors(by_pk[result.indicator], result)]


def _posted(request: HttpRequest, row: dict[str, Any]) -> IncomingFigure | None:
    """Return the row as typed, and show it so; None when the person did not touch it, whatever others did."""
    pk, post = row["pk"], request.POST
    typed = [post.get(f"{name}-{pk}") for name in FIELDS]
    if f"version-{pk}" not in post or None in typed or "|".join(map(str, typed)) == post.get(f"was-{pk}"):
        return None
    for box, text in zip(row["boxes"], typed, strict=True):
        box["value"] = text
    version = post[f"version-{pk}"]
    number = int(version) if version.isascii() and version.isdigit() and len(version) < 10 else -1
    return IncomingFigure(pk, number, *typed)


def _errors(row: dict[str, Any], result: FigureResult) -> list[dict[str, Any]]:
    """Mark a row with what became of it, and return its errors for the summary on top."""
    if result.status in ("saved", "unchanged"):
        row["version"] = result.version
        row["was"] = "|".join(box["value"] for box in row["boxes"])
    if result.status in ("conflict", "locked"):
        row["version"] = result.version
        row["error"] = _overtaken(result)
        return [{"anchor": f"target-{row['pk']}", "label": row["name"], "message": row["error"]}]
    found = []
    for error in result.errors:
        for box in row["boxes"]:
            if box["name"] == error.field:
                box["error"] = error.message
        if not error.field:
            row["error"] = error.message
        words = {"target": _("target"), "actual": _("actual")}.get(error.field)
        label = f"{row['name']}, {words}" if words else row["name"]
        found.append({"anchor": f"{error.field or 'target'}-{row['pk']}", "label": label, "message": error.message})
    return found


def _overtaken(result: FigureResult) -> str:
    theirs = {"by": result.by, "target": shown(result.target), "actual": shown(result.actual)}
    if result.status == "locked":
        return _("The record of this theme is approved, so this can't be changed. A reviewer can reopen it.")
    return _(
        "%(by)s changed this meanwhile: target %(target)s, actual %(actual)s. Yours was not saved; save again to "
        "replace theirs."
    ) % theirs  # fmt: skip


@require_GET
def indicators(request: HttpRequest, programme: str, year: int, code: str) -> HttpResponse:
    """Show what the counties of an area meant to reach, and reached.

    Context: `totals` (see `programmes.indicators.IndicatorTotal`), `rows` (see `_line`), `page`, `chosen` (the
    indicator that `?indicator=` asks for), `csv_url`, `api_url`.
    """
    area, user = _area(request, programme, year, code, Level.NATION)
    figures = figures_within(area, year, paths_of(user, Ability.READ))
    totals = totals_of(figures)
    asked = request.GET.get("indicator", "")
    chosen = next((one.indicator for one in totals if str(one.indicator.pk) == asked), None)
    page = sliced(request, figures.filter(indicator=chosen) if chosen else figures, PAGE)
    codes = codes_in(year, [figure.area_id for figure in page.rows])
    address = [programme, year, code]
    context = {
        "section": "figures",
        "area": area,
        "year": year,
        "trail": trail_of(user, area, "indicators", programme=programme, year=year),
        "year_urls": year_urls(PilotRecord, area, year, "indicators"),
        "totals": totals,
        "chosen": chosen,
        "rows": [_line(figure, year, codes.get(figure.area_id, "")) for figure in page.rows],
        "page": page,
        "entry_url": reverse("indicators-entry", args=address) if area.level == Level.COUNTY else "",
        "figures_url": reverse("figures-area", args=address),
        "csv_url": reverse("indicators-csv", args=address),
        "api_url": f"{reverse('api-indicatorfigure-list')}?year={year}&within={area.pk}",
    }
    return render(request, "programmes/indicators.html", context)


def _line(figure: Any, year: int, code: str) -> dict[str, Any]:
    share = reached(figure.target, figure.actual)
    return {
        "indicator": figure.indicator,
        "area": figure.area,
        "url": reverse("indicators-entry", args=[PilotRecord.code, year, code]) if code else "",
        "target": figure.target,
        "actual": figure.actual,
        "reached": share,
        "bar": min(100, int(share)) if share is not None else 0,
        "counts": figure.counts,
    }


@require_GET
def indicators_csv(request: HttpRequest, programme: str, year: int, code: str) -> HttpResponseBase:
    """Download every figure of an area and year as CSV, the totals last; numbers are bare."""
    area, user = _area(request, programme, year, code, Level.NATION)
    figures = figures_within(area, year, paths_of(user, Ability.READ))
    rows: list[IndicatorFigure] = list(figures)
    codes = codes_in(year, {figure.area_id for figure in rows})
    heads = ["theme", "indicator", "name", "unit", "code", "place", "place_latin", "year"]

    def lines() -> Iterator[list[Any]]:
        for row in rows:
            of, place = row.indicator, row.area
            start = [of.theme, of.pk, of.name, of.unit, codes.get(place.pk, place.code), place.name, place.name_latin]
            counted = "yes" if row.counts else "no"  # type: ignore[attr-defined]
            yield [*start, year, row.target, row.actual, reached(row.target, row.actual), counted]
        for total in totals_of(figures):
            of = total.indicator
            start = [of.theme, of.pk, of.name, of.unit, code, area.name, area.name_latin, year]
            yield [*start, total.target, total.actual, total.reached, total.counties]

    heading = [*heads, "target", "actual", "reached_percent", "counted"]
    return send_table(f"pilot-indicators-{year}-{code}", heading, lines())
