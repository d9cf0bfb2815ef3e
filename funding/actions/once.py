"""Writing entries of the ledger: checked row by row, all or none, and once however often they are sent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TypeVar

from django.db import connection, models

from funding.actions.refusals import KeyTaken, RowsRefused, problems_of, refusals_told
from funding.models.entry import Entry
from povtrack.lib.jobs import recompute_after_commit

E = TypeVar("E", bound=Entry)

# What the sender did not say, so that it may differ when the same is sent again.
_OWN = {"id", "at"}


def write_once(entries: Sequence[E]) -> list[E]:
    """Write entries of one kind, or return those that were written with their key before.

    Those that were written by this call say so: `is_new`. Raises RowsRefused with all that is wrong with them, and
    KeyTaken if something else was sent with the key. The caller is in a transaction.
    """
    if before := _sent_before(entries):
        return before
    if problems := problems_of(entries, _clean_own_fields):
        raise RowsRefused(problems)
    with refusals_told(entries):
        type(entries[0]).objects.bulk_create(entries)
    for entry in entries:
        entry.is_new = True
    recompute_after_commit()
    return list(entries)


def _clean_own_fields(entry: models.Model) -> None:
    """Check what was typed. What it points to, the database checks, without a query for each of thousands of rows."""
    entry.clean_fields(exclude={field.name for field in entry._meta.concrete_fields if field.is_relation})


def _sent_before(entries: Sequence[E]) -> list[E]:
    if (key := entries[0].key) is None:
        return []
    with connection.cursor() as cursor:  # the same sent twice at once: the second waits for the first, and finds it
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [key.int & 0x7FFFFFFFFFFFFFFF])
    before = list(type(entries[0]).objects.filter(key__in={entry.key for entry in entries}).order_by("pk"))
    if before and Counter(map(_what, before)) != Counter(map(_what, entries)):
        raise KeyTaken
    return before


def _what(entry: Entry) -> tuple[object, ...]:
    fields = [field for field in entry._meta.concrete_fields if field.name not in _OWN]
    return tuple(field.to_python(getattr(entry, field.attname)) for field in fields)
