"""What each row of a pass-down workbook says of itself, in a hidden column, as in programmes/sheets/tokens.py."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

_MARK = "funds"
TOTAL = "funds-total"  # marks the rows of sums, which are left out


@dataclass(frozen=True)
class PassToken:
    """The allocation, level and key of the workbook that a row comes from, and the code of its place.

    The key is that of the entries that the workbook becomes: sent again, it changes nothing.
    """

    allocation: int
    level: str
    key: uuid.UUID
    code: str

    def __str__(self) -> str:
        return "/".join([_MARK, str(self.allocation), self.level, str(self.key), self.code])


def read_token(text: str) -> PassToken | None:
    """Return the token in a cell; None when it is none of ours."""
    parts = text.strip().split("/")
    if len(parts) != 5 or parts[0] != _MARK or not (parts[1].isascii() and parts[1].isdecimal()) or len(parts[1]) > 18:
        return None
    try:
        return PassToken(int(parts[1]), parts[2], uuid.UUID(parts[3]), parts[4])
    except ValueError:
        return None
