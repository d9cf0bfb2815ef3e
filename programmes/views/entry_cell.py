"""What the panel of one cell shows and takes: the history of a figure, and remarks on it, in JSON."""

from __future__ import annotations

import json
from typing import NamedTuple

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from povtrack.accounts.models import User
from povtrack.accounts.roles import Ability
from povtrack.lib.years import year_end
from programmes.actions import add_remark
from programmes.cell_history import cell_history, remarks_on
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
    """Tell the history of a figure; a POST of {"text"} adds a remark on it.

    Answers {"changes": [{"at", "by", "before", "after"}], "remarks": [{"at", "by", "text"}]}, the newest first.
    """
    model, around, user = grid_place(request, programme, year, code, Ability.READ)
    place = _place_or_404(model, year, around, area)
    if measure not in {known.name for known in model.measures()}:
        raise Http404(_("There is no figure “%(name)s”.") % {"name": measure})
    figure = Figure(model, year, place, kind_or_404(request, model), measure)
    if request.method == "POST":
        text = _text_of(request)
        if text is None:
            message = _("The request is not the JSON that this page sends. Nothing was saved.")
            return JsonResponse({"message": message}, status=400)
        _add_once(figure, text, user)
    return JsonResponse(_told(figure))


def _place_or_404(model: type[Record], year: int, around: Area, pk: int) -> Area:
    """Return a place that stood in the grid's area in that year; elsewhere and nowhere are the same."""
    places = Placement.objects.filter(level=model.level, valid__contains=year_end(year), **place_filter(around))
    area = Area.objects.filter(pk=pk, pk__in=places.values("area")).first() if pk < 2**63 else None
    if area is None:
        raise Http404(_("Place %(id)s is not one of yours in this year.") % {"id": pk})
    return area


def _text_of(request: HttpRequest) -> str | None:
    try:
        text = json.loads(request.body)["text"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    return text if isinstance(text, str) else None


def _add_once(figure: Figure, text: str, user: User) -> None:
    """Add a remark, unless it is the last one sent again because its answer got lost."""
    last = next(iter(remarks_on(*figure)), None)
    if last is None or (last[0].by_id, last[0].text) != (user.pk, text.strip()):
        model, year, area, breakdown, measure = figure
        add_remark(model, year=year, area=area, breakdown=breakdown, measure=measure, text=text, by=user)


def _told(figure: Figure) -> dict[str, object]:
    return {
        "changes": [vars(change) for change in cell_history(*figure)],
        "remarks": [{"at": remark.at, "by": by, "text": remark.text} for remark, by in remarks_on(*figure)],
    }
