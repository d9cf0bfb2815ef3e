"""The pages of designation lists: which there are, the members of one, and the lines that no place was found for."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from povtrack.accounts.models import User
from povtrack.accounts.requests import user_of
from povtrack.accounts.roles import Ability
from povtrack.lib.pages import sliced
from villages.actions.designations import (
    LineRefused,
    match_membership,
    reopen_membership,
    set_aside_membership,
)
from villages.designations import name_of
from villages.designations.members import Tally, lines_in_order, tallies
from villages.designations.questions import questions_about, unmatched
from villages.designations.scope import lines_of
from villages.designations.suggestions import suggestions_for
from villages.levels import Level
from villages.models import Area, Designation, Membership
from villages.names import latin_beside
from villages.search import folded

PAGE = 50
WORKLIST_PAGE = 10


@require_GET
def designations(request: HttpRequest) -> HttpResponse:
    """List the designation lists.

    Context: `rows` (name, code, url, level_word, tally), `page`, `keeps` (the reader may work at unmatched lines).
    """
    user = user_of(request)
    page = sliced(request, Designation.objects.order_by("code"), PAGE)
    counted = tallies(page.rows, user)
    rows = [_head(row, counted[row.pk]) for row in page.rows]
    context = {"section": "places", "rows": rows, "page": page, "keeps": user.can(Ability.KEEP_REGISTRY)}
    return render(request, "villages/designations.html", context)


@require_GET
def designation(request: HttpRequest, code: str) -> HttpResponse:
    """Show one list with its members in the reader's areas, by province.

    Context: `designation` (see `_head`, with source and note), `groups` (province, lines), `page`,
    `keeps`, `figures_url`.
    """
    user = user_of(request)
    row = get_object_or_404(Designation, code=code)
    page = sliced(request, lines_in_order(row, user), PAGE)
    context = {
        "section": "places",
        "designation": {**_head(row, tallies([row], user)[row.pk]), "source": row.source, "note": row.note},
        "groups": _by_province(page.rows),
        "page": page,
        "keeps": user.can(Ability.KEEP_REGISTRY),
        "figures_url": reverse("figures-designation-newest", args=[row.code]),
    }
    return render(request, "villages/designation.html", context)


@require_GET
def worklist(request: HttpRequest) -> HttpResponse:
    """Show the lines that no place was found for, each with the places that it may mean.

    `?list=` keeps one list, `?aside=1` shows those that were set aside instead. Context: `lines` (see `_open_line`),
    `page`, `lists` (code, name, count, current), `aside`.
    """
    user = _keeper(request)
    aside = request.GET.get("aside") == "1"
    lines = _open_lines(user, set_aside=aside)
    chosen = request.GET.get("list", "")
    kept = lines.filter(designation__code=chosen) if chosen and "\0" not in chosen else lines
    order = ("designation__code", "listed_within", "pk")
    page = sliced(request, kept.select_related("designation").order_by(*order), WORKLIST_PAGE)
    asked = questions_about(page.rows)
    suggested = {} if aside else suggestions_for(page.rows, user)
    context = {
        "section": "registry",
        "lines": [_open_line(row, asked.get(row.pk), suggested.get(row.pk, [])) for row in page.rows],
        "page": page,
        "lists": _lists(lines, chosen),
        "chosen": chosen,
        "aside": aside,
        "here": request.get_full_path(),
    }
    return render(request, "villages/designation_worklist.html", context)


@require_http_methods(["POST"])
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Carry out one decision about a line: `action` is match (with `area`, or `code` and `on`), aside or reopen."""
    user = _keeper(request)
    line = lines_of(user, Ability.KEEP_REGISTRY).filter(pk=pk).select_related("designation").first()
    if line is None:
        raise Http404(_("There is no such line among yours."))
    try:
        words = _carry_out(request, line, user)
    except LineRefused as refusal:
        messages.error(request, f"{line.listed_name}: {refusal}")
    else:
        messages.success(request, f"{line.listed_name}: {words}")
    back = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return redirect(back if safe else reverse("designation-worklist"))


def _carry_out(request: HttpRequest, line: Membership, user: User) -> str:
    """Do what the form asks, and say what was done; raises LineRefused."""
    action = request.POST.get("action")
    if action == "match":
        area = _chosen(request, line, user)
        match_membership(membership=line, area=area, by=user)
        return _("matched to %(place)s.") % {"place": area}
    if action == "aside":
        set_aside_membership(membership=line, reason=request.POST.get("reason", ""), by=user)
        return _("set aside.")
    if action == "reopen":
        reopen_membership(membership=line, by=user)
        return _("waits for a decision again.")
    raise LineRefused(_("Choose what is to be done with this line."))


def _chosen(request: HttpRequest, line: Membership, user: User) -> Area:
    """The place that was clicked, or the one that carries the code that was typed; raises LineRefused."""
    areas = Area.objects.visible_to(user, Ability.KEEP_REGISTRY)
    clicked, code = request.POST.get("area", ""), folded(request.POST.get("code", ""))[:20]
    if clicked:
        found = (
            areas.filter(pk=int(clicked)).first()
            if clicked.isascii() and clicked.isdigit() and len(clicked) < 19
            else None
        )
        if found is None:
            raise LineRefused(_("There is no such place among yours."))
        return found
    if not code or "\0" in code:
        raise LineRefused(_("Type the code of the place."))
    then = line.listed_on or timezone.localdate()
    for day in (then, timezone.localdate()):
        found = areas.coded(code, day).filter(level=line.designation.level).first()
        if found:
            return found
    words = {"level": Level(line.designation.level).word, "code": code, "day": then.isoformat()}
    raise LineRefused(_("No %(level)s of yours had the code %(code)s on %(day)s, nor has it today.") % words)


def _keeper(request: HttpRequest) -> User:
    user = user_of(request)
    if not user.can(Ability.KEEP_REGISTRY):
        raise PermissionDenied
    return user


def _open_lines(user: User, *, set_aside: bool = False) -> QuerySet[Membership]:
    mine = lines_of(user, Ability.KEEP_REGISTRY)
    return unmatched(set_aside=set_aside).filter(pk__in=mine.values("pk"))


def _lists(lines: QuerySet[Membership], chosen: str) -> list[dict[str, Any]]:
    """The lists that have such lines, with how many."""
    counts = dict(lines.order_by().values_list("designation").annotate(n=Count("pk")))
    rows = Designation.objects.filter(Q(pk__in=counts) | Q(code=chosen.replace("\0", "")))
    return [
        {"code": row.code, "name": name_of(row), "count": counts.get(row.pk, 0), "current": row.code == chosen}
        for row in rows.order_by("code")
    ]


def _head(row: Designation, tally: Tally) -> dict[str, Any]:
    return {
        "name": name_of(row),
        "code": row.code,
        "url": reverse("designation", args=[row.code]),
        "level_word": Level(row.level).word,
        "tally": tally,
    }


def _by_province(rows: list[Membership]) -> list[dict[str, Any]]:
    """The lines of a page under the provinces that they are shown with: province, lines (see `_line`)."""
    groups: list[dict[str, Any]] = []
    for row in rows:
        province = row.province_name or row.listed_within  # type: ignore[attr-defined]
        if not groups or groups[-1]["province"] != province:
            groups.append({"province": province, "lines": []})
        groups[-1]["lines"].append(_line(row))
    return groups


def _line(row: Membership) -> dict[str, Any]:
    area = row.area
    return {
        "pk": row.pk,
        "listed": row.listed_name,
        "listed_code": row.listed_code,
        "listed_on": row.listed_on,
        "within": row.listed_within,
        "since": row.valid.lower,
        "until": row.valid.upper,
        "evidence": row.get_evidence_display() if row.evidence != Membership.Evidence.PRINTED else "",
        "note": row.note,
        "area": area,
        "name": area.name if area else "",
        "name_latin": latin_beside(area.name_latin) if area else "",
        "url": reverse("place", args=[area.pk]) if area else "",
        "ended_on": area.ended_on if area else None,
    }


def _open_line(row: Membership, question: Any, suggested: list[Any]) -> dict[str, Any]:
    """One line of the worklist: as in `_line`, and the list, why it is open or what was decided, and suggestions."""
    return {
        **_line(row),
        "list": name_of(row.designation),
        "list_url": reverse("designation", args=[row.designation.code]),
        "level_word": Level(row.designation.level).word,
        "reason": question.reason if question else "",
        "answer": question.answer if question else "",
        "answered_by": question.answered_by.label if question and question.answered_by else "",
        "answered_at": question.answered_at if question else None,
        "suggestions": suggested,
        "url_decide": reverse("designation-decide", args=[row.pk]),
    }
