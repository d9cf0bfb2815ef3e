"""The first page of the registry: what is to be done, and what was done last."""

from __future__ import annotations

from typing import Any

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from povtrack.accounts.models import User
from povtrack.accounts.roles import Ability
from villages.changes.telling import sentences
from villages.designations.questions import unmatched
from villages.designations.scope import lines_of
from villages.models import BoundaryChange, ListReview, OpenQuestion
from villages.questions import changes_of, held, questions_of, reaches_all
from villages.views.keepers import keeper_of

LATEST = 6
State = BoundaryChange.State


@require_GET
def registry(request: HttpRequest) -> HttpResponse:
    """Show the state of the registry.

    Context: `tasks` (label, count, url, hint; only what waits), `next` (label, url: the one next thing to do),
    `drafts` and `latest` (change, words, url), `kinds` (value, label) of new changes.
    """
    user = keeper_of(request)
    changes = changes_of(user).order_by("-effective", "-pk")
    drafts = list(changes.filter(state=State.DRAFT).order_by("-pk")[: LATEST + 1])
    latest = list(changes.exclude(state=State.DRAFT).order_by("-applied_at")[:LATEST])
    words = sentences([*drafts, *latest])
    tasks = [*_reviews(user), *_lines(user), *_questions(user)]
    context = {
        "section": "registry",
        "tasks": tasks,
        "next": _next(drafts, tasks),
        "drafts": [_line(change, words) for change in drafts[:LATEST]],
        "more_drafts": len(drafts) > LATEST,
        "latest": [_line(change, words) for change in latest],
        "kinds": BoundaryChange.Kind.choices,
    }
    return render(request, "villages/registry.html", context)


def _line(change: BoundaryChange, words: dict[int, str]) -> dict[str, Any]:
    return {
        "change": change,
        "title": change.title or words[change.pk],
        "url": reverse("change", args=[change.pk]),
    }


def _next(drafts: list[BoundaryChange], tasks: list[dict[str, Any]]) -> dict[str, str]:
    """What to do next: finish what was begun, then what others wait for, then something new."""
    if drafts:
        words = ngettext("Finish the draft", "Finish the %(count)s drafts", len(drafts)) % {"count": len(drafts)}
        first = reverse("change", args=[drafts[0].pk])
        return {"label": words, "url": first if len(drafts) == 1 else f"{reverse('changes')}?state=draft"}
    if tasks:
        return {"label": tasks[0]["action"], "url": tasks[0]["url"]}
    return {"label": _("New boundary change"), "url": reverse("change-new")}


def _reviews(user: User) -> list[dict[str, Any]]:
    """Newer lists that wait for decisions; they concern whoever keeps the whole registry."""
    count = ListReview.objects.filter(state=ListReview.State.OPEN).count() if _keeps_all(user) else 0
    return _task(_("Newer lists to be reviewed"), _("Review the newer lists"), count, reverse("reviews"))


def _lines(user: User) -> list[dict[str, Any]]:
    mine = lines_of(user, Ability.KEEP_REGISTRY)
    count = unmatched().filter(pk__in=mine.values("pk")).count()
    words = _("Lines of designation lists without a place")
    return _task(words, _("Find the places of listed lines"), count, reverse("designation-worklist"))


def _questions(user: User) -> list[dict[str, Any]]:
    counts = dict(
        questions_of(user).filter(answered_at=None).order_by().values_list("kind").annotate(count=Count("pk"))
    )
    found = []
    for kind in OpenQuestion.Kind:
        label = _("Questions: %(kind)s") % {"kind": kind.label}
        url = f"{reverse('questions')}?kind={kind.value}"
        found += _task(label, _("Answer the open questions"), counts.get(kind.value, 0), url)
    return found


def _task(label: str, action: str, count: int, url: str) -> list[dict[str, Any]]:
    """A thing to do, if there is any."""
    return [{"label": label, "action": action, "count": count, "url": url}] if count else []


def _keeps_all(user: User) -> bool:
    return reaches_all(held(user, Ability.KEEP_REGISTRY))
