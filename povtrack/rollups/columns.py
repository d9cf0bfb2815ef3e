"""The columns of roll-ups in lists and files of the API, made from the measures and rates of a programme."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from povtrack.lib.rest.table import Column
from programmes.measures import Mean, Measure, Rate
from programmes.models import Record
from programmes.models.rollup import STAGES

_ORDERINGS = ("year", "level", "breakdown", "expected", "drafted", "reported", "approved", "nil", "computed_at")


def rollup_columns(model: type[Record]) -> dict[str, Column]:
    """Return, by name, the columns that are more than a column of the table."""
    measures = {measure.name: measure for measure in model.totalled()}
    found = {"shares": Column("shares", (), make=list, parts=())}
    for measure in measures.values():
        for group, stage in zip(("totals", "approved_totals"), STAGES, strict=True):
            sources, make = total_of(measure, stage)
            words = _("{label} ({unit}), approved") if stage else "{label} ({unit})"
            label = format_lazy(words, label=measure.verbose_name, unit=measure.total_unit_word)
            kind = "decimal" if measure.places else "whole"
            unit = measure.total_unit_word
            found[f"{group}.{measure.name}"] = Column("", sources, kind, make, label, unit=unit)
        label = format_lazy(_("{label}: places that gave it"), label=measure.verbose_name)
        found[f"filled.{measure.name}"] = Column("", (f"{measure.name}_filled",), "whole", label=label)
    for rate in model.rates:
        found[f"rates.{rate.name}"] = _rate(rate, measures)
    return found


def rollup_orderings(model: type[Record]) -> dict[str, str]:
    """Return what roll-ups can be ordered by: what is a column of the table."""
    own = {measure.name: measure.name for measure in model.totalled() if not isinstance(measure, Mean)}
    return {"area": "area_id", "area_code": "area__code", **{name: name for name in _ORDERINGS}, **own}


class _Figures:
    """Stands for a row of the table of which some columns were read."""

    def __init__(self, names: tuple[str, ...], values: tuple[Any, ...]) -> None:
        self.__dict__.update(zip(names, values, strict=True))


def total_of(measure: Measure, stage: str) -> tuple[tuple[str, ...], Callable[..., Any] | None]:
    """Return the columns that a total is read off, and how, where it is more than one column."""
    if not isinstance(measure, Mean):
        return (f"{measure.name}{stage}",), None
    names = (f"{measure.name}_product{stage}", f"{measure.name}_weight{stage}")
    return names, lambda *values: measure.total(_Figures(names, values), stage)


def _rate(rate: Rate, measures: dict[str, Measure]) -> Column:
    above, over = measures[rate.numerator], measures[rate.denominator]
    (first, make_first), (second, make_second) = total_of(above, ""), total_of(over, "")
    width = len(first)

    def make(*values: Any) -> Any:
        top = make_first(*values[:width]) if make_first else values[0]
        bottom = make_second(*values[width:]) if make_second else values[width]
        return rate.of({rate.numerator: top, rate.denominator: bottom})

    label = format_lazy("{label} ({unit})", label=rate.label, unit=rate.unit_word)
    return Column("", (*first, *second), "decimal", make, label, unit=rate.unit_word)
