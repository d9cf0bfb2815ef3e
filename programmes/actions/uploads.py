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
from typing import Any

from celery import signature
from django.db import transaction
from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from povtrack.accounts.models import User
from povtrack.accounts.roles import Ability
from povtrack.lib.figures import grouped
from povtrack.lib.paths import is_under
from povtrack.lib.years import FIRST_YEAR, LAST_YEAR, year_end
from programmes.actions.rows import IncomingRow, RowResult
from programmes.actions.save import save_rows
from programmes.actions.scope import MAX_ROWS, Refused, paths_of, require_open_round
from programmes.actions.upload_doubts import add_reasons, put_doubts
from programmes.actions.upload_rows import JudgedRow, SheetJudge, faults_of, keep_rows, row_key
from programmes.models import Record, Upload, UploadRow
from programmes.registry import get_programme_or_404
from programmes.sheets.limits import KEPT_DAYS, KEPT_FILES, Unreadable
from programmes.sheets.matching import Fault, SheetRow, match
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
        file_name=_harmless(file_name),
        content=content,
        size=len(content),
        sha256=sha256(content).hexdigest(),
        language=get_language() or "en",
    )
    _ask(READ, upload)
    return upload


def _harmless(name: str) -> str:
    """A file's name for a page: the end of its path, of printable characters."""
    short = name.replace("\\", "/").rpartition("/")[2]
    return "".join(char if char.isprintable() else "_" for char in short)[-200:] or "–"


def _ask(task: str, upload: Upload) -> None:
    """Ask for a job after commit. If the queue does not take it the page offers to begin it."""

    def send() -> None:
        try:
            signature(task, args=[upload.pk]).apply_async(retry=False)
        except Exception:
            logger.exception("The queue did not take %s of upload %s.", task, upload.pk)

    transaction.on_commit(send, robust=True)


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
    judge = SheetJudge(model, window, upload.user)
    judged: list[JudgedRow] = []
    for batch in _batches(matched.rows):
        judged += judge.judge(batch)
        _beat(upload, done=len(judged))
    put_doubts(model, upload, judged)
    with transaction.atomic():
        held = Upload.objects.select_for_update().defer("content").filter(pk=upload.pk, state=State.READING).first()
        if held is None:
            return
        keep_rows(held, judged)
        held.state, held.remarks, held.problem, held.beat = State.READ, matched.remarks, "", timezone.now()
        held.save(update_fields=["state", "remarks", "problem", "beat"])


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


class _Undone(Exception):
    """Some rows of a file that was to be saved as a whole can't be: take all back."""

    def __init__(self, lost: dict[int, RowResult]) -> None:
        self.lost = lost


def save_upload(*, pk: int) -> None:
    """Save the rows of an upload that was asked to be saved, in one transaction; does nothing to any other."""
    upload = Upload.objects.light().select_related("user").filter(pk=pk, state=State.SAVING).first()
    if upload is None:
        return
    with override(upload.language):
        try:
            _save(upload)
        except _Undone as undone:
            words = _("%(n)s rows have been changed by others since the file was read, so nothing was saved.")
            _back(upload, words % {"n": len(undone.lost)}, undone.lost)
        except Refused as refused:
            _back(upload, str(refused), {})


def _save(upload: Upload) -> None:
    model = get_programme_or_404(upload.programme)
    with transaction.atomic():
        held = Upload.objects.light().select_for_update(of=("self",)).filter(pk=upload.pk, state=State.SAVING).first()
        if held is None:
            return
        fields = ("number", "area_id", "version", "nil", "values", "breakdown")
        accepted = list(held.rows.filter(status=Status.ACCEPTED).order_by("number").values_list(*fields))
        lost: dict[int, RowResult] = {}
        for batch in _batches(accepted):
            rows = [
                IncomingRow(area, version, nil, values, breakdown, row_key(upload.pk, number))
                for number, area, version, nil, values, breakdown in batch
            ]
            results = save_rows(model, year=upload.year, rows=rows, by=upload.user)
            lost |= {
                row[0]: result
                for row, result in zip(batch, results, strict=True)
                if result.status not in ("saved", "unchanged")
            }
        if lost and held.mode == Upload.Mode.ALL:
            raise _Undone(lost)
        add_reasons(model, held, but_of=lost)
        _mark(model, held, lost)
        held.state, held.saved_at = State.SAVED, timezone.now()
        held.save(update_fields=["state", "saved_at"])


def _mark(model: type[Record], upload: Upload, lost: dict[int, RowResult]) -> None:
    """Say of rows that could not be saved after all why not."""
    for row in upload.rows.filter(number__in=lost):
        result = lost[row.number]
        said = SheetRow(row.number, row.label, values=row.values)
        row.status, row.version = result.status, result.version
        row.faults = [_plain(fault) for fault in faults_of(model, said, result)]
        row.save(update_fields=["status", "version", "faults"])


def _plain(fault: Fault) -> list[str]:
    return [fault.field, fault.value, fault.message]


def _back(upload: Upload, problem: str, lost: dict[int, RowResult]) -> None:
    """Put an upload that was not saved back to where it can be looked at."""
    with transaction.atomic():
        held = Upload.objects.light().select_for_update(of=("self",)).filter(pk=upload.pk, state=State.SAVING).first()
        if held is not None:
            _mark(get_programme_or_404(upload.programme), held, lost)
            held.state, held.problem, held.mode = State.READ, problem, ""
            held.save(update_fields=["state", "problem", "mode"])


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
