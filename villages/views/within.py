"""The part of a place's page that lists what lies within it: today, and at the end of another year."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TypeVar

from django.http import HttpRequest
from django.utils.translation import gettext as _

from povtrack.lib.pages import Slice, sliced
from villages.below import Below, Row, below, levels_of, rows_of, years_of
from villages.filters import visible_areas
from villages.models import Area

PAGE = 50
SHOWS = ("today", "ended", "then", "left", "came")

Choice = TypeVar("Choice")


@dataclass(frozen=True)
class Tab:
    """One of the lists: its key in the address, words, how many places it has, and the address."""

    key: str
    words: str
    count: int
    url: str


@dataclass(frozen=True)
class Tally:
    """How many places of one level there were `then`, are `now`, `left` and `came`; its words and its address."""

    words: str
    url: str
    chosen: bool
    then: int
    now: int
    left: int
    came: int


@dataclass(frozen=True)
class Within:
    """What lies below a place, as the address asks for it (`year`, `of`, `show`, `page`).

    `readable` are the ids on the page that lie within the reader's areas. `problem` is a sentence about a parameter
    that makes no sense; the page then shows what it would without it.
    """

    found: Below
    levels: list[Tally]
    years: list[int]
    tabs: list[Tab]
    show: str
    page: Slice
    rows: list[Row]
    readable: set[int]
    empty: bool
    problem: str = ""

    @property
    def told(self) -> bool:
        """Whether the rows say what became of the places."""
        return self.show != "today"


def within(request: HttpRequest, area: Area, first: dt.date | None) -> Within:
    """Read the address and look below `area`, which stands since `first`. Three queries a level, and six at most."""
    levels, years = levels_of(area), years_of(first, area) if first else []
    usual = (years[0] if area.ended_on else years[-1]) if years else None
    by_year: dict[str, int | None] = {str(year): year for year in years}
    year, wrong_year = _chosen(request, "year", by_year, usual)
    tally = [below(area, level, year) for level in levels]
    # A county without townships is looked through by its villages.
    filled = [one for one in tally if one.now or one.then or one.ended] or tally
    by_word = {one.level.name.lower() if one.level else "": one for one in tally}
    found, wrong_level = _chosen(request, "of", by_word, filled[0])
    show, wrong_show = _chosen(
        request, "show", {show: show for show in SHOWS}, "then" if area.ended_on and year else "today"
    )
    lists = {"today": found.now, "ended": found.ended, "then": found.then, "left": found.left, "came": found.came}
    page = sliced(request, lists[show], PAGE)
    rows = rows_of(found, page.rows, show) if page.rows else []
    return Within(
        found=found,
        levels=[_tally(request, one, chosen=one is found) for one in tally],
        years=years,
        tabs=_tabs(request, found, lists),
        show=show,
        page=page,
        rows=rows,
        readable=set(visible_areas(request).filter(pk__in=page.rows).values_list("pk", flat=True)),
        empty=not any(one.now or one.then or one.ended for one in tally),
        problem=wrong_year or wrong_level or wrong_show,
    )


def _tally(request: HttpRequest, one: Below, *, chosen: bool) -> Tally:
    words = one.level.word if one.level else _("directly in it")
    url = address(request, of=one.level.name.lower()) if one.level else ""
    return Tally(words, url, chosen, len(one.then), len(one.now), len(one.left), len(one.came))


def _chosen(request: HttpRequest, name: str, choices: dict[str, Choice], default: Choice) -> tuple[Choice, str]:
    """What the address chooses by `name`, and what is wrong with it; without a sensible choice the default."""
    text = request.GET.get(name)
    if text is None or text in choices:
        return (default if text is None else choices[text]), ""
    return default, _("“%(text)s” can't be chosen here for “%(name)s”.") % {"text": text[:40], "name": name}


def _tabs(request: HttpRequest, found: Below, lists: dict[str, list[int]]) -> list[Tab]:
    words = {"today": _("Today"), "ended": _("Ended")}
    if found.year:
        year = {"year": found.year}
        words["then"] = _("At the end of %(year)s") % year
        words["left"] = _("Left since %(year)s") % year
        words["came"] = _("Came since %(year)s") % year
    return [Tab(key, words[key], len(lists[key]), address(request, show=key)) for key in words]


def address(request: HttpRequest, **changed: str) -> str:
    """This page's address with some of its parameters changed, from the first page of the list on."""
    query = request.GET.copy()
    query.pop("page", None)
    for key, value in changed.items():
        query[key] = value
    return f"?{query.urlencode()}#within"
