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
    text = request.GET.get(name, "1")
    number = int(text) if text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= LAST_PAGE else 1
    start = (number - 1) * size
    rows = [] if empty else list(queryset[start : start + size + 1])
    more = len(rows) > size and number < LAST_PAGE
    return Slice(rows[:size], number, _url(request, name, number - 1), _url(request, name, number + 1) if more else "")


def _url(request: HttpRequest, name: str, number: int) -> str:
    if number < 1:
        return ""
    query = request.GET.copy()
    query[name] = str(number)
    return f"?{query.urlencode()}"
