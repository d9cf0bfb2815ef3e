"""Rows as people send them, and what becomes of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol
from uuid import UUID

Place = tuple[int, str]  # area id, breakdown


class Said(Protocol):
    """A row that says something of one place, in whatever form it came."""

    @property
    def place(self) -> Place: ...

    @property
    def values(self) -> Mapping[str, str]: ...


class IncomingRow(NamedTuple):
    """One row as a person sends it.

    `version` is the version they saw (0: no record). `values` holds the typed text by measure name; a measure that is
    not in it stays as it is. `breakdown` is the code of the kind, in a programme that has kinds. A row that bears the
    `key` of one that was written before is that one, sent again because its answer got lost. `reasons` are said of
    unlikely figures, by measure name.
    """

    area: int
    version: int
    nil: bool
    values: Mapping[str, str]
    breakdown: str = ""
    key: UUID | None = None
    reasons: Mapping[str, str] = {}

    @property
    def place(self) -> Place:
        return self.area, self.breakdown


@dataclass(frozen=True)
class RowError:
    """What is wrong with one figure: measure name ("" for the whole row), the text that was sent, and the reason."""

    field: str
    value: str
    message: str


@dataclass
class RowResult:
    """What became of one row.

    `status` is saved, unchanged, refused (see `errors`), conflict (someone else wrote it: their `figures`, `by` and
    `at` are given) or locked (confirmed or approved). For all but refused, `version`, `state`, `nil` and `figures` are
    what now stands.
    """

    area: int
    status: str
    version: int = 0
    state: str = ""
    nil: bool = False
    figures: dict[str, Any] = field(default_factory=dict)
    errors: list[RowError] = field(default_factory=list)
    by: str = ""
    at: Any = None
    breakdown: str = ""

    @property
    def stands(self) -> bool:
        """Whether what was sent is what now stands."""
        return self.status in ("saved", "unchanged")


def refuse(row: IncomingRow, message: str, *, measure: str = "", value: str = "") -> RowResult:
    """The result of a row that is refused for one reason."""
    return RowResult(row.area, "refused", errors=[RowError(measure, value, message)], breakdown=row.breakdown)
