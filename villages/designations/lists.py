"""What a file of a list holds, line by line, and the facts of lists that no file states about itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_noop

from villages.levels import Level


@dataclass(frozen=True)
class ListFacts:
    """One list as a whole; `listed` is how many places the official notice counts."""

    code: str
    name: str
    name_latin: str = ""
    level: Level = Level.COUNTY
    listed: int | None = None
    source: str = ""
    note: str = ""


@dataclass(frozen=True)
class Pair:
    """A code and the name that went with it on a day. Without a day, today's are meant; the code may be blank."""

    code: str
    name: str
    on: dt.date | None


@dataclass(frozen=True)
class Line:
    """One line of a list, as printed, and what its place is to be looked up by (`pairs`, best first).

    On the list from `since` on, until the day `until` (no longer on it). `within` is the province as printed. `not_one`
    says why the line names no place of its own; then it is not looked up at all.
    """

    list: str
    name: str
    code: str
    within: str
    on: dt.date | None
    since: dt.date
    until: dt.date | None
    evidence: str
    note: str
    pairs: tuple[Pair, ...]
    not_one: str = ""

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What makes it the same line when its file is read again."""
        return (self.list, self.name, self.code, self.within)


# The day on which the list of 2012 was published: the file of the key counties names it with its source.
KEY_LIST_2012 = dt.date(2012, 3, 19)
# The outline of 2011-2020, which the lists of its time served, ended with that year.
OUTLINE_BEGINS, OUTLINE_ENDED = dt.date(2011, 1, 1), dt.date(2021, 1, 1)
POOR_832_BEGINS = dt.date(2012, 1, 1)

_OFFICE = "State Council Leading Group Office of Poverty Alleviation and Development"

KNOWN: Mapping[str, ListFacts] = {
    facts.code: facts
    for facts in (
        ListFacts(
            "poor-832",
            "832个国家级贫困县",
            "The 832 national poor counties",
            listed=832,
            source=f"{_OFFICE}; exit years as announced by the provinces.",
            note=gettext_noop(
                "Held from 2012-01-01: the list is of 2012, its day is not sourced. A county of exit year 2016 counts "
                "as poor up to 30 December 2016, and as out of poverty on the last day of that year."
            ),
        ),
        ListFacts(
            "key-2001",
            "国家扶贫开发工作重点县（2001年）",
            "Key counties of 2001",
            listed=592,
            source=_OFFICE,
            note=gettext_noop(
                "Held from 2001-01-01 (the day in 2001 is not sourced) until the list of 2012 was published on "
                "2012-03-19. Provinces that could not be sourced are missing."
            ),
        ),
        ListFacts(
            "key-2012",
            "国家扶贫开发工作重点县（2012年）",
            "Key counties of 2012",
            listed=592,
            source=f"{_OFFICE}, published 2012-03-19",
            note=gettext_noop(
                "Held until the outline of 2011-2020 ended: the day on which each county left is in the list of the "
                "832. Provinces that could not be sourced are missing."
            ),
        ),
        ListFacts(
            "western",
            "西部大开发省份",
            "Western region",
            level=Level.PROVINCE,
            listed=12,
            source="Large-scale development of the western region, from 2000",
            note=gettext_noop(
                "Six provinces, one municipality and five autonomous regions; held from 2000-01-01, for the policy is "
                "known by its year."
            ),
        ),
    )
}
