"""A day without a line: a visited grid opens, takes and checks figures, and all arrives once it is back."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, expect

from programmes.catalogue.dew import DewRecord
from programmes.models import Remark
from tests.browser.grids import KEPT, cell, chip, sign_in
from tests.browser.line import Line
from tests.browser.pictures import take

pytestmark = [pytest.mark.thorough, pytest.mark.browser, pytest.mark.django_db(transaction=True)]

expect.set_options(timeout=15_000)

GRID = "/work/dew/2010/520524/"
# The worker knows of nobody who is signed in.
NOBODY = "() => caches.has('povtrack-state-1').then(known => !known)"


@pytest.fixture
def line(live_server):
    line = Line(urlsplit(live_server.url).port)
    yield line
    line.close()


@pytest.fixture
def address(line):
    return f"http://localhost:{line.port}"


@pytest.fixture
def visit(world, client, context, address):
    """Open the grid of Zhijin as someone, and wait until it would open without a line."""

    def visit(username: str = "clerk") -> Page:
        sign_in(context, client, world.users[username], address)
        page = context.new_page()
        page.goto(address + GRID)
        expect(page.locator("html[data-offline=ready]")).to_be_attached()
        return page

    return visit


def record(area) -> DewRecord | None:
    return DewRecord.objects.filter(area=area, year=2010).first()


def test_a_visited_grid_opens_without_a_line_and_all_arrives_once(visit, world, line, context, address):
    last = world.save("Gaoshan", trained=30)
    DewRecord.objects.filter(area=last.area).update(year=2009)
    page = visit()
    cell(page, world["Dazhai"], "trained").fill("11")
    page.keyboard.press("Enter")
    expect(chip(page, world["Dazhai"])).to_contain_text("✓ saved")
    line.cut()
    cell(page, world["Huawu"], "trained").fill("59")
    page.keyboard.press("Enter")
    expect(chip(page, world["Huawu"])).to_contain_text("kept here, will be sent")
    page.wait_for_function(f"async () => (await ({KEPT})()) === '{world['Huawu'].pk}'")
    page.close(run_before_unload=False)  # as when the power fails

    page = context.new_page()
    page.goto(address + GRID)
    expect(page.locator("#grid-notice")).to_contain_text("Villages: 1.")
    expect(page.locator("#grid-copy")).to_contain_text("No connection: this is the page as of")
    expect(cell(page, world["Huawu"], "trained")).to_have_value("59")
    # What was saved after the page was kept is shown as it was left.
    expect(cell(page, world["Dazhai"], "trained")).to_have_value("11")
    expect(chip(page, world["Dazhai"])).to_contain_text("✓ saved")
    # The same rules hold: a part beyond its whole, and a jump against last year that asks for a reason.
    cell(page, world["Huawu"], "women").fill("60")
    page.keyboard.press("Enter")
    expect(cell(page, world["Huawu"], "women")).to_have_accessible_description(re.compile("60.*59"))
    cell(page, world["Huawu"], "women").fill("20")
    cell(page, world["Gaoshan"], "trained").fill("95")
    page.keyboard.press("Enter")
    expect(cell(page, world["Gaoshan"], "trained")).to_have_accessible_description(
        "95 this year, 30 last year. Is that right?"
    )
    cell(page, world["Gaoshan"], "trained").click()
    page.keyboard.press("Shift+F2")
    page.get_by_label("Reason", exact=True).fill("Two courses were held.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.locator("#grid-state")).to_contain_text("No connection. Rows kept on this computer: 2")
    take(page, "offline")

    page.goto(address + "/work/kept/")
    expect(page.locator("[data-unsent]")).to_contain_text("Huawu 化屋村")
    expect(page.locator("[data-unsent]")).to_contain_text("“Two courses were held.”")
    page.locator("[data-unsent] a").click()
    expect(cell(page, world["Gaoshan"], "trained")).to_have_value("95")
    assert DewRecord.objects.filter(year=2010).count() == 1

    line.mend()
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(chip(page, world["Huawu"])).to_contain_text("✓ saved")
    expect(page.locator("#grid-state")).to_contain_text("All saved")
    page.wait_for_function(f"async () => (await ({KEPT})()) === ''")
    assert [(record(world[v]).trained, record(world[v]).version) for v in ("Huawu", "Gaoshan")] == [(59, 1), (95, 1)]
    assert Remark.objects.get().text == "Two courses were held."


def test_another_person_neither_sees_nor_sends_what_was_left(visit, world, line, context, client, address):
    page = visit()
    line.cut()
    cell(page, world["Huawu"], "trained").fill("59")
    page.keyboard.press("Enter")
    expect(chip(page, world["Huawu"])).to_contain_text("kept here, will be sent")
    line.mend()
    page.route("**/save/", lambda route: route.abort())

    # Signing out tells first what has not been sent; it stays for its author.
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_text("Some of your figures have not been sent")).to_be_visible()
    page.get_by_role("button", name="Sign out, keep them here").click()
    expect(page.locator("[name=login]")).to_be_visible()
    assert page.evaluate("caches.keys().then(names => names.filter(name => name.includes('pages')))") == []
    page.close()

    sign_in(context, client, world.users["other_clerk"], address)
    other = context.new_page()
    other.goto(address + "/work/kept/")
    expect(other.locator("main[data-ready]")).to_be_attached()
    expect(other.locator("[data-unsent]")).to_be_empty()
    expect(other.locator("[data-others]")).to_contain_text("of other people: 1")
    assert "Huawu" not in other.locator("main").inner_text()
    other.get_by_role("button", name="Clear this computer").click()
    other.get_by_role("button", name="Clear", exact=True).click()
    expect(other.locator("[data-told]")).to_contain_text("Nothing of yours")
    line.cut()
    with pytest.raises(Exception, match="ERR_"):
        other.goto(address + GRID)
    line.mend()
    assert record(world["Huawu"]) is None

    page = visit()
    expect(chip(page, world["Huawu"])).to_contain_text("✓ saved")
    assert record(world["Huawu"]).trained == 59


def test_after_a_session_that_ended_the_pages_wait_for_the_same_person(visit, world, line, context, client, address):
    page = visit()
    line.cut()
    cell(page, world["Huawu"], "trained").fill("59")
    page.keyboard.press("Enter")
    expect(chip(page, world["Huawu"])).to_contain_text("kept here, will be sent")
    Session.objects.all().delete()
    line.mend()
    # The page is told when it sends, and anyone when they open one: that the line is cut then opens nothing any more.
    expect(page.locator("#grid-state")).to_contain_text("You are signed out")
    page.wait_for_function(NOBODY)
    page.close()
    line.cut()
    with pytest.raises(Exception, match="ERR_"):
        context.new_page().goto(address + GRID)
    line.mend()
    entrance = context.new_page()
    entrance.goto(address + GRID)
    expect(entrance.locator("[name=login]")).to_be_visible()
    assert entrance.evaluate(f"async () => (await ({KEPT})()) === '{world['Huawu'].pk}'")
    entrance.close()

    sign_in(context, client, world.users["clerk"], address)
    page = context.new_page()
    page.goto(f"{address}/work/")
    line.cut()
    page.goto(address + GRID)
    expect(page.locator("#grid-copy")).to_contain_text("No connection: this is the page as of")
    expect(cell(page, world["Huawu"], "trained")).to_have_value("59")
    line.mend()
    expect(chip(page, world["Huawu"])).to_contain_text("✓ saved")
    assert (record(world["Huawu"]).trained, record(world["Huawu"]).version) == (59, 1)


def test_the_page_that_asks_for_a_sign_in_closes_the_kept_ones(visit, world, line, context, address):
    page = visit()
    context.clear_cookies()
    # Not by a page of work, of which the worker would hear.
    page.goto(f"{address}/account/")
    expect(page.locator("[name=login]")).to_be_visible()
    page.wait_for_function(NOBODY)
    line.cut()
    with pytest.raises(Exception, match="ERR_"):
        page.goto(address + GRID)


def test_pages_go_when_someone_else_signs_in_and_drafts_stay(visit, world, line, context, client, address):
    page = visit()
    line.cut()
    cell(page, world["Huawu"], "trained").fill("59")
    page.keyboard.press("Enter")
    expect(chip(page, world["Huawu"])).to_contain_text("kept here, will be sent")
    page.close(run_before_unload=False)
    line.mend()

    # Nobody signed out, and no page of work is asked for.
    sign_in(context, client, world.users["other_clerk"], address)
    other = context.new_page()
    other.goto(f"{address}/account/")
    other.wait_for_function("() => caches.keys().then(names => names.every(name => !name.includes('pages')))")
    line.cut()
    with pytest.raises(Exception, match="ERR_"):
        other.goto(address + GRID)
    line.mend()
    assert record(world["Huawu"]) is None

    page = visit()
    expect(chip(page, world["Huawu"])).to_contain_text("✓ saved")
    assert record(world["Huawu"]).trained == 59


def test_a_browser_without_a_database_keeps_rows_all_the_same(visit, world, line, context):
    context.add_init_script("Object.defineProperty(window, 'indexedDB', { get() { throw new Error('forbidden') } })")
    page = visit()
    line.cut()
    cell(page, world["Huawu"], "trained").fill("59")
    page.keyboard.press("Enter")
    expect(chip(page, world["Huawu"])).to_contain_text("kept here, will be sent")
    page.wait_for_function("() => Object.keys(localStorage).length === 1")
    line.mend()
    page.reload()
    expect(chip(page, world["Huawu"])).to_contain_text("✓ saved")
    assert (record(world["Huawu"]).trained, record(world["Huawu"]).version) == (59, 1)


def test_rows_kept_by_the_page_of_before_are_taken_over(visit, world, context):
    kept = '{"area": %d, "at": "2026-01-02T03:04:05Z", "version": 0, "nil": false, "values": {"trained": "59"}}'
    key = f"povtrack:{world.clerk.pk}:{GRID}:{world['Huawu'].pk}"
    page = visit()
    page.evaluate("([key, text]) => localStorage.setItem(key, text)", [key, kept % world["Huawu"].pk])
    page.reload()
    expect(page.locator("#grid-notice")).to_contain_text("Villages: 1.")
    expect(chip(page, world["Huawu"])).to_contain_text("✓ saved")
    assert page.evaluate("localStorage.length") == 0
    assert record(world["Huawu"]).trained == 59
