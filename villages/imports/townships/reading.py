"""Reading the sheets of township changes, stacked in one CSV file."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from povtrack.lib.csvfiles import CsvFile, FileError
from povtrack.lib.years import FIRST_YEAR, LAST_YEAR

_COLUMNS = ("year", "source_row", "province", "old_code", "old_name", "new_code", "new_name", "reason", "approval_doc")
_DIGITS = 9
_COUNTY_DIGITS = 6
# Statistical lists write the office, legal ones the sub-district: 双堰街道办事处 is 双堰街道.
_OFFICE, _SUBDISTRICT = "街道办事处", "街道"


@dataclass(frozen=True, eq=False)
class Row:
    """One printed row: an old township, a new one, or both. `cells` is what was read, column by column."""

    line: int
    year: int
    province: str
    old_code: str
    old_name: str
    new_code: str
    new_name: str
    why: str
    document: str
    cells: dict[str, str]

    @property
    def key(self) -> str:
        """Tells the same row when the file, or another edition of it, is read again."""
        text = "\x1f".join(f"{name}={cell}" for name, cell in sorted(self.cells.items()))
        return f"{self.year}:{hashlib.sha256(text.encode()).hexdigest()[:32]}"

    @property
    def county_code(self) -> str:
        """The code of the county that the new township belongs to."""
        return self.new_code[:_COUNTY_DIGITS]

    def __str__(self) -> str:
        old, new = f"{self.old_code} {self.old_name}".strip(), f"{self.new_code} {self.new_name}".strip()
        return f"{old or '–'} → {new or '–'}"


def is_code(text: str) -> bool:
    """Tell whether `text` is the code of a township."""
    return len(text) == _DIGITS and text.isascii() and text.isdigit()


def plain(name: str) -> str:
    """The name as legal and statistical lists have it alike."""
    name = "".join(name.split())
    return name.removesuffix(_OFFICE) + _SUBDISTRICT if name.endswith(_OFFICE) else name


def read_rows(path: Path) -> list[Row]:
    """Read all rows; raises FileError for a file that can't be read as it is."""
    with CsvFile(path) as file:
        if missing := [name for name in _COLUMNS if name not in file.header]:
            reason = _("These columns are missing: %(missing)s.") % {"missing": ", ".join(missing)}
            raise FileError(file.name, reason, line=1)
        rows = list(_rows(file))
        if not rows:
            raise FileError(file.name, _("The file has a header but no rows."))
    return rows


def _rows(file: CsvFile) -> Iterator[Row]:
    seen: dict[str, int] = {}
    for line, cells in file.rows():
        if len(cells) != len(file.header):
            words = {"wanted": len(file.header), "found": len(cells)}
            reason = _("The header has %(wanted)s columns; this row has %(found)s.") % words
            raise FileError(file.name, reason, line=line)
        read = {name: cell.strip() for name, cell in zip(file.header, cells, strict=True)}
        year = read["year"]
        if not (year.isascii() and year.isdigit() and FIRST_YEAR <= int(year) <= LAST_YEAR):
            raise FileError(file.name, _("This is not a year."), line=line, column="year", value=year)
        codes = read["old_code"], read["old_name"], read["new_code"], read["new_name"]
        row = Row(line, int(year), read["province"], *codes, read["reason"], read["approval_doc"], read)
        if row.key in seen:
            reason = _("The same row stands before, on line %(line)s.") % {"line": seen[row.key]}
            raise FileError(file.name, reason, line=line)
        seen[row.key] = line
        yield row
