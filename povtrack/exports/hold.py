"""A session of the database beside that of the job: it says that the job lives, and how far it is.

The job reads everything in one transaction, of which nobody sees anything before its end, and while the database hands
over rows by COPY its session can say nothing else. What this session says is seen at once. It holds a lock while the
job lives: the server lets it go when the process dies, however it dies.
"""

from __future__ import annotations

import time
from types import TracebackType
from typing import Any, Self

from django.db import connection, connections

from povtrack.exports.models import Export

LOCK = 0x45585054  # beside the id of the export
_EVERY = 1.0  # seconds between two words of how far it is


class Ended(Exception):
    """The export was deleted while it was being made."""


class Hold:
    """Holds one export while the block runs; `is_taken` says whether another job has it."""

    def __init__(self, pk: int) -> None:
        self._pk, self._last = pk, time.monotonic()
        # Inside a transaction of somebody else's the row can't be seen from outside, and nobody can ask how far it is.
        self._session: Any = None if connection.in_atomic_block else connections.create_connection("default")
        self.is_taken = False

    def __enter__(self) -> Self:
        if self._session is not None:
            self.is_taken = not self._ask("SELECT pg_try_advisory_lock(%s, %s)", LOCK, self._pk % 2**31)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._session is not None:
            self._session.close()

    def tell(self, rows: int) -> None:
        """Say how many rows are written. Raises Ended when nobody waits for them any more."""
        now = time.monotonic()
        if self._session is None or now - self._last < _EVERY:
            return
        self._last = now
        told = "UPDATE exports_export SET rows_done = %s WHERE id = %s AND state = 'running' RETURNING id"
        if not self._ask(told, rows, self._pk):
            raise Ended

    def _ask(self, sql: str, *values: Any) -> Any:
        with self._session.cursor() as cursor:
            cursor.execute(sql, values)
            found = cursor.fetchone()
        return found and found[0]


def held() -> set[int]:
    """The ids of the exports that a job is at. One query."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT objid FROM pg_locks WHERE locktype = 'advisory' AND classid = %s AND granted"
            " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())",
            [LOCK],
        )
        return {int(pk) for (pk,) in cursor.fetchall()}


def is_lost(export: Export, at_work: set[int]) -> bool:
    """Whether the job of a running export has died; `at_work` is what `held` said."""
    return export.state == Export.State.RUNNING and export.pk % 2**31 not in at_work
