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
from povtrack.lib.years import year_end
from programmes.actions import MAX_ROWS, approve_records, submit_records
from programmes.grid import GridPage, column_totals, grid_page, measure_heads
from programmes.grid_words import grid_words
from programmes.models import Record, Round, State
from programmes.progress import progress_of
from programmes.views.entry_form import read_seen, run_action, save_form, write_seen
from programmes.views.scope import grid_place, trail_of, year_urls
from villages.levels import Level
from villages.models import Area, AreaVersion


@require_http_methods(["GET", "POST"])
def entry(request: HttpRequest, programme: str, year: int, code: str) -> HttpResponse:
    """Show the grid; a posted form (no script) saves it, and then submits or approves if asked to."""
    model, area, user = grid_place(request, programme, year, code, Ability.READ)
    page = grid_page(model, year, area, request.GET.get("page"))
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
        run_action(request, action, model, year, area, user)
    return redirect(request.get_full_path())


def _may(user: User, ability: Ability, area: Area) -> bool:
    return Area.objects.visible_to(user, ability).filter(pk=area.pk).exists()


def _render(
    request: HttpRequest, page: GridPage, area: Area, code: str, rows: list[dict[str, Any]], errors: Any = ()
) -> HttpResponse:
    model, year, user = page.model, page.year, request.user
    assert isinstance(user, User)
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
        "trail": trail_of(user, area, "figures-area", programme=model.code, year=year),
        "year_urls": year_urls(model, area, year, "entry"),
        "round": {**{f: getattr(collecting, f) for f in ("opens", "due", "closes", "days_left")}, "is_open": is_open}
        if collecting
        else None,
        "measures": heads,
        "rows": rows,
        "counts": progress_of(model, year, area).as_dict(),
        "townships": _townships(user, model, year, area),
        "can_enter": can_enter,
        "can_approve": is_open and _may(user, Ability.REVIEW, area),
        "errors": errors,
        "page_obj": page.page,
        "config": _config(model, heads, [model.code, year, code], user),
        # A page with errors shows what was typed, not what stands: it is neither added up nor approved.
        **_summed(model, [] if errors else rows),
    }
    return render(request, "programmes/entry.html", context, status=422 if errors else 200)


def _summed(model: type[Record], rows: list[dict[str, Any]]) -> dict[str, Any]:
    """What is said of the shown rows together: their totals, how many wait for approval, and the versions shown."""
    return {
        "totals": column_totals(model, rows),
        "to_approve": sum(row["state"] == State.SUBMITTED for row in rows),
        "seen": write_seen(rows),
    }


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


def _config(model: type[Record], heads: list[dict[str, Any]], address: list[Any], user: User) -> dict[str, Any]:
    return {
        "saveUrl": reverse("entry-save", args=address),
        "submitUrl": reverse("entry-submit", args=address),
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
