"""The history of codes in the registry: which places it makes, how they follow each other, and what stays open."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.villages.histories import write_changes, write_codes, write_years
from villages import derive
from villages.actions.changes import revert_change
from villages.actions.history import import_history, verify_history
from villages.changes.checks import ChangeRefused
from villages.levels import Level
from villages.models import (
    Area,
    AreaVersion,
    BoundaryChange,
    ChangedArea,
    CurrentPlacement,
    OpenQuestion,
    RegistryImport,
    Succession,
)

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]


def year_end(year: int) -> dt.date:
    return dt.date(year, 12, 31)


def coded(code: str, year: int) -> Area:
    return Area.objects.coded(code, year_end(year)).get()


def forms(area: Area) -> list[tuple[str, str, int, int | None]]:
    """Code, name, year of the beginning and of the end of each form."""
    versions = AreaVersion.objects.filter(area=area).order_by("valid")
    return [(one.code, one.name, one.valid.lower.year, one.valid.upper and one.valid.upper.year) for one in versions]


def heirs(year: int, code: str) -> dict[str, tuple[Decimal, Decimal]]:
    """The places that took over from the one with `code`, with the shares onwards and back."""
    old = coded(code, year - 1)
    follows = Succession.objects.filter(old=old, effective=year_end(year))
    return {
        AreaVersion.objects.get(area=one.new, valid__contains=year_end(year)).code: (one.share, one.share_back)
        for one in follows
        if one.share and one.share_back
    }


def change_of(code: str, year: int) -> BoundaryChange:
    """The change of a year that gave a place the form with `code`, or ended the place that had it."""
    rows = ChangedArea.objects.filter(change__effective=year_end(year), code=code)
    return (rows.first() or ChangedArea.objects.get(change__effective=year_end(year), was_code=code, ends=True)).change


class TestPlaces:
    @pytest.fixture(autouse=True)
    def _history(self, tmp_path: Path) -> None:
        import_history(codes=write_codes(tmp_path), changes=write_changes(tmp_path), commit=True)

    def test_every_year_has_the_codes_and_names_of_the_list(self, tmp_path: Path) -> None:
        comparison = verify_history(by_year=write_years(tmp_path))
        assert (comparison.years, comparison.differences) == (44, [])

    def test_the_registry_is_sound(self) -> None:
        assert derive.problems() == []

    def test_the_shares_of_every_place_add_up_to_one(self) -> None:
        for side, share in (("old", "share"), ("new", "share_back")):
            sums: dict[Any, Decimal] = {}
            for follow in Succession.objects.all():
                key = getattr(follow, f"{side}_id"), follow.effective
                sums[key] = sums.get(key, Decimal(0)) + getattr(follow, share)
            assert set(sums.values()) == {Decimal(1)}

    def test_a_county_that_becomes_a_city_and_then_a_district_stays_one_place(self) -> None:
        assert forms(coded("520502", 2024)) == [
            ("522421", "毕节县", 1981, 1993),
            ("522401", "毕节市", 1993, 2011),
            ("520502", "七星关区", 2011, None),
        ]

    def test_a_change_takes_effect_on_the_last_day_of_its_year_which_is_marked_as_not_known(self) -> None:
        change = change_of("520502", 2011)
        assert (change.effective, change.day_known, change.state) == (year_end(2011), False, "applied")
        assert AreaVersion.objects.earliest("valid").valid.lower == dt.date(1981, 1, 1)

    def test_a_code_given_out_again_is_another_place(self) -> None:
        assert coded("132201", 1982) != coded("132201", 1990)
        assert forms(coded("132201", 1990))[0][1] == "南宫县"
        assert not Area.objects.coded("132201", year_end(1984)).exists()

    def test_a_divided_place_ends_and_its_heirs_share_it(self) -> None:
        assert heirs(2011, "341424") == {
            "340207": (Decimal("0.5"), Decimal("0.5")),
            "340523": (Decimal("0.5"), Decimal(1)),
        }
        assert coded("341424", 2010).ended_on == year_end(2011)
        assert change_of("340523", 2011).kind == BoundaryChange.Kind.SPLIT

    def test_a_place_that_gives_a_part_away_goes_on_as_its_own_heir(self) -> None:
        assert heirs(2001, "130102") == {
            "130102": (Decimal("0.5"), Decimal(1)),
            "130108": (Decimal("0.5"), Decimal(1)),
        }
        assert change_of("130108", 2001).kind == BoundaryChange.Kind.SPLIT

    def test_a_part_that_moves_between_places_that_go_on_takes_no_figures_along(self) -> None:
        assert heirs(1994, "440602") == heirs(1994, "440603") == {}
        change = BoundaryChange.objects.get(effective=year_end(1994))
        assert (change.kind, change.successions.count()) == (BoundaryChange.Kind.TRANSFER, 0)
        assert set(change.areas.values_list("was_code", "code", "made")) == {("440602", "", None), ("440603", "", None)}
        assert "Part of 440602 城区 went to 440603 石湾区" in change.note
        placed = CurrentPlacement.objects.get(area=coded("440602", 1990))
        assert (placed.county, placed.low, placed.high) == (coded("440602", 2024), 0, 1)

    def test_a_county_whose_prefecture_is_another_one_then_is_transferred(self) -> None:
        row = ChangedArea.objects.get(code="340523")
        assert (row.was_parent, row.parent) == (None, coded("3405", 2011))
        row = ChangedArea.objects.get(code="130581")
        assert row.change.kind == BoundaryChange.Kind.TRANSFER
        assert (row.was_parent, row.parent) == (coded("1322", 1992), coded("1305", 1993))

    def test_a_prefecture_without_a_successor_is_abolished_and_asked_about(self) -> None:
        change = change_of("3414", 2011)
        assert (change.kind, change.areas.count()) == (BoundaryChange.Kind.ABOLISH, 1)
        question = OpenQuestion.objects.get(kind=OpenQuestion.Kind.NO_SUCCESSOR, area__code="3414")
        assert (question.change, question.year, question.level) == (change, 2011, Level.PREFECTURE)
        assert "3402 芜湖市 (2)" in question.reason

    def test_the_question_names_all_places_that_the_counties_went_to(self) -> None:
        question = OpenQuestion.objects.get(kind=OpenQuestion.Kind.NO_SUCCESSOR, area__code="3414")
        went = {one["code"]: one["counties"] for one in question.evidence["counties_went_to"]}
        assert went == {"3401": 1, "3402": 2, "3405": 1}
        assert "probably" not in question.reason

    def test_a_place_that_the_source_begins_with_nothing_is_created(self) -> None:
        change = change_of("130102", 1983)
        assert change.kind == BoundaryChange.Kind.CREATE
        assert "neither a predecessor nor a document" in change.note


class TestCitiesWithoutCounties:
    @pytest.fixture(autouse=True)
    def _history(self, tmp_path: Path) -> None:
        import_history(codes=write_codes(tmp_path), commit=True)

    def test_a_county_that_becomes_such_a_city_goes_on_as_the_citys_own_county(self) -> None:
        assert forms(coded("441900", 2024)) == [("442502", "东莞市", 1981, 1988), ("441900", "东莞市", 1988, None)]
        assert coded("441900", 2024).parent == coded("4419", 2024)

    def test_it_ends_when_the_citys_districts_are_listed(self) -> None:
        assert forms(coded("442701", 1982)) == [("442701", "佛山市", 1981, 1983), ("440600", "佛山市", 1983, 1984)]
        assert set(heirs(1984, "440600")) == {"440602", "440603"}

    def test_a_merger_into_such_a_city_makes_a_placeholder(self) -> None:
        stand_in = coded("420700", 2024)
        assert (stand_in.kind, stand_in.parent) == (Area.Kind.PLACEHOLDER, coded("4207", 2024))
        assert heirs(1983, "422101") == {"420700": (Decimal(1), Decimal("0.5"))}
        assert "a county in the registry only" in change_of("420700", 1983).note


class TestJoiningPrefectures:
    """A prefecture goes on as the one that began the same day with all of its counties and no others."""

    @pytest.fixture(autouse=True)
    def _history(self, tmp_path: Path) -> None:
        changes = write_changes(tmp_path)
        import_history(codes=write_codes(tmp_path), changes=changes, commit=True)

    def test_the_prefecture_stays_one_place_with_the_document_of_its_counties(self) -> None:
        assert forms(coded("5205", 2024)) == [("5224", "毕节地区", 1981, 2011), ("5205", "毕节市", 2011, None)]
        change = change_of("5205", 2011)
        assert (change.kind, change.document_no) == (BoundaryChange.Kind.RECODE, "国函〔2011〕130号")
        assert change_of("520524", 2011).kind == BoundaryChange.Kind.RECODE

    def test_a_name_that_changes_under_one_code_leaves_the_counties_as_they_are(self) -> None:
        assert forms(coded("4206", 2024)) == [("4206", "襄樊市", 1981, 2010), ("4206", "襄阳市", 2010, None)]
        assert forms(coded("420602", 2024)) == [("420602", "襄城区", 1984, None)]
        assert change_of("4206", 2010).kind == BoundaryChange.Kind.RENAME

    def test_one_that_was_divided_or_joined_to_another_is_asked_about(self) -> None:
        asked = OpenQuestion.objects.filter(kind=OpenQuestion.Kind.NO_SUCCESSOR)
        assert set(asked.values_list("area__code", flat=True)) == {"3414", "1322"}

    def test_the_registry_is_sound(self, tmp_path: Path) -> None:
        assert derive.problems() == []
        assert verify_history(by_year=write_years(tmp_path)).differences == []


class TestDocuments:
    @pytest.fixture(autouse=True)
    def _history(self, tmp_path: Path) -> None:
        self.report = import_history(codes=write_codes(tmp_path), changes=write_changes(tmp_path), commit=True)

    def test_a_change_carries_its_document(self) -> None:
        change = change_of("520502", 2011)
        assert (change.title, change.document_no) == ("撤销毕节地区设立地级毕节市的批复", "国函〔2011〕130号")
        assert (change.approved_on, change.note) == (dt.date(2011, 10, 22), "")
        assert change.source == RegistryImport.objects.get(file_name="codes.json.gz")

    def test_a_date_without_a_day_is_kept_as_it_is_written(self) -> None:
        change = change_of("522401", 1993)
        assert change.approved_on is None
        assert change.note == "撤销毕节县设立毕节市 · 一九九三年四月"

    def test_several_documents_of_one_event_are_all_named(self) -> None:
        change = change_of("340523", 2011)
        assert change.document_no == "国函〔2011〕84号; 民发〔2012〕1号"
        assert (change.title, change.approved_on) == ("撤销巢湖市", dt.date(2011, 7, 14))
        assert "安徽省区划调整 · 民发〔2012〕1号 · 2012年1月5日" in change.note

    def test_links_without_a_document_are_counted(self) -> None:
        assert self.report.undocumented == 15

    def test_an_approval_after_the_year_it_counts_for_is_asked_about(self) -> None:
        question = OpenQuestion.objects.get(kind=OpenQuestion.Kind.HISTORY)
        assert question.subject == "341424 和县 → 340523 和县"
        assert "approved on 2012-01-05" in question.reason


class TestContradictions:
    def asked(self, tmp_path: Path, *rows: tuple[str, ...]) -> list[str]:
        import_history(codes=write_codes(tmp_path), changes=write_changes(tmp_path, rows), commit=True)
        return list(OpenQuestion.objects.filter(kind=OpenQuestion.Kind.HISTORY).values_list("reason", flat=True))

    def test_a_document_of_another_province(self, tmp_path: Path) -> None:
        row = ("2011", "522425", "织金县", "520524", "织金县", "2011-10-22", "", "", "关于安徽省的批复")
        assert self.asked(tmp_path, row) == ["The document given for this change is about 安徽省."]

    def test_a_change_that_stands_twice(self, tmp_path: Path) -> None:
        link = ("2011", "522425", "织金县", "520524", "织金县", "2011-10-22")
        reasons = self.asked(tmp_path, (*link, "1", "", "甲"), (*link, "2", "", "乙"))
        assert reasons == ["The source has this change twice, with different documents."]

    def test_a_successor_that_nothing_carried(self, tmp_path: Path) -> None:
        records = [("520000", "贵州省", 1981, None, ""), ("522425", "织金县", 1981, 2011, "520000")]
        links = [("522425", 1981, None, "520524")]
        import_history(codes=write_codes(tmp_path, records, links), commit=True)
        question = OpenQuestion.objects.get(kind=OpenQuestion.Kind.HISTORY)
        assert (question.subject, question.year) == ("522425 织金县", 2011)
        assert "520524" in question.reason


class TestReverting:
    def test_the_newest_change_can_be_taken_back(self, tmp_path: Path) -> None:
        import_history(codes=write_codes(tmp_path), changes=write_changes(tmp_path), commit=True)
        change = change_of("340523", 2011)
        OpenQuestion.objects.all().delete()
        with pytest.raises(ChangeRefused):
            revert_change(change=change, by=None)  # Hexian's prefecture was abolished the same day
        revert_change(change=change_of("3414", 2011), by=None)
        revert_change(change=change, by=None)
        assert forms(Area.objects.get(code="341424")) == [("341424", "和县", 1981, None)]
        assert not Area.objects.filter(code="340523").exists()
        assert derive.problems() == []
