"""Totals as of a moment of the past: summed again from the records that were known then.

Boundaries, and so who was expected to report, are as they are known now: what changes in the registry is corrected for
all times, while what was reported is remembered as it was.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction

from povtrack.rollups.boundaries import Boundaries
from povtrack.rollups.on_request import Request, cells_of_areas, summed
from programmes.as_known import history_of, records_as_known
from programmes.registry import programmes


@contextmanager
def known(request: Request, moment: dt.datetime) -> Iterator[Boundaries]:
    """Let the programme's records and roll-ups be those of a moment, for what is asked, while the block runs."""
    with (
        transaction.atomic(),
        records_as_known(request.model, moment, years=request.years, **_needed(request)),
        summed(request) as on,
    ):
        yield on


def index_history(**_signal: Any) -> None:
    """Let the rows that were replaced after a moment be found in the history of every programme, old or just declared.

    It runs after migrations, so that declaring a programme is all that there is to do for it.
    """
    with connection.cursor() as cursor:
        for model in programmes():
            table = history_of(model)._meta.db_table
            cursor.execute("SELECT to_regclass(%s) IS NOT NULL", [table])
            if cursor.fetchone()[0]:
                cursor.execute(f"CREATE INDEX IF NOT EXISTS {table}_as_of ON {table} (year, pgh_created_at)")


def _needed(request: Request) -> dict[str, list[int]]:
    """The counties or areas whose records are needed; on the boundaries of a year figures may come from anywhere."""
    if request.areas is None or request.basis_year is not None:
        return {}
    on = request.on
    with connection.cursor() as cursor:
        cells = cells_of_areas(cursor, on, request.years, request.areas)
        counties = sorted({county for _year, county in cells})
        if on.is_recorded:
            return {"counties": counties}
        cursor.execute(
            f"SELECT DISTINCT area_id FROM {on.placements} WHERE county_id = ANY(%s) AND level = %s",
            [counties, int(request.model.level)],
        )
        return {"areas": [area for (area,) in cursor.fetchall()]}
