"""A finance officer's main job in a real browser: pass a county's money down to its villages, and see what rests."""

from __future__ import annotations

import random
from decimal import Decimal

import pytest
from playwright.sync_api import Page, expect

from funding.actions import book_payment
from funding.models import Allocation
from funding.split import split
from tests.browser.grids import copy, local, sign_in
from tests.browser.test_pages import faults_here
from tests.funding.money import DAY, balance, given, passed

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

expect.set_options(timeout=20_000)

WIDE, PHONE = {"width": 1366, "height": 768}, {"width": 390, "height": 844}


@pytest.fixture
def zhijin(world) -> Allocation:
    passed(world, given(world, "Zhijin County", 600, year=2009), Huawu=100, Longtan=200)
    [made] = passed(world, given(world, "Guizhou", 5000), Zhijin_County="1000.01")
    return made


@pytest.fixture
def page(world, zhijin, live_server, client, context) -> Page:
    address = local(live_server.url)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    sign_in(context, client, world.finance, address)
    page = context.new_page()
    page.set_viewport_size(WIDE)
    page.goto(f"{address}/funds/")
    return page


def accessible_at_both_sizes(page: Page) -> None:
    for size in (PHONE, WIDE):
        page.set_viewport_size(size)
        assert faults_here(page, size["width"]) == []


def test_a_county_passes_its_money_down_by_keyboard(world, zhijin, page):
    accessible_at_both_sizes(page)
    page.get_by_role("link", name="Pass down 1,000.01 yuan").press("Enter")
    page.get_by_role("link", name="village (4)").press("Enter")
    page.locator("#pass[data-ready]").wait_for()
    page.get_by_label("Document number").press_sequentially("织财〔2010〕5号")
    page.get_by_label("Document date").fill("2010-06-01")
    page.get_by_label("Document number").press("Enter")  # sends nothing
    page.get_by_label("by", exact=True).select_option("equal")
    page.get_by_role("button", name="Fill in").press("Enter")
    expect(page.locator("#pass-said")).to_contain_text("1,000.01 yuan were split over 4 areas.")
    boxes = page.locator("#pass .amount input")
    assert [box.input_value() for box in boxes.all()] == ["250.01", "250", "250", "250"]
    expect(page.locator("#pass-left")).to_have_text("0")
    # Like a spreadsheet: over what is there, down, a figure from above, and back.
    boxes.nth(0).focus()
    page.keyboard.type("300")
    page.keyboard.press("Enter")
    page.keyboard.press("Control+d")
    assert [box.input_value() for box in boxes.all()] == ["300", "300", "250", "250"]
    expect(page.locator("#pass-left .over")).to_have_text("Overdrawn by 99.99 yuan")
    accessible_at_both_sizes(page)
    page.keyboard.press("Control+z")
    page.keyboard.press("ArrowUp")
    page.keyboard.type("1x")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#pass .errorlist")).to_have_text("“1x” is not a number.")
    page.keyboard.press("ArrowUp")
    page.keyboard.type("1,50")
    page.keyboard.press("Escape")
    page.keyboard.type("150.5")
    page.keyboard.press("ArrowRight")
    page.keyboard.type("Dew Program")
    expect(page.locator("#pass-left")).to_have_text("99.51")
    # The last year's amount is in sight, and a column from Excel goes where its names say.
    expect(page.locator("#pass tbody tr").nth(3)).to_contain_text("200")
    boxes.nth(2).focus()
    copy(page, "大寨村\t1,100\r\n龙潭村\t20.5\r\n")
    page.keyboard.press("Control+v")
    assert [box.input_value() for box in boxes.all()] == ["150.50", "250", "1,100", "20.50"]
    page.get_by_role("button", name="Pass down").last.click()
    # What the ledger refuses is told with its numbers, and all that was typed is there.
    expect(page.get_by_role("alert")).to_contain_text("520.99 yuan too much")
    assert [box.input_value() for box in boxes.all()] == ["150.50", "250", "1,100", "20.50"]
    page.locator("#pass[data-ready]").wait_for()
    boxes.nth(2).fill("100")
    page.get_by_role("button", name="Pass down").last.click()
    expect(page.get_by_text("521 yuan were passed down to 4 areas.")).to_be_visible()
    expect(page.get_by_role("row", name="Available to pass on or to disburse")).to_contain_text("479.01")
    accessible_at_both_sizes(page)
    assert balance(zhijin)["available"] == Decimal("479.01")
    assert zhijin.children.get(area=world["Huawu"]).programme == "dew"


def test_only_rows_that_are_shown_share_in_a_split(zhijin, page):
    page.goto(page.url.replace("/funds/2010/520524/", f"/funds/allocations/{zhijin.pk}/pass-down/?level=5"))
    page.locator("#pass[data-ready]").wait_for()
    page.get_by_label("Show only").fill("山")
    expect(page.locator("#pass tbody tr:visible")).to_have_count(1)
    page.get_by_label("Show only").fill("")
    page.get_by_label("by", exact=True).select_option("last")
    page.get_by_label("Split, yuan").fill("30")
    page.get_by_role("button", name="Fill in").click()
    assert [box.input_value() for box in page.locator("#pass .amount input").all()] == ["10", "", "", "20"]
    expect(page.locator("#pass-said")).to_contain_text("without a share: Gaoshan 高山村, Dazhai 大寨村.")


def test_browser_and_server_split_alike(page):
    dice = random.Random(11)
    cases = [
        (
            dice.randrange(1, 10**12),
            [dice.choice([0, dice.randrange(1, 10**6)]) for _row in range(dice.randrange(1, 30))],
        )
        for _time in range(200)
    ]
    found = page.evaluate(
        """async cases => {
            const { split } = await import('/static/funding/split.js');
            const big = ([cents, weights]) => split(BigInt(cents), weights.map(BigInt)).map(part => Number(part || 0n));
            return cases.map(big);
        }""",
        cases,
    )
    assert found == [[int((part or 0) * 100) for part in split(Decimal(cents) / 100, list(w))] for cents, w in cases]


@pytest.mark.thorough
def test_foreign_money_is_worked_out_while_it_is_typed_and_all_pages_are_accessible(world, zhijin, page):
    paid = book_payment(zhijin, kind="disbursed", amount=Decimal(5), paid_on=DAY, by=world.finance)
    page.goto(f"{page.url}enter/")
    expect(page.get_by_label("Rate")).to_be_hidden()
    page.get_by_label("In another currency").check()
    page.get_by_label("Amount in that currency").fill("1000.55")
    page.get_by_label("Rate").fill("6.8275")
    expect(page.locator(".worked")).to_have_text("That is 6,831.26 yuan.")
    accessible_at_both_sizes(page)
    page.get_by_role("button", name="Enter", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("Source: This field is required.")
    expect(page.locator(".worked")).to_have_text("That is 6,831.26 yuan.")
    accessible_at_both_sizes(page)
    entry = page.url.partition("/funds/")[0] + f"/funds/allocations/{zhijin.pk}/"
    for path in ("pay/", "pass-down/sheet/", f"../../payments/{paid.pk}/take-back/", "../../2010/520524/payments/"):
        page.goto(f"{entry}{path}")
        accessible_at_both_sizes(page)
