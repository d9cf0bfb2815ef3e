"""Splitting an amount by weights, to the cent, so that the parts add up. static/funding/split.js does the same."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal


def split(amount: Decimal, weights: Sequence[Decimal | int | None]) -> list[Decimal | None]:
    """Return a part for each weight, in proportion to it; None where the weight is missing or zero.

    The cents that rounding down leaves go to the largest remainders, of equal ones to the first. No part at all is
    given where no weight counts.
    """
    cents = int(amount * 100)
    sizes = [int(weight * 100) if weight and weight > 0 else 0 for weight in weights]
    whole = sum(sizes)
    if not whole:
        return [None] * len(sizes)
    parts = [cents * size // whole for size in sizes]
    left = cents - sum(parts)
    for index in sorted(range(len(sizes)), key=lambda at: -(cents * sizes[at] % whole))[:left]:
        parts[index] += 1
    return [Decimal(part) / 100 if part else None for part in parts]
