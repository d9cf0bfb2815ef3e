"""Reading the feed, a page at a time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import starmap
from typing import Any, NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Max, QuerySet

from povtrack.feed.bookmarks import Bookmark, microseconds
from povtrack.feed.models import FeedChange, FeedTransaction


class Change(NamedTuple):
    """One change, as a reader may know of it. `inside`: its place lies in their areas; `was`: it lay there before."""

    position: int
    at: dt.datetime
    number: int
    resource: str
    programme: str
    key: int
    area: int | None
    operation: str
    version: int | None
    inside: bool
    was: bool | None  # None: where it lay before is the same, or not the question


@dataclass(frozen=True)
class Reader:
    """Whose page it is: the places that they may read (ids; None is all), and the ids of the areas that they hold."""

    places: QuerySet[Any] | None
    areas: Sequence[int]
    scope: bytes


@dataclass(frozen=True)
class Page:
    """Changes in the order of commits, and where to go on."""

    changes: list[Change]
    next: Bookmark
    more: bool


class Gone(Exception):
    """What came after a bookmark is not told one by one, or no longer."""


# The changes of each transaction are found in its part of the index, from the one on that the page begins with.
_PAGE = """
    SELECT t.position, t.at, c.*
    FROM feed_feedtransaction t
    CROSS JOIN LATERAL (
        SELECT c.number, c.resource, c.programme, c.key, c.area, c.operation, c.version,
               {inside} AS inside, c.above && %(own)s::bigint[] AS was
        FROM feed_feedchange c
        WHERE c.transaction_id = t.id
          AND c.number > CASE WHEN t.position = %(position)s THEN %(number)s ELSE -1 END
          {narrowed}
        ORDER BY c.number
        LIMIT %(most)s
    ) AS c
    WHERE t.position BETWEEN %(position)s AND %(newest)s
    ORDER BY t.position, c.number
    LIMIT %(most)s
"""
# Who holds the whole nation is told of everything, and nothing comes to them or leaves them.
_EVERYWHERE = "true"
_INSIDE = "CASE WHEN c.above IS NULL THEN true ELSE c.area IN ({places}) END"
_SEEN = "AND (c.area IN ({places}) OR c.above && %(own)s::bigint[])"
# A place that comes or leaves does so with all its rows: whoever asks for one list alone is told too.
_ASKED = "AND ({asked} OR {moved})"
_MOVED = "c.above IS NOT NULL AND c.area IS NOT NULL AND (c.area IN ({places})) <> (c.above && %(own)s::bigint[])"


def newest(scope: bytes) -> Bookmark:
    """Return the place after all that is committed."""
    known = FeedTransaction.objects.filter(position__isnull=False).order_by("-position")
    last = known.values_list("position", "at").first()
    position, at = last or (None, None)
    return Bookmark.after(position, at, scope) if position and at else Bookmark(scope=scope)


def read(since: Bookmark, reader: Reader, *, most: int, resource: str = "", programme: str = "") -> Page:
    """Return the first `most` changes after a bookmark that the reader may know of; raises Gone.

    The newest place is looked up first: all that stands before it can be seen by whoever looks later. Whether the
    bookmark still holds is looked up last: what was dropped meanwhile is not missed without a word.
    """
    last = newest(reader.scope)
    found = _changes(since, last, reader, most + 1, {"resource": resource, "programme": programme})
    if since.scope != reader.scope or not _holds(since):
        raise Gone
    if len(found) <= most:
        return Page(found, last, more=False)
    end = found[most - 1]
    return Page(found[:most], Bookmark.after(end.position, end.at, reader.scope, end.number), more=True)


def told_since() -> dt.datetime | None:
    """Return the moment after which each change is told by itself; None where that was always so."""
    told: dt.datetime | None = FeedTransaction.objects.filter(anew=True).aggregate(last=Max("at"))["last"]
    return told


def changed_since(resource: str, moment: dt.datetime) -> QuerySet[Any]:
    """Return the ids of those rows of a list that were written at a moment or later, as `key`."""
    later = FeedTransaction.objects.filter(at__gte=moment)
    return FeedChange.objects.filter(resource=resource, transaction__in=later).values("key")


def _changes(since: Bookmark, last: Bookmark, reader: Reader, most: int, asked: dict[str, str]) -> list[Change]:
    inside, moved, seen = _EVERYWHERE, "false", ""
    values: dict[str, Any] = {}
    if reader.places is not None:
        try:
            places, values = _named(*reader.places.query.sql_with_params())
        except EmptyResultSet:
            return []
        inside, moved, seen = (text.format(places=places) for text in (_INSIDE, _MOVED, _SEEN))
    words = " AND ".join(f"c.{name} = %({name})s" for name, word in asked.items() if word)
    narrowed = seen + (_ASKED.format(asked=words, moved=moved) if words else "")
    values |= {"position": since.position, "number": since.number, "newest": last.position, "most": most}
    with connection.cursor() as cursor:
        cursor.execute(_PAGE.format(inside=inside, narrowed=narrowed), {**values, **asked, "own": list(reader.areas)})
        return list(starmap(Change, cursor.fetchall()))


def _named(sql: str, values: Sequence[Any]) -> tuple[str, dict[str, Any]]:
    """Give the values of a query names, so that it can stand in another one several times."""
    names = [f"place_{number}" for number, _value in enumerate(values)]
    return sql % tuple(f"%({name})s" for name in names), dict(zip(names, values, strict=True))


def _holds(since: Bookmark) -> bool:
    """Tell whether a bookmark names a transaction of this database, and all that came later is told."""
    begun = FeedTransaction.objects.filter(anew=True).aggregate(last=Max("position"))["last"] or 0
    if since.position == 0:
        return not begun
    at = FeedTransaction.objects.filter(position=since.position).values_list("at", flat=True).first()
    return since.position >= begun and at is not None and microseconds(at) == since.moment
