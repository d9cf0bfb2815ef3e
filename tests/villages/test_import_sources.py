"""What each source of lists has of its own: the defects of the real lists, their layouts, and their other forms."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from tests.villages.lists import (
    AREAS,
    LATER,
    VILLAGES,
    VINTAGE,
    replaced,
    run,
    told,
    village,
    with_rows,
    write,
    write_all,
)
from villages import derive
from villages.imports import Verdict
from villages.levels import Level
from villages.models import Area, Placement

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]


class TestTheFactsOfTheDivisionLists:
    """Each class of known defects of the real lists, in a small list of its own."""

    CITIES = (("code", "name", "provinceCode"), ("1101", "市辖区", "11"), ("4190", "省直辖县级行政区划", "41"),
              ("5002", "县", "50"), ("6590", "自治区直辖县级行政区划", "65"), ("4419", "东莞市", "44"),
              ("4602", "三亚市", "46"), ("2327", "大兴安岭地区", "23"))  # fmt: skip
    PROVINCES = (("code", "name"), *((code, f"{code}省") for code in ("11", "23", "41", "44", "46", "50", "65")))

    @pytest.mark.parametrize(
        ("code", "kind"),
        [
            ("1101", "placeholder"), ("4190", "placeholder"), ("5002", "placeholder"), ("6590", "placeholder"),
            ("4419", "ordinary"), ("441900", "placeholder"), ("460201", "placeholder"), ("110101", "ordinary"),
            ("110171", "statistical"), ("110179", "statistical"), ("110180", "ordinary"), ("232761", "statistical"),
            ("110101400", "statistical"), ("110101599", "statistical"), ("110101399", "ordinary"),
            ("110101600", "ordinary"), ("110101399400", "statistical"), ("110101399399", "ordinary"),
        ],
    )  # fmt: skip
    def test_kinds_are_told_apart(self, tmp_path: Path, code: str, kind: str) -> None:
        areas = [("110101", "东城区"), ("110171", "开发区"), ("110179", "园区"), ("110180", "密云县"),
                 ("441900", "东莞市"), ("460201", "市辖区"), ("232761", "加格达奇区")]  # fmt: skip
        streets = ["110101400", "110101599", "110101399", "110101600"]
        files = write_all(
            tmp_path,
            provinces=self.PROVINCES,
            cities=self.CITIES,
            areas=[AREAS[0], *((area, name, area[:4], area[:2]) for area, name in areas)],
            streets=[
                ("code", "name", "areaCode", "provinceCode", "cityCode"),
                *((street, f"第{street}街道", "110101", "11", "1101") for street in streets),
            ],
            villages=[VILLAGES[0], village("110101399400", "甲社区"), village("110101399399", "乙社区")],
        )
        run(files)
        assert Area.objects.get(code=code).kind == kind

    @pytest.mark.parametrize(
        ("name", "words"),
        [
            ("青??村村民委员会", "question mark"),
            ("桴？居民委员会", "question mark"),
            ("长shan村委会", "Pinyin"),
            ("满（lang）塘居民委员会", "Pinyin"),
            ("高\ue170村委会", "private"),
        ],
    )
    def test_a_suspect_name_is_taken_and_listed(self, tmp_path: Path, name: str, words: str) -> None:
        files = write_all(tmp_path, villages=with_rows("villages", village("520524101299", name)))
        report, found = run(files)
        assert report.count(Level.VILLAGE, Verdict.SUSPECT) == 1
        assert told(found, Verdict.SUSPECT) == [("villages.csv", 5, "name", name)]
        assert words in found[0].reason
        assert Area.objects.get(code="520524101299").name == name

    def test_a_village_right_below_a_county_is_taken_with_a_warning(self, tmp_path: Path) -> None:
        row = ("520524999201", "甲村委会", "520524", "52", "5205", "520524")
        _report, found = run(write_all(tmp_path, villages=with_rows("villages", row)))
        assert told(found, Verdict.WARNING) == [("villages.csv", 5, "parent", "520524 (甲村委会)")]
        assert "directly" in found[0].reason
        assert Area.objects.get(code="520524999201").parent.code == "520524"  # type: ignore[union-attr]

    def test_letters_that_belong_to_a_name_are_not_suspect(self, tmp_path: Path) -> None:
        files = write_all(tmp_path, villages=with_rows("villages", village("520524101299", "温泉花园A区社区居委会")))
        assert run(files)[1] == []

    def test_a_parent_that_is_not_the_codes_prefix_is_taken_with_a_warning(self, tmp_path: Path) -> None:
        _report, found = run(write_all(tmp_path, villages=replaced("villages", "520524001209", streetCode="520524101")))
        assert told(found, Verdict.WARNING) == [("villages.csv", 3, "streetCode", "520524101")]
        assert Area.objects.get(code="520524001209").parent.code == "520524101"  # type: ignore[union-attr]

    def test_another_upper_code_that_does_not_fit_is_warned_of(self, tmp_path: Path) -> None:
        _report, found = run(write_all(tmp_path, villages=replaced("villages", "520524001209", cityCode="5206")))
        assert told(found, Verdict.WARNING) == [("villages.csv", 3, "cityCode", "5206")]


class TestTheStackedFile:
    HEADER = ("vintage", "level", "code", "name", "parent_code")

    def test_only_the_rows_of_the_vintages_year_are_read(self, tmp_path: Path) -> None:
        stacked = [
            self.HEADER,
            ("2016", "county", "520524", "织金县", "5205"),
            ("2016", "township", "520524001", "双堰街道办事处", "520524"),
            ("2023", "county", "520581", "黔西市", "5205"),
        ]
        usual = write_all(tmp_path, villages=[VILLAGES[0], village("520524001209", "干河村委会")])
        files = [usual[0], usual[1], usual[4], write(tmp_path, "stacked.csv.gz", stacked)]
        report, found = run(files, vintage=dt.date(2016, 7, 31))
        assert (report.passed_over, found) == (1, [])
        assert Area.objects.get(code="520524001209").parent.name == "双堰街道办事处"  # type: ignore[union-attr]

    def test_the_filled_up_codes_of_2015_are_cut(self, tmp_path: Path) -> None:
        stacked = [
            self.HEADER,
            ("2015", "county", "520524", "织金县", "520500"),
            ("2015", "county", "520501", "市辖区", "520500"),
            ("2015", "township", "520524001000", "双堰街道办事处", "520524"),
        ]
        run([*write_all(tmp_path)[:2], write(tmp_path, "stacked.csv", stacked)], vintage=dt.date(2015, 9, 30))
        assert Area.objects.get(code="520524001").path.count(".") == 5
        assert Area.objects.get(code="520501").kind == Area.Kind.PLACEHOLDER

    def test_placeholders_that_it_leaves_out_are_stepped_over(self, tmp_path: Path) -> None:
        run(write_all(tmp_path / "first"))
        stacked = [
            self.HEADER,
            ("2024", "county", "520524", "织金县", "5205"),
            ("2024", "county", "529001", "某市", "5290"),
        ]
        (tmp_path / "next").mkdir()
        _report, found = run([write(tmp_path / "next", "stacked.csv", stacked)], vintage=LATER)
        assert told(found, Verdict.REJECTED) == []
        assert Area.objects.get(code="529001").parent == Area.objects.get(code="52")

    def test_a_list_of_another_day_than_it_says_is_led_to_its_day(self, tmp_path: Path) -> None:
        run(write_all(tmp_path / "first"))  # which stands since VINTAGE
        stacked = [self.HEADER, ("2016", "county", "520524", "织金县", "5205")]
        (tmp_path / "next").mkdir()
        _report, found = run(
            [write(tmp_path / "next", "stacked.csv", stacked)], vintage=dt.date(2016, 7, 31), commit=False
        )
        [reason] = [one.reason for one in found if one.verdict == Verdict.REJECTED]
        assert "neither in these files" in reason
        assert "毕节市 only from 2023-06-30 on" in reason


class TestTheCodeHistory:
    HEADER = ("代码", "一级行政区", "二级行政区", "名称", "级别", "状态", "启用时间", "变更/弃用时间", "新代码")
    ROWS = (
        HEADER,
        ("520000", "贵州省", "", "贵州省", "省级", "在用", "1981", "", ""),
        ("520500", "贵州省", "毕节市", "毕节市", "地级", "在用", "2011", "", ""),
        ("522400", "贵州省", "毕节地区", "毕节地区", "地级", "弃用", "1981", "2011", "520500"),
        ("520524", "贵州省", "毕节市", "织金县", "县级", "在用", "2011", "", ""),
        ("522425", "贵州省", "毕节地区", "织金县", "县级", "弃用", "1981", "2011", "520524"),
        ("529001", "贵州省", "直辖", "某市", "县级", "在用", "1990", "", ""),
    )

    def history(self, folder: Path, *more: Any) -> list[Path]:
        path = write(folder, "history.csv", [*self.ROWS, *more])
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
        return [path]

    @pytest.mark.parametrize(("year", "prefecture"), [(2010, "2224"), (2011, "5205")])
    def test_the_state_at_the_end_of_the_year_is_read(self, tmp_path: Path, year: int, prefecture: str) -> None:
        report, found = run(self.history(tmp_path), vintage=dt.date(year, 12, 31))
        codes = {2010: {"CN", "52", "5224", "522425", "529001"}, 2011: {"CN", "52", "5205", "520524", "529001"}}
        assert set(Area.objects.values_list("code", flat=True)) == codes[year]
        assert (report.passed_over, found) == (2, [])
        assert Area.objects.get(code="529001").parent.code == "52"  # type: ignore[union-attr]

    def test_it_agrees_with_a_division_list_that_has_placeholders(self, tmp_path: Path) -> None:
        files = write_all(
            tmp_path,
            cities=with_rows("cities", ("5290", "省直辖县级行政区划", "52")),
            areas=with_rows("areas", ("529001", "某市", "5290", "52")),
        )
        run(files)
        report, found = run(self.history(tmp_path), vintage=VINTAGE)
        assert (report.first, report.differing, found) == (0, 0, [])

    def test_a_year_that_is_none_is_rejected(self, tmp_path: Path) -> None:
        row = ("520525", "贵州省", "毕节市", "纳雍县", "县级", "在用", "二〇一一", "", "")
        _report, found = run(self.history(tmp_path, row), commit=False)
        assert told(found, Verdict.REJECTED) == [("history.csv", 8, "启用时间", "二〇一一")]


class TestThePlainLayout:
    KYRGYZSTAN = (
        ("level", "code", "name", "name_latin", "parent_code", "kind"),
        ("nation", "KG", "Кыргызстан", "Kyrgyzstan", "", ""),
        ("province", "KG02", "Чүй", "Chui", "KG", ""),
        ("county", "KG0203", "Кемин", "Kemin", "KG02", ""),
        ("4", "KG020301", "Борду", "Bordu", "KG0203", "statistical"),
    )

    def test_another_country_with_other_levels_is_read(self, tmp_path: Path) -> None:
        _report, found = run([write(tmp_path, "kg.csv", self.KYRGYZSTAN)])
        assert found == []
        place = Placement.objects.get(area__code="KG020301")
        assert (place.prefecture_id, place.county_id) == (None, Area.objects.get(code="KG0203").pk)
        assert Area.objects.get(code="KG020301").kind == Area.Kind.STATISTICAL
        assert derive.problems() == []

    @pytest.mark.parametrize(
        ("row", "column"),
        [
            (("hamlet", "KG99", "x", "", "KG02", ""), "level"),
            (("county", "KG 99", "x", "", "KG02", ""), "code"),
            (("county", "KG99", "x", "", "", ""), "parent_code"),
            (("county", "KG99", "x", "", "KG02", "odd"), "kind"),
            (("nation", "KZ", "x", "", "KG", ""), "parent_code"),
            (("province", "KG99", "x", "", "KG0203", ""), "parent"),
        ],
    )
    def test_a_wrong_cell_is_rejected_by_its_column(self, tmp_path: Path, row: Any, column: str) -> None:
        _report, found = run([write(tmp_path, "kg.csv", [*self.KYRGYZSTAN, row])], commit=False)
        assert [(one.verdict, one.line, one.column) for one in found] == [(Verdict.REJECTED, 6, column)]

    def test_a_latin_name_that_was_missing_is_filled_in_as_a_renaming(self, tmp_path: Path) -> None:
        bare = [[*row[:3], "" if row[0] != "level" else row[3], *row[4:]] for row in self.KYRGYZSTAN]
        run([write(tmp_path, "bare.csv", bare)])
        report, _found = run([write(tmp_path, "kg.csv", self.KYRGYZSTAN)], vintage=LATER, accept=["renamed"])
        assert report.findings.total(Verdict.RENAMED) == 4
        assert Area.objects.get(code="KG02").name_latin == "Chui"

    def test_a_list_without_latin_names_does_not_wipe_them_out(self, tmp_path: Path) -> None:
        run([write(tmp_path, "kg.csv", self.KYRGYZSTAN)])
        bare = [[*row[:3], *row[4:]] for row in self.KYRGYZSTAN]
        report, _found = run([write(tmp_path, "bare.csv", bare)], vintage=LATER)
        assert (report.first, report.differing) == (0, 0)
