"""What is collected: every programme, its figures, kinds, rules and rates, told from the declarations alone."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from povtrack.lib.figures import grouped
from programmes.measures import BY_KIND, Measure
from programmes.models import Record, Round
from programmes.registry import get_programme_or_404, programmes
from programmes.rules import NotNegative
from programmes.soft_rules import Continues, Jump, SoftRule


@require_GET
def catalogue(request: HttpRequest) -> HttpResponse:
    """List the programmes. Context: `programmes` (label, url, summary, level, first_year, source, figures, asked)."""
    asked: dict[str, list[int]] = {}
    for code, year in Round.objects.order_by("year").values_list("programme", "year"):
        asked.setdefault(code, []).append(year)
    rows = [
        {
            "label": model.label,
            "url": reverse("programme", args=[model.code]),
            "summary": model.summary,
            "level": model.level.word,
            "first_year": model.first_year,
            "source": model.source,
            "figures": len(model.measures()),
            "asked": asked.get(model.code, []),
        }
        for model in programmes()
    ]
    return render(request, "programmes/catalogue.html", {"section": "figures", "programmes": rows})


@require_GET
def programme(request: HttpRequest, code: str) -> HttpResponse:
    """Show one programme.

    Context: `programme` (label, code, summary, level, first_year, source), `measures` (see `_measure`), `kinds` (code,
    label, unit), `kinds_label`, `hard` and `soft` (sentences), `rates` (label, unit, how), `rounds`, and the ways on.
    """
    model = get_programme_or_404(code)
    rounds = list(Round.objects.filter(programme=model.code).order_by("-year"))
    context = {
        "section": "figures",
        "programme": {
            "label": model.label,
            "code": model.code,
            "summary": model.summary,
            "level": model.level.word,
            "first_year": model.first_year,
            "source": model.source,
        },
        "measures": [_measure(model, measure) for measure in model.measures()],
        "kinds": [{"code": k.code, "label": k.label, "unit": k.unit_word} for k in model.kinds],
        "kinds_label": model.kinds_label,
        "kinds_have_units": any(m.unit == BY_KIND for m in model.measures()),
        "hard": [rule.summary() for rule in model.hard_rules if not isinstance(rule, NotNegative)],
        "soft": [soft_words(rule, _labels(model)) for rule in model.soft_rules],
        "rates": [_rate(model, rate) for rate in model.rates],
        "rounds": rounds,
        **_ways(model, rounds),
    }
    return render(request, "programmes/programme.html", context)


def _ways(model: type[Record], rounds: list[Round]) -> dict[str, str]:
    """Where a reader goes on: to the figures, and to the programme, records and totals in the API."""
    newest = f"?programme={model.code}&year={rounds[0].year}" if rounds else ""
    return {
        "figures_url": f"{reverse('figures')}{newest}" if rounds else "",
        "api_programme": reverse("api-programme-detail", args=[model.code]),
        "api_records": reverse(f"api-record-{model.code}-list"),
        "api_totals": reverse(f"api-rollup-{model.code}-list"),
    }


def _labels(model: type[Record]) -> dict[str, Any]:
    return {m.name: m.verbose_name for m in model.measures()}


_KINDS = {
    "count": lambda: _("whole number"),
    "quantity": lambda: _("quantity, to a hundredth"),
    "money": lambda: _("amount, to the fen"),
    "mean": lambda: _("mean"),
    "flag": lambda: _("yes or no"),
    "code": lambda: _("code of a place"),
}


def _measure(model: type[Record], measure: Measure) -> dict[str, Any]:
    """One figure: its words, unit and kind, what it is part of or weighted by, and what is usual."""
    labels = _labels(model)
    return {
        "name": measure.name,
        "label": measure.verbose_name,
        "unit": measure.unit_word,
        "help": measure.help_text,
        "kind": _KINDS[measure.kind](),
        "part_of": labels.get(measure.part_of, ""),
        "weight": labels.get(measure.weight, ""),
        "usual": grouped(measure.usual) if measure.usual is not None else "",
        "is_headline": measure.name in model.headline,
    }


def _rate(model: type[Record], rate: Any) -> dict[str, Any]:
    labels = _labels(model)
    words = {"top": labels[rate.numerator], "bottom": labels[rate.denominator]}
    return {"label": rate.label, "unit": rate.unit_word, "how": _("“%(top)s” divided by “%(bottom)s”") % words}


def soft_words(rule: SoftRule, labels: dict[str, Any]) -> str:
    """Say when a soft rule asks for a reason."""
    label = labels[rule.measure]
    if isinstance(rule, Jump):
        words = {"label": label, "factor": rule.factor, "floor": grouped(rule.floor)}
        return _(
            "“%(label)s” is %(factor)s times last year's figure or more, or that part of it or less, and differs from "
            "it by more than %(floor)s."
        ) % words  # fmt: skip
    if isinstance(rule, Continues):
        words = {"label": label, "closing": labels[rule.closing]}
        return _("“%(label)s” is not “%(closing)s” of last year.") % words
    words = {"label": label, "fewest": rule.fewest, "limit": rule.limit}
    return _(
        "“%(label)s” stands far from the county's other places: by more than %(limit)s times the usual distance from "
        "the median, where %(fewest)s or more give it."
    ) % words  # fmt: skip
