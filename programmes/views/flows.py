"""Relocation told from origin to destination: the page and the file."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from povtrack.accounts.models import User
from povtrack.lib.csvanswers import send_table
from povtrack.lib.figures import shown
from povtrack.lib.pages import LAST_PAGE, page_number
from povtrack.lib.ribbons import Ribbons, ribbons
from povtrack.lib.years import FIRST_YEAR, LAST_YEAR
from programmes.catalogue.relocation import RelocationRecord
from programmes.flows import REACHES, Flow, Flows, flows_from
from programmes.views.scope import area_or_404, codes_in, trail_of, year_urls
from villages.levels import Level
from villages.models import Area

PAGE = 50


def _area(request: HttpRequest, programme: str, year: int, code: str) -> tuple[Area, User]:
    if programme != RelocationRecord.code:
        raise Http404(_("Only relocation has flows from place to place."))
    user = request.user
    assert isinstance(user, User)
    area = area_or_404(user, code, year)
    if area.level > Level.TOWNSHIP:
        raise Http404(_("Flows are told for townships and above."))
    return area, user


def _since(request: HttpRequest, year: int) -> tuple[int, str]:
    """The first year asked for (by `?since=`, else the last one itself), and what is wrong with it."""
    text = request.GET.get("since", "")
    if not text:
        return year, ""
    since = int(text) if text.isascii() and text.isdigit() and len(text) == 4 else 0
    if FIRST_YEAR <= since <= year <= LAST_YEAR:
        return since, ""
    words = _("“%(text)s” is no year up to %(year)s.")
    return year, words % {"text": text[:20].replace("\0", ""), "year": year}


@require_GET
def flows(request: HttpRequest, programme: str, year: int, code: str) -> HttpResponse:
    """Show who moved out of an area, for what kind of destination, how far, and where to.

    Context: `since`, `problem`, `whole` (see `programmes.flows.Moved`), `table` (rows by kind, see `_table`), `heads`,
    `picture` (see `povtrack.lib.ribbons`), `pairs` (see `_pair`), `page` (number, previous_url, next_url), `csv_url`,
    `api_url`.
    """
    area, user = _area(request, programme, year, code)
    since, problem = _since(request, year)
    number = page_number(request)
    found = flows_from(area, since, year, start=(number - 1) * PAGE, size=PAGE + 1)
    more = len(found.pairs) > PAGE and number < LAST_PAGE
    asked = f"since={since}" if since != year else ""
    codes = codes_in(year, [flow.origin.pk for flow in found.pairs[:PAGE]])
    whole = found.over()
    context = {
        "section": "figures",
        "area": area,
        "year": year,
        "since": since,
        "problem": problem,
        "typed": request.GET.get("since", "")[:20] if problem else since,
        "trail": trail_of(user, area, "flows", programme=programme, year=year),
        "year_urls": year_urls(RelocationRecord, area, year, "flows"),
        "whole": whole,
        "heads": [REACHES[reach] for reach in found.reaches()],
        "table": _table(found),
        "foot": [found.over(reach=reach) for reach in found.reaches()],
        "picture": _picture(found),
        "pairs": [_pair(flow, area, codes, year, asked, whole.people) for flow in found.pairs[:PAGE]],
        **_ways([programme, year, code], area, since, asked, number, more=more),
    }
    return render(request, "programmes/flows.html", context, status=400 if problem else 200)


def _ways(address: list[Any], area: Area, since: int, asked: str, number: int, *, more: bool) -> dict[str, Any]:
    """Where the page leads: the other pages of the pairs, the totals, the file and the API."""
    here = reverse("flows", args=address)
    return {
        "page": {
            "number": number,
            "previous_url": f"{here}?{_query(asked, number - 1)}#pairs" if number > 1 else "",
            "next_url": f"{here}?{_query(asked, number + 1)}#pairs" if more else "",
        },
        "figures_url": reverse("figures-area", args=address),
        "csv_url": reverse("flows-csv", args=address) + (f"?{asked}" if asked else ""),
        "api_url": f"{reverse('api-flow-list')}?area={area.pk}&year_min={since}&year_max={address[1]}",
    }


def _query(asked: str, page: int) -> str:
    return f"{asked}&page={page}" if asked else f"page={page}"


def _table(found: Flows) -> list[dict[str, Any]]:
    """One row a kind: what went how far, and all of it."""
    labels = {kind.code: kind.label for kind in RelocationRecord.kinds}
    return [
        {
            "label": labels[kind],
            "cells": [found.cells.get((kind, reach)) for reach in found.reaches()],
            "whole": found.over(kind=kind),
        }
        for kind in found.kinds()
    ]


def _picture(found: Flows) -> dict[str, Any] | None:
    """The table as bands from kinds to how far people went, with the words and figures of their ends."""
    sizes = {key: moved.people or 0 for key, moved in found.cells.items()}
    laid: Ribbons | None = ribbons(sizes, found.kinds(), found.reaches())
    if laid is None:
        return None
    labels = {kind.code: kind.label for kind in RelocationRecord.kinds}
    return {
        "laid": laid,
        "sources": [
            {"end": end, "label": labels[end.key], "people": shown(found.over(kind=end.key).people)}
            for end in laid.sources
        ],
        "ends": [
            {"end": end, "label": REACHES[end.key], "people": shown(found.over(reach=end.key).people)}
            for end in laid.ends
        ],
        "bands": [
            {
                "band": band,
                "words": f"{labels[band.source]} → {REACHES[band.end]}",
                "people": shown(found.cells[band.source, band.end].people),
            }
            for band in laid.bands
        ],
    }


def _pair(flow: Flow, area: Area, codes: dict[int, str], year: int, asked: str, whole: int | None) -> dict[str, Any]:
    """One line: an origin that leads on where it has parts, and a destination by its name alone."""
    code = codes.get(flow.origin.pk)
    leads = code and flow.origin.pk != area.pk
    people = flow.moved.people
    return {
        "origin": flow.origin,
        "url": reverse("flows", args=[RelocationRecord.code, year, code]) + (f"?{asked}" if asked else "")
        if leads
        else "",
        "destination": flow.destination,
        "destination_in": flow.destination.parent if flow.destination and flow.reach != "county" else None,
        "reach": REACHES[flow.reach],
        "moved": flow.moved,
        "share": round(Decimal(100 * people) / whole, 1) if people and whole else None,
    }


@require_GET
def flows_csv(request: HttpRequest, programme: str, year: int, code: str) -> HttpResponseBase:
    """Download every pair of origin and destination as CSV, the sum in the last line; numbers are bare."""
    area, _user = _area(request, programme, year, code)
    since, problem = _since(request, year)
    if problem:
        return HttpResponse(problem, status=400, content_type="text/plain; charset=utf-8")
    found = flows_from(area, since, year)
    ends = [f"{end}_{what}" for end in ("origin", "destination") for what in ("code", "name", "name_latin")]

    def lines() -> Iterator[list[Any]]:
        for flow in found.pairs:
            to = flow.destination
            named = [to.code, to.name, to.name_latin] if to else ["", "", ""]
            start = [since, year, flow.origin.code, flow.origin.name, flow.origin.name_latin, *named, flow.reach]
            yield [*start, *_bare(flow.moved)]
        yield [since, year, code, area.name, area.name_latin, "", "", "", "all", *_bare(found.over())]

    heading = ["since", "year", *ends, "distance", "records", "households", "people"]
    return send_table(f"relocation-flows-{since}-{year}-{code}", heading, lines())


def _bare(moved: Any) -> list[Any]:
    return [moved.records, moved.households, moved.people]
