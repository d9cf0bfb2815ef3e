"""What lets the grid be used without a connection: its worker, the manifest, and the page of what is kept."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, wraps
from pathlib import Path
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from programmes.grid_words import kept_words

KEEP = "X-Keep-Here"


def tells_whose(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Let the answers of a page name the person they are for, so that the worker never serves them to another."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.headers["X-Signed-In"] = str(request.user.pk)
        return response

    return answer


@require_safe
def kept(request: HttpRequest) -> HttpResponse:
    """Show what this person's browser keeps on this computer; the list itself is the browser's."""
    context = {"section": "work", "config": {"user": request.user.pk, "words": kept_words()}}
    response = render(request, "programmes/kept.html", context)
    response.headers[KEEP] = "1"
    return response


@login_not_required
@require_safe
def worker(_request: HttpRequest) -> HttpResponse:
    """The service worker. Its address bounds what it sees; browsers ask for it anew at each visit."""
    return HttpResponse(_source(), content_type="text/javascript", headers={"Cache-Control": "no-cache"})


@cache
def _source() -> str:
    found = finders.find("offline/worker.js")
    assert isinstance(found, str)
    return Path(found).read_text()


@login_not_required
@require_safe
def manifest(_request: HttpRequest) -> JsonResponse:
    """What a computer or phone needs to install povtrack beside its programs."""
    return JsonResponse(
        {
            "name": "Povtrack",
            "short_name": "Povtrack",
            "description": _("Figures of poverty-reduction programmes, village by village"),
            "start_url": reverse("work"),
            "scope": "/",
            "display": "standalone",
            "background_color": "#ffffff",
            "theme_color": "#1f7a45",
            "icons": [{"src": static("icon.svg"), "sizes": "any", "type": "image/svg+xml", "purpose": "any"}],
        },
        content_type="application/manifest+json",
    )
