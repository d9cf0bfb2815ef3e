"""How far the tests go: each behaviour once by default, and with POVTRACK_THOROUGH=1 in all its repetitions.

A repetition is the same test for one more programme, look of a page, seed, method, source or review of a list, or
mistake in a file, on code that the plain tests run too. What takes long to make is thorough as well: random sequences
of reforms, the white paper, a project with one more programme, the death of everything that runs, days without a
connection, the finer points of the grid in a browser. Who changes what all of them share runs them all; so does
whatever decides on a merge.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import Any

import pytest

IS_THOROUGH = os.environ.get("POVTRACK_THOROUGH", "") not in ("", "0")

# Files of thorough tests alone, which need long to be read.
LEFT_UNREAD = [] if IS_THOROUGH else ["test_api_conformance.py"]


def some_of(values: Iterable[Any], *plain: Any) -> list[Any]:
    """Parameters of a test, of which those that are not `plain` are for thorough runs alone."""
    return [value if value in plain else pytest.param(value, marks=pytest.mark.thorough) for value in values]


def examples(plain: int, thorough: int) -> int:
    """How many random examples to try."""
    return thorough if IS_THOROUGH else plain


def leave_out(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Take the repetitions out of a plain run; pytest says how many."""
    left = [] if IS_THOROUGH else [item for item in items if item.get_closest_marker("thorough")]
    if left:
        items[:] = [item for item in items if not item.get_closest_marker("thorough")]
        config.hook.pytest_deselected(items=left)
