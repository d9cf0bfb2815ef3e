"""Asking for background jobs, by name: the part that asks need not stand above the part that does."""

import logging
import threading
from typing import Any

from celery import current_app, signature
from django.conf import settings
from django.db import connections, transaction
from kombu.exceptions import ChannelError

RECOMPUTE = "povtrack.rollups.tasks.drain"
MAIL = "programmes.tasks.mail_notification"
# Wake-ups have a queue of their own, so that a bulk recompute and uploads take turns, and so that it can be counted.
ROLLUPS = "rollups"
DEFAULT = "celery"

logger = logging.getLogger(__name__)
_wanted = threading.local()


def recompute_after_commit() -> None:
    """After commit, ask once for the dirty cells to be recomputed, however often this was called before.

    The write stands whether or not the queue answers.
    """
    _wanted.ask = True
    transaction.on_commit(_ask_once, robust=True)


def _ask_once() -> None:
    if getattr(_wanted, "ask", False):
        _wanted.ask = False
        ask_to_recompute()


def ask_to_recompute() -> None:
    """Wake a worker for what has been committed, unless a wake-up that nobody has begun with waits in the queue.

    Without a worker, a day's edits are one task and not a hundred thousand.
    """
    try:
        if current_app.conf.task_always_eager or not queued(ROLLUPS):
            # One try: a person is waiting for the page.
            signature(RECOMPUTE).apply_async(retry=False)
    except Exception:
        logger.exception("The queue did not take the roll-up job; the outbox keeps the cells until the next run.")


def begin(name: str, *args: Any) -> None:
    """Ask for a job that takes longer than a person waits for a page. Raises what the broker raises.

    Without a queue it is done aside, in a thread of this process, so that its progress can be looked at. It ends with
    the process; so such a job must be one that can be begun again.
    """
    if current_app.conf.task_always_eager and settings.JOBS_ASIDE:
        # Not a daemon: a web process that is to end waits for it.
        threading.Thread(target=_do_aside, args=(name, args), name=name).start()
    else:
        signature(name, args=args).apply_async(retry=False)


def begin_after_commit(name: str, key: int) -> None:
    """Begin a job of one row after commit. The row stands whether or not the queue takes it; it can be begun again."""

    def send() -> None:
        try:
            begin(name, key)
        except Exception:
            logger.exception("The queue did not take %s of %s.", name, key)

    transaction.on_commit(send, robust=True)


def _do_aside(name: str, args: tuple[Any, ...]) -> None:
    try:
        signature(name, args=args).apply_async()
    except Exception:
        logger.exception("%s has failed.", name)
    finally:
        connections.close_all()


def queued(queue: str) -> int:
    """How many tasks wait in a queue that no worker has taken. Raises what the broker raises."""
    with current_app.producer_or_acquire() as producer:
        try:
            return int(producer.channel.queue_declare(queue=queue, passive=True).message_count)
        except ChannelError:  # an empty queue is not there
            return 0
