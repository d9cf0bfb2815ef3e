"""The test database between tests: emptied fast after those that commit, and filled again with rows made before."""

from __future__ import annotations

import copy
import io
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

from django.db import connection, transaction
from django.test import TransactionTestCase
from django.utils import timezone

Made = TypeVar("Made")

# What migrations leave behind and tests leave alone.
KEPT = ("django_migrations", "django_content_type", "auth_permission")
# Of the largest table. Above it the dead rows would slow the tests that follow, and only TRUNCATE gives the space back.
DELETED_AT_MOST = 4 << 20
PATIENCE = 5

_flush = TransactionTestCase._fixture_teardown
_kept: list[Any] = []


def empty_fast() -> None:
    """From now on, empty the database after a test that commits in a tenth of the time that Django takes.

    Django truncates every table and makes all content types and permissions anew.
    """
    TransactionTestCase._fixture_teardown = _teardown
    _kept[:] = _kept_rows()


def _teardown(case: TransactionTestCase) -> None:
    wait_for_quiet()
    if _is_sound():
        with transaction.atomic():
            _delete_all()
    else:
        with _tables_that_let_go():
            _flush(case)
        _kept[:] = _kept_rows()


# Triggers that refuse to empty a table.
_REFUSING = """
    SELECT tgrelid::regclass::text, quote_ident(tgname) FROM pg_trigger WHERE tgtype & 32 <> 0 AND NOT tgisinternal
"""


@contextmanager
def _tables_that_let_go() -> Iterator[None]:
    """Let tables be emptied that refuse it: what is frozen for good outlives no test."""
    with connection.cursor() as cursor:
        cursor.execute(_REFUSING)
        found = cursor.fetchall()
        for table, trigger in found:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {trigger}")
        yield
        for table, trigger in found:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER {trigger}")


def wait_for_quiet() -> None:
    """Let a request that a closed browser sent come to its end.

    It would lock tables in another order than emptying does, or write after it, and a test would fail for nothing.
    """
    give_up = time.monotonic() + PATIENCE
    with connection.cursor() as cursor:
        while time.monotonic() < give_up:
            cursor.execute(
                "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
                " AND backend_type = 'client backend' AND state <> 'idle'"
            )
            if not cursor.fetchone():
                return
            time.sleep(0.02)


def _kept_rows() -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(
            " UNION ALL ".join(f"SELECT md5(string_agg(r::text, '|' ORDER BY r::text)) FROM {t} AS r" for t in KEPT)
        )
        return list(cursor.fetchall())


def _is_sound() -> bool:
    """Whether what is kept is as it was, and this account may do without triggers."""
    return may_do_without_triggers() and _kept_rows() == _kept


@cache
def may_do_without_triggers() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SHOW is_superuser")
        return bool(cursor.fetchone() == ("on",))


@cache
def tables() -> list[str]:
    """All lasting tables; those that a transaction makes for itself go with it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
        return [table for (table,) in cursor.fetchall()]


def filled() -> list[str]:
    """The tables that have rows, but for those of migrations."""
    with connection.cursor() as cursor:
        cursor.execute(
            " UNION ALL ".join(f"SELECT '{t}' WHERE EXISTS (SELECT FROM {t})" for t in tables() if t not in KEPT)
        )
        return [table for (table,) in cursor.fetchall()]


@contextmanager
def _without_triggers() -> Iterator[Any]:
    """Neither history nor checks: the rows go, or come, all together. Must be in a transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        yield cursor
        cursor.execute("SET LOCAL session_replication_role = DEFAULT")


def _delete_all() -> None:
    """Delete all rows but those that are kept."""
    names = filled()
    with _without_triggers() as cursor:
        cursor.execute("SELECT coalesce(max(pg_relation_size(t::regclass)), 0) FROM unnest(%s::text[]) AS t", [names])
        if cursor.fetchone()[0] > DELETED_AT_MOST:
            cursor.execute("TRUNCATE " + ", ".join(table for table in tables() if table not in KEPT))
            return
        for table in names:
            cursor.execute(f"DELETE FROM {table}")


def rows_of(names: list[str]) -> dict[str, str]:
    """All rows of these tables, as text."""
    rows = {}
    with connection.cursor() as cursor:
        for table in names:
            text = io.StringIO()
            cursor.copy_expert(f"COPY {table} TO STDOUT", text)
            rows[table] = text.getvalue()
    return rows


def put_rows(rows: dict[str, str]) -> None:
    """Put these rows into their tables as they were, with no history but theirs. Must be in a transaction."""
    with _without_triggers() as cursor:
        for table, text in rows.items():
            cursor.copy_expert(f"COPY {table} FROM STDIN", io.StringIO(text))


@dataclass(frozen=True)
class Snapshot:
    """All rows as they once were, and what the maker of them returned."""

    rows: dict[str, str]
    made: Any

    @classmethod
    def take(cls, made: Any) -> Snapshot:
        return cls(rows_of(filled()), copy.deepcopy(made))

    def restore(self) -> Any:
        with transaction.atomic():
            with _without_triggers() as cursor:
                for table in filled():
                    cursor.execute(f"DELETE FROM {table}")
            put_rows(self.rows)
        return copy.deepcopy(self.made)


_SNAPSHOTS: dict[Any, Snapshot] = {}


def made_once(make: Callable[..., Made], *args: Any) -> Made:
    """Return `make(*args)`, and from the second time on put all rows back as they were after the first.

    For a fixture that takes more than 50 ms, on top of `world` alone, and whose arguments are the same each time. Keys
    are never given twice, because sequences only go forward; rows keep the hour of the first time, so each day has
    its own.
    """
    key = (make.__module__, make.__qualname__, timezone.localdate())
    if key in _SNAPSHOTS and _is_sound():
        made: Made = _SNAPSHOTS[key].restore()
        return made
    made = make(*args)
    _SNAPSHOTS[key] = Snapshot.take(made)
    return made
