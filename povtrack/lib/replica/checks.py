"""What `manage.py check` says of a replica that would not do what it is for; `--database replica` asks it, too."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, Warning, register  # noqa: A004 - Django's word
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections

from povtrack.lib.replica import REPLICA
from povtrack.lib.replica.base import TryPrimary


@register()
def configuration(**_asked: Any) -> list[CheckMessage]:
    """Look at the settings alone."""
    return list(_configuration()) if settings.DATABASE_REPLICA_URL else []


def _configuration() -> Iterator[CheckMessage]:
    if not settings.REDIS_URL:
        yield Error(
            "DATABASE_REPLICA_URL is set, but REDIS_URL is not.",
            hint="Web processes tell each other by Redis who has just saved. Set REDIS_URL.",
            id="povtrack.E001",
        )
    primary, replica = (
        [connections.settings[alias].get(part, "") for part in ("HOST", "PORT", "NAME")]
        for alias in (DEFAULT_DB_ALIAS, REPLICA)
    )
    if primary == replica:
        yield Error(
            "DATABASE_REPLICA_URL and DATABASE_URL name the same database.",
            hint="Name the server that follows the primary, or leave it empty.",
            id="povtrack.E002",
        )
    if primary[2] != replica[2]:
        yield Error(
            f"DATABASE_REPLICA_URL names the database {replica[2]}, DATABASE_URL {primary[2]}.",
            hint="A replica has the databases of its primary, under their names.",
            id="povtrack.E003",
        )
    if settings.REPLICA_MAX_LAG < 1:
        yield Error("REPLICA_MAX_LAG is less than a second.", hint="Leave it at 10.", id="povtrack.E004")


@register(Tags.database)
def servers(databases: Sequence[str] | None = None, **_asked: Any) -> list[CheckMessage]:
    """Ask both servers, where the replica is among the databases to be checked."""
    if REPLICA not in (databases or ()) or not settings.DATABASE_REPLICA_URL:
        return []
    try:
        return list(_servers())
    except (TryPrimary, DatabaseError) as error:
        return [Warning(f"The replica, or its primary, does not answer: {error}".strip(), id="povtrack.W001")]


def _servers() -> Iterator[CheckMessage]:
    (follows, replica), (_itself, primary) = (_ask(alias) for alias in (REPLICA, DEFAULT_DB_ALIAS))
    if not follows:
        yield Error(
            "The server of DATABASE_REPLICA_URL follows no primary, so it is never read.",
            hint="Make it with pg_basebackup --write-recovery-conf; see docs/operations.md.",
            id="povtrack.E005",
        )
    if primary != replica:
        yield Error(
            "The server of DATABASE_REPLICA_URL is no copy of that of DATABASE_URL.",
            hint="Its figures may be of another installation. See docs/operations.md.",
            id="povtrack.E006",
        )


def _ask(alias: str) -> tuple[bool, int]:
    """Whether a server follows another, and the number that it has in common with its copies."""
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT pg_is_in_recovery(), system_identifier FROM pg_control_system()")
        follows, number = cursor.fetchone()
        return bool(follows), int(number)
