"""The template as CSV. It opens in a spreadsheet by a double click: UTF-8 with its mark, commas, CRLF."""

from __future__ import annotations

import csv
import io
from typing import Any

from programmes.sheets.columns import LAST
from programmes.sheets.content import Content

MIME = "text/csv; charset=utf-8"


def template_csv(content: Content) -> bytes:
    """Return the template as a CSV file, in the reader's language; each head carries the key of its column."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    keys = [key for key in content.keys if not key.startswith(LAST)]
    writer.writerow([f"{content.heading(key).replace(chr(10), ' ')} [{key}]" for key in keys])
    origin = content.origin
    for row in content.rows:
        writer.writerow([_text(row.cell(key, origin)) for key in keys])
    return buffer.getvalue().encode("utf-8-sig")


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)
