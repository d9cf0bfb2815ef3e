"""The entry grid in a real browser: typing, pasting, errors, lost connections, conflicts, and no script at all."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from programmes.catalogue.dew import DewRecord
from programmes.models import Round
from tests.browser.grids import KEPT, sign_in
from tests.browser.pictures import take
from tests.extent import some_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

CLERK = {"width": 1366, "height": 768}
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def open_grid(world, live_server, client, context):
    """Open the grid of Zhijin County 2010 as a user: `open_grid("clerk")` returns the page."""
    address = live_server.url.replace("127.0.0.1", "localhost")  # a secure context, for the clipboard
    context.grant_permissions(["clipboard-read", "clipboard-write"])

    def grid(username: str = "clerk", viewport=CLERK, within=context) -> Page:
        sign_in(within, client, world.users[username], address)
        page = within.new_page()
        page.set_viewport_size(viewport)
        page.add_init_script(
            "window.blocked = []; addEventListener('securitypolicyviolation', e => blocked.push(e.blockedURI))"
        )
        page.goto(f"{address}/work/dew/2010/520524/")
        return page

    return grid


def cell(page: Page, area, measure: str):
    return page.locator(f"#v-{area.pk}-{measure}")


def chip(page: Page, area):
    return page.locator(f"#row-{area.pk} td.state")


def paste(page: Page, at, text: str) -> None:
    at.click()
    page.evaluate("text => navigator.clipboard.writeText(text)", text)
    page.keyboard.press("Control+V")


def record(area) -> DewRecord | None:
    return DewRecord.objects.filter(area=area, year=2010).first()


def test_typing_moves_on_and_saves_by_itself(open_grid, world):
    page = open_grid()
    cell(page, world["Huawu"], "trained").click()
    page.keyboard.type("59")
    page.keyboard.press("Tab")
    page.keyboard.type("26")
    page.keyboard.press("Enter")
    expect(cell(page, world["Gaoshan"], "women")).to_be_focused()
    expect(chip(page, world["Huawu"])).to_contain_text("saved")
    expect(page.locator("#grid tfoot [data-total]").first).to_have_text("59")
    assert (record(world["Huawu"]).trained, record(world["Huawu"]).women) == (59, 26)


@pytest.mark.thorough
def test_escape_brings_back_the_figure_and_f2_edits_it(open_grid, world):
    world.save("Huawu", trained=59)
    page = open_grid()
    trained = cell(page, world["Huawu"], "trained")
    trained.click()
    page.keyboard.type("7")
    page.keyboard.press("Escape")
    expect(trained).to_have_value("59")
    page.keyboard.press("F2")
    page.keyboard.press("ArrowLeft")
    page.keyboard.type("0")
    expect(trained).to_have_value("509")
    page.keyboard.press("Enter")
    page.keyboard.press("Control+Z")
    expect(trained).to_have_value("59")


@pytest.mark.thorough
def test_every_cell_is_reached_by_arrows(open_grid, world):
    page = open_grid()
    cell(page, world["Huawu"], "trained").click()
    page.keyboard.press("End")
    expect(cell(page, world["Huawu"], "spent")).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    expect(page.locator(f"[name=nil-{world['Gaoshan'].pk}]")).to_be_focused()
    page.keyboard.press("Control+Home")
    expect(cell(page, world["Huawu"], "trained")).to_be_focused()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys")).to_be_visible()


def test_a_broken_rule_is_told_at_the_cell_and_stops_the_submission(open_grid, world):
    page = open_grid()
    cell(page, world["Huawu"], "trained").click()
    page.keyboard.type("46")
    cell(page, world["Huawu"], "placed").click()
    page.keyboard.type("55")
    page.get_by_role("button", name=re.compile("^Submit")).click()
    placed = cell(page, world["Huawu"], "placed")
    expect(placed).to_be_focused()
    expect(placed).to_have_attribute("aria-invalid", "true")
    expect(placed).to_have_accessible_description(re.compile("55.*46"))
    expect(page.locator("#grid-errors")).to_contain_text("Huawu 化屋村, Placed off-farm")
    expect(chip(page, world["Huawu"])).to_contain_text("1 to mend")
    assert record(world["Huawu"]) is None
    page.keyboard.type("40")
    page.keyboard.press("Enter")
    expect(page.locator("#grid-errors")).to_be_hidden()
    page.get_by_role("button", name=re.compile("^Submit")).click()
    expect(page.locator("#grid-notice")).to_contain_text("Villages submitted: 1.")
    assert record(world["Huawu"]).state == "submitted"


def test_a_paste_from_excel_is_read_as_excel_wrote_it_and_can_be_taken_back(open_grid, world):
    page = open_grid()
    first = cell(page, world["Huawu"], "trained")
    paste(page, first, '１２\t4\r\n"1,234"\t\r\n')
    expect(first).to_have_value("12")
    expect(cell(page, world["Gaoshan"], "trained")).to_have_value("1,234")
    expect(cell(page, world["Dazhai"], "trained")).to_have_value("")
    page.keyboard.press("Control+Z")
    expect(first).to_have_value("")
    page.keyboard.press("Control+Y")
    expect(first).to_have_value("12")


MISFITS = {
    "1\t2\r\n" * 10_000: "10000 rows, but from this cell down there are 3",
    "某村\t5\r\nHuawu\t6\r\n": "not on this page: 某村",
    "1\t" * 20 + "1\r\n2": "21 columns, but from this cell on there are 10",
    "1\t某村\t5\r\n2\t化屋村\t6\r\n": "not on this page: 某村",
    "1\t高山村\t5\r\n7\t化屋村\t6\r\n": "not clear what the first column is",
}


def test_a_paste_that_does_not_fit_changes_nothing(open_grid, world):
    page = open_grid()
    for text, reason in MISFITS.items():
        paste(page, cell(page, world["Gaoshan"], "trained"), text)
        expect(page.locator("#grid-notice")).to_contain_text(reason)
        assert page.locator("#grid tbody input[id^=v-]").evaluate_all("all => all.every(input => input.value === '')")


@pytest.mark.parametrize(
    "text",
    [
        "Village\tTrained\tPlaced off-farm\r\n龙潭村\t7\t6\r\nGaoshan\t8\t5\r\n",
        "序号\tVillage\tTrained\tPlaced off-farm\r\n1\t龙潭村\t7\t6\r\n2\tGaoshan\t8\t5\r\n",
    ],
)
def test_a_paste_with_names_goes_to_the_villages_it_names(open_grid, world, text):
    page = open_grid()
    paste(
        page,
        cell(page, world["Huawu"], "trained"),
        text,
    )
    expect(cell(page, world["Longtan"], "placed")).to_have_value("6")
    expect(cell(page, world["Gaoshan"], "trained")).to_have_value("8")
    expect(cell(page, world["Huawu"], "trained")).to_have_value("")
    expect(page.locator("#grid-notice")).to_contain_text("Each row went to the village that it names.")


def test_typing_survives_a_lost_connection_and_a_reload(open_grid, world):
    page = open_grid()
    page.route("**/save/", lambda route: route.abort())
    cell(page, world["Huawu"], "trained").click()
    page.keyboard.type("59")
    page.keyboard.press("Enter")
    expect(chip(page, world["Huawu"])).to_contain_text("kept here, will be sent")
    page.reload()
    expect(page.locator("#grid-notice")).to_contain_text("They are back in the table and will be sent. Villages: 1.")
    expect(cell(page, world["Huawu"], "trained")).to_have_value("59")
    page.unroute("**/save/")
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(chip(page, world["Huawu"])).to_contain_text("✓ saved")
    assert record(world["Huawu"]).trained == 59
    page.wait_for_function(f"async () => (await ({KEPT})()) === ''")


@pytest.mark.thorough
def test_what_came_back_can_be_thrown_away(open_grid, world):
    page = open_grid()
    page.route("**/save/", lambda route: route.abort())
    cell(page, world["Huawu"], "trained").fill("59")
    page.keyboard.press("Enter")
    expect(chip(page, world["Huawu"])).to_contain_text("kept here, will be sent")
    page.reload()
    page.get_by_role("button", name="Throw them away").click()
    expect(cell(page, world["Huawu"], "trained")).to_have_value("")
    page.wait_for_function(f"async () => (await ({KEPT})()) === ''")
    assert record(world["Huawu"]) is None


@pytest.mark.thorough
def test_rows_of_two_tabs_and_of_a_third_arrive_once(open_grid, world):
    one, other = open_grid(), open_grid()
    for page, village in ((one, "Huawu"), (other, "Gaoshan")):
        page.route("**/save/", lambda route: route.abort())
        cell(page, world[village], "trained").click()
        page.keyboard.type("59")
        page.keyboard.press("Enter")
        expect(chip(page, world[village])).to_contain_text("kept here, will be sent")
    both = ",".join(str(pk) for pk in sorted([world["Huawu"].pk, world["Gaoshan"].pk]))
    one.wait_for_function(f"async () => (await ({KEPT})()) === '{both}'")
    third = open_grid()
    expect(third.locator("#grid-notice")).to_contain_text("Villages: 2.")
    for page, village in ((third, "Huawu"), (third, "Gaoshan"), (one, "Huawu"), (other, "Gaoshan")):
        page.unroute("**/save/")
        page.evaluate("dispatchEvent(new Event('online'))")
        expect(chip(page, world[village])).to_contain_text("✓ saved")
    other.wait_for_function(f"async () => (await ({KEPT})()) === ''")
    assert [record(world[village]).version for village in ("Huawu", "Gaoshan")] == [1, 1]


@pytest.mark.thorough
def test_a_refused_request_is_not_promised_to_be_sent(open_grid, world):
    page = open_grid()
    yesterday = timezone.localdate() - timedelta(days=1)
    Round.objects.filter(year=2010).update(due=yesterday, closes=yesterday)
    cell(page, world["Huawu"], "trained").click()
    page.keyboard.type("59")
    page.keyboard.press("Enter")
    expect(chip(page, world["Huawu"])).to_contain_text("not saved")
    expect(chip(page, world["Huawu"]).locator(".chip")).to_have_attribute("title", re.compile("is not open"))
    expect(page.locator("#grid-state")).to_contain_text(re.compile("Not saved: .*is not open"))
    page.get_by_role("button", name=re.compile("^Submit")).click()
    expect(page.locator("#grid-notice")).to_contain_text(re.compile("Not saved: .*is not open"))


@pytest.mark.thorough
def test_last_years_figure_stands_clear_of_this_years(open_grid, world):
    world.save("Huawu", trained=123_456, subsidy="1234567.50", spent="2345678.25")
    last = DewRecord.objects.get(area=world["Huawu"])
    last.pk, last.year = None, 2009
    DewRecord.objects.bulk_create([last])
    for username in ("clerk", "reviewer"):
        page = open_grid(username)
        for measure in ("trained", "spent"):
            td = page.locator(f"#row-{world['Huawu'].pk} td[data-measure={measure}]")
            beneath = td.evaluate(
                """td => {
                    const value = td.querySelector("input, .read-only");
                    const top = value.getBoundingClientRect().top + parseFloat(getComputedStyle(value).paddingTop);
                    return top - td.querySelector(".last").getBoundingClientRect().bottom;
                }"""
            )
            assert beneath > -2, (username, measure)
            assert td.locator("input, .read-only").evaluate("value => value.scrollWidth <= value.clientWidth")
        assert page.locator(f"#row-{world['Huawu'].pk}").evaluate("row => row.offsetHeight") <= 42


@pytest.mark.thorough
def test_work_fits_a_phone(open_grid, world):
    page = open_grid(viewport=PHONE)
    page.goto(page.url.split("/work/")[0] + "/work/")
    expect(page.get_by_text("Reported: 0 of 4")).to_be_visible()
    assert page.locator(".wide").evaluate("box => box.scrollWidth <= box.clientWidth")


def test_an_answer_that_was_lost_asks_nothing_and_writes_once(open_grid, world):
    page = open_grid()

    def lose_the_answer(route):
        route.fetch()
        route.abort()

    page.route("**/save/", lose_the_answer, times=1)
    cell(page, world["Huawu"], "trained").click()
    page.keyboard.type("59")
    page.keyboard.press("Enter")
    expect(chip(page, world["Huawu"])).to_contain_text("kept here, will be sent")
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(chip(page, world["Huawu"])).to_contain_text("✓ saved")
    assert record(world["Huawu"]).version == 1


def test_what_was_typed_after_a_lost_answer_is_no_quarrel_with_oneself(open_grid, world):
    page = open_grid()

    def lose_the_answer(route):
        route.fetch()
        route.abort()

    page.route("**/save/", lose_the_answer, times=1)
    cell(page, world["Huawu"], "trained").click()
    page.keyboard.type("59")
    page.keyboard.press("Enter")
    expect(chip(page, world["Huawu"])).to_contain_text("kept here, will be sent")
    # On with the same row, in a tab of the next day.
    cell(page, world["Huawu"], "women").fill("20")
    page.keyboard.press("Tab")
    page.route("**/save/", lambda route: route.abort())
    page.wait_for_function("() => document.querySelector('tr[data-area] .chip').textContent.includes('kept')")
    page.reload()
    page.unroute("**/save/")
    page.evaluate("dispatchEvent(new Event('online'))")
    # The chip is no sign: the page came with what had arrived of the row.
    expect(page.locator("#grid[data-ready]")).to_be_attached()
    expect(cell(page, world["Huawu"], "women")).to_have_value("20")
    expect(page.locator("#grid-state")).to_contain_text("All saved")
    expect(page.locator("tr.conflict")).to_have_count(0)
    assert (record(world["Huawu"]).trained, record(world["Huawu"]).women) == (59, 20)


@pytest.mark.parametrize(
    "arrives", some_of(["after the typing", "between the click and the typing"], "between the click and the typing")
)
def test_what_is_typed_before_the_script_has_arrived_is_sent(arrives, world, live_server, client, context):
    sign_in(context, client, world.clerk, live_server.url)
    page = context.new_page()
    held = []

    def hold(route):
        held.append(route)

    page.route("**/grid/main.js", hold)
    page.goto(f"{live_server.url}/work/dew/2010/520524/", wait_until="commit")
    cell(page, world["Huawu"], "trained").focus()
    if arrives == "after the typing":
        page.keyboard.type("59")
        held.pop().continue_()
    else:
        held.pop().continue_()
        page.locator("#grid[data-ready]").wait_for(state="attached")
        page.keyboard.type("59")
        page.keyboard.press("Control+S")
    expect(chip(page, world["Huawu"])).to_contain_text("✓ saved")
    assert record(world["Huawu"]).trained == 59


@pytest.mark.thorough
def test_signed_out_in_another_window_keeps_the_typing(open_grid, world, context):
    page = open_grid()
    context.clear_cookies(name="sessionid")
    cell(page, world["Huawu"], "trained").click()
    page.keyboard.type("59")
    page.keyboard.press("Enter")
    expect(page.locator("#grid-state")).to_contain_text("You are signed out. Rows kept on this computer: 1.")
    expect(page.get_by_role("link", name="Sign in in a new window")).to_be_visible()


@pytest.mark.parametrize(
    ("button", "left"), [("Keep mine", 66), pytest.param("Take theirs", 77, marks=pytest.mark.thorough)]
)
def test_a_conflict_shows_both_and_lets_the_person_choose(open_grid, world, button, left):
    world.save("Huawu", trained=59)
    page = open_grid()
    world.save("Huawu", by="township_clerk", version=1, trained=77)
    cell(page, world["Huawu"], "trained").click()
    page.keyboard.type("66")
    page.keyboard.press("Enter")
    expect(page.locator("tr.conflict")).to_contain_text("Trained: yours 66, theirs 77")
    expect(page.locator("tr.conflict")).to_contain_text("Township_Clerk changed Huawu 化屋村")
    take(page, "conflict")
    assert record(world["Huawu"]).trained == 77
    page.get_by_role("button", name=button).click()
    expect(chip(page, world["Huawu"])).to_contain_text("✓ saved")
    expect(cell(page, world["Huawu"], "trained")).to_have_value(str(left))
    assert record(world["Huawu"]).trained == left


@pytest.mark.thorough
def test_nothing_to_report_is_not_zero_and_gives_the_figures_back(open_grid, world):
    page = open_grid()
    cell(page, world["Huawu"], "trained").fill("59")
    nil = page.locator(f"[name=nil-{world['Huawu'].pk}]")
    nil.check()
    expect(chip(page, world["Huawu"])).to_contain_text("nothing to report")
    expect(page.locator("#grid-state")).to_contain_text("All saved")
    assert (record(world["Huawu"]).nil, record(world["Huawu"]).trained) == (True, None)
    nil.uncheck()
    expect(cell(page, world["Huawu"], "trained")).to_have_value("59")
    expect(chip(page, world["Huawu"])).to_contain_text("✓ saved")
    assert (record(world["Huawu"]).nil, record(world["Huawu"]).trained) == (False, 59)


def test_on_a_phone_one_village_is_shown_at_a_time(open_grid, world):
    page = open_grid(viewport=PHONE)
    expect(cell(page, world["Huawu"], "trained")).to_be_visible()
    expect(cell(page, world["Gaoshan"], "trained")).to_be_hidden()
    cell(page, world["Huawu"], "trained").fill("59")
    page.get_by_role("button", name="Next village").click()
    expect(cell(page, world["Gaoshan"], "trained")).to_be_visible()
    expect(page.locator("#grid-state")).to_contain_text("All saved")
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    assert record(world["Huawu"]).trained == 59


@pytest.mark.thorough
def test_without_script_it_is_a_plain_form(open_grid, world, browser):
    with browser.new_context(java_script_enabled=False) as plain:
        page = open_grid(within=plain)
        cell(page, world["Huawu"], "trained").fill("46")
        cell(page, world["Huawu"], "placed").fill("55")
        page.get_by_role("button", name="Save").click()
        expect(page.locator("#grid-errors")).to_contain_text("Huawu 化屋村, Placed off-farm")
        expect(cell(page, world["Huawu"], "placed")).to_have_value("55")
        cell(page, world["Huawu"], "placed").fill("40")
        page.get_by_role("button", name=re.compile("^Submit")).click()
        expect(chip(page, world["Huawu"])).to_contain_text("submitted")
    assert record(world["Huawu"]).placed == 40
