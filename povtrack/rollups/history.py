"""Totals as of a moment of the past: summed again from the records that were known then.

Boundaries, and so who was expected to report, are as they are known now: what changes in the registry is corrected for
all times, while what was reported is remembered as it was.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from povtrack.rollups.boundaries import Boundaries
from povtrack.rollups.on_request import Request, cells_of_areas, summed
from programmes.as_known import records_as_known


@contextmanager
def known(request: Request, moment: dt.datetime) -> Iterator[Boundaries]:
    """Let the programme's records and roll-ups be those of a moment, for what is asked, while the block runs."""
    with (
        transaction.atomic(),
        records_as_known(request.model, moment, years=request.years, counties=_counties(request)),
        summed(request) as on,
    ):
        yield on


def _counties(request: Request) -> list[int] | None:
    """The counties whose records are needed; None is all. On other boundaries figures may come from anywhere."""
    if request.areas is None or not request.on.is_recorded:
        return None
    with connection.cursor() as cursor:
        cells = cells_of_areas(cursor, request.on, request.years, request.areas)
    return sorted({county for _year, county in cells})
