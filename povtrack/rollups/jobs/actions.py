"""What a system admin does about jobs: do again, end, release what is held, verify, recompute."""

from __future__ import annotations

import logging
from functools import partial

from celery import current_app, signature
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from funding.models import DirtyFunds
from povtrack.accounts.grants import manages_everything
from povtrack.accounts.models import User
from povtrack.lib.jobs import begin, recompute_after_commit
from povtrack.rollups.models import HeldCell, Job
from programmes.actions.scope import Refused
from programmes.models import DirtyCell

logger = logging.getLogger(__name__)

PROVE, REBUILD = "povtrack.rollups.tasks.prove", "povtrack.rollups.tasks.rebuild"
STOPPED = (Job.State.FAILED, Job.State.LOST, Job.State.ENDED)
UNFINISHED = (Job.State.RUNNING, Job.State.RETRIED, Job.State.FAILED, Job.State.LOST)


@transaction.atomic
def do_again(*, job: Job, by: User) -> None:
    """Have a job that stopped done again. Raises Refused when it is at work, or was done meanwhile."""
    _require(by)
    again = {"state": Job.State.RETRIED, "by": by, "ended_at": timezone.now()}
    if not Job.objects.filter(pk=job.pk, state__in=STOPPED).update(**again):
        raise Refused(_("This job is at work already, or was done meanwhile."))
    transaction.on_commit(partial(_send, job))


@transaction.atomic
def end(*, job: Job, by: User) -> None:
    """End a job that runs, or that nobody needs any more. Raises Refused when it is over already."""
    _require(by)
    ended = {"state": Job.State.ENDED, "by": by, "ended_at": timezone.now(), "session": ""}
    if not Job.objects.filter(pk=job.pk, state__in=UNFINISHED).update(**ended):
        raise Refused(_("This job is over already."))
    if not current_app.conf.task_always_eager:
        transaction.on_commit(partial(_revoke, job.name), robust=True)


@transaction.atomic
def release_held(*, by: User) -> int:
    """Have all cells that are held back recomputed once more; return how many edits wait in them.

    They can't be ended: their totals would look right, and would not be.
    """
    _require(by)
    released = sum(marks.objects.filter(held=True).update(held=False) for marks in (DirtyCell, DirtyFunds))
    if not released:
        raise Refused(_("No cell is held back any more."))
    HeldCell.objects.all().delete()
    recompute_after_commit()
    return released


@transaction.atomic
def start(*, kind: str, by: User) -> None:
    """Ask for a proof, or for all totals to be recomputed. Raises Refused while that is under way."""
    _require(by)
    if Job.objects.filter(kind=kind, state=Job.State.RUNNING).exists():
        raise Refused(_("This is under way already."))
    transaction.on_commit(lambda: begin(kind))


def _require(by: User) -> None:
    if not manages_everything(by):
        raise Refused(_("Jobs are managed by those who manage the whole country."))


def _send(job: Job) -> None:
    """Ask the queue for a job by its old name, so that its row tells what becomes of it."""
    try:
        signature(job.kind, args=job.args).apply_async(task_id=job.name, retry=False)
    except Exception as error:
        logger.exception("The queue did not take a job.")
        words = _("The queue did not take it: %(error)s") % {"error": error}
        Job.objects.filter(pk=job.pk).update(state=Job.State.FAILED, error=words)


def _revoke(name: str) -> None:
    current_app.control.revoke(name, terminate=True)
