"""The error workbook: the file's own rows, with what is wrong coloured and commented, to be mended and sent again."""

from __future__ import annotations

import io
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from funding.sheets.columns import AMOUNT, PROGRAMME, heading
from funding.sheets.reading import FileRow, PassFile
from programmes.sheets.cells import shown
from programmes.sheets.columns import CODE, NAME, PROBLEM, TOKEN
from programmes.sheets.template import HEAD, book_formats, put, sheet_name

_COMMENTS = 4000  # more make a workbook slow to open; the column “What is wrong” has them all


def errors_workbook(file: PassFile) -> bytes:
    """Return a workbook with every row of a file that says something, in the reader's language."""
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(buffer, options)
    looks, sheet = book_formats(book), book.add_worksheet(sheet_name(_("Pass down")))
    own = sorted((at, key) for key, at in file.at.items() if key not in (PROBLEM, TOKEN))
    columns = [PROBLEM, *(key for _at, key in own), TOKEN]
    if AMOUNT not in columns or CODE not in columns:  # a list of names has no codes; the keys then say nothing
        columns = [PROBLEM, CODE, *columns[1:]]
    sheet.set_row(0, None, None, {"hidden": True})
    for column, key in enumerate(columns):
        sheet.set_column(column, column, 48 if key == PROBLEM else 16, None, {"hidden": key == TOKEN})
        sheet.write_string(0, column, key)
        words = file.text(file.sheet.rows[file.first - 1], key) if key in file.at else ""
        sheet.write_string(1, column, words or heading(key), looks["head"])
    for number, row in enumerate(file.rows, HEAD):
        _row(sheet, looks, number, columns, file, row)
    sheet.freeze_panes(HEAD, 1)
    book.close()
    return buffer.getvalue()


def _row(sheet: Any, looks: Any, number: int, columns: list[str], file: PassFile, row: FileRow) -> None:
    said = "\n".join(row.faults.values())
    for column, key in enumerate(columns):
        at = file.at.get(key)
        value = row.cells[at] if at is not None and at < len(row.cells) else ""
        words = row.faults.get(key, "")
        if key == CODE and NAME not in file.at:
            words = words or row.faults.get(NAME, "")
        if key == PROBLEM:
            put(sheet, number, column, said[:32_000], looks["bad_text" if said else "wrap"])
        elif isinstance(value, float) and key == AMOUNT:
            sheet.write_number(number, column, value, looks["bad" if words else "open_decimal"])
        else:
            look = "bad_text" if words else "open_words" if key in (AMOUNT, PROGRAMME, CODE, NAME) else "text"
            put(sheet, number, column, shown(value), looks[look])
        if words and number < _COMMENTS:
            sheet.write_comment(number, column, words[:2000], {"x_scale": 2, "author": _("Povtrack")})
