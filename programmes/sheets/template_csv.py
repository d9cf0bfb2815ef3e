"""The template as a table for CSV."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from programmes.sheets.columns import LAST
from programmes.sheets.content import Content


def template_table(content: Content) -> tuple[list[str], Iterator[list[Any]]]:
    """Return the heading, in the reader's language and with the key of each column, and the rows."""
    keys = [key for key in content.keys if not key.startswith(LAST)]
    heading = [f"{content.heading(key).replace(chr(10), ' ')} [{key}]" for key in keys]
    origin = content.origin
    return heading, ([_cell(row.cell(key, origin)) for key in keys] for row in content.rows)


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value
