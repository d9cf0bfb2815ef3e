"""Lists of codes as people send them: CSV in any usual encoding, with or without a header, or the bare codes.

No row is dropped. One that can't be read keeps its place and carries its flaw, in words, to the answer.
"""

from __future__ import annotations

import codecs
import csv
import gzip
import re
import unicodedata
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Protocol, cast

from django.utils.translation import gettext as _

from povtrack.lib.csvfiles import CsvFile, FileError
from villages.imports.sources import CODE_MAX

MOST_ROWS = 200_000
MOST_BYTES = 50 * 1024 * 1024

# What the column of codes is called in the lists that people have; compared in lower case.
_CODE_NAMES = frozenset({"code", "codes", "code_from", "area_code", "adcode"}) | frozenset(
    {"代码", "编码", "行政区划代码", "区划代码", "统计用区划代码", "код"}
)
# Digits, and what a spreadsheet makes of them.
_CODE_LIKE = re.compile(r"[0-9]+(?:\.0+)?|[0-9](?:\.[0-9]+)?[eE]\+?[0-9]+", re.ASCII)
_ROUNDED = re.compile(r"[0-9](?:\.[0-9]+)?[eE]\+?[0-9]+", re.ASCII)
_WHOLE = re.compile(r"([0-9]+)\.0+", re.ASCII)
_SEPARATORS = (";", "\t")
_BLOCK = 1 << 20


class TooMany(Exception):
    """A list longer than one request may be; its message is fit for the sender."""


@dataclass(frozen=True, slots=True)
class CodeRow:
    """One row of a list: the line it begins on, the code as given, as read, why it can't be read, and other cells."""

    line: int
    given: str
    code: str
    flaw: str = ""
    rest: list[str] = field(default_factory=list)


class CodeList(Protocol):
    """A list of codes. `extras` names the cells that its rows carry beside the code."""

    extras: list[str]

    def rows(self) -> Iterator[CodeRow]:
        """Yield the rows in order; raises FileError or TooMany."""


class PlainCodes:
    """Codes alone, numbered from one."""

    def __init__(self, codes: Iterable[str]) -> None:
        self.extras: list[str] = []
        self._codes = codes

    def rows(self) -> Iterator[CodeRow]:
        for line, given in enumerate(self._codes, 1):
            _check_count(line)
            yield read_row(line, given)


class CodeFile(CsvFile):
    """A CSV file with a column of codes.

    The column is the one named `column`, else one with a usual name; a file whose first cell is a code has no header,
    and its codes stand first. Commas, semicolons or tabs part the cells. Raises FileError when no column can be told.
    """

    def __init__(self, path: Path, *, column: str = "", encoding: str = "") -> None:
        super().__init__(path, encoding or encoding_of(path))
        try:
            self._at, headless = self._find_codes(column.strip())
        except FileError:
            self._raw.close()
            raise
        first = self.header
        self._first = [(self._reader.line_num, first)] if headless else []
        named = [_("column %(n)s") % {"n": n} for n in range(1, len(first) + 1)] if headless else first
        self.extras = _told_apart(name for at, name in enumerate(named) if at != self._at)

    def __enter__(self) -> CodeFile:
        return self

    def rows(self) -> Iterator[CodeRow]:  # type: ignore[override]
        """Yield every row that is not blank, with its code picked out."""
        size = 0
        for count, (line, cells) in enumerate(self._lines(), 1):
            size += sum(map(len, cells))
            _check_count(count)
            if size > MOST_BYTES:
                raise TooMany(too_big())
            yield self._row(line, cells)

    def _lines(self) -> Iterator[tuple[int, list[str]]]:
        yield from self._first
        yield from super().rows()

    def _row(self, line: int, cells: list[str]) -> CodeRow:
        width = len(self.header)
        flaw = ""
        if any(cell.strip() for cell in cells[width:]):
            words = {"wanted": width, "found": len(cells)}
            flaw = _("The first line has %(wanted)s columns; this row has %(found)s.") % words
        cells = [*cells[:width], *[""] * (width - len(cells))]
        rest = cells[: self._at] + cells[self._at + 1 :]
        return read_row(line, cells[self._at], rest, flaw)

    def _check_header(self) -> None:
        """Take the separator from the first line. A repeated name is no fault here: cells are only passed on."""
        sign = next((sign for sign in _SEPARATORS if len(self.header) == 1 and sign in self.header[0]), None)
        if sign is None:
            return
        # The reader given up would close the file with it, so it is kept.
        self._given_up = self._reader
        self._reader = csv.reader(self._text(), delimiter=sign, strict=True)
        self.header = [cell.strip() for cell in next(self._guarded(), (1, []))[1]]

    def _find_codes(self, column: str) -> tuple[int, bool]:
        """Return where the codes stand, and whether the first line is a row already."""
        header = self.header
        if column:
            if column not in header:
                raise FileError(self.name, self._no_column(column), line=1)
            return header.index(column), False
        known = [at for at, name in enumerate(header) if name.lower() in _CODE_NAMES]
        if known:
            return known[0], False
        if header and _CODE_LIKE.fullmatch(_folded(header[0])):
            return 0, True
        raise FileError(self.name, self._no_column("code"), line=1)

    def _no_column(self, column: str) -> str:
        words = {"column": column, "found": ", ".join(self.header)[:200]}
        return _("No column is called “%(column)s”; say which one holds the codes. Found: %(found)s.") % words


def read_row(line: int, given: str, rest: list[str] | None = None, flaw: str = "") -> CodeRow:
    """Read one code as it was given: folded to plain digits, and freed of what spreadsheets put around it."""
    code = _folded(given)
    whole = _WHOLE.fullmatch(code)
    code = whole.group(1) if whole else code
    if not flaw and not code:
        flaw = _("There is no code in this row.")
    elif not flaw and _ROUNDED.fullmatch(code):
        flaw = _("A spreadsheet has rounded this code. Format the column as text there, and fill it in anew.")
    elif not flaw and len(code) > CODE_MAX:
        flaw = _("A code has at most %(most)s characters.") % {"most": CODE_MAX}
    return CodeRow(line, given.replace("\0", "\ufffd"), code, flaw, rest or [])


def encoding_of(path: Path) -> str:
    """Tell the encoding of a text file by its bytes: what its mark says, else UTF-8 where it is that, else GB 18030."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    seen = 0
    try:
        with _opened(path) as file:
            while (block := file.read(_BLOCK)) and seen <= MOST_BYTES:
                if not seen and block.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
                    return "utf-16"
                decoder.decode(block)
                seen += len(block)
    except UnicodeDecodeError:
        return "gb18030"
    except (OSError, EOFError, zlib.error):
        # Whoever opens the file to read it says what is wrong.
        return "utf-8"
    return "utf-8"


def _opened(path: Path) -> IO[bytes]:
    with path.open("rb") as file:
        packed = file.read(2) == b"\x1f\x8b"
    return cast(IO[bytes], gzip.open(path)) if packed else path.open("rb")


def _folded(text: str) -> str:
    """Fold full-width digits and outer blanks, and take off ="..." and the apostrophe that keep a code a text."""
    code = "".join(sign for sign in unicodedata.normalize("NFKC", text) if sign.isprintable()).strip()
    if code.startswith('="') and code.endswith('"'):
        code = code[2:-1].strip()
    return code.removeprefix("'")


def _told_apart(names: Iterable[str]) -> list[str]:
    """Give repeated and missing names a number."""
    found: list[str] = []
    for at, name in enumerate(names, 1):
        plain = name or _("column %(n)s") % {"n": at}
        taken, n = plain, 2
        while taken in found:
            taken, n = f"{plain} ({n})", n + 1
        found.append(taken)
    return found


def _check_count(count: int) -> None:
    if count > MOST_ROWS:
        words = {"most": f"{MOST_ROWS:,}"}
        raise TooMany(_("The list has more than %(most)s rows. Send it in parts.") % words)


def too_big(most: int = MOST_BYTES) -> str:
    """Say that a list is larger than `most` bytes."""
    return _("The list is larger than %(most)s MB. Send it in parts.") % {"most": most // 1024 // 1024}
