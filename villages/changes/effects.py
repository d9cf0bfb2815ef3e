"""What other parts of povtrack tell about a change beforehand: figures before and after."""

from __future__ import annotations

from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from villages.models import BoundaryChange


@dataclass(frozen=True)
class Effect:
    """One figure before and after: of what, where, in which year, on which basis ("" where that has no meaning)."""

    what: str | Promise
    where: str
    year: int | None
    basis: str
    before: Any
    after: Any
    area: int | None = None  # its id, for showing it only to those who may read there


# An observer reads what it must until its `yield`, when nothing is changed yet; after it everything is, and it returns
# what it found. Apps above register theirs when they start.
Observer = Callable[[BoundaryChange], Generator[None, None, list[Effect]]]
observers: list[Observer] = []
