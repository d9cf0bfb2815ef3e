"""Taking lists of places into the registry: what is added, what is only told, and what is refused."""

from __future__ import annotations

import csv
import datetime as dt
import gzip
from pathlib import Path
from typing import Any

import pytest
from django.core.management.base import CommandError
from django.db import connection

from povtrack.accounts.models import User
from povtrack.lib.csvfiles import FileError
from tests.villages.lists import (
    AREAS,
    PROVINCES,
    VILLAGES,
    VINTAGE,
    command,
    refuses,
    registry,
    replaced,
    run,
    told,
    village,
    with_rows,
    without,
    write,
    write_all,
)
from villages import derive
from villages.actions import ImportRefused
from villages.imports import Nation, Verdict
from villages.levels import Level
from villages.models import Area, AreaVersion, Placement, RegistryImport

pytestmark = pytest.mark.django_db

LATER = dt.date(2024, 6, 30)


def names_of(area: Area) -> list[tuple[str, dt.date, dt.date | None]]:
    versions = AreaVersion.objects.filter(area=area).order_by("valid")
    return [(version.name, version.valid.lower, version.valid.upper) for version in versions]


class TestIntoAnEmptyRegistry:
    def test_every_row_becomes_an_area_with_its_version_and_placement(self, tmp_path: Path) -> None:
        report, found = run(write_all(tmp_path))
        assert report.committed
        assert found == []
        counts = {level: Area.objects.filter(level=level).count() for level in Level}
        assert list(counts.values()) == [1, 1, 1, 1, 2, 3]
        assert AreaVersion.objects.count() == Placement.objects.count() == 9
        assert derive.problems() == []

    def test_a_village_stands_under_its_township_county_prefecture_and_province(self, tmp_path: Path) -> None:
        run(write_all(tmp_path))
        place = Placement.objects.select_related("province", "prefecture", "county", "township").get(
            area__code="520524101212"
        )
        line = [place.province, place.prefecture, place.county, place.township]
        assert [area.code for area in line if area] == ["52", "5205", "520524", "520524101"]
        assert (place.valid.lower, place.valid.upper) == (VINTAGE, None)
        assert Area.objects.get(code="CN").name == "中国"

    def test_the_order_of_the_files_and_of_their_columns_is_no_matter(self, tmp_path: Path) -> None:
        turned = [[row[1], row[5], row[0], *row[2:5]] for row in VILLAGES]
        report, found = run(list(reversed(write_all(tmp_path, villages=turned))))
        assert (report.changes, found) == (9, [])
        assert Area.objects.get(code="520524001209").parent.code == "520524001"  # type: ignore[union-attr]

    def test_gzip_files_are_read_too(self, tmp_path: Path) -> None:
        files = [*write_all(tmp_path)[:4], write(tmp_path, "villages.csv.gz", VILLAGES)]
        assert run(files)[0].changes == 9

    def test_places_are_held_valid_since_the_day_asked_for(self, tmp_path: Path) -> None:
        run(write_all(tmp_path), since=dt.date(2001, 1, 1))
        assert AreaVersion.objects.filter(valid__startswith=dt.date(2001, 1, 1)).count() == 9

    def test_each_file_is_recorded_and_its_versions_point_to_it(self, tmp_path: Path) -> None:
        run(write_all(tmp_path))
        source = RegistryImport.objects.get(file_name="villages.csv")
        assert (source.source, source.vintage, source.areas) == ("divisions", VINTAGE, 3)
        assert len(source.sha256) == 64
        assert AreaVersion.objects.filter(source=source).count() == 3

    def test_the_nation_may_be_named(self, tmp_path: Path) -> None:
        run(write_all(tmp_path), nation=Nation("XX", "某国", "Somewhere"))
        assert Area.objects.get(level=Level.NATION).name_latin == "Somewhere"

    def test_indexes_and_constraints_come_back_as_they_were(self, tmp_path: Path) -> None:
        def definitions() -> list[Any]:
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT indexdef FROM pg_indexes WHERE tablename LIKE 'villages_%' UNION ALL "
                    "SELECT conname || pg_get_constraintdef(oid) || condeferrable || condeferred FROM pg_constraint "
                    "WHERE conrelid::regclass::text LIKE 'villages_%' ORDER BY 1"
                )
                return cursor.fetchall()

        before = definitions()
        run(write_all(tmp_path))
        assert definitions() == before

    def test_a_dry_run_tells_the_same_and_writes_nothing(self, tmp_path: Path) -> None:
        report, _found = run(write_all(tmp_path), commit=False)
        assert (report.committed, report.count(Level.VILLAGE, Verdict.NEW)) == (False, 3)
        assert not Area.objects.exists()
        assert not RegistryImport.objects.exists()

    def test_what_fails_half_way_leaves_nothing_and_can_be_repeated(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        files = write_all(tmp_path)

        def die(*_arguments: object) -> None:
            raise KeyboardInterrupt

        with monkeypatch.context() as patch:
            patch.setattr(derive, "rebuild", die)
            with pytest.raises(KeyboardInterrupt):
                run(files)
        assert not Area.objects.exists()
        assert run(files)[0].changes == 9


class TestOverARegistry:
    @pytest.fixture(autouse=True)
    def _first_list(self, tmp_path: Path) -> None:
        self.folder = tmp_path
        run(write_all(tmp_path / "first"))

    def next(self, **changed: Any) -> Any:
        return run(write_all(self.folder / "next", **changed), vintage=LATER)

    def test_the_same_list_again_changes_nothing(self) -> None:
        before = registry()
        report, found = run(write_all(self.folder / "again"))
        assert (report.changes, found, registry()) == (0, [], before)
        assert report.findings.total(Verdict.SAME) == 8

    def test_a_new_village_is_added_from_the_day_of_the_list(self) -> None:
        self.next(villages=with_rows("villages", village("520524101213", "红岩村村民委员会")))
        area = Area.objects.get(code="520524101213")
        assert names_of(area) == [("红岩村村民委员会", LATER, None)]
        assert derive.problems() == []

    def test_a_changed_name_that_begins_alike_becomes_a_new_version(self) -> None:
        report, found = self.next(villages=replaced("villages", "520524001209", name="干河社区居民委员会"))
        area = Area.objects.get(code="520524001209")
        assert report.count(Level.VILLAGE, Verdict.RENAMED) == 1
        assert names_of(area) == [("干河村村民委员会", VINTAGE, LATER), ("干河社区居民委员会", LATER, None)]
        assert area.name == "干河社区居民委员会"
        assert "干河村村民委员会" in found[0].reason
        assert Placement.objects.filter(area=area).count() == 1

    def test_a_name_mended_on_the_same_day_stays_one_version(self) -> None:
        run(write_all(self.folder / "next", villages=replaced("villages", "520524001209", name="干河村委会")))
        assert names_of(Area.objects.get(code="520524001209")) == [("干河村委会", VINTAGE, None)]

    def test_a_code_whose_name_begins_differently_is_listed_and_not_touched(self) -> None:
        report, found = self.next(villages=replaced("villages", "520524001209", name="白岩村村民委员会"))
        assert report.changes == 0
        assert told(found, Verdict.REVIEW) == [("villages.csv", 3, "code", "520524001209 白岩村村民委员会")]
        assert Area.objects.get(code="520524001209").name == "干河村村民委员会"

    def test_new_places_below_one_under_review_wait_with_it(self) -> None:
        report, found = self.next(
            streets=replaced("streets", "520524101", name="白泥镇"),
            villages=with_rows("villages", village("520524101299", "红岩村村民委员会")),
        )
        assert report.changes == 0
        assert [place[3] for place in told(found, Verdict.REVIEW)] == [
            "520524101 白泥镇",
            "520524101299 红岩村村民委员会",
        ]

    def test_a_place_that_belongs_elsewhere_is_listed_and_not_moved(self) -> None:
        report, found = self.next(villages=replaced("villages", "520524001209", streetCode="520524101"))
        assert report.changes == 0
        assert told(found, Verdict.MOVED) == [("villages.csv", 3, "code", "520524001209 干河村村民委员会")]
        assert Area.objects.get(code="520524001209").parent.code == "520524001"  # type: ignore[union-attr]

    def test_a_place_that_is_gone_is_listed_and_not_ended(self) -> None:
        report, found = self.next(villages=without("villages", "520524101212"))
        assert report.count(Level.VILLAGE, Verdict.GONE) == 1
        assert told(found, Verdict.GONE) == [("", None, "code", "520524101212 新华村村民委员会")]
        assert names_of(Area.objects.get(code="520524101212")) == [("新华村村民委员会", VINTAGE, None)]

    def test_a_list_of_one_township_does_not_speak_of_its_neighbour(self) -> None:
        rows = [VILLAGES[0], *(row for row in VILLAGES if row[2] == "520524001")]
        report, _found = run([write(self.folder, "one.csv", rows)], vintage=LATER)
        assert (report.findings.total(Verdict.GONE), report.count(Level.VILLAGE, Verdict.SAME)) == (0, 2)

    def test_the_upper_levels_may_come_from_the_registry(self) -> None:
        rows = [VILLAGES[0], village("520524101213", "红岩村村民委员会")]
        report, _found = run([write(self.folder, "one.csv", rows)], vintage=LATER)
        assert report.count(Level.VILLAGE, Verdict.NEW) == 1
        assert Area.objects.get(code="520524101213").path.startswith(Area.objects.get(code="520524101").path)

    def test_a_rejected_row_does_not_make_its_place_gone(self) -> None:
        files = write_all(self.folder / "next", villages=replaced("villages", "520524001209", name=""))
        report, _found = run(files, vintage=LATER, skip_rejected=True)
        assert report.findings.total(Verdict.GONE) == 0

    def test_an_older_list_is_compared_but_not_written(self) -> None:
        older = write_all(self.folder / "old", villages=with_rows("villages", village("520524101213", "红岩村委会")))
        error = refuses(ImportRefused, lambda: run(older, vintage=dt.date(2016, 7, 31)))
        assert "oldest to the newest" in str(error)

    def test_a_new_place_is_not_dated_before_its_parent(self) -> None:
        files = write_all(self.folder / "next", villages=with_rows("villages", village("520524101213", "红岩村委会")))
        report, found = run(files, vintage=LATER, since=dt.date(2001, 1, 1))
        assert report.changes == 0
        assert "did not exist yet" in found[0].reason

    def test_a_code_that_another_place_carries_later_is_not_given_out_again(self) -> None:
        old = Area.objects.get(code="520524101212")
        AreaVersion.objects.filter(area=old).update(valid=(dt.date(2025, 1, 1), None))
        report, found = self.next()
        assert report.changes == 0
        assert "later day" in found[0].reason

    def test_a_code_that_ended_may_stand_for_a_new_place(self) -> None:
        AreaVersion.objects.filter(code="520524101212").update(valid=(VINTAGE, dt.date(2023, 12, 1)))
        report, _found = self.next()
        assert report.count(Level.VILLAGE, Verdict.NEW) == 1
        assert AreaVersion.objects.filter(code="520524101212").values("area").distinct().count() == 2


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
        assert (report.changes, found) == (0, [])

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
        report, _found = run([write(tmp_path, "kg.csv", self.KYRGYZSTAN)], vintage=LATER)
        assert report.findings.total(Verdict.RENAMED) == 4
        assert Area.objects.get(code="KG02").name_latin == "Chui"

    def test_a_list_without_latin_names_does_not_wipe_them_out(self, tmp_path: Path) -> None:
        run([write(tmp_path, "kg.csv", self.KYRGYZSTAN)])
        bare = [[*row[:3], *row[4:]] for row in self.KYRGYZSTAN]
        assert run([write(tmp_path, "bare.csv", bare)], vintage=LATER)[0].changes == 0


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
        assert run(files, skip_rejected=True)[0].changes == 9

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
        files = [write(tmp_path, "p.csv", PROVINCES), write(tmp_path, "h.csv", TestTheCodeHistory.ROWS)]
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


class TestTheCommand:
    def test_a_dry_run_prints_the_table_and_says_that_nothing_was_written(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        command(*write_all(tmp_path), vintage=VINTAGE)
        out = capsys.readouterr().out
        assert "township" in out
        assert "Nothing was written" in out
        assert not Area.objects.exists()

    def test_commit_writes_and_a_second_time_changes_nothing(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        files = write_all(tmp_path)
        User.objects.create(username="yang")
        command(*files, "--vintage=2023-06-30", "--since=2001-01-01", "--commit", "--by=yang")
        assert "9 new places" in capsys.readouterr().out
        assert {one.created_by.username for one in RegistryImport.objects.all() if one.created_by} == {"yang"}
        before = registry()
        command(*files, "--vintage=2023-06-30", "--commit")
        assert "nothing was changed" in capsys.readouterr().out
        assert registry() == before

    def test_all_findings_are_written_to_the_file_asked_for(self, tmp_path: Path) -> None:
        rejects = tmp_path / "rejects.csv"
        files = write_all(tmp_path, villages=with_rows("villages", village("520524001299", "")))
        command(*files, f"--rejects={rejects}", vintage=VINTAGE)
        with rejects.open(encoding="utf-8", newline="") as file:
            head, row = csv.reader(file)
        assert head == ["file", "line", "column", "value", "verdict", "reason"]
        assert row == ["villages.csv", "5", "name", "", "rejected", "The name is missing."]

    def test_a_refused_commit_still_shows_why(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        files = write_all(tmp_path, villages=with_rows("villages", village("520524001299", "")))
        with pytest.raises(CommandError, match="1 row"):
            command(*files, "--commit", vintage=VINTAGE)
        assert "The name is missing." in capsys.readouterr().out
        assert not Area.objects.exists()

    @pytest.mark.parametrize(
        ("arguments", "words"),
        [
            (["--vintage=30.6.2023"], "not a day"),
            (["--vintage=2023-02-30"], "not a day"),
            (["--vintage=2023-06-30", "--since=2024-01-01"], "later than --vintage"),
            (["--vintage=2999-01-01"], "day to come"),
            (["--vintage=2023-06-30", "--nation=China"], "code:name"),
            (["--vintage=2023-06-30", "--by=nobody"], "no user"),
            (["--vintage=2023-06-30", "--rejects=/nowhere/at/all.csv"], "can't be written"),
            ([], "--vintage"),
        ],
    )
    def test_wrong_options_are_told(self, tmp_path: Path, arguments: list[str], words: str) -> None:
        files = write_all(tmp_path)
        with pytest.raises(CommandError, match=words):
            command(*files, *arguments)

    def test_a_file_that_is_not_there_is_told(self, tmp_path: Path) -> None:
        with pytest.raises(CommandError, match="opened"):
            command(tmp_path / "none.csv", vintage=VINTAGE)
