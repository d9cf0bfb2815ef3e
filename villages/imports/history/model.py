"""What the files of the history say, as they say it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from villages.levels import Level

# Digits of the codes of each level; the files fill all of them up to six with zeros.
DIGITS = {Level.PROVINCE: 2, Level.PREFECTURE: 4, Level.COUNTY: 6}


@dataclass(frozen=True)
class Document:
    """The legal act behind a link. `written` is its date as printed, which may lack the day or be missing."""

    title: str
    number: str
    written: str
    approved_on: dt.date | None


@dataclass(eq=False)
class Record:
    """One code with one name under one parent, in force at the end of each year from `start` to the one before `end`.

    `stands_in` marks the county that a city without counties has for its own territory; the files don't have it.
    """

    code: str
    name: str
    level: Level
    start: int
    end: int | None
    parent: Record | None
    stands_in: bool = False

    @property
    def own_code(self) -> str:
        """The code as the registry writes it: without the zeros that fill it up, but for a county's."""
        return self.code[: DIGITS[self.level]]

    def stood_before(self, year: int) -> bool:
        """Tell whether it was in force until the changes of `year`."""
        return self.start < year and (self.end is None or year <= self.end)

    def stands_after(self, year: int) -> bool:
        """Tell whether it is in force after the changes of `year`."""
        return self.start <= year and (self.end is None or year < self.end)

    def __str__(self) -> str:
        return f"{self.own_code} {self.name}"


@dataclass(eq=False)
class Link:
    """Territory of `old` went to `new` at the end of `year`: all that was left of it, or a `part` while it went on.

    One that is only mentioned joins places of different levels; it tells of an event, but not who took over from whom.
    """

    year: int
    old: Record
    new: Record
    part: bool
    documents: list[Document] = field(default_factory=list)
    mentioned: bool = False


@dataclass(frozen=True)
class Doubt:
    """A place where the files contradict themselves, or leave something out."""

    key: str
    subject: str
    reason: str
    year: int
    record: Record | None = None
    evidence: dict[str, Any] = field(default_factory=dict)


@dataclass
class History:
    """The two files, read: records in the order of the file, links, and what is doubtful."""

    records: list[Record]
    links: list[Link]
    doubts: list[Doubt]
    first: int
    last: int
    undocumented: int = 0
