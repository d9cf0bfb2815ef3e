"""Asking for exports, deleting them, and beginning again what was lost."""

from __future__ import annotations

import logging
from functools import partial
from typing import Any
from uuid import UUID

from celery import current_app
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from povtrack.accounts.models import User
from povtrack.exports import store
from povtrack.exports.hold import held, is_lost
from povtrack.exports.lists import Wanted
from povtrack.exports.models import KEPT, Export
from povtrack.exports.rights import rights_of
from povtrack.lib import jobs
from programmes.actions import Refused

MAKE = "povtrack.exports.tasks.make"
MOST_KEPT = 100  # of one person
MOST_TRIES = 3
State = Export.State

logger = logging.getLogger(__name__)


class KeyTaken(Refused):
    """Another export was asked for with the same key."""


class TooMany(Refused):
    """Too many exports are under way, or kept."""


@transaction.atomic
def make_export(
    *, wanted: Wanted, by: User, expected: int | None = None, key: UUID | None = None
) -> tuple[Export, bool]:
    """Have a list made into a file after commit; return the export, and whether it is new.

    What was asked for with the same key before is returned as it stands. Raises KeyTaken, and TooMany.
    """
    User.objects.select_for_update(no_key=True).get(pk=by.pk)  # one at a time, so that none is counted twice
    own = Export.objects.filter(user=by)
    if key and (before := own.filter(key=key).first()):
        if (before.resource, before.form) != (wanted.resource, wanted.form):
            raise KeyTaken(_("Another export was asked for with this key. Nothing was begun."))
        return before, False
    _require_room(own.unfinished().count(), own.count())
    export = Export.objects.create(
        user=by,
        key=key,
        resource=wanted.resource,
        form=wanted.form,
        language=get_language() or settings.LANGUAGE_CODE,
        within=by.terms.area if by.terms else None,
        held=rights_of(by),
        rows_expected=expected,
    )
    ask_to_make(export)
    return export, True


def _require_room(under_way: int, kept: int) -> None:
    most = settings.EXPORTS_AT_ONCE
    if under_way >= most:
        words = ngettext(
            "%(n)s export of yours is being made. Wait until it is ready, or delete it.",
            "%(n)s exports of yours are being made. Wait until one is ready, or delete one.",
            under_way,
        )
        raise TooMany(words % {"n": under_way})
    if kept >= MOST_KEPT:
        raise TooMany(_("%(n)s exports of yours are kept. Delete some that you have downloaded.") % {"n": kept})


def ask_to_make(export: Export) -> None:
    """Ask for the job after commit. If the queue does not take it, it is asked for again by the watch."""
    jobs.begin_after_commit(MAKE, export.pk)


@transaction.atomic
def begin_again(*, export: Export, by: User) -> None:
    """Have an export made again that failed, or whose job was lost. Raises Refused for what is at work or ready."""
    found = Export.objects.of(by).select_for_update(of=("self",)).get(pk=export.pk)
    if found.state == State.DONE or (found.state == State.RUNNING and not is_lost(found, held())):
        raise Refused(_("This export is ready, or is being made."))
    Export.objects.filter(pk=found.pk).update(tries=0)
    begin(found)


def begin(export: Export) -> None:
    """Let an export wait for a job as if it was new, and ask for one."""
    fresh = {"state": State.WAITING, "begun_at": None, "ended_at": None, "expires_at": None, "rows_done": 0}
    Export.objects.filter(pk=export.pk).exclude(state=State.DONE).update(**fresh, failure="", problem=None)
    ask_to_make(export)


@transaction.atomic
def delete_export(*, export: Export, by: User) -> None:
    """Delete an export of one's own, and its file after commit. A job that is at it notices, and ends."""
    for found in Export.objects.of(by).select_for_update(of=("self",)).filter(pk=export.pk):
        found.delete()
        transaction.on_commit(partial(store.drop, found.file), robust=True)


def fail(export: Export, failure: str, problem: dict[str, Any] | None = None) -> None:
    """Say of an export that is being made that it failed, and why, in words; `problem` is what its list said."""
    now = timezone.now()
    failed = {"state": State.FAILED, "failure": failure, "problem": problem, "ended_at": now, "expires_at": now + KEPT}
    Export.objects.filter(pk=export.pk, state=State.RUNNING).update(**failed)


def watch() -> int:
    """Ask again for exports whose jobs died, or whom no job has taken; return how many.

    One on which jobs died time and again is given up, in words.
    """
    at_work, late = held(), timezone.now() - settings.EXPORTS_LATE
    found = 0
    for export in Export.objects.unfinished():
        lost = is_lost(export, at_work)
        if lost and export.tries >= MOST_TRIES:
            words = _("Its job broke off %(n)s times. Ask for less at once, or tell those who run this.")
            fail(export, words % {"n": export.tries})
            logger.error("Export %s is given up: its jobs broke off.", export.pk)
        elif lost:
            begin(export)
            found += 1
        elif export.state == State.WAITING and export.asked_at < late and _is_idle():
            ask_to_make(export)
            found += 1
    return found


def _is_idle() -> bool:
    """Whether no job waits in the queue, so that one which was asked for must have got lost."""
    return current_app.conf.task_always_eager or not jobs.queued(jobs.DEFAULT)


def drop_old() -> int:
    """Delete the exports that were kept long enough, and files that no export names; return how many."""
    old = list(Export.objects.filter(expires_at__lte=timezone.now()).values_list("pk", "file"))
    Export.objects.filter(pk__in=[pk for pk, _file in old]).delete()
    for _pk, file in old:
        store.drop(file)
    return len(old) + store.sweep()
