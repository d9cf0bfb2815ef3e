"""How rows are written to a file in each form. None is ever held in memory as a whole."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import islice
from typing import IO, Any

import orjson
import xlsxwriter
from django.db import connection, transaction
from django.db.models import F, Func, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext as _
from rest_framework import status

from povtrack.lib.csvanswers import BOM, Sent
from povtrack.lib.rest import making
from povtrack.lib.rest.formats import JSON_OPTIONS
from povtrack.lib.rest.refusals import Fault, Refusal
from povtrack.lib.rest.table import Table

# Columns that are read beside those that are shown, and what adds to rows what is looked up for many of them at once.
LookedUp = tuple[Sequence[str], Callable[[list[dict[str, Any]], list[tuple[Any, ...]], Table], None]]
CHUNK = 5000  # rows that are fetched at once
BLOCK = 1 << 20  # bytes
_MOST_ROWS = 1_048_575  # of a sheet, without its heading


class Moment(Func):
    """A moment as text, in UTC: 2026-11-29T12:20:15.123Z."""

    template = "replace((%(expressions)s AT TIME ZONE 'UTC')::text, ' ', 'T') || 'Z'"
    output_field = TextField()


def write_plain(file: IO[bytes], heading: Sequence[str], table: Table, queryset: QuerySet[Any], *, bom: bool) -> Sent:
    """Let the database write a table as CSV."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerow(heading)
    file.write(f"{BOM if bom else ''}{text.getvalue()}".encode())
    plain = queryset.values_list(*(_as_text(one.sources[0], one.kind) for one in table.columns))
    return Sent(_copy(file, plain), sum_of(file))


def _as_text(source: Any, kind: str) -> Any:
    column = F(source) if isinstance(source, str) else source
    if kind == "flag":
        return Cast(column, TextField())
    return Moment(column) if kind == "moment" else column


def _copy(file: IO[bytes], queryset: QuerySet[Any]) -> int:
    """Let the database write rows to a file, and return how many they were."""
    sql, values = queryset.query.sql_with_params()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL TimeZone = 'UTC'; SET LOCAL DateStyle = 'ISO'")
        query = cursor.mogrify(sql, values).decode()
        cursor.copy_expert(f"COPY ({query}) TO STDOUT WITH (FORMAT csv)", making.lines_of(file))
        return int(cursor.rowcount)


def write_ndjson(file: IO[bytes], table: Table, queryset: QuerySet[Any], looked_up: LookedUp) -> Sent:
    """Write each row as the JSON of the list has it, one a line."""
    table, count, (beside, complete) = table.for_json(queryset.model), 0, looked_up
    width = len(table.sources)
    for rows in batched(making.counted(table.values(queryset, beside).iterator(CHUNK)), CHUNK):
        count += len(rows)
        written = table.written(rows)
        complete(written, [row[width:] for row in rows] if beside else [], table)
        file.write(b"".join(orjson.dumps(row, None, JSON_OPTIONS | orjson.OPT_APPEND_NEWLINE) for row in written))
    return Sent(count, sum_of(file))


def batched(rows: Iterable[Any], size: int) -> Iterator[list[Any]]:
    """Yield rows in lists of a size; the last may be shorter."""
    rows = iter(rows)
    while some := list(islice(rows, size)):
        yield some


def write_lines(file: IO[bytes], heading: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Write each row as an object, one a line, and return how many they were."""
    count = 0
    for count, row in enumerate(rows, 1):  # noqa: B007 - the last one counts
        written = {
            name: f"{cell:f}" if isinstance(cell, Decimal) else cell for name, cell in zip(heading, row, strict=True)
        }
        file.write(orjson.dumps(written, None, JSON_OPTIONS | orjson.OPT_APPEND_NEWLINE))
    return count


def write_xlsx(file: IO[bytes], heading: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Write a sheet, and return how many rows it has. Raises Refusal where it can't hold them."""
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    count = 0
    with xlsxwriter.Workbook(file, {**options, "tmpdir": making.folder()}) as book:
        sheet, bold = book.add_worksheet(), book.add_format({"bold": True})
        sheet.freeze_panes(1, 0)
        sheet.write_row(0, 0, heading, bold)
        for count, row in enumerate(rows, 1):
            if count > _MOST_ROWS:
                words = _("A sheet holds %(most)s rows, and these are more. Ask for CSV, or for fewer.")
                fault = Fault("too_large", words % {"most": f"{_MOST_ROWS:,}"}, "format", "xlsx")
                raise Refusal(status.HTTP_413_REQUEST_ENTITY_TOO_LARGE, fault)
            sheet.write_row(count, 0, [float(one) if isinstance(one, Decimal) else one for one in row])
    return count


def sum_of(file: IO[bytes]) -> str:
    """Return the SHA-256 of all that was written to a file."""
    file.seek(0)
    digest = hashlib.sha256()
    while block := file.read(BLOCK):
        digest.update(block)
    return digest.hexdigest()
