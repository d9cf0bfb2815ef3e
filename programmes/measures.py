"""Measures and rates: the vocabulary in which a programme declares its figures.

A measure is a model field that also knows its unit, the measure it is part of, how it is read from text, and how it
adds up. Table, constraints, grid, serializer, roll-up and API are all derived from it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from povtrack.lib.figures import parse_decimal, parse_whole

type_words = {"people": _("people"), "yuan": _("yuan"), "yuan_a_month": _("yuan a month"), "percent": _("%")}


@dataclass(frozen=True)
class Term:
    """One column of a roll-up: its name, the field that holds it, and what fills it from records `r`.

    `value` is what one record adds, exact to `places`; `aggregate` is its sum over records, written the quickest way.
    """

    name: str
    field: Callable[[], models.Field[Any, Any]]
    value: str
    aggregate: str
    places: int = 0

    @property
    def aggregate_of_parts(self) -> str:
        """The sum over parts, from `p.low` to `p.high`, of records: rounded so that all parts of one add up to it."""
        return f"sum(round({self.value} * p.high, {self.places}) - round({self.value} * p.low, {self.places}))"


def _big() -> models.Field[Any, Any]:
    return models.BigIntegerField(null=True)


# Wide enough for the largest figure that a record can hold, from a million places: a total never overflows.
def _money() -> models.Field[Any, Any]:
    return models.DecimalField(max_digits=24, decimal_places=2, null=True)


def _product() -> models.Field[Any, Any]:
    return models.DecimalField(max_digits=34, decimal_places=2, null=True)


if TYPE_CHECKING:
    _Field = models.Field[Any, Any]
else:
    _Field = object  # a mixin: the real field class comes beside it


class Measure(_Field):
    """What every measure field shares. Blank (NULL) and zero are different figures.

    `verbose_name` is the label, `help_text` the definition, `unit` a key of `type_words`, `part_of` the name of the
    measure that this one may never exceed, `weight` the measure that a mean is weighted by.
    """

    kind: ClassVar[str]
    places: ClassVar[int] = 0
    sql_type: ClassVar[str]
    total_field: ClassVar[Callable[[], models.Field[Any, Any]]]

    def __init__(
        self, verbose_name: Any = None, *, unit: str = "people", part_of: str = "", weight: str = "", **kwargs: Any
    ) -> None:
        self.unit, self.part_of, self.weight = unit, part_of, weight
        super().__init__(verbose_name, **{**self.column_options(), **kwargs})

    @staticmethod
    def column_options() -> dict[str, Any]:
        return {"null": True, "blank": True}

    def deconstruct(self) -> Any:
        """Present the measure to migrations as the plain column it is, so that wording never asks for a migration."""
        name, _path, args, kwargs = super().deconstruct()
        kwargs.pop("verbose_name", None)
        kwargs.pop("help_text", None)
        return name, self.column_path, args, kwargs

    column_path: ClassVar[str]

    @property
    def unit_word(self) -> str | Promise:
        return type_words[self.unit]

    def parse(self, text: str) -> int | Decimal | None:
        """Read the figure that a person typed; raises `BadFigure`."""
        raise NotImplementedError

    def terms(self) -> list[Term]:
        """The roll-up columns that carry this measure upwards."""
        column = f'r."{self.column}"'
        return [
            Term(self.name, type(self).total_field, column, f"sum({column})", self.places),
            self.filled_term(),
        ]

    def filled_term(self) -> Term:
        """The column that counts the records which give this measure."""
        column = f'r."{self.column}"'
        return Term(f"{self.name}_filled", _big, f"num_nonnulls({column})", f"count({column})")

    def total(self, row: Any, stage: str) -> Any:
        """Read this measure's total for a stage suffix ("" or "_approved") off a roll-up row."""
        return getattr(row, f"{self.name}{stage}")


class Count(Measure, models.IntegerField):  # type: ignore[type-arg]
    """A whole number of something."""

    kind = "count"
    sql_type = "integer"
    total_field = staticmethod(_big)
    column_path = "django.db.models.IntegerField"

    def parse(self, text: str) -> int | None:
        return parse_whole(text)


class Money(Measure, models.DecimalField):  # type: ignore[type-arg]
    """An amount of yuan, exact to the fen."""

    kind = "money"
    places = 2
    sql_type = "numeric(16,2)"
    total_field = staticmethod(_money)
    column_path = "django.db.models.DecimalField"

    def __init__(self, verbose_name: Any = None, *, unit: str = "yuan", **kwargs: Any) -> None:
        super().__init__(verbose_name, unit=unit, **kwargs)

    @staticmethod
    def column_options() -> dict[str, Any]:
        return {"null": True, "blank": True, "max_digits": 16, "decimal_places": 2}

    def parse(self, text: str) -> Decimal | None:
        return parse_decimal(text, places=2)


class Mean(Money):
    """A mean over the units that `weight` counts, such as monthly pay over people placed.

    Means do not add up, so a roll-up carries value x weight and the weight, and divides when it is read.
    """

    kind = "mean"

    def terms(self) -> list[Term]:
        column, weight = f'r."{self.column}"', f'r."{self.weight}"'
        return [
            Term(f"{self.name}_product", _product, f"{column} * {weight}", f"sum({column} * {weight})", self.places),
            Term(
                f"{self.name}_weight",
                _big,
                f"CASE WHEN {column} IS NOT NULL THEN {weight} END",
                f"sum({weight}) FILTER (WHERE {column} IS NOT NULL)",
            ),
            self.filled_term(),
        ]

    def total(self, row: Any, stage: str) -> Decimal | None:
        product = getattr(row, f"{self.name}_product{stage}")
        weight = getattr(row, f"{self.name}_weight{stage}")
        return round(product / weight, 2) if weight and product is not None else None


@dataclass(frozen=True)
class Rate:
    """A figure derived from two totals when it is read: `scale` x numerator / denominator."""

    name: str
    label: str | Promise
    numerator: str
    denominator: str
    unit: str = "percent"
    scale: int = 100

    @property
    def unit_word(self) -> str | Promise:
        return type_words[self.unit]

    def of(self, figures: dict[str, Any]) -> Decimal | None:
        """Return the rate to one decimal, or None where it has no meaning."""
        top, bottom = figures.get(self.numerator), figures.get(self.denominator)
        if top is None or not bottom:
            return None
        return round(Decimal(self.scale) * Decimal(top) / Decimal(bottom), 1)
