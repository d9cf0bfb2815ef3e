"""Files that are no tables, and packages made to swell or to mislead, are refused before they are read."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest

from programmes.sheets import limits
from tests.programmes.sheets.files import problem, send, states, workbook

pytestmark = pytest.mark.django_db

HUAWU = "520524100201"
HEAD = ["Code", "Name", "Trained"]
SHEET = "xl/worksheets/sheet1.xml"


@pytest.fixture
def clerk(as_user: Any) -> Any:
    return as_user("clerk")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xd0\xcf\x11\xe0old", "old .xls kind, or one with a password"),
        (b"%PDF-1.4", "This is no table"),
        (b"\x89PNG\r\n\x1a\n\0\0\xff\xff\0\1", "neither a workbook nor text"),
        (b"PK\x03\x04broken", "damaged or locked"),
        (b"<!doctype html><table>", "This is a web page"),
        (b'a,"b\nc', "quotation marks"),
        (b"\n\n\n", "holds no rows"),
        (b"Code,Trained\n", "holds no rows"),
        (b"just,some\nwords,here\n", "No heading was found"),
        (b"Code,Trained\n" + b"520524100201,1\n" * (limits.MAX_ROWS + 30), "more than 25,000 rows"),
    ],
)
def test_a_file_that_is_no_table_of_figures_is_refused_in_words(content: bytes, said: str, clerk: Any) -> None:
    assert said in problem(send(clerk, content))


def packed(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def with_part(name: str, data: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(workbook(HEAD, [HUAWU, "", 1]))) as archive:
        return packed({**{each: archive.read(each) for each in archive.namelist()}, name: data})


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (with_part(SHEET, b"0" * (limits.MAX_UNPACKED + 1)), "larger than 64 MB"),
        (with_part(SHEET, b'<worksheet><sheetData><row><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'),
         "goes beyond row 25,000"),
        (with_part(SHEET, b"<worksheet><sheetData><row><c><v>1</v></c></row></sheetData></worksheet>"), "no address"),
        (with_part(SHEET, b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet/>'), "XML declarations"),
        (with_part("xl/workbook.xml", b"<workbook"), "damaged"),
        (packed({f"xl/{n}.xml": b"" for n in range(600)}), "too many parts"),
        (packed({"word/document.xml": b"<x/>"}), "no Excel workbook"),
    ],
)  # fmt: skip
def test_a_package_made_to_swell_is_refused_before_it_is_read(content: bytes, said: str, clerk: Any) -> None:
    assert len(content) < limits.MAX_BYTES
    assert said in problem(send(clerk, content))


def test_a_format_down_to_the_last_row_is_no_harm(clerk: Any) -> None:
    with zipfile.ZipFile(io.BytesIO(workbook(HEAD, [HUAWU, "", 4]))) as archive:
        sheet = archive.read(SHEET)
    far = sheet.replace(b"</sheetData>", b'<row r="1048576"><c r="A1048576" s="0"/></row></sheetData>')
    assert far != sheet
    assert states(send(clerk, with_part(SHEET, far))) == {"accepted": 1}
