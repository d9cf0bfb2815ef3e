"""The error workbook: the file's own rows with what is wrong coloured and commented, to be mended and sent again."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from programmes.models import Record, Upload, UploadRow
from programmes.sheets.cells import shown
from programmes.sheets.columns import CODE, NIL, PROBLEM, TOKEN, identity_label, template_version
from programmes.sheets.matching import Matched
from programmes.sheets.places import Places
from programmes.sheets.template import HEAD, book_formats, look_of, put, sheet_name
from programmes.sheets.tokens import Origin, Token

_COMMENTS = 4000  # more make a workbook slow to open; the column “What is wrong” has them all


def errors_workbook(model: type[Record], upload: Upload, places: Places, matched: Matched) -> bytes:
    """Return a workbook with every row of an upload, in the reader's language."""
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(buffer, options)
    _ErrorsWriter(book, model, upload, places, matched).write()
    book.close()
    return buffer.getvalue()


class _ErrorsWriter:
    """Writes the rows as they were sent, and beside each what is wrong with it."""

    def __init__(self, book: Any, model: type[Record], upload: Upload, places: Places, matched: Matched) -> None:
        self.model, self.upload, self.matched = model, upload, matched
        self.looks = book_formats(book)
        self.sheet = book.add_worksheet(sheet_name(f"{model.label} {upload.year}"))
        self.codes = {place.area: place.code for place in places.every}
        self.measures = {measure.name: measure for measure in model.measures()}
        self.origin = Origin(model.code, upload.year, upload.code, template_version(model))
        # What is wrong comes first; then the file's own columns but for those that are written anew.
        own = {key: at for key, at in matched.columns.at.items() if key not in (PROBLEM, TOKEN)}
        self.own = dict(sorted(own.items(), key=lambda item: item[1]))
        self.at = {PROBLEM: 0, **{key: column for column, key in enumerate(self.own, 1)}}
        self.at[TOKEN] = len(self.at)
        self.comments = 0

    def write(self) -> None:
        rows = {row.number: row for row in self.upload.rows.order_by("number").defer("before")}
        self._head()
        sent = [row for row in self.matched.rows if row.number in rows]
        for number, row in enumerate(sent, HEAD):
            self._row(number, self.matched.sheet.rows[row.number - 1], rows[row.number])
        self.sheet.freeze_panes(HEAD, min(3, len(self.at)))
        self.sheet.autofilter(1, 0, HEAD + len(sent) - 1, len(self.at) - 2)

    def _head(self) -> None:
        self.sheet.set_row(0, None, None, {"hidden": True})
        self.sheet.set_row(1, 62)
        heading = self.matched.sheet.rows[self.matched.columns.first_row - 1]
        for key, column in self.at.items():
            self.sheet.set_column(column, column, 48 if key == PROBLEM else 14, None, {"hidden": key == TOKEN})
            self.sheet.write_string(0, column, key)
        for key, column in self.at.items():
            words = shown(heading[self.own[key]]) if key in self.own else identity_label(self.model, key)
            self.sheet.write_string(1, column, words, self.looks["head"])

    def _row(self, number: int, cells: list[Any], row: UploadRow) -> None:
        wrong = {field: message for field, _value, message in row.faults}
        words = "\n".join(self._said(field, message) for field, _value, message in row.faults)
        if row.status == UploadRow.Status.ACCEPTED:
            words = "\n".join(self._said(doubt.measure, doubt.message) for doubt in row.asked)
        put(self.sheet, number, 0, words[:32_000], self.looks["bad_text" if row.faults else "wrap"])
        for key, at in self.own.items():
            self._cell(number, key, cells[at] if at < len(cells) else "", wrong)
        self.sheet.write_string(number, self.at[TOKEN], self._token(row))

    def _said(self, field: str, message: str) -> str:
        measure = self.measures.get(field)
        return f"{measure.verbose_name}: {message}" if measure else message

    def _cell(self, number: int, key: str, value: Any, wrong: Mapping[str, str]) -> None:
        column, measure = self.at[key], self.measures.get(key)
        words = wrong.get(key, "") or (wrong.get("", "") if key == CODE else "")
        look = "bad_text" if words else f"open_{look_of(measure)}" if measure or key == NIL else "open_words"
        number_of = _number(value) if measure else None
        if number_of is None:
            put(self.sheet, number, column, shown(value), self.looks[look])
        else:
            self.sheet.write_number(number, column, number_of, self.looks["bad" if words else look])
        if words and self.comments < _COMMENTS:
            self.comments += 1
            self.sheet.write_comment(number, column, words[:2000], {"x_scale": 2, "author": _("Povtrack")})

    def _token(self, row: UploadRow) -> str:
        """Which version the row is written over when it comes back: of a conflict the one that it tells about.

        A file that did not say what its author saw goes on to say nothing.
        """
        code = self.codes.get(row.area_id or 0)
        known = TOKEN in self.matched.columns.at or row.status == UploadRow.Status.CONFLICT
        return str(Token(self.origin, code, row.breakdown, row.version)) if code and known else ""


def _number(value: Any) -> int | float | None:
    """The number in a cell, as a spreadsheet is to show it again."""
    if not isinstance(value, float) or value - value != 0:
        return None
    return int(value) if value.is_integer() and abs(value) < 10**15 else value
