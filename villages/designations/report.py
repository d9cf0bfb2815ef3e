"""What an import of designation lists finds: counts by list, and every line that needs a person's eye."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from django.db import models
from django.utils.translation import gettext_lazy as _

from villages.designations.reading import Place


class Verdict(models.TextChoices):
    """What becomes of a line."""

    EXACT = "exact", _("matched by code and name")
    NOTED = "noted", _("matched with a note")
    UNMATCHED = "unmatched", _("not matched")
    REJECTED = "rejected", _("rejected")


@dataclass(frozen=True, slots=True)
class Finding:
    """One line that is not simply matched: where it stands, what stands there, and why."""

    verdict: Verdict
    place: Place
    value: str
    reason: str


@dataclass
class Report:
    """What an import would do, or did. `counts` is by list and verdict; a row of no known list is under ""."""

    findings: list[Finding] = field(default_factory=list)
    counts: Counter[tuple[str, Verdict]] = field(default_factory=Counter)
    new_lists: list[str] = field(default_factory=list)
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    committed: bool = False

    @property
    def changes(self) -> int:
        """How many lists and lines are added or changed."""
        return len(self.new_lists) + self.new + self.changed

    def total(self, verdict: Verdict) -> int:
        return sum(count for (_list, found), count in self.counts.items() if found == verdict)

    def lists(self) -> list[str]:
        return sorted({code for code, _verdict in self.counts})

    def add(self, code: str, verdict: Verdict, place: Place, value: str, reason: str) -> None:
        self.counts[code, verdict] += 1
        if verdict is not Verdict.EXACT:
            self.findings.append(Finding(verdict, place, value, reason))
