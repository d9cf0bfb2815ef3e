"""Filling empty tables without their indexes and foreign keys, which are built once at the end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.db.backends.utils import CursorWrapper
from django.utils.translation import gettext as _

from povtrack.lib.constraints import check_later, check_now
from povtrack.lib.progress import Steps

_CONSTRAINTS = """
    SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid)
    FROM pg_constraint
    WHERE conrelid = ANY (%s::regclass[]) AND contype IN ('f', 'u', 'x')
    ORDER BY contype = 'f', conname
"""
_INDEXES = """
    SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid)
    FROM pg_index
    WHERE indrelid = ANY (%s::regclass[]) AND NOT indisprimary
      AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)
    ORDER BY 1
"""


@contextmanager
def set_aside(cursor: CursorWrapper, tables: Sequence[str], steps: Steps) -> Iterator[None]:
    """Drop the secondary indexes, foreign keys, unique and exclusion constraints of `tables`, and make them again.

    The same definitions come back, and prove every row as they do. Inside a transaction, so that nobody ever sees the
    tables without them; others wait meanwhile. Checks and primary keys stay.
    """
    check_now(cursor)
    cursor.execute(_CONSTRAINTS, [list(tables)])
    constraints = cursor.fetchall()
    cursor.execute(_INDEXES, [list(tables)])
    indexes = cursor.fetchall()
    for table, name, _definition in reversed(constraints):
        cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    for name, _definition in indexes:
        cursor.execute(f"DROP INDEX {name}")
    yield
    remake = [definition for _name, definition in indexes]
    remake += [f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}" for table, name, definition in constraints]
    with steps.step(_("Building indexes"), len(remake)) as step:
        cursor.execute("SET LOCAL maintenance_work_mem = '256MB'")
        for done, sql in enumerate(remake, 1):
            cursor.execute(sql)
            step.to(done)
    check_later(cursor)
