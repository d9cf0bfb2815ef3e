"""Every mistake that is known to be made with sheets is told in words, at its row, and saves nothing wrong."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from typing import Any

import openpyxl
import pytest

from programmes.catalogue.dew import DewRecord
from programmes.models import Upload
from programmes.sheets import limits
from tests.programmes.sheets.files import (
    address,
    cells,
    faults,
    fill,
    open_round,
    problem,
    save,
    saved,
    send,
    states,
    take,
    workbook,
)

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]

HUAWU, GAOSHAN, DAZHAI, LONGTAN = "520524100201", "520524100202", "520524100203", "520524101201"
HEAD = ["Code", "Name", "Trained", "of which women", "Spent"]


@pytest.fixture
def clerk(as_user: Any) -> Any:
    return as_user("clerk")


def the_fault(upload: Upload, row: int) -> str:
    return " ".join(words for _field, words in faults(upload)[row])


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        (dt.date(2014, 1, 5), "A date or time (2014-01-05"),
        (dt.time(3, 4), "A date or time (03:04"),
        (True, "“TRUE” is not a number"),
        ("=1/0", "was not computed"),
        ("#DIV/0!", "gives an error"),
        (-3, "-3 is negative"),
        (2.5, "2.5 is not a whole number"),
        ("12,34", "“12,34” is not a number"),
        (1e14, "larger than povtrack can hold"),
        ("x" * 500, "The cell holds 500 characters"),
        ("about 12", "“about 12” is not a number"),
        ("5²", "“5²” is not a number"),
    ],
)
def test_a_cell_that_is_no_figure_is_refused_with_its_reason(cell: Any, said: str, clerk: Any) -> None:
    upload = send(clerk, workbook(HEAD, [HUAWU, "化屋村", cell], [GAOSHAN, "高山村", 3]))
    assert states(upload) == {"refused": 1, "accepted": 1}
    assert faults(upload)[2][0][0] == "trained"
    assert said in the_fault(upload, 2)


@pytest.mark.parametrize("cell", [12.0, "12", "１２", " 12 ", "12.0", "0012", 11.999999999999998])
def test_a_whole_number_is_read_however_it_is_kept(cell: Any, clerk: Any) -> None:
    upload = send(clerk, workbook(HEAD, [float(HUAWU), "", cell]))
    assert save(clerk, upload).state == "saved", faults(upload)
    assert DewRecord.objects.get().trained == 12


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (["520524100999", "", 1], "No place in Zhijin County 织金县 had the code 520524100999 in 2010."),
        (["520525100201", "", 1], "No place in Zhijin County 织金县 had the code 520525100201 in 2010."),
        (["", "白岩村", 1], "No place in Zhijin County 织金县 was called “白岩村” in 2010."),
        (["", "", 1], "code and name are blank"),
        ([HUAWU, "高山村", 1], f"is 化屋村, but the row names 高山村 ({GAOSHAN})"),
        (["5.20524E+11", "", 1], "is no code of a place"),
    ],
)
def test_a_row_whose_place_is_not_certain_is_not_recognised(row: list[Any], said: str, clerk: Any) -> None:
    upload = send(clerk, workbook(HEAD, row))
    assert states(upload) == {"unknown": 1}
    assert said in the_fault(upload, 2)


def test_a_name_that_two_villages_bear_is_told_with_their_codes(clerk: Any, world: Any) -> None:
    world["Longtan"].versions.update(name="化屋村", name_latin="Huawu")
    upload = send(clerk, workbook([*HEAD, "Township"], ["", "Huawu", 1], ["", "化屋村", 2, "", "", "珠藏镇"]))
    assert states(upload) == {"unknown": 1, "accepted": 1}
    assert f"Give the code: {HUAWU}, {LONGTAN}" in the_fault(upload, 2)


def test_rows_for_the_same_place_are_both_refused(clerk: Any) -> None:
    upload = send(clerk, workbook(HEAD, [HUAWU, "", 1], [GAOSHAN, "", 2], ["", "Huawu", 3]))
    assert states(upload) == {"refused": 2, "accepted": 1}
    assert "Rows 2, 4 are for the same place" in the_fault(upload, 4)


def test_merged_cells_are_never_spread_or_dropped(clerk: Any) -> None:
    book = openpyxl.Workbook()
    for row in (["A title over all"], HEAD, [HUAWU, "", 1], [GAOSHAN, "", None], [DAZHAI, "", 2]):
        book.active.append(row)
    book.active.merge_cells("A1:E1")
    book.active.merge_cells("C3:C4")
    upload = send(clerk, saved(book))
    assert states(upload) == {"refused": 2, "accepted": 1}
    assert "merged with others" in the_fault(upload, 3)


def test_totals_blank_lines_and_hidden_rows(clerk: Any) -> None:
    book = openpyxl.Workbook()
    for row in (HEAD, [HUAWU, "", 1], [], [GAOSHAN, "", 2], ["合 计", "", 3], ["Total:", None, 3]):
        book.active.append(row)
    book.active.row_dimensions[4].hidden = True
    upload = send(clerk, saved(book))
    assert states(upload) == {"accepted": 2, "total": 2}
    assert list(upload.rows.order_by("number").values_list("number", flat=True)) == [2, 4, 5, 6]


def test_a_computed_value_is_read_where_the_spreadsheet_left_one(clerk: Any) -> None:
    content = workbook(HEAD, [HUAWU, "", "=3+4"])
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(packed, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"<v></v>", b"<v>7</v>").replace(b"<v />", b"<v>7</v>"))
    upload = send(clerk, packed.getvalue())
    assert upload.rows.get().values["trained"] == 7


def test_figures_in_another_unit_are_not_taken_for_yuan(clerk: Any) -> None:
    assert "gives another unit: figures here are in yuan" in problem(
        send(clerk, workbook(["Code", "Spent (10,000 yuan)"], [HUAWU, 5]))
    )


def test_a_column_that_is_there_twice_or_may_be_two_figures_is_told(clerk: Any) -> None:
    assert "has two columns, B and C" in problem(send(clerk, workbook(["Code", "Trained", "trained"], [HUAWU, 5, 6])))
    open_round("mutual-fund")
    own = workbook(["Code", "of which to women"], [HUAWU, 5])
    assert "may mean more than one figure" in problem(send(clerk, own, "mutual-fund"))
    beside = workbook(["Code", "Amount lent", "of which to women"], [HUAWU, 50, 5])
    given = send(clerk, beside, "mutual-fund").rows.get().values
    assert {name: figure for name, figure in given.items() if figure} == {"loaned": "50", "loaned_women": "5"}


def test_a_template_of_another_programme_year_area_or_version_is_sent_where_it_belongs(
    clerk: Any, world: Any, monkeypatch: Any
) -> None:
    open_round("education")
    other = send(clerk, take(clerk, "education"))
    assert "This is a template of Education aid, not of Dew Program." in problem(other)
    assert other.belongs == address("sheets", "education")
    last = send(clerk, take(clerk, year=2009))
    assert "This is a template for 2009; the page is for 2010." in problem(last)
    assert last.belongs == address("sheets", year=2009)
    clerk.force_login(world.other_clerk, backend="allauth.account.auth_backends.AuthenticationBackend")
    nayong = take(clerk, code="520525")
    clerk.force_login(world.clerk, backend="allauth.account.auth_backends.AuthenticationBackend")
    elsewhere = send(clerk, fill(nayong, {"520525100201": {"trained": 3}}))
    assert "the template of the area 520525" in problem(elsewhere)
    assert elsewhere.belongs == ""  # not a place of theirs
    township = send(clerk, fill(take(clerk, code="520524100"), {HUAWU: {"trained": 3}}))
    assert states(township) == {"accepted": 1, "blank": 2}
    old = take(clerk)
    monkeypatch.setattr("programmes.sheets.matching.template_version", lambda model: "1changed")
    assert "have changed since this template was made" in problem(send(clerk, old))


def test_too_large_an_empty_and_no_file_are_refused_on_the_page(clerk: Any) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    url = address("sheets")
    for data, said in (
        ({}, "Choose a file first"),
        ({"file": SimpleUploadedFile("x.csv", b"")}, "The file is empty"),
        ({"file": SimpleUploadedFile("x.csv", b"1" * (limits.MAX_BYTES + 9))}, "at most 8 MB"),
    ):
        answer = clerk.post(url, data)
        assert answer.status_code == 422
        assert said in answer.content.decode()
    assert not Upload.objects.exists()


def test_a_row_with_nil_and_figures_is_refused(clerk: Any) -> None:
    upload = send(clerk, fill(take(clerk), {HUAWU: {"@nil": "yes", "trained": 5}, GAOSHAN: {"@nil": "perhaps"}}))
    assert states(upload) == {"refused": 2, "blank": 2}
    assert "there is nothing to report, and gives figures" in the_fault(upload, 3)
    assert "“perhaps” is neither yes nor no" in the_fault(upload, 4)


def test_all_that_is_wrong_with_a_row_is_told_at_once(clerk: Any) -> None:
    upload = send(clerk, workbook(HEAD, [HUAWU, "", dt.date(2014, 1, 5), -1, "x"]))
    assert [field for field, _words in faults(upload)[2]] == ["trained", "women", "spent"]


def test_the_error_workbook_comes_back_mended(clerk: Any) -> None:
    first = send(
        clerk,
        fill(take(clerk), {HUAWU: {"trained": 5, "women": 9}, GAOSHAN: {"trained": "many"}, DAZHAI: {"trained": 1}}),
    )
    assert states(first) == {"refused": 2, "accepted": 1, "blank": 1}
    save(clerk, first, "accepted")
    content = clerk.get(address("sheet-errors", "dew", first.pk)).content
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    at = {cell.value: cell.column for cell in sheet[1]}
    assert "more than “Trained”" in sheet.cell(3, at["women"]).comment.text
    assert sheet.cell(3, at["women"]).fill.fgColor.rgb == "FFF8CBAD"
    assert sheet.cell(4, at["trained"]).value == "many"
    assert "is not a number" in sheet.cell(4, at["@problem"]).value
    second = send(clerk, fill(content, {HUAWU: {"women": 2}, GAOSHAN: {"trained": 7}}))
    assert states(second) == {"accepted": 2, "unchanged": 1, "blank": 1}
    save(clerk, second)
    assert dict(DewRecord.objects.values_list("area__code", "trained")) == {HUAWU: 5, GAOSHAN: 7, DAZHAI: 1}


def test_the_error_workbook_of_a_list_by_name_comes_back_too(clerk: Any, world: Any) -> None:
    first = send(clerk, workbook(["Trained", "Village", "Remark"], ["many", "高山村", "x"], [5, "化屋村", "y"]))
    content = clerk.get(address("sheet-errors", "dew", first.pk)).content
    assert cells(content)[0] == ["@problem", "trained", "@name", "@povtrack"]
    book = openpyxl.load_workbook(io.BytesIO(content))
    book.worksheets[0]["B3"] = 7
    second = send(clerk, saved(book))
    assert states(second) == {"accepted": 2}
    assert not [remark for remark in second.remarks if "not read" in remark]


@pytest.mark.parametrize(
    "token", ["dew/2010//x/1//0", "dew/999999999/520524/x/1//0", "a b/2010/52 05/x/1//0", "dew/0/-/x/1//0"]
)
def test_a_token_that_someone_wrote_is_answered_in_words(token: str, clerk: Any) -> None:
    upload = send(clerk, f"Code,Trained,[@povtrack]\n{HUAWU},3,{token}\n".encode())
    assert upload.state == "unreadable"
    assert "The fault is not yours" not in upload.problem
    assert upload.belongs == ""


def test_a_programme_by_kind_needs_the_kind_of_each_row(clerk: Any) -> None:
    open_round("work-relief")
    assert "The column “Kind of work” is missing" in problem(
        send(clerk, workbook(["Code", "Built"], [HUAWU, 5]), "work-relief")
    )
    own = workbook(
        ["Code", "Kind of work", "Built"], [HUAWU, "Roads", 5], [HUAWU, "irrigation", 6], [HUAWU, "bridge", 7]
    )
    upload = send(clerk, own, "work-relief")
    assert states(upload) == {"accepted": 2, "refused": 1}
    assert "“bridge” is no kind of Work relief" in the_fault(upload, 4)


def test_a_text_that_looks_like_a_formula_is_never_one_in_the_error_workbook(clerk: Any) -> None:
    upload = send(clerk, b"Code,Trained\n520524100201,=cmd|'/c calc'!A1\n", name="x.csv")
    content = clerk.get(address("sheet-errors", "dew", upload.pk)).content
    assert cells(content)[2][2] == "=cmd|'/c calc'!A1"
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")
