"""What is done with the feed as a whole."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone


def begin_anew() -> None:
    """Let everybody who keeps a copy begin anew after the present transaction, in which nothing is told row by row.

    For loads that fill whole lists: to note millions of rows would take longer than to read the lists again. Call it
    before the first write, in a transaction.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT feed_begin_anew()")


# The last transaction that goes stays as the mark from which on all is told.
_PRUNE = """
    WITH last AS (
        SELECT position FROM feed_feedtransaction WHERE at < %(before)s AND position IS NOT NULL
        ORDER BY position DESC LIMIT 1
    )
    UPDATE feed_feedtransaction t SET anew = true FROM last WHERE t.position = last.position
    RETURNING t.position
"""
_DROP_CHANGES = """
    DELETE FROM feed_feedchange c USING feed_feedtransaction t WHERE t.id = c.transaction_id AND t.position <= %s
"""
_DROP_TRANSACTIONS = "DELETE FROM feed_feedtransaction WHERE position < %s"


def drop_old_changes() -> int:
    """Drop what was noted longer ago than FEED_DAYS days; returns how many changes went. May be repeated."""
    before = timezone.now() - dt.timedelta(days=settings.FEED_DAYS)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_PRUNE, {"before": before})
        if not (found := cursor.fetchone()):
            return 0
        cursor.execute(_DROP_CHANGES, found)
        dropped: int = cursor.rowcount
        cursor.execute(_DROP_TRANSACTIONS, found)
        return dropped
