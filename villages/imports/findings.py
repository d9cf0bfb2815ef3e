"""What an import finds: one finding per row that needs a person's eye, and counts by level."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from django.db import models
from django.utils.translation import gettext_lazy as _

from villages.levels import Level

SHOWN = 8  # examples kept of each verdict, for the terminal; a sink gets them all


class Verdict(models.TextChoices):
    """What becomes of a row of the list, or of an area that the list does not name."""

    NEW = "new", _("new")
    SAME = "same", _("unchanged")
    RENAMED = "renamed", _("renamed")
    MOVED = "moved", _("moved")
    RECODED = "recoded", _("recoded")
    OTHER = "other", _("same code, probably another place")
    GONE = "gone", _("gone")
    REJECTED = "rejected", _("rejected")
    SUSPECT = "suspect", _("suspect name")
    WARNING = "warning", _("warning")


@dataclass(frozen=True, slots=True)
class Finding:
    """One row that is not simply taken, or is taken with a doubt: where it stands, what stands there, and why."""

    verdict: Verdict
    level: int | None
    file: str
    line: int | None
    column: str
    value: str
    reason: str


Sink = Callable[[Finding], None]


@dataclass
class Findings:
    """Counts findings by level and verdict, keeps the first of each verdict, and hands every one to `sink`.

    `first` counts the new places of which the registry held nothing of their level there; `differing` counts what a
    person decides.
    """

    sink: Sink | None = None
    counts: Counter[tuple[int | None, Verdict]] = field(default_factory=Counter)
    reasons: Counter[tuple[Verdict, str]] = field(default_factory=Counter)
    examples: dict[Verdict, list[Finding]] = field(default_factory=dict)
    first: int = 0
    differing: int = 0

    @property
    def wanted(self) -> int | None:
        """How many findings of one kind anybody will see; None for all."""
        return None if self.sink else SHOWN

    def add(self, finding: Finding) -> None:
        """Count a finding and show it."""
        self.counts[finding.level, finding.verdict] += 1
        self.show(finding)

    def show(self, finding: Finding) -> None:
        """Show a finding that is counted already."""
        kept = self.examples.setdefault(finding.verdict, [])
        if len(kept) < SHOWN:
            kept.append(finding)
        if self.sink:
            self.sink(finding)

    def total(self, verdict: Verdict) -> int:
        return sum(count for (_level, found), count in self.counts.items() if found == verdict)


@dataclass
class Decided:
    """What came of accepting rows: how many were, and why the others could not be. `rows` are (row id, label, why)."""

    accepted: int = 0
    reasons: Counter[str] = field(default_factory=Counter)
    rows: list[tuple[int, str, str]] = field(default_factory=list)

    @property
    def left_open(self) -> int:
        return sum(self.reasons.values())


@dataclass
class Report:
    """What an import would do, or did. `passed_over` counts rows that speak of another year than the one asked for.

    `review` is the id of the review in which the differences wait to be decided, if there are any; `decided` is what
    came of accepting some of them at once.
    """

    findings: Findings
    committed: bool = False
    passed_over: int = 0
    files: list[str] = field(default_factory=list)
    review: int | None = None
    decided: Decided | None = None

    def count(self, level: Level | None, verdict: Verdict) -> int:
        return self.findings.counts[level, verdict]

    @property
    def first(self) -> int:
        """How many places are known for the first time, and written as they are."""
        return self.findings.first

    @property
    def differing(self) -> int:
        """How many differences from the registry there are to decide."""
        return self.findings.differing

    def levels(self) -> list[Level | None]:
        """The levels that have anything to tell, from the top; None at the end for rows of no known level."""
        found = {level for level, _verdict in self.findings.counts}
        return [level for level in Level if level in found] + ([None] if None in found else [])
