"""A copy that follows the feed, and the end of a transaction without one."""

from __future__ import annotations

from typing import Any

from django.db import connection

FEED = "/api/v1/changes/"


def committed() -> None:
    """Give what was written so far its place in the feed, as a commit does; what is written next is of another."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        cursor.execute("SELECT set_config('povtrack.feed', '', true)")


def begun(client: Any, **asked: Any) -> str:
    """The cursor of now."""
    committed()
    answer = client.get(FEED, asked)
    assert answer.status_code == 200, answer.content
    cursor: str = answer.json()["cursor"]
    return cursor


def told(client: Any, since: str, **asked: Any) -> list[dict[str, Any]]:
    """All that the feed tells since a cursor, page after page."""
    committed()
    found: list[dict[str, Any]] = []
    more = True
    while more:
        answer = client.get(FEED, {"since": since, **asked})
        assert answer.status_code == 200, answer.content
        page = answer.json()
        found += page["results"]
        since, more = page["cursor"], page["more"]
    return found
