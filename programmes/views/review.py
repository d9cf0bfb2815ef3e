"""Review: the queue of what waits for the reader, and the page on which a county's records are looked at."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from povtrack.accounts.models import User
from povtrack.accounts.roles import Ability
from programmes.actions import Refused, approve_records, return_records
from programmes.actions.scope import open_to
from programmes.models import Round, State
from programmes.progress import progress_of
from programmes.review_page import ReviewPage, read_chosen, review_page
from programmes.review_queue import Line, queue_of, with_flags
from programmes.review_steps import steps_of
from programmes.views.outcomes import tell
from programmes.views.scope import codes_in, grid_place, kind_or_404, trail_of, year_urls
from villages.models import Area

PAGE = 20
ROWS = 300  # nearly all counties fit on one page, to be approved at once


@require_GET
def queue(request: HttpRequest) -> HttpResponse:
    """List what waits for the reader's review."""
    assert isinstance(request.user, User)
    lines, page = queue_page(request.user, request.GET.get("page"))
    context = {"section": "review", "lines": lines, "page_obj": page, "is_reviewer": request.user.can(Ability.REVIEW)}
    return render(request, "programmes/review_queue.html", context)


def queue_page(user: User, number: Any) -> tuple[list[dict[str, Any]], Page[Line]]:
    """Return one page of the queue, as its table shows it, and the page itself."""
    page = Paginator(queue_of(user), PAGE).get_page(number)
    lines = with_flags(page.object_list)
    order = {(line.model, line.year, line.area): at for at, line in enumerate(page.object_list)}
    lines.sort(key=lambda line: order[line.model, line.year, line.area])
    return list(_as_shown(lines)), page


def _as_shown(lines: list[Line]) -> Iterable[dict[str, Any]]:
    areas = Area.objects.in_bulk({line.area for line in lines})
    codes = {year: codes_in(year, {x.area for x in lines if x.year == year}) for year in {x.year for x in lines}}
    for line in lines:
        code = codes[line.year].get(line.area)
        yield {
            "programme": line.model.label,
            "year": line.year,
            "area": areas[line.area],
            "waiting": line.waiting,
            "flagged": line.flagged,
            "oldest": line.oldest,
            "url": reverse("review-area", args=[line.model.code, line.year, code]) if code else "",
        }


@require_http_methods(["GET", "POST"])
def review_area(request: HttpRequest, programme: str, year: int, code: str) -> HttpResponse:
    """Show what waits in a county or township, what is unlikely first; a posted form approves or returns."""
    model, area, user = grid_place(request, programme, year, code, Ability.REVIEW)
    kind = kind_or_404(request, model) if "kind" in request.GET else None
    error = ""
    if request.method == "POST":
        error = _act(request, area, user, ReviewPage(model, year, area, kind))
        if not error:
            return redirect(request.get_full_path())
    is_open, can_approve = open_to(model, year, area)
    page = review_page(ReviewPage(model, year, area, kind), user, request.GET.get("page"), ROWS)
    collecting = Round.objects.filter(programme=model.code, year=year).first()
    context = {
        "section": "review",
        "programme": {"code": model.code, "label": model.label, "summary": model.summary},
        "year": year,
        "area": area,
        "code": code,
        "trail": trail_of(user, area, "progress-area", programme=model.code, year=year),
        "year_urls": year_urls(model, area, year, "review-area"),
        "kinds": [
            {"label": k.label, "url": f"{request.path}?kind={k.code}", "current": k.code == kind} for k in model.kinds
        ],
        "kind": kind,
        "round": collecting,
        "is_open": is_open,
        "can_approve": can_approve,
        "late": progress_of(model, year, area, kind).late,
        "confirms": State.APPROVED not in steps_of(user, area),
        "error": error,
        "chosen": set(request.POST.getlist("record")),
        "reason": request.POST.get("reason", ""),
        **page,
    }
    return render(request, "programmes/review.html", context, status=422 if error else 200)


def _act(request: HttpRequest, area: Area, user: User, about: ReviewPage) -> str:
    """Approve or return what was chosen, and return what is wrong with the form ("" is nothing)."""
    chosen, action = read_chosen(request.POST.getlist("record")), request.POST.get("action")
    if action not in ("approve", "return"):
        return _("Choose whether to approve or to return.")
    if not chosen:
        return _("Choose at least one record.")
    words: dict[str, Any] = {"year": about.year, "area": area, "by": user, "breakdown": about.kind, "seen": chosen}
    try:
        if action == "return":
            if not request.POST.get("reason", "").strip():
                return _("Write why you return them, so that they can be mended.")
            outcome = return_records(about.model, reason=request.POST["reason"], **words)
            tell(request, "return", outcome)
        else:
            outcome = approve_records(about.model, **words)
            tell(request, "approve" if State.APPROVED in steps_of(user, area) else "confirm", outcome)
    except Refused as refused:
        return str(refused)
    return ""
