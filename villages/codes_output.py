"""Writing the answer to a list of codes, as CSV or JSON, while counting and summing it."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from typing import IO, Any, cast

from django.http import FileResponse

from villages.translate import Answer

BOM = "\ufeff"


@dataclass(frozen=True)
class Written:
    """What was written: rows of the list, rows of the answer, rows with a problem, and the SHA-256 of the bytes."""

    rows_in: int
    rows_out: int
    problems: int
    sha256: str


class _Counted:
    """Passes the rows of an answer on, and counts them."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer
        self.rows_in = self.rows_out = self.problems = 0

    def __iter__(self) -> Iterator[tuple[dict[str, Any], list[str]]]:
        last = None
        for values, rest in self._answer.rows:
            self.rows_out += 1
            self.rows_in += values["line"] != last
            self.problems += bool(values["problem"])
            last = values["line"]
            yield values, rest

    def counts(self) -> dict[str, int]:
        return {"rows_in": self.rows_in, "rows_out": self.rows_out, "problems": self.problems}


class _Summed(io.TextIOBase):
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


def write_csv(answer: Answer, file: IO[bytes], *, bom: bool = False) -> Written:
    """Write an answer as CSV. `bom` puts the mark in front by which Excel knows UTF-8."""
    counted, out = _Counted(answer), _Summed(file)
    writer = csv.writer(out)
    out.write(BOM if bom else "")
    passed_on = [f"{name} (given)" if name in answer.columns else name for name in answer.extras]
    writer.writerow([*answer.columns, *passed_on])
    for values, rest in counted:
        writer.writerow([*map(_cell, values.values()), *rest])
    return Written(**counted.counts(), sha256=out.hexdigest())


def write_json(answer: Answer, file: IO[bytes], about: dict[str, Any]) -> Written:
    """Write an answer as one JSON object: `about`, the rows under `results`, then the counts, which end it."""
    counted, out = _Counted(answer), _Summed(file)
    head = "".join(f"{json.dumps(key)}: {json.dumps(value, default=str)}, " for key, value in about.items())
    out.write("{" + head + '"results": [')
    separator = "\n"
    for values, rest in counted:
        given = {"given": dict(zip(answer.extras, rest, strict=True))} if answer.extras else {}
        out.write(separator + json.dumps({**values, **given}, ensure_ascii=False, default=_plain))
        separator = ",\n"
    out.write("\n], " + json.dumps(counted.counts())[1:] + "\n")
    return Written(**counted.counts(), sha256=out.hexdigest())


@contextmanager
def kept_file() -> Iterator[IO[bytes]]:
    """Give a temporary file that goes when it is closed: by whoever takes it on, or here when the block fails."""
    file = cast(IO[bytes], tempfile.TemporaryFile())  # noqa: SIM115 - whoever sends it closes it
    try:
        yield file
    except BaseException:
        file.close()
        raise


def download(file: IO[bytes], written: Written, name: str, content_type: str) -> FileResponse:
    """Send a file that was written, saying how much it holds; the sum is that of the bytes before any compression."""
    file.seek(0)
    return FileResponse(
        file,
        as_attachment=bool(name),
        filename=name,
        content_type=content_type,
        headers={
            "Cache-Control": "no-store",
            "Povtrack-Rows-In": str(written.rows_in),
            "Povtrack-Rows-Out": str(written.rows_out),
            "Povtrack-Problems": str(written.problems),
            "Povtrack-SHA256": written.sha256,
        },
    )


def _plain(value: Any) -> str:
    if isinstance(value, Decimal):
        return f"{value:f}"
    assert isinstance(value, dt.date)
    return value.isoformat()


def _cell(value: Any) -> Any:
    """Write one value for a table: true and false in lower case, a list of forms as one line."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, list):
        return "; ".join(_form(form) for form in value)
    return value


def _form(form: dict[str, Any]) -> str:
    until = form["valid_until"] or ""
    today = f" (latest {form['code_latest']} {form['name_latest']})"
    return f"{form['code']} {form['name']} {form['valid_from']}/{until}" + today
