"""Sending tables as CSV: written to a file first, so that what is sent is whole, counted and summed.

Every CSV that povtrack sends goes through here. The headers `Povtrack-Rows-Out` and `Povtrack-SHA256` say how much was
sent; whoever keeps a download can tell by them that it is whole.
"""

from __future__ import annotations

import csv
import hashlib
import io
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from typing import IO, Any, cast

from django.http import FileResponse

CSV = "text/csv"
BOM = "\ufeff"
# By name, what a client is told of a file beside it, for the schema of the API.
SENT_HEADERS = {
    "Povtrack-Rows-Out": (int, "Rows of the answer, without the header."),
    "Povtrack-SHA256": (str, "SHA-256 of the answer before any compression."),
}
_BLOCK = 1 << 18  # bytes that are read and sent at once
_IN_MEMORY = 1 << 20  # bytes; what is longer goes to a disk


@dataclass(frozen=True)
class Sent:
    """What a file holds: its rows below the heading, and the SHA-256 of its bytes."""

    rows_out: int
    sha256: str

    def headers(self) -> dict[str, str]:
        return {"Povtrack-Rows-Out": str(self.rows_out), "Povtrack-SHA256": self.sha256}


class Summed(io.TextIOBase):
    """Writes UTF-8 to a binary file and sums what it writes."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file, self._sum = file, hashlib.sha256()

    def write(self, text: str) -> int:
        data = text.encode()
        self._sum.update(data)
        self._file.write(data)
        return len(text)

    def hexdigest(self) -> str:
        return self._sum.hexdigest()


def write_table(file: IO[bytes], heading: Sequence[str], rows: Iterable[Sequence[Any]], *, bom: bool) -> Sent:
    """Write a table as CSV, row by row. None is blank; `bom` puts the mark in front by which Excel knows UTF-8."""
    out = Summed(file)
    out.write(BOM if bom else "")
    writer = csv.writer(out)
    writer.writerow(heading)
    count = 0
    for count, row in enumerate(rows, 1):  # noqa: B007 - the last count is the number of rows
        writer.writerow(map(_cell, row))
    return Sent(count, out.hexdigest())


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:f}" if isinstance(value, Decimal) else value


@contextmanager
def kept_file() -> Iterator[IO[bytes]]:
    """Give a temporary file that goes when it is closed: by whoever takes it on, or here when the block fails."""
    file = cast(IO[bytes], tempfile.SpooledTemporaryFile(_IN_MEMORY))  # noqa: SIM115 - whoever sends it closes it
    try:
        yield file
    except BaseException:
        file.close()
        raise


def send_file(file: IO[bytes], name: str, content_type: str, headers: dict[str, str]) -> FileResponse:
    """Send a file that was written. `headers` say how much it holds."""
    file.seek(0)
    response = FileResponse(
        file,
        as_attachment=bool(name),
        filename=name,
        content_type=content_type,
        headers={"Cache-Control": "no-store", **headers},
    )
    response.block_size = _BLOCK
    return response


def send_table(name: str, heading: Sequence[str], rows: Iterable[Sequence[Any]]) -> FileResponse:
    """Send a table for a person to keep: `name`.csv, which Excel opens as it is."""
    with kept_file() as file:
        sent = write_table(file, heading, rows, bom=True)
    return send_file(file, f"{name}.csv", f"{CSV}; charset=utf-8", sent.headers())
