"""Carrying out what a list says, as far as it is safe and mechanical: new areas, and new names of known ones."""

from __future__ import annotations

from contextlib import nullcontext

from django.db.backends.utils import CursorWrapper
from django.utils.translation import gettext as _

from povtrack.accounts.models import User
from povtrack.lib.csvfiles import sha256_of
from povtrack.lib.progress import Steps
from villages import derive
from villages.imports.indexes import set_aside
from villages.imports.reading import Request
from villages.imports.sources import Source
from villages.models import Area, AreaVersion, Placement, RegistryImport
from villages.sql import statement

_TABLES = [Area._meta.db_table, AreaVersion._meta.db_table, Placement._meta.db_table]


def lock(cursor: CursorWrapper) -> None:
    """Let nobody else write the registry until the transaction ends; readers go on."""
    cursor.execute(f"LOCK TABLE {', '.join(_TABLES)} IN SHARE ROW EXCLUSIVE MODE")


def write(cursor: CursorWrapper, request: Request, source: Source, by: User | None, steps: Steps) -> None:
    """Write the new and renamed areas of `list_plan`, then bring in line all that is derived."""
    values = {
        "since": request.since,
        "vintage": request.vintage,
        "sources": _record_sources(cursor, request, source, by),
    }
    cursor.execute(f"SELECT NOT EXISTS (SELECT FROM {_TABLES[0]})")
    (empty,) = cursor.fetchone()
    with set_aside(cursor, _TABLES, steps) if empty else nullcontext():
        with steps.step(_("Writing places")):
            cursor.execute(statement("import_new"), values)
            cursor.execute(statement("import_renamed"), values)
        derive.rebuild(cursor, steps)
    cursor.execute("ANALYZE " + ", ".join(_TABLES))


def _record_sources(cursor: CursorWrapper, request: Request, source: Source, by: User | None) -> list[int | None]:
    """Record each file that brings something, and return its id by the file's number."""
    cursor.execute("SELECT file, count(*) FROM list_plan WHERE outcome IN ('new', 'renamed') GROUP BY file")
    brought: dict[int, int] = dict(cursor.fetchall())
    ids: list[int | None] = []
    for number, path in enumerate(request.files):
        if number not in brought:
            ids.append(None)
            continue
        ids.append(
            RegistryImport.objects.create(
                source=source.code,
                file_name=path.name[-255:],
                sha256=sha256_of(path),
                vintage=request.vintage,
                since=request.since,
                areas=brought[number],
                created_by=by,
            ).pk
        )
    return ids
