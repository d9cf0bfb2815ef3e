"""Carrying out what a list says, as far as it is safe and mechanical: new areas, and new names of known ones."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path
from typing import Any

from django.db.backends.utils import CursorWrapper
from django.utils.translation import gettext as _

from povtrack.accounts.models import User
from povtrack.lib.csvfiles import sha256_of
from villages import derive
from villages.imports.indexes import set_aside
from villages.imports.job import Job
from villages.models import Area, AreaVersion, Placement, RegistryImport
from villages.sql import statement

_TABLES = [Area._meta.db_table, AreaVersion._meta.db_table, Placement._meta.db_table]


def lock(cursor: CursorWrapper) -> None:
    """Let nobody else write the registry until the transaction ends; readers go on."""
    cursor.execute(f"LOCK TABLE {', '.join(_TABLES)} IN SHARE ROW EXCLUSIVE MODE")


def write(job: Job, by: User | None) -> None:
    """Write the new and renamed areas of `list_plan`, then bring in line all that is derived."""
    cursor, steps = job.cursor, job.steps
    values: dict[str, Any] = {
        "since": job.request.since,
        "vintage": job.request.vintage,
        "sources": _record_sources(job, by),
    }
    # Measured with 665,000 areas: filling the tables with their indexes in place takes twice as long.
    with nullcontext() if Area.objects.exists() else set_aside(cursor, _TABLES, steps):
        with steps.step(_("Writing places")):
            cursor.execute(statement("import_new"), values)
            cursor.execute(statement("import_renamed"), values)
        derive.rebuild(cursor, steps)
    cursor.execute("ANALYZE " + ", ".join(_TABLES))


def _record_sources(job: Job, by: User | None) -> list[int | None]:
    """Record each file that brings something, and return its id by the file's number."""
    job.cursor.execute("SELECT file, count(*) FROM list_plan WHERE outcome IN ('new', 'renamed') GROUP BY file")
    brought: dict[int, int] = dict(job.cursor.fetchall())
    return [
        _record_source(job, path, brought[number], by) if number in brought else None
        for number, path in enumerate(job.request.files)
    ]


def _record_source(job: Job, path: Path, areas: int, by: User | None) -> int:
    return RegistryImport.objects.create(
        source=job.source.code,
        file_name=path.name[-255:],
        sha256=sha256_of(path),
        vintage=job.request.vintage,
        since=job.request.since,
        areas=areas,
        created_by=by,
    ).pk
