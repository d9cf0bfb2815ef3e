"""Recomputing the kept totals of the ledger: what its outbox marks, or whole years.

Entries of the ledger belong together: what a province passes down leaves its cell and enters a county's. So all marks
of a year are taken at once and everything is read from one snapshot, on both bases: the totals are those of one moment
of the ledger, and each yuan is in one place of them. Whoever recomputes holds the table of years from before that
snapshot to its commit, so that it is one at a time; readers see the old totals until then, and writers never wait.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import DataError, IntegrityError, connection, transaction
from django.db.backends.utils import CursorWrapper
from django.utils import timezone
from django.utils.translation import gettext as _

from funding.models import Allocation, DirtyFunds, FundRollup, FundYear
from povtrack.lib.instants import one_instant
from povtrack.lib.progress import SilentSteps, Steps
from povtrack.rollups.boundaries import KEPT, RECORDED
from povtrack.rollups.funds.filling import FILL_OWN, STAGES, TABLE, Filling
from povtrack.rollups.models import HeldCell
from povtrack.rollups.verified import FUNDS
from villages.levels import Level
from villages.models import Area

logger = logging.getLogger(__name__)

# More cells than these cost more, one by one, than the whole year.
MANY = 400
UNSOUND = (DataError, IntegrityError)


def drain() -> int:
    """Recompute all that is marked, year by year, each in one transaction; return how many marks were taken."""
    taken = 0
    while (
        year := DirtyFunds.objects.filter(held=False).order_by("pk").values_list("year", flat=True).first()
    ) is not None:
        taken += drain_year(year)
    return taken


def drain_year(year: int) -> int:
    """Recompute what is marked of one year; return how many marks were taken, none where somebody was faster."""
    try:
        with one_moment() as cursor:
            marks = list(DirtyFunds.objects.filter(year=year, held=False).values_list("pk", "area_id"))
            if marks:
                _recompute_marked(cursor, year, {area for _pk, area in marks})
                DirtyFunds.objects.filter(pk__in=[pk for pk, _area in marks]).delete()
            return len(marks)
    except UNSOUND as error:
        return _hold_back(year, error)


@transaction.atomic
def _hold_back(year: int, error: Exception) -> int:
    """Hold back the marks of a year, and keep why; return how many."""
    logger.error("The fund totals of %s cannot be recomputed.", year, exc_info=error)
    names: dict[str, Any] = {"programme": FUNDS, "year": year, "basis": RECORDED.basis}
    nation = Area.objects.get(parent=None)
    HeldCell.objects.update_or_create(**names, county=nation, defaults={"reason": str(error).strip()})
    return DirtyFunds.objects.filter(year=year, held=False).update(held=True)


@contextmanager
def one_moment() -> Iterator[CursorWrapper]:
    """Hold the kept totals, and look at one snapshot that is taken once they are held."""
    with one_instant(), connection.cursor() as cursor:
        hold(cursor)
        yield cursor


def hold(cursor: CursorWrapper) -> None:
    """Let nobody else recompute until the transaction ends. It takes no snapshot, so that waiting makes none stale."""
    cursor.execute(f"LOCK TABLE {FundYear._meta.db_table} IN SHARE UPDATE EXCLUSIVE MODE")


def _recompute_marked(cursor: CursorWrapper, year: int, areas: Collection[int | None]) -> None:
    FundYear.objects.get_or_create(year=year)
    cells = {} if None in areas else {on.basis: cells_of(cursor, Filling(on), year, areas) for on in KEPT}
    if not cells or max(map(len, cells.values())) > MANY:
        _refill(cursor, year)
        return
    _start(cursor)
    above = {}
    for on in KEPT:
        filling, places = Filling(on), cells[on.basis]
        above[on.basis] = levels_above(cursor, filling, year, places)
        cursor.execute(filling.fill_seats(everywhere=False), {"year": year, "places": places})
    _fill_own(cursor, year)
    for on in KEPT:
        filling, levels = Filling(on), above[on.basis]
        areas_above = [area for held in levels.values() for area in held]
        cursor.execute(filling.clear(), {"year": year, "places": cells[on.basis], "above": areas_above})
        _fill(cursor, filling, year, levels)


def cells_by_area(
    cursor: CursorWrapper, filling: Filling, year: int, areas: Collection[int | None]
) -> dict[int, set[int]]:
    """The places of the cells that a mark of each of some areas makes stale."""
    cursor.execute(filling.cells(), {"year": year, "places": sorted(area for area in areas if area is not None)})
    found: dict[int, set[int]] = defaultdict(set)
    for area, place in cursor.fetchall():
        found[area].add(place)
    return found


def cells_of(cursor: CursorWrapper, filling: Filling, year: int, areas: Collection[int | None]) -> list[int]:
    """The places of the cells that marks of some areas make stale."""
    return sorted(set().union(*cells_by_area(cursor, filling, year, areas).values()))


def levels_above(
    cursor: CursorWrapper, filling: Filling, year: int, places: Collection[int]
) -> dict[int | None, list[int]]:
    """The places and all above them by level; under None those that do not stand on this basis."""
    cursor.execute(filling.above(), {"year": year, "places": list(places)})
    return by_level(cursor.fetchall())


def by_level(rows: Iterable[tuple[int | None, int]]) -> dict[int | None, list[int]]:
    levels: dict[int | None, list[int]] = defaultdict(list)
    for level, area in rows:
        levels[level].append(area)
    return levels


def _fill(cursor: CursorWrapper, filling: Filling, year: int, levels: dict[int | None, list[int]]) -> None:
    """Write what lies in the seats, and then, from the counties up, the sums of the places given by level."""
    cursor.execute(filling.fill_homes(), {"year": year})
    for level in range(Level.COUNTY, -1, -1):
        if levels[level]:
            cursor.execute(filling.fill_sums(level), {"year": year, "areas": levels[level]})


def _start(cursor: CursorWrapper) -> None:
    for stage in STAGES:
        cursor.execute(stage)


def _fill_own(cursor: CursorWrapper, year: int) -> None:
    cursor.execute("ANALYZE fund_seat")
    cursor.execute(FILL_OWN, {"year": year})
    cursor.execute("ANALYZE fund_own")


def _refill(cursor: CursorWrapper, year: int) -> None:
    FundRollup.objects.filter(year=year).delete()
    fill_year(cursor, year, TABLE)
    FundYear.objects.filter(year=year).update(rebuilt_at=timezone.now())


def fill_year(cursor: CursorWrapper, year: int, target: str) -> None:
    """Write all totals of one year, on all that is kept, into a table of their shape which has none of them."""
    cursor.execute("SET LOCAL work_mem = '256MB'")
    # There are nearly as many groups as rows: a hash of them all, each with its sums, takes twice as long as sorting.
    cursor.execute("SET LOCAL enable_hashagg = off")
    _start(cursor)
    for on in KEPT:
        cursor.execute(Filling(on, target).fill_seats(everywhere=True), {"year": year})
    _fill_own(cursor, year)
    for on in KEPT:
        filling = Filling(on, target)
        cursor.execute(filling.standing(), {"year": year})
        _fill(cursor, filling, year, by_level(cursor.fetchall()))


def rebuild(progress: Steps | None = None) -> int:
    """Recompute all years, one transaction each; return how many. Safe to run at any time, and to run again."""
    years = years_of_money()
    with (progress or SilentSteps()).step(_("Recomputing fund totals"), len(years)) as step:
        for done, year in enumerate(years, start=1):
            with one_moment() as cursor:
                FundYear.objects.get_or_create(year=year)
                DirtyFunds.objects.filter(year=year).delete()
                _refill(cursor, year)
            step.to(done)
    return len(years)


def years_of_money() -> list[int]:
    """The years of which there is money, or totals are kept, in order."""
    kept = FundYear.objects.values_list("year", flat=True)
    return sorted({*kept, *Allocation.objects.years()})
