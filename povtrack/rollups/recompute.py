"""Recomputing roll-ups: the dirty cells of the outbox, a whole programme, or a proof that nothing differs.

A cell is one programme, year and county. All that recomputes a programme and year holds that slice's lock from before
its first read to its commit. So two jobs never sum the same parent from different states, a reader sees a parent equal
to the sum of its children at every instant, and a job that runs twice, or dies half-way, changes nothing.
"""

from __future__ import annotations

import logging
import zlib
from collections import defaultdict
from collections.abc import Iterable
from itertools import chain
from typing import Any

from django.db import DataError, IntegrityError, connection, transaction
from django.db.backends.utils import CursorWrapper
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from povtrack.lib.progress import SilentSteps, Steps
from povtrack.rollups.statements import Statements
from programmes.models import DirtyCell, Record, Round
from programmes.registry import find_programme, programmes
from villages.levels import Level

logger = logging.getLogger(__name__)

BATCH = 5000
MANY = 500  # cells from which on sums would spill to disk with the server's usual memory

# What figures or places themselves can cause; a lost connection or a deadlock is another matter, and tried again.
UNSOUND = (DataError, IntegrityError)

Cell = tuple[int, int]  # year, county id


def drain() -> int:
    """Recompute all cells that are dirty, batch by batch, each in one transaction; return how many marks were taken."""
    taken = 0
    while batch := drain_batch():
        taken += batch
    return taken


def drain_batch() -> int:
    """Recompute the cells of one batch of the outbox. Marks that another worker holds are left to it."""
    try:
        with transaction.atomic():
            return _recompute_marked(DirtyCell.objects.all())
    except UNSOUND:
        logger.exception("A batch of roll-ups failed; its cells are tried one by one.")
    return _drain_one_by_one()


def _recompute_marked(marked: QuerySet[DirtyCell]) -> int:
    """Take marks, recompute their cells, remove the marks; return how many."""
    marks = list(marked.filter(held=False).select_for_update(skip_locked=True).order_by("pk")[:BATCH])
    cells: dict[str, set[Cell]] = defaultdict(set)
    for mark in marks:
        cells[mark.programme].add((mark.year, mark.county_id))
    lock_slices((code, year) for code, of_programme in cells.items() for year, _county in of_programme)
    for code, of_programme in cells.items():
        model = find_programme(code)
        if model is not None:  # a programme that was taken out leaves marks behind
            recompute(model, of_programme)
    DirtyCell.objects.filter(pk__in=[mark.pk for mark in marks]).delete()
    return len(marks)


def _drain_one_by_one() -> int:
    """Recompute each cell of a batch for itself, and hold back the marks of those that fail: one must not stop all."""
    batch = DirtyCell.objects.filter(held=False).order_by("pk")[:BATCH]
    done = 0
    for cell in {(mark.programme, mark.year, mark.county_id) for mark in batch}:
        marks = DirtyCell.objects.filter(programme=cell[0], year=cell[1], county=cell[2])
        try:
            with transaction.atomic():
                done += _recompute_marked(marks)
        except UNSOUND:
            logger.exception("The totals of programme %s, year %s, county %s cannot be recomputed.", *cell)
            done += marks.filter(held=False).update(held=True)
    return done


def lock_slices(slices: Iterable[tuple[str, int]]) -> None:
    """Hold programme-year slices until the end of the transaction, in one order for all, so that nobody deadlocks."""
    keys = sorted({(zlib.crc32(code.encode()) & 0x7FFFFFFF, year) for code, year in slices})
    with connection.cursor() as cursor:
        for key in keys:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", key)


def recompute(model: type[Record], cells: Iterable[Cell]) -> None:
    """Replace the rows of these cells and of all areas above them. The caller holds their slices."""
    scope = scope_of(cells)
    if not scope["years"]:
        return
    statements = Statements(model, model.rollup._meta.db_table)
    with connection.cursor() as cursor:
        above = ancestors_of(cursor, statements, scope)
        cursor.execute(statements.clear(), scope)
        cursor.execute(statements.clear_ancestors(), _areas(cell for areas in above.values() for cell in areas))
        _fill(cursor, statements, scope, above)


def fill_slice(model: type[Record], year: int, target: str) -> None:
    """Write all rows of one programme and year into `target`, a table of the roll-up's shape that has none of them."""
    scope = scope_of(cells_of(model, year))
    if not scope["years"]:
        return
    with connection.cursor() as cursor:
        # All that stands above the counties; there are no earlier sums to look up.
        cursor.execute(
            "SELECT level, area_id FROM villages_placement WHERE level < %s AND valid @> make_date(%s, 12, 31)",
            [Level.COUNTY, year],
        )
        above: dict[int | None, list[Cell]] = defaultdict(list)
        for level, area in cursor.fetchall():
            above[level].append((year, area))
        _fill(cursor, Statements(model, target), scope, above)


def scope_of(cells: Iterable[Cell]) -> dict[str, list[int]]:
    ordered = sorted(set(cells))
    return {"years": [year for year, _county in ordered], "counties": [county for _year, county in ordered]}


def ancestors_of(
    cursor: CursorWrapper, statements: Statements, scope: dict[str, list[int]]
) -> dict[int | None, list[Cell]]:
    """The (year, area) above the scope by level; under None those that no longer stand in their year."""
    cursor.execute(statements.ancestors(), scope)
    above: dict[int | None, list[Cell]] = defaultdict(list)
    for level, year, area in cursor.fetchall():
        above[level].append((year, area))
    return above


def _fill(
    cursor: CursorWrapper, statements: Statements, scope: dict[str, list[int]], above: dict[int | None, list[Cell]]
) -> None:
    """Write the counties' rows and then, level by level, those above them."""
    if len(scope["years"]) > MANY:
        cursor.execute("SET LOCAL work_mem = '256MB'")
    cursor.execute(statements.fill_counties(), scope)
    for level in sorted((level for level in above if level is not None), reverse=True):
        cursor.execute(statements.fill_ancestors(), _areas(above[level]))


def _areas(cells: Iterable[Cell]) -> dict[str, Any]:
    pairs = list(cells)
    return {"years": [year for year, _area in pairs], "areas": [area for _year, area in pairs]}


def rebuild(progress: Steps | None = None, codes: Iterable[str] | None = None) -> int:
    """Recompute every slice of the given programmes (all by default), one transaction each; return how many slices.

    Readers see the old rows of a slice until its new ones are committed. A rebuild that was cut short can be run again.
    """
    slices = [
        (model, year) for model in programmes() if codes is None or model.code in codes for year in slice_years(model)
    ]
    with (progress or SilentSteps()).step(_("Recomputing roll-ups"), len(slices)) as step:
        for done, (model, year) in enumerate(slices, start=1):
            _rebuild_slice(model, year)
            step.to(done)
    return len(slices)


@transaction.atomic
def _rebuild_slice(model: type[Record], year: int) -> None:
    lock_slices([(model.code, year)])
    # What was marked until here is counted by the statements that follow. Marks that a worker holds are left to it: it
    # waits for this slice.
    marks = DirtyCell.objects.filter(programme=model.code, year=year).select_for_update(skip_locked=True)
    DirtyCell.objects.filter(pk__in=list(marks.values_list("pk", flat=True))).delete()
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {model.rollup._meta.db_table} WHERE year = %s", [year])
    fill_slice(model, year, model.rollup._meta.db_table)


def slice_years(model: type[Record]) -> list[int]:
    """The years in which a programme expects records (it has a round), or holds some, or totals of some."""
    rounds = Round.objects.filter(programme=model.code).values_list("year", flat=True)
    kept = (table.values_list("year", flat=True).distinct() for table in (model.objects, model.rollup.objects))
    return sorted({*rounds, *chain.from_iterable(kept)})


def cells_of(model: type[Record], year: int) -> list[Cell]:
    """All cells of a slice: the counties that stood in that year, and those that records name."""
    sql = f"""
        SELECT area_id FROM villages_placement WHERE level = 3 AND valid @> make_date(%(year)s, 12, 31)
        UNION
        SELECT DISTINCT county_id FROM {model._meta.db_table} WHERE year = %(year)s
    """
    with connection.cursor() as cursor:
        cursor.execute(sql, {"year": year})
        return [(year, county) for (county,) in cursor.fetchall()]
