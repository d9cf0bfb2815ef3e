"""Measures: the figures that a programme collects.

A measure is a model field that also knows its unit, the measure it is part of, how it is read from text, and how it
adds up. Table, constraints, grid, form, template, serializer, roll-up and API are all derived from it.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.utils.functional import Promise

from povtrack.lib.figures import WHOLE_MAX, parse_code, parse_decimal, parse_flag, parse_whole
from programmes.measures import terms
from programmes.measures.kinds import Kind
from programmes.measures.terms import Term
from programmes.measures.units import BY_KIND, unit_word

if TYPE_CHECKING:
    _Field = models.Field[Any, Any]
else:
    _Field = object  # a mixin: the real field class comes beside it


class Measure(_Field):
    """What every measure field shares. Blank (NULL) and zero are different figures.

    `verbose_name` is the label, `help_text` the definition, `unit` what it is counted in (see `units`), `part_of` the
    name of the measure that this one may never exceed, `weight` the measure that a mean is weighted by, `usual` the
    figure that a new row starts with, because it nearly always holds. `adds_up` says whether it has a total.
    """

    kind: ClassVar[str]
    adds_up: ClassVar[bool] = True
    is_figure: ClassVar[bool] = True  # a number that can be compared with others of its kind
    places: ClassVar[int] = 0
    maximum: ClassVar[str] = ""
    sql_type: ClassVar[str]
    total_field: ClassVar[Callable[[], models.Field[Any, Any]]]

    def __init__(
        self,
        verbose_name: Any = None,
        *,
        unit: str = "people",
        part_of: str = "",
        weight: str = "",
        usual: int | None = None,
        **kwargs: Any,
    ) -> None:
        self.unit, self.part_of, self.weight, self.usual = unit, part_of, weight, usual
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
        return unit_word(self.unit)

    @property
    def total_unit_word(self) -> str | Promise:
        """The unit of totals."""
        return self.unit_word

    def unit_for(self, kind: Kind | None) -> str | Promise:
        """The unit of the figures of one kind; without one, of all of them."""
        return kind.unit_word if kind and self.unit == BY_KIND else self.unit_word

    def parse(self, text: str) -> int | Decimal | str | None:
        """Read the figure that a person typed; raises `BadFigure`."""
        raise NotImplementedError

    def terms(self) -> list[Term]:
        """The roll-up columns that carry this measure upwards."""
        value = self.value_sql
        over_kinds = self.unit != BY_KIND
        return [
            Term(self.name, type(self).total_field, value, f"sum({value})", self.places, over_kinds),
            self.filled_term(),
        ]

    @property
    def value_sql(self) -> str:
        """What a record `r` adds to a total."""
        return f'r."{self.column}"'

    def filled_term(self) -> Term:
        """The column that counts the records which give this measure."""
        column = f'r."{self.column}"'
        return Term(f"{self.name}_filled", terms.big, f"num_nonnulls({column})", f"count({column})")

    def total(self, row: Any, stage: str) -> Any:
        """Read this measure's total for a stage suffix ("" or "_approved") off a roll-up row."""
        return getattr(row, f"{self.name}{stage}")


class Count(Measure, models.IntegerField):  # type: ignore[type-arg]
    """A whole number of something."""

    kind = "count"
    maximum = str(WHOLE_MAX)
    sql_type = "integer"
    total_field = staticmethod(terms.big)
    column_path = "django.db.models.IntegerField"

    def parse(self, text: str) -> int | None:
        return parse_whole(text)


class Quantity(Measure, models.DecimalField):  # type: ignore[type-arg]
    """A measured amount of something, exact to a hundredth of its unit."""

    kind = "quantity"
    places = 2
    maximum = "99999999999999.99"
    sql_type = "numeric(16,2)"
    total_field = staticmethod(terms.money)
    column_path = "django.db.models.DecimalField"

    @staticmethod
    def column_options() -> dict[str, Any]:
        return {"null": True, "blank": True, "max_digits": 16, "decimal_places": 2}

    def parse(self, text: str) -> Decimal | None:
        return parse_decimal(text, places=2)


class Money(Quantity):
    """An amount of yuan, exact to the fen."""

    kind = "money"

    def __init__(self, verbose_name: Any = None, *, unit: str = "yuan", **kwargs: Any) -> None:
        super().__init__(verbose_name, unit=unit, **kwargs)


class Mean(Money):
    """A mean over the units that `weight` counts, such as monthly pay over people placed.

    Means do not add up, so a roll-up carries value x weight and the weight, and divides when it is read.
    """

    kind = "mean"

    def terms(self) -> list[Term]:
        column, weight = f'r."{self.column}"', f'r."{self.weight}"'
        return [
            Term(f"{self.name}_product", terms.product, f"{column} * {weight}", f"sum({column} * {weight})", 2),
            Term(
                f"{self.name}_weight",
                terms.big,
                f"CASE WHEN {column} IS NOT NULL THEN {weight} END",
                f"sum({weight}) FILTER (WHERE {column} IS NOT NULL)",
            ),
            self.filled_term(),
        ]

    def total(self, row: Any, stage: str) -> Decimal | None:
        product = getattr(row, f"{self.name}_product{stage}")
        weight = getattr(row, f"{self.name}_weight{stage}")
        return round(product / weight, 2) if weight and product is not None else None


class Flag(Measure, models.BooleanField):  # type: ignore[type-arg]
    """Yes or no. Its total is how many places say yes."""

    kind = "flag"
    is_figure = False
    sql_type = "boolean"
    total_field = staticmethod(terms.big)
    column_path = "django.db.models.BooleanField"

    def __init__(self, verbose_name: Any = None, *, unit: str = "yes_no", **kwargs: Any) -> None:
        super().__init__(verbose_name, unit=unit, **kwargs)

    @property
    def total_unit_word(self) -> str | Promise:
        return unit_word("villages")

    @property
    def value_sql(self) -> str:
        return f'r."{self.column}"::integer'

    def parse(self, text: str) -> bool | None:
        return parse_flag(text)


class PlaceCode(Measure, models.CharField):  # type: ignore[type-arg]
    """Another place that the record speaks of, by the code that it had at the end of the record's year.

    Code and date find an area, whatever becomes of its code later. It has no total.
    """

    kind = "code"
    adds_up = False
    is_figure = False
    sql_type = "varchar(16)"
    column_path = "django.db.models.CharField"

    def __init__(self, verbose_name: Any = None, *, unit: str = "code", **kwargs: Any) -> None:
        super().__init__(verbose_name, unit=unit, **kwargs)

    @staticmethod
    def column_options() -> dict[str, Any]:
        return {"null": True, "blank": True, "max_length": 16}

    def parse(self, text: str) -> str | None:
        return parse_code(text)

    def terms(self) -> list[Term]:
        return []

    def total(self, row: Any, stage: str) -> None:
        return None
