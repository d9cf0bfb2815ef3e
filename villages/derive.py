"""Derives what the versions imply: each area's latest form and path, and where it stood when.

The versions are the truth. A rebuild reads all of them, works from the nation down, and writes only rows that differ,
so that running it twice changes nothing. What it can't derive (a version whose parent did not exist) it leaves out, and
`problems` says so.
"""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass

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
    """Bring latest forms, paths and placements in line with the versions, in one transaction."""
    steps = progress or SilentSteps()
    with transaction.atomic(), nullcontext(cursor) if cursor else connection.cursor() as cur:
        with steps.step(_("Deriving names and paths")):
            _lock(cur)
            _derive_forms(cur)
            cur.execute(statement("derive_areas"))
        with steps.step(_("Deriving placements")):
            _derive_placements(cur)
            cur.execute(statement("derive_write_placements"))


def problems() -> list[Problem]:
    """Return all that is wrong with the registry, by kind; an empty list is a sound registry."""
    with transaction.atomic(), connection.cursor() as cursor:
        _lock(cursor)
        _derive_forms(cursor)
        _derive_placements(cursor)
        cursor.execute(statement("derive_problems"))
        return [Problem(*row) for row in cursor.fetchall()]


def _lock(cursor: CursorWrapper) -> None:
    cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    # Whole-registry joins; the server's default would sort 600,000 rows on disk.
    cursor.execute("SET LOCAL work_mem = '128MB'")


def _derive_forms(cursor: CursorWrapper) -> None:
    cursor.execute(statement("derive_forms"))
    for level in Level:
        cursor.execute(statement("derive_paths"), {"level": level.value})


def _derive_placements(cursor: CursorWrapper) -> None:
    cursor.execute(statement("derive_start_placements"))
    for level in Level:
        cursor.execute(statement("derive_placements"), {"level": level.value})
