"""Fund totals and the reconciliation of one area and year: the pages, the files, and the way to them."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from funding.forms import NO_PROGRAMME
from povtrack.accounts.models import User
from povtrack.lib.basis import RECORDED, BadBasis, Basis, parse_basis
from povtrack.lib.csvanswers import send_table
from povtrack.lib.figures import shown
from povtrack.lib.pages import Slice, neighbours, page_number
from povtrack.rollups.funds.page import Address, figures_context, money_label, percent, ways_of
from povtrack.rollups.funds.reconcile import Line, by_programme, summed, worst
from povtrack.rollups.funds.statements import FIGURES
from povtrack.rollups.funds.totals import totals
from povtrack.rollups.funds.waiting import freshness_of
from povtrack.rollups.on_request import require_known
from povtrack.rollups.views import tells_what_is_wrong
from programmes.views.scope import area_or_404, codes_in, trail_to
from villages.levels import Level
from villages.models import Area, Designation

PAGE = 50


def _address(request: HttpRequest, name: str, year: int, code: str) -> Address:
    """What an address asks for; raises Http404 and BadBasis."""
    user = request.user
    assert isinstance(user, User)
    basis = parse_basis(request.GET.get("basis", Basis().name), timezone.localdate())
    require_known(basis)
    area = area_or_404(user, code, year, basis=basis)
    if area.level > Level.TOWNSHIP:
        raise Http404(_("Totals are told for townships and above; a village has its allocations."))
    listed = request.GET.get("list", "")
    designation = get_object_or_404(Designation, code=listed) if listed and "\0" not in listed else None
    return Address(name, area, year, code, basis, user, designation)


def _shared(address: Address) -> dict[str, Any]:
    trail = trail_to(address.user, address.area, address.year, lambda code: address.url(code=code), basis=address.basis)
    return {"trail": trail, **ways_of(address)}


@require_GET
@tells_what_is_wrong
def fund_figures(request: HttpRequest, year: int, code: str) -> HttpResponse:
    """Show what money an area holds: where in it, from which sources, for which programmes, and over the years."""
    address = _address(request, "fund-figures", year, code)
    return render(request, "rollups/fund_figures.html", {**_shared(address), **figures_context(address)})


@require_GET
@tells_what_is_wrong
def fund_figures_csv(request: HttpRequest, year: int, code: str) -> HttpResponseBase:
    """Download the totals by part, source, programme and level of recipient as CSV; numbers are bare."""
    address = _address(request, "fund-figures", year, code)
    cells = totals(address.asked, "source", "programme", "level", by_part=True)
    places = Area.objects.in_bulk({cell.keys["part"] for cell in cells})
    codes = codes_in(year, list(places), address.basis)

    def rows() -> Iterator[list[Any]]:
        for cell in cells:
            place = places[cell.keys["part"]]
            named = [codes.get(place.pk, place.code), place.name, place.name_latin]
            keys = [cell.keys[key] for key in ("source", "programme", "level")]
            yield [*named, year, address.basis.name, *keys, cell.resting, *(getattr(cell, name) for name in FIGURES)]

    heading = ["code", "name", "name_latin", "year", "basis", "source", "programme", "level", "resting", *FIGURES]
    return send_table(f"funds-{year}-{code}", heading, rows())


@require_GET
@tells_what_is_wrong
def fund_reconciliation(request: HttpRequest, year: int, code: str) -> HttpResponse:
    """Show what the ledger and the records say was spent, by programme, and the counties where they differ most."""
    address = _kept(_address(request, "fund-reconciliation", year, code))
    freshness = freshness_of(address.asked)
    lines = by_programme(address.asked)
    context = {
        **_shared(address),
        "freshness": freshness,
        "lines": [_shown(line, address) for line in lines],
        "whole": _shown(found, address) if (found := summed(lines, address.area.pk)) else None,
        **(_worst(request, address) if address.area.level < Level.COUNTY else {}),
    }
    return render(request, "rollups/fund_reconciliation.html", context)


@require_GET
@tells_what_is_wrong
def fund_reconciliation_csv(request: HttpRequest, year: int, code: str) -> HttpResponseBase:
    """Download the reconciliation by county and programme (of a county or township by programme) as CSV."""
    address = _kept(_address(request, "fund-reconciliation", year, code))
    lines = worst(address.asked) if address.area.level < Level.COUNTY else by_programme(address.asked)
    places = Area.objects.in_bulk({line.area_id for line in lines})
    codes = codes_in(year, list(places), address.basis)
    names = ["allocated", "passed_on", "resting", "disbursed", "spent", "recorded", "approved", "difference"]
    heading = ["code", "name", "name_latin", "year", "programme", *names, "absorption"]

    def rows() -> Iterator[list[Any]]:
        for line in lines:
            place = places[line.area_id]
            absorption = None if line.absorption is None else round(line.absorption, 1)
            named = [codes.get(place.pk, place.code), place.name, place.name_latin, year, line.programme]
            yield [*named, *(getattr(line, name) for name in names), absorption]

    return send_table(f"reconciliation-{year}-{code}", heading, rows())


def _kept(address: Address) -> Address:
    """Refuse boundaries of a year: totals of records are kept on none."""
    if address.basis.year is not None:
        raise BadBasis(_("The reconciliation is told on the boundaries of its year, or on today's (current)."))
    return address


def _worst(request: HttpRequest, address: Address) -> dict[str, Any]:
    number = page_number(request)
    lines = worst(address.asked, start=(number - 1) * PAGE, size=PAGE + 1)
    places = Area.objects.in_bulk({line.area_id for line in lines})
    codes = codes_in(address.year, list(places), address.basis)
    shown_lines = [
        {"place": places[line.area_id], **_shown(line, address, codes.get(line.area_id, ""))} for line in lines[:PAGE]
    ]
    beside = neighbours(request, number, more=len(lines) > PAGE, anchor="#worst")
    return {"worst": shown_lines, "page": Slice(shown_lines, number, *beside)}


def _shown(line: Line, address: Address, code: str = "") -> dict[str, Any]:
    """One line as the tables show it, with the ways to what is behind it."""
    there = code or ("" if line.area_id != address.area.pk else address.code)
    return {
        **{name: shown(getattr(line, name)) for name in ("allocated", "passed_on", "resting", "disbursed", "spent")},
        "label": money_label(line.programme),
        "recorded": shown(line.recorded),
        "difference": "–" if line.difference is None else _signed(line.difference),
        "absorption": percent(line.absorption),
        "differs": line.differs,
        "is_slow": line.is_slow,
        "url": address.url(code=there) if code else "",
        "entries_url": reverse("funds-area", args=[address.year, there])
        + f"?programme={line.programme or NO_PROGRAMME}#given"
        if there and address.basis.name == RECORDED and line.allocated
        else "",
        "records_url": reverse("figures-area", args=[line.programme, address.year, there]) + address.basis.query
        if there and line.programme and line.recorded is not None
        else "",
    }


def _signed(figure: Decimal) -> str:
    return f"+{shown(figure)}" if figure > 0 else shown(figure)
