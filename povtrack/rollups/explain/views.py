"""The page that says why a figure is what it is."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from povtrack.accounts.models import User
from povtrack.lib.figures import shown
from povtrack.lib.pages import Slice, neighbours, page_number
from povtrack.lib.paths import is_under
from povtrack.rollups.explain.facts import Explained, Question, explained
from povtrack.rollups.explain.inputs import WHICH, Input
from povtrack.rollups.figures_ways import asking, basis_label, reporters_of
from povtrack.rollups.releases.compare_views import record_words
from povtrack.rollups.views import tells_what_is_wrong
from programmes.measures import BY_KIND
from programmes.models import State
from programmes.views.scope import codes_in, trail_of
from villages.levels import Level
from villages.names import latin_beside


@require_GET
@tells_what_is_wrong
def explain(request: HttpRequest) -> HttpResponse:
    """Show what one figure is made of, who is missing, and what touched it lately."""
    user = request.user
    assert isinstance(user, User)
    question = Question.of(request.GET, user)
    number = page_number(request)
    facts = explained(question, user=user, which=request.GET.get("which", ""), number=number)
    return render(request, "rollups/explain.html", _context(request, facts, user, number))


def why_url(question: Question, **changes: Any) -> str:
    """The address of the page about a figure, with something else."""
    asked = {
        "programme": question.model.code,
        "area": question.area.pk,
        "year": question.year,
        "measure": question.measure.name,
        "basis": question.basis.name,
        "breakdown": question.breakdown,
        "stage": question.stage,
        "as_of": question.as_of.text if question.as_of else "",
        **changes,
    }
    return f"{reverse('explain')}?{urlencode({name: value for name, value in asked.items() if value})}"


def _context(request: HttpRequest, facts: Explained, user: User, number: int) -> dict[str, Any]:
    question = facts.question
    model, measure, area = question.model, question.measure, question.area
    # The anchor keeps the list in sight when its pages are turned.
    turns = neighbours(request, number, more=facts.more, anchor="#inputs")
    return {
        "section": "figures",
        "question": question,
        "area": area,
        "programme": {"code": model.code, "label": model.label},
        "year": question.year,
        "trail": trail_of(user, area, "figures-area", programme=model.code, year=question.year, basis=question.basis),
        "totals_url": _totals_url(question),
        "api_url": f"{reverse('api-explain-list')}{why_url(question).removeprefix(reverse('explain'))}",
        "facts": facts,
        "parts": [_part(question, row, figure) for row, figure in facts.parts],
        "parts_level": Level(facts.parts[0][0].level).word if facts.parts else "",
        "parts_sum": shown(facts.parts_sum),
        "choices": _choices(question, facts),
        "inputs": [_input(question, one) for one in facts.inputs],
        "page": Slice([], number, *turns),
        "shares": [{"village": share, "percent": shown(round(100 * share.share, 1))} for share in facts.shares],
        "records": [record_words(model, question.year, one, area, [measure]) for one in facts.lately],
        "released": [
            {"release": row.release, "figure": shown(figure), "is_same": figure == facts.figure}
            for row, figure in facts.released
        ],
        **_figure(facts),
        **_ways(question),
    }


def _figure(facts: Explained) -> dict[str, Any]:
    """The figure itself, and how it is called."""
    question, own = facts.question, facts.own
    measure, kind = question.measure, question.model.kind_of(question.breakdown)
    return {
        "measure": measure,
        "unit": measure.unit_for(kind) if measure.unit == BY_KIND else measure.total_unit_word,
        "kind_label": kind.label if kind else "",
        "basis_label": basis_label(question.basis),
        "row": own,
        "figure": shown(facts.figure),
        "freshness": facts.freshness,
        "records_sum": shown(facts.records_sum),
        "missing": max(0, own.expected - own.reported - own.drafted) if own else 0,
        "reporters": reporters_of(question.model),
    }


def _ways(question: Question) -> dict[str, Any]:
    """The other figures and stages that can be asked about here."""
    stages = (("submitted", _("submitted and approved")), ("approved", _("approved")))
    return {
        "stages": [
            {"label": label, "url": why_url(question, stage=stage), "current": stage == question.stage}
            for stage, label in stages
        ],
        "measures": [
            {"label": m.verbose_name, "url": why_url(question, measure=m.name), "current": m is question.measure}
            for m in question.model.totalled()
        ],
    }


def _totals_url(question: Question) -> str:
    code = codes_in(question.year, [question.area], question.basis).get(question.area.pk)
    if not code:
        return ""
    address = reverse("figures-area", args=[question.model.code, question.year, code]) + question.basis.query
    return asking(address, kind=question.breakdown, as_of=question.as_of.text if question.as_of else "")


def _part(question: Question, row: Any, figure: Any) -> dict[str, Any]:
    return {
        "label": str(row.area),
        "url": why_url(question, area=row.area_id),
        "figure": shown(figure),
        "row": row,
        "missing": max(0, row.expected - row.reported - row.drafted),
    }


def _choices(question: Question, facts: Explained) -> list[dict[str, Any]]:
    """The lists of inputs that can be looked at, each with how many there are, where that was counted."""
    return [
        {
            "label": label,
            "url": f"{why_url(question, which=which)}#inputs",
            "current": which == facts.which,
            "count": facts.counts.get(which),
        }
        for which, (label, _sql) in WHICH.items()
        if not question.breakdown or which != "missing"
    ]


def _input(question: Question, one: Input) -> dict[str, Any]:
    """One place with its record, as people read it."""
    kind = question.model.kind_of(one.breakdown)
    is_here = is_under(one.path, [question.area.path])
    return {
        "name": f"{latin_beside(one.name_latin)} {one.name}".strip(),
        "code": one.code,
        # Whoever reads the area may read what lies in it today; the others may have gone elsewhere.
        "url": f"{reverse('village-place', args=[one.area_id])}?year={question.year}" if is_here else "",
        "kind": kind.label if kind else "",
        "state": one.state,
        "state_label": State(one.state).label if one.state else "",
        "nil": one.nil,
        "figure": shown(one.figure),
        "counted": shown(one.counted),
        "share": "" if one.share == 1 else shown(round(100 * one.share, 1)),
        "ended_on": one.ended_on,
        "by": one.entered_by,
        "at": one.entered_at,
    }
