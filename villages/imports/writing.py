"""Writing what a list tells for the first time: places of levels of which the registry held nothing there."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path
from typing import Any

from django.db.backends.utils import CursorWrapper
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from povtrack.accounts.models import User
from povtrack.feed.actions import begin_anew
from povtrack.lib.csvfiles import sha256_of
from villages import derive
from villages.imports.findings import Finding, Verdict
from villages.imports.indexes import set_aside
from villages.imports.job import Job
from villages.models import Area, AreaVersion, CurrentPlacement, Placement, RegistryImport
from villages.sql import statement

_PLACES = [model._meta.db_table for model in (Area, AreaVersion)]
_DERIVED = [model._meta.db_table for model in (Placement, CurrentPlacement)]


def lock(cursor: CursorWrapper) -> None:
    """Let nobody else write the registry until the transaction ends; readers go on."""
    cursor.execute(f"LOCK TABLE {', '.join([*_PLACES, *_DERIVED])} IN SHARE ROW EXCLUSIVE MODE")


def write(job: Job, by: User | None) -> None:
    """Write the first-known places of `list_plan`, then bring in line all that is derived."""
    cursor, steps = job.cursor, job.steps
    values: dict[str, Any] = {
        "since": job.request.since,
        "vintage": job.request.vintage,
        "sources": _record_sources(job, by),
    }
    is_empty = not Area.objects.exists()
    if is_empty:
        begin_anew()
    # Measured with 665,000 areas: filling the tables with their indexes in place takes twice as long.
    with set_aside(cursor, _PLACES, steps) if is_empty else nullcontext(), steps.step(_("Writing places")):
        cursor.execute(statement("import_new"), values)
        _tell_cut_short(job)
    cursor.execute("ANALYZE " + ", ".join(_PLACES))
    if is_empty:
        # Not the placements' own indexes: what follows from placements looks them up while it is derived.
        with set_aside(cursor, _DERIVED[1:], steps):
            derive.rebuild(cursor, steps)
    else:
        with steps.step(_("Deriving names and places")):
            cursor.execute("SELECT id FROM list_new")
            derive.rebuild_areas([area for (area,) in cursor.fetchall()], cursor)
    cursor.execute("ANALYZE " + ", ".join(_DERIVED))


def record(job: Job, *, name: str, sha256: str, areas: int, by: User | None) -> RegistryImport:
    """Record that a list, or one file of it, was taken into the registry."""
    return RegistryImport.objects.create(
        source=job.source.code,
        file_name=name[-255:],
        sha256=sha256,
        vintage=job.request.vintage,
        since=job.request.since,
        areas=areas,
        created_by=by,
    )


def _record_sources(job: Job, by: User | None) -> list[int | None]:
    """Record each file that brings something, and return its id by the file's number."""
    job.cursor.execute("SELECT file, count(*) FROM list_plan WHERE first GROUP BY file")
    brought: dict[int, int] = dict(job.cursor.fetchall())
    return [
        _record_file(job, path, brought[number], by) if number in brought else None
        for number, path in enumerate(job.request.files)
    ]


def _record_file(job: Job, path: Path, areas: int, by: User | None) -> int:
    return record(job, name=path.name, sha256=sha256_of(path), areas=areas, by=by).pk


def _tell_cut_short(job: Job) -> None:
    job.cursor.execute(statement("import_cut_short"))
    for level, code, name, day, places in job.cursor.fetchall():
        words = {"day": date_format(day, "Y-m-d"), "count": f"{places:,}"}
        reason = _(
            "Ended on %(day)s, and no single place took it over: what became of the %(count)s places below it, "
            "this list does not tell. They are held valid until then."
        )
        job.findings.add(Finding(Verdict.WARNING, level, "", None, "parent", f"{code} {name}", reason % words))
