"""The Excel round trip of passing down: taken, filled in, sent, looked at, passed down once."""

from __future__ import annotations

import io
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from funding.models import Allocation
from tests.funding.money import balance, given, passed
from tests.programmes.sheets.files import cells, fill, saved, workbook
from tests.world import World

pytestmark = pytest.mark.django_db

HUAWU, GAOSHAN, LONGTAN = "520524100201", "520524100202", "520524101201"
DOCUMENT = {
    "document_no": "织财〔2010〕5号",
    "document_date": "2010-06-01",
    "key": "0d4bd6f5-3d2c-4a8b-8c1b-1f5ea3f6a1aa",
}


@pytest.fixture
def zhijin(world: World) -> Allocation:
    return given(world, "Zhijin County", 1000)


def url_of(one: Allocation, what: str = "sheet/") -> str:
    return f"/funds/allocations/{one.pk}/pass-down/{what}"


def take(client: Any, one: Allocation, level: str = "5") -> bytes:
    return bytes(client.get(url_of(one, f"workbook.xlsx?level={level}")).content)


def send(client: Any, one: Allocation, content: bytes, name: str = "money.xlsx", **more: Any) -> Any:
    return client.post(url_of(one), {**DOCUMENT, "file": SimpleUploadedFile(name, content), "level": "5", **more})


def go_on(client: Any, one: Allocation, answer: Any) -> Any:
    """Press the button of the grid that a file has filled."""
    form, grid = answer.context["form"], answer.context["grid"]
    sent = {name: form[name].value() for name in DOCUMENT} | {"level": grid.level}
    sent |= {"unread": answer.context.get("lost", "")}
    sent |= {f"amount-{row.area.pk}": row.amount for row in grid.rows}
    sent |= {f"programme-{row.area.pk}": row.programme for row in grid.rows}
    return client.post(url_of(one, ""), sent)


def told(answer: Any) -> list[str]:
    return [" ".join(filter(None, line[1:])) for line in answer.context["errors"]]


def test_a_workbook_is_filled_in_looked_at_and_passed_down_once(world: World, zhijin: Allocation, as_user: Any) -> None:
    client = as_user("finance")
    filled = fill(
        take(client, zhijin), {HUAWU: {"@amount": 600.5, "@programme": "Dew Program"}, LONGTAN: {"@amount": 7}}
    )
    answer = send(client, zhijin, filled)
    assert answer.status_code == 200
    assert "2 rows of money.xlsx were read. Nothing is saved yet." in answer.content.decode()
    assert answer.context["total"] == Decimal("607.5")
    assert not zhijin.children.exists()
    assert go_on(client, zhijin, answer)["Location"] == f"/funds/allocations/{zhijin.pk}/"
    made = zhijin.children.order_by("area__code").values_list("area__code", "amount", "programme")
    assert list(made) == [(HUAWU, Decimal("600.50"), "dew"), (LONGTAN, Decimal("7.00"), "")]
    # The same file again, and the same button twice, change nothing.
    again = send(client, zhijin, filled)
    assert "This file changes nothing" in again.content.decode()
    go_on(client, zhijin, answer)
    assert balance(zhijin)["available"] == Decimal("392.5")
    # The same workbook with other amounts is another matter.
    other = send(client, zhijin, fill(filled, {LONGTAN: {"@amount": 8}}))
    assert other.status_code == 422
    assert "passed down already, with other amounts" in told(other)[0]
    assert zhijin.children.count() == 2


def test_the_workbook_holds_what_helps_to_decide_and_locks_the_rest(
    world: World, zhijin: Allocation, as_user: Any
) -> None:
    passed(world, given(world, "Zhijin County", 900, year=2009), Huawu=30)
    passed(world, zhijin, Huawu=5)
    content = take(as_user("finance"), zhijin)
    keys, _heads, huawu, *_others, total, remaining = cells(content)
    row = dict(zip(keys, huawu, strict=True))
    assert (row["@code"], row["@name"], row["@within"], row["@had"], row["@has"]) == (
        HUAWU, "化屋村", "Chengguan 城关镇", 30, 5,
    )  # fmt: skip
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    amount = keys.index("@amount") + 1
    assert sheet.protection.sheet
    assert [sheet.cell(3, keys.index(key) + 1).protection.locked for key in ("@code", "@amount")] == [True, False]
    assert {rule.type for rule in sheet.data_validations.dataValidation} == {"decimal", "list"}
    assert str(total[amount - 1]).startswith("=SUM(")
    assert str(remaining[amount - 1]).startswith("=995.00-SUM(")


def test_what_is_wrong_is_told_by_row_and_coloured_in_the_error_workbook(
    world: World, zhijin: Any, as_user: Any
) -> None:
    client = as_user("finance")
    own = workbook(
        ["代码", "名称", "金额"],
        [HUAWU, "化屋村", "12x"],
        [GAOSHAN, "高山村", 5],
        ["520525100201", "白岩村", 6],
        [LONGTAN, "龙潭村", 7],
        [LONGTAN, "龙潭村", 8],
        ["", "合计", 26],
    )
    answer = send(client, zhijin, own)
    assert answer.status_code == 422
    assert "Row 4, 520525100201 白岩村: No place" in answer.content.decode()
    assert "4 of them can't be passed down as they are" in answer.content.decode().replace("&#x27;", "'")
    words = " ".join(told(answer))
    for reason in (
        "“12x” is not a number",
        "Row 4, 520525100201 白岩村",
        "had the code 520525100201",
        "Rows 5, 6 are for",
    ):
        assert reason in words
    book = openpyxl.load_workbook(io.BytesIO(client.get(answer.context["errors_url"]).content)).worksheets[0]
    at = {cell.value: cell.column for cell in book[1]}
    assert [bool(book.cell(number, at["@problem"]).value) for number in range(3, 8)] == [True, False, True, True, True]
    bad = book.cell(3, at["@amount"])
    assert (bad.value, bad.fill.fgColor.rgb, "not a number" in bad.comment.text) == ("12x", "FFF8CBAD", True)
    # All or nothing: what could be read is not passed down without the rest.
    refused = go_on(client, zhijin, answer)
    assert refused.status_code == 422
    assert "Mend the file and send it again" in refused.content.decode()
    assert refused.context["lost"] == "3"
    assert not zhijin.children.exists()
    # The error workbook, mended, is passed down as it is.
    for number, amount in ((3, 12), (5, None), (6, None)):
        book.cell(number, at["@amount"]).value = amount
    mended = send(client, zhijin, saved(book.parent))
    assert mended.status_code == 200, told(mended)
    go_on(client, zhijin, mended)
    assert dict(zhijin.children.values_list("area__code", "amount")) == {HUAWU: 12, GAOSHAN: 5, LONGTAN: 8}


def test_an_amount_that_is_wrong_can_be_mended_in_the_grid_as_well(world: World, zhijin: Any, as_user: Any) -> None:
    client = as_user("finance")
    answer = send(client, zhijin, workbook(["代码", "金额"], [HUAWU, "12x"], [GAOSHAN, 5]))
    assert (answer.context["unread"], answer.context["lost"]) == (1, 0)
    answer.context["grid"].by_area[world["Huawu"].pk].amount = "12"
    go_on(client, zhijin, answer)
    assert dict(zhijin.children.values_list("area__code", "amount")) == {HUAWU: 12, GAOSHAN: 5}


def test_what_the_ledger_would_refuse_is_told_before_anything_is_saved(world: World, zhijin: Any, as_user: Any) -> None:
    client = as_user("finance")
    answer = send(client, zhijin, fill(take(client, zhijin), {HUAWU: {"@amount": 999}, GAOSHAN: {"@amount": 2}}))
    assert answer.status_code == 422
    assert "1 yuan too much" in told(answer)[0]
    answer = send(client, zhijin, fill(take(client, zhijin), {HUAWU: {"@amount": 0}}))
    assert "An allocation is more than zero." in told(answer)[0]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "The submitted file is empty."),
        (b"%PDF-1", "This is no table."),
        (workbook(["a", "b"], [1, 2]), "No heading was found"),
        (workbook(["Code", "金额（万元）"], [HUAWU, 1]), "gives another unit: amounts here are in yuan"),
        (workbook(["Code", "Amount"]), "the file holds no rows"),
        (b"Code,Amount\n520524100201,", "the file holds no rows"),
    ],
)
def test_a_file_that_can_not_be_read_is_refused_with_the_reason(
    content: bytes, reason: str, zhijin: Allocation, as_user: Any
) -> None:
    answer = send(as_user("finance"), zhijin, content)
    assert answer.status_code == 422
    assert reason in told(answer)[0]
    assert answer.context["form"]["document_no"].value() == DOCUMENT["document_no"]


def test_the_workbook_of_another_allocation_is_refused(world: World, zhijin: Allocation, as_user: Any) -> None:
    client, other = as_user("finance"), given(world, "Zhijin County", 5)
    answer = send(client, zhijin, fill(take(client, other), {HUAWU: {"@amount": 1}}))
    assert "the workbook of another allocation" in told(answer)[0]


def test_the_level_is_the_workbooks_whatever_page_it_is_sent_on(world: World, zhijin: Allocation, as_user: Any) -> None:
    client = as_user("finance")
    answer = send(client, zhijin, fill(take(client, zhijin, "4"), {"520524101": {"@amount": 9}}), level="5")
    go_on(client, zhijin, answer)
    assert zhijin.children.get().area == world["Zhuchang"]


def test_a_list_of_ones_own_in_csv_will_do(world: World, zhijin: Allocation, as_user: Any) -> None:
    client = as_user("finance")
    answer = send(client, zhijin, '名称,金额（元）\n化屋村,"1,000"\n'.encode("gb18030"), "money.csv")
    assert answer.status_code == 200, told(answer)
    go_on(client, zhijin, answer)
    assert zhijin.children.get().amount == 1000


def test_files_are_for_those_who_keep_the_money(world: World, zhijin: Allocation, as_user: Any) -> None:
    for username in ("clerk", "other_clerk"):
        client = as_user(username)
        assert [client.get(url_of(zhijin, what)).status_code for what in ("sheet/", "workbook.xlsx")] == [404, 404]
    answer = as_user("finance").get(url_of(zhijin, "sheet/0d4bd6f5-3d2c-4a8b-8c1b-1f5ea3f6a1aa/errors.xlsx"))
    assert answer.status_code == 404
