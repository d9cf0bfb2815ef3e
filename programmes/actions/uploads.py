"""Taking, reading, saving and deleting the files of figures that people send.

Each step ends in one transaction, and the state of the upload says which was the last: a job that breaks off has done
nothing, and may be begun again by anyone at any time.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections import Counter
from collections.abc import Iterator, Sequence
from hashlib import sha256
from time import monotonic
from typing import Any

from django.db import transaction
from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from povtrack.accounts.models import User
from povtrack.accounts.roles import Ability
from povtrack.lib.figures import grouped
from povtrack.lib.garbage import uncollected
from povtrack.lib.jobs import begin_after_commit
from povtrack.lib.paths import is_under
from povtrack.lib.sentfiles import harmless_name
from povtrack.lib.years import FIRST_YEAR, LAST_YEAR, year_end
from programmes.actions.scope import MAX_ROWS, Refused, paths_of, require_open_round
from programmes.actions.upload_doubts import put_doubts
from programmes.actions.upload_rows import JudgedRow, SheetJudge, keep_rows
from programmes.actions.upload_save import save_upload
from programmes.models import Record, Upload, UploadRow
from programmes.registry import get_programme_or_404
from programmes.sheets.limits import KEPT_DAYS, KEPT_FILES, Unreadable
from programmes.sheets.matching import SheetRow, match
from programmes.sheets.places import Places
from programmes.sheets.reading import check_size, read_sheets
from villages.models import Area

READ, SAVE = "programmes.sheets.tasks.read", "programmes.sheets.tasks.save"
STALE = dt.timedelta(seconds=30)

State, Status = Upload.State, UploadRow.Status
# What keeps a file from being saved as a whole.
BAD = (Status.REFUSED, Status.CONFLICT, Status.LOCKED, Status.UNKNOWN)

logger = logging.getLogger(__name__)


def take_upload(
    model: type[Record], *, year: int, area: Area, code: str, file_name: str, content: bytes, by: User
) -> Upload:
    """Keep a file that was sent, and have it read after commit. `code` is the area's in that year.

    Raises Refused when it is empty or too large, when the round is closed, when the area is not theirs,
    or when too many of their files are kept.
    """
    try:
        check_size(len(content))
    except Unreadable as unreadable:
        raise Refused(str(unreadable)) from unreadable
    require_open_round(model, year)
    if not is_under(area.path, paths_of(by, Ability.ENTER)):
        raise Refused(_("%(area)s is not one of your areas.") % {"area": area})
    if Upload.objects.filter(user=by).count() >= KEPT_FILES:
        raise Refused(_("%(n)s of your files are kept already. Delete some first.") % {"n": KEPT_FILES})
    upload = Upload.objects.create(
        user=by,
        programme=model.code,
        year=year,
        area=area,
        code=code,
        file_name=harmless_name(file_name),
        content=content,
        size=len(content),
        sha256=sha256(content).hexdigest(),
        language=get_language() or "en",
    )
    _ask(READ, upload)
    return upload


def _ask(task: str, upload: Upload) -> None:
    """Ask for a job after commit. If the queue does not take it the page offers to begin it."""
    begin_after_commit(task, upload.pk)


def read_upload(*, pk: int) -> None:
    """Read a file and judge its rows. Does nothing to one that was read, saved or deleted meanwhile."""
    upload = (
        Upload.objects.select_related("area", "user").filter(pk=pk, state__in=[State.WAITING, State.READING]).first()
    )
    if upload is None:
        return
    with override(upload.language):
        _beat(upload, state=State.READING, done=0, total=0)
        try:
            with uncollected():
                _read(upload)
        except (Unreadable, Refused) as problem:
            place = getattr(problem, "place", None)
            _beat(upload, state=State.UNREADABLE, problem=str(problem), belongs=_address(place, upload.user))
        except Exception:
            logger.exception("Upload %s could not be read.", upload.pk)
            words = _("Povtrack failed on this file. The fault is not yours; it has been noted. Nothing was saved.")
            _beat(upload, state=State.UNREADABLE, problem=words)


def _address(place: tuple[str, int, str] | None, user: User) -> str:
    """The page to which a file belongs, if there is one that its sender may use; a template can be tampered with."""
    if place is None or not FIRST_YEAR <= place[1] <= LAST_YEAR or not place[2].isalnum():
        return ""
    there = Area.objects.visible_to(user, Ability.ENTER).coded(place[2], year_end(place[1]))
    return reverse("sheets", args=place) if there.exists() else ""


def _beat(upload: Upload, **changes: Any) -> None:
    """Note how far a job is, unless another has finished the work meanwhile."""
    Upload.objects.filter(pk=upload.pk, state__in=[State.WAITING, State.READING]).update(beat=timezone.now(), **changes)


def _read(upload: Upload) -> None:
    model = get_programme_or_404(upload.programme)
    window = require_open_round(model, upload.year)
    places = Places.of(model, upload.year, upload.area)
    matched = match(model, places, read_sheets(bytes(upload.content)))
    _beat(upload, total=len(matched.rows))
    judged = _judge_all(SheetJudge(model, window, upload.user), upload, matched.rows)
    put_doubts(model, upload, judged)
    with transaction.atomic():
        held = Upload.objects.select_for_update().defer("content").filter(pk=upload.pk, state=State.READING).first()
        if held is None:
            return
        keep_rows(held, judged)
        held.state, held.remarks, held.problem, held.beat = State.READ, matched.remarks, "", timezone.now()
        held.save(update_fields=["state", "remarks", "problem", "beat"])


def _judge_all(judge: SheetJudge, upload: Upload, rows: Sequence[SheetRow]) -> list[JudgedRow]:
    """Judge all rows, and let the page that waits know how far it is about once a second."""
    judged: list[JudgedRow] = []
    told = monotonic()
    for batch in _batches(rows):
        judged += judge.judge(batch)
        if monotonic() - told > 1:
            told = monotonic()
            _beat(upload, done=len(judged))
    return judged


def _batches(rows: Sequence[Any]) -> Iterator[Sequence[Any]]:
    return (rows[start : start + MAX_ROWS] for start in range(0, len(rows), MAX_ROWS))


def counts_of(upload: Upload) -> Counter[str]:
    """How many rows of an upload are in each state; see `UploadRow.stands`."""
    counts = Counter(dict(upload.rows.values_list("status").order_by("status").annotate(n=Count("pk"))))
    if upload.state == State.SAVED:
        counts[Status.SAVED] = counts.pop(Status.ACCEPTED, 0)
    return counts


def ask_save(*, pk: int, mode: str, by: User) -> None:
    """Have an upload saved after commit, all of it or its accepted rows. Raises Refused when there is nothing to save.

    Asked again while it is being saved or after, it does nothing.
    """
    with transaction.atomic():
        upload = Upload.objects.light().select_for_update(of=("self",)).get(pk=pk, user=by)
        if upload.state in (State.SAVING, State.SAVED):
            return
        if upload.state != State.READ:
            raise Refused(_("This file has not been read yet."))
        counts = counts_of(upload)
        bad = sum(counts[status] for status in BAD)
        if not counts[Status.ACCEPTED]:
            raise Refused(_("No row of this file would change anything."))
        if mode == Upload.Mode.ALL and bad:
            words = _("%(n)s rows can't be saved, so nothing was. Mend them, or save the accepted rows only.")
            raise Refused(words % {"n": grouped(bad)})
        if mode not in Upload.Mode.values:
            raise Refused(_("Choose what is to be saved."))
        upload.state, upload.mode, upload.problem, upload.beat = State.SAVING, mode, "", timezone.now()
        upload.save(update_fields=["state", "mode", "problem", "beat"])
        _ask(SAVE, upload)


def is_stale(upload: Upload) -> bool:
    """Tell whether the job of a busy upload has given no sign of life for a while."""
    return upload.is_busy and timezone.now() - upload.beat > STALE


def resume_upload(*, pk: int, by: User) -> None:
    """Do at once what a busy upload waits for: its job was lost, or there is no worker."""
    upload = Upload.objects.light().get(pk=pk, user=by)
    if upload.state == State.SAVING:
        save_upload(pk=pk)
    else:
        read_upload(pk=pk)


def delete_upload(*, pk: int, by: User) -> None:
    """Delete an upload of one's own, with its file and rows. What it saved stays."""
    Upload.objects.filter(pk=pk, user=by).delete()


def drop_old_uploads(*, days: int = KEPT_DAYS) -> int:
    """Delete the uploads that are older than so many days, and return how many."""
    old = Upload.objects.filter(at__lt=timezone.now() - dt.timedelta(days=days))
    count = old.count()
    old.delete()
    return count
