"""Opening a workbook's package with care: nothing in it is trusted before it was counted.

The parts are unpacked once, within limits, and packed anew, so that what is parsed afterwards is what was checked,
whatever the file's own directory says of it.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

from django.utils.translation import gettext as _

from programmes.sheets.limits import MAX_COLUMNS, MAX_PARTS, MAX_ROWS, MAX_TEXT, MAX_UNPACKED, Unreadable

Flaws = dict[tuple[int, int], str]  # by row and column, from 0: why a cell can't be read

_BROKEN = (
    zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, NotImplementedError, ValueError, struct.error,
    IndexError, KeyError, OverflowError, MemoryError,
)  # fmt: skip
_NEEDED = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|xl/workbook\.xml|xl/_rels/workbook\.xml\.rels|xl/sharedStrings\.xml"
    r"|xl/styles\.xml|xl/worksheets/[^/]+\.xml|xl/worksheets/_rels/[^/]+\.rels",
    re.IGNORECASE,
)
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
_PREFIX = rb"<(?:\w+:)?"
_EMPTY = re.compile(_PREFIX + rb"c\s[^<>]*/>")
_FAR = re.compile(
    _PREFIX
    + rb"c\s[^<>]*?\br\s*=\s*[\"'](?:[A-Z]{3,}\d|(?:[H-Z][A-Z]|G[S-Z])\d|[A-Z]+(?:\d{6,}|[3-9]\d{4}|2[5-9]\d{3}))",
    re.IGNORECASE,
)
_NO_ADDRESS = re.compile(_PREFIX + rb"c(?=[\s/>])(?![^<>]*\sr\s*=)")
_ERROR = re.compile(_PREFIX + rb"c\s(?=[^<>]*\bt\s*=\s*[\"']e[\"'])[^<>]*?\br\s*=\s*[\"']([A-Z]{1,3})(\d+)[\"']")
_UNCOMPUTED = re.compile(
    _PREFIX + rb"c\s(?![^<>]*\bt\s*=\s*[\"']str)[^<>]*?\br\s*=\s*[\"']([A-Z]{1,3})(\d+)[\"'][^<>]*>\s*"
    + _PREFIX + rb"f\b[^<>]*(?:/>|>[^<]*</(?:\w+:)?f>)\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</"
)  # fmt: skip
_RELATIONS = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


@dataclass
class Package:
    """A workbook that was checked: its bytes, packed anew, and by sheet name the cells that have no readable value."""

    content: bytes
    flaws: dict[str, Flaws] = field(default_factory=dict)


def unpack(content: bytes) -> Package:
    """Check a workbook's package. Raises Unreadable."""
    parts = _parts(content)
    if not any(name.lower() == "xl/workbook.xml" for name in parts):
        raise Unreadable(_("This is no Excel workbook. Save it as “Excel workbook (.xlsx)” or “CSV UTF-8”."))
    longest = _longest_text(parts)
    for name in [name for name in parts if _SHEET.fullmatch(name)]:
        parts[name] = _checked_sheet(parts[name], longest)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return Package(packed.getvalue(), _flaws(parts))


def _parts(content: bytes) -> dict[str, bytes]:
    """Unpack the parts that hold cells, and no more bytes than the limit, whatever the directory claims."""
    parts: dict[str, bytes] = {}
    room = MAX_UNPACKED
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if len(archive.infolist()) > MAX_PARTS:
                raise Unreadable(_("The workbook holds too many parts. Copy the sheet into a new workbook."))
            for info in archive.infolist():
                if not _NEEDED.fullmatch(info.filename):
                    continue
                with archive.open(info) as packed:
                    data = packed.read(room + 1)
                room -= len(data)
                if room < 0:
                    raise _too_large()
                if b"<!DOCTYPE" in data or b"<!ENTITY" in data or data[:2] in (b"\xff\xfe", b"\xfe\xff"):
                    raise Unreadable(_("The workbook holds XML declarations that no spreadsheet writes. Save it anew."))
                parts[info.filename] = data
    except _BROKEN as error:
        raise Unreadable(_("The workbook is damaged or locked by a password. Open it, and save it anew.")) from error
    return parts


def _too_large() -> Unreadable:
    words = _("Unpacked, the workbook is larger than %(limit)s MB. Copy the sheet alone into a new workbook.")
    return Unreadable(words % {"limit": MAX_UNPACKED // 1024 // 1024})


def _longest_text(parts: dict[str, bytes]) -> int:
    shared = next((data for name, data in parts.items() if name.lower() == "xl/sharedstrings.xml"), b"")
    return max((len(piece) for piece in re.split(rb"</(?:\w+:)?si>", shared)), default=0)


def _checked_sheet(xml: bytes, longest: int) -> bytes:
    """Return a sheet without its empty cells if one lies far out. Raises Unreadable for what would fill the memory."""
    if _FAR.search(xml):
        # A format set on whole columns reaches down to the last row; such cells hold nothing.
        xml = _EMPTY.sub(b"", xml)
        if _FAR.search(xml):
            words = _("The sheet goes beyond row %(rows)s or column %(columns)s. Delete what is not needed.")
            raise Unreadable(words % {"rows": f"{MAX_ROWS:,}", "columns": MAX_COLUMNS})
    if _NO_ADDRESS.search(xml):
        raise Unreadable(_("Cells of the workbook have no address. Open it in a spreadsheet, and save it anew."))
    if longest * len(re.findall(rb"\bt\s*=\s*[\"']s[\"']", xml)) > MAX_TEXT:
        raise _too_large()
    return xml


def _flaws(parts: dict[str, bytes]) -> dict[str, Flaws]:
    """Find the cells whose formula failed or was never computed: they would read as blank."""
    flaws: dict[str, Flaws] = {}
    for sheet, part in _sheet_parts(parts).items():
        xml = parts.get(part, b"")
        found: Flaws = {}
        for pattern, words in (
            (_ERROR, _("The formula of this cell gives an error. Put the figure in its place.")),
            (_UNCOMPUTED, _("The formula of this cell was not computed. Open the file in a spreadsheet and save it.")),
        ):
            found |= {_position(*match.groups()): words for match in pattern.finditer(xml)}
        flaws[sheet] = found
    return flaws


def _position(letters: bytes, row: bytes) -> tuple[int, int]:
    column = 0
    for letter in letters.decode().upper():
        column = 26 * column + ord(letter) - 64
    return int(row) - 1, column - 1


def _sheet_parts(parts: dict[str, bytes]) -> dict[str, str]:
    """The part that holds each sheet, by the sheet's name."""
    lower = {name.lower(): name for name in parts}
    try:
        # No document type survives the check above, so there are no entities to swell.
        relations = ET.fromstring(parts[lower["xl/_rels/workbook.xml.rels"]])  # noqa: S314
        workbook = ET.fromstring(parts[lower["xl/workbook.xml"]])  # noqa: S314
    except (KeyError, ET.ParseError, ValueError, LookupError) as error:
        raise Unreadable(_("The workbook is damaged. Open it, and save it anew.")) from error
    targets = {relation.get("Id"): relation.get("Target", "") for relation in relations}
    found = {}
    for sheet in workbook.iter():
        if sheet.tag.rpartition("}")[2] == "sheet" and sheet.get(_RELATIONS) in targets:
            target = targets[sheet.get(_RELATIONS)].lstrip("/")
            path = target if target.lower().startswith("xl/") else f"xl/{target}"
            found[sheet.get("name", "")] = lower.get(path.lower(), path)
    return found
