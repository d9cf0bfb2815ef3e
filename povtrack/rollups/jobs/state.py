"""Where the work on totals stands: what waits, what is held, what each kind of job did last."""

from __future__ import annotations

import datetime as dt
import logging
from typing import Any, NamedTuple

from celery import current_app
from django.db import connection
from django.db.models import Count, Max, Q, QuerySet

from povtrack.lib.jobs import DEFAULT, ROLLUPS, queued
from povtrack.rollups.jobs.kinds import KINDS, kind_of
from povtrack.rollups.models import HeldCell, Job
from povtrack.rollups.verified import FUNDS

logger = logging.getLogger(__name__)

BROKEN = (Job.State.FAILED, Job.State.LOST)


class Outbox(NamedTuple):
    """What waits to be counted in: edits, the moment of the oldest, and edits that are held back."""

    pending: int
    oldest: dt.datetime | None
    held: int


# All marks: those of records, and those of the ledger.
MARKS = f"""(
    SELECT programme, at, held FROM programmes_dirtycell
    UNION ALL SELECT '{FUNDS}', at, held FROM funding_dirtyfunds
) AS marks"""
# The reasons `h` whose marks are still held. The ledger holds back years.
STILL_HELD = f"""(
    (h.programme, h.year, h.county_id, h.basis) IN (
        SELECT programme, year, county_id, basis FROM programmes_dirtycell WHERE held
    )
    OR h.programme = '{FUNDS}' AND h.year IN (SELECT year FROM funding_dirtyfunds WHERE held)
)"""


def outbox() -> Outbox:
    """Count what waits. One query."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FILTER (WHERE NOT held), min(at) FILTER (WHERE NOT held), count(*) FILTER (WHERE held)"
            f" FROM {MARKS}"
        )
        return Outbox(*cursor.fetchone())


def pending_by_programme() -> dict[str, int]:
    """How many edits wait of each programme by its code, and of FUNDS; held ones too."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT programme, count(*) FROM {MARKS} GROUP BY programme")
        return dict(cursor.fetchall())


def queue_length() -> int | None:
    """How many tasks wait that no worker has taken; None without a queue, and where it does not answer."""
    if current_app.conf.task_always_eager:
        return None
    try:
        return queued(DEFAULT) + queued(ROLLUPS)
    except Exception:
        logger.exception("The queue does not answer.")
        return None


def kinds() -> list[dict[str, Any]]:
    """Each kind of job: how many run, failed and wait to be tried again, and when it last went well. One query."""
    counts = {
        row["kind"]: row
        for row in Job.objects.values("kind")
        .annotate(
            running=Count("pk", filter=Q(state=Job.State.RUNNING)),
            broken=Count("pk", filter=Q(state__in=BROKEN)),
            retried=Count("pk", filter=Q(state=Job.State.RETRIED)),
            last=Max("ended_at", filter=Q(state=Job.State.DONE)),
        )
        .order_by()
    }
    return [{"label": kind_of(name).label, **counts.get(name, {})} for name in [*KINDS, *(counts.keys() - KINDS)]]


def held_cells() -> QuerySet[HeldCell]:
    """The cells that are held back, with their counties; a reason whose marks are gone is left out."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT h.id FROM rollups_heldcell h WHERE {STILL_HELD}")
        ids = [pk for (pk,) in cursor.fetchall()]
    return HeldCell.objects.filter(pk__in=ids).select_related("county").order_by("programme", "-year", "pk")
