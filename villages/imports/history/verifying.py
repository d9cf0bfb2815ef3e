"""Comparing the registry with the list of every year: which code carried which name on 31 December."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.db.backends.utils import CursorWrapper
from django.utils.translation import gettext as _

from povtrack.lib.csvfiles import CsvFile, FileError
from povtrack.lib.progress import Steps
from povtrack.lib.years import FIRST_YEAR, LAST_YEAR
from villages.sql import statement

_COLUMNS = ("year", "code", "name")


@dataclass(frozen=True)
class Difference:
    """A code and name of one year that stand only in the list, or (`in_registry`) only in the registry."""

    year: int
    code: str
    name: str
    in_registry: bool


@dataclass(frozen=True)
class Comparison:
    """The outcome: how many codes in how many years were compared, and all differences by year and code."""

    years: int
    rows: int
    differences: list[Difference]


def compare_years(cursor: CursorWrapper, path: Path, steps: Steps) -> Comparison:
    """Compare the registry's provinces, prefectures and counties with the file, for each year the file has.

    Codes are compared with six digits, as lists print them. Statistical units and placeholders are left out, but for
    counties that stand in for a city, which have its code and name. Raises FileError for a file that can't be read.
    """
    with steps.step(_("Comparing every year with %(file)s") % {"file": path.name}), CsvFile(path) as file:
        cursor.execute(statement("history_stage"))
        buffer = io.StringIO()
        csv.writer(buffer).writerows(_rows(file))
        buffer.seek(0)
        cursor.copy_expert("COPY history_year (year, code, name) FROM STDIN WITH (FORMAT csv)", buffer)
        cursor.execute(statement("history_compare"))
        differences = [Difference(*row) for row in cursor.fetchall()]
        cursor.execute("SELECT count(DISTINCT year), count(*) FROM history_year")
        years, rows = cursor.fetchone()
    return Comparison(years, rows, differences)


def _rows(file: CsvFile) -> Iterator[tuple[str, str, str]]:
    if missing := [name for name in _COLUMNS if name not in file.header]:
        reason = _("These columns are missing: %(missing)s.") % {"missing": ", ".join(missing)}
        raise FileError(file.name, reason, line=1)
    at = [file.header.index(name) for name in _COLUMNS]
    for line, cells in file.rows():
        if len(cells) != len(file.header):
            words = {"wanted": len(file.header), "found": len(cells)}
            reason = _("The header has %(wanted)s columns; this row has %(found)s.") % words
            raise FileError(file.name, reason, line=line)
        year, code, name = (cells[place].strip() for place in at)
        if not (year.isascii() and year.isdigit() and FIRST_YEAR <= int(year) <= LAST_YEAR):
            raise FileError(file.name, _("This is not a year."), line=line, column="year", value=year)
        yield year, code, name
