"""Which rows of one year are one event, and what it does to each township."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from villages.imports.townships.reading import Row


@dataclass(frozen=True, eq=False)
class Event:
    """Rows that hang together by their codes. `targets` and `sources` are codes, in the order of the rows."""

    rows: Sequence[Row]
    targets: dict[str, list[str]]
    sources: dict[str, list[str]]
    names: dict[str, str]

    def becomes(self, old: str) -> str | None:
        """The code that the place `old` has from now on, if that is one to one."""
        targets = self.targets[old]
        return targets[0] if len(targets) == 1 and len(self.sources[targets[0]]) == 1 else None

    def goes_on(self, old: str) -> bool:
        """Tell whether the place that carries `old` goes on: in another form, or with others added or taken away."""
        return self.becomes(old) is not None or old in self.targets[old]


def events_of(rows: Iterable[Row]) -> list[Event]:
    """Group the rows of one year, in the order of their first rows."""
    group_of: dict[str, int] = {}
    members: dict[int, list[Row]] = {}
    codes_of: dict[int, set[str]] = {}
    for number, row in enumerate(rows):
        codes = {code for code in (row.old_code, row.new_code) if code}
        joined = {group_of[code] for code in codes if code in group_of}
        members[number] = [*(one for group in sorted(joined) for one in members.pop(group)), row]
        codes_of[number] = codes.union(*(codes_of.pop(group) for group in joined))
        group_of.update(dict.fromkeys(codes_of[number], number))
    return [_event(found) for found in members.values()]


def _event(rows: Sequence[Row]) -> Event:
    targets: dict[str, list[str]] = defaultdict(list)
    sources: dict[str, list[str]] = defaultdict(list)
    names: dict[str, str] = {}
    for row in sorted(rows, key=lambda row: row.line):
        names.setdefault(row.new_code, row.new_name)
        if row.new_code not in targets[row.old_code]:
            targets[row.old_code].append(row.new_code)
            sources[row.new_code].append(row.old_code)
    return Event(sorted(rows, key=lambda row: row.line), dict(targets), dict(sources), names)
