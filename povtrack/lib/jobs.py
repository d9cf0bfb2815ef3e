"""Asking for background jobs, by name: the part that asks need not stand above the part that does."""

import logging

from celery import signature
from django.db import transaction

RECOMPUTE = "povtrack.rollups.tasks.drain"

logger = logging.getLogger(__name__)


def recompute_after_commit() -> None:
    """After commit, ask for the dirty cells to be recomputed. The write stands whether or not the queue answers."""
    transaction.on_commit(_ask, robust=True)


def _ask() -> None:
    try:
        # One try: a person is waiting for the page.
        signature(RECOMPUTE).apply_async(retry=False)
    except Exception:
        logger.exception("The queue did not take the roll-up job; the outbox keeps the cells until the next run.")
