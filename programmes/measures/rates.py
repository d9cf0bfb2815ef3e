"""Rates: figures derived from totals."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise

from programmes.measures.units import unit_word


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
        return unit_word(self.unit)

    def of(self, figures: dict[str, Any]) -> Decimal | None:
        """Return the rate to one decimal, or None where it has no meaning."""
        top, bottom = figures.get(self.numerator), figures.get(self.denominator)
        if top is None or not bottom:
            return None
        return round(Decimal(self.scale) * Decimal(top) / Decimal(bottom), 1)
