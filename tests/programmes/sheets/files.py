"""Making and sending files in tests: a template is taken, filled in with openpyxl, and sent as a person would."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping
from typing import Any

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import TestCase
from django.urls import reverse
from django.utils import timezone

from programmes.models import Round, Upload

COUNTY = "520524"


def open_round(programme: str, year: int = 2010) -> None:
    today, month = timezone.localdate(), dt.timedelta(days=30)
    Round.objects.get_or_create(
        programme=programme, year=year, defaults={"opens": today - month, "due": today, "closes": today + month}
    )


def address(name: str, programme: str = "dew", *rest: Any, year: int = 2010, code: str = COUNTY) -> str:
    return reverse(name, args=[programme, year, code, *rest])


def take(client: Any, programme: str = "dew", form: str = "xlsx", **where: Any) -> bytes:
    """Download a template."""
    answer = client.get(address("sheets-template", programme, form, **where))
    assert answer.status_code == 200, answer
    return bytes(answer.getvalue())


def fill(content: bytes, rows: Mapping[str, Mapping[str, Any]], kind: str = "") -> bytes:
    """Fill in a template: values by column key, by the code of the place."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book.worksheets[0]
    at = {cell.value: cell.column for cell in sheet[1]}
    for number in range(3, sheet.max_row + 1):
        code = sheet.cell(number, at["@code"]).value
        if code in rows and (not kind or sheet.cell(number, at["@kind"]).value == kind):
            for key, value in rows[code].items():
                sheet.cell(number, at[key]).value = value
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def workbook(*rows: Any) -> bytes:
    """A workbook of one's own."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(list(row))
    return saved(book)


def cells(content: bytes) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in openpyxl.load_workbook(io.BytesIO(content)).worksheets[0].rows]


def send(client: Any, content: bytes, programme: str = "dew", name: str = "figures.xlsx", **where: Any) -> Upload:
    """Send a file, and let the job that reads it run."""
    with TestCase.captureOnCommitCallbacks(execute=True):
        answer = client.post(address("sheets", programme, **where), {"file": SimpleUploadedFile(name, content)})
    assert answer.status_code == 302, answer.content.decode()
    return Upload.objects.latest("pk")


def save(client: Any, upload: Upload, mode: str = "all") -> Upload:
    """Save an upload, and let the job that does it run."""
    with TestCase.captureOnCommitCallbacks(execute=True):
        where = {"year": upload.year, "code": upload.code}
        client.post(address("sheet-save", upload.programme, upload.pk, **where), {"mode": mode})
    upload.refresh_from_db()
    return upload


def states(upload: Upload) -> dict[str, int]:
    """How many rows are in each state."""
    found: dict[str, int] = {}
    for row in upload.rows.all():
        found[row.stands(upload)] = found.get(row.stands(upload), 0) + 1
    return found


def faults(upload: Upload) -> dict[int, list[tuple[str, str]]]:
    """What is wrong, by row number: (column, words)."""
    rows = upload.rows.exclude(faults=[]).order_by("number")
    return {row.number: [(field, words) for field, _value, words in row.faults] for row in rows}


def problem(upload: Upload) -> str:
    """Why a file could not be read."""
    assert upload.state == "unreadable"
    return upload.problem
