"""Importing designation lists: what is matched, what is left to a person, and what is refused."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from povtrack.lib.csvfiles import FileError
from tests.villages.designation_lists import KEY, PLAIN, POOR, plain, take, written
from villages import derive
from villages.actions.designations import DesignationsRefused
from villages.designations.names import Agreement, agreement
from villages.designations.report import Verdict
from villages.models import AreaVersion, Designation, Membership, OpenQuestion, RegistryImport

pytestmark = pytest.mark.django_db


def recode(area: Any, code: str, name: str, day: str) -> None:
    """Give a place another code and name from a day on."""
    old = area.versions.get()
    AreaVersion.objects.filter(pk=old.pk).update(valid=(old.valid.lower, day))
    AreaVersion.objects.create(area=area, code=code, name=name, parent=old.parent, valid=(day, None))
    derive.rebuild()


def lines() -> dict[str, Membership]:
    return {line.listed_name: line for line in Membership.objects.select_related("area")}


@pytest.mark.parametrize(
    ("listed", "registered", "how"),
    [
        ("蔚 县", "蔚县", Agreement.EXACT),
        ("蔚　县", "蔚县", Agreement.EXACT),
        ("科右中旗", "科尔沁右翼中旗", Agreement.SHORT),
        ("达茂旗", "达尔罕茂明安联合旗", Agreement.SHORT),
        ("青龙县", "青龙满族自治县", Agreement.SHORT),
        ("平泉县", "平泉市", Agreement.SHORT),
        ("湄潭", "湄潭县", Agreement.SHORT),
        ("积石山自治县", "积石山保安族东乡族撒拉族自治县", Agreement.SHORT),
        ("魏县", "魏都区", Agreement.NONE),
        ("大同县", "云州区", Agreement.NONE),
        ("冷湖行委", "城西区", Agreement.NONE),
    ],
)
def test_a_short_form_agrees_with_the_long_one_and_another_name_does_not(
    listed: str, registered: str, how: Agreement
) -> None:
    assert agreement(listed, registered) is how


def test_code_and_name_of_their_day_find_the_place(world: Any, tmp_path: Path) -> None:
    report = take(written(tmp_path, PLAIN, plain("织金县", "520524"), plain("纳 雍 县", "520525")))
    assert report.counts == {("key-2001", Verdict.EXACT): 2}
    assert [line.area for line in lines().values()] == [world["520524"], world["520525"]]
    assert {line.note for line in lines().values()} == {""}
    assert Designation.objects.get().listed == 592


def test_the_code_is_read_as_of_its_day(world: Any, tmp_path: Path) -> None:
    recode(world["520524"], "520599", "织金市", "2010-01-01")
    recode(world["520525"], "520524", "纳雍县", "2010-01-01")  # the code was given to another place
    take(written(tmp_path, PLAIN, plain("织金县", "520524"), plain("纳雍县", "520524", on="2012-12-31")))
    assert lines()["织金县"].area == world["520524"]
    assert lines()["纳雍县"].area == world["520525"]


def test_a_short_form_is_matched_by_its_code_and_said(world: Any, tmp_path: Path) -> None:
    report = take(written(tmp_path, PLAIN, plain("织金", "520524")))
    assert report.counts == {("key-2001", Verdict.NOTED): 1}
    assert lines()["织金"].note == "Listed as 织金; on 2008-12-31 the code 520524 stood for 织金县."


def test_a_name_with_the_code_of_another_place_is_left_open_with_the_reason(world: Any, tmp_path: Path) -> None:
    report = take(written(tmp_path, PLAIN, plain("织金县", "520525")))
    assert lines()["织金县"].area is None
    [found] = report.findings
    assert (found.verdict, found.place.line, found.value) == (Verdict.UNMATCHED, 2, "贵州 520525 织金县")
    assert "the code 520525 stood for 纳雍县" in found.reason
    assert OpenQuestion.objects.get().reason == found.reason


def test_a_name_alone_in_its_province_is_matched_where_its_code_is_of_another_day(world: Any, tmp_path: Path) -> None:
    recode(world["520524"], "520599", "织金县", "2010-01-01")
    take(written(tmp_path, PLAIN, plain("织金县", "520599")))
    assert lines()["织金县"].area == world["520524"]
    assert "520599 is its own of another day" in lines()["织金县"].note


def test_a_name_without_a_code_needs_its_province(world: Any, tmp_path: Path) -> None:
    take(written(tmp_path, PLAIN, plain("织金县"), plain("纳雍县", within=""), plain("纳雍县", within="四川")))
    found = {(line.listed_name, line.listed_within): line.area for line in Membership.objects.all()}
    assert found == {("织金县", "贵州"): world["520524"], ("纳雍县", ""): None, ("纳雍县", "四川"): None}


def test_codes_of_provinces_are_read_with_their_zeros(world: Any, tmp_path: Path) -> None:
    row = plain("贵州省", "520000", designation="western", on="", within="")
    take(written(tmp_path, PLAIN, row))
    assert lines()["贵州省"].area == world["52"]


def test_a_code_of_a_higher_level_is_no_match(world: Any, tmp_path: Path) -> None:
    report = take(written(tmp_path, PLAIN, plain("毕节市", "520500")))
    assert "stood for 毕节市 (prefecture)" in report.findings[0].reason


def test_a_day_that_the_registry_does_not_hold_is_said(world: Any, tmp_path: Path) -> None:
    report = take(written(tmp_path, PLAIN, plain("织金县", "520524", on="1999-12-31")))
    assert report.findings[0].reason.startswith("The registry holds no county of 1999-12-31 yet")


def test_a_poor_county_of_exit_year_2016_is_none_on_the_last_day_of_2016(world: Any, tmp_path: Path) -> None:
    same = ["520524", "织金县", "520524", "织金县", ""]
    note = "code and name never agree"
    later = ["520525", "纳雍县", "520581", "纳雍市", note]
    path = written(
        tmp_path,
        POOR,
        [1, "贵州省", "毕节市", "西部", "织金县", "520524", 2016, "delisted", *same],
        [2, "贵州省", "毕节市", "西部", "纳雍县", "520581", 2019, "delisted", *later],
        [3, "贵州省", "毕节市", "西部", "某某行委", "529999", 2019, "delisted", "", "", "520524", "织金县", ""],
    )
    take(path)
    found = lines()
    assert (found["织金县"].valid.lower, found["织金县"].valid.upper) == (dt.date(2012, 1, 1), dt.date(2016, 12, 31))
    assert found["织金县"].note == ""
    assert found["纳雍县"].area == world["520525"]
    assert found["纳雍县"].listed_code == "520581"
    assert note in found["纳雍县"].note
    assert "found as 520525 纳雍县 of 2012-12-31" in found["纳雍县"].note
    assert found["某某行委"].area is None  # what became of it later may be more than it was


def test_part_of_a_county_is_no_county(world: Any, tmp_path: Path) -> None:
    row = ["2001", "贵州", "(织金县某区)", "织金县", "520524", "2008", "printed", "a page", "part of the county only"]
    take(written(tmp_path, KEY, row))
    assert lines()["(织金县某区)"].area is None
    assert OpenQuestion.objects.get().reason == "part of the county only"


def test_the_contiguous_areas_are_lists_with_their_counts(world: Any, tmp_path: Path) -> None:
    areas = written(
        tmp_path, "seq,name_en,name_zh,counties,count_evidence,note", [3, "Wuling", "武陵山区", 64, "unverified", "x"]
    )
    header = "area_seq,province,county,code,code_year,evidence,source"
    counties = written(tmp_path, header, [3, "贵州", "织金县", "520524", 2011, "printed", "a notice"], name="c.csv")
    with pytest.raises(DesignationsRefused):
        take(counties)
    report = take(areas, counties)
    assert report.new_lists == ["contiguous-03"]
    held = Designation.objects.get()
    assert (held.code, held.name, held.name_latin, held.listed) == (
        "contiguous-03",
        "连片特困地区：武陵山区",
        "Contiguous poor area: Wuling",
        64,
    )
    assert "unverified" in held.note
    assert lines()["织金县"].area == world["520524"]


def test_the_same_file_twice_changes_nothing(world: Any, tmp_path: Path) -> None:
    path = written(tmp_path, PLAIN, plain("织金县", "520524"), plain("大方县", "520521"))
    take(path, by=world.registry)
    before = [list(model.objects.values()) for model in (Designation, Membership, OpenQuestion, RegistryImport)]
    report = take(path, by=world.registry)
    assert (report.changes, report.unchanged) == (0, 2)
    assert before == [list(model.objects.values()) for model in (Designation, Membership, OpenQuestion, RegistryImport)]


def test_more_history_finds_places_for_lines_that_had_none(world: Any, tmp_path: Path) -> None:
    path = written(tmp_path, PLAIN, plain("织金县", "520524", on="1999-12-31"))
    take(path)
    AreaVersion.objects.filter(area=world["520524"]).update(valid=("1990-01-01", None))
    report = take(path)
    assert report.changed == 1
    assert lines()["织金县"].area == world["520524"]
    assert OpenQuestion.objects.get().answered_at is not None


def test_dates_follow_a_mended_file(world: Any, tmp_path: Path) -> None:
    take(written(tmp_path, PLAIN, plain("织金县", "520524")))
    take(written(tmp_path, PLAIN, plain("织金县", "520524", until="2011-12-31")))
    assert lines()["织金县"].valid.upper == dt.date(2011, 12, 31)


def test_two_lines_of_one_place_at_one_time_are_not_both_matched(world: Any, tmp_path: Path) -> None:
    report = take(
        written(
            tmp_path,
            PLAIN,
            plain("织金县", "520524", until="2005-01-01"),
            plain("织 金 县", "520524", since="2005-01-01"),
            plain("织金", "520524", since="2004-01-01", until="2006-01-01"),
        )
    )
    assert [line.area_id is None for line in Membership.objects.order_by("pk")] == [False, False, True]
    assert "by another line" in report.findings[-1].reason


def test_without_commit_nothing_is_written(world: Any, tmp_path: Path) -> None:
    report = take(written(tmp_path, PLAIN, plain("织金县", "520524")), commit=False)
    assert (report.new, report.committed) == (1, False)
    assert not Designation.objects.exists()


@pytest.mark.parametrize(
    ("fields", "column", "value"),
    [
        ({"since": "2001-13-01"}, "since", "2001-13-01"),
        ({"since": ""}, "since", ""),
        ({"until": "1999-01-01"}, "until", "1999-01-01"),
        ({"on": "yesterday"}, "on", "yesterday"),
        ({"evidence": "rumour"}, "evidence", "rumour"),
        ({"name": ""}, "name", ""),
        ({"designation": ""}, "designation", ""),
        ({"code": "5" * 21}, "code", "5" * 21),
        ({"since": "9999-01-01"}, "since", "9999-01-01"),
    ],
)
def test_a_bad_cell_refuses_the_file_and_is_named(
    world: Any, tmp_path: Path, fields: dict[str, str], column: str, value: str
) -> None:
    path = written(tmp_path, PLAIN, plain("纳雍县", "520525"), plain(**{"name": "织金县", "code": "520524", **fields}))
    with pytest.raises(DesignationsRefused) as refused:
        take(path)
    [found] = [f for f in refused.value.report.findings if f.verdict is Verdict.REJECTED]
    assert (found.place.line, found.place.column, found.value) == (3, column, value)
    assert found.reason
    assert not Membership.objects.exists()


def test_a_row_of_other_length_a_double_and_an_unknown_list_are_refused(world: Any, tmp_path: Path) -> None:
    known = plain("织金县", "520524")
    path = written(tmp_path, PLAIN, known, known, known[:4], plain("纳雍县", "520525", designation="my-own"))
    report = take(path, commit=False)
    rejected = [f for f in report.findings if f.verdict is Verdict.REJECTED]
    assert [(f.place.line, f.reason.split(".")[0]) for f in rejected] == [
        (3, "Line 2 of list"),
        (4, "This row has 4 cells, the header 9"),
        (5, "There is no such list yet"),
    ]


def test_a_list_of_ones_own_is_named_with_its_level(world: Any, tmp_path: Path) -> None:
    path = written(tmp_path, PLAIN, plain("城关镇", "520524100", designation="my-own"), plain("织金县", "520524"))
    command = ["import_designations", str(path), "--list", "my-own", "--name", "My own", "--level", "township"]
    call_command(*command, "--commit", "--by", "registry")
    held = Designation.objects.get()
    assert (held.code, held.name, held.level) == ("my-own", "My own", 4)
    assert Membership.objects.get().area == world["Chengguan"]


def test_the_command_lists_what_is_not_matched_and_refuses_what_it_can_not_read(
    world: Any, tmp_path: Path, capsys: Any
) -> None:
    call_command("import_designations", str(written(tmp_path, PLAIN, plain("大方县", "520521"))))
    told = capsys.readouterr().out
    assert "list.csv, line 2: 贵州 520521 大方县: No place had the code 520521 on 2008-12-31." in told
    assert "Nothing was written." in told.replace("\n", " ")
    for file in (tmp_path / "absent.csv", written(tmp_path, "a,b", [1, 2])):
        with pytest.raises(CommandError):
            call_command("import_designations", str(file))
    with pytest.raises(CommandError, match="no line of the list"):
        call_command("import_designations", str(written(tmp_path, PLAIN, plain("x"))), "--list", "western")


def test_a_file_with_missing_columns_says_which(world: Any, tmp_path: Path) -> None:
    with pytest.raises(FileError, match="These columns are missing: code, on"):
        take(written(tmp_path, "designation,name,within,since,until,evidence,note", ["western"] + [""] * 6))


def test_the_shipped_list_of_western_provinces_is_twelve(world: Any) -> None:
    path = Path(__file__).parents[2] / "villages/designations/western.csv"
    report = take(path)
    assert report.new == 12
    assert lines()["贵州省"].area == world["52"]
