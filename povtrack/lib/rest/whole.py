"""Whole tables as files: CSV, XLSX and NDJSON, in constant memory, counted and summed before the first byte is sent.

What the database can write alone, it writes (COPY), at its own speed.
"""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from decimal import Decimal
from itertools import islice
from typing import IO, Any, cast

import orjson
import xlsxwriter
from django.db import connection, transaction
from django.db.models import F, Func, QuerySet, TextField
from django.db.models.functions import Cast
from django.http import FileResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework import status

from povtrack.lib.csvanswers import BOM, CSV, Sent, send_file, write_table
from povtrack.lib.rest.formats import JSON_OPTIONS, NDJSON, XLSX
from povtrack.lib.rest.refusals import Fault, Refusal
from povtrack.lib.rest.table import Column, Table

_CHUNK = 5000  # rows that are fetched at once
_BLOCK = 1 << 20  # bytes
_MOST_ROWS = 1_048_575  # of a sheet, without its heading
# Quotes and delimiters that JSON never holds as they are, so that each line comes out untouched.
_LINES = "(FORMAT csv, QUOTE E'\\x01', DELIMITER E'\\x02')"


class Moment(Func):
    """A moment as text, in UTC: 2026-11-29T12:20:15.123Z."""

    template = "replace((%(expressions)s AT TIME ZONE 'UTC')::text, ' ', 'T') || 'Z'"
    output_field = TextField()


def send_whole(
    table: Table, queryset: QuerySet[Any], form: str, name: str, *, bom: bool = False, labels: bool = False
) -> FileResponse:
    """Send all rows as a file of the form csv, xlsx or ndjson. Raises Refusal where a sheet can't hold them."""
    table = table if form == "ndjson" else table.flat()
    heading = [str(one.label if labels else one.name) for one in table.columns]
    with _kept() as file:
        if form == "csv" and table.is_plain:
            sent = _write_plain(file, heading, table, queryset, bom=bom)
        elif form == "ndjson":
            sent = _write_ndjson(file, table, queryset)
        else:
            sent = _write_rows(file, heading, _rows(table, queryset), form, bom=bom)
    return _send(file, sent, form, name)


def send_rows(
    heading: Sequence[str], rows: Iterable[Sequence[Any]], form: str, name: str, *, bom: bool
) -> FileResponse:
    """Send rows that were made in Python as a file of any form."""
    with _kept() as file:
        sent = _write_rows(file, heading, rows, form, bom=bom)
    return _send(file, sent, form, name)


@contextmanager
def _kept() -> Iterator[IO[bytes]]:
    """As `kept_file`, on disk from the start: COPY hands over row by row, and to a spooled file that is slow."""
    file = cast(IO[bytes], tempfile.TemporaryFile(buffering=_BLOCK))  # noqa: SIM115 - whoever sends it closes it
    try:
        yield file
    except BaseException:
        file.close()
        raise


def _send(file: IO[bytes], sent: Sent, form: str, name: str) -> FileResponse:
    kinds = {"csv": f"{CSV}; charset=utf-8", "xlsx": XLSX, "ndjson": NDJSON}
    headers = {**sent.headers(), "ETag": f'"{sent.sha256}"'}
    return send_file(file, f"{name}.{form}", kinds[form], headers)


def _write_rows(
    file: IO[bytes], heading: Sequence[str], rows: Iterable[Sequence[Any]], form: str, *, bom: bool
) -> Sent:
    if form == "csv":
        return write_table(file, heading, rows, bom=bom)
    if form == "xlsx":
        return _write_xlsx(file, heading, rows)
    count = 0
    for count, row in enumerate(rows, 1):  # noqa: B007 - the last one counts
        written = {
            name: f"{cell:f}" if isinstance(cell, Decimal) else cell for name, cell in zip(heading, row, strict=True)
        }
        file.write(orjson.dumps(written, None, JSON_OPTIONS | orjson.OPT_APPEND_NEWLINE))
    return Sent(count, _sum(file))


def _write_plain(file: IO[bytes], heading: Sequence[str], table: Table, queryset: QuerySet[Any], *, bom: bool) -> Sent:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerow(heading)
    file.write(f"{BOM if bom else ''}{text.getvalue()}".encode())
    plain = queryset.values_list(*(_as_text(one.sources[0], one.kind) for one in table.columns))
    return Sent(_copy(file, plain, "(FORMAT csv)"), _sum(file))


def _as_text(source: Any, kind: str) -> Any:
    column = F(source) if isinstance(source, str) else source
    if kind == "flag":
        return Cast(column, TextField())
    return Moment(column) if kind == "moment" else column


def _write_ndjson(file: IO[bytes], table: Table, queryset: QuerySet[Any]) -> Sent:
    table, count = table.for_json(queryset.model), 0
    for rows in batched(table.values(queryset).iterator(_CHUNK), _CHUNK):
        count += len(rows)
        lines = (orjson.dumps(row, None, JSON_OPTIONS | orjson.OPT_APPEND_NEWLINE) for row in table.written(rows))
        file.write(b"".join(lines))
    return Sent(count, _sum(file))


def batched(rows: Iterable[Any], size: int) -> Iterator[list[Any]]:
    """Yield rows in lists of a size."""
    rows = iter(rows)
    while some := list(islice(rows, size)):
        yield some


def _write_xlsx(file: IO[bytes], heading: Sequence[str], rows: Iterable[Sequence[Any]]) -> Sent:
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    count = 0
    with xlsxwriter.Workbook(file, options) as book:
        sheet, bold = book.add_worksheet(), book.add_format({"bold": True})
        sheet.freeze_panes(1, 0)
        sheet.write_row(0, 0, heading, bold)
        for count, row in enumerate(rows, 1):
            if count > _MOST_ROWS:
                words = _("A sheet holds %(most)s rows, and these are more. Ask for CSV, or for fewer.")
                fault = Fault("too_large", words % {"most": f"{_MOST_ROWS:,}"}, "format", "xlsx")
                raise Refusal(status.HTTP_413_REQUEST_ENTITY_TOO_LARGE, fault)
            sheet.write_row(count, 0, [float(one) if isinstance(one, Decimal) else one for one in row])
    return Sent(count, _sum(file))


def _rows(table: Table, queryset: QuerySet[Any]) -> Iterable[list[Any]]:
    """Yield the cells of each row, as files have them."""
    turns = [(n, turn) for n, one in enumerate(table.columns) if (turn := _turn(one))]
    for row in table.values(queryset).iterator(_CHUNK):
        cells = table.cells(row)
        for n, turn in turns:
            if cells[n] is not None:
                cells[n] = turn(cells[n])
        yield cells


def _turn(column: Column) -> Callable[[Any], Any] | None:
    places = Decimal(1).scaleb(-column.places) if column.places is not None else None
    turns: dict[str, Callable[[Any], Any] | None] = {
        "decimal": None if places is None else lambda figure: figure.quantize(places),
        "day": dt.date.isoformat,
        "moment": utc,
    }
    return turns.get(column.kind)


def utc(moment: dt.datetime) -> str:
    """A moment as files and their headers write it: ISO, in UTC."""
    return moment.astimezone(dt.UTC).isoformat().replace("+00:00", "Z")


def tell_freshness(file: FileResponse, freshness: Mapping[str, Any]) -> None:
    """Let the headers of a file say how fresh it is, by the names that pages use. What there is none of is left out."""
    for name, value in freshness.items():
        if value is not None:
            header = f"Povtrack-{name.replace('_', '-').title()}"
            file.headers[header] = utc(value) if isinstance(value, dt.datetime) else str(value)


def _copy(file: IO[bytes], queryset: QuerySet[Any], form: str) -> int:
    """Let the database write rows to a file, and return how many they were."""
    sql, values = queryset.query.sql_with_params()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL TimeZone = 'UTC'; SET LOCAL DateStyle = 'ISO'")
        query = cursor.mogrify(sql, values).decode()
        cursor.copy_expert(f"COPY ({query}) TO STDOUT WITH {form}", file)
        return int(cursor.rowcount)


def _sum(file: IO[bytes]) -> str:
    file.seek(0)
    digest = hashlib.sha256()
    while block := file.read(_BLOCK):
        digest.update(block)
    return digest.hexdigest()


def file_name(words: str) -> str:
    """Return a name for a file of today."""
    return f"{words}-{timezone.localdate()}"
