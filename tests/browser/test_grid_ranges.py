"""The grid as a spreadsheet: ranges by keyboard and mouse, blocks from and to Excel, order and filters."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from programmes.catalogue.dew import DewRecord
from tests.browser.grids import cell, chip, copy, make_villages, opener, texts

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

VILLAGES = ["Huawu", "Gaoshan", "Dazhai", "Longtan"]
COLUMNS = ["trained", "women", "minority", "disabled", "placed", "pay_before", "pay_after", "vocational"]


@pytest.fixture
def open_grid(world, live_server, client, context):
    return opener(world, live_server, client, context)


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def test_a_range_is_copied_cut_filled_and_taken_back_by_keyboard_alone(open_grid, world):
    page = open_grid()
    areas = [world[name] for name in VILLAGES]
    page.locator(".scroll").focus()
    press(page, "Tab")
    while not page.evaluate("document.activeElement.id.startsWith('v-')"):
        press(page, "Tab")
    page.keyboard.type("59")
    press(page, "Tab")
    page.keyboard.type("26")
    press(page, "Enter", "ArrowLeft")
    expect(cell(page, world["Gaoshan"], "trained")).to_be_focused()

    # Fill the row above down over two columns and three rows, in one step.
    press(page, "ArrowUp", "Shift+ArrowDown", "Shift+ArrowDown", "Shift+ArrowRight")
    expect(page.locator("#grid-heard")).to_have_text("3 rows, 2 columns selected")
    press(page, "Control+d")
    assert texts(page, areas, "women") == ["26", "26", "26", ""]

    # Copy it as Excel reads it, and paste it one row lower.
    press(page, "Control+c")
    assert page.evaluate("navigator.clipboard.readText()").split() == ["59", "26"] * 3
    press(page, "Escape", "ArrowDown", "Control+v")
    assert texts(page, areas, "trained") == ["59"] * 4
    press(page, "Control+z", "Control+z")
    assert texts(page, areas, "trained") == ["59", "", "", ""]

    # One value over a whole range; cut; undo and redo as one step each.
    press(page, "Control+y")
    copy(page, "7")
    press(page, "Control+Home", "Control+Shift+ArrowDown", "Control+v")
    assert texts(page, areas, "trained") == ["7"] * 4
    press(page, "Control+Home", "Shift+ArrowDown", "Control+x")
    assert texts(page, areas, "trained") == ["", "", "7", "7"]
    press(page, "Control+z", "Shift+ArrowDown", "Delete")
    assert texts(page, areas, "trained") == ["", "", "7", "7"]
    press(page, "Control+z", "Control+s")
    assert texts(page, areas, "trained") == ["7"] * 4


@pytest.mark.thorough
def test_a_range_is_drawn_with_the_mouse(open_grid, world):
    page = open_grid()
    cell(page, world["Huawu"], "trained").hover()
    page.mouse.down()
    cell(page, world["Gaoshan"], "women").hover()
    cell(page, world["Dazhai"], "women").hover()
    page.mouse.up()
    expect(page.locator("td.sel")).to_have_count(6)
    cell(page, world["Longtan"], "minority").click(modifiers=["Shift"])
    expect(page.locator("td.sel")).to_have_count(12)
    expect(cell(page, world["Huawu"], "trained")).to_be_focused()
    page.keyboard.type("5")
    expect(page.locator("td.sel")).to_have_count(0)


def test_fifty_rows_of_eight_columns_come_from_excel_and_arrive(open_grid, world):
    made = make_villages(world["Zhuchang"], 50)
    page = open_grid()
    lines = [[60 + n, 20, 10, 1, 40, 400, "1,900.50", 2] for n in range(50)]
    copy(page, "\r\n".join("\t".join(str(figure) for figure in line) for line in lines) + "\r\n")
    cell(page, made[0], "trained").click()
    page.keyboard.press("Control+V")
    expect(page.locator("#grid-notice")).to_contain_text("Pasted 50 rows, 8 columns.")
    page.keyboard.press("Control+S")
    expect(chip(page, made[-1])).to_contain_text("✓ saved")
    expect(page.locator("#grid-state")).to_contain_text("All saved")
    saved = DewRecord.objects.order_by("area__code").values_list(*COLUMNS)
    assert [[str(figure) for figure in line] for line in saved] == [
        [str(60 + n), "20", "10", "1", "40", "400.00", "1900.50", "2"] for n in range(50)
    ]
    assert set(DewRecord.objects.values_list("version", flat=True)) == {1}


@pytest.mark.thorough
def test_sorting_and_filtering_keep_what_is_typed_and_the_focus(open_grid, world):
    world.save("Gaoshan", trained=9)
    page = open_grid()
    page.route("**/save/", lambda route: route.abort())
    cell(page, world["Huawu"], "trained").fill("70")
    page.get_by_role("button", name="Trained", exact=True).click()
    names = page.locator("#grid tbody tr:visible")
    shown = "rows => rows.map(row => Number(row.dataset.area))"
    order = [world[name].pk for name in ("Gaoshan", "Huawu", "Dazhai", "Longtan")]
    assert names.evaluate_all(shown) == order
    expect(page.locator("#m-trained")).to_have_attribute("aria-sort", "ascending")
    expect(page.locator("#grid-heard")).to_have_text("Sorted by Trained, smallest first.")
    expect(cell(page, world["Huawu"], "trained")).to_have_value("70")
    cell(page, world["Gaoshan"], "trained").click()
    page.keyboard.press("ArrowDown")
    expect(cell(page, world["Huawu"], "trained")).to_be_focused()
    page.get_by_role("button", name="Trained", exact=True).click()
    page.get_by_role("button", name="Trained", exact=True).click()
    assert names.evaluate_all(shown) == [world[name].pk for name in VILLAGES]
    expect(page.locator("#m-trained")).not_to_have_attribute("aria-sort", "ascending")

    page.get_by_label("Show").select_option("none")
    assert names.evaluate_all(shown) == [world["Dazhai"].pk, world["Longtan"].pk]
    page.get_by_label("Show").select_option("unsent")
    assert names.evaluate_all(shown) == [world["Huawu"].pk]
    page.get_by_label("Show").select_option("all")

    # Marking all the rest as nothing to report says how many, and is one step.
    page.get_by_role("button", name="Nothing to report…").click()
    expect(page.get_by_role("dialog")).to_contain_text("“nothing to report”: 2?")
    page.get_by_role("button", name="Mark them").click()
    expect(page.locator("#grid tbody :checked")).to_have_count(2)
    cell(page, world["Huawu"], "trained").focus()
    page.keyboard.press("Control+Z")
    expect(page.locator("#grid tbody :checked")).to_have_count(0)
