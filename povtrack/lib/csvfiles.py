"""Opening CSV files that people send: plain or gzip, in the encoding they say, refused with place and reason."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, cast

from django.utils.translation import gettext as _

_SAMPLE = 65536
_GZIP = b"\x1f\x8b"
# Excel's own files, the two formats, and what a page saved from a browser begins with.
_NOT_CSV = ((b"PK\x03\x04", "xlsx"), (b"\xd0\xcf\x11\xe0", "xls"), (b"%PDF", "pdf"))
_HTML = (b"<!doctype", b"<html", b"<?xml", b"<head", b"<table")


class FileError(Exception):
    """A file that can't be read as it is: which file, where in it, what stands there, and why that won't do."""

    def __init__(self, file: str, reason: str, *, line: int | None = None, column: str = "", value: str = "") -> None:
        self.file, self.reason, self.line, self.column, self.value = file, reason, line, column, value
        super().__init__(str(self))

    def __str__(self) -> str:
        place = [self.file]
        if self.line is not None:
            place.append(_("line %(line)s") % {"line": self.line})
        if self.column:
            place.append(_("column “%(column)s”") % {"column": self.column})
        if self.value:
            place.append(f"“{self.value[:80]}”")
        return f"{', '.join(place)}: {self.reason}"


class CsvFile:
    """One CSV file, opened: its header, and its rows with the line each begins on.

    `header` holds the column names, trimmed and without a byte-order mark. Raises FileError when the file is no CSV
    text in `encoding`, is empty, or breaks off; a bad file is never half-read in silence.
    """

    def __init__(self, path: Path, encoding: str = "utf-8") -> None:
        self.path, self.name = path, path.name
        self.encoding = "utf-8-sig" if encoding.lower().replace("_", "-") in ("utf-8", "utf8") else encoding
        try:
            self._raw = path.open("rb")
        except OSError as error:
            raise FileError(self.name, _("The file can't be opened: %(why)s.") % {"why": error.strerror}) from error
        try:
            self.size = path.stat().st_size
            self._check_sample()
            self._reader = csv.reader(self._text(), strict=True)
            self.header = [cell.strip() for cell in next(self._guarded(), (1, []))[1]]
            self._check_header()
        except BaseException:
            self._raw.close()
            raise

    def __enter__(self) -> CsvFile:
        return self

    def __exit__(self, *error: object) -> None:
        self._raw.close()

    @property
    def position(self) -> int:
        """How many bytes of the file on disk have been read, for a progress bar that ends at `size`."""
        return self._raw.tell()

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Yield (line, cells) for each row after the header; blank lines are passed over."""
        return self._guarded()

    def _binary(self) -> IO[bytes]:
        self._raw.seek(0)
        packed = self._raw.read(2) == _GZIP
        self._raw.seek(0)
        return cast(IO[bytes], gzip.GzipFile(fileobj=self._raw)) if packed else self._raw

    def _text(self) -> IO[str]:
        try:
            return io.TextIOWrapper(self._binary(), self.encoding, newline="")
        except LookupError as error:
            raise FileError(self.name, _("There is no encoding “%(name)s”.") % {"name": self.encoding}) from error

    def _check_sample(self) -> None:
        """Refuse what is plainly no CSV, by its first bytes."""
        try:
            sample = self._binary().read(_SAMPLE)
        except EOFError as error:
            raise self._broken_off() from error
        except (OSError, zlib.error) as error:
            raise FileError(self.name, _("The gzip file is damaged. Get the file again.")) from error
        if not sample.strip():
            raise FileError(self.name, _("The file is empty."))
        for start, kind in _NOT_CSV:
            if sample.startswith(start):
                raise FileError(
                    self.name,
                    _("This is a %(kind)s file, not CSV. Save it as “CSV UTF-8” and try again.") % {"kind": kind},
                )
        if sample.lstrip(b"\xef\xbb\xbf \r\n\t")[:10].lower().startswith(_HTML):
            raise FileError(
                self.name, _("This is a web page, not CSV. Download the file itself, not the page about it.")
            )
        if sample.startswith((b"\xff\xfe", b"\xfe\xff")) and not self.encoding.lower().startswith("utf-16"):
            raise FileError(self.name, _("The text is UTF-16, not UTF-8. Give --encoding utf-16 to read it."))
        if b"\x00" in sample and not self.encoding.lower().startswith(("utf-16", "utf-32")):
            raise FileError(self.name, _("This is a binary file, not CSV."))

        self._check_for_utf8(sample)

    def _check_for_utf8(self, sample: bytes) -> None:
        """Refuse UTF-8 read as something else: GB 18030 takes nearly any bytes, and would garble every name."""
        whole_lines = sample[: sample.rfind(b"\n") + 1]
        if self.encoding in {"utf-8-sig", "utf-8"} or whole_lines.isascii():
            return
        try:
            whole_lines.decode("utf-8")
        except UnicodeDecodeError:
            return
        words = {"encoding": self.encoding}
        raise FileError(self.name, _("The text is UTF-8, not %(encoding)s. Leave --encoding out.") % words)

    def _check_header(self) -> None:
        doubled = [name for at, name in enumerate(self.header) if name and name in self.header[:at]]
        if doubled:
            raise FileError(self.name, _("The header has this column twice."), line=1, column=doubled[0])
        if len(self.header) == 1:
            for sign, words in ((";", _("semicolons")), ("\t", _("tabs"))):
                if sign in self.header[0]:
                    raise FileError(
                        self.name,
                        _("The columns are parted by %(signs)s; povtrack reads commas.") % {"signs": words},
                        line=1,
                    )

    def _guarded(self) -> Iterator[tuple[int, list[str]]]:
        """Yield (line, cells), turning every way a file can be broken into a FileError."""
        reader, line = self._reader, self._reader.line_num
        try:
            for cells in reader:
                if cells:
                    yield line + 1, cells
                line = reader.line_num
        except UnicodeDecodeError as error:
            raise self._undecodable() from error
        except csv.Error as error:
            reason = _("The quotation marks of this line don't pair up (%(why)s).") % {"why": error}
            raise FileError(self.name, reason, line=line + 1) from error
        except EOFError as error:
            raise self._broken_off(line) from error
        except (OSError, zlib.error) as error:
            reason = _("The gzip file is damaged here. Get the file again.")
            raise FileError(self.name, reason, line=line + 1) from error

    def _broken_off(self, line: int = 0) -> FileError:
        reason = _("The gzip file breaks off; the end is missing. Get the file again.")
        return FileError(self.name, reason, line=line + 1)

    def _undecodable(self) -> FileError:
        """Find the first line that isn't in the encoding, and say which encoding would read it."""
        for line, data in enumerate(self._binary(), 1):
            try:
                data.decode(self.encoding)
            except UnicodeDecodeError as error:
                shown = data[max(0, error.start - 20) : error.end + 20].strip()
                return FileError(
                    self.name, self._encoding_advice(data), line=line, value=shown.decode("ascii", "replace")
                )
        return FileError(self.name, _("The text is not %(encoding)s.") % {"encoding": self._shown_encoding})

    def _encoding_advice(self, data: bytes) -> str:
        try:
            meant = data.decode("gb18030").strip()
        except UnicodeDecodeError:
            return _("The text is not %(encoding)s.") % {"encoding": self._shown_encoding}
        return _(
            "The text is not %(encoding)s but looks like GBK (“%(meant)s”). Give --encoding gb18030 to read it."
        ) % {
            "encoding": self._shown_encoding,
            "meant": meant[:40],
        }

    @property
    def _shown_encoding(self) -> str:
        return "UTF-8" if self.encoding == "utf-8-sig" else self.encoding


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file's bytes, as hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
