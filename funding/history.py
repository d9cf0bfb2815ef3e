"""All entries that made an allocation what it is, in the order in which they were written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, overload

from django.db import connection

from funding.models import Allocation
from povtrack.accounts.models import User
from villages.models import Area

# What was passed down in one document to many areas is one line.
_ENTRIES = """
    SELECT CASE WHEN parent_id IS NULL THEN 'entered' ELSE 'given' END AS what, at, by_id, amount, 1 AS number,
           document_no, document_date AS day, note AS words, 0 AS area_id, 0 AS payment_id
    FROM funding_allocation WHERE id = %(id)s
    UNION ALL
    SELECT kind, at, by_id, amount, 1, document_no, document_date, reason, 0, 0
    FROM funding_adjustment WHERE allocation_id = %(id)s
    UNION ALL
    SELECT 'passed', min(at), by_id, sum(amount), count(*), document_no, document_date, '',
           CASE WHEN count(*) = 1 THEN min(area_id) ELSE 0 END, 0
    FROM funding_allocation WHERE parent_id = %(id)s GROUP BY key, by_id, document_no, document_date
    UNION ALL
    SELECT 'below', j.at, j.by_id, j.amount, 1, j.document_no, j.document_date, j.reason, c.area_id, 0
    FROM funding_allocation c JOIN funding_adjustment j ON j.allocation_id = c.id WHERE c.parent_id = %(id)s
    UNION ALL
    SELECT CASE WHEN reverses_id IS NULL THEN kind ELSE 'back' END, at, by_id, amount, 1, document_no, paid_on, note, 0,
           id
    FROM funding_payment WHERE allocation_id = %(id)s
    UNION ALL
    SELECT 'attached', at, by_id, NULL, 1, file_name, NULL, '', 0, 0
    FROM funding_attachment WHERE allocation_id = %(id)s
"""


@dataclass
class Line:
    """One line of the history. `what` says which kind of entry it is; `number` how many areas got the amount."""

    what: str
    at: dt.datetime
    by: User
    amount: Decimal | None
    number: int
    document: str
    day: dt.date | None
    words: str
    area: Area | None


class History(Sequence[Line]):
    """The lines of one allocation, oldest first; only a slice of them is ever read."""

    def __init__(self, allocation: Allocation) -> None:
        self.allocation = allocation

    def __len__(self) -> int:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM ({_ENTRIES}) AS entry", {"id": self.allocation.pk})
            return int(cursor.fetchone()[0])

    @overload
    def __getitem__(self, at: int) -> Line: ...
    @overload
    def __getitem__(self, at: slice) -> list[Line]: ...
    def __getitem__(self, at: int | slice) -> Line | list[Line]:
        if isinstance(at, int):
            return self[at : at + 1][0]
        start = at.start or 0
        words = {"id": self.allocation.pk, "start": start, "size": (at.stop or start + 1) - start}
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT * FROM ({_ENTRIES}) AS entry ORDER BY at, payment_id LIMIT %(size)s OFFSET %(start)s", words
            )
            return _lines(cursor.fetchall())


def _lines(rows: list[Any]) -> list[Line]:
    """Rows with their people and areas. Two queries, however many."""
    people = User.objects.in_bulk({row[2] for row in rows})
    areas = Area.objects.in_bulk({row[8] for row in rows if row[8]})
    return [
        Line(what, at, people[by], amount, number, document, day, words, areas.get(area))
        for what, at, by, amount, number, document, day, words, area, _payment in rows
    ]
