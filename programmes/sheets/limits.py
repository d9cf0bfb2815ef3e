"""What a file that people send may hold, and what is said of one that can't be read."""

from __future__ import annotations

MAX_BYTES = 8 * 1024 * 1024
MAX_UNPACKED = 64 * 1024 * 1024  # a sheet of 25,000 rows and 30 columns unpacks to half of it
MAX_PARTS = 500  # the files inside a workbook
MAX_TEXT = 500_000_000  # characters of all cells together, at worst
MAX_ROWS = 25_000
MAX_COLUMNS = 200
MAX_CELL = 400  # characters
HEAD_ROWS = 20  # the heading stands among the first so many rows
KEPT_DAYS = 30


class Unreadable(Exception):
    """A file that can't be taken as it is; the message says why, and what to do, in words for the person who sent it.

    `place`, where it is given, is the programme, year and code of the area to which the file belongs.
    """

    def __init__(self, message: str, place: tuple[str, int, str] | None = None) -> None:
        self.place = place
        super().__init__(message)
