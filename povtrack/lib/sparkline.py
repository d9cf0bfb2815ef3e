"""The course of one figure as a small line, drawn by the server. The row that it stands in has its figures."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

WIDTH, HEIGHT, EDGE = 110, 26, 4


def sparkline(figures: Sequence[Any]) -> dict[str, Any] | None:
    """Return the lines and the last dot over figures at even distances; None where fewer than two are given.

    A missing figure leaves a gap. Zero is always the ground, so that small changes do not look large.
    """
    known = [(at, Decimal(figure)) for at, figure in enumerate(figures) if figure is not None]
    if len(known) < 2:
        return None
    top = max(figure for _at, figure in known) or Decimal(1)

    def point(at: int, figure: Decimal) -> tuple[float, float]:
        across = EDGE + (WIDTH - 2 * EDGE) * at / (len(figures) - 1)
        return round(across, 1), round(float(HEIGHT - EDGE - (HEIGHT - 2 * EDGE) * figure / top), 1)

    lines: list[list[str]] = [[]]
    for at, figure in enumerate(figures):
        if figure is None:
            lines.append([])
        else:
            lines[-1].append("{},{}".format(*point(at, Decimal(figure))))
    x, y = point(*known[-1])
    return {"width": WIDTH, "height": HEIGHT, "lines": [" ".join(line) for line in lines if line], "x": x, "y": y}
