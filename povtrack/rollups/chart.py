"""The line of one figure over the years, as the points of an SVG drawn by the server."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal
from typing import Any

from povtrack.lib.figures import shown

WIDTH, HEIGHT = 500, 220
LEFT, RIGHT, TOP, BOTTOM = 56, 486, 24, 188


def nice_step(highest: Decimal, lines: int = 4) -> Decimal:
    """Return the round distance (1, 2 or 5 times a power of ten) that reaches `highest` in at most `lines` steps."""
    step = Decimal(1)
    while step * lines < highest:
        digit = step.as_tuple().digits[0]
        step *= Decimal("2.5") if digit == 2 else 2
    return step


def line_chart(series: list[tuple[int, Any]], partial: Collection[int] = ()) -> dict[str, Any] | None:
    """Return the geometry of a line over (year, figure) pairs; years without a figure leave a gap. None if all do.

    Dots of `partial` years, for which not all have reported, are marked as such.
    """
    filled = [(year, Decimal(figure)) for year, figure in series if figure is not None]
    if not filled:
        return None
    first, last = series[0][0], series[-1][0]
    step = nice_step(max(figure for _year, figure in filled))
    top = step * 4

    def x(year: int) -> float:
        return round(LEFT + (RIGHT - LEFT) * (year - first) / (last - first), 1) if last > first else (LEFT + RIGHT) / 2

    def y(figure: Decimal) -> float:
        return round(float(BOTTOM - (BOTTOM - TOP) * figure / top), 1)

    lines: list[list[str]] = [[]]
    for year, figure in series:
        if figure is None:
            lines.append([])
        else:
            lines[-1].append(f"{x(year)},{y(Decimal(figure))}")
    return {
        "width": WIDTH,
        "height": HEIGHT,
        "left": LEFT,
        "right": RIGHT,
        "lines": [" ".join(points) for points in lines if points],
        "dots": [
            {"x": x(year), "y": y(f), "year": year, "label": shown(f), "partial": year in partial} for year, f in filled
        ],
        "has_partial": any(year in partial for year, _figure in filled),
        "years": [{"x": x(year), "label": year} for year, _figure in series],
        "gridlines": [{"y": y(step * n), "label": shown(step * n)} for n in range(5)],
    }
