"""Dividing whole numbers so that the parts add up to the whole.

All that is generated here is counted in whole units (persons, or yuan by the ten thousand), and each division gives
what is left over to the largest remainders. So sums come out exactly, whatever the weights are.
"""

from __future__ import annotations

from collections.abc import Sequence


def apportion(whole: int, weights: Sequence[int]) -> list[int]:
    """Divide a whole number by whole weights, by largest remainders; what weighs nothing gets nothing.

    Raises ValueError where all weights are zero and something is to be divided.
    """
    heavy = sum(weights)
    if not heavy:
        if whole:
            raise ValueError(f"{whole} can't be divided: nothing has a weight")
        return [0] * len(weights)
    parts = [whole * weight // heavy for weight in weights]
    left = whole - sum(parts)
    order = sorted(range(len(weights)), key=lambda at: (-(whole * weights[at] % heavy), at))
    for at in order[:left]:
        parts[at] += 1
    return parts


def table(rows: Sequence[int], columns: Sequence[int]) -> list[list[int]]:
    """Return whole numbers, row by row, whose rows and columns add up to what is given, as even as they can be.

    The last row takes what the others leave of each column; `rows` and `columns` have the same sum.
    """
    if sum(rows) != sum(columns):
        raise ValueError("rows and columns don't add up to the same")
    cells = [apportion(row, columns) for row in rows[:-1]]
    left = [column - sum(taken) for column, taken in zip(columns, zip(*cells, strict=True), strict=True)]
    return [*cells, left]
