"""One cell as text, such as a person would have typed it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from povtrack.lib import figures
from programmes.models import Record, UploadRow
from programmes.sheets.limits import MAX_CELL

_EXACT = 10**15  # whole numbers up to here are exact in a spreadsheet
# PostgreSQL takes no NUL in a text, and UTF-8 no half of a pair.
_HARMLESS = {0: 0xFFFD, **dict.fromkeys(range(0xD800, 0xE000), 0xFFFD)}


class BadCell(ValueError):
    """A cell that can't be read as a figure, and why; `shown` is what stands in it."""

    def __init__(self, message: str, shown: str) -> None:
        self.shown = shown
        super().__init__(message)


def plain(value: Any) -> str:
    """Return the text of a cell: "" is blank; 2014.0 reads "2014". Raises BadCell for what no figure can be."""
    if type(value) is str:
        if len(value) <= MAX_CELL:
            return value if value.isascii() and "\0" not in value else value.translate(_HARMLESS)
        words = _("The cell holds %(n)s characters; at most %(limit)s are read.")
        raise BadCell(words % {"n": len(value), "limit": MAX_CELL}, shown(value))
    if type(value) is float:
        return _number(value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, dt.date | dt.time | dt.timedelta):
        words = _("A date or time (%(shown)s) stands where a figure belongs. Give the cell the format “Number”.")
        raise BadCell(words % {"shown": shown(value)}, shown(value))
    return str(value)


def _number(value: float) -> str:
    if value.is_integer() and -_EXACT < value < _EXACT:
        return str(int(value))
    # As a spreadsheet shows it: 12.3, where the file holds 12.299999999999999.
    return f"{Decimal(f'{value:.15g}'):f}" if value - value == 0 else str(value)


def shown(value: Any) -> str:
    """Return what stands in a cell, whatever it is, short enough for a message."""
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, dt.datetime):
        value = value.isoformat(" ", "minutes")
    text = "" if value is None else str(value).translate(_HARMLESS)
    return text if len(text) <= MAX_CELL else f"{text[: MAX_CELL - 1]}…"


def kept_figures(model: type[Record], row: UploadRow, which: str = "values") -> dict[str, str]:
    """The figures of an accepted row by measure, as a page shows them, of what it would give or what stood before."""
    kept: dict[str, Any] = getattr(row, which)
    texts = {}
    for measure in model.measures():
        figure = kept.get(measure.name)
        texts[measure.name] = figures.shown(measure.parse(figure) if isinstance(figure, str) else figure, "")
    return texts
