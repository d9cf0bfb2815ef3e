"""Pages of releases: the list, making one, one with its totals and its file, withdrawing it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from povtrack.accounts.models import User
from povtrack.accounts.requests import user_of
from povtrack.accounts.roles import Ability
from povtrack.lib.csvanswers import CSV, kept_file, send_file
from povtrack.lib.pages import sliced
from povtrack.rollups.releases.actions import begin_again, make_release, withdraw_release
from povtrack.rollups.releases.forms import ReleaseForm, WithdrawForm
from povtrack.rollups.releases.freezing import progress_of, seems_lost, table_of
from povtrack.rollups.releases.models import Release
from povtrack.rollups.releases.page import Look, may_release, release_context
from povtrack.rollups.releases.publishing import (
    FOR_EVER,
    TooOften,
    areas_of,
    is_public,
    kept_by_all,
    publish_release,
    readable_releases,
    readable_totals,
    require_patience,
    unpublish_release,
)
from povtrack.rollups.releases.rows import Scope, count_standing
from programmes.actions import Refused
from programmes.models import Round
from programmes.registry import programmes
from villages.models import Area

PAGE = 30


def release_or_404(user: Any, name: str) -> Release:
    """The release of that name, if its reader may read any of it; raises Http404."""
    people = ("area", "drafted_by", "withdrawn_by")
    found = readable_releases(user).filter(name=name).select_related(*people).first()
    if found is None:
        raise Http404(_("There is no release “%(name)s” with totals of yours.") % {"name": name})
    return found


def open_to_strangers(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Let a page be read by whoever is not signed in, where the installation publishes: as often as the API can be."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        if not settings.PUBLIC_RELEASES:
            return redirect_to_login(request.get_full_path())
        try:
            require_patience(request)
        except TooOften as often:
            wait = str(max(1, round(often.wait or 1)))
            return HttpResponse(_("You have asked too often."), status=429, headers={"Retry-After": wait})
        return view(request, *args, **kwargs)

    return login_not_required(answer)


@open_to_strangers
@require_GET
def releases(request: HttpRequest) -> HttpResponse:
    """List the releases that hold totals of the reader's, and those that everyone may read, the newest first."""
    user = request.user
    known = readable_releases(user).select_related("area", "drafted_by").order_by("-drafted_at", "-pk")
    may_make = isinstance(user, User) and user.can(Ability.RELEASE)
    context = {"section": "figures", "page": sliced(request, known, PAGE), "may_make": may_make}
    return render(request, "rollups/releases.html", context)


@require_http_methods(["GET", "POST"])
def release_new(request: HttpRequest) -> HttpResponse:
    """Ask what is to be frozen, show how much that is, and freeze it once it is confirmed."""
    user = user_of(request)
    if not user.can(Ability.RELEASE):
        raise PermissionDenied
    form = ReleaseForm(request.POST or None, user=user, initial=_first_choice(user))
    summary = None
    if request.method == "POST" and form.is_valid():
        if request.POST.get("action") == "freeze":
            try:
                return redirect("release", make_release(by=user, **form.asked()).name)
            except Refused as refused:
                form.add_error(None, str(refused))
        else:
            summary = _summary(form.asked())
    context = {"section": "figures", "form": form, "summary": summary}
    return render(request, "rollups/release_new.html", context, status=422 if form.errors else 200)


def _first_choice(user: User) -> dict[str, Any]:
    """All programmes, of the last year that has a round, of the highest area."""
    area = Area.objects.filter(pk__in=user.area_ids(Ability.RELEASE)).order_by("level", "code").first()
    year = Round.objects.order_by("-year").values_list("year", flat=True).first() or timezone.localdate().year
    code = area.code if area else ""
    return {"programmes": [m.code for m in programmes()], "first_year": year, "last_year": year, "code": code}


def _summary(asked: dict[str, Any]) -> dict[str, Any]:
    scope = Scope(asked["programmes"], asked["years"], asked["bases"], asked["area"].path, asked["lowest"])
    return {"rows": count_standing(scope), "area": asked["area"]}


@open_to_strangers
@require_GET
def release(request: HttpRequest, name: str) -> HttpResponse:
    """Show a release: what it is, how it is cited, and its totals by area; or how far its job is."""
    user, found = request.user, release_or_404(request.user, name)
    may = isinstance(user, User) and may_release(user, found)
    if not found.is_frozen:
        progress = progress_of(found.pk)
        is_lost = seems_lost(found, progress)
        context = {"section": "figures", "release": found, "progress": progress, "may_begin": may and is_lost}
        return render(request, "rollups/release_waiting.html", context)
    context = release_context(Look.of(request, found))
    is_colleague = isinstance(user, User) and (
        not settings.PUBLIC_RELEASES or Release.objects.visible_to(user).filter(pk=found.pk).exists()
    )
    others = readable_releases(user).exclude(pk=found.pk).exclude(state=Release.State.WAITING)
    context |= {
        "may_compare": is_colleague,
        "may_publish": may and settings.PUBLIC_RELEASES and found.state == Release.State.FROZEN,
        "is_public": is_public(found),
        "may_withdraw": may and found.state == Release.State.FROZEN,
        "citation": found.citation(request.build_absolute_uri(request.path)),
        "others": list(others.order_by("-known_at")[:PAGE]) if is_colleague else [],
    }
    return render(request, "rollups/release.html", context)


@require_GET
def release_state(request: HttpRequest, name: str) -> JsonResponse:
    """How far the job of a release is: busy, stale (nobody is at it), done, total."""
    found = release_or_404(user_of(request), name)
    progress = None if found.is_frozen else progress_of(found.pk)
    done, total = progress or (0, 0)
    return JsonResponse(
        {"busy": not found.is_frozen, "stale": seems_lost(found, progress), "done": done, "total": total}
    )


@require_POST
def release_again(request: HttpRequest, name: str) -> HttpResponse:
    """Begin the job of a release again."""
    found = release_or_404(user_of(request), name)
    try:
        begin_again(release=found, by=user_of(request))
    except Refused as refused:
        raise PermissionDenied(str(refused)) from refused
    return redirect("release", name)


@require_POST
def release_publish(request: HttpRequest, name: str) -> HttpResponse:
    """Let everyone read a release, or only colleagues again: `public` is yes or no."""
    found = release_or_404(user_of(request), name)
    act = publish_release if request.POST.get("public") == "yes" else unpublish_release
    try:
        act(release=found, by=user_of(request))
    except Refused as refused:
        raise PermissionDenied(str(refused)) from refused
    return redirect("release", name)


@require_http_methods(["GET", "POST"])
def release_withdraw(request: HttpRequest, name: str) -> HttpResponse:
    """Ask why a release is withdrawn, and withdraw it."""
    user, found = user_of(request), release_or_404(user_of(request), name)
    if not may_release(user, found):
        raise PermissionDenied
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            withdraw_release(release=found, reason=form.cleaned_data["reason"], by=user)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The release is withdrawn. Its rows stay, marked as withdrawn."))
            return redirect("release", name)
    context = {"section": "figures", "release": found, "form": form}
    return render(request, "rollups/release_withdraw.html", context, status=422 if form.errors else 200)


@open_to_strangers
@require_GET
def release_csv(request: HttpRequest, name: str) -> HttpResponseBase:
    """Download the rows of a release, as far as they are the reader's: for whoever may read all, the file cited.

    Raises RuntimeError where that file no longer has the SHA-256 that was written down: then somebody went round the
    triggers, and it must not be sent.
    """
    user, found = request.user, release_or_404(request.user, name)
    if not found.is_frozen:
        raise Http404(_("The release is not frozen yet."))
    is_whole = is_public(found) or areas_of(found, user).filter(pk=found.area_id).exists()
    with kept_file() as file:
        sent = table_of(found, file, None if is_whole else readable_totals(found, user))
        if is_whole and sent.sha256 != found.sha256:
            raise RuntimeError(f"The rows of release {found.name} are not those that were frozen: {sent.sha256}")
        answer = send_file(file, f"{found.name}.csv", CSV, sent.headers())
    if not user.is_authenticated:
        kept_by_all(answer, f"public, {FOR_EVER}")
    return answer
