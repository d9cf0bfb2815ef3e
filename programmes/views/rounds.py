"""Rounds as their readers see them: which counties are overdue, and for whom a round goes on."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from povtrack.accounts.models import User
from povtrack.accounts.roles import Ability
from povtrack.lib.paths import is_under
from povtrack.lib.years import year_end
from programmes.actions import Refused, extend_round
from programmes.deadlines import overdue_steps
from programmes.forms import ExtensionForm
from programmes.models import Extension, Record, ReviewStep, Round
from programmes.progress import behind
from programmes.registry import get_programme_or_404
from programmes.views.progress import counted, programme_ways
from programmes.views.scope import codes_in, find_area
from villages.levels import Level
from villages.models import Area, AreaVersion

PAGE = 50


@require_GET
def overdue(request: HttpRequest, programme: str, year: int) -> HttpResponse:
    """List the reader's counties with overdue records, the worst first, and the overdue records that were given back.

    Before the round is due only what was given back until an earlier day is overdue.
    """
    model, collecting, user = _round(request, programme, year)
    standing = AreaVersion.objects.filter(area__level=Level.COUNTY, valid__contains=year_end(year))
    counties = Area.objects.visible_to(user).filter(pk__in=standing.values("area"))
    is_due = collecting.days_left < 0
    given = overdue_steps(model, year).filter(area__in=Area.objects.visible_to(user)).select_related("area", "by")
    given_back = Paginator(given, PAGE).get_page(request.GET.get("given_back"))
    late = behind(model, year, counties, is_due=is_due) if is_due or given_back.paginator.count else []
    page = Paginator(late, PAGE).get_page(request.GET.get("page"))
    codes = codes_in(year, [*(row[0] for row in page.object_list), *(step.area_id for step in given_back)])
    extended = _running(model, year)
    managed = _managed(user)
    context = {
        **_heading(model, collecting, "overdue"),
        "rows": [
            {
                "area": area,
                "url": reverse("entry", args=[model.code, year, codes[area.pk]]),
                "code": codes[area.pk],
                "until": max((until for path, until in extended if is_under(area.path, [path])), default=None),
                "managed": is_under(area.path, managed),
                **counted(counts, is_due),
            }
            for area, counts, _overdue in page.object_list
        ],
        "page_obj": page,
        "is_due": is_due,
        "given_back": [_given_back(model, step, codes.get(step.area_id)) for step in given_back],
        "given_back_page": given_back,
    }
    return render(request, "programmes/progress_overdue.html", context)


def _given_back(model: type[Record], step: ReviewStep, code: str | None) -> dict[str, Any]:
    """One record that was to be mended by a day that has passed, and the way to it."""
    kind = model.kind_of(step.breakdown)
    query = f"?kind={kind.code}" if kind else ""
    return {
        "area": step.area,
        "kind": kind.label if kind else "",
        "until": step.until,
        "by": step.by.label,
        "url": reverse("record", args=[model.code, step.year, code]) + query if code else "",
    }


def _round(request: HttpRequest, programme: str, year: int) -> tuple[type[Record], Round, User]:
    model, user = get_programme_or_404(programme), request.user
    assert isinstance(user, User)
    collecting = Round.objects.filter(programme=model.code, year=year).first()
    if collecting is None:
        raise Http404(_("%(programme)s has no round for %(year)s.") % {"programme": model.label, "year": year})
    return model, collecting, user


def _heading(model: type[Record], collecting: Round, door: str) -> dict[str, Any]:
    """What pages about one round show on top."""
    years = Round.objects.filter(programme=model.code).order_by("year").values_list("year", flat=True)
    return {
        "section": "progress",
        "programme": {"code": model.code, "label": model.label},
        "programmes": programme_ways(model, collecting.year, lambda m, y: reverse(door, args=[m.code, y])),
        "year": collecting.year,
        "year_urls": [
            {"year": y, "url": reverse(door, args=[model.code, y]), "current": y == collecting.year} for y in years
        ],
        "round": collecting,
    }


def _running(model: type[Record], year: int) -> list[tuple[str, Any]]:
    running = Extension.objects.filter(programme=model.code, year=year, until__gte=timezone.localdate())
    return list(running.values_list("area__path", "until"))


def _managed(user: User) -> tuple[str, ...]:
    areas = Area.objects.filter(pk__in=user.area_ids(Ability.MANAGE))
    return tuple(areas.values_list("path", flat=True))


@require_http_methods(["GET", "POST"])
def extensions(request: HttpRequest, programme: str, year: int) -> HttpResponse:
    """List for which of the reader's areas a round goes on; whoever manages areas extends it for them."""
    model, collecting, user = _round(request, programme, year)
    form = ExtensionForm(request.POST or None, initial={"codes": request.GET.get("code", "")})
    if request.method == "POST" and form.is_valid() and _extend(form, model, year, user):
        messages.success(request, _("The round goes on there."))
        return redirect("extensions", model.code, year)
    known = Extension.objects.filter(programme=model.code, year=year, area__in=Area.objects.visible_to(user))
    page = Paginator(known.select_related("area", "by").order_by("-until", "-pk"), PAGE)
    context = {
        **_heading(model, collecting, "extensions"),
        "page_obj": page.get_page(request.GET.get("page")),
        "form": form if user.can(Ability.MANAGE) else None,
        "today": timezone.localdate(),
    }
    return render(request, "programmes/progress_extensions.html", context, status=422 if form.errors else 200)


def _extend(form: ExtensionForm, model: type[Record], year: int, user: User) -> bool:
    """Extend the round as the form says; else say in the form why not."""
    areas = []
    for code in form.cleaned_data["codes"]:
        area = find_area(user, code, year_end(year))
        if area is None:
            words = _("No place of yours had the code %(code)s in %(year)s.") % {"code": code, "year": year}
            form.add_error("codes", words)
            return False
        areas.append(area)
    until, reason = form.cleaned_data["until"], form.cleaned_data["reason"]
    try:
        with transaction.atomic():
            for area in areas:
                extend_round(model, year=year, area=area, until=until, reason=reason, by=user)
    except Refused as refused:
        form.add_error(None, str(refused))
        return False
    return True
