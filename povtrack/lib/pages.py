"""Paging of pages: one row more than shown tells whether there is a next page, so that nothing is counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

# Deeper than anyone turns pages; a search is narrowed instead.
LAST_PAGE = 200


@dataclass(frozen=True)
class Slice:
    """The rows of one page, its number, and the addresses of its neighbours ("" where there is none)."""

    rows: list[Any]
    number: int
    previous_url: str
    next_url: str


def sliced(
    request: HttpRequest, queryset: QuerySet[Any] | Sequence[Any], size: int, *, empty: bool = False, name: str = "page"
) -> Slice:
    """Return the page of `queryset` that the request asks for by `name`; a number out of range is the first page."""
    number = page_number(request, name)
    start = (number - 1) * size
    rows = [] if empty else list(queryset[start : start + size + 1])
    return Slice(rows[:size], number, *neighbours(request, number, more=len(rows) > size, name=name))


def page_number(request: HttpRequest, name: str = "page") -> int:
    """The number of the page that the request asks for; one out of range is the first."""
    text = request.GET.get(name, "1")
    return int(text) if text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= LAST_PAGE else 1


def neighbours(
    request: HttpRequest, number: int, *, more: bool, name: str = "page", anchor: str = ""
) -> tuple[str, str]:
    """The addresses of the page before and, where there is `more`, of the one after; "" where there is none."""

    def url(wanted: int) -> str:
        query = request.GET.copy()
        query[name] = str(wanted)
        return f"?{query.urlencode()}{anchor}"

    return url(number - 1) if number > 1 else "", url(number + 1) if more and number < LAST_PAGE else ""
