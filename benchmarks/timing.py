"""Timing side by side: A B C A B C ..., medians, so that a noisy machine hits all alike."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

Way = Callable[[], object]


def side_by_side(ways: dict[str, Way], rounds: int, before: Callable[[], object] | None = None) -> dict[str, float]:
    """Return the median seconds of each way over alternating rounds; `before` runs untimed ahead of each."""
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    for _round in range(rounds):
        for name, way in ways.items():
            if before:
                before()
            start = time.perf_counter()
            way()
            seconds[name].append(time.perf_counter() - start)
    return {name: statistics.median(times) for name, times in seconds.items()}


def milliseconds(seconds: float) -> str:
    return f"{1000 * seconds:,.1f}"


def ratio(seconds: float, limit: float) -> str:
    return f"{seconds / limit:.2f}"
