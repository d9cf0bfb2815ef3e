"""The page and the file of the totals of an official list."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from povtrack.accounts.models import User
from povtrack.lib.basis import CURRENT, RECORDED, Basis, parse_basis
from povtrack.lib.csvanswers import send_table
from povtrack.lib.figures import shown
from povtrack.lib.pages import Slice, neighbours, page_number
from povtrack.lib.years import FIRST_YEAR, LAST_YEAR, year_end
from povtrack.rollups.designated import Total, total_of
from povtrack.rollups.figures_ways import basis_label, reporters_of
from povtrack.rollups.views import tells_what_is_wrong
from programmes.models import Record, Round
from programmes.registry import get_programme_or_404, programmes
from programmes.views.scope import codes_in
from villages.designations import name_of
from villages.models import Designation, Membership
from villages.names import latin_beside

PAGE = 50


@require_GET
@tells_what_is_wrong
def designation_figures(request: HttpRequest, programme: str, year: int, code: str) -> HttpResponse:
    """Show the total of a list's places in one year, what share of everything it is, and its members.

    Context: `designation` (name, code, url), `coverage`, `row`, `freshness`, `tiles`, `measures_all`, `rates`,
    `measure_columns`, `parts` (see `_part`), `page`, `whole_label`, `bases` (label, url, current),
    `basis_label`, `csv_url`, `api_url`, `year_urls`, `programmes`.
    """
    model, designation, user, basis = _asked(request, programme, year, code)
    number = page_number(request)
    total = total_of(model, designation, year, user, basis, start=(number - 1) * PAGE, size=PAGE)
    heads = [_head(model, name) for name in model.headline]
    context = {
        "section": "figures",
        "designation": {
            "name": name_of(designation),
            "code": designation.code,
            "url": reverse("designation", args=[designation.code]),
        },
        "programme": {"code": model.code, "label": model.label},
        "year": year,
        "basis": basis.name,
        "coverage": total.coverage,
        "row": total.row,
        "freshness": total.freshness,
        "tiles": _tiles(model, total),
        "measures_all": _measures(model, total),
        "rates": _rates(model, total.row),
        "measure_columns": heads,
        "reporters": reporters_of(model),
        "parts": _parts(model, year, total, basis),
        "page": Slice([], number, *neighbours(request, number, more=total.more)),
        "whole_label": _whole_label(total),
        **_ways(model, designation, year, basis),
    }
    return render(request, "rollups/designation.html", context)


@require_GET
def designation_newest(request: HttpRequest, code: str) -> HttpResponse:
    """Lead to the newest figures of a list: of the last round in whose year something was on it."""
    designation = get_object_or_404(Designation, code=code)
    rounds = list(Round.objects.filter(programme__in=[m.code for m in programmes()]).order_by("-year")[:100])
    members = Membership.objects.filter(designation=designation)
    spans = list(members.order_by("valid").values_list("valid", flat=True).distinct())
    standing = (held for held in rounds if any(year_end(held.year) in span for span in spans))
    held = next(standing, rounds[0] if rounds else None)
    if held is None:
        raise Http404(_("There are no figures yet, because no round has been opened."))
    return redirect("figures-designation", held.programme, held.year, code)


@require_GET
@tells_what_is_wrong
def designation_csv(request: HttpRequest, programme: str, year: int, code: str) -> HttpResponseBase:
    """Download the members of a list as CSV, their sum in the last line; numbers are bare."""
    model, designation, user, basis = _asked(request, programme, year, code)
    total = total_of(model, designation, year, user, basis)
    names = [measure.name for measure in model.totalled()]
    counts = ["expected", "reported", "approved", "nil"]
    codes = codes_in(year, [row.area_id for row in total.members], basis)

    def lines() -> Iterator[list[Any]]:
        for row in total.members:
            place = row.area
            start = [codes.get(place.pk, place.code), place.name, place.name_latin, year, "yes" if row.nested else ""]
            yield [*start, *_bare(row, counts, names)]
        if total.row:
            name, latin = designation.name, designation.name_latin
            yield [designation.code, name, latin, year, "", *_bare(total.row, counts, names)]

    heading = ["code", "name", "name_latin", "year", "within_another_member", *counts, *names]
    return send_table(f"{model.code}-{year}-{designation.code}", heading, lines())


def _bare(row: Any, counts: list[str], names: list[str]) -> list[Any]:
    totals = row.totals()
    return [*(getattr(row, name) for name in counts), *(totals[name] for name in names)]


def _asked(request: HttpRequest, programme: str, year: int, code: str) -> tuple[type[Record], Designation, User, Basis]:
    """What an address asks for; raises Http404 and BadBasis."""
    model, user = get_programme_or_404(programme), request.user
    assert isinstance(user, User)
    designation = get_object_or_404(Designation, code=code)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Http404(_("The year is out of range."))
    return model, designation, user, parse_basis(request.GET.get("basis", RECORDED), timezone.localdate())


def _ways(model: type[Record], designation: Designation, year: int, basis: Basis) -> dict[str, Any]:
    """Where the page leads: other programmes and years, the file, the API."""
    code = designation.code
    query = basis.query
    years = Round.objects.filter(programme=model.code).order_by("year").values_list("year", flat=True)
    address = f"{reverse('api-root')}designated/{model.code}/"
    return {
        "bases": [
            {
                "label": basis_label(choice),
                "url": _url(model, year, code, choice.query),
                "current": choice == basis,
            }
            for choice in dict.fromkeys((Basis(RECORDED), Basis(CURRENT), basis))
        ],
        "basis_label": basis_label(basis),
        "programmes": [
            {"label": m.label, "url": _url(m, year, code, query), "current": m is model} for m in programmes()
        ],
        "year_urls": [{"year": y, "url": _url(model, y, code, query), "current": y == year} for y in years],
        "csv_url": reverse("figures-designation-csv", args=[model.code, year, code]) + query,
        "api_url": f"{address}?designation={code}&year={year}&basis={basis.name}",
    }


def _url(model: type[Record], year: int, code: str, query: str) -> str:
    return reverse("figures-designation", args=[model.code, year, code]) + query


def _head(model: type[Record], name: str) -> dict[str, Any]:
    measure = next(m for m in model.totalled() if m.name == name)
    return {"name": name, "label": measure.verbose_name, "unit": measure.total_unit_word}


def _whole_label(total: Total) -> str:
    """What the shares are of."""
    return str(total.whole_areas[0]) if len(total.whole_areas) == 1 else _("all your areas")


def _tiles(model: type[Record], total: Total) -> list[dict[str, Any]]:
    """The headline figures, each with its share of the whole, and how many villages reported."""
    if total.row is None:
        return []
    totals, shares = total.row.totals(), total.shares()
    tiles = []
    for name in model.headline:
        words = {"share": shares.get(name), "whole": _whole_label(total)}
        note = _("%(share)s %% of %(whole)s") % words if shares.get(name) is not None else ""
        tiles.append({**_head(model, name), "value": shown(totals[name]), "note": note})
    unit = _("of %(expected)s") % {"expected": shown(total.row.expected)}
    approved = _("%(n)s approved") % {"n": shown(total.row.approved)}
    tiles.append(
        {"label": reporters_of(model)["reported"], "value": shown(total.row.reported), "unit": unit, "note": approved}
    )
    return tiles


def _measures(model: type[Record], total: Total) -> list[dict[str, Any]]:
    """Every measure: label, unit, help, total, approved, filled, reported, and share (in percent, of the whole)."""
    row = total.row
    if row is None:
        return []
    totals, approved, shares = row.totals(), row.totals("_approved"), total.shares()
    return [
        {
            "label": m.verbose_name,
            "unit": m.total_unit_word,
            "help": m.help_text,
            "total": shown(totals[m.name]),
            "approved": shown(approved[m.name]),
            "filled": shown(getattr(row, f"{m.name}_filled") or 0),
            "reported": shown(row.reported),
            "share": shown(shares.get(m.name)),
        }
        for m in model.totalled()
    ]


def _rates(model: type[Record], row: Any) -> list[dict[str, Any]]:
    if row is None:
        return []
    rates = row.rates()
    return [{"label": r.label, "unit": r.unit_word, "value": shown(rates[r.name])} for r in model.rates]


def _parts(model: type[Record], year: int, total: Total, basis: Basis) -> list[dict[str, Any]]:
    """The members of a page: label, url of their figures ("" where they had no code then), cells, counts, nested."""
    codes = codes_in(year, [row.area_id for row in total.members], basis)
    parts = []
    for row in total.members:
        totals, expected, reported = row.totals(), row.expected or 0, row.reported or 0
        code = codes.get(row.area_id)
        parts.append(
            {
                "label": f"{latin_beside(row.area.name_latin)} {row.area.name}".strip(),
                "url": reverse("figures-area", args=[model.code, year, code]) + basis.query if code else "",
                "cells": [shown(totals[name]) for name in model.headline],
                "expected": expected,
                "reported": reported,
                "approved": row.approved or 0,
                "reported_percent": 100 * reported // expected if expected else 0,
                "approved_percent": 100 * (row.approved or 0) // expected if expected else 0,
                "nested": row.nested,
                "estimated": row.estimated or 0,
            }
        )
    return parts
