"""A template is taken, filled in, sent, looked at and saved, for every programme and in every language."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from django.conf import settings

from programmes.catalogue.dew import DewRecord
from programmes.models import Record
from programmes.registry import find_programme, programmes
from tests.extent import some_of
from tests.programmes.sheets.files import address, cells, faults, fill, open_round, save, send, states, take, workbook
from villages.levels import Level

pytestmark = pytest.mark.django_db

HUAWU, GAOSHAN, DAZHAI, LONGTAN = "520524100201", "520524100202", "520524100203", "520524101201"


# A programme for each shape of template: plain, with kinds, flags and codes, a balance, a county's own, indicators.
OF_EACH_SHAPE = ("dew", "work-relief", "profile", "relocation", "mutual-fund", "loans", "pilot")


@pytest.fixture
def clerk(as_user: Any) -> Any:
    return as_user("clerk")


def figures_for(model: type[Record]) -> dict[str, Any]:
    """Figures that break no rule: a part is smaller than its whole, and no closing balance is given."""
    closing = {balance.closing for balance in model.balances}
    typed: dict[str, Any] = {"flag": "yes", "code": HUAWU}
    return {
        m.name: typed.get(m.kind, 10 if m.part_of else 40.5 if m.places else 40)
        for m in model.measures()
        if m.name not in closing
    }


@pytest.mark.parametrize("programme", some_of([model.code for model in programmes()], *OF_EACH_SHAPE))
def test_what_is_filled_in_is_saved_and_the_same_file_again_changes_nothing(programme: str, clerk: Any) -> None:
    model = find_programme(programme)
    assert model is not None
    open_round(programme)
    place = HUAWU if model.level == Level.VILLAGE else "520524"
    kind = str(model.kinds[0].label) if model.kinds else ""
    figures = figures_for(model)
    filled = fill(take(clerk, programme), {place: figures}, kind)

    upload = send(clerk, filled, programme)
    assert upload.state == "read", upload.problem
    assert states(upload)["accepted"] == 1
    assert not faults(upload)
    assert not model.objects.exists()
    assert save(clerk, upload).state == "saved"

    record: Any = model.objects.get()
    for measure in model.measures():
        given = figures.get(measure.name)
        assert record.figures()[measure.name] == (None if given is None else measure.parse(str(given))), measure.name
    again = send(clerk, filled, programme)
    assert states(again)["unchanged"] == 1
    assert "accepted" not in states(again)
    # What the template shows is what stands, so that sending it untouched changes nothing either.
    assert states(send(clerk, take(clerk, programme), programme))["unchanged"] == 1


@pytest.mark.parametrize("programme", ["dew", "work-relief", "profile"])
def test_a_csv_template_makes_the_same_round(programme: str, clerk: Any) -> None:
    model = find_programme(programme)
    assert model is not None
    open_round(programme)
    rows = list(csv.reader(io.StringIO(take(clerk, programme, "csv").decode("utf-8-sig"))))
    at = {heading.rpartition("[")[2].rstrip("]"): column for column, heading in enumerate(rows[0])}
    for name, figure in figures_for(model).items():
        rows[1][at[name]] = figure
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=";").writerows(rows)
    for encoding in ("utf-8", "gb18030", "utf-16", "utf-16-le"):
        upload = send(clerk, buffer.getvalue().encode(encoding), programme, "figures.csv")
        assert (upload.state, states(upload)["accepted"]) == ("read", 1), (encoding, upload.problem)
    save(clerk, upload)
    assert model.objects.count() == 1


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_a_template_of_any_language_is_read_in_any_other(language: str, clerk: Any, world: Any) -> None:
    open_round("profile")
    clerk.cookies["django_language"] = language
    content = take(clerk, "profile")
    yes = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0].data_validations.dataValidation[0].formula1
    clerk.cookies["django_language"] = "ru"
    upload = send(clerk, fill(content, {HUAWU: {"population": 5, "has_road": yes.strip('"').split(",")[0]}}), "profile")
    assert states(upload) == {"accepted": 1, "blank": 3}
    assert upload.rows.get(status="accepted").values["has_road"] is True


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_a_list_of_ones_own_is_matched_by_its_headings_in_any_order(language: str, clerk: Any) -> None:
    clerk.cookies["django_language"] = language
    words = cells(take(clerk))[1]
    keys = cells(take(clerk))[0]
    heading = dict(zip(keys, words, strict=True))
    own = workbook(
        ["2010"],
        [heading["spent"], heading["women"], heading["@name"], "Remark", heading["trained"]],
        [1000.5, "２", "化屋村", "x", "1,200"],
        [None, None, "合计", None, 1200],
    )
    clerk.cookies["django_language"] = "en"
    upload = send(clerk, own)
    assert states(upload) == {"accepted": 1, "total": 1}
    assert any("Remark" in remark for remark in upload.remarks)
    save(clerk, upload)
    record = DewRecord.objects.get()
    assert (record.trained, record.women, record.spent) == (1200, 2, Decimal("1000.5"))


def test_blank_zero_nil_and_no_record_stay_four_things(clerk: Any, world: Any) -> None:
    world.save("Huawu", trained=5, women=2)
    world.save("Gaoshan", trained=5)
    filled = fill(
        take(clerk),
        {HUAWU: {"women": None, "spent": 0}, GAOSHAN: {"trained": None}, DAZHAI: {"@nil": "yes"}},
    )
    upload = save(clerk, send(clerk, filled))
    assert states(upload) == {"saved": 3, "blank": 1}
    records = {record.area.code: record for record in DewRecord.objects.select_related("area")}
    assert set(records) == {HUAWU, GAOSHAN, DAZHAI}
    assert (records[HUAWU].trained, records[HUAWU].women, records[HUAWU].spent) == (5, None, 0)
    assert set(records[GAOSHAN].figures().values()) == {None}
    assert not records[GAOSHAN].nil
    assert records[DAZHAI].nil
    rows = {row[0]: row for row in cells(take(clerk))[2:]}
    keys = cells(take(clerk))[0]
    shown = {
        code: (row[keys.index("trained")], row[keys.index("spent")], row[keys.index("@nil")])
        for code, row in rows.items()
    }
    assert shown == {
        HUAWU: (5, 0, None), GAOSHAN: (None, None, None), DAZHAI: (None, None, "yes"), LONGTAN: (None, None, None),
    }  # fmt: skip


def test_the_template_locks_what_is_not_to_be_filled_in(clerk: Any, world: Any) -> None:
    world.save("Huawu", trained=5)
    DewRecord.objects.update(state="approved", approved_at="2010-12-31T00:00Z", approved_by=world.reviewer,
        submitted_at="2010-12-31T00:00Z", submitted_by=world.clerk)  # fmt: skip
    book = openpyxl.load_workbook(io.BytesIO(take(clerk)))
    sheet = book.worksheets[0]
    at = {cell.value: cell.column for cell in sheet[1]}
    assert sheet.protection.sheet
    assert sheet.row_dimensions[1].hidden
    assert sheet.freeze_panes == f"{openpyxl.utils.get_column_letter(at['@nil'])}3"
    assert [sheet.cell(row, at["trained"]).protection.locked for row in (3, 4)] == [True, False]
    assert sheet.cell(4, at["@code"]).protection.locked
    assert sheet.cell(4, at["@last:trained"]).protection.locked
    assert "People of poor families" in sheet.cell(2, at["trained"]).comment.text
    assert sheet.cell(2, at["trained"]).value == "Trained\n(people)"
    rules = {str(v.sqref).split(":")[0].rstrip("0123456789"): v for v in sheet.data_validations.dataValidation}
    letter = openpyxl.utils.get_column_letter
    assert rules[letter(at["trained"])].type == "whole"
    assert f"<={letter(at['trained'])}3" in rules[letter(at["women"])].formula1
    assert len(book.worksheets) == 2


def test_a_place_with_an_approved_record_is_told_and_left_alone(clerk: Any, world: Any) -> None:
    world.save("Huawu", trained=5)
    DewRecord.objects.update(state="approved", approved_at="2010-12-31T00:00Z", approved_by=world.reviewer,
        submitted_at="2010-12-31T00:00Z", submitted_by=world.clerk)  # fmt: skip
    assert states(send(clerk, take(clerk))) == {"unchanged": 1, "blank": 3}
    upload = send(clerk, fill(take(clerk), {HUAWU: {"trained": 6}, GAOSHAN: {"trained": 1}}))
    assert states(upload) == {"locked": 1, "accepted": 1, "blank": 2}
    assert states(save(clerk, upload, "accepted")) == {"locked": 1, "saved": 1, "blank": 2}
    assert DewRecord.objects.get(area=world["Huawu"]).trained == 5


def test_a_prefecture_has_one_template_for_all_its_counties(clerk: Any, world: Any) -> None:
    open_round("loans")
    world.clerk.jurisdictions.create(role="clerk", area=world["5205"])
    filled = fill(take(clerk, "loans", code="5205"), {"520524": {"loans": 3}, "520525": {"loans": 4}})
    save(clerk, send(clerk, filled, "loans", code="5205"))
    loans = find_programme("loans")
    assert loans is not None
    assert dict(loans.objects.values_list("area__code", "loans")) == {"520524": 3, "520525": 4}
    assert clerk.get(address("sheets", "dew", code="5205")).status_code == 404


def test_unlikely_figures_are_asked_about_before_anything_is_saved(clerk: Any, world: Any) -> None:
    open_round("mutual-fund", 2009)
    open_round("mutual-fund", 2010)
    fund = find_programme("mutual-fund")
    assert fund is not None
    save(clerk, send(clerk, fill(take(clerk, "mutual-fund", year=2009), {HUAWU: {"opening": 100, "closing": 100}}),
        "mutual-fund", year=2009))  # fmt: skip
    upload = send(clerk, fill(take(clerk, "mutual-fund"), {HUAWU: {"opening": 90}}), "mutual-fund")
    assert upload.rows.get(status="accepted").doubts == [
        ["opening", "90, but last year closed with 100. Why do they differ?", ""]
    ]
    page = clerk.get(address("sheet", "mutual-fund", upload.pk)).content.decode()
    assert "last year closed with 100" in page


def test_a_long_template_written_as_a_stream_holds_the_same(clerk: Any, world: Any, monkeypatch: Any) -> None:
    world.save("Huawu", trained=5, spent="2.50")
    whole = cells(take(clerk))
    monkeypatch.setattr("programmes.sheets.template._STREAMED", 0)
    streamed = take(clerk)
    assert cells(streamed) == whole
    assert openpyxl.load_workbook(io.BytesIO(streamed)).worksheets[0].row_dimensions[1].hidden
    assert states(send(clerk, streamed)) == {"unchanged": 1, "blank": 3}


def test_an_area_too_large_for_one_template_is_told_so(clerk: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr("programmes.sheets.content.MAX_TEMPLATE", 3)
    answer = clerk.get(address("sheets-template", "dew", "xlsx"), follow=True)
    assert "would have more than 3 rows. Take one of a smaller area." in answer.content.decode()
    assert clerk.get(address("sheets-template", "dew", "ods")).status_code == 404
