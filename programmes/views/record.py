"""One record: its figures, all that happened to it, and what its reader may do about it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from povtrack.accounts.models import User
from povtrack.accounts.roles import Ability
from povtrack.lib.figures import shown
from programmes.actions import Refused, add_remark, approve_records, reopen_records, return_records
from programmes.actions.scope import open_to
from programmes.cell_history import figure_said
from programmes.deadlines import Deadline, deadlines_of
from programmes.models import LOCKED, OPEN, Record, Remark, ReviewStep, State
from programmes.registry import get_programme_or_404
from programmes.review_diff import differences, entries_of, last_approved
from programmes.review_page import read_chosen
from programmes.review_steps import steps_of, waiting_for
from programmes.unlikely import Unlikely, kept_text, unlikely_in
from programmes.views.outcomes import tell
from programmes.views.scope import area_or_404, kind_or_404, trail_of, year_urls
from villages.models import Area

MOST = 100  # of steps, remarks and entries; the latest


@require_http_methods(["GET", "POST"])
def record(request: HttpRequest, programme: str, year: int, code: str) -> HttpResponse:
    """Show one place's record of a programme, year and kind; a posted form remarks, approves, returns or reopens."""
    model, user = get_programme_or_404(programme), request.user
    assert isinstance(user, User)
    area = area_or_404(user, code, year)
    if area.level != model.level:
        words = {"name": area.name, "level": model.level.word}
        raise Http404(_("%(name)s is not a %(level)s.") % words)
    kind = kind_or_404(request, model)
    error = ""
    if request.method == "POST":
        error = _act(request, model, year, area, kind, user)
        if not error:
            return redirect(request.get_full_path())
    context = {**_context(request, model, year, area, kind, user), "code": code, "error": error, "post": request.POST}
    return render(request, "programmes/review_record.html", context, status=422 if error else 200)


def _act(request: HttpRequest, model: type[Record], year: int, area: Area, kind: str, user: User) -> str:
    """Do what the form asks for, and return what is wrong with it ("" is nothing)."""
    post, action = request.POST, request.POST.get("action", "")
    seen = read_chosen(post.getlist("record"))
    about: dict[str, Any] = {"year": year, "area": area, "by": user, "breakdown": kind}
    reason: dict[str, Any] = {"reason": post.get("reason", "")}
    actions: dict[str, Callable[[], Any]] = {
        "approve": lambda: approve_records(model, seen=seen, **about),
        "return": lambda: return_records(model, seen=seen, **reason, **about),
        "reopen": lambda: reopen_records(model, seen=seen, until=_day(post.get("until", "")), **reason, **about),
    }
    try:
        if action == "remark":
            measure = post.get("measure", "")
            figure = post.get(f"figure-{measure}")
            add_remark(model, measure=measure, figure=figure, text=post.get("text", ""), **about)
            messages.success(request, _("The remark is kept."))
        elif action in actions:
            tell(request, action, actions[action]())
    except Refused as refused:
        return str(refused)
    return ""


def _day(text: str) -> dt.date:
    """Read a day of a form; raises Refused."""
    try:
        day = parse_date(text)
    except ValueError:
        day = None
    if day is None:
        raise Refused(_("“%(text)s” is no day. Write it as 2011-12-31.") % {"text": text[:40]})
    return day


def _context(request: HttpRequest, model: type[Record], year: int, area: Area, kind: str, user: User) -> dict[str, Any]:
    """What the page shows. Its queries do not grow with the record's history."""
    found: Any = model.objects.filter(area=area, year=year, breakdown=kind)
    standing = found.select_related("entered_by", "submitted_by", "county").first()
    of_record = {"programme": model.code, "year": year, "area": area, "breakdown": kind}
    remarks = list(Remark.objects.filter(**of_record).select_related("by").order_by("-at", "-pk")[:MOST])
    steps = list(ReviewStep.objects.filter(**of_record).select_related("by").order_by("-at", "-pk")[:MOST])
    was = last_approved(model, [standing.pk]).get(standing.pk) if standing else None
    flags = unlikely_in(model, year, [standing.county_id], [area.pk]) if standing else []
    of_kind = model.kind_of(kind)
    deadline = deadlines_of(model, year, [area.pk]).get((area.pk, kind)) if standing else None
    if standing and standing.state in LOCKED:
        deadline = None  # it came back in time
    return {
        "section": "work",
        "programme": {"code": model.code, "label": model.label},
        "year": year,
        "area": area,
        "kind": of_kind,
        "kinds": [
            {"label": k.label, "url": f"{request.path}?kind={k.code}", "current": k.code == kind} for k in model.kinds
        ],
        "trail": trail_of(user, area, "progress-area", programme=model.code, year=year),
        "year_urls": year_urls(model, area, year, "record"),
        "record": standing,
        "state_row": _state(standing),
        "chosen": f"{area.pk}:{standing.version}:{kind}" if standing else "",
        "figures": _figures(model, kind, standing, [f for f in flags if f.breakdown == kind]),
        "was_approved": was.approved_at if was else None,
        "differences": differences(model, was, standing) if was and standing.state != State.APPROVED else [],
        "story": _story(model, standing, steps, remarks),
        "kept": {name: kept_text(figure) for name, figure in standing.figures().items()} if standing else {},
        "measures": [{"name": m.name, "label": m.verbose_name} for m in model.measures()],
        "deadline": deadline,
        **_may(model, year, area, user, standing, deadline),
    }


def _state(standing: Any) -> dict[str, Any]:
    """How the record stands, as the chip of a row shows it."""
    if standing is None:
        return {"state": "", "state_label": "", "nil": False}
    return {"state": standing.state, "state_label": standing.get_state_display(), "nil": standing.nil}


def _may(
    model: type[Record], year: int, area: Area, user: User, standing: Any, deadline: Deadline | None
) -> dict[str, bool]:
    """What this reader may do here."""
    steps = steps_of(user, area)
    is_open, is_approvable = open_to(model, year, area)
    state = standing.state if standing else ""
    can_enter = Area.objects.visible_to(user, Ability.ENTER).filter(pk=area.pk).exists()
    return {
        "can_approve": is_approvable and bool(steps) and state in waiting_for(steps),
        "confirms": bool(steps) and State.APPROVED not in steps,
        "can_return": is_open and bool(steps) and state in (State.SUBMITTED, State.CONFIRMED),
        "can_reopen": bool(steps) and (state in LOCKED or (deadline is not None and state in OPEN)),
        "can_remark": bool(steps) or can_enter,
    }


def _figures(model: type[Record], kind: str, standing: Any, flags: list[Unlikely]) -> list[dict[str, Any]]:
    of_kind = model.kind_of(kind)
    return [
        {
            "label": measure.verbose_name,
            "unit": measure.unit_for(of_kind),
            "text": shown(getattr(standing, measure.name, None), missing=""),
            "flags": [flag for flag in flags if flag.measure == measure.name],
        }
        for measure in model.measures()
    ]


def _story(model: type[Record], standing: Any, steps: list[ReviewStep], remarks: list[Remark]) -> list[dict[str, Any]]:
    """All that happened, the latest first: entries, steps of review and remarks."""
    labels = {measure.name: measure.verbose_name for measure in model.measures()}
    story: list[dict[str, Any]] = [
        {"at": s.at, "by": s.by.label, "what": s.get_kind_display(), "text": s.reason, "until": s.until} for s in steps
    ]
    story += [
        {"at": r.at, "by": r.by.label, "what": _("remark on “%(figure)s”") % {"figure": labels.get(r.measure, "")},
         "on": figure_said(model, r), "text": r.text}
        for r in remarks
    ]  # fmt: skip
    if standing:
        story += [
            {
                "at": entry.at,
                "by": entry.by,
                "what": _("entered"),
                "text": "",
                "differences": entry.differences,
                "first": entry.first,
            }
            for entry in entries_of(standing, MOST)
        ]
    return sorted(story, key=lambda event: event["at"], reverse=True)
