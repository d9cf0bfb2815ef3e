"""Boundary changes to be read: the list, and the page of one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from povtrack.accounts.requests import user_of
from povtrack.accounts.roles import Ability
from povtrack.lib.pages import sliced
from villages.changes.telling import (
    count_words,
    follow_words,
    rows_of,
    sentence,
    sentences,
    successions_of,
    told,
)
from villages.filters import readers_paths, visible_areas
from villages.forms import SharesForm
from villages.forms.filled import filled
from villages.forms.picks import Pick, find, read
from villages.lineage import follows_seen, parts_seen
from villages.models import BoundaryChange, ChangedArea, Succession
from villages.questions import changes_of
from villages.views.keepers import keeper_of, read_change

PAGE = 50
SUCCESSIONS = 100
State = BoundaryChange.State


class ChangeFilter(forms.Form):
    """What the list of changes can be narrowed by; the place is picked beside it."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"),
        choices=[("", gettext_lazy("all kinds")), *BoundaryChange.Kind.choices],
        required=False,
    )
    state = forms.ChoiceField(
        label=gettext_lazy("State"),
        choices=[("", gettext_lazy("all states")), *BoundaryChange.State.choices],
        required=False,
    )
    year = forms.IntegerField(label=gettext_lazy("Year"), min_value=1000, max_value=9998, required=False)
    q = forms.CharField(label=gettext_lazy("Title or document"), max_length=100, required=False)

    def narrowed(self, changes: QuerySet[BoundaryChange]) -> QuerySet[BoundaryChange]:
        asked = self.cleaned_data
        for name in ("kind", "state"):
            changes = changes.filter(**{name: asked[name]}) if asked[name] else changes
        if asked["year"]:
            changes = changes.filter(effective__year=asked["year"])
        if asked["q"]:
            changes = changes.filter(Q(title__icontains=asked["q"]) | Q(document_no__icontains=asked["q"]))
        return changes


@require_GET
def changes(request: HttpRequest) -> HttpResponse:
    """List the changes that touch the keeper's areas, newest first.

    Context: `form` (see `ChangeFilter`), `place` (a Pick), `lines` (change, title, url, day), `page`, `asked`.
    """
    user = keeper_of(request)
    form = ChangeFilter(request.GET)
    place = read(request.GET, "place")
    find([place], user, timezone.localdate())
    if place.area:
        place.errors.clear()  # it need not stand today to have had changes
    valid = form.is_valid() and not place.errors
    rows = changes_of(user)
    if valid:
        rows = form.narrowed(rows)
        rows = rows.filter(_naming(place)) if place.area else rows
    page = sliced(request, rows.order_by("-effective", "-pk"), PAGE, empty=not valid)
    words = sentences([change for change in page.rows if not change.title])
    context = {
        "section": "registry",
        "form": form,
        "place": place,
        "lines": [_line(change, words.get(change.pk, "")) for change in page.rows],
        "page": page,
        "asked": any(request.GET.get(name) for name in ("kind", "state", "year", "q", "place")),
    }
    return render(request, "villages/change_list.html", context, status=200 if valid else 400)


def _naming(place: Pick) -> Exists:
    return Exists(ChangedArea.objects.filter(area=place.area, change=OuterRef("pk")))


def _line(change: BoundaryChange, words: str) -> dict[str, Any]:
    return {
        "change": change,
        "title": change.title or words,
        "url": reverse("change", args=[change.pk]),
        "day": change.day_words,
    }


@require_GET
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one change to whoever may read one of its places; its keepers find there what they can do.

    Context: see `page_of`.
    """
    return render(request, "villages/change.html", page_of(request, read_change(request, pk)))


def page_of(request: HttpRequest, found: BoundaryChange, **more: Any) -> dict[str, Any]:
    """What the page of a change shows.

    `change`, `title`, `words` (what it does), `day`, `keeps` (the reader may change it), `rows` (see `_rows`), `page`,
    `count` (of places, in words; a reader sees those that concern their areas), `follows` (old, new, share, back,
    reason), `shares` (the form of a draft's shares), `editable` (its places can be edited in its form), `urls`.
    """
    user = user_of(request)
    paths = readers_paths(request)
    rows = rows_of(found).filter(pk__in=parts_seen(paths).filter(change=found).order_by().values("pk"))
    page = sliced(request, rows, PAGE)
    keeps = user.can(Ability.KEEP_REGISTRY) and changes_of(user).filter(pk=found.pk).exists()
    seen = follows_seen(paths).filter(change=found).order_by().values("pk")
    follows = list(successions_of(found).filter(pk__in=seen)[: SUCCESSIONS + 1])
    draft = found.state == State.DRAFT
    words = sentence(found)
    return {
        "section": "registry" if keeps else "places",
        "change": found,
        "title": found.title or words,
        "words": words if found.title else "",
        "day": found.day_words,
        "keeps": keeps,
        "rows": _rows(request, found, page.rows),
        "page": page,
        "count": count_words(rows.order_by().count()),
        "follows": [_follow(follow) for follow in follows[:SUCCESSIONS]],
        "more_follows": len(follows) > SUCCESSIONS,
        "shares": SharesForm.of(follows) if draft and keeps and len(follows) <= SUCCESSIONS else None,
        "editable": draft and keeps and filled(found) is not None,
        "urls": {name: reverse(f"change-{name}", args=[found.pk]) for name in STEPS},
        **more,
    }


STEPS = ("edit", "discard", "shares", "preview", "apply", "revert")


def _rows(request: HttpRequest, found: BoundaryChange, rows: list[ChangedArea]) -> list[dict[str, Any]]:
    """The places of a page: told (see `Told`), level_word, url of the place, or "" if it is not the reader's."""
    lines = told(found, rows)
    ids = [line.area_id for line in lines if line.area_id]
    seen = set(visible_areas(request).filter(pk__in=ids).values_list("pk", flat=True))
    return [
        {
            "told": line,
            "level_word": line.level.word,
            "url": reverse("place", args=[line.area_id]) if line.area_id in seen else "",
        }
        for line in lines
    ]


def _follow(follow: Succession) -> dict[str, Any]:
    old, new = follow_words(follow)
    return {
        "old": old,
        "new": new,
        "share": follow.share,
        "back": follow.share_back,
        "reason": follow.get_reason_display() if follow.share is not None else "",
    }
