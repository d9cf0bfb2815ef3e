"""Files as people really send them: each is read right, or refused with the place and a reason they can act on."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from povtrack.lib.csvfiles import CsvFile, FileError, sha256_of

TEXT = "code,name\n52,贵州省\n53,云南省\n"


def make(folder: Path, data: bytes | str, name: str = "list.csv") -> Path:
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


def refusal(path: Path, encoding: str = "utf-8") -> FileError:
    with pytest.raises(FileError) as caught, CsvFile(path, encoding) as file:
        list(file.rows())
    return caught.value


def test_rows_come_with_the_line_they_begin_on(tmp_path: Path) -> None:
    with CsvFile(make(tmp_path, 'code,name\n1,"two\nlines"\n\n2,b\n')) as file:
        assert file.header == ["code", "name"]
        assert list(file.rows()) == [(2, ["1", "two\nlines"]), (5, ["2", "b"])]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_byte_order_mark_and_windows_line_ends_are_no_matter(tmp_path: Path, end: str) -> None:
    with CsvFile(make(tmp_path, b"\xef\xbb\xbf" + TEXT.replace("\n", end).encode())) as file:
        assert file.header == ["code", "name"]
        assert list(file.rows()) == [(2, ["52", "贵州省"]), (3, ["53", "云南省"])]


def test_gzip_is_told_by_its_bytes_and_not_by_its_name(tmp_path: Path) -> None:
    with CsvFile(make(tmp_path, gzip.compress(TEXT.encode()))) as file:
        assert [cells for _line, cells in file.rows()] == [["52", "贵州省"], ["53", "云南省"]]
        assert file.position == file.size


def test_another_encoding_is_read_when_it_is_named(tmp_path: Path) -> None:
    with CsvFile(make(tmp_path, TEXT.encode("gb18030")), "gb18030") as file:
        assert next(file.rows()) == (2, ["52", "贵州省"])


def test_gbk_text_is_refused_with_its_line_and_the_option_that_reads_it(tmp_path: Path) -> None:
    error = refusal(make(tmp_path, TEXT.encode("gbk")))
    assert error.line == 2
    assert "--encoding gb18030" in error.reason
    assert "贵州省" in error.reason


def test_utf8_is_not_read_as_another_encoding(tmp_path: Path) -> None:
    assert "Leave --encoding out" in refusal(make(tmp_path, TEXT), "gb18030").reason


def test_one_bad_byte_far_down_is_found_by_its_line(tmp_path: Path) -> None:
    data = "code,name\n" + "52,贵州省\n" * 40000
    assert refusal(make(tmp_path, data.encode() + b"53,\xff\xff\n")).line == 40002


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"  \n\n", "empty"),
        (gzip.compress(b"", mtime=0), "empty"),
        (b"PK\x03\x04rest", "xlsx"),
        (b"\xd0\xcf\x11\xe0rest", "xls"),
        (b"%PDF-1.7", "pdf"),
        (b"<!DOCTYPE html><html>", "web page"),
        (b"\n <html lang=zh>", "web page"),
        (b"code\x00name", "binary"),
        (TEXT.encode("utf-16"), "--encoding utf-16"),
        (b"code;name\n1;2\n", "semicolons"),
        (b"code\tname\n1\t2\n", "tabs"),
        (b"code,name,code\n", "twice"),
        (b'code,name\n1,"never closed\n2,b\n', "quotation marks"),
        (b'code,name\n1,"a"b\n', "quotation marks"),
    ],
)
def test_what_is_no_csv_is_refused_with_the_reason(tmp_path: Path, data: bytes, words: str) -> None:
    error = refusal(make(tmp_path, data))
    assert words in error.reason
    assert "list.csv" in str(error)


def test_a_gzip_file_that_breaks_off_is_refused(tmp_path: Path) -> None:
    whole = gzip.compress(("code,name\n" + "".join(f"{n},{n * 7919 % 1000003}\n" for n in range(100000))).encode())
    error = refusal(make(tmp_path, whole[: len(whole) // 2]))
    assert "breaks off" in error.reason
    assert error.line
    assert error.line > 1


def test_a_damaged_gzip_file_is_refused(tmp_path: Path) -> None:
    whole = bytearray(gzip.compress(TEXT.encode() * 1000))
    whole[len(whole) // 2] ^= 0xFF
    assert refusal(make(tmp_path, bytes(whole))).reason


def test_a_missing_file_and_an_unknown_encoding_are_told(tmp_path: Path) -> None:
    assert "opened" in refusal(tmp_path / "none.csv").reason
    assert "klingon" in refusal(make(tmp_path, TEXT), "klingon").reason


def test_the_sentence_names_all_it_knows() -> None:
    error = FileError("list.csv", "Why.", line=3, column="code", value="5x")
    assert str(error) == "list.csv, line 3, column “code”, “5x”: Why."


def test_the_hash_is_of_the_bytes(tmp_path: Path) -> None:
    digest = sha256_of(make(tmp_path, b"abc"))
    assert digest == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
