"""Recomputing roll-ups: the dirty cells of the outbox, or all slices.

All that recomputes a programme and year holds that slice's lock from before its first read to its commit. So two jobs
never sum the same parent from different states, a reader sees a parent equal to the sum of its children at every
instant on each basis, and a job that runs twice, or dies half-way, changes nothing.

A bulk import marks a hundred thousand cells in one commit, and the clerk who saves a figure a moment later must not
wait for it. So a worker takes turns: first the marks of all small commits, the newest first; then a part of the oldest
marks of one slice, done in less than a second, or the slice as a whole while no edits come. A slice that another worker
holds is passed over while there is another. Nobody holds one slice and waits for the next, so nobody deadlocks.
"""

from __future__ import annotations

import datetime as dt
import logging
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from itertools import chain
from typing import Any

from django.db import DataError, IntegrityError, connection, connections, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from povtrack.lib.progress import SilentSteps, Steps
from povtrack.rollups.boundaries import CURRENT, RECORDED
from povtrack.rollups.cells import cells_of, recompute, slice_years
from povtrack.rollups.funds import recompute as funds
from povtrack.rollups.models import HeldCell, Rebuild
from povtrack.rollups.slices import SliceKey, lock_free, lock_slices, rebuild_slice, refill
from povtrack.rollups.waiting import Cell
from programmes.models import DirtyCell, Record
from programmes.registry import find_programme, programmes

logger = logging.getLogger(__name__)

SMALL = 200  # marks up to which a commit is someone's work, and not an import
EDITS = 1000  # marks of small commits that are taken at once, or a few more
LOOK_EVERY = 1.0  # seconds between looks at all marks, which grow with an import
# How many of the oldest marks are taken at once, at least and at most, so that it takes about as many seconds.
PART, TURN = (25, 800), 0.3
# From this share of its counties on, a slice is summed faster as a whole; a few cells never are.
WHOLE, FEW = 0.35, 100
# Seconds that this may take at most: an edit of the slice would wait for it.
LONGEST_WHOLE = 1.5
# A rebuild that was cut short longer ago is begun anew: whoever asks for one means all totals as they are now.
RESUMABLE = dt.timedelta(days=3)

# What figures or places themselves can cause; a lost connection or a deadlock is another matter, and tried again.
UNSOUND = (DataError, IntegrityError)

Marks = dict[SliceKey, list[int]]
Slice = tuple[type[Record], int]


MarkedCell = tuple[str, int, int, str]  # programme, year, county id, basis


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
    """Take a turn: people's edits, then a part of the oldest marks. Return how many marks were taken.

    None is taken when none is left but those that other workers are at.
    """
    edits = _edits()
    taken = _take(edits) + _take_oldest(calm=not edits)
    return taken or _take_oldest(calm=True, wait=True)


# The transaction that wrote a mark tells whose it is. Nobody updates a mark but to hold it.
_NEWEST = "SELECT id, programme, year, xmin::text FROM programmes_dirtycell WHERE NOT held ORDER BY id DESC LIMIT %s"
_EDITS = """
    SELECT id, programme, year FROM programmes_dirtycell
    WHERE NOT held AND xmin IN (
        SELECT xmin FROM programmes_dirtycell WHERE NOT held GROUP BY xmin HAVING count(*) <= %s
    )
    ORDER BY id DESC LIMIT %s
"""
_WAITING = "SELECT programme, year FROM programmes_dirtycell WHERE NOT held GROUP BY 1, 2 ORDER BY min(id)"


def _edits() -> Marks:
    """The newest marks of small commits; those between two imports are looked for once a second, among all marks."""
    with connection.cursor() as cursor:
        cursor.execute(_NEWEST, [EDITS])
        newest = cursor.fetchall()
        size = Counter(commit for *_mark, commit in newest)
        marks = {(pk, code, year) for pk, code, year, commit in newest if size[commit] <= SMALL}
        if len(newest) == EDITS and time.monotonic() - _pace.looked >= LOOK_EVERY:
            cursor.execute(_EDITS, [SMALL, EDITS])
            marks |= set(cursor.fetchall())
            _pace.looked = time.monotonic()
    found: Marks = defaultdict(list)
    for pk, code, year in marks:
        found[code, year].append(pk)
    return found


def _take_oldest(*, calm: bool, wait: bool = False) -> int:
    """Take a part of the oldest marks: of the first slice that is free, or `wait` for the very first.

    While it is `calm`, with no edits about, a slice of which much is dirty is summed as a whole.
    """
    first = DirtyCell.objects.filter(held=False).order_by("pk").values_list("programme", "year").first()
    if first is None:
        return 0
    taken = _take_of(first, calm=calm, wait=wait)
    if taken or wait:
        return taken
    with connection.cursor() as cursor:
        cursor.execute(_WAITING)
        others = [key for key in cursor.fetchall() if key != first]
    return next((taken for key in others if (taken := _take_of(key, calm=calm))), 0)


def _take_of(key: SliceKey, *, calm: bool, wait: bool = False) -> int:
    marks = DirtyCell.objects.filter(programme=key[0], year=key[1], held=False)
    whole = calm and _is_much(key, marks)
    picked = list(marks.order_by("pk").values_list("pk", flat=True)[: None if whole else _pace.part])
    start = time.monotonic()
    taken = _take({key: picked}, whole=whole, wait=wait)
    if taken == len(picked) and not whole:
        _pace.took(taken, time.monotonic() - start)
    return taken


def _is_much(key: SliceKey, marks: QuerySet[DirtyCell]) -> bool:
    """Whether so much of a slice is dirty that it is summed faster as a whole, and in a short time."""
    model, dirty = find_programme(key[0]), marks.values("county").distinct().count()
    if model is None or dirty <= FEW:
        return False
    enough = WHOLE * len(cells_of(model, key[1], RECORDED))  # a whole slice costs as much as so many cells
    return dirty >= enough and enough <= _pace.rate * LONGEST_WHOLE


class _Pace:
    """How many marks of an import fit into one turn, learned from the last ones: machines and programmes differ."""

    def __init__(self) -> None:
        self.part = PART[0]
        self.rate = PART[0] / TURN  # a second
        self.looked = 0.0  # when all marks were last looked at

    def took(self, marks: int, seconds: float) -> None:
        """Learn from a turn; one that was cut short by the end of the marks tells little."""
        if marks >= self.part:
            self.rate = marks / max(seconds, 0.001)
            wanted = int(marks * min(2, TURN / max(seconds, 0.001)))
            self.part = max(PART[0], min(wanted, PART[1]))


_pace = _Pace()


def _take(picked: Marks, *, whole: bool = False, wait: bool = False) -> int:
    """Count in the marks of those slices that are free (or `wait` for them), and remove them; return how many."""
    if not picked:
        return 0
    try:
        with transaction.atomic():
            free = picked.keys() if wait else lock_free(picked)
            if wait:
                lock_slices(free)
            return _count_in(_locked(pk for key in free for pk in picked[key]), whole=whole)
    except UNSOUND:
        logger.exception("A batch of roll-ups failed; it is taken apart.")
    return _take_apart(list(DirtyCell.objects.filter(pk__in=chain(*picked.values()))))


def _locked(marks: Iterable[int]) -> list[DirtyCell]:
    """Those of the marks that still wait, for this transaction alone."""
    wanted = DirtyCell.objects.filter(pk__in=list(marks), held=False)
    return list(wanted.select_for_update(skip_locked=True))


def _count_in(marks: list[DirtyCell], *, whole: bool = False) -> int:
    """Recompute the cells of marks, or the `whole` slices that they are of, and remove them; return how many."""
    cells: dict[str, dict[str, set[Cell]]] = defaultdict(lambda: defaultdict(set))
    for mark in marks:
        cells[mark.programme][mark.basis].add((mark.year, mark.county_id))
    for code, by_basis in cells.items():
        model = find_programme(code)
        if model is None:  # a programme that was taken out leaves marks behind
            continue
        if whole:
            for year in {mark.year for mark in marks if mark.programme == code}:
                refill(model, year)
        else:
            recompute(model, by_basis[RECORDED.basis], today=by_basis[CURRENT.basis])
    DirtyCell.objects.filter(pk__in=[mark.pk for mark in marks]).delete()
    return len(marks)


def _take_apart(marks: list[DirtyCell]) -> int:
    """Find the cells that cannot be recomputed by halves, and hold back their marks alone: one must not stop all."""
    cells = sorted({_cell(mark) for mark in marks})
    if not cells:
        return 0
    try:
        with transaction.atomic():
            lock_slices({(mark.programme, mark.year) for mark in marks})
            return _count_in(_locked(mark.pk for mark in marks))
    except UNSOUND as error:
        if len(cells) == 1:
            return _hold(cells[0], error)
    half = set(cells[: len(cells) // 2])
    parts = [[mark for mark in marks if (_cell(mark) in half) == first] for first in (True, False)]
    return sum(map(_take_apart, parts))


def _cell(mark: DirtyCell) -> MarkedCell:
    return mark.programme, mark.year, mark.county_id, mark.basis


@transaction.atomic
def _hold(cell: MarkedCell, error: Exception) -> int:
    """Hold back the marks of one cell, and keep why; return how many."""
    logger.error("The totals of programme %s, year %s, county %s (%s) cannot be recomputed.", *cell, exc_info=error)
    names: dict[str, Any] = dict(zip(("programme", "year", "county_id", "basis"), cell, strict=True))
    HeldCell.objects.update_or_create(**names, defaults={"reason": str(error).strip()})
    return DirtyCell.objects.filter(**names, held=False).update(held=True)


def rebuild(
    progress: Steps | None = None, codes: Iterable[str] | None = None, *, resume: bool = False, at_once: int = 1
) -> int:
    """Recompute every slice of the given programmes, one transaction each; return how many slices.

    By default that is all programmes, and the years of the ledger with them. Readers see the old rows of a slice until
    its new ones are committed. To `resume` leaves out what the last rebuild of the same programmes had done when it was
    cut short. Slices that are done `at_once` have connections of their own.
    """
    run, left = _begin(sorted(codes or []), resume=resume)
    with (progress or SilentSteps()).step(_("Recomputing roll-ups"), run.slices) as step:
        step.to(run.slices - len(left))
        for done, _slice in enumerate(_each(left, run, at_once), start=run.slices - len(left) + 1):
            step.to(done)
    years = 0 if codes else funds.rebuild(progress)
    Rebuild.objects.filter(pk=run.pk).update(ended_at=timezone.now())
    return len(left) + years


def cut_short() -> Rebuild | None:
    """The last rebuild, if it has not come to its end."""
    last = _recent().last()
    return last if last and last.ended_at is None else None


def _recent() -> QuerySet[Rebuild]:
    return Rebuild.objects.filter(started_at__gt=timezone.now() - RESUMABLE).order_by("pk")


def _begin(codes: list[str], *, resume: bool) -> tuple[Rebuild, list[Slice]]:
    slices = [
        (model, year) for model in programmes() if not codes or model.code in codes for year in slice_years(model)
    ]
    last = _recent().filter(programmes=codes).last() if resume else None
    if last is None or last.ended_at:
        return Rebuild.objects.create(programmes=codes, slices=len(slices)), slices
    left = [(model, year) for model, year in slices if f"{model.code}:{year}" not in last.done]
    # A round may have been added meanwhile.
    last.slices = len(last.done) + len(left)
    last.save(update_fields=["slices"])
    return last, left


def _each(left: list[Slice], run: Rebuild, at_once: int) -> Iterator[None]:
    if at_once == 1:
        for model, year in left:
            yield rebuild_slice(model, year, run)
        return
    with ThreadPoolExecutor(at_once) as threads:
        yield from threads.map(lambda one: _with_own_connection(one, run), left)


def _with_own_connection(one: Slice, run: Rebuild) -> None:
    with closing(connections["default"]):
        rebuild_slice(*one, run)
