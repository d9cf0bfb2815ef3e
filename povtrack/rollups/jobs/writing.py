"""Writing down what becomes of jobs. No job fails because that could not be written."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec

from django.db import DatabaseError, InterfaceError, connection, transaction
from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils import timezone

from povtrack.rollups.jobs.kinds import kind_of
from povtrack.rollups.models import Job

logger = logging.getLogger(__name__)
Params = ParamSpec("Params")
LONGEST_ERROR = 4000


def _if_possible(write: Callable[Params, None]) -> Callable[Params, None]:
    @wraps(write)
    def tried(*args: Params.args, **kwargs: Params.kwargs) -> None:
        try:
            with transaction.atomic():
                write(*args, **kwargs)
        except (DatabaseError, InterfaceError):
            logger.exception("What became of a job could not be written down.")

    return tried


@_if_possible
def begun(kind: str, name: str, args: list[Any], worker: str) -> None:
    """A job has begun, or begun again. Those that are summed up are written when they have ended."""
    if kind_of(kind).summed:
        return
    now = {"state": Job.State.RUNNING, "worker": worker, "session": _session(), "ended_at": None, "error": ""}
    if not Job.objects.filter(name=name).update(**now, runs=F("runs") + 1):
        Job.objects.create(name=name, kind=kind, args=args, started_at=timezone.now(), **now)


@_if_possible
def done(kind: str, name: str, amount: int | None) -> None:
    """A job went well."""
    now = timezone.now()
    ended = {"state": Job.State.DONE, "ended_at": now, "session": "", "error": ""}
    if Job.objects.filter(name=name).update(**ended, amount=amount) or not kind_of(kind).summed:
        return
    hour = f"{kind} {now:%Y-%m-%dT%H}"
    sums = {"runs": F("runs") + 1, "amount": Coalesce(F("amount"), 0) + (amount or 0)}
    if not Job.objects.filter(name=hour).update(**ended, **sums):
        fresh = Job(name=hour, kind=kind, started_at=now, amount=amount, **ended)
        # Two workers may begin the hour at once; then one run is not counted.
        Job.objects.bulk_create([fresh], ignore_conflicts=True)


@_if_possible
def failed(kind: str, name: str, args: list[Any], worker: str, error: str, *, again: bool) -> None:
    """A job failed; the queue will try it `again`, or has given up."""
    now = timezone.now()
    state = Job.State.RETRIED if again else Job.State.FAILED
    ended = {"state": state, "ended_at": now, "worker": worker, "session": "", "error": error[:LONGEST_ERROR]}
    same = Job.objects.filter(name=name)
    # Whoever ended a job made it fail.
    if not (same.exclude(state=Job.State.ENDED).update(**ended, retries=F("retries") + int(again)) or same.exists()):
        Job.objects.create(name=name, kind=kind, args=args, started_at=now, retries=int(again), **ended)


def _session() -> str:
    """The session of the database in which this process works: it ends when the process dies, however it dies."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pid || ' ' || backend_start FROM pg_stat_activity WHERE pid = pg_backend_pid()")
        return str(cursor.fetchone()[0])
