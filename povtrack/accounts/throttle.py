"""How often one client may ask, counted by one statement: two requests at once can't take the same place.

A request counts in its span of time (an hour, say). Of the span before counts what part of it the last hour still
reaches back to, as if requests had come evenly; so nobody asks twice as often around the full hour.
"""

from __future__ import annotations

from typing import Any

from django.db import connection

from povtrack.lib.replica.reading import on_primary

_COUNTED = """
    CASE u.span WHEN %(span)s THEN u.used + u.used_before * %(left)s WHEN %(span)s - 1 THEN u.used * %(left)s ELSE 0 END
"""
# One that is refused does not count. No request waits for the disk: what a crash forgets is a moment's counting.
_TAKE = f"""
    INSERT INTO accounts_clientuse AS u (client, span, used, used_before) VALUES (%(client)s, %(span)s, 1, 0)
    ON CONFLICT (client) DO UPDATE SET
        used = CASE u.span WHEN excluded.span THEN u.used ELSE 0 END + 1,
        used_before = CASE u.span WHEN excluded.span THEN u.used_before WHEN excluded.span - 1 THEN u.used ELSE 0 END,
        span = excluded.span
    WHERE {_COUNTED} < %(limit)s
    RETURNING set_config('synchronous_commit', 'off', true)
"""
_STANDS = f"""
    SELECT CASE u.span WHEN %(span)s THEN u.used ELSE 0 END, ({_COUNTED})::float
    FROM accounts_clientuse u WHERE client = %(client)s
"""


def take(client: str, *, limit: int, seconds: float, now: float) -> float | None:
    """Count a request of a client who may ask `limit` times in so many seconds.

    Returns None if it may be answered, else after how many seconds to try again.
    """
    span, gone = divmod(now, seconds)
    left = 1 - gone / seconds
    values: dict[str, Any] = {"client": client, "span": int(span), "left": left, "limit": limit}
    with on_primary(), connection.cursor() as cursor:
        cursor.execute(_TAKE, values)
        if cursor.fetchone():
            return None
        cursor.execute(_STANDS, values)
        used, counted = cursor.fetchone() or (limit, limit)
    before = (counted - used) / left if left else 0
    if used >= limit or not before:
        return seconds - gone
    return float(seconds * min(left, (counted - limit + 1) / before))


def forget_idle() -> None:
    """Forget clients who have not asked for so long that nothing counts any more: most of their tokens are gone."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM accounts_clientuse WHERE span < (SELECT max(span) - 1000 FROM accounts_clientuse)")
