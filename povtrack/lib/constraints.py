"""Checks that wait for the end of a transaction, made earlier.

Not by SET CONSTRAINTS ALL: that would also run what belongs at the very end, and the feed of changes would then hold up
the commits of all others from here on.
"""

from __future__ import annotations

from django.db.backends.utils import CursorWrapper

_WAITING = """
    SELECT string_agg(DISTINCT quote_ident(conname), ', ') FROM pg_constraint
    WHERE condeferrable AND contype <> 't' AND connamespace = current_schema()::regnamespace
"""


def check_now(cursor: CursorWrapper) -> None:
    """Make all checks that wait, and those to come at once: a table of which some still wait can't be altered."""
    _set(cursor, "IMMEDIATE")


def check_later(cursor: CursorWrapper) -> None:
    """From now on let checks wait for the end again."""
    _set(cursor, "DEFERRED")


def _set(cursor: CursorWrapper, when: str) -> None:
    cursor.execute(_WAITING)
    [(names,)] = cursor.fetchall()
    cursor.execute(f"SET CONSTRAINTS {names} {when}")
