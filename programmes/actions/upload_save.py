"""Saving the rows of an upload that its sender has looked at, in one statement.

They were judged when the file was read, and say which version they are written over. So the database takes them as
they are kept, and only of those that it does not take is asked again why not.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db import DataError, IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from povtrack.accounts.roles import Ability
from povtrack.lib.jobs import recompute_after_commit
from programmes.actions.judge import Judge
from programmes.actions.rows import IncomingRow, RowResult
from programmes.actions.save import typed_measures, upsert
from programmes.actions.scope import Refused, Window, paths_of, require_open_round
from programmes.actions.upload_doubts import add_reasons
from programmes.actions.upload_rows import faults_of
from programmes.deadlines import late_steps
from programmes.models import LOCKED, Record, Upload, UploadRow
from programmes.registry import get_programme_or_404
from programmes.sheets.cells import kept_figures
from programmes.sheets.matching import SheetRow
from villages import derive

State, Status = Upload.State, UploadRow.Status
Lost = dict[int, RowResult]  # by number of the row: why it was not saved


class _Undone(Exception):
    """Some rows of a file that was to be saved as a whole can't be: take all back."""

    def __init__(self, lost: Lost) -> None:
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
        except (IntegrityError, DataError):
            words = _("The figures of %(programme)s have changed since the file was read. Send it again.")
            _back(upload, words % {"programme": get_programme_or_404(upload.programme).label}, {})


def _save(upload: Upload) -> None:
    model = get_programme_or_404(upload.programme)
    with transaction.atomic():
        held = Upload.objects.light().select_for_update(of=("self",)).filter(pk=upload.pk, state=State.SAVING).first()
        if held is None:
            return
        derive.hold_placements()
        window = require_open_round(model, upload.year)
        lost = _write(model, window, held)
        if lost and held.mode == Upload.Mode.ALL:
            raise _Undone(lost)
        add_reasons(model, held, but_of=lost)
        _mark(model, held, lost)
        held.state, held.saved_at = State.SAVED, timezone.now()
        held.save(update_fields=["state", "saved_at"])
        recompute_after_commit()


def _write(model: type[Record], window: Window, upload: Upload) -> Lost:
    """Write the accepted rows where their sender may still write, and return why the others were not written."""
    source = f"""
        (SELECT u.area_id AS area, u.breakdown, u.version::integer AS seen, u.nil, NULL::uuid AS key, f.*
         FROM programmes_uploadrow u
         JOIN villages_area a ON a.id = u.area_id AND a.path LIKE ANY(%(within)s)
         CROSS JOIN jsonb_to_record(u."values") AS f({typed_measures(model)})
         WHERE u.upload_id = %(upload)s AND u.status = %(accepted)s
           AND (u.area_id, u.breakdown) NOT IN (SELECT * FROM unnest(%(areas)s::bigint[], %(kinds)s::text[]))) AS i
    """
    within = window.within(paths_of(upload.user, Ability.ENTER))
    late = late_steps(model, upload.year).filter(area__in=upload.rows.values("area")).values_list("area", "breakdown")
    areas, kinds = zip(*late, strict=True) if late else ((), ())
    params = {
        "upload": upload.pk,
        "accepted": Status.ACCEPTED,
        "within": [f"{path}%" for path in within],
        "areas": list(areas),
        "kinds": list(kinds),
    }
    written = upsert(model, upload.year, source, params, upload.user)
    accepted = upload.rows.filter(status=Status.ACCEPTED)
    if len(written) == accepted.count():
        return {}
    places = accepted.values_list("number", "area_id", "breakdown")
    left = [number for number, area, breakdown in places if (area, breakdown) not in written]
    return _why(model, window, upload, accepted.filter(number__in=left))


def _why(model: type[Record], window: Window, upload: Upload, rows: Iterable[UploadRow]) -> Lost:
    """Judge the rows that were not written as they stand now; one whose figures stand already is not lost."""
    sent = {row.number: _incoming(row) for row in rows}
    judge = Judge.of(model, window, list(sent.values()), upload.user)
    lost: Lost = {}
    for number, row in sent.items():
        result = judge.judge(row, seen=False)
        if not isinstance(result, RowResult):
            now = judge.standing[row.place]
            result = now.result(row.place, "locked" if now.state in LOCKED else "conflict")
        if result.status != "unchanged":
            lost[number] = result
    return lost


def _incoming(row: UploadRow) -> IncomingRow:
    values = {name: "" if figure is None else str(figure) for name, figure in row.values.items()}
    return IncomingRow(row.area_id or 0, row.version, row.nil, {} if row.nil else values, row.breakdown)


def _mark(model: type[Record], upload: Upload, lost: Lost) -> None:
    """Say of rows that could not be saved after all why not, and of which of the figures that they change."""
    for row in upload.rows.filter(number__in=lost):
        result = lost[row.number]
        given = {name: text for name, text in kept_figures(model, row).items() if name in row.before or not row.before}
        faults = faults_of(model, SheetRow(row.number, row.label, values=given), result)
        row.status, row.version = result.status, result.version
        row.faults = [[fault.field, fault.value, fault.message] for fault in faults]
        row.save(update_fields=["status", "version", "faults"])


def _back(upload: Upload, problem: str, lost: Lost) -> None:
    """Put an upload that was not saved back to where it can be looked at."""
    with transaction.atomic():
        held = Upload.objects.light().select_for_update(of=("self",)).filter(pk=upload.pk, state=State.SAVING).first()
        if held is not None:
            _mark(get_programme_or_404(upload.programme), held, lost)
            held.state, held.problem, held.mode = State.READ, problem, ""
            held.save(update_fields=["state", "problem", "mode"])
