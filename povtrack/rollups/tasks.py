"""The jobs of the roll-ups. Each may be run at any time, by any number of workers at once, and be repeated."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from celery import shared_task
from django.db import InterfaceError, OperationalError

from povtrack.lib.jobs import ask_to_recompute
from povtrack.rollups import proofs, recompute
from povtrack.rollups.funds import recompute as funds
from povtrack.rollups.jobs import watching

# What is drained: each takes a turn of bounded length, and returns how many marks it took.
DRAINS: list[Callable[[], int]] = [recompute.drain_batch, funds.drain]
# Seconds after which a drain lets other jobs have the worker, and asks to go on.
LONGEST_TURN = 5.0
UNREACHABLE = (OperationalError, InterfaceError)
MOST_TRIES = 20


@shared_task(bind=True, max_retries=MOST_TRIES)  # type: ignore[untyped-decorator]
def drain(self: Any) -> int:
    """Recompute the cells that are dirty, and return how many marks were taken.

    A database that is being restarted is asked again. Run inline, it goes on to the end: there is no queue to go on in.
    """
    end, taken = time.monotonic() + LONGEST_TURN, 0
    try:
        while batch := sum(take() for take in DRAINS):
            taken += batch
            if time.monotonic() > end and not self.request.is_eager:
                ask_to_recompute()
                break
    except UNREACHABLE as error:
        if self.request.is_eager:
            raise
        raise self.retry(exc=error, countdown=min(2**self.request.retries, 60)) from error
    return taken


@shared_task  # type: ignore[untyped-decorator]
def watch() -> int:
    """Find jobs whose workers died, and cells that nobody takes; return how many."""
    return watching.watch()


@shared_task  # type: ignore[untyped-decorator]
def prove() -> int:
    """Verify the totals of all programmes; return how many figures differ."""
    return proofs.prove_all()


@shared_task  # type: ignore[untyped-decorator]
def rebuild() -> int:
    """Recompute all totals, or go on where that was cut short; return how many slices were done."""
    return recompute.rebuild(resume=True)
