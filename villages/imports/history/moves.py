"""Where the counties of each prefecture went: what speaks for the successor of one for which the history names none."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from villages.imports.history.model import History, Link, Record
from villages.levels import Level


@dataclass(frozen=True)
class Moves:
    """How many counties went from one prefecture to another at the end of the old one, and which links say so."""

    went: Mapping[Record, Counter[Record]]
    came: Mapping[Record, set[Record]]
    links: Mapping[Record, list[Link]]

    def sole_new(self, old: Record) -> Record | None:
        """The prefecture that took all counties of `old`, began just then, and took none from elsewhere, if any did."""
        went = list(self.went.get(old, ()))
        if len(went) == 1 and went[0].start == old.end and self.came[went[0]] == {old}:
            return went[0]
        return None


def moves_of(history: History) -> Moves:
    """Follow the counties of every prefecture that ends. Links with stand-ins are the files' own, read otherwise."""
    went: dict[Record, set[tuple[Record, Record]]] = defaultdict(set)
    came: dict[Record, set[Record]] = defaultdict(set)
    links: dict[Record, list[Link]] = defaultdict(list)
    for link in history.links:
        old, new = (_prefecture(end) for end in (link.old, link.new))
        if old is None or new is None:
            continue
        if new.start == link.year:
            came[new].add(old)
        if link.year == old.end and link.year == link.old.end and link.old.level == Level.COUNTY and old is not new:
            went[old].add((link.old, new))
            links[old].append(link)
    return Moves({old: Counter(new for _county, new in moved) for old, moved in went.items()}, came, links)


def _prefecture(record: Record) -> Record | None:
    return record.parent if record.level == Level.COUNTY else record
