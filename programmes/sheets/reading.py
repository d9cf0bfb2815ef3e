"""Reading a file that was sent: its sheets as rows of cells, or the reason why not."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from typing import Any

import python_calamine
from django.utils.translation import gettext as _

from programmes.sheets.csvtext import csv_rows
from programmes.sheets.limits import MAX_BYTES, MAX_COLUMNS, MAX_ROWS, Unreadable
from programmes.sheets.unpack import Flaws, unpack

_ZIP, _OLE, _PDF, _GZIP = b"PK", b"\xd0\xcf\x11\xe0", b"%PDF", b"\x1f\x8b"


@dataclass
class Sheet:
    """One sheet: its name, its rows (the first is the sheet's row 1), and the cells that can't be read, with why.

    In `flaws` rows and columns count from 0.
    """

    name: str
    rows: list[list[Any]]
    flaws: Flaws = field(default_factory=dict)


def check_size(size: int) -> None:
    """Raise Unreadable when a file is empty or too large to be looked at."""
    if not size:
        raise Unreadable(_("The file is empty."))
    if size > MAX_BYTES:
        words = _("The file has %(size)s MB; at most %(limit)s MB are read. Send it in parts.")
        raise Unreadable(words % {"size": round(size / 1024 / 1024, 1), "limit": MAX_BYTES // 1024 // 1024})


def read_sheets(content: bytes) -> list[Sheet]:
    """Return the visible sheets of a workbook, or the one sheet of a CSV file. Raises Unreadable."""
    check_size(len(content))
    if content.startswith(_OLE):
        raise Unreadable(
            _("This is a workbook of the old .xls kind, or one with a password. Save it as “Excel workbook (.xlsx)”.")
        )
    if content.startswith((_PDF, _GZIP)):
        raise Unreadable(_("This is no table. Save it as “Excel workbook (.xlsx)” or “CSV UTF-8”."))
    sheets = _workbook(content) if content.startswith(_ZIP) else [Sheet("", csv_rows(content))]
    if not any(any(cell not in ("", None) for cell in row) for sheet in sheets for row in sheet.rows):
        raise Unreadable(_("The file holds no rows."))
    return sheets


def _workbook(content: bytes) -> list[Sheet]:
    package = unpack(content)
    try:
        with python_calamine.load_workbook(io.BytesIO(package.content)) as workbook:
            visible = [
                sheet.name
                for sheet in workbook.sheets_metadata
                if sheet.visible == python_calamine.SheetVisibleEnum.Visible
                and sheet.typ == python_calamine.SheetTypeEnum.WorkSheet
            ]
            return [_sheet(workbook.get_sheet_by_name(name), package.flaws.get(name, {})) for name in visible]
    except Unreadable:
        raise
    # The parser is written in Rust, whose panic is no Exception.
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt | SystemExit | GeneratorExit):
            raise
        raise Unreadable(_("The workbook is damaged. Open it, and save it anew.")) from error


def _sheet(raw: Any, flaws: Flaws) -> Sheet:
    if raw.total_height > MAX_ROWS + 1 or raw.total_width > MAX_COLUMNS + 1:
        words = _("The sheet “%(name)s” has more than %(rows)s rows or %(columns)s columns.")
        raise Unreadable(words % {"name": raw.name, "rows": f"{MAX_ROWS:,}", "columns": MAX_COLUMNS})
    rows = raw.to_python(skip_empty_area=False)
    return Sheet(raw.name, rows, {**flaws, **_merged(raw.merged_cell_ranges or [], len(rows))})


def _merged(ranges: list[Any], height: int) -> Flaws:
    """A merged cell stands for several, of which only the first holds the value: none of them is guessed."""
    words = _("This cell is merged with others. Undo the merging, and fill in each cell.")
    flaws: Flaws = {}
    for (top, left), (bottom, right) in ranges:
        if len(flaws) > MAX_ROWS * 4:
            raise Unreadable(_("Most of the sheet is one merged cell. Undo the merging."))
        for row in range(top, min(bottom, height - 1) + 1):
            for column in range(left, min(right, MAX_COLUMNS) + 1):
                flaws[row, column] = words
    return flaws
