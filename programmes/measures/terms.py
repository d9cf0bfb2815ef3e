"""Terms: the columns of a roll-up that carry a measure upwards."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import models


@dataclass(frozen=True)
class Term:
    """One column of a roll-up: its name, the field that holds it, and what fills it from records `r`.

    `value` is what one record adds, exact to `places`; `aggregate` is its sum over records, written the quickest way.
    One that is not `over_kinds` has no sum over kinds, because each kind counts something else.
    """

    name: str
    field: Callable[[], models.Field[Any, Any]]
    value: str
    aggregate: str
    places: int = 0
    over_kinds: bool = True

    @property
    def aggregate_of_parts(self) -> str:
        """The sum over parts, from `p.low` to `p.high`, of records: rounded so that all parts of one add up to it."""
        return f"sum(round({self.value} * p.high, {self.places}) - round({self.value} * p.low, {self.places}))"


def big() -> models.Field[Any, Any]:
    return models.BigIntegerField(null=True)


# Wide enough for the largest figure that a record can hold, from a million places: a total never overflows.
def money() -> models.Field[Any, Any]:
    return models.DecimalField(max_digits=24, decimal_places=2, null=True)


def product() -> models.Field[Any, Any]:
    return models.DecimalField(max_digits=34, decimal_places=2, null=True)
