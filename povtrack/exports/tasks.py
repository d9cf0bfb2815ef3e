"""The jobs of exports. Each may be run at any time, by any number of workers at once, and be repeated."""

from __future__ import annotations

from typing import Any

from celery import shared_task

from povtrack.exports import actions, running

MOST_TRIES = 20


@shared_task(bind=True, max_retries=MOST_TRIES)  # type: ignore[untyped-decorator]
def make(self: Any, pk: int) -> int:
    """Make the file of an export, and return how many rows it has. A database that restarts is asked again."""
    try:
        return running.make(pk)
    except running.UNREACHABLE as error:
        if self.request.is_eager:
            raise
        raise self.retry(exc=error, countdown=min(2**self.request.retries, 60)) from error


@shared_task  # type: ignore[untyped-decorator]
def watch() -> int:
    """Ask again for exports whose jobs died, or that no job has taken; return how many."""
    return actions.watch()


@shared_task  # type: ignore[untyped-decorator]
def drop() -> int:
    """Delete the exports that were kept long enough; return how many."""
    return actions.drop_old()
