"""Counties that stand in for cities without counties.

The history lists cities that had swallowed whole counties, but not the districts that this made of them: Foshan County
City became the prefecture-level city of Foshan in 1983, and its districts are listed from 1984 on; Dongguan, Zhongshan
and Danzhou have none to this day. So that such territory lies in a county all the time, the city has a county of its
own with the city's code and name, as the statistical lists give them, until its districts are listed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from villages.imports.history.model import History, Link, Record
from villages.levels import Level


def add_stand_ins(history: History) -> None:
    """Add the stand-ins, and turn the links between counties and prefectures to them; the rest are only mentioned."""
    stand_ins = _StandIns(history)
    stand_ins.make()
    links = [link for given in history.links for link in stand_ins.turned(given)]
    history.records += stand_ins.of.values()
    history.links = links + stand_ins.links + list(stand_ins.unnamed())


class _StandIns:
    """`of` holds the stand-in of each record of a city that has one."""

    def __init__(self, history: History) -> None:
        self.of: dict[Record, Record] = {}
        self.links: list[Link] = []
        self._received: dict[Record, list[int]] = defaultdict(list)
        self._given: dict[Record, set[int]] = defaultdict(set)
        self._next: dict[Record, Link] = {}
        for link in history.links:
            levels = link.old.level, link.new.level
            if levels == (Level.COUNTY, Level.PREFECTURE) and not link.part:
                self._received[link.new].append(link.year)
            elif levels == (Level.PREFECTURE, Level.COUNTY) and link.part:
                self._given[link.old].add(link.year)
            elif levels == (Level.PREFECTURE, Level.PREFECTURE) and not link.part:
                self._next[link.old] = link
        self._unnamed: dict[Record, list[Record]] = defaultdict(list)
        followed = {(link.new, link.year) for link in history.links}
        for record in history.records:
            if record.level == Level.COUNTY and record.parent and (record, record.start) not in followed:
                self._unnamed[record.parent].append(record)
                self._given[record.parent].add(record.start)

    def make(self) -> None:
        for city in sorted(self._received, key=lambda city: min(self._received[city])):
            if city not in self.of:
                self._make(city)

    def _make(self, city: Record) -> None:
        """Make the stand-in of one city, through all its forms, until the last of its districts is listed."""
        forms = [city]
        while (link := self._next.get(forms[-1])) is not None:
            forms.append(link.new)
        received = [year for form in forms for year in self._received.get(form, [])]
        given = max((year for form in forms for year in self._given.get(form, set())), default=0)
        until = given if given > max(received) else None
        last: Record | None = None
        for form in forms:
            start = max(min(received), form.start)
            end = min((year for year in (until, form.end) if year is not None), default=None)
            if end is not None and end <= start:
                break
            stand_in = Record(form.code, form.name, Level.COUNTY, start, end, form, stands_in=True)
            self.of[form] = stand_in
            if last and last.parent:
                documents = self._next[last.parent].documents
                self.links.append(Link(start, last, stand_in, part=False, documents=documents))
            last = stand_in

    def turned(self, link: Link) -> Iterator[Link]:
        """Yield a link as it is between places of one level; else with the stand-in in place of the city."""
        if link.old.level == link.new.level or (link.old.level == Level.PREFECTURE and not link.part):
            yield link
            return
        new, old = self.of.get(link.new), self.of.get(link.old)
        if new and new.stands_after(link.year):
            yield Link(link.year, link.old, new, link.part, link.documents)
            # The city itself belongs to the event; what share it got is said by the link to its stand-in.
            yield Link(link.year, link.old, link.new, part=False, documents=link.documents, mentioned=True)
            return
        if old and old.stood_before(link.year):
            yield Link(link.year, old, link.new, old.end != link.year, link.documents)
        else:
            yield Link(link.year, link.old, link.new, link.part, link.documents, mentioned=True)

    def unnamed(self) -> Iterator[Link]:
        """Yield links to the districts whose origin the history does not name, from the stand-in of their city."""
        for city, stand_in in self.of.items():
            for district in self._unnamed.get(city, []):
                if stand_in.stood_before(district.start):
                    yield Link(district.start, stand_in, district, stand_in.end != district.start)
