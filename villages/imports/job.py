"""What a person asks to have imported, and what the steps of carrying it out hand on to each other."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.db.backends.utils import CursorWrapper

from povtrack.lib.progress import Steps
from villages.imports.findings import Findings
from villages.imports.sources import Nation, Source

AUTO = "auto"


@dataclass(frozen=True)
class Request:
    """What a person asks for. `since` is the first day from which new areas are held valid."""

    files: Sequence[Path]
    vintage: dt.date
    since: dt.date
    source: str = AUTO
    nation: Nation | None = None
    encoding: str = "utf-8"


@dataclass(frozen=True)
class Job:
    """One import under way. `nation` is what the provinces of the list belong to."""

    request: Request
    source: Source
    nation: Nation
    cursor: CursorWrapper
    findings: Findings
    steps: Steps

    @property
    def file_names(self) -> list[str]:
        return [path.name for path in self.request.files]
