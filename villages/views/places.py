"""The pages of places: finding one, and one place with its life and its parts."""

from __future__ import annotations

from typing import Any

from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from povtrack.accounts.requests import user_of
from povtrack.accounts.roles import Ability
from povtrack.lib.pages import sliced
from villages.descent import Descent, descent_of, picture_of
from villages.designations import designations_of
from villages.filters import AreaFilter, visible_areas
from villages.hits import hits
from villages.levels import Level
from villages.models import Area, OpenQuestion
from villages.questions import changes_read_by
from villages.search import MOST
from villages.timeline import Form, Taken, changes_of, forms_of
from villages.views.within import within

PAGE = 50


@require_GET
def places(request: HttpRequest) -> HttpResponse:
    """Find places. With nothing asked for, show the reader's own areas to start from.

    Context: `form` (q, level, within, ...), `searched`, `hits` (see `villages.hits.hit`), `page` (number, next_url,
    previous_url), and on its last page `limit` when the search gave up there.
    """
    asked = any(request.GET.get(name) for name in AreaFilter.base_filters)
    filters = AreaFilter(request.GET, queryset=visible_areas(request), request=request)
    found = filters.qs if asked else visible_areas(request).filter(pk__in=user_of(request).area_ids(Ability.READ))
    valid = not asked or filters.is_valid()
    page = sliced(request, found.order_by("line" if "line" in found.query.annotations else "pk"), PAGE, empty=not valid)
    context = {
        "section": "places",
        "form": filters.form,
        "searched": asked,
        "hits": hits(page.rows, filters.form.cleaned_data.get("q", "") if asked and valid else ""),
        "page": page,
        "limit": MOST if page.number * PAGE >= MOST and len(page.rows) == PAGE else None,
    }
    return render(request, "villages/places.html", context, status=200 if valid else 400)


@require_GET
def place(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one place.

    Context: `area`, `level_word`, `trail`, `counts` (word, count) of what stands below, `figures_url` and `admin_url`
    (or empty), `forms` (see `villages.timeline.Form`), `changes`, `descent` and `picture` (see `villages.descent`),
    `steps` (its steps as a list), `designations`, `questions`, `within` (see `villages.views.within`), `keeps` (the
    reader keeps the registry here), and the ids of the places (`readable`) and changes (`opens`) named on the page that
    the reader may open.
    """
    area = visible_areas(request).filter(pk=pk).first()
    if area is None:
        raise Http404(_("There is no such place among yours."))
    life = _life(request, area)
    parts = within(request, area, life["forms"][-1].since if life["forms"] else None)
    context = {
        "section": "places",
        "area": area,
        "level_word": Level(area.level).word,
        "trail": _trail(request, area),
        "counts": _counts(area),
        "figures_url": f"{reverse('figures')}?area={area.pk}" if area.level < Level.VILLAGE else "",
        "admin_url": reverse("admin:villages_area_change", args=[area.pk]) if user_of(request).is_staff else "",
        "designations": designations_of(area),
        "within": parts,
        **life,
    }
    return render(request, "villages/place.html", context, status=400 if parts.problem else 200)


def _life(request: HttpRequest, area: Area) -> dict[str, Any]:
    """What happened to a place, as far as it is the reader's to see."""
    keeps = Area.objects.visible_to(user_of(request), Ability.KEEP_REGISTRY).filter(pk=area.pk).exists()
    forms, changes, descent = forms_of(area), changes_of(area, drafts=keeps), descent_of(area)
    return {
        "forms": forms,
        "changes": changes,
        "descent": descent,
        "picture": picture_of(descent),
        "steps": descent.steps,
        "readable": _readable(request, descent, [form.parent for form in forms], changes),
        "opens": _opens(request, forms, changes, descent),
        "keeps": keeps,
        "questions": list(OpenQuestion.objects.filter(area=area, answered_at=None).order_by("pk")) if keeps else [],
    }


def _readable(request: HttpRequest, descent: Descent, parents: list[Area | None], changes: list[Taken]) -> set[int]:
    """Which of the places that the page names lie within the reader's areas. One query."""
    named = {place.pk for step in descent.before + descent.after for place in (step.old, step.new) if place}
    named |= {parent.pk for parent in parents if parent}
    for taken in changes:
        named |= {place.pk for step in taken.follows for place in (step.old, step.new) if place}
        named |= {place.pk for row in taken.moves for place in (row.area, row.parent, row.was_parent) if place}
    return set(visible_areas(request).filter(pk__in=named).values_list("pk", flat=True))


def _opens(request: HttpRequest, forms: list[Form], changes: list[Taken], descent: Descent) -> set[int]:
    """Which of the changes that the page names the reader may open. Two queries."""
    named = {act.pk for form in forms for act in form.acts + form.ended_by}
    named |= {taken.change.pk for taken in changes} | {step.change_id for step in descent.steps}
    return set(changes_read_by(user_of(request)).filter(pk__in=named).values_list("pk", flat=True))


def _trail(request: HttpRequest, area: Area) -> list[dict[str, str | None]]:
    """The areas above as breadcrumbs; only those within the reader's areas lead anywhere."""
    above = area.ancestors()
    seen = set(visible_areas(request).filter(pk__in=area.ancestor_ids).values_list("pk", flat=True))
    return [{"label": str(up), "url": reverse("place", args=[up.pk]) if up.pk in seen else None} for up in above]


def _counts(area: Area) -> list[dict[str, Any]]:
    """How many standing places of each level lie below; of the nation the provinces, for it would read every row."""
    if area.level == Level.NATION:
        return [{"word": Level.PROVINCE.word, "count": area.children.standing().count()}]
    below = Area.objects.standing().within(area).filter(level__gt=area.level).values("level")
    counted = below.annotate(count=Count("pk")).order_by("level")
    return [{"word": Level(row["level"]).word, "count": row["count"]} for row in counted]
