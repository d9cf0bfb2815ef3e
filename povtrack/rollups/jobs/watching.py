"""Finding what got lost: jobs whose workers died, cells that nobody takes. And forgetting what is long over."""

from __future__ import annotations

import datetime as dt
import logging

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from povtrack.lib.jobs import ask_to_recompute
from povtrack.rollups.jobs.state import MARKS, STILL_HELD
from povtrack.rollups.models import Job, Rebuild, Verification

logger = logging.getLogger(__name__)

# Seconds after which waiting cells ask for a worker once more.
TOO_LONG = 60
KEPT = dt.timedelta(days=60)
PROOFS_KEPT = dt.timedelta(days=800)


def watch() -> int:
    """Mark jobs as lost whose workers died, wake a worker for cells that wait too long; return how many of both."""
    lost, late = mark_lost(), _waiting_too_long()
    if lost:
        logger.error("%s background jobs are lost: their workers died.", lost)
    if late:
        logger.warning("%s edits have waited for more than %s seconds to be counted in.", late, TOO_LONG)
        ask_to_recompute()
    _forget()
    return lost + late


def mark_lost() -> int:
    """Mark the running jobs whose session of the database has ended; return how many.

    No clock says so and no heartbeat: the server ends a session when the process at its other end dies. A job that goes
    on in a new session after all says so itself when it ends.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """
            UPDATE rollups_job SET state = %s, ended_at = now(), error = %s
            WHERE state = %s AND session NOT IN (
                SELECT pid || ' ' || backend_start FROM pg_stat_activity WHERE backend_start IS NOT NULL
            )
            """,
            [Job.State.LOST, _("The worker died."), Job.State.RUNNING],
        )
        return int(cursor.rowcount)


def _waiting_too_long() -> int:
    """How many marks are old, by the clock of the database that wrote them."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT count(*) FROM {MARKS}"
            " WHERE NOT held AND at NOT BETWEEN now() - make_interval(secs => %s) AND now() + interval '1 hour'",
            [TOO_LONG],
        )
        return int(cursor.fetchone()[0])


def _forget() -> None:
    """Delete what is long over, and the reasons of cells that are no longer held."""
    now = timezone.now()
    Job.objects.filter(started_at__lt=now - KEPT).exclude(state=Job.State.RUNNING).delete()
    Verification.objects.filter(at__lt=now - PROOFS_KEPT).delete()
    Rebuild.objects.filter(started_at__lt=now - PROOFS_KEPT).delete()
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM rollups_heldcell h WHERE NOT {STILL_HELD}")
