"""Slices, all cells of one programme and year: held by one transaction at a time, and summed as a whole."""

from __future__ import annotations

import zlib
from collections.abc import Iterable

from django.db import connection, transaction
from django.db.models import F, Func, Value

from povtrack.rollups.cells import fill_slice
from povtrack.rollups.models import Rebuild
from programmes.models import DirtyCell, Record

SliceKey = tuple[str, int]  # code of a programme, year


def _lock_keys(slices: Iterable[SliceKey]) -> dict[tuple[int, int], SliceKey]:
    """The slices by the two numbers of their locks, in one order for all."""
    return dict(sorted(((zlib.crc32(code.encode()) & 0x7FFFFFFF, year), (code, year)) for code, year in slices))


def lock_slices(slices: Iterable[SliceKey]) -> None:
    """Hold programme-year slices until the end of the transaction, in one order for all, so that nobody deadlocks."""
    with connection.cursor() as cursor:
        for key in _lock_keys(slices):
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", key)


def lock_free(slices: Iterable[SliceKey]) -> list[SliceKey]:
    """Hold those of the slices that nobody else holds, and return them. It waits for none."""
    keys = _lock_keys(slices)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT a, b FROM unnest(%s::int[], %s::int[]) AS s(a, b) WHERE pg_try_advisory_xact_lock(a, b)",
            [[first for first, _year in keys], [year for _first, year in keys]],
        )
        return [keys[key] for key in cursor.fetchall()]


@transaction.atomic
def rebuild_slice(model: type[Record], year: int, run: Rebuild | None = None) -> None:
    """Recompute one slice, and note in the rebuild that it is done. Readers see its old rows until then."""
    lock_slices([(model.code, year)])
    # What was marked until here is counted by the statements that follow. Marks that a worker holds are left to it: it
    # waits for this slice.
    marks = DirtyCell.objects.filter(programme=model.code, year=year).select_for_update(skip_locked=True)
    DirtyCell.objects.filter(pk__in=list(marks.values_list("pk", flat=True))).delete()
    refill(model, year)
    if run:
        done = Func(F("done"), Value(f"{model.code}:{year}"), function="array_append")
        Rebuild.objects.filter(pk=run.pk).update(done=done)


def refill(model: type[Record], year: int) -> None:
    """Write all rows of a slice anew. The caller holds it."""
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {model.rollup._meta.db_table} WHERE year = %s", [year])
    fill_slice(model, year, model.rollup._meta.db_table)
