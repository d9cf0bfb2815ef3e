"""How far the replica must have come before a person reads from it. Positions are places in the primary's log.

For everybody: where the primary was at most REPLICA_MAX_LAG seconds ago, by this process's own look at it, so that no
two clocks are compared. For whoever just saved: where the primary was after that, which the cache tells all processes.
"""

from __future__ import annotations

import logging
import threading
import time
from bisect import bisect_right
from collections import deque

from django.conf import settings
from django.core.cache import cache
from django.db import connection

# A process looks at the primary once in so many seconds, and remembers as many looks as an hour may take.
LOOK_EVERY = 1.0
_LOOKS = 3600
# The cache forgets what it holds when its server restarts. This key of it is then gone as well, and made anew at the
# position of that moment, which is behind every forgotten one.
_SINCE = "replica:since"
_SINCE_KEPT = 3600
_MARGIN = 60

logger = logging.getLogger(__name__)
_lock = threading.Lock()
_looks: deque[tuple[float, int]] = deque(maxlen=_LOOKS)  # moment, position
_owed = threading.Event()  # a position could not be told


def remember(person: int) -> None:
    """Let all processes know that the person has written, until every replica in use must have it anyway.

    It never fails: what could not be told is made good by asking everybody for as much before they read again.
    """
    try:
        cache.set(_key(person), _written(), settings.REPLICA_MAX_LAG + _MARGIN)
    except Exception:
        _owed.set()
        logger.exception("The cache did not take how far the replica must come.")


def wanted(person: int) -> int:
    """Return the position that the replica must have reached. Raises what the primary or the cache raises."""
    floor = _floor()
    known = cache.get_many([_SINCE, _key(person)])
    if _SINCE not in known or _owed.is_set():
        known[_SINCE] = _written()
        cache.set(_SINCE, known[_SINCE], _SINCE_KEPT)
        _owed.clear()
    return max(floor, *map(int, known.values()))


def behind(position: int) -> float | None:
    """Return by how many seconds at most a replica is behind that has reached a position; None: longer than known."""
    now = time.monotonic()
    with _lock:
        looks = list(_looks)
    reached = bisect_right(looks, position, key=lambda look: look[1])
    if looks and reached == len(looks) and now - looks[-1][0] < LOOK_EVERY:
        return 0.0
    return now - looks[reached - 1][0] if reached else None


def look(*, at_once: bool = False) -> None:
    """Note where the primary is, if that was not done within the last second."""
    with _lock:
        if not at_once and _looks and time.monotonic() - _looks[-1][0] < LOOK_EVERY:
            return
    before = time.monotonic()
    # What is flushed, for more than that no replica gets.
    position = _ask("pg_current_wal_flush_lsn()")
    with _lock:
        if _looks and position < _looks[-1][1]:  # another server, or an older copy of it
            _looks.clear()
        if not _looks or before > _looks[-1][0]:
            _looks.append((before, position))


def _floor() -> int:
    """The position of the earliest look within the time that a replica may be behind."""
    look()
    since = time.monotonic() - settings.REPLICA_MAX_LAG
    with _lock:
        return next((position for moment, position in _looks if moment >= since), _looks[-1][1])


def _written() -> int:
    """Where the primary is with all that was committed, flushed or not."""
    return _ask("pg_current_wal_insert_lsn()")


def _ask(position: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT ({position} - '0/0')::bigint")
        return int(cursor.fetchone()[0])


def _key(person: int) -> str:
    return f"replica:{person}"
