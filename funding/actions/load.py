"""Loading allocations in bulk: COPY into a staging table, then one statement for all of them."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from django.db import connection, transaction

from povtrack.accounts.models import User
from villages import derive

_STAGE = """
    CREATE TEMP TABLE arriving (
        id bigint DEFAULT nextval(pg_get_serial_sequence('funding_allocation', 'id')),
        ref integer, parent integer, source bigint, year smallint, programme text, area bigint, amount numeric,
        document_no text, document_date date, note text
    ) ON COMMIT DROP
"""
_COPY = """
    COPY arriving (ref, parent, source, year, programme, area, amount, document_no, document_date, note) FROM STDIN
"""
_WRITE = """
    INSERT INTO funding_allocation (id, at, by_id, source_id, year, programme, area_id, parent_id, amount, currency,
                                    document_no, document_date, note)
    SELECT a.id, now(), %s, a.source, a.year, a.programme, a.area, p.id, a.amount, '', a.document_no, a.document_date,
           a.note
    FROM arriving a LEFT JOIN arriving p ON p.ref = a.parent
    ORDER BY a.id
"""


class NewAllocation(NamedTuple):
    """An allocation to be loaded: `ref` is a number of the loader's own, `parent` that of the one it is passed from."""

    ref: int
    parent: int | None
    source: int
    year: int
    programme: str
    area: int
    amount: Decimal
    document_no: str
    document_date: dt.date
    note: str


def load_allocations(rows: Iterable[NewAllocation], *, by: User) -> int:
    """Load allocations with all that is passed down of them, and return how many.

    For generated and migrated data. The rules of the ledger hold as everywhere: a row that breaks one raises
    IntegrityError, and nothing is loaded.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        derive.hold_placements()
        cursor.execute(_STAGE)
        cursor.copy_expert(_COPY, io.StringIO("".join(map(_line, rows))))
        cursor.execute("ANALYZE arriving")
        cursor.execute(_WRITE, [by.pk])
        count = cursor.rowcount
        cursor.execute("DROP TABLE arriving")
        cursor.execute("ANALYZE funding_allocation")
    return int(count)


def _line(row: NewAllocation) -> str:
    return "\t".join(r"\N" if value is None else str(value) for value in row) + "\n"
