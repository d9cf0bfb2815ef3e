"""My work: what is due for the areas of the person who signed in, and how far it is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from povtrack.accounts.models import User
from povtrack.accounts.roles import Ability
from programmes.models import Round
from programmes.progress import progress_by_area
from programmes.registry import find_programme, programmes
from programmes.views.review import queue_page
from programmes.views.scope import codes_in
from villages.levels import Level
from villages.models import Area

PAGE = 20


def work(request: HttpRequest) -> HttpResponse:
    """List open rounds by county: to enter for clerks; for reviewers what waits for them."""
    user: User = request.user  # type: ignore[assignment]
    known = {model.code: place for place, model in enumerate(programmes())}
    rounds = [one for one in Round.objects.all() if one.is_open() and one.programme in known]
    rounds.sort(key=lambda one: (one.due, known[one.programme], -one.year))
    entering = Paginator(_places(user, Ability.ENTER), PAGE).get_page(request.GET.get("page"))
    lines, reviewing = queue_page(user, request.GET.get("review_page")) if user.can(Ability.REVIEW) else ([], None)
    return render(
        request,
        "programmes/work.html",
        {
            "section": "work",
            "tasks": list(_tasks(rounds, entering.object_list)),
            "lines": lines,
            "is_reviewer": reviewing is not None,
            "page_obj": entering,
            "review_page_obj": reviewing,
        },
    )


def _places(user: User, ability: Ability) -> Any:
    """The counties in which a person works; for one who holds only townships, the townships."""
    counties = Area.objects.visible_to(user, ability).filter(level=Level.COUNTY)
    held = Area.objects.filter(pk__in=user.area_ids(ability), level=Level.TOWNSHIP)
    return (counties | held).order_by("code")


def _tasks(rounds: list[Round], areas: Any) -> Iterator[dict[str, Any]]:
    for collecting in rounds:
        model = find_programme(collecting.programme)
        assert model is not None
        codes = codes_in(collecting.year, areas)
        standing = [area for area in areas if area.pk in codes]
        by_area = progress_by_area(model, collecting.year, standing)
        for area in standing:
            progress = by_area[area.pk]
            yield {
                "programme": model.label,
                "year": collecting.year,
                "area": str(area),
                "url": reverse("entry", args=[model.code, collecting.year, codes[area.pk]]),
                "due": collecting.due,
                "days_left": collecting.days_left,
                "is_open": collecting.is_open(),
                "counts": progress.as_dict(),
                "percent": progress.percent,
            }
