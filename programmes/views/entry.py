"""The entry grid of one programme, year and county or township."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from povtrack.accounts.models import User
from povtrack.accounts.roles import Ability
from programmes.actions import MAX_ROWS, approve_records, submit_records
from programmes.grid import GridPage, column_totals, grid_page, measure_heads
from programmes.grid_words import grid_words
from programmes.models import Record, Round
from programmes.progress import progress_of
from programmes.views.entry_form import run_action, save_form
from programmes.views.scope import grid_place, trail_of
from villages.levels import Level
from villages.models import Area


@require_http_methods(["GET", "POST"])
def entry(request: HttpRequest, programme: str, year: int, code: str) -> HttpResponse:
    """Show the grid; a posted form (no script) saves it, and then submits or approves if asked to."""
    model, area, user = grid_place(request, programme, year, code, Ability.READ)
    page = grid_page(model, year, area, request.GET.get("page"))
    if request.method == "GET":
        return _render(request, page, area, page.rows(can_enter=_may(user, Ability.ENTER, area)))
    rows, errors = save_form(request, page, user)
    if errors:
        return _render(request, page, area, rows, errors, status=422)
    action = {"submit": submit_records, "approve": approve_records}.get(request.POST.get("action", ""))
    if action:
        run_action(request, action, model, year, area, user)
    return redirect(request.get_full_path())


def _may(user: User, ability: Ability, area: Area) -> bool:
    return Area.objects.visible_to(user, ability).filter(pk=area.pk).exists()


def _render(
    request: HttpRequest, page: GridPage, area: Area, rows: list[dict[str, Any]], errors: Any = (), status: int = 200
) -> HttpResponse:
    model, year, user = page.model, page.year, request.user
    assert isinstance(user, User)
    address = {"programme": model.code, "year": year}
    collecting = Round.objects.filter(programme=model.code, year=year).first()
    is_open = bool(collecting and collecting.is_open())
    can_enter = is_open and _may(user, Ability.ENTER, area)
    if not can_enter:
        for row in rows:
            row["editable"] = False
    heads = measure_heads(model)
    context = {
        "section": "work",
        "programme": {"code": model.code, "label": model.label, "summary": model.summary},
        "year": year,
        "last_year": year - 1,
        "area": area,
        "trail": trail_of(user, area, "figures-area", **address),
        "year_urls": [
            {"year": y, "url": reverse("entry", args=[model.code, y, area.code]), "current": y == year}
            for y in Round.objects.filter(programme=model.code).order_by("year").values_list("year", flat=True)
        ],
        "round": {**{f: getattr(collecting, f) for f in ("opens", "due", "closes", "days_left")}, "is_open": is_open}
        if collecting
        else None,
        "measures": heads,
        "rows": rows,
        "totals": column_totals(model, [] if errors else rows),
        "counts": progress_of(model, year, area).as_dict(),
        "townships": _townships(area, address),
        "can_enter": can_enter,
        "can_approve": is_open and _may(user, Ability.REVIEW, area),
        "errors": errors,
        "page_obj": page.page,
        "config": _config(model, area, heads, address, user),
    }
    return render(request, "programmes/entry.html", context, status=status)


def _townships(area: Area, address: dict[str, Any]) -> list[dict[str, Any]]:
    """The townships of the grid's county, so that a long list can be worked through piece by piece."""
    county = area.parent_id if area.level == Level.TOWNSHIP else area.pk
    return [
        {
            "label": str(township),
            "url": reverse("entry", kwargs={**address, "code": township.code}),
            "current": township == area,
        }
        for township in Area.objects.filter(parent=county, level=Level.TOWNSHIP).order_by("code")
    ]


def _config(
    model: type[Record], area: Area, heads: list[dict[str, Any]], address: dict[str, Any], user: User
) -> dict[str, Any]:
    kwargs = {**address, "code": area.code}
    return {
        "saveUrl": reverse("entry-save", kwargs=kwargs),
        "submitUrl": reverse("entry-submit", kwargs=kwargs),
        "maxRows": MAX_ROWS,
        "measures": [
            {**head, "max": str(2**31 - 1) if m.kind == "count" else "99999999999999.99"}
            for head, m in zip(heads, model.measures(), strict=True)
        ],
        "rules": [rule.spec() for rule in model.hard_rules],
        "words": grid_words(),
        "language": get_language(),
        "user": user.pk,
    }
