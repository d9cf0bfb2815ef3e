"""What is unlikely in the rows of an upload, and the reasons that its sender gives before the rows are saved.

A reason stays with its row until then, and becomes a remark in the transaction that saves the figure it is about.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from povtrack.accounts.models import User
from programmes.actions.remarks import add_remark, checked_words
from programmes.actions.rows import Place
from programmes.actions.scope import Refused
from programmes.actions.upload_rows import JudgedRow
from programmes.models import Record, Upload, UploadRow
from programmes.models.upload import Doubt
from programmes.soft_rules import Beside, Continues
from programmes.unlikely import medians_with, reasons_of

State, Status = Upload.State, UploadRow.Status


def put_doubts(model: type[Record], upload: Upload, rows: Iterable[JudgedRow]) -> None:
    """Put to each accepted row what is unlikely in it: against last year, and against its county with the file in it.

    What a row leaves as it is, and what has its reason, is not asked about again. Five queries at most.
    """
    accepted = [row for row in rows if row.status == Status.ACCEPTED]
    if not model.soft_rules or not accepted:
        return
    last = _last_year(model, upload.year, accepted)
    beside = medians_with(model, upload.year, [(row.county, row.place, row.figures) for row in accepted])
    doubted = []
    for row in accepted:  # one with nothing to report has no figures to ask about
        asked = _asked(model, row, last.get(row.place, {}), beside.get((row.county, row.row.breakdown), {}))
        if asked:
            row.doubts += asked
            doubted.append(row)
    if doubted:
        _take_known(model, upload, doubted)


def _asked(
    model: type[Record], row: JudgedRow, last: dict[str, Any], spread: Mapping[str, Sequence[Any]]
) -> list[Doubt]:
    """What the soft rules ask about a row: one doubt a figure, however many of them ask."""
    asked: dict[str, str] = {}
    for rule in model.soft_rules:
        figure = row.figures[rule.measure]
        if figure is None:
            continue
        message = rule.warning(figure, Beside(last, *spread.get(rule.measure, ())))
        if message:
            asked[rule.measure] = f"{asked[rule.measure]} {message}" if rule.measure in asked else message
    return [Doubt(measure, message) for measure, message in asked.items()]


def _last_year(model: type[Record], year: int, rows: Sequence[JudgedRow]) -> dict[Place, dict[str, Any]]:
    needed = {rule.measure for rule in model.soft_rules}
    needed |= {rule.closing for rule in model.soft_rules if isinstance(rule, Continues)}
    names = sorted(needed)
    sql = f"""
        SELECT r.area_id, r.breakdown, {", ".join(f'r."{name}"' for name in names)} FROM {model._meta.db_table} r
        WHERE r.year = %s AND NOT r.nil AND r.area_id = ANY(%s)
    """
    with connection.cursor() as cursor:
        cursor.execute(sql, [year - 1, list({row.place[0] for row in rows})])
        return {
            (area, breakdown): dict(zip(names, figures, strict=True)) for area, breakdown, *figures in cursor.fetchall()
        }


def _take_known(model: type[Record], upload: Upload, rows: Sequence[JudgedRow]) -> None:
    """Drop what a record has explained already, and take over what was said of the same figures in an earlier file."""
    standing = reasons_of(model, upload.year, {row.place[0] for row in rows})
    earlier = _said_earlier(upload)
    for row in rows:
        kept = []
        for doubt in row.doubts:
            stays = bool(row.before) and doubt.measure not in row.before
            if stays and standing.get((*row.place, doubt.measure)):
                continue
            said = earlier.get((*row.place, doubt.measure, row.figures.get(doubt.measure)), "")
            kept.append(doubt._replace(reason=said) if doubt.measure else doubt)
        row.doubts = kept


def _said_earlier(upload: Upload) -> dict[tuple[int, str, str, Any], str]:
    """The reasons given in the file that its sender sent before this one and did not save: this one mends it."""
    own = Upload.objects.filter(user=upload.user, programme=upload.programme, year=upload.year, area=upload.area)
    before = own.exclude(pk=upload.pk).order_by("-pk").values_list("pk", "state").first()
    if before is None or before[1] != State.READ:
        return {}
    rows = UploadRow.objects.filter(upload=before[0], status=Status.ACCEPTED).exclude(doubts=[])
    return {
        (row.area_id or 0, row.breakdown, doubt.measure, Decimal(row.values.get(doubt.measure) or 0)): doubt.reason
        for row in rows
        for doubt in row.asked
        if doubt.reason
    }


def keep_reasons(*, pk: int, reasons: Mapping[tuple[int, str], str], by: User) -> None:
    """Keep why figures are right though unlikely, by number of the row and measure; an empty text takes a reason back.

    What is not asked about is passed over. Raises Refused for a text that is too long, and when the rows are no longer
    waiting to be saved.
    """
    words = {at: checked_words(text) if text.strip("\0 \r\n\t") else "" for at, text in reasons.items()}
    with transaction.atomic():
        upload = Upload.objects.light().select_for_update(of=("self",)).get(pk=pk, user=by)
        if upload.state != State.READ:
            raise Refused(_("This file is not waiting to be saved. Say in the grid why its figures are right."))
        rows = list(upload.rows.filter(status=Status.ACCEPTED, number__in={number for number, _measure in words}))
        for row in rows:
            row.doubts = [
                doubt._replace(reason=words.get((row.number, doubt.measure), doubt.reason) if doubt.measure else "")
                for doubt in row.asked
            ]
        UploadRow.objects.bulk_update(rows, ["doubts"])


def add_reasons(model: type[Record], upload: Upload, *, but_of: Iterable[int]) -> None:
    """Add the reasons of an upload to its records as remarks, but not those of the rows that were not saved."""
    saved = upload.rows.filter(status=Status.ACCEPTED).exclude(doubts=[]).exclude(number__in=but_of)
    for row in saved.select_related("area").order_by("number"):
        for doubt in row.asked:
            if doubt.reason and row.area:
                add_remark(
                    model, year=upload.year, area=row.area, breakdown=row.breakdown, measure=doubt.measure,
                    text=doubt.reason, by=upload.user,
                )  # fmt: skip
