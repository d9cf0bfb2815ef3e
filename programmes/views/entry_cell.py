"""What the panel of one cell shows and takes: the history of a figure, and remarks on it, in JSON."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from povtrack.accounts.roles import Ability
from povtrack.lib.years import year_end
from programmes.actions import add_remark
from programmes.cell_history import cell_history, figure_said, remarks_on
from programmes.models import Record
from programmes.progress import place_filter
from programmes.views.entry_json import answers_json
from programmes.views.scope import grid_place, kind_or_404
from villages.models import Area, Placement


class Figure(NamedTuple):
    """The figure that a request is about."""

    model: type[Record]
    year: int
    area: Area
    breakdown: str
    measure: str


@answers_json
@require_http_methods(["GET", "POST"])
def cell(request: HttpRequest, programme: str, year: int, code: str, area: int, measure: str) -> HttpResponse:
    """Tell the history of a figure; a POST of {"text", "figure"} adds a remark on it, as it was typed or null.

    Answers {"changes": [{"at", "by", "before", "after"}], "remarks": [{"at", "by", "figure", "text"}]}, the newest
    first.
    """
    model, around, user = grid_place(request, programme, year, code, Ability.READ)
    place = _place_or_404(model, year, around, area)
    if measure not in {known.name for known in model.measures()}:
        raise Http404(_("There is no figure “%(name)s”.") % {"name": measure})
    figure = Figure(model, year, place, kind_or_404(request, model), measure)
    if request.method == "POST":
        said = _said_in(request)
        if said is None:
            message = _("The request is not the JSON that this page sends. Nothing was saved.")
            return JsonResponse({"message": message}, status=400)
        where = {name: value for name, value in figure._asdict().items() if name != "model"}
        add_remark(model, **where, **said, by=user)
    return JsonResponse(_told(figure))


def _place_or_404(model: type[Record], year: int, around: Area, pk: int) -> Area:
    """Return a place that stood in the grid's area in that year; elsewhere and nowhere are the same."""
    places = Placement.objects.filter(level=model.level, valid__contains=year_end(year), **place_filter(around))
    area = Area.objects.filter(pk=pk, pk__in=places.values("area")).first() if pk < 2**63 else None
    if area is None:
        raise Http404(_("Place %(id)s is not one of yours in this year.") % {"id": pk})
    return area


def _said_in(request: HttpRequest) -> dict[str, Any] | None:
    """The remark that a script sends, and the figure that it is about; None where it is not what the page sends."""
    try:
        sent = json.loads(request.body)
        text, figure = sent["text"], sent.get("figure")
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    return {"text": text, "figure": figure} if isinstance(text, str) and isinstance(figure, str | None) else None


def _told(figure: Figure) -> dict[str, object]:
    return {
        "changes": [vars(change) for change in cell_history(*figure)],
        "remarks": [
            {"at": remark.at, "by": by, "figure": figure_said(figure.model, remark), "text": remark.text}
            for remark, by in remarks_on(*figure)
        ],
    }
