"""The entry grid of one programme, year and county or township."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from povtrack.accounts.models import User
from povtrack.accounts.roles import Ability
from povtrack.lib.figures import NO, YES
from povtrack.lib.years import year_end
from programmes.actions import MAX_ROWS, approve_records, submit_records
from programmes.actions.scope import is_writable
from programmes.grid import GridPage, column_totals, grid_page, measure_heads
from programmes.grid_html import rows_html
from programmes.grid_words import grid_words
from programmes.models import Record, Round, State
from programmes.progress import progress_of
from programmes.unlikely import county_medians, reasons_of, unlikely_in
from programmes.views.beside import pages_beside
from programmes.views.entry_form import read_seen, run_action, save_form, write_seen
from programmes.views.offline import KEEP
from programmes.views.scope import county_of, grid_place, kind_or_404, trail_of, year_urls
from villages.levels import Level
from villages.models import Area, AreaVersion


@require_http_methods(["GET", "POST"])
def entry(request: HttpRequest, programme: str, year: int, code: str) -> HttpResponse:
    """Show the grid; a posted form (no script) saves it, and then submits or approves if asked to."""
    model, area, user = grid_place(request, programme, year, code, Ability.READ)
    page = grid_page(model, year, area, request.GET.get("page"), kind_or_404(request, model))
    if request.method == "GET":
        return _render(request, page, area, code, page.rows(can_enter=_may(user, Ability.ENTER, area)))
    rows, errors = save_form(request, page, user)
    if errors:
        return _render(request, page, area, code, rows, errors)
    actions: dict[str, Any] = {
        "submit": submit_records,
        "approve": partial(approve_records, seen=read_seen(request.POST.get("seen", ""))),
    }
    action = actions.get(request.POST.get("action", ""))
    if action:
        run_action(request, action, page, area, user)
    return redirect(request.get_full_path())


def _may(user: User, ability: Ability, area: Area) -> bool:
    return Area.objects.visible_to(user, ability).filter(pk=area.pk).exists()


def _render(
    request: HttpRequest, page: GridPage, area: Area, code: str, rows: list[dict[str, Any]], errors: Any = ()
) -> HttpResponse:
    model, year, user = page.model, page.year, request.user
    assert isinstance(user, User)
    is_open = is_writable(model, year, area)
    can_enter = is_open and _may(user, Ability.ENTER, area)
    if not can_enter:
        for row in rows:
            row["editable"] = False
    heads = measure_heads(model, page.kind)
    context = {
        **_about(request, page, area, user, is_open=is_open),
        "measures": heads,
        "rows": rows,
        "rows_html": rows_html(rows, heads, can_enter=can_enter),
        "can_enter": can_enter,
        "can_approve": is_open and _may(user, Ability.REVIEW, area),
        "errors": errors,
        "page_obj": page.page,
        "beside": pages_beside(model, year, area, code),
        "config": _config(page, heads, area, [model.code, year, code], user),
        # A page with errors shows what was typed, not what stands: it is neither added up nor approved.
        **_summed(model, [] if errors else rows),
    }
    response = render(request, "programmes/entry.html", context, status=422 if errors else 200)
    if can_enter and not errors:
        response.headers[KEEP] = "1"
    return response


def _about(request: HttpRequest, page: GridPage, area: Area, user: User, *, is_open: bool) -> dict[str, Any]:
    """What stands around the table: which programme, year, kind and place it is, how far they are, and ways on."""
    model, year = page.model, page.year
    collecting = Round.objects.filter(programme=model.code, year=year).first()
    return {
        "section": "work",
        "programme": {"code": model.code, "label": model.label, "summary": model.summary},
        "year": year,
        "last_year": year - 1,
        "area": area,
        "trail": trail_of(user, area, "figures-area", programme=model.code, year=year),
        "year_urls": _with_kind(page.kind, year_urls(model, area, year, "entry")),
        "kinds": _kinds(request, page),
        "kinds_label": model.kinds_label,
        "kind_label": getattr(model.kind_of(page.kind), "label", ""),
        "round": {**{f: getattr(collecting, f) for f in ("opens", "due", "closes", "days_left")}, "is_open": is_open}
        if collecting
        else None,
        "counts": progress_of(model, year, area, page.kind).as_dict(),
        "townships": _with_kind(page.kind, _townships(user, model, year, area)),
    }


def _summed(model: type[Record], rows: list[dict[str, Any]]) -> dict[str, Any]:
    """What is said of the shown rows together: their totals, how many wait for approval, and the versions shown."""
    return {
        "totals": column_totals(model, rows),
        "to_approve": sum(row["state"] == State.SUBMITTED for row in rows),
        "seen": write_seen(rows),
    }


def _kinds(request: HttpRequest, page: GridPage) -> list[dict[str, Any]]:
    """The way to the other kinds."""
    return [
        {"label": kind.label, "url": f"{request.path}?kind={kind.code}", "current": kind.code == page.kind}
        for kind in page.model.kinds
    ]


def _with_kind(kind: str, ways: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Let ways to other grids keep to the kind."""
    return [{**way, "url": f"{way['url']}?kind={kind}"} for way in ways] if kind else ways


def _townships(user: User, model: type[Record], year: int, area: Area) -> list[dict[str, Any]]:
    """The townships of the grid's county in that year, so that a long list can be worked through piece by piece.

    Only those that the reader may see: whoever holds one township finds no way to the others.
    """
    standing = AreaVersion.objects.filter(valid__contains=year_end(year))
    county: Any = [area.pk] if area.level == Level.COUNTY else standing.filter(area=area).values("parent")
    townships = standing.filter(
        parent__in=county, area__level=Level.TOWNSHIP, area__in=Area.objects.visible_to(user)
    ).select_related("area")
    return [
        {
            "label": str(township.area),
            "url": reverse("entry", args=[model.code, year, township.code]),
            "current": township.area_id == area.pk,
        }
        for township in townships.order_by("code")
    ]


def _config(page: GridPage, heads: list[dict[str, Any]], area: Area, address: list[Any], user: User) -> dict[str, Any]:
    """What the grid's script knows: figures, rules, what they are held against, and where it sends them."""
    model, year, kind = page.model, page.year, page.kind
    query = f"?kind={kind}" if kind else ""
    return {
        "programme": model.code,
        "year": year,
        "kind": kind,
        "place": area.pk,
        "saveUrl": reverse("entry-save", args=address),
        "submitUrl": reverse("entry-submit", args=address) + query,
        "cellUrl": reverse("entry-cell", args=[*address, 0, "measure"]),
        "keptUrl": reverse("kept"),
        "workerUrl": reverse("worker"),
        "maxRows": MAX_ROWS,
        "measures": [
            {**head, "max": m.maximum, "usual": m.usual} for head, m in zip(heads, model.measures(), strict=True)
        ],
        "rules": [rule.spec() for rule in model.hard_rules],
        "softRules": [rule.spec() for rule in model.soft_rules],
        **_doubted(page, area),
        "flags": {"yes": sorted(YES), "no": sorted(NO)},
        "words": grid_words(),
        "language": get_language(),
        "user": user.pk,
    }


def _doubted(page: GridPage, area: Area) -> dict[str, Any]:
    """What typed figures are held against, what is unlikely in those that stand, and the reasons that were given.

    The same four queries whether anything is unlikely or not.
    """
    model, year, kind = page.model, page.year, page.kind
    county = county_of(area, year)
    reasons = reasons_of(model, year, page.areas)
    found = unlikely_in(model, year, [county], page.areas, reasons)
    return {
        "medians": county_medians(model, year, county).get(kind, {}) if county else {},
        "unlikely": [vars(doubt) for doubt in found if doubt.breakdown == kind],
        "reasons": [
            {"area": place, "measure": measure, "figure": figure, "reason": text}
            for (place, of_kind, measure), said in reasons.items()
            if of_kind == kind
            for figure, text in said.items()
        ],
    }
