"""Taking a request's reads to the replica, and saying where they must not go there."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, NamedTuple

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections

from povtrack.lib.replica import REPLICA, positions
from povtrack.lib.replica.base import REFUSED, TryPrimary

# Seconds for which a replica that did not answer is not asked again: each try may cost as long as connecting may take.
LEFT_ALONE = 5.0
# What a healthy replica needs at the most to show what was written just now, and how often it is asked meanwhile.
A_MOMENT, LOOKS = 0.3, 6

logger = logging.getLogger(__name__)
_thread = threading.local()


class State(NamedTuple):
    """How a replica is: `up`, `behind` or `down`, and by how many seconds at most it is behind; None: unknown."""

    word: str
    lag: float | None


class _Health:
    """What this process knows of the replica."""

    asked_again_at = 0.0

    @classmethod
    def is_away(cls) -> bool:
        return time.monotonic() < cls.asked_again_at

    @classmethod
    def leave_alone(cls, reason: object) -> None:
        cls.asked_again_at = time.monotonic() + LEFT_ALONE
        logger.warning("The replica is left alone for %s seconds: %s", LEFT_ALONE, str(reason).strip())


@contextmanager
def offered() -> Iterator[None]:
    """Let the block read from the replica from the moment that it calls `begin`."""
    _thread.offered = True
    primary = _thread.primary = connections[DEFAULT_DB_ALIAS]
    try:
        yield
    except TryPrimary as reason:
        if reason.code not in ("", REFUSED):
            _drop()
        raise
    finally:
        _thread.offered = False
        connections[DEFAULT_DB_ALIAS] = primary


def begin(person: int) -> None:
    """Read from the replica from here on, where that was offered and it shows all that this person has saved.

    It is called as soon as it is known who asks: before that everything is read from the primary.
    """
    if getattr(_thread, "offered", False) and not is_reading():
        replica = _ready(person)
        if replica is not None:
            connections[DEFAULT_DB_ALIAS] = replica


def is_reading() -> bool:
    """Whether this thread reads from the replica now."""
    return REPLICA in connections.settings and connections[DEFAULT_DB_ALIAS] is connections[REPLICA]


@contextmanager
def on_primary() -> Iterator[None]:
    """Do on the primary what is no part of the answer, such as counting the request, wherever that reads from."""
    reading = connections[DEFAULT_DB_ALIAS]
    if is_reading():
        connections[DEFAULT_DB_ALIAS] = _thread.primary
    try:
        yield
    finally:
        connections[DEFAULT_DB_ALIAS] = reading


def needs_primary(reason: str) -> None:
    """Say that what follows is true of the primary alone; a request that reads from the replica begins again there."""
    if is_reading():
        raise TryPrimary(reason)


def state() -> State | None:
    """Ask how the replica is; None where none is configured."""
    if REPLICA not in connections.settings:
        return None
    try:
        positions.look(at_once=True)
        reached, lag = _catch_up(connections[REPLICA])
    except (TryPrimary, DatabaseError) as error:
        logger.warning("The replica does not answer: %s", str(error).strip())
        _drop()
        return State("down", None)
    if reached is None:
        return State("down", None)
    return State("behind" if lag is None or lag > settings.REPLICA_MAX_LAG else "up", lag)


def _catch_up(replica: Any) -> tuple[int | None, float | None]:
    """Give the replica a moment to come to where the primary was just now; return how far it came, and its lag."""
    for _look in range(LOOKS):
        reached = _reached(replica)
        lag = None if reached is None else positions.behind(reached)
        if reached is None or lag == 0:
            break
        time.sleep(A_MOMENT / LOOKS)
    return reached, lag


def _ready(person: int) -> Any:
    """The connection to the replica, if it may be read from now."""
    if _Health.is_away():
        return None
    try:
        wanted = positions.wanted(person)
    except Exception:
        logger.exception("It is not known how far the replica must have come, so it is not read.")
        return None
    try:
        reached = _reached(connections[REPLICA])
    except TryPrimary as error:
        _Health.leave_alone(error)
        _drop()
        return None
    if reached is None:
        _Health.leave_alone("it follows no primary")
        return None
    return connections[REPLICA] if reached >= wanted else None


def _reached(replica: Any) -> int | None:
    """How far a replica has come; None for a server that is none, and so may know nothing of what was saved."""
    with replica.cursor() as cursor:
        cursor.execute("SELECT pg_is_in_recovery(), (pg_last_wal_replay_lsn() - '0/0')::bigint")
        follows, position = cursor.fetchone()
    return int(position) if follows and position is not None else None


def _drop() -> None:
    """Close the connection, whatever state a failure left it in."""
    with suppress(TryPrimary, DatabaseError, AttributeError):
        replica = connections[REPLICA]
        del connections[REPLICA]
        replica.close()
