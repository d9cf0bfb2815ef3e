"""Asking for background jobs, by name: the part that asks need not stand above the part that does."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from celery import signature
from django.db import transaction

RECOMPUTE = "povtrack.rollups.tasks.drain"

logger = logging.getLogger(__name__)

_held = ContextVar("held", default=False)


@contextmanager
def recompute_held() -> Iterator[None]:
    """Ask for no recomputing in this block: who opens it brings the totals up to date afterwards, all at once."""
    token = _held.set(True)
    try:
        yield
    finally:
        _held.reset(token)


def recompute_after_commit() -> None:
    """After commit, ask for the dirty cells to be recomputed. The write stands whether or not the queue answers."""
    if _held.get():
        return
    transaction.on_commit(_ask, robust=True)


def _ask() -> None:
    try:
        # One try: a person is waiting for the page.
        signature(RECOMPUTE).apply_async(retry=False)
    except Exception:
        logger.exception("The queue did not take the roll-up job; the outbox keeps the cells until the next run.")
