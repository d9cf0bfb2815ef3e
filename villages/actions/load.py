"""Loading places in bulk: COPY into a staging table, and one statement for each table that is written."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from contextlib import nullcontext
from typing import NamedTuple

from django.db import connection, transaction

from povtrack.lib.jobs import recompute_after_commit
from povtrack.lib.progress import SilentSteps, Steps
from villages import derive
from villages.imports.indexes import set_aside
from villages.models import Area, AreaVersion, CurrentPlacement, RegistryImport

MANY = 10_000  # from which on filling tables without their indexes is quicker

_STAGE = """
    CREATE TEMP TABLE arriving (
        id bigint DEFAULT nextval(pg_get_serial_sequence('villages_area', 'id')),
        level smallint, code text, name text, name_latin text, parent text, parent_id bigint
    ) ON COMMIT DROP
"""
_PARENTS = """
    UPDATE arriving a SET parent_id = coalesce(
        (SELECT up.id FROM arriving up WHERE up.code = a.parent),
        (SELECT v.area_id FROM villages_areaversion v WHERE v.code = a.parent AND v.valid @> %s)
    ) WHERE a.parent <> ''
"""
_AREAS = """
    INSERT INTO villages_area (id, level, kind, code, name, name_latin, parent_id, path)
    SELECT id, level, 'ordinary', code, name, name_latin, parent_id, '' FROM arriving ORDER BY id
"""
_VERSIONS = """
    INSERT INTO villages_areaversion (area_id, code, name, name_latin, parent_id, valid, source_id)
    SELECT id, code, name, name_latin, parent_id, daterange(%s, NULL), %s FROM arriving ORDER BY id
"""


class NewArea(NamedTuple):
    """A place to be loaded; `parent` is its parent's code ("" of the nation): of another new one, or as it was then."""

    level: int
    code: str
    name: str
    latin: str
    parent: str


def load_areas(
    areas: Sequence[NewArea], *, since: dt.date, source: RegistryImport, progress: Steps | None = None
) -> None:
    """Load new places that stand from `since` on, in one form and without end, and derive what follows from them.

    For generated and migrated data: nothing is compared with what the registry holds. Parents come before their parts.
    A place whose parent nobody knows raises ValueError, a code that another place carries IntegrityError, and nothing
    is loaded.
    """
    steps = progress or SilentSteps()
    with transaction.atomic(), connection.cursor() as cursor:
        derive.stop_writers(cursor)
        cursor.execute(_STAGE)
        cursor.copy_expert(
            "COPY arriving (level, code, name, name_latin, parent) FROM STDIN",
            io.StringIO("".join("\t".join(map(str, area)) + "\n" for area in areas)),
        )
        cursor.execute("CREATE INDEX ON arriving (code)")
        cursor.execute("ANALYZE arriving")
        cursor.execute(_PARENTS, [since])
        cursor.execute("SELECT code FROM arriving WHERE parent_id IS NULL AND level > 0 LIMIT 5")
        if lost := [code for (code,) in cursor.fetchall()]:
            raise ValueError(f"no place is known that {', '.join(lost)} could belong to")
        many = len(areas) > MANY or not Area.objects.exists()
        tables = [model._meta.db_table for model in (Area, AreaVersion)]
        with set_aside(cursor, tables, steps) if many else nullcontext():
            cursor.execute(_AREAS)
            cursor.execute(_VERSIONS, [since, source.pk])
        cursor.execute("ANALYZE villages_area, villages_areaversion")
        if many:
            with set_aside(cursor, [CurrentPlacement._meta.db_table], steps):
                derive.rebuild(cursor, steps)
        else:
            cursor.execute("SELECT id FROM arriving")
            derive.rebuild_areas([area for (area,) in cursor.fetchall()], cursor)
        cursor.execute("ANALYZE villages_placement, villages_currentplacement")
        cursor.execute("DROP TABLE arriving")
        recompute_after_commit()
