"""What the importer has to know about each layout of designation lists: a small class of facts for each."""

from __future__ import annotations

import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from povtrack.lib.years import FIRST_YEAR, LAST_YEAR, year_end
from villages.designations.lists import (
    KEY_LIST_2012,
    OUTLINE_BEGINS,
    OUTLINE_ENDED,
    POOR_832_BEGINS,
    Line,
    ListFacts,
    Pair,
)
from villages.models import Membership
from villages.told import joined, told

Row = Mapping[str, str]


class BadCell(Exception):
    """A cell that can't be taken: its column, and why."""

    def __init__(self, column: str, reason: str) -> None:
        super().__init__(reason)
        self.column, self.reason = column, reason


class ListSource(ABC):
    """The facts of one layout. A new one is a subclass, and an entry in `SOURCES`.

    A file of a source is told by its columns: it has all of `signs`. It must have all of `wanted`.
    """

    code: ClassVar[str]
    title: ClassVar[str | Promise]
    signs: ClassVar[frozenset[str]]
    wanted: ClassVar[Sequence[str]]

    @abstractmethod
    def read(self, row: Row) -> Line | ListFacts:
        """Return the line, or the list, that a row stands for; raises BadCell."""


class Poor832(ListSource):
    """The 832 poor counties with the year in which each left.

    A county that left in 2016 is on the list up to 30 December 2016, so that on the last day of the year, which stands
    for the year, it no longer is. That is how the official counts go: "52 were left at the end of 2019" leaves out the
    345 whose exit year is 2019. Code and name of 2012 were worked out by the makers of the file; they are looked up
    first, and those of 2024 only where the registry has not got those.
    """

    code = "poor-832"
    title = gettext_lazy("the 832 poor counties")
    signs = frozenset({"exit_year", "listed_code"})
    wanted = (
        "province",
        "listed_name",
        "listed_code",
        "exit_year",
        "code_2012",
        "name_2012",
        "code_2024",
        "name_2024",
        "check_note",
    )

    def read(self, row: Row) -> Line:
        name, code = named(row, "listed_name"), row["listed_code"]
        on = year_end(2012)
        # A place that had no code then is left to a person: what became of it later may be more than it was.
        pairs = [Pair(code, name, on)]
        if row["code_2012"]:
            later = [Pair(row["code_2024"], row["name_2024"], year_end(2024))] if row["code_2024"] else []
            pairs = [Pair(row["code_2012"], row["name_2012"], on), *later]
        until = year_end(year_of(row, "exit_year"))
        if until <= POOR_832_BEGINS:
            raise BadCell("exit_year", _("The list begins in 2012; nobody left it before."))
        return Line(
            self.code,
            name,
            code,
            row["province"],
            on,
            POOR_832_BEGINS,
            until,
            Membership.Evidence.PRINTED,
            row["check_note"],
            tuple(pairs),
        )


class KeyCounties(ListSource):
    """The key counties of 2001 and of 2012. Names are short forms with blanks inside; the official one stands beside.

    An entry in brackets is part of a county that was counted apart: no county is listed by it.
    """

    code = "key"
    title = gettext_lazy("key counties of 2001 and 2012")
    signs = frozenset({"name_as_listed", "official_name"})
    wanted = (
        "list",
        "province",
        "name_as_listed",
        "official_name",
        "code",
        "code_year",
        "evidence",
        "source",
        "note",
    )
    _DATES: ClassVar[Mapping[str, tuple[dt.date, dt.date]]] = {
        "2001": (dt.date(2001, 1, 1), KEY_LIST_2012),
        "2012": (KEY_LIST_2012, OUTLINE_ENDED),
    }

    def read(self, row: Row) -> Line:
        if row["list"] not in self._DATES:
            raise BadCell("list", _("There are key counties of 2001 and of 2012, and no others."))
        since, until = self._DATES[row["list"]]
        name, code, on = named(row, "name_as_listed"), row["code"], year_end(year_of(row, "code_year"))
        part = name.startswith(("(", "（"))
        return Line(
            f"key-{row['list']}",
            name,
            code,
            row["province"],
            on,
            since,
            until,
            evidence_of(row),
            " ".join(filter(None, (row["source"], row["note"]))),
            (Pair(code, row["official_name"] or name, on),),
            row["note"] or told(gettext_noop("The entry stands in brackets: it is part of a county.")) if part else "",
        )


def area_code(row: Row, column: str) -> str:
    """Return the code of the list of a contiguous poor area: contiguous-08."""
    text = row[column]
    if not (text.isascii() and text.isdigit() and len(text) <= 2):
        raise BadCell(column, _("The number of a contiguous poor area has one or two digits."))
    return f"contiguous-{int(text):02}"


class ContiguousAreas(ListSource):
    """The contiguous poor areas: one list each, with the number of its counties."""

    code = "contiguous"
    title = gettext_lazy("contiguous poor areas")
    signs = frozenset({"count_evidence", "name_zh"})
    wanted = ("seq", "name_en", "name_zh", "counties", "count_evidence", "note")

    def read(self, row: Row) -> ListFacts:
        count = row["counties"]
        if not (count.isascii() and count.isdigit() and len(count) <= 4):
            raise BadCell("counties", _("The number of counties is a whole number."))
        evidence = row["count_evidence"]
        doubt = (
            "" if evidence == "printed" else told(gettext_noop("Number of counties: %(evidence)s."), evidence=evidence)
        )
        dates = told(gettext_noop("Held from 2011-01-01 to the end of 2020, the years of the outline."))
        return ListFacts(
            area_code(row, "seq"),
            f"连片特困地区：{named(row, 'name_zh')}",
            f"Contiguous poor area: {row['name_en']}",
            listed=int(count),
            source="Contiguous poor areas of the outline of 2011-2020",
            note=joined(" ", [doubt, f"{row['note'].capitalize()}." if row["note"] else "", dates]),
        )


class ContiguousCounties(ListSource):
    """The counties of the contiguous poor areas, on their lists for the years of the outline."""

    code = "contiguous-counties"
    title = gettext_lazy("counties of the contiguous poor areas")
    signs = frozenset({"area_seq", "county"})
    wanted = ("area_seq", "province", "county", "code", "code_year", "evidence", "source")

    def read(self, row: Row) -> Line:
        name, code, on = named(row, "county"), row["code"], year_end(year_of(row, "code_year"))
        return Line(
            area_code(row, "area_seq"),
            name,
            code,
            row["province"],
            on,
            OUTLINE_BEGINS,
            OUTLINE_ENDED,
            evidence_of(row),
            row["source"],
            (Pair(code, name, on),),
        )


class PlainLines(ListSource):
    """Povtrack's own layout: designation, name, code, on, within, since, until, evidence, note.

    `on` is the day on which the place carried that code (blank: today), `within` its province, `until` the first day
    on which it was no longer on the list (blank: it still is).
    """

    code = "plain"
    title = gettext_lazy("povtrack's own layout")
    signs = frozenset({"designation", "since"})
    wanted = ("designation", "name", "code", "on", "within", "since", "until", "evidence", "note")

    def read(self, row: Row) -> Line:
        name, code, on = named(row, "name"), row["code"], day_of(row, "on")
        since, until = day_of(row, "since"), day_of(row, "until")
        if since is None:
            raise BadCell("since", _("The first day on the list is missing."))
        if until and until <= since:
            raise BadCell("until", _("The last day lies before the first."))
        if not row["designation"]:
            raise BadCell("designation", _("The code of the list is missing."))
        return Line(
            row["designation"],
            name,
            code,
            row["within"],
            on,
            since,
            until,
            evidence_of(row),
            row["note"],
            (Pair(code, name, on),),
        )


SOURCES: tuple[type[ListSource], ...] = (Poor832, KeyCounties, ContiguousAreas, ContiguousCounties, PlainLines)


def named(row: Row, column: str) -> str:
    """Return the name in a cell; raises BadCell where there is none."""
    if not row[column]:
        raise BadCell(column, _("The name is missing."))
    return row[column]


def year_of(row: Row, column: str) -> int:
    """Return the year in a cell; raises BadCell."""
    text = row[column]
    if text.isascii() and text.isdigit() and len(text) == 4 and FIRST_YEAR <= int(text) <= LAST_YEAR:
        return int(text)
    raise BadCell(column, _("A year has four digits, as in 2011."))


def day_of(row: Row, column: str) -> dt.date | None:
    """Return the day in a cell, None where it is blank; raises BadCell."""
    if not row[column]:
        return None
    try:
        day = dt.date.fromisoformat(row[column])
    except ValueError as error:
        raise BadCell(column, _("This is not a day; write it as 2012-03-19.")) from error
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise BadCell(column, _("The year is out of range."))
    return day


def evidence_of(row: Row) -> str:
    """Return how sure the line is; blank is printed. Raises BadCell."""
    word = row["evidence"] or Membership.Evidence.PRINTED.value
    if word not in Membership.Evidence.values:
        raise BadCell("evidence", _("Known words: %(words)s.") % {"words": ", ".join(Membership.Evidence.values)})
    return word
