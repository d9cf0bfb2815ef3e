"""What the grid's script calls: saving rows and submitting, answered in JSON."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from povtrack.accounts.roles import Ability
from programmes.actions import MAX_ROWS, IncomingRow, Refused, save_rows, submit_records
from programmes.grid import result_json
from programmes.progress import progress_of
from programmes.unlikely import unlikely_in
from programmes.views.scope import county_of, grid_place, kind_or_404


def answers_json(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let a view say in JSON what went wrong; a script can't follow a redirect to the sign-in page."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return JsonResponse(
                {"message": _("You are signed out. Sign in again; what you typed is kept here.")}, status=401
            )
        if request.headers.get("X-Entered-By", str(request.user.pk)) != str(request.user.pk):
            # On a shared computer one person's unsent rows must not be booked under the next one's name.
            message = _("Someone else has signed in meanwhile. These rows wait for the person who typed them.")
            return JsonResponse({"message": message}, status=403)
        try:
            return view(request, *args, **kwargs)
        except Refused as refused:
            return JsonResponse({"message": str(refused)}, status=403)
        except Http404 as missing:
            return JsonResponse({"message": str(missing)}, status=404)

    return login_not_required(answer)


@answers_json
@require_POST
def save(request: HttpRequest, programme: str, year: int, code: str) -> HttpResponse:
    """Save the rows that a script sends: {"rows": [{"area", "breakdown", "version", "nil", "values", "key"}]}.

    Answers with what became of each, what is unlikely in those that were saved, and how far the area's records are.
    """
    model, area, user = grid_place(request, programme, year, code, Ability.ENTER)
    try:
        rows = [_incoming(row) for row in json.loads(request.body)["rows"]]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return JsonResponse(
            {"message": _("The request is not the JSON that this page sends. Nothing was saved.")}, status=400
        )
    if len(rows) > MAX_ROWS:
        message = _("%(count)s rows were sent at once; at most %(limit)s can be saved together. Nothing was saved.")
        return JsonResponse({"message": message % {"count": len(rows), "limit": MAX_ROWS}}, status=413)
    results = save_rows(model, year=year, rows=rows, by=user)
    kind = rows[0].breakdown if rows else ""
    saved = [result.area for result in results if result.status in ("saved", "unchanged")]
    warned = unlikely_in(model, year, [county_of(area, year)], saved) if saved else []
    return JsonResponse(
        {
            "rows": [result_json(r, model) for r in results],
            "unlikely": [vars(found) for found in warned],
            "counts": progress_of(model, year, area, kind).as_dict(),
        }
    )


def _incoming(row: dict[str, Any]) -> IncomingRow:
    area, version, nil, values = row["area"], row["version"], row["nil"], row["values"]
    breakdown, key = row.get("breakdown", ""), row.get("key")
    if not (isinstance(breakdown, str) and isinstance(key, str | None)):
        raise TypeError(row)
    if not (type(area) is type(version) is int and type(nil) is bool and abs(area) < 2**63 and abs(version) < 2**31):
        raise ValueError(row)
    if not all(isinstance(text, str) for text in values.values()):
        raise ValueError(row)
    return IncomingRow(area, version, nil, values, breakdown, UUID(key) if key else None)


@answers_json
@require_POST
def submit(request: HttpRequest, programme: str, year: int, code: str) -> HttpResponse:
    """Submit what is drafted in the grid's area, of the kind that `?kind=` names."""
    model, area, user = grid_place(request, programme, year, code, Ability.ENTER)
    kind = kind_or_404(request, model)
    outcome = submit_records(model, year=year, area=area, by=user, breakdown=kind)
    return JsonResponse(
        {
            "submitted": outcome.moved,
            "refused": [{"area": stays.area, "message": stays.reason} for stays in outcome.refused],
            "counts": progress_of(model, year, area, kind).as_dict(),
        }
    )
