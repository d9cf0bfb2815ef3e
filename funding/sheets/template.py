"""The workbook of a pass-down grid: the areas locked, the amounts to fill in, what helps to decide beside them."""

from __future__ import annotations

import io
import uuid
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _
from xlsxwriter.utility import xl_rowcol_to_cell

from funding.grid import PassGrid, PassRow
from funding.sheets.columns import AMOUNT, HAD, HAS, POOR, PROGRAMME, WITHIN, heading
from funding.sheets.tokens import TOTAL, PassToken
from programmes.registry import programmes
from programmes.sheets.columns import CODE, LATIN, NAME, TOKEN
from programmes.sheets.template import HEAD, book_formats, put, sheet_name

_WIDTHS = {CODE: 15, NAME: 18, LATIN: 22, WITHIN: 20, AMOUNT: 18, PROGRAMME: 28, POOR: 11, HAD: 16, HAS: 16}
_LOOKS = {POOR: "shut_whole", HAD: "shut_decimal", HAS: "shut_decimal", AMOUNT: "open_decimal", PROGRAMME: "open_words"}


def keys_of(grid: PassGrid) -> list[str]:
    """The columns of a grid's workbook, from the left."""
    return [
        CODE,
        NAME,
        *([LATIN] if any(row.latin for row in grid.rows) else []),
        *([WITHIN] if any(row.within for row in grid.rows) else []),
        *([POOR] if grid.poor_year else []),
        HAD,
        HAS,
        AMOUNT,
        *([PROGRAMME] if grid.by_programme else []),
        TOKEN,
    ]


def pass_workbook(grid: PassGrid, key: uuid.UUID) -> bytes:
    """Return the workbook as an .xlsx file, in the reader's language."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    _Writer(book, grid, key).write()
    book.close()
    return buffer.getvalue()


class _Writer:
    def __init__(self, book: Any, grid: PassGrid, key: uuid.UUID) -> None:
        self.grid, self.key = grid, key
        self.looks = book_formats(book)
        self.sheet = book.add_worksheet(sheet_name(_("Pass down")))
        self.help = book.add_worksheet(sheet_name(_("How to fill in")))
        self.at = {column: place for place, column in enumerate(keys_of(grid))}
        self.last = HEAD + len(grid.rows) - 1

    def write(self) -> None:
        self._head()
        for number, row in enumerate(self.grid.rows, HEAD):
            for key, column in self.at.items():
                put(self.sheet, number, column, self._cell(row, key), self.looks[_LOOKS.get(key, "text")])
        self._sums()
        self._validate()
        self._instructions()
        self.sheet.freeze_panes(HEAD, 2)
        self.sheet.protect("", {"format_columns": True, "format_rows": True, "sort": True, "autofilter": True})
        self.sheet.set_landscape()
        self.sheet.repeat_rows(1)
        self.sheet.fit_to_pages(1, 0)

    def _head(self) -> None:
        self.sheet.set_row(0, None, None, {"hidden": True})
        self.sheet.set_row(1, 34)
        for key, column in self.at.items():
            self.sheet.set_column(column, column, _WIDTHS.get(key, 13), None, {"hidden": key == TOKEN})
            self.sheet.write_string(0, column, key)
            words = heading(key, self.grid.parent.year, self.grid.poor_year)
            self.sheet.write_string(1, column, words, self.looks["last_head" if key in (POOR, HAD, HAS) else "head"])

    def _cell(self, row: PassRow, key: str) -> Any:
        token = PassToken(self.grid.parent.pk, self.grid.level, self.key, row.code)
        return {
            CODE: row.code,
            NAME: row.name,
            LATIN: row.latin,
            WITHIN: row.within,
            POOR: row.poor,
            HAD: row.had,
            HAS: row.has,
            AMOUNT: None,
            PROGRAMME: None,
            TOKEN: str(token),
        }[key]

    def _sums(self) -> None:
        """The total, and what remains of the money, worked out while the officer types."""
        column, room = self.at[AMOUNT], self.grid.parent.balance.available
        first, last = xl_rowcol_to_cell(HEAD, column), xl_rowcol_to_cell(self.last, column)
        for number, (word, formula, value) in enumerate(
            ((_("Total"), f"=SUM({first}:{last})", 0), (_("Remaining"), f"={room}-SUM({first}:{last})", room)),
            self.last + 1,
        ):
            self.sheet.write_string(number, self.at[NAME], word, self.looks["text"])
            self.sheet.write_formula(number, column, formula, self.looks["shut_decimal"], float(value))
            self.sheet.write_string(number, self.at[TOKEN], TOTAL)

    def _validate(self) -> None:
        said = {"error_title": _("Not possible")[:32], "ignore_blank": True}
        room = float(self.grid.parent.balance.available)
        words = _("A number above zero with at most two decimals, and no more than can be passed down.")
        rule = {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": room, "error_message": words}
        self.sheet.data_validation(HEAD, self.at[AMOUNT], self.last, self.at[AMOUNT], {**rule, **said})
        if PROGRAMME in self.at:
            top = len(self._lines()) + 5
            source = f"='{self.help.get_name()}'!$A${top}:$A${top + len(programmes()) - 1}"
            rule = {"validate": "list", "source": source, "error_message": _("Choose a programme, or leave it blank.")}
            self.sheet.data_validation(HEAD, self.at[PROGRAMME], self.last, self.at[PROGRAMME], {**rule, **said})

    def _lines(self) -> list[str]:
        return [
            _("Fill in the white cells: what each area is to get, in yuan. Whoever gets nothing stays blank."),
            _("Grey cells are for reading only. The total and what remains are worked out below."),
            _("Then send the file on the page from which you took it. You see all of it before anything is saved."),
            _("A workbook is passed down once. Sent again, it changes nothing; for more money, take a new one."),
        ]

    def _instructions(self) -> None:
        one = self.grid.parent
        self.help.set_column(0, 0, 90)
        self.help.write_string(0, 0, f"{one.document_no} · {one.area} · {one.year} · {one.source}", self.looks["title"])
        for number, line in enumerate(self._lines(), 2):
            self.help.write_string(number, 0, line)
        if PROGRAMME in self.at:
            top = len(self._lines()) + 3
            self.help.write_string(top, 0, _("Programmes"), self.looks["head"])
            for number, model in enumerate(programmes(), top + 1):
                self.help.write_string(number, 0, str(model.label))
        self.help.protect()
