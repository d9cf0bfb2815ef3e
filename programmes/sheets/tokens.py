"""What each row of a template says of itself, in a hidden column: whose it is, and which version its reader saw.

In the row and not on a sheet of its own, so that it stays with the row when rows are sorted, copied into another
workbook, or saved as CSV.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Origin:
    """The template that a row comes from: programme, year, code of the area, and version of the template."""

    programme: str
    year: int
    area: str
    template: str


@dataclass(frozen=True)
class Token:
    """One row's origin, its place and kind, and the version of the record that the template showed (0: none)."""

    origin: Origin
    code: str
    kind: str
    version: int

    def __str__(self) -> str:
        o = self.origin
        return "/".join([o.programme, str(o.year), o.area, o.template, self.code, self.kind, str(self.version)])


def read_token(text: str) -> Token | None:
    """Return the token in a cell; None when it is none of ours."""
    parts = text.strip().split("/")
    if len(parts) != 7 or not all(part.isascii() and part.isdecimal() and len(part) < 10 for part in parts[1::5]):
        return None
    programme, year, area, template, code, kind, version = parts
    return Token(Origin(programme, int(year), area, template), code, kind, int(version))
