"""The entry grid of one programme, year and county or township: the page, saving, submitting, approving."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import get_language, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from povtrack.accounts.models import User
from povtrack.accounts.roles import Ability
from programmes.actions import MAX_ROWS, IncomingRow, Outcome, Refused, approve_records, save_rows, submit_records
from programmes.grid import GridPage, column_totals, grid_page, measure_heads, result_json
from programmes.grid_words import grid_words
from programmes.models import Record, Round
from programmes.progress import progress_of
from programmes.registry import get_programme_or_404
from programmes.views.scope import area_or_404, trail_of
from villages.levels import Level
from villages.models import Area

Place = tuple[type[Record], Area, User]


def _place(request: HttpRequest, programme: str, year: int, code: str, ability: Ability) -> Place:
    model, user = get_programme_or_404(programme), request.user
    assert isinstance(user, User)
    area = area_or_404(user, code, year, ability)
    if area.level not in (Level.COUNTY, Level.TOWNSHIP):
        raise Http404(_("Records are entered by county or township."))
    return model, area, user


def _answers_json(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let a view that a script calls say in JSON what went wrong; a script can't follow a redirect to the sign-in page."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return JsonResponse(
                {"message": _("You are signed out. Sign in again; what you typed is kept here.")}, status=401
            )
        try:
            return view(request, *args, **kwargs)
        except Refused as refused:
            return JsonResponse({"message": str(refused)}, status=403)
        except Http404 as missing:
            return JsonResponse({"message": str(missing)}, status=404)

    return login_not_required(answer)


@require_http_methods(["GET", "POST"])
def entry(request: HttpRequest, programme: str, year: int, code: str) -> HttpResponse:
    """Show the grid; a posted form (no script) saves it, and then submits or approves if asked to."""
    model, area, user = _place(request, programme, year, code, Ability.READ)
    page = grid_page(model, year, area, request.GET.get("page"))
    if request.method == "GET":
        return _render(request, page, area, page.rows(can_enter=_may(user, Ability.ENTER, area)))
    rows, errors = _save_form(request, page, user)
    if errors:
        return _render(request, page, area, rows, errors, status=422)
    action = {"submit": submit_records, "approve": approve_records}.get(request.POST.get("action", ""))
    if action:
        _tell(request, action, model, year, area, user)
    return redirect(request.get_full_path())


def _may(user: User, ability: Ability, area: Area) -> bool:
    return Area.objects.visible_to(user, ability).filter(pk=area.pk).exists()


def _tell(
    request: HttpRequest, action: Callable[..., Outcome], model: type[Record], year: int, area: Area, user: User
) -> None:
    """Run a workflow action for a posted form and report it on the next page."""
    try:
        outcome = action(model, year=year, area=area, by=user)
    except Refused as refused:
        messages.error(request, str(refused))
        return
    if outcome.moved:
        messages.success(
            request, ngettext("%(n)s record moved on.", "%(n)s records moved on.", outcome.moved) % {"n": outcome.moved}
        )
    for _area_id, place, reason in outcome.refused[:20]:
        messages.warning(request, f"{place}: {reason}")
    if len(outcome.refused) > 20:
        messages.warning(request, _("… and %(n)s more.") % {"n": len(outcome.refused) - 20})


def _save_form(request: HttpRequest, page: GridPage, user: User) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Save the posted fields of the page; return its rows as typed, and the errors by cell."""
    rows = page.rows(can_enter=True)
    incoming = []
    for row in rows:
        typed = {c["measure"]: request.POST.get(f"v-{row['area_id']}-{c['measure']}", c["value"]) for c in row["cells"]}
        nil = f"nil-{row['area_id']}" in request.POST
        if f"version-{row['area_id']}" not in request.POST or not row["editable"]:
            continue
        if nil == row["nil"] and all(typed[c["measure"]] == c["value"] for c in row["cells"]):
            continue
        version = request.POST[f"version-{row['area_id']}"]
        incoming.append(IncomingRow(row["area_id"], int(version) if version.isdecimal() else -1, nil, typed))
        for cell in row["cells"]:
            cell["value"] = typed[cell["measure"]]
        row["nil"] = nil
    if not incoming:
        return rows, []
    try:
        results = save_rows(page.model, year=page.year, rows=incoming, by=user)
    except Refused as refused:
        return rows, [{"area_id": None, "measure": "", "anchor": "", "label": "", "message": str(refused)}]
    saved = sum(result.status == "saved" for result in results)
    if saved:
        messages.success(request, ngettext("%(n)s village saved.", "%(n)s villages saved.", saved) % {"n": saved})
    by_area = {row["area_id"]: row for row in rows}
    return rows, [error for result in results for error in _row_errors(page.model, by_area[result.area], result)]


def _row_errors(model: type[Record], row: dict[str, Any], result: Any) -> list[dict[str, Any]]:
    """Mark a row with what became of it, and return its errors for the summary on top."""
    place = f"{row['name_latin']} {row['name']}".strip()
    if result.status in ("conflict", "locked"):
        theirs = result_json(result, model)["values"]
        figures = ", ".join(f"{m.verbose_name} {theirs[m.name]}" for m in model.measures() if theirs[m.name]) or "–"
        message = _(
            "%(by)s changed this row meanwhile: %(figures)s. Your figures were not saved; save again to replace theirs."
        )
        if result.status == "locked":
            message = _("This row is approved and can't be changed: %(figures)s.")
        row["version"] = result.version
        row["errors"].append(message % {"by": result.by, "figures": figures})
        return [
            {
                "area_id": row["area_id"],
                "measure": "",
                "anchor": f"row-{row['area_id']}",
                "label": place,
                "message": row["errors"][-1],
            }
        ]
    labels = {m.name: m.verbose_name for m in model.measures()}
    errors = []
    for error in result.errors:
        for cell in row["cells"]:
            if cell["measure"] == error.field:
                cell["error"] = error.message
        if not error.field:
            row["errors"].append(error.message)
        anchor = f"v-{row['area_id']}-{error.field}" if error.field else f"row-{row['area_id']}"
        label = f"{place}, {labels[error.field]}" if error.field else place
        errors.append(
            {
                "area_id": row["area_id"],
                "measure": error.field,
                "anchor": anchor,
                "label": label,
                "message": error.message,
            }
        )
    return errors


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
    county = area.parent if area.level == Level.TOWNSHIP else area
    assert county is not None
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


@_answers_json
@require_POST
def save(request: HttpRequest, programme: str, year: int, code: str) -> HttpResponse:
    """Save the rows that a script sends: {"rows": [{"area", "version", "nil", "values"}]}."""
    model, area, user = _place(request, programme, year, code, Ability.ENTER)
    try:
        rows = [_incoming(row) for row in json.loads(request.body)["rows"]]
    except (ValueError, KeyError, TypeError, AttributeError):
        return JsonResponse(
            {"message": _("The request is not the JSON that this page sends. Nothing was saved.")}, status=400
        )
    if len(rows) > MAX_ROWS:
        message = _("%(count)s rows were sent at once; at most %(limit)s can be saved together. Nothing was saved.")
        return JsonResponse({"message": message % {"count": len(rows), "limit": MAX_ROWS}}, status=413)
    results = save_rows(model, year=year, rows=rows, by=user)
    return JsonResponse(
        {"rows": [result_json(r, model) for r in results], "counts": progress_of(model, year, area).as_dict()}
    )


def _incoming(row: dict[str, Any]) -> IncomingRow:
    area, version, nil, values = row["area"], row["version"], row["nil"], row["values"]
    if not (type(area) is type(version) is int and type(nil) is bool and abs(area) < 2**63 and abs(version) < 2**31):
        raise ValueError(row)
    if not all(isinstance(text, str) for text in values.values()):
        raise ValueError(row)
    return IncomingRow(area, version, nil, values)


@_answers_json
@require_POST
def submit(request: HttpRequest, programme: str, year: int, code: str) -> HttpResponse:
    """Submit what is drafted in the grid's area."""
    model, area, user = _place(request, programme, year, code, Ability.ENTER)
    outcome = submit_records(model, year=year, area=area, by=user)
    return JsonResponse(
        {
            "submitted": outcome.moved,
            "refused": [{"area": area_id, "message": reason} for area_id, _place_name, reason in outcome.refused],
            "counts": progress_of(model, year, area).as_dict(),
        }
    )
