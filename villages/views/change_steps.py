"""What a keeper does with a change: see what it would do, apply it, and take it back."""

from __future__ import annotations

from collections.abc import Container, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from povtrack.accounts.roles import Role
from povtrack.lib.replica.reading import needs_primary
from villages.actions import ChangeRefused, Preview, preview_change, revert_change
from villages.actions.seen import NotAsSeen, Undoing, apply_seen, preview_revert, seen
from villages.changes.effects import Effect
from villages.changes.people import Affected, Reach
from villages.filters import visible_areas
from villages.levels import Level
from villages.models import BoundaryChange, Succession
from villages.views.changes import page_of
from villages.views.keepers import keeper_of, kept_change

State = BoundaryChange.State
# As many problems, people and totals as a page shows; of the others it tells how many they are.
MOST = 100


@require_GET
def change_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """What a draft would do: a part of its page for the script (`?part=1`), else a page of its own.

    Context: see `_told`, and for the page `page_of`.
    """
    change, user = kept_change(request, pk), keeper_of(request)
    if change.state != State.DRAFT:
        return redirect("change", pk=pk)
    needs_primary("a preview applies the change and takes it back")
    preview = preview_change(change=change, by=user)
    # Totals and people above the reader's areas are not theirs to see.
    areas = {effect.area for effect in preview.effects if effect.area}
    areas |= {role.jurisdiction.area_id for role in preview.reach}
    mine = set(visible_areas(request).filter(pk__in=areas).values_list("pk", flat=True))
    context = _told(change, preview, mine)
    if request.GET.get("part"):
        return render(request, "villages/parts/change_preview.html", context)
    return render(request, "villages/change_preview.html", page_of(request, change, **context))


@require_POST
def change_apply(request: HttpRequest, pk: int) -> HttpResponse:
    """Apply a draft that was seen: `seen` is what its preview was computed from. Anything else shows it again."""
    change, user = kept_change(request, pk), keeper_of(request)
    if change.state == State.APPLIED:
        messages.info(request, _("This change is applied."))
        return redirect("change", pk=pk)
    try:
        apply_seen(change=change, seen=request.POST.get("seen", ""), by=user)
    except NotAsSeen as differs:
        messages.warning(request, f"{differs} {_('Nothing was applied. Look at what it would do now.')}")
    except ChangeRefused as refused:
        change.refresh_from_db(fields=["state"])
        if change.state == State.APPLIED:
            messages.info(request, _("This change is applied."))
        else:
            reasons = [str(problem) for problem in refused.problems[:3]] or [str(refused)]
            messages.error(request, " ".join([*reasons, _("Edit the draft, or first change what stands in its way.")]))
    else:
        messages.success(request, _("The change is applied. Totals are being computed anew."))
    return redirect("change", pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def change_revert(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, telling what it would do, and then revert an applied change. `?part=1` is what it would do alone."""
    change, user = kept_change(request, pk), keeper_of(request)
    if change.state != State.APPLIED:
        return redirect("change", pk=pk)
    if request.method == "POST":
        return _revert(request, change)
    if not request.GET.get("part") and not request.GET.get("now"):
        return render(request, "villages/change_revert.html", page_of(request, change, section="registry"))
    context = _undone(request, change, preview_revert(change=change, by=user))
    if request.GET.get("part"):
        return render(request, "villages/parts/change_undoing.html", context)
    return render(
        request, "villages/change_revert.html", page_of(request, change, **{**context, "section": "registry"})
    )


def _revert(request: HttpRequest, change: BoundaryChange) -> HttpResponse:
    try:
        revert_change(change=change, by=keeper_of(request))
    except ChangeRefused as refused:
        reasons = [str(problem) for problem in refused.problems[:3]]
        messages.error(request, " ".join([_("The change was not reverted."), *(reasons or [str(refused)])]))
    else:
        messages.success(request, _("The change is reverted. All stands as it did before."))
    return redirect("change", pk=change.pk)


def _undone(request: HttpRequest, change: BoundaryChange, undoing: Undoing) -> dict[str, Any]:
    """What a look ahead at a revert shows: `undoing`, `problems`, `moved`, `reaching` and `more_reaching`."""
    areas = [role.jurisdiction.area_id for role in undoing.reach]
    mine = set(visible_areas(request).filter(pk__in=areas).values_list("pk", flat=True))
    reaching = [_reach(role) for role in undoing.reach if role.jurisdiction.area_id in mine][:MOST]
    return {
        "change": change,
        "undoing": undoing,
        "problems": _first(undoing.problems),
        "moved": _moved(undoing.moved),
        "reaching": reaching,
        "more_reaching": len(undoing.reach) - len(reaching),
    }


def _told(change: BoundaryChange, preview: Preview, mine: Container[int]) -> dict[str, Any]:
    """What a preview shows; of totals and of people whose place goes on only those of the areas `mine`.

    `possible`, `refusal`, `problems` and `more_problems`, `warnings`, `moved` (word, count), `shares` (old, new, share,
    back, reason), `moving` and `deciding` (user, role, area, to), `reaching` (user, role, area, gains, losses) and how
    many more these are (`more_reaching`), `records` and `totals` (what, lines), `more_totals`,
    `kept` (totals that stay) and how many these are (`same`), `seen`.
    """
    effects = [effect for effect in preview.effects if effect.area is None or effect.area in mine]
    records = [effect for effect in effects if not effect.basis]
    differing = [effect for effect in effects if effect.basis and effect.before != effect.after]
    kept = [effect for effect in effects if effect.basis and effect.before == effect.after]
    reaching = [_reach(role) for role in preview.reach if role.jurisdiction.area_id in mine][:MOST]
    return {
        "change": change,
        "possible": preview.possible,
        "refusal": preview.refusal,
        "problems": _first(preview.problems),
        "more_problems": max(0, len(preview.problems) - MOST),
        "warnings": _first(preview.warnings),
        "moved": _moved(preview.moved),
        "shares": [_share(row) for row in preview.shares if row.share != 1][:MOST],
        "moving": [_person(person) for person in preview.people if person.moved_to][:MOST],
        "deciding": [_person(person) for person in preview.people if not person.moved_to][:MOST],
        "people": len(preview.people),
        "reaching": reaching,
        "more_reaching": len(preview.reach) - len(reaching),
        "records": _totals(records),
        "totals": _totals(differing[:MOST]),
        "differing": len(differing),
        "more_totals": max(0, len(differing) - MOST),
        "same": len(kept),
        "kept": [{"effect": effect, "basis": _basis(effect)} for effect in kept[:MOST]],
        "seen": seen(change, preview) if preview.possible else "",
    }


def _first(rows: list[Any]) -> list[Any]:
    return rows[:MOST]


def _moved(moved: Mapping[int, int]) -> list[dict[str, Any]]:
    return [{"word": Level(level).word, "count": count} for level, count in sorted(moved.items())]


def _share(row: Succession) -> dict[str, Any]:
    return {
        "old": row.old,
        "new": row.new,
        "share": row.share,
        "back": row.share_back,
        "reason": row.get_reason_display(),
    }


def _person(person: Affected) -> dict[str, Any]:
    held = person.jurisdiction
    return {
        "user": held.user,
        "role": Role(held.role).label,
        "area": person.ended,
        "to": person.moved_to,
    }


def _reach(role: Reach) -> dict[str, Any]:
    held = role.jurisdiction
    return {
        "user": held.user,
        "role": Role(held.role).label,
        "area": held.area,
        "gains": _moved(role.gains),
        "losses": _moved(role.losses),
        "takes": bool(role.gains),
        "gives": bool(role.losses),
    }


def _totals(effects: list[Effect]) -> list[dict[str, Any]]:
    """Totals that would differ, by what they count and on which boundaries, in the order in which they were told."""
    groups: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for effect in effects:
        groups.setdefault((str(effect.what), _basis(effect)), []).append({"effect": effect})
    return [{"what": what, "basis": basis, "lines": lines} for (what, basis), lines in groups.items()]


def _basis(effect: Effect) -> str:
    words = {"recorded": _("boundaries of each year"), "current": _("boundaries of today")}
    return words.get(effect.basis, effect.basis)
