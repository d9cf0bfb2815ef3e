"""Indexes for as long as many places are forgotten: PostgreSQL asks every column that names a place, for each of them.

Most of these columns have no index of their own, since nobody else looks by them; each place would cost one reading of
every such table.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db.backends.utils import CursorWrapper

from povtrack.lib.constraints import check_later, check_now
from villages import derive

# So few are forgotten sooner than indexes are built.
FEW = 100

_BARE = """
    SELECT held.conrelid::regclass::text, quote_ident(named.attname)
    FROM pg_constraint AS held
    JOIN pg_attribute AS named ON named.attrelid = held.conrelid AND named.attnum = held.conkey[1]
    WHERE held.contype = 'f' AND held.confrelid = 'villages_area'::regclass AND pg_relation_size(held.conrelid) > 0
      AND NOT EXISTS (
          SELECT FROM pg_index AS kept
          WHERE kept.indrelid = held.conrelid AND kept.indkey[0] = named.attnum AND kept.indpred IS NULL
      )
    ORDER BY 1, 2
"""


@contextmanager
def indexed(cursor: CursorWrapper, places: int) -> Iterator[None]:
    """Keep an index on every column that names a place, where `places` that are to be forgotten are many.

    Enter it before anything is written: an index of rows that the same transaction has rewritten is not used by it.
    """
    if places <= FEW:
        yield
        return
    # Whoever writes records holds placements first; in the other order each would wait for the other.
    derive.stop_writers(cursor)
    check_now(cursor)
    check_later(cursor)
    cursor.execute(_BARE)
    made = []
    for number, (table, column) in enumerate(cursor.fetchall()):
        cursor.execute(f"CREATE INDEX povtrack_forgetting_{number} ON {table} ({column})")
        made.append(f"povtrack_forgetting_{number}")
    yield
    check_now(cursor)
    for name in made:
        cursor.execute(f"DROP INDEX {name}")
    check_later(cursor)
