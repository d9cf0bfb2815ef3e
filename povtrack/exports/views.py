"""Pages of exports: one's own with how far they are, and asking for another."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from povtrack.accounts.models import User
from povtrack.accounts.requests import user_of
from povtrack.accounts.roles import Ability
from povtrack.exports.actions import begin_again, delete_export, make_export
from povtrack.exports.forms import ExportForm
from povtrack.exports.hold import held, is_lost
from povtrack.exports.lists import ask
from povtrack.exports.models import Export
from povtrack.exports.rights import withheld
from povtrack.exports.words import told
from povtrack.lib.pages import sliced
from povtrack.lib.rest.making import rehearsed
from programmes.actions import Refused
from programmes.models import Round
from villages.models import Area

PAGE = 20


@require_GET
def exports(request: HttpRequest) -> HttpResponse:
    """List one's own exports, the newest first."""
    page = sliced(request, Export.objects.of(user_of(request)).order_by("-pk"), PAGE)
    gone, at_work = withheld(page.rows, user_of(request)), held()
    rows = [
        {**words, "export": one, "withheld": one.pk in gone, "lost": is_lost(one, at_work), **_percent(one)}
        for one, words in zip(page.rows, told(page.rows), strict=True)
    ]
    busy = any(one.is_busy for one in page.rows)
    return render(request, "exports/exports.html", {"section": "figures", "page": page, "rows": rows, "busy": busy})


def _percent(export: Export) -> dict[str, Any]:
    """How far it is; by an estimate, so that it is never said to be over before it is."""
    expected = export.rows_expected or 0
    return {"done": min(export.rows_done, expected), "total": max(expected, 1) if export.rows_done else 0}


@require_GET
def exports_state(request: HttpRequest) -> JsonResponse:
    """How far those are that are being made: busy, stale (nobody is at it), done and total by id."""
    at_work = held()
    busy = {
        one.pk: {"stale": is_lost(one, at_work), "rows": one.rows_done, **_percent(one)}
        for one in Export.objects.of(user_of(request)).unfinished()
    }
    return JsonResponse({"busy": busy})


@require_http_methods(["GET", "POST"])
def exports_new(request: HttpRequest) -> HttpResponse:
    """Ask what is wanted; what its list refuses is said in the form."""
    user = user_of(request)
    form = ExportForm(request.POST or None, user=user, initial=_first_choice(request, user))
    if request.method == "POST" and form.is_valid() and _asked(form, user):
        return redirect("exports")
    context = {"section": "figures", "form": form}
    return render(request, "exports/new.html", context, status=422 if form.errors else 200)


def _asked(form: ExportForm, user: User) -> bool:
    wanted = form.wanted()
    with rehearsed() as making:
        answer = ask(wanted, user)
    if answer.status_code != 200:
        form.add_error(None, str(answer.data["errors"][0]["detail"]))
        return False
    try:
        make_export(wanted=wanted, by=user, expected=making.expected)
    except Refused as refused:
        form.add_error(None, str(refused))
        return False
    return True


def _first_choice(request: HttpRequest, user: User) -> dict[str, Any]:
    """What the page shows from which one comes; else the last year of the highest area."""
    known = {name: request.GET[name] for name in ExportForm.base_fields if name in request.GET}
    year = Round.objects.order_by("-year").values_list("year", flat=True).first() or timezone.localdate().year
    area = Area.objects.filter(pk__in=user.area_ids(Ability.READ)).order_by("level", "code").first()
    return {"first_year": year, "last_year": year, "code": area.code if area else "", **known}


@require_POST
def exports_do(request: HttpRequest, pk: int) -> HttpResponse:
    """Do what a button of an export says: delete it, or make it again."""
    by = user_of(request)
    export, action = get_object_or_404(Export.objects.of(by), pk=pk), request.POST.get("action", "")
    try:
        if action == "delete":
            delete_export(export=export, by=by)
            messages.success(request, _("The export is deleted."))
        elif action == "again":
            begin_again(export=export, by=by)
        else:
            raise Http404(_("There is no such button."))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("exports")
