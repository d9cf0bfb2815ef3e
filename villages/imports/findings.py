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
    MOVED = "moved", _("belongs elsewhere")
    REVIEW = "review", _("for review")
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
    """Counts findings by level and verdict, keeps the first of each verdict, and hands every one to `sink`."""

    sink: Sink | None = None
    counts: Counter[tuple[int | None, Verdict]] = field(default_factory=Counter)
    reasons: Counter[tuple[Verdict, str]] = field(default_factory=Counter)
    examples: dict[Verdict, list[Finding]] = field(default_factory=dict)

    def add(self, finding: Finding) -> None:
        self.counts[finding.level, finding.verdict] += 1
        kept = self.examples.setdefault(finding.verdict, [])
        if len(kept) < SHOWN:
            kept.append(finding)
        if self.sink:
            self.sink(finding)

    def total(self, verdict: Verdict) -> int:
        return sum(count for (_level, found), count in self.counts.items() if found == verdict)


@dataclass
class Report:
    """What an import would do, or did. `passed_over` counts rows that speak of another year than the one asked for."""

    findings: Findings
    committed: bool = False
    passed_over: int = 0
    files: list[str] = field(default_factory=list)

    def count(self, level: Level | None, verdict: Verdict) -> int:
        return self.findings.counts[level, verdict]

    @property
    def changes(self) -> int:
        """How many areas are added or renamed."""
        return self.findings.total(Verdict.NEW) + self.findings.total(Verdict.RENAMED)

    def levels(self) -> list[Level | None]:
        """The levels that have anything to tell, from the top; None at the end for rows of no known level."""
        found = {level for level, _verdict in self.findings.counts}
        return [level for level in Level if level in found] + ([None] if None in found else [])
