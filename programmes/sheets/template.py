"""The template as a workbook: identity columns locked, cells that check what is typed, last year's figures beside."""

from __future__ import annotations

import io
from decimal import Decimal
from typing import Any

import xlsxwriter
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from xlsxwriter.utility import xl_rowcol_to_cell

from povtrack.lib.figures import WHOLE_MAX
from programmes.measures import Measure
from programmes.sheets.columns import CODE, KIND, LAST, LATIN, NAME, NIL, STATE, TOKEN, TOWNSHIP
from programmes.sheets.content import Content, ContentRow

_WIDTHS = {CODE: 15, NAME: 16, LATIN: 20, TOWNSHIP: 16, KIND: 18, NIL: 12, STATE: 12}
_EXACT = Decimal(10) ** 13  # with two decimals, what a spreadsheet still holds exactly
_STREAMED = 3000  # rows from which on a workbook is written without being held in memory
HEAD = 2  # rows: the keys, which are hidden, and the words
MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def template_workbook(content: Content) -> bytes:
    """Return the template as an .xlsx file, in the reader's language."""
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(buffer, {**options, "constant_memory": len(content.rows) > _STREAMED})
    book.set_properties(
        {"title": f"{content.model.label} {content.year}", "comments": "/".join(map(str, _origin(content)))}
    )
    _Writer(book, content).write()
    _instructions(book, content)
    book.close()
    return buffer.getvalue()


def _origin(content: Content) -> tuple[Any, ...]:
    origin = content.origin
    return origin.programme, origin.year, origin.area, origin.template, get_language()


def book_formats(book: xlsxwriter.Workbook) -> dict[str, Any]:
    """The looks of cells, by what they are for. Fonts stay the reader's own, which has their script."""
    grey = {"bg_color": "#EDEDED", "font_color": "#555555"}
    edge = {"border": 1, "border_color": "#BFBFBF"}
    looks: dict[str, dict[str, Any]] = {
        "head": {"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#DCE9E4", **edge},
        "last_head": {"italic": True, "text_wrap": True, "valign": "top", **grey, **edge},
        "text": {"num_format": "@", **grey, **edge},
        "bad": {"bg_color": "#F8CBAD", "locked": False, **edge},
        "bad_text": {"bg_color": "#F8CBAD", "num_format": "@", "locked": False, **edge},
        "wrap": {"text_wrap": True, "valign": "top"},
        "title": {"bold": True, "font_size": 14},
        "bold": {"bold": True, "valign": "top", "text_wrap": True},
    }
    for name, number in (("whole", "#,##0"), ("decimal", "#,##0.00"), ("words", "@"), ("choice", "General")):
        looks[f"open_{name}"] = {"num_format": number, "locked": False, **edge}
        looks[f"shut_{name}"] = {"num_format": number, **grey, **edge}
    return {name: book.add_format(look) for name, look in looks.items()}


def look_of(measure: Measure | None) -> str:
    """The look of a measure's cells."""
    if measure is None or measure.kind == "flag":
        return "choice"
    return "words" if measure.kind == "code" else "decimal" if measure.places else "whole"


def put(sheet: Any, row: int, column: int, value: Any, look: Any) -> None:
    """Write a figure or a text into a cell; a text is never taken for a formula."""
    if value is None or value == "":
        sheet.write_blank(row, column, None, look)
    elif isinstance(value, bool):
        sheet.write_string(row, column, _("yes") if value else _("no"), look)
    elif isinstance(value, int) or (isinstance(value, Decimal) and abs(value) < _EXACT):
        sheet.write_number(row, column, value, look)
    else:
        sheet.write_string(row, column, str(value), look)


def sheet_name(title: str) -> str:
    """A name that a sheet may have."""
    return "".join("-" if char in "[]:*?/\\'" else char for char in title)[:31].strip() or "Povtrack"


class _Writer:
    """Writes the sheet that is filled in."""

    def __init__(self, book: xlsxwriter.Workbook, content: Content) -> None:
        self.content, self.looks = content, book_formats(book)
        self.sheet = book.add_worksheet(sheet_name(f"{content.model.label} {content.year}"))
        self.at = {key: column for column, key in enumerate(content.keys)}

    def write(self) -> None:
        self._columns()
        self._head()
        origin = self.content.origin
        looks = {key: look_of(self.content.measure(key)) for key in self.content.keys}
        for number, row in enumerate(self.content.rows, HEAD):
            for column, key in enumerate(self.content.keys):
                put(self.sheet, number, column, row.cell(key, origin), self._look(key, looks[key], row))
        for key in self.content.keys:
            self._validate(key)
        self.sheet.freeze_panes(HEAD, self.at[NIL])
        self.sheet.protect("", {"format_columns": True, "format_rows": True, "sort": True, "autofilter": True})
        self.sheet.set_landscape()
        self.sheet.repeat_rows(1)
        self.sheet.fit_to_pages(1, 0)

    def _columns(self) -> None:
        for key, column in self.at.items():
            self.sheet.set_column(column, column, _WIDTHS.get(key, 13), None, {"hidden": key == TOKEN})

    def _head(self) -> None:
        self.sheet.set_row(0, None, None, {"hidden": True})
        self.sheet.set_row(1, 62)
        for key, column in self.at.items():
            self.sheet.write_string(0, column, key)
        for key, column in self.at.items():
            look = "last_head" if key.startswith(LAST) or key == STATE else "head"
            self.sheet.write_string(1, column, self.content.heading(key), self.looks[look])
            words = self.content.help(key)
            if words:
                self.sheet.write_comment(1, column, words, {"x_scale": 2, "y_scale": 1 + len(words) // 120})

    def _look(self, key: str, look: str, row: ContentRow) -> Any:
        if key == NIL or (key[0] != "@" and not row.locked):
            return self.looks[f"{'shut' if row.locked else 'open'}_{look}"]
        return self.looks[f"shut_{look}" if key[0] != "@" or key.startswith(LAST) else "text"]

    def _validate(self, key: str) -> None:
        """Let the cells of a column refuse what can't be."""
        measure = self.content.measure(key)
        if not self.content.rows or key.startswith(LAST):
            return
        if key == NIL:
            rule: dict[str, Any] = {"validate": "list", "source": [_("yes")]}
            words = _("Choose “yes”, or leave the cell blank.")
        elif measure is None or measure.kind == "code":
            return
        elif measure.kind == "flag":
            rule = {"validate": "list", "source": [_("yes"), _("no")]}
            words = _("Choose “yes” or “no”, or leave the cell blank.")
        else:
            rule, words = self._figure(measure)
        column = self.at[key]
        said = {"error_title": _("Not possible")[:32], "error_message": words[:255], "ignore_blank": True}
        self.sheet.data_validation(HEAD, column, HEAD + len(self.content.rows) - 1, column, {**rule, **said})

    def _figure(self, measure: Measure) -> tuple[dict[str, Any], str]:
        words = _("A whole number, zero or more.") if not measure.places else _("A number, zero or more; two decimals.")
        if not measure.part_of:
            maximum = WHOLE_MAX if not measure.places else float(measure.maximum)
            kind = "decimal" if measure.places else "integer"
            return {"validate": kind, "criteria": "between", "minimum": 0, "maximum": maximum}, words
        cell = xl_rowcol_to_cell(HEAD, self.at[measure.name])
        whole = xl_rowcol_to_cell(HEAD, self.at[measure.part_of])
        exact = f"ROUND({cell},{measure.places})={cell}"
        rule = next(r for r in self.content.model.hard_rules if r.kind == "part_of" and r.fields[0] == measure.name)
        return (
            {"validate": "custom", "value": f"=AND(ISNUMBER({cell}),{cell}>=0,{exact},{cell}<={whole})"},
            f"{words} {rule.summary()}",
        )


def _instructions(book: xlsxwriter.Workbook, content: Content) -> None:
    """The second sheet: how to fill in, and what each figure means."""
    looks = book_formats(book)
    sheet = book.add_worksheet(sheet_name(_("How to fill in")))
    sheet.set_column(0, 0, 32)
    sheet.set_column(1, 1, 18)
    sheet.set_column(2, 2, 90)
    sheet.write_string(0, 0, f"{content.model.label} · {content.area} · {content.year}", looks["title"])
    lines = [
        _("Fill in the white cells. Grey ones are for reading only; they hold the places and last year's figures."),
        _("A blank cell means that the figure is not known. Zero means that it is known to be nothing."),
        _("Where a programme did nothing in a place, write “yes” under “Nothing to report” and no figures."),
        _("A place whose row stays blank is left out: it counts as not reported."),
        _("Emptying a figure that was saved before clears it, as in the grid. Hidden and filtered rows are read too."),
        _("Then send the file on the page from which you took it. You see what would be saved before anything is."),
    ]
    for number, line in enumerate(lines, 2):
        sheet.write_string(number, 0, line)
    top = len(lines) + 3
    for column, word in enumerate((_("Figure"), _("Unit"), _("What is counted"))):
        sheet.write_string(top, column, word, looks["head"])
    for number, measure in enumerate(content.model.measures(), top + 1):
        label, _line, unit = content.heading(measure.name).partition("\n")
        sheet.write_string(number, 0, label, looks["bold"])
        sheet.write_string(number, 1, unit.strip("()"), looks["wrap"])
        sheet.write_string(number, 2, content.help(measure.name), looks["wrap"])
    sheet.protect()
