"""Invented figures for every programme: they keep its rules, differ from village to village, and grow over the years.

One generator for each place and programme, so that a change in one leaves the others as they were.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

from programmes.measures import Measure
from programmes.models import Record
from programmes.rules import Balance

# What a place of middling size has of each unit, in a year.
_USUAL = {
    "people": 45, "households": 14, "villages": 6, "projects": 3, "accounts": 16, "days": 420, "km": 2, "mu": 60,
    "m2": 380, "kw": 25, "places": 2, "head": 70, "cooperatives": 1, "by_kind": 5, "yuan": 42_000,
    "yuan_a_person": 2_100,
}  # fmt: skip
# Where the unit alone misleads.
_OF_MEASURE = {
    "profile.population": 1_400, "profile.households": 340, "profile.collective_income": 18_000, "housing.people": 20,
    "loans.loans": 900, "loans.loaned": 9_000_000, "loans.discount": 260_000, "loans.overdue": 120_000,
    "pilot.people": 4_000, "pilot.households": 1_000, "pilot.budget": 2_400_000, "pilot.spent": 2_100_000,
    "mutual-fund.members": 90,
}  # fmt: skip
# How many places in a hundred take part in a year, and in how many of its kinds.
_TAKING_PART = {"profile": 100, "village-plan": 60, "education": 90, "mutual-fund": 30, "loans": 100}
_FLAG_CHANCES = {"has_power": 0.97, "has_road": 0.8, "has_water": 0.6, "has_clinic": 0.85, "has_school": 0.7}


def takes_part(model: type[Record], code: str) -> bool:
    """Tell whether a place takes part in a programme at all."""
    return _dice(model, code, "part").random() * 100 < _TAKING_PART.get(model.code, 35)


def kinds_of(model: type[Record], code: str) -> list[str]:
    """The kinds that a place reports, one or two of them; of a programme without kinds the empty one."""
    known = model.breakdowns()
    dice = _dice(model, code, "kinds")
    chosen = set(dice.sample(known, min(len(known), dice.choice((1, 1, 2)))))
    return [kind for kind in known if kind in chosen]


def series_of(
    model: type[Record], code: str, kind: str, years: range, goals: Sequence[str] = ()
) -> Iterator[tuple[int, list[Any]]]:
    """Yield (year, figures in the order of the measures) of one place and kind; `goals`: codes of places to go to."""
    dice = _dice(model, code, kind)
    size = dice.triangular(0.4, 2.6, 0.9)
    last: dict[str, Any] = {}
    for age, year in enumerate(years):
        last = _figures(model, dice, size * (1 + 0.06 * age), last)
        for measure in model.measures():
            if measure.kind == "code" and goals and dice.random() < 0.8:  # now and then it is not known
                last[measure.name] = dice.choice(goals)
        yield year, [last[measure.name] for measure in model.measures()]


def _dice(model: type[Record], *words: str) -> random.Random:
    return random.Random(" ".join((model.code, *words)))  # noqa: S311 invented figures, no secrets


def _figures(model: type[Record], dice: random.Random, size: float, last: dict[str, Any]) -> dict[str, Any]:
    """One year's figures: wholes first, then their parts, then what balances."""
    figures: dict[str, Any] = {}
    measures = sorted(model.measures(), key=lambda measure: bool(measure.part_of))
    for measure in measures:
        if measure.part_of:
            share = dice.uniform(0.15, 0.6)
            figures[measure.name] = _rounded(measure, float(figures[measure.part_of]) * share)
        else:
            figures[measure.name] = _whole(model, measure, dice, size)
    for balance in model.balances:
        _balance(model, balance, dice, figures, last)
    return figures


def _whole(model: type[Record], measure: Measure, dice: random.Random, size: float) -> Any:
    if measure.kind == "code":
        return None
    if measure.kind == "flag":
        return dice.random() < _FLAG_CHANCES.get(measure.name, 0.5)
    usual = _OF_MEASURE.get(f"{model.code}.{measure.name}", _USUAL.get(measure.unit, 10))
    if measure.kind == "mean":
        return _rounded(measure, usual * dice.uniform(0.75, 1.35))
    return _rounded(measure, usual * size * dice.uniform(0.8, 1.25))


def _rounded(measure: Measure, figure: float) -> Any:
    """Whole numbers of people, tenths of a kilometre, full tens of yuan."""
    if measure.kind == "count":
        return round(figure)
    return Decimal(round(figure, -1 if measure.kind in ("money", "mean") else 1)).quantize(Decimal("0.01"))


def _balance(
    model: type[Record], balance: Balance, dice: random.Random, figures: dict[str, Any], last: dict[str, Any]
) -> None:
    """A fund opens with what it closed with, is granted its start once, and never lends what it does not have."""
    opening, grant, *others = balance.plus
    usual = {measure.name: measure.usual for measure in model.measures()}
    figures[opening] = last.get(balance.closing, Decimal(0))
    figures[grant] = Decimal(0) if last else Decimal(usual[grant] or 0)
    repaid, loaned = others[-1], balance.minus[0]
    figures[repaid] = Decimal(last[loaned]) * Decimal("0.9") if last else Decimal(0)
    for name in others[:-1]:
        figures[name] = (figures[name] / 12).quantize(Decimal(1))
    for name in balance.minus[1:]:
        figures[name] = (figures[name] / 40).quantize(Decimal(1))
    came = sum(figures[name] for name in balance.plus)
    figures[loaned] = ((came - figures[balance.minus[1]]) * Decimal(round(dice.uniform(0.5, 0.85), 2))).quantize(
        Decimal(1)
    )
    for part in (measure for measure in model.measures() if measure.part_of == loaned):
        figures[part.name] = (figures[loaned] * Decimal("0.4")).quantize(Decimal(1))
    figures[balance.closing] = came - sum(figures[name] for name in balance.minus)
