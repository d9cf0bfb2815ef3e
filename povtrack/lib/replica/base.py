"""The connection to the replica, as Django names an engine: PostgreSQL's, but its errors are for nobody to see."""

from __future__ import annotations

from types import TracebackType
from typing import Any

from django.db import DEFAULT_DB_ALIAS, DatabaseError, InterfaceError
from django.db.backends.postgresql import base
from django.db.backends.utils import CursorDebugWrapper, CursorWrapper
from django.db.utils import DatabaseErrorWrapper

# What a statement is told that ran for longer than whoever sent it allowed. On the primary it would again.
TIMED_OUT = "57014"
# What a write, a lock or a temporary table is told by a server that only reads.
REFUSED = "25006"
# Whoever would wait longer for a machine that does not answer is answered by the primary. Seconds, but for the second.
_PATIENCE = {
    "connect_timeout": 2,
    "tcp_user_timeout": 5000,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
}
# Errors of the connection itself carry no code.
CONNECTION = "08000"


class TryPrimary(BaseException):
    """The request cannot be answered from the replica, and is to be done again on the primary.

    A write, a lock or a temporary table was refused; what was read was in the way of what arrived from the primary; a
    table is not there yet; the server is gone. `code` is PostgreSQL's, or empty where nothing went wrong. It is no
    Exception, so that no code on the way takes it for a failure of its own and answers with that.
    """

    def __init__(self, reason: str, code: str = "") -> None:
        super().__init__(reason)
        self.code = code


class _Errors(DatabaseErrorWrapper):
    def __exit__(
        self, exc_type: type[BaseException] | None, exc: BaseException | None, traceback: TracebackType | None
    ) -> None:
        try:
            super().__exit__(exc_type, exc, traceback)  # type: ignore[arg-type]
        except (DatabaseError, InterfaceError) as error:
            code = getattr(exc, "pgcode", None) or CONNECTION
            if code == TIMED_OUT:
                raise
            raise TryPrimary(f"{code}: {error}".strip(), code) from error


class _Cursor(CursorWrapper):
    WRAP_ERROR_ATTRS = CursorWrapper.WRAP_ERROR_ATTRS | {"copy_expert"}


class _DebugCursor(CursorDebugWrapper):
    WRAP_ERROR_ATTRS = CursorDebugWrapper.WRAP_ERROR_ATTRS | {"copy_expert"}


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection that stands in for the default one, under its name."""

    def __init__(self, settings_dict: dict[str, Any], alias: str = DEFAULT_DB_ALIAS) -> None:
        super().__init__(settings_dict, DEFAULT_DB_ALIAS)
        self.wrap_database_errors = _Errors(self)

    def get_connection_params(self) -> dict[str, Any]:
        return {**_PATIENCE, **super().get_connection_params()}

    def make_cursor(self, cursor: Any) -> CursorWrapper:
        return _Cursor(cursor, self)

    def make_debug_cursor(self, cursor: Any) -> CursorDebugWrapper:
        return _DebugCursor(cursor, self)
