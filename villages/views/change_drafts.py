"""Making, editing and discarding drafts of boundary changes, and giving them shares."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from povtrack.accounts.models import User
from povtrack.accounts.roles import Ability
from villages.actions import ChangeRefused, discard_draft
from villages.actions.drafts import draft_once, redraft_change, set_shares
from villages.changes.telling import successions_of
from villages.forms import FORMS, ChangeForm, DocumentForm, SharesForm, filled
from villages.forms.filled import document, started
from villages.models import Area, BoundaryChange
from villages.views.changes import page_of
from villages.views.keepers import keeper_of, kept_change

Kind = BoundaryChange.Kind
SAVE = "save"
# As many errors as the summary lists: a pasted column may have hundreds, and each stands at its box besides.
MOST_ERRORS = 10


@require_http_methods(["GET", "HEAD", "POST"])
def change_new(request: HttpRequest) -> HttpResponse:
    """Choose the kind of a new change, and fill in its form: `?kind=`, and `&area=` to start from a place.

    Context: `kinds`; or see `_page`. A POST with `action` other than "save" shows the form again, with more rows.
    """
    user = keeper_of(request)
    kind = request.GET.get("kind") or request.POST.get("kind", "")
    if kind not in FORMS:
        return render(request, "villages/change_new.html", {"section": "registry", "area": _area_id(request)})
    if request.method != "POST":
        return _page(request, _started(request, user, kind))
    form = FORMS[kind](user, request.POST)
    if request.POST.get("action") != SAVE:
        return _page(request, _again(form))
    return _save(request, form, user, None)


@require_http_methods(["GET", "HEAD", "POST"])
def change_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Edit a draft. One that its form could not have made keeps its places; only its document is edited."""
    change, user = _draft(request, pk), keeper_of(request)
    form = _form(change, user, request)
    if request.method != "POST":
        return _page(request, form, change)
    if request.POST.get("action") != SAVE:
        return _page(request, _again(form), change)
    return _save(request, form, user, change)


@require_http_methods(["GET", "HEAD", "POST"])
def change_discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, and then throw a draft away."""
    change, user = _draft(request, pk), keeper_of(request)
    if request.method != "POST":
        return render(request, "villages/change_discard.html", {**page_of(request, change), "section": "registry"})
    try:
        discard_draft(change=change, by=user)
    except ChangeRefused as refused:
        messages.error(request, str(refused))
        return redirect("change", pk=pk)
    messages.success(request, _("The draft is discarded."))
    return redirect("registry")


@require_POST
def change_shares(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep the shares of a draft as they were typed."""
    change, user = _draft(request, pk), keeper_of(request)
    form = SharesForm.of(successions_of(change), request.POST)
    if not form.is_valid():
        context = page_of(request, change, shares=form, summary=form.summary())
        return render(request, "villages/change.html", context, status=422)
    try:
        set_shares(change=change, shares=form.given(), by=user)
    except ChangeRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The shares are kept."))
    return redirect("change", pk=pk)


def _draft(request: HttpRequest, pk: int) -> BoundaryChange:
    change = kept_change(request, pk)
    if change.state != BoundaryChange.State.DRAFT:
        raise Http404(_("This change is no draft any more."))
    return change


def _form(change: BoundaryChange, user: User, request: HttpRequest) -> DocumentForm:
    kept = filled(change)
    data = request.POST if request.method == "POST" else None
    if kept is None:
        return DocumentForm(data, initial=document(change))
    initial, picks = kept
    return FORMS[change.kind](user, data, initial=initial, picks=picks)


def _started(request: HttpRequest, user: User, kind: str) -> ChangeForm:
    """A new form, about the place that the address names."""
    area = Area.objects.visible_to(user, Ability.KEEP_REGISTRY).filter(pk=_area_id(request) or 0).first()
    initial, picks = started(kind, area, timezone.localdate()) if area else ({}, {})
    return FORMS[kind](user, initial=initial, picks=picks)


def _area_id(request: HttpRequest) -> int | None:
    text = request.GET.get("area", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


def _again(form: DocumentForm) -> DocumentForm:
    """The form as it was sent, with places found and without complaints: more rows were asked for."""
    form.is_valid()
    form.errors.clear()
    for pick in (pick for picks in getattr(form, "picks", {}).values() for pick in picks):
        pick.errors = {"": pick.errors[""]} if pick.text and "" in pick.errors else {}
    return form


def _save(request: HttpRequest, form: DocumentForm, user: User, change: BoundaryChange | None) -> HttpResponse:
    if form.is_valid():
        try:
            return redirect("change", pk=_kept(form, user, change).pk)
        except ChangeRefused as refused:
            for reason in [str(problem) for problem in refused.problems] or [str(refused)]:
                form.add_error(None, reason)
    return _page(request, form, change, status=422)


def _kept(form: DocumentForm, user: User, change: BoundaryChange | None) -> BoundaryChange:
    document = {"effective": form.cleaned_data["effective"], **form.document()}
    if not isinstance(form, ChangeForm):
        assert change is not None
        return redraft_change(change=change, by=user, **document)
    made = form.draft()
    if change is not None:
        return redraft_change(change=change, parts=made.parts, follows=made.follows, by=user, **document)
    return draft_once(kind=form.kind.value, parts=made.parts, follows=made.follows, by=user, **document)


def _page(
    request: HttpRequest, form: DocumentForm, change: BoundaryChange | None = None, *, status: int = 200
) -> HttpResponse:
    """Show a form.

    Context: `form`, `boxes` (see `ChangeForm`), `kind`, `kind_word`, `summary` (id, words) of the first errors and how
    many `more_errors` there are, `back`.
    """
    kind = form.kind if isinstance(form, ChangeForm) else Kind(change.kind) if change else Kind.RENAME
    wrong = form.summary() if form.is_bound else []
    context: dict[str, Any] = {
        "section": "registry",
        "form": form,
        "boxes": form.boxes if isinstance(form, ChangeForm) else {},
        "kind": kind.value if isinstance(form, ChangeForm) else "",
        "kind_word": kind.label,
        "summary": wrong[:MOST_ERRORS],
        "more_errors": max(0, len(wrong) - MOST_ERRORS),
        "change": change,
        "back": reverse("change", args=[change.pk]) if change else reverse("registry"),
    }
    return render(request, "villages/change_form.html", context, status=status)
