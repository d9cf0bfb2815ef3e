"""Recomputing roll-ups: the dirty cells of the outbox, a whole programme, or a proof that nothing differs.

A cell is one programme, year and county: a county of that year on basis `recorded`, one of today on `current`. All that
recomputes a programme and year holds that slice's lock from before its first read to its commit. So two jobs never sum
the same parent from different states, a reader sees a parent equal to the sum of its children at every instant on each
basis, and a job that runs twice, or dies half-way, changes nothing.
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
from povtrack.rollups.boundaries import CURRENT, KEPT, RECORDED, Boundaries
from povtrack.rollups.divided import count_estimated
from povtrack.rollups.funds import recompute as funds
from povtrack.rollups.statements import Statements
from povtrack.rollups.waiting import Cell, Scope, cells_today, scope_of
from programmes.models import DirtyCell, Record, Round
from programmes.registry import find_programme, programmes
from villages.levels import Level

logger = logging.getLogger(__name__)

BATCH = 5000
MANY = 500  # cells from which on sums would spill to disk with the server's usual memory

# What figures or places themselves can cause; a lost connection or a deadlock is another matter, and tried again.
UNSOUND = (DataError, IntegrityError)


def drain() -> int:
    """Recompute all that is dirty, of the records and of the ledger; return how many marks were taken."""
    return drain_records() + funds.drain()


def drain_records() -> int:
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
    cells: dict[str, dict[str, set[Cell]]] = defaultdict(lambda: defaultdict(set))
    for mark in marks:
        cells[mark.programme][mark.basis].add((mark.year, mark.county_id))
    lock_slices((mark.programme, mark.year) for mark in marks)
    for code, by_basis in cells.items():
        model = find_programme(code)
        if model is not None:  # a programme that was taken out leaves marks behind
            recompute(model, by_basis[RECORDED.basis], today=by_basis[CURRENT.basis])
    DirtyCell.objects.filter(pk__in=[mark.pk for mark in marks]).delete()
    return len(marks)


def _drain_one_by_one() -> int:
    """Recompute each cell of a batch for itself, and hold back the marks of those that fail: one must not stop all."""
    batch = DirtyCell.objects.filter(held=False).order_by("pk")[:BATCH]
    done = 0
    for cell in {(mark.programme, mark.year, mark.county_id, mark.basis) for mark in batch}:
        marks = DirtyCell.objects.filter(programme=cell[0], year=cell[1], county=cell[2], basis=cell[3])
        try:
            with transaction.atomic():
                done += _recompute_marked(marks)
        except UNSOUND:
            logger.exception("The totals of programme %s, year %s, county %s (%s) cannot be recomputed.", *cell)
            done += marks.filter(held=False).update(held=True)
    return done


def lock_slices(slices: Iterable[tuple[str, int]]) -> None:
    """Hold programme-year slices until the end of the transaction, in one order for all, so that nobody deadlocks."""
    keys = sorted({(zlib.crc32(code.encode()) & 0x7FFFFFFF, year) for code, year in slices})
    with connection.cursor() as cursor:
        for key in keys:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", key)


def recompute(model: type[Record], cells: Iterable[Cell], today: Iterable[Cell] = ()) -> None:
    """Replace the rows of these cells and of all areas above them, on all that is kept. The caller holds their slices.

    `cells` are of the counties of their years; what they hold is summed on today's boundaries too, and with it the
    cells `today`, which are of today's counties.
    """
    recorded = set(cells)
    _recompute_on(model, RECORDED, recorded)
    _recompute_on(model, CURRENT, cells_today(model, recorded) | set(today))


def _recompute_on(model: type[Record], on: Boundaries, cells: set[Cell]) -> None:
    if not cells:
        return
    statements = Statements(model, on, model.rollup._meta.db_table)
    with connection.cursor() as cursor:
        scope = scope_of(_with_neighbours(cursor, statements, cells))
        above = ancestors_of(cursor, statements, scope)
        cursor.execute(statements.clear(), scope)
        cursor.execute(statements.clear_ancestors(), _areas(cell for areas in above.values() for cell in areas))
        fill(cursor, statements, scope, above)


def _with_neighbours(cursor: CursorWrapper, statements: Statements, cells: set[Cell]) -> set[Cell]:
    """Add the counties that lost a township to one of the cells: their rows still hold it, and it can't lie in both."""
    while True:
        cursor.execute(statements.neighbours(), scope_of(cells))
        found = set(cursor.fetchall())
        if not found:
            return cells
        cells = cells | found


def fill_slice(model: type[Record], year: int, target: str) -> None:
    """Write all rows of one programme and year, on all that is kept, into `target`.

    That is a table of the roll-up's shape which has none of them.
    """
    for on in KEPT:
        scope = scope_of(cells_of(model, year, on))
        if scope["years"]:
            with connection.cursor() as cursor:
                fill(cursor, Statements(model, on, target), scope, _all_above(cursor, on, year))


def _all_above(cursor: CursorWrapper, on: Boundaries, year: int) -> dict[int | None, list[Cell]]:
    """All that stands above the counties; in an empty table there are no earlier sums to look up."""
    cursor.execute(
        f"SELECT level, area_id FROM villages_placement p WHERE level < %(county)s AND {on.stands('p', '%(year)s')}",
        {"county": Level.COUNTY, "year": year},
    )
    above: dict[int | None, list[Cell]] = defaultdict(list)
    for level, area in cursor.fetchall():
        above[level].append((year, area))
    return above


def ancestors_of(cursor: CursorWrapper, statements: Statements, scope: Scope) -> dict[int | None, list[Cell]]:
    """The (year, area) above the scope by level; under None those that do not stand on this basis."""
    cursor.execute(statements.ancestors(), scope)
    above: dict[int | None, list[Cell]] = defaultdict(list)
    for level, year, area in cursor.fetchall():
        above[level].append((year, area))
    return above


def fill(cursor: CursorWrapper, statements: Statements, scope: Scope, above: dict[int | None, list[Cell]]) -> None:
    """Write the counties' rows and then, level by level, those above them."""
    if len(scope["years"]) > MANY:
        cursor.execute("SET LOCAL work_mem = '256MB'")
    cursor.execute(statements.fill_counties(), scope)
    for level in sorted((level for level in above if level is not None), reverse=True):
        cursor.execute(statements.fill_ancestors(), _areas(above[level]))
    if not statements.on.is_recorded:
        estimate = count_estimated(statements.model, statements.on, statements.target)
        cursor.execute(estimate, {"years": sorted(set(scope["years"]))})


def _areas(cells: Iterable[Cell]) -> dict[str, Any]:
    pairs = list(cells)
    return {"years": [year for year, _area in pairs], "areas": [area for _year, area in pairs]}


def rebuild(progress: Steps | None = None, codes: Iterable[str] | None = None) -> int:
    """Recompute every slice of the given programmes, one transaction each; return how many slices.

    By default that is all programmes, and the totals of the ledger with them.
    Readers see the old rows of a slice until its new ones are committed. A rebuild that was cut short can be run again.
    """
    slices = [
        (model, year) for model in programmes() if codes is None or model.code in codes for year in slice_years(model)
    ]
    with (progress or SilentSteps()).step(_("Recomputing roll-ups"), len(slices)) as step:
        for done, (model, year) in enumerate(slices, start=1):
            _rebuild_slice(model, year)
            step.to(done)
    return len(slices) + (funds.rebuild(progress) if codes is None else 0)


@transaction.atomic
def _rebuild_slice(model: type[Record], year: int) -> None:
    lock_slices([(model.code, year)])
    # What was marked until here is counted by the statements that follow. Marks that a worker holds are left to it: it
    # waits for this slice.
    marks = DirtyCell._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"DELETE FROM {marks} WHERE id = ANY (ARRAY("
            f"SELECT id FROM {marks} WHERE programme = %s AND year = %s FOR UPDATE SKIP LOCKED))",
            [model.code, year],
        )
        cursor.execute(f"DELETE FROM {model.rollup._meta.db_table} WHERE year = %s", [year])
    fill_slice(model, year, model.rollup._meta.db_table)


def slice_years(model: type[Record]) -> list[int]:
    """The years in which a programme expects records (it has a round), or holds some, or totals of some."""
    rounds = Round.objects.filter(programme=model.code).values_list("year", flat=True)
    kept = (table.values_list("year", flat=True).distinct() for table in (model.objects, model.rollup.objects))
    return sorted({*rounds, *chain.from_iterable(kept)})


def cells_of(model: type[Record], year: int, on: Boundaries) -> list[Cell]:
    """All cells of a slice: the counties that stand on this basis, and those that figures name."""
    named = (
        f"SELECT county_id FROM {model._meta.db_table} WHERE year = %(year)s"
        if on.is_recorded
        else f"SELECT county_id FROM {on.placements} WHERE county_id IS NOT NULL"
    )
    sql = f"""
        SELECT area_id FROM villages_placement p WHERE p.level = 3 AND {on.stands("p", "%(year)s")} UNION {named}
    """
    with connection.cursor() as cursor:
        cursor.execute(sql, {"year": year})
        return [(year, county) for (county,) in cursor.fetchall()]
