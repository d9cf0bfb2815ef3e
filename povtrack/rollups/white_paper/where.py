"""Addresses where a page or the API shows the total that a figure is."""

from __future__ import annotations

from collections.abc import Callable, Collection
from urllib.parse import urlencode

from django.urls import reverse

from povtrack.rollups.white_paper.books import DECADE, Books
from programmes.models import Record

Address = Callable[[Books], str]


def funds(years: Collection[int] = DECADE, programme: str | None = None, designation: str = "") -> Address:
    """Fund totals by year and source."""

    def address(books: Books) -> str:
        asked: dict[str, object] = {"area": books.nation.pk, "year_min": min(years), "year_max": max(years)}
        asked |= {"by": "year,source", "page_size": 1000}
        if programme is not None:
            asked["programme"] = programme
        if designation:
            asked |= {"designation": designation, "by": "source"}
        return f"{reverse('api-fundtotal-list')}?{urlencode(asked)}"

    return address


def rollup(model: type[Record], years: Collection[int]) -> Address:
    """The figures of a programme in the last of some years; the page has those of the years before beside it."""

    def address(books: Books) -> str:
        held = [row.year for row in books.rows(model, years)]
        return reverse("figures-area", args=[model.code, max(held, default=max(years)), books.nation.code])

    return address


def designation(code: str) -> Address:
    return lambda books: reverse("designation", args=[code])


def partners(scheme: str) -> Address:
    """Totals by kind of partner; the scheme is told apart there."""
    return lambda books: reverse("partner-totals", args=[2010, books.nation.code])


def projects(books: Books) -> str:
    return reverse("projects")
