"""Whole tables as files of any form, in constant memory, counted and summed before the first byte is sent.

What the database can write alone, it writes (COPY), at its own speed.
"""

from __future__ import annotations

import datetime as dt
import io
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from decimal import Decimal
from typing import IO, Any, cast

from django.db.models import QuerySet
from django.http import FileResponse
from django.utils import timezone
from rest_framework.request import Request

from povtrack.lib.csvanswers import CSV, Sent, send_file, write_table
from povtrack.lib.rest import making
from povtrack.lib.rest.formats import NDJSON, PARQUET, XLSX
from povtrack.lib.rest.paging import estimate
from povtrack.lib.rest.parquet import write_parquet
from povtrack.lib.rest.table import Column, Table
from povtrack.lib.rest.writers import BLOCK, CHUNK, LookedUp, sum_of, write_lines, write_ndjson, write_plain, write_xlsx

_KINDS = {"csv": f"{CSV}; charset=utf-8", "xlsx": XLSX, "ndjson": NDJSON, "parquet": PARQUET}
Freshness = Mapping[str, Any]


def send_whole(
    table: Table,
    queryset: QuerySet[Any],
    form: str,
    name: str,
    *,
    bom: bool = False,
    labels: bool = False,
    looked_up: LookedUp = ((), lambda written, rows, table: None),
    freshness: Freshness | None = None,
    request: Request | None = None,
) -> FileResponse:
    """Send all rows as a file of the form csv, xlsx, ndjson or parquet. Raises Refusal where a sheet can't hold them.

    `freshness` is what totals say of themselves. `request` is what was asked, for the file to say where it comes from.
    `looked_up` is what lines of JSON have that is no column.
    """
    making.expect(lambda: estimate(queryset))
    if making.is_rehearsal():
        return _nothing()
    table = table if form == "ndjson" else table.flat()
    with _kept() as file:
        if form == "csv" and table.is_plain:
            sent = write_plain(file, _heading(table.columns, labels=labels), table, queryset, bom=bom)
        elif form == "ndjson":
            sent = write_ndjson(file, table, queryset, looked_up)
        else:
            rows = map(table.cells, table.values(queryset).iterator(CHUNK))
            sent = _write(file, table.columns, rows, form, bom=bom, labels=labels, about=_about(request, freshness))
    return _send(file, sent, form, name, freshness)


def send_rows(
    columns: Sequence[Column],
    rows: Callable[[], Iterable[Sequence[Any]]],
    form: str,
    name: str,
    *,
    bom: bool = False,
    expected: Callable[[], int | None] = lambda: None,
    freshness: Freshness | None = None,
    request: Request | None = None,
) -> FileResponse:
    """Send rows that are made in Python as a file of any form. They are asked for when it is written."""
    making.expect(expected)
    if making.is_rehearsal():
        return _nothing()
    with _kept() as file:
        sent = _write(file, columns, rows(), form, bom=bom, about=_about(request, freshness))
    return _send(file, sent, form, name, freshness)


def _nothing() -> FileResponse:
    return FileResponse(io.BytesIO())


@contextmanager
def _kept() -> Iterator[IO[bytes]]:
    """As `kept_file`, on disk from the start: COPY hands over row by row, and to a spooled file that is slow."""
    file = cast(IO[bytes], tempfile.TemporaryFile(buffering=BLOCK, dir=making.folder()))  # noqa: SIM115 - whoever sends it closes it
    try:
        yield file
    except BaseException:
        file.close()
        raise


def _send(file: IO[bytes], sent: Sent, form: str, name: str, freshness: Freshness | None) -> FileResponse:
    headers = {**sent.headers(), **told(freshness or {}), "ETag": f'"{sent.sha256}"'}
    return send_file(file, f"{name}.{form}", _KINDS[form], headers)


def _heading(columns: Iterable[Column], *, labels: bool = False) -> list[str]:
    return [str(one.label if labels else one.name) for one in columns]


def _write(
    file: IO[bytes],
    columns: Sequence[Column],
    rows: Iterable[Sequence[Any]],
    form: str,
    *,
    bom: bool,
    about: Mapping[str, str],
    labels: bool = False,
) -> Sent:
    rows = making.counted(rows)
    if form == "parquet":
        return Sent(write_parquet(file, columns, rows, about), sum_of(file))
    rows, heading = _turned(columns, rows), _heading(columns, labels=labels)
    if form == "csv":
        return write_table(file, heading, rows, bom=bom)
    write = write_xlsx if form == "xlsx" else write_lines
    return Sent(write(file, heading, rows), sum_of(file))


def _turned(columns: Sequence[Column], rows: Iterable[Sequence[Any]]) -> Iterator[list[Any]]:
    """Yield the cells of each row, as files of text have them."""
    turns = [(n, turn) for n, one in enumerate(columns) if (turn := _turn(one))]
    for row in rows:
        cells = list(row)
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


def _about(request: Request | None, freshness: Freshness | None) -> dict[str, str]:
    """Return what a file that can say so says of itself: where it comes from, when it was made, how fresh it is."""
    source = {"source": request.build_absolute_uri()} if request else {}
    return {**source, "made_at": utc(timezone.now()), **_texts(freshness or {})}


def told(freshness: Freshness) -> dict[str, str]:
    """Return the headers by which a file says how fresh it is, by the names that pages use."""
    return {header_of(name): value for name, value in _texts(freshness).items()}


def header_of(name: str) -> str:
    """Return the header in which a file says what pages say under a name."""
    return f"Povtrack-{name.replace('_', '-').title()}"


def _texts(freshness: Freshness) -> dict[str, str]:
    """Return what is known as text; what there is none of is left out."""
    known = {name: value for name, value in freshness.items() if value is not None}
    return {name: utc(one) if isinstance(one, dt.datetime) else str(one) for name, one in known.items()}


def file_name(words: str) -> str:
    """Return a name for a file of today."""
    return f"{words}-{timezone.localdate()}"
