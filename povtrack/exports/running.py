"""The job of an export: the list is asked as its user, at one instant, and its file is kept once it is whole."""

from __future__ import annotations

import datetime as dt
import logging
from contextlib import closing
from typing import Any

from django.db import InterfaceError, OperationalError, connection
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from povtrack.accounts.models import TokenTerms, User
from povtrack.exports import store
from povtrack.exports.actions import fail
from povtrack.exports.hold import Ended, Hold
from povtrack.exports.lists import Wanted, ask
from povtrack.exports.models import KEPT, Export
from povtrack.lib.instants import one_instant
from povtrack.lib.rest.fresh import FRESHNESS
from povtrack.lib.rest.making import watched
from povtrack.lib.rest.whole import header_of

State = Export.State
UNREACHABLE = (OperationalError, InterfaceError)

logger = logging.getLogger(__name__)


def make(pk: int) -> int:
    """Make the file of an export, and return how many rows it has; 0 where there is nothing to do, or it is refused.

    May be repeated at any time: one that is ready, or that another job is at, is left alone. Raises what nobody foresaw
    once the export says that it failed; and at once where the database does not answer, for that to be tried again.
    """
    with Hold(pk) as hold:
        if hold.is_taken or not _claimed(pk):
            return 0
        export = Export.objects.select_related("user", "within").get(pk=pk)
        with override(export.language):
            return _make(export, hold)


def _claimed(pk: int) -> bool:
    running = {"state": State.RUNNING, "begun_at": timezone.now(), "ended_at": None, "expires_at": None}
    mine = Export.objects.filter(pk=pk).exclude(state=State.DONE)
    return bool(mine.update(**running, rows_done=0, failure="", problem=None, tries=F("tries") + 1))


def _make(export: Export, hold: Hold) -> int:
    try:
        with watched(hold.tell, store.folder()), one_instant():
            known_at = _instant()
            answer = ask(Wanted.of(export.resource, export.form), _reader(export))
        if answer.status_code != 200:
            fail(export, str(answer.data["detail"]), dict(answer.data))
            return 0
        return _publish(export, answer, known_at)
    except Ended:
        return 0
    except UNREACHABLE:
        raise
    except Exception as error:
        logger.exception("Export %s failed.", export.pk)
        fail(export, _words(error))
        raise


def _words(error: Exception) -> str:
    if isinstance(error, OSError | store.Torn):
        return _("The file could not be written: the disk may be full. Nothing was kept. Try again later.")
    return _("Povtrack failed on this. The fault is not yours; it has been noted. Nothing was kept.")


def _reader(export: Export) -> User:
    """The user, with no more rights than the token had by which they asked."""
    user = export.user
    if export.within:
        user.terms = TokenTerms(name="export", area=export.within)
    return user


def _instant() -> dt.datetime:
    """The moment whose state all statements of this transaction see."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement_timestamp()")
        found: dt.datetime = cursor.fetchone()[0]
    return found


def _publish(export: Export, answer: Any, known_at: dt.datetime) -> int:
    """Keep the file; only then does the export name it."""
    with closing(answer.file_to_stream) as file:  # not the answer: that would say that a request is over
        name, size = store.put(export, file)
    rows, now = int(answer["Povtrack-Rows-Out"]), timezone.now()
    whole = {
        "state": State.DONE,
        "ended_at": now,
        "expires_at": now + KEPT,
        "known_at": known_at,
        "rows": rows,
        "rows_done": rows,
        "size": size,
        "sha256": answer["Povtrack-SHA256"],
        "name": answer.filename,
        "content_type": answer["Content-Type"],
        "freshness": _freshness(answer),
        "file": name,
    }
    if not Export.objects.filter(pk=export.pk, state=State.RUNNING).update(**whole):
        store.drop(name)  # it was deleted meanwhile
    return rows


def _freshness(answer: Any) -> dict[str, Any]:
    """What the list said of its totals, or of the moment whose records these are; empty where it said nothing."""
    told = {name: answer.headers.get(header_of(name)) for name in FRESHNESS}
    if told["basis"] is None and told["as_of"] is None:
        return {}
    return {**told, "basis": told["basis"] or "recorded", "pending_changes": int(told["pending_changes"] or 0)}
