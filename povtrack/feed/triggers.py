"""The triggers by which tables tell the feed what becomes of their rows, whoever writes them."""

from __future__ import annotations

import pgtrigger

_ROWS = {
    "insert": (pgtrigger.Insert, pgtrigger.Referencing(new="new_rows"), "new_rows"),
    "update": (pgtrigger.Update, pgtrigger.Referencing(old="old_rows", new="new_rows"), "new_rows"),
    "delete": (pgtrigger.Delete, pgtrigger.Referencing(old="old_rows"), "old_rows"),
}
_DONE = {"insert": "created", "update": "changed", "delete": "deleted"}


def tells(on: str, changes: str) -> pgtrigger.Trigger:
    """A trigger that notes what a statement did. `on` is insert, update or delete.

    `changes` selects from `new_rows` and `old_rows` (resource, programme, key, area, above, operation, version), as
    FeedChange has them.
    """
    operation, referencing, rows = _ROWS[on]
    return pgtrigger.Trigger(
        name=f"feed_{on}",
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=operation,
        referencing=referencing,
        declare=[("noted", "bigint")],
        # A statement that found nothing to do is none, and has no place in the order of commits.
        func=f"""
            IF EXISTS (SELECT FROM {rows}) THEN
                noted := feed_transaction_of_mine();
                IF noted IS NOT NULL THEN
                    INSERT INTO feed_feedchange
                        (transaction_id, resource, programme, key, area, above, operation, version)
                    SELECT noted, said.* FROM ({changes}) AS said;
                END IF;
            END IF;
            RETURN NULL;
        """,
    )


def tells_rows(resource: str, *, programme: str = "", version: str = "NULL::int") -> list[pgtrigger.Trigger]:
    """The triggers of a table whose rows are a list of the API: each row is told by its id and its area."""
    return [
        tells(on, f"SELECT '{resource}', '{programme}', id, area_id, NULL::bigint[], '{done}', {version} FROM {rows}")
        for on, done in _DONE.items()
        for rows in [_ROWS[on][2]]
    ]
