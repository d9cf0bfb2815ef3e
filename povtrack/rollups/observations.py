"""Totals as observations: one row for each place, year, measure and stage, as analysts' tools want them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from povtrack.rollups.columns import total_of
from programmes.measures import Measure
from programmes.models import Record

# What is read of each roll-up row, before the columns of the measures.
SOURCES = (
    "area_id", "area__code", "area__name", "level", "year", "basis", "breakdown", "expected", "reported", "approved",
    "nil", "estimated", "computed_at",
)  # fmt: skip
STAGES = {"reported": "", "approved": "_approved"}
COLUMNS = (
    "area", "area_code", "area_name", "level", "year", "basis", "programme", "measure", "breakdown", "stage", "value",
    "unit", "status", "expected", "reported", "approved", "estimated", "computed_at",
)  # fmt: skip


@dataclass(frozen=True)
class Picked:
    """The measures and stages of a programme that are asked for."""

    model: type[Record]
    measures: Sequence[Measure]
    stages: Sequence[str]

    @property
    def per_row(self) -> int:
        """How many observations one roll-up row gives."""
        return len(self.measures) * len(self.stages)

    def sources(self) -> list[str]:
        """Return the columns to read, those of the measures at the end in their order."""
        own = [
            source
            for measure in self.measures
            for stage in self.stages
            for source in total_of(measure, STAGES[stage])[0]
        ]
        return [*SOURCES, *own]

    def observations(self, rows: Iterable[Sequence[Any]]) -> Iterator[list[Any]]:
        """Yield the observations of roll-up rows that were read by `sources`; their cells are those of COLUMNS."""
        kinds = {kind.code: kind for kind in self.model.kinds}
        reads = []
        start = len(SOURCES)
        for measure in self.measures:
            units = {code: str(measure.unit_for(kind)) for code, kind in kinds.items()}
            units[""] = str(measure.total_unit_word)
            for stage in self.stages:
                names, make = total_of(measure, STAGES[stage])
                reads.append((measure.name, stage, units, start, start + len(names), make))
                start += len(names)
        for row in rows:
            head, breakdown = row[:6], row[6]
            expected, reported, approved, nil, estimated, computed_at = row[7:13]
            for name, stage, units, first, last, make in reads:
                value = make(*row[first:last]) if make else row[first]
                given = approved if stage == "approved" else reported
                status = _status(value, given, nil >= reported)
                yield [
                    *head, self.model.code, name, breakdown, stage, value, units[breakdown], status,
                    expected, reported, approved, estimated, computed_at,
                ]  # fmt: skip


def _status(value: Any, given: int, all_nil: bool) -> str:
    """Tell the four things apart that can stand where a figure is: the figure, nothing to report, blank, no record."""
    if not given:
        return "not_reported"
    if value is not None:
        return "reported"
    return "nil" if all_nil else "blank"
