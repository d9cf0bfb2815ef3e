"""Lists that are wrong: each bad row and each bad file is told with its place and the reason, and nothing is lost."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

import pytest

from povtrack.lib.csvfiles import FileError
from tests.villages.lists import (
    PROVINCES,
    VILLAGES,
    refuses,
    replaced,
    run,
    told,
    village,
    with_rows,
    write,
    write_all,
)
from villages.actions import ImportRefused
from villages.imports import Verdict
from villages.levels import Level
from villages.models import Area

pytestmark = pytest.mark.django_db


class TestBadRows:
    """Every bad row is listed with file, line, column, value and reason; the list is not written by halves."""

    @pytest.mark.parametrize(
        ("row", "column", "value", "words"),
        [
            (village("52052400120", "甲村委会"), "code", "52052400120", "12 digits; this one has 11"),
            (("5.20524E+11", "甲村委会", "520524001", "52", "5205", "520524"), "code", "5.20524E+11", "digits 0 to 9"),
            (
                ("52052400120９", "甲村委会", "520524001", "52", "5205", "520524"),
                "code",
                "52052400120９",
                "digits 0 to 9",
            ),
            (("", "甲村委会", "520524001", "52", "5205", "520524"), "code", "", "code is missing"),
            (village("520524001299", ""), "name", "", "name is missing"),
            (village("520524001299", "   "), "name", "   ", "name is missing"),
            (village("520524001299", "甲" * 121), "name", "甲" * 121, "at most 120"),
            (village("520524001299", "甲\n村"), "name", "甲\n村", "line break"),
            (village("520524001299", "甲\x07村"), "name", "甲\x07村", "control character"),
            (("520524001299", "甲村委会", "", "52", "5205", "520524"), "streetCode", "", "belongs to is missing"),
            (village("520524999299", "甲村委会"), "parent", "520524999 (甲村委会)", "neither in these files"),
            (("520524001299", "甲村委会"), "", "520524001299,甲村委会", "6 columns; this row has 2"),
        ],
    )
    def test_a_bad_row_is_rejected(self, tmp_path: Path, row: Any, column: str, value: str, words: str) -> None:
        files = write_all(tmp_path, villages=with_rows("villages", row))
        report, found = run(files, commit=False)
        rejected = [one for one in found if one.verdict == Verdict.REJECTED]
        assert [(one.file, one.line, one.column, one.value) for one in rejected] == [("villages.csv", 5, column, value)]
        assert words in rejected[0].reason
        assert report.count(Level.VILLAGE, Verdict.NEW) == 3

    def test_the_same_row_twice_is_taken_once(self, tmp_path: Path) -> None:
        files = write_all(tmp_path, villages=[*VILLAGES, VILLAGES[2]])
        _report, found = run(files, skip_rejected=True)
        assert told(found, Verdict.REJECTED) == [("villages.csv", 5, "code", "520524001209 干河村村民委员会")]
        assert "line 3 of villages.csv" in found[0].reason
        assert Area.objects.filter(code="520524001209").count() == 1

    def test_one_code_with_two_names_is_not_taken_at_all(self, tmp_path: Path) -> None:
        files = write_all(tmp_path, villages=with_rows("villages", village("520524001209", "白岩村委会")))
        _report, found = run(files, skip_rejected=True)
        assert [place[1] for place in told(found, Verdict.REJECTED)] == [3, 5]
        assert not Area.objects.filter(code="520524001209").exists()

    def test_what_hangs_under_a_rejected_row_is_rejected_with_it(self, tmp_path: Path) -> None:
        files = write_all(tmp_path, streets=replaced("streets", "520524101", name=""))
        _report, found = run(files, skip_rejected=True)
        assert told(found, Verdict.REJECTED) == [
            ("streets.csv", 3, "name", ""),
            ("villages.csv", 4, "parent", "520524101 (新华村村民委员会)"),
        ]
        assert "itself rejected" in found[1].reason
        assert Area.objects.filter(level=Level.VILLAGE).count() == 2

    def test_rejected_rows_stop_a_commit_unless_they_may_be_skipped(self, tmp_path: Path) -> None:
        files = write_all(tmp_path, villages=with_rows("villages", village("520524001299", "")))
        error = refuses(ImportRefused, lambda: run(files))
        assert "--skip-rejected" in str(error)
        assert run(files, skip_rejected=True)[0].first == 9

    def test_a_backslash_in_a_name_is_kept(self, tmp_path: Path) -> None:
        run(write_all(tmp_path, villages=with_rows("villages", village("520524001299", "甲\\n村"))))
        assert Area.objects.get(code="520524001299").name == "甲\\n村"


class TestBadFiles:
    def test_gbk_is_told_and_read_when_named(self, tmp_path: Path) -> None:
        files = write_all(tmp_path)
        for path in files:
            path.write_bytes(path.read_bytes().decode().encode("gbk"))
        error = refuses(FileError, lambda: run(files))
        assert "--encoding gb18030" in str(error)
        run(files, encoding="gb18030")
        assert Area.objects.get(code="52").name == "贵州省"

    @pytest.mark.parametrize(
        ("header", "words"),
        [
            (("id", "title"), "no list that povtrack knows"),
            (("id", "name", "streetCode"), "missing: code"),
            (("code", "name", "streetCode", "street"), "not known: street"),
            (("vintage", "level", "code", "parent_code"), "missing: name"),
        ],
    )
    def test_wrong_columns_are_named(self, tmp_path: Path, header: Any, words: str) -> None:
        files = [*write_all(tmp_path)[:4], write(tmp_path, "odd.csv", [header, ["1"] * len(header)])]
        error = refuses(FileError, lambda: run(files))
        assert words in str(error)
        assert "odd.csv, line 1" in str(error)

    def test_a_header_without_rows_is_refused(self, tmp_path: Path) -> None:
        assert "no rows" in str(refuses(FileError, lambda: run(write_all(tmp_path, villages=VILLAGES[:1]))))

    def test_files_of_two_sources_are_not_mixed(self, tmp_path: Path) -> None:
        files = [
            write(tmp_path, "p.csv", PROVINCES),
            write(tmp_path, "h.csv", [("代码", "名称", "启用时间"), ("520000", "贵州省", "1981")]),
        ]
        assert "different sources" in str(refuses(FileError, lambda: run(files)))

    def test_a_file_that_breaks_off_in_the_middle_writes_nothing(self, tmp_path: Path) -> None:
        rows = [village(f"520524101{number:03d}", f"第{number * 7919 % 1000}村委会") for number in range(300)]
        path = write(tmp_path, "long.csv.gz", [VILLAGES[0], *rows * 50])
        path.write_bytes(path.read_bytes()[:-2000] if path.stat().st_size > 4000 else path.read_bytes()[:-200])
        error = refuses(FileError, lambda: run([*write_all(tmp_path)[:4], path]))
        assert "breaks off" in str(error)
        assert "long.csv.gz, line" in str(error)

    def test_a_zipped_page_is_refused_as_what_it_is(self, tmp_path: Path) -> None:
        path = tmp_path / "page.csv.gz"
        path.write_bytes(gzip.compress(b"<!DOCTYPE html><html></html>"))
        assert "web page" in str(refuses(FileError, lambda: run([path])))
