"""The yearly sheets of township changes: what is carried out, and what is asked about.

The map: Guizhou holds Bijie, Bijie holds Zhijin and Nayong. Zhijin's townships are Shuangyan, Guiguo, Chadian and
Sanjia, with a village each in Guiguo and Chadian; Nayong's is Yongxi.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone

from povtrack.lib.csvfiles import FileError
from tests.villages.lists import names_of, run, write, write_all
from villages import derive
from villages.actions.changes import revert_change
from villages.actions.townships import TownshipReport, import_township_changes
from villages.imports.townships import Reason
from villages.models import Area, AreaVersion, BoundaryChange, ChangedArea, OpenQuestion, Succession

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]

SINCE, DAY = dt.date(2013, 1, 1), dt.date(2016, 12, 31)
COLUMNS = ["year", "source_row", "province", "old_code", "old_name", "reason", "new_code", "new_name", "approval_doc"]
AREAS = [
    ("code", "name", "cityCode", "provinceCode"),
    ("520524", "织金县", "5205", "52"),
    ("520525", "纳雍县", "5205", "52"),
]
STREETS = [
    ("code", "name", "areaCode", "provinceCode", "cityCode"),
    ("520524001", "双堰街道办事处", "520524", "52", "5205"),
    ("520524200", "桂果乡", "520524", "52", "5205"),
    ("520524201", "茶店乡", "520524", "52", "5205"),
    ("520524202", "三甲乡", "520524", "52", "5205"),
    ("520525100", "雍熙镇", "520525", "52", "5205"),
]
VILLAGES = [
    ("code", "name", "streetCode", "provinceCode", "cityCode", "areaCode"),
    ("520524200201", "化屋村", "520524200", "52", "5205", "520524"),
    ("520524201201", "高山村", "520524201", "52", "5205", "520524"),
]


@pytest.fixture(autouse=True)
def _places(tmp_path: Path) -> None:
    run(write_all(tmp_path / "list", areas=AREAS, streets=STREETS, villages=VILLAGES), vintage=SINCE)


@pytest.fixture
def sheet(tmp_path: Path) -> Any:
    """Import rows given as (old code, old name, new code, new name), all of 2016; commits."""

    def take(*rows: Sequence[str], **columns: str) -> TownshipReport:
        return import_township_changes(path=write_sheet(tmp_path, *rows, **columns), commit=True)

    return take


def write_sheet(folder: Path, *rows: Sequence[str], **columns: str) -> Path:
    usual = {"year": "2016", "province": "贵州", "reason": "撤乡设镇", "approval_doc": "黔府函〔2016〕21号", **columns}
    table = []
    for number, (old_code, old_name, new_code, new_name) in enumerate(rows, 5):
        own = {"old_code": old_code, "old_name": old_name, "new_code": new_code, "new_name": new_name}
        cells = {**usual, **own, "source_row": str(number)}
        table.append([cells[name] for name in COLUMNS])
    return write(folder, "sheet.csv", [COLUMNS, *table])


def reasons(report: TownshipReport) -> list[Reason]:
    return list(report.outcome.values())


def township(code: str) -> Area:
    return Area.objects.get(code=code)


class TestSoundRows:
    def test_a_township_that_became_a_town_goes_on_with_a_new_code_and_name(self, sheet: Any) -> None:
        old = township("520524200")
        report = sheet(("520524200", "桂果乡", "520524101", "桂果镇"))
        assert reasons(report) == [Reason.SOUND]
        assert names_of(old) == [("桂果乡", SINCE, DAY), ("桂果镇", DAY, None)]
        change = BoundaryChange.objects.get()
        assert (change.kind, change.state, change.day_known) == ("recode", "applied", False)
        assert (change.document_no, change.note) == ("黔府函〔2016〕21号", "撤乡设镇")
        assert township("520524200201").parent == old
        assert derive.problems() == []

    def test_the_office_of_a_sub_district_is_its_name_in_legal_lists(self, sheet: Any) -> None:
        assert reasons(sheet(("520524001", "双堰街道", "520524001", "星秀街道"))) == [Reason.SOUND]
        assert BoundaryChange.objects.get().kind == "rename"

    def test_a_township_that_went_to_another_county_is_transferred(self, sheet: Any) -> None:
        sheet(("520524202", "三甲乡", "520525203", "三甲乡"))
        assert BoundaryChange.objects.get().kind == "transfer"
        assert township("520525203").parent == township("520525")

    def test_a_merger_into_a_new_one_takes_the_villages_along(self, sheet: Any) -> None:
        report = sheet(("520524200", "桂果乡", "520524101", "果店镇"), ("520524201", "茶店乡", "520524101", "果店镇"))
        assert reasons(report) == [Reason.SOUND, Reason.SOUND]
        new = township("520524101")
        assert set(new.children.values_list("name", flat=True)) == {"化屋村", "高山村"}
        assert township("520524200").ended_on == township("520524201").ended_on == DAY
        assert Succession.objects.filter(new=new, share=1).count() == 2
        assert derive.problems() == []

    def test_a_merger_into_one_that_stands_lets_it_go_on(self, sheet: Any) -> None:
        target = township("520524202")
        sheet(("520524200", "桂果乡", "520524202", "三甲乡"), ("520524201", "茶店乡", "520524202", "三甲乡"))
        assert names_of(target) == [("三甲乡", SINCE, None)]
        assert Succession.objects.filter(new=target).count() == 3
        assert BoundaryChange.objects.get().kind == "merge"

    def test_a_merger_may_rename_the_one_that_goes_on(self, sheet: Any) -> None:
        sheet(("520524202", "三甲乡", "520524202", "三甲镇"), ("520524200", "桂果乡", "520524202", "三甲镇"))
        assert names_of(township("520524202")) == [("三甲乡", SINCE, DAY), ("三甲镇", DAY, None)]

    def test_a_township_without_villages_may_be_divided(self, sheet: Any) -> None:
        sheet(("520524202", "三甲乡", "520524002", "三甲街道"), ("520524202", "三甲乡", "520524003", "八步街道"))
        assert BoundaryChange.objects.get().kind == "split"
        assert Succession.objects.filter(old__code="520524202").count() == 2

    def test_places_may_hand_their_codes_on(self, sheet: Any) -> None:
        one, other = township("520524200"), township("520524201")
        sheet(("520524200", "桂果乡", "520524201", "桂果镇"), ("520524201", "茶店乡", "520524102", "茶店镇"))
        one.refresh_from_db()
        other.refresh_from_db()
        assert (one.code, other.code) == ("520524201", "520524102")

    def test_one_year_builds_on_the_other(self, sheet: Any, tmp_path: Path) -> None:
        first = write_sheet(tmp_path, ("520524200", "桂果乡", "520524101", "桂果镇")).read_text()
        second = write_sheet(tmp_path, ("520524101", "桂果镇", "520524004", "桂果街道"), year="2019").read_text()
        path = tmp_path / "both.csv"
        path.write_text(second + first.split("\n", 1)[1])
        report = import_township_changes(path=path, commit=True)
        assert set(reasons(report)) == {Reason.SOUND}
        assert [one[0] for one in names_of(township("520524004"))] == ["桂果乡", "桂果镇", "桂果街道"]


class TestQuestions:
    @pytest.mark.parametrize(
        ("row", "reason"),
        [
            (("520524200", "桂果乡", "", ""), Reason.NO_TARGET),
            (("", "", "520524101", "果店镇"), Reason.NO_SOURCE),
            (("520524200", "桂果乡", "并入茶店乡", "并入茶店乡"), Reason.WORDS),
            (("520524200", "桂果乡", "520524101", ""), Reason.NO_NAME),
            (("520524200", "桂果乡", "520524200", "桂果乡"), Reason.UNCHANGED),
            (("520524299", "桂果乡", "520524101", "桂果镇"), Reason.NOT_STANDING),
            (("520524299", "茶店乡", "520524201", "茶店乡"), Reason.ALREADY),
            (("520524200", "后寨乡", "520524101", "后寨镇"), Reason.OTHER_NAME),
            (("520524200", "桂果乡", "520524201", "桂果镇"), Reason.TAKEN),
            (("520524200", "桂果乡", "520524201", "茶店乡"), Reason.BOTH),
            (("520524200", "桂果乡", "520599101", "桂果镇"), Reason.NO_COUNTY),
            (("520524", "织金县", "520524101", "桂果镇"), Reason.WORDS),
        ],
    )
    def test_a_row_that_is_not_sound_is_asked_about_once(self, sheet: Any, row: Any, reason: Reason) -> None:
        versions = list(AreaVersion.objects.order_by("pk").values_list())
        assert reasons(sheet(row)) == [reason]
        question = OpenQuestion.objects.get(kind=OpenQuestion.Kind.TOWNSHIPS)
        assert question.reason.lower().startswith(str(reason.label)[:20].lower())
        assert (question.year, question.evidence["old_code"]) == (2016, row[0])
        assert (sheet(row).asked, OpenQuestion.objects.count()) == (0, 1)
        assert list(AreaVersion.objects.order_by("pk").values_list()) == versions

    def test_a_row_that_names_another_province_is_asked_about(self, sheet: Any) -> None:
        row = ("520524200", "桂果乡", "520524101", "桂果镇")
        assert reasons(sheet(row, province="四川")) == [Reason.PROVINCE]
        assert reasons(sheet(row, province="")) == [Reason.SOUND]

    def test_villages_are_not_divided_by_guess(self, sheet: Any) -> None:
        rows = [("520524200", "桂果乡", "520524002", "桂果街道"), ("520524200", "桂果乡", "520524003", "八步街道")]
        assert reasons(sheet(*rows)) == [Reason.VILLAGES, Reason.VILLAGES]

    def test_one_bad_row_holds_back_what_hangs_together_with_it(self, sheet: Any) -> None:
        rows = [("520524200", "桂果乡", "520524101", "果店镇"), ("520524299", "新民乡", "520524101", "果店镇")]
        report = sheet(*rows, ("520524202", "三甲乡", "520524102", "三甲镇"))
        assert reasons(report) == [Reason.TOGETHER, Reason.NOT_STANDING, Reason.SOUND]
        assert township("520524200").ended_on is None

    def test_two_names_for_one_new_code(self, sheet: Any) -> None:
        rows = [("520524200", "桂果乡", "520524101", "果店镇"), ("520524201", "茶店乡", "520524101", "茶店镇")]
        assert reasons(sheet(*rows)) == [Reason.TWO_NAMES, Reason.TWO_NAMES]

    def test_a_code_that_stands_for_another_place_later_on(self, sheet: Any) -> None:
        sheet(("520524202", "三甲乡", "520524101", "三甲镇"), year="2019")
        assert reasons(sheet(("520524200", "桂果乡", "520524101", "桂果镇"))) == [Reason.TAKEN_LATER]

    def test_a_place_of_which_a_later_form_is_known_does_not_end(self, sheet: Any) -> None:
        sheet(("520524202", "三甲乡", "520524101", "三甲镇"), year="2019")
        rows = [("520524202", "三甲乡", "520524102", "果甲镇"), ("520524200", "桂果乡", "520524102", "果甲镇")]
        assert reasons(sheet(*rows)) == [Reason.LATER_FORM, Reason.TOGETHER]

    def test_a_county_that_ended_later(self, sheet: Any) -> None:
        yongxi, nayong = township("520525100"), township("520525")
        AreaVersion.objects.filter(area__in=[yongxi, nayong]).update(valid=(SINCE, dt.date(2018, 1, 1)))
        derive.rebuild()
        assert reasons(sheet(("520524202", "三甲乡", "520525203", "三甲乡"))) == [Reason.COUNTY_ENDS]


class TestRepeating:
    ROWS = (("520524200", "桂果乡", "520524101", "果店镇"), ("520524201", "茶店乡", "520524101", "果店镇"))

    def test_the_same_rows_again_change_nothing(self, sheet: Any) -> None:
        sheet(*self.ROWS, ("520524202", "三甲乡", "", ""))
        before = [
            list(model.objects.order_by("pk").values_list()) for model in (AreaVersion, ChangedArea, OpenQuestion)
        ]
        report = sheet(*self.ROWS, ("520524202", "三甲乡", "", ""))
        assert reasons(report) == [Reason.DONE, Reason.DONE, Reason.NO_TARGET]
        after = [list(model.objects.order_by("pk").values_list()) for model in (AreaVersion, ChangedArea, OpenQuestion)]
        assert before == after

    def test_what_was_taken_back_is_not_carried_out_again(self, sheet: Any) -> None:
        sheet(("520524200", "桂果乡", "520524101", "桂果镇"))
        revert_change(change=BoundaryChange.objects.get(), by=None)
        assert reasons(sheet(("520524200", "桂果乡", "520524101", "桂果镇"))) == [Reason.DONE]
        assert township("520524200").name == "桂果乡"

    def test_a_question_is_answered_when_its_row_can_be_carried_out(self, sheet: Any) -> None:
        row = ("520524210", "后寨乡", "520524103", "后寨镇")
        sheet(row)
        zhijin = township("520524")
        added = Area.objects.create(level=4, code="520524210", name="后寨乡", parent=zhijin, path="")
        form = {"code": added.code, "name": added.name, "parent": zhijin, "valid": (SINCE, None)}
        AreaVersion.objects.create(area=added, **form)
        derive.rebuild()
        assert reasons(sheet(row)) == [Reason.SOUND]
        assert OpenQuestion.objects.get().answer == "Carried out."

    def test_what_a_person_decided_is_left_alone(self, sheet: Any) -> None:
        row = ("520524200", "桂果乡", "520524101", "桂果镇")
        sheet(row, province="四川")
        OpenQuestion.objects.update(answer="A slip; leave it.", answered_at=timezone.now())
        assert reasons(sheet(row, province="四川")) == [Reason.DECIDED]


class TestFilesAndCommand:
    def command(self, *arguments: object) -> None:
        call_command("import_township_changes", *(str(argument) for argument in arguments))

    def test_it_tells_every_row_by_outcome(self, tmp_path: Path, capsys: Any) -> None:
        path = write_sheet(tmp_path, ("520524200", "桂果乡", "520524101", "桂果镇"), ("520524201", "茶店乡", "", ""))
        self.command(path)
        told = capsys.readouterr().out
        assert "Nothing was written. Run again with --commit" in told
        assert not BoundaryChange.objects.exists()
        assert not OpenQuestion.objects.exists()
        self.command(path, "--commit")
        assert "Written: 1 boundary changes, 1 open questions." in capsys.readouterr().out
        self.command(path, "--commit")
        assert "nothing was changed" in capsys.readouterr().out

    @pytest.mark.parametrize(
        ("table", "words"),
        [
            ([COLUMNS], "no rows"),
            ([["year"], ["2016"]], "missing: source_row"),
            ([COLUMNS, ["2016", "1"]], "9 columns; this row has 2"),
            ([COLUMNS, ["in 2016", "1", "", "", "", "", "", "", ""]], "not a year"),
            ([COLUMNS, *[["2016", "1", "", "", "", "", "", "", ""]] * 2], "stands before, on line 2"),
        ],
    )
    def test_a_file_that_can_t_be_read_is_refused(self, tmp_path: Path, table: Any, words: str) -> None:
        path = write(tmp_path, "sheet.csv", table)
        with pytest.raises(FileError, match=words):
            import_township_changes(path=path)
        with pytest.raises(CommandError, match=words):
            self.command(path)

    def test_an_unknown_person_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(CommandError, match="no user"):
            self.command(write_sheet(tmp_path, ("520524200", "桂果乡", "", "")), "--by", "nobody")
