"""Derives what versions and successions imply: each area's latest form and path, where it stood when, and where its
figures belong today.

The versions are the truth. A rebuild works from the nation down and writes only rows that differ, so that running it
twice changes nothing. What it can't derive (a version whose parent did not exist) it leaves out, and `problems` says
so. After a change of a few areas only these are derived, and what lies below where something came out otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import nullcontext
from dataclasses import dataclass
from itertools import count

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from povtrack.lib.progress import SilentSteps, Steps
from villages.levels import Level
from villages.sql import statement

# One rebuild at a time: two would each delete what the other has just placed.
_LOCK = 0x706F7674  # any number, used nowhere else

_WORDS: dict[str, Promise | str] = {
    "no_version": gettext_lazy("has no version"),
    "no_parent": gettext_lazy("has a version that belongs to no place"),
    "parent_not_above": gettext_lazy("has a version whose parent is not of a higher level"),
    "parent_not_there": gettext_lazy("has a version whose parent did not exist all that time"),
    "form_differs": gettext_lazy("does not repeat its latest version"),
    "placement_differs": gettext_lazy("has placements that its versions do not give"),
    "placement_gap": gettext_lazy("has days without a placement"),
    "life_gap": gettext_lazy("has days between its versions on which it did not stand"),
    "current_differs": gettext_lazy("has current placements that versions and successions do not give"),
    "current_nowhere": gettext_lazy("has figures that lie in no county today"),
}


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong with one area. `kind` is a key of the words above."""

    kind: str
    area_id: int
    code: str
    name: str

    def __str__(self) -> str:
        return f"{self.code} {self.name}: {_WORDS[self.kind]}"


def rebuild(cursor: CursorWrapper | None = None, progress: Steps | None = None) -> None:
    """Bring all that is derived in line with the versions and successions, in one transaction."""
    steps = progress or SilentSteps()
    with transaction.atomic(), nullcontext(cursor) if cursor else connection.cursor() as cur:
        with steps.step(_("Deriving names and places")):
            _start(cur)
            cur.execute(statement("derive_all"))
            _derive(cur, widen=False)
        with steps.step(_("Writing placements")):
            _write(cur)


def rebuild_areas(
    areas: Iterable[int], cursor: CursorWrapper | None = None, *, between: Callable[[], object] | None = None
) -> None:
    """Bring in line what is derived from the versions and successions of some areas, given by id, and all below them.

    Areas that were taken back are given too: what was derived from them goes. `between` is called when placements are
    right, before anything is derived from successions.
    """
    with transaction.atomic(), nullcontext(cursor) if cursor else connection.cursor() as cur:
        _start(cur)
        cur.execute(statement("derive_some"), {"areas": list(areas)})
        _derive(cur, widen=True)
        cur.execute(statement("derive_seats"))
        _write(cur, between)


def hold_placements() -> None:
    """Keep placements as they stand until the transaction ends: who writes where something stood must not be overtaken.

    Waits for a change that is being written, and lets others that hold them go on.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [_LOCK])


def problems() -> list[Problem]:
    """Return all that is wrong with the registry, by kind; an empty list is a sound registry."""
    with transaction.atomic(), connection.cursor() as cursor:
        _start(cursor)
        cursor.execute(statement("derive_all"))
        _derive(cursor, widen=False)
        _derive_current(cursor)
        cursor.execute(statement("derive_problems"))
        return [Problem(*row) for row in cursor.fetchall()]


def stop_writers(cursor: CursorWrapper) -> None:
    """Make whoever would hold placements wait until the transaction ends."""
    cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def _start(cursor: CursorWrapper) -> None:
    stop_writers(cursor)
    # Whole-registry joins; the server's default would sort 600,000 rows on disk.
    cursor.execute("SET LOCAL work_mem = '128MB'")
    cursor.execute(statement("derive_start"))


def _derive(cursor: CursorWrapper, *, widen: bool) -> None:
    """Fill the derived tables for `derive_work`; with `widen`, add to it what lies below a difference."""
    for level in Level:
        values = {"level": level.value}
        cursor.execute(statement("derive_forms"), values)
        cursor.execute(statement("derive_paths"), values)
        if widen:
            cursor.execute(statement("derive_parents"), values)
        cursor.execute(statement("derive_placements"), values)
        if widen:
            cursor.execute(statement("derive_widen"), values)


def _derive_current(cursor: CursorWrapper) -> None:
    cursor.execute(statement("derive_kin"))
    for step in count(1):
        cursor.execute(statement("derive_kin_step"), {"step": step})
        if not cursor.rowcount:
            break
        cursor.execute("ANALYZE derive_kin")
    cursor.execute(statement("derive_current"))


def _write(cursor: CursorWrapper, between: Callable[[], object] | None = None) -> None:
    cursor.execute(statement("derive_areas"))
    cursor.execute(statement("derive_write_placements"))
    if between:
        between()
    _derive_current(cursor)
    cursor.execute(statement("derive_write_current"))
