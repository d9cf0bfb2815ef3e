"""Reading CSV as spreadsheets of several countries write it: encoding and separator are found out."""

from __future__ import annotations

import codecs
import csv
import io
from typing import Any

from django.utils.translation import gettext as _

from programmes.sheets.limits import HEAD_ROWS, MAX_COLUMNS, MAX_ROWS, Unreadable

_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def csv_rows(content: bytes) -> list[list[Any]]:
    """Return the rows of a CSV file, blank lines too, so that row numbers are those a spreadsheet shows.

    Raises Unreadable.
    """
    text = _decoded(content)
    if text.lstrip()[:15].lower().startswith(("<!doctype", "<html", "<?xml", "<table")):
        raise Unreadable(_("This is a web page, not a table. Save it as “Excel workbook (.xlsx)” or “CSV UTF-8”."))
    rows: list[list[Any]] = []
    try:
        for cells in csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True):
            if len(cells) > MAX_COLUMNS or len(rows) >= MAX_ROWS + HEAD_ROWS:
                words = _("The file has more than %(rows)s rows or %(columns)s columns. Send it in parts.")
                raise Unreadable(words % {"rows": f"{MAX_ROWS:,}", "columns": MAX_COLUMNS})
            rows.append(cells)
    except csv.Error as error:
        words = _("The quotation marks after row %(row)s don't pair up. Mend that row, or save the file anew.")
        raise Unreadable(words % {"row": len(rows)}) from error
    return rows


def _decoded(content: bytes) -> str:
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return _strictly(content, encoding)
    if b"\0" in content:
        # UTF-16 without its mark: every other byte of the digits and commas is zero.
        encoding = "utf-16-le" if content[1::2].count(0) > content[::2].count(0) else "utf-16-be"
        text = _strictly(content, encoding)
        if not all(char.isprintable() or char in "\r\n\t\ufeff" for char in text[:5000]):
            raise _no_text()
        return text
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return _strictly(content, "gb18030")


def _strictly(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding).replace("\0", "\ufffd")
    except UnicodeDecodeError as error:
        raise _no_text() from error


def _no_text() -> Unreadable:
    return Unreadable(
        _("The file is neither a workbook nor text in UTF-8, UTF-16 or GBK. Save it as “CSV UTF-8” and try again.")
    )


def _delimiter(text: str) -> str:
    """The sign that parts the columns: of comma, semicolon and tab the one that the first lines hold most of."""
    head = [line for line in text[:20_000].splitlines() if line.strip()][:HEAD_ROWS]
    counts = {sign: sum(_outside_quotes(line).count(sign) for line in head) for sign in ",;\t"}
    return max(counts, key=lambda sign: counts[sign])


def _outside_quotes(line: str) -> str:
    return "".join(line.split('"')[::2])
