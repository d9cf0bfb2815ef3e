"""A finance officer in a real browser: enter who helps the county, report what came of it, see what it adds up to."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from funding.models import PairingReport
from tests.browser.grids import local, sign_in
from tests.browser.test_pages import faults_here
from tests.funding.helping import paired, partner, project, reported

pytestmark = [pytest.mark.thorough, pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WIDE, PHONE = {"width": 1366, "height": 768}, {"width": 390, "height": 844}


@pytest.fixture
def page(world, live_server, client, context) -> Page:
    partner(world, name_latin="Federation of Industry and Commerce")
    reported(world, paired(world, partner(world, "民革中央", "party"), "Zhijin County"), 2009, trained=30)
    project(world, "A", "520524")
    address = local(live_server.url)
    sign_in(context, client, world.finance, address)
    page = context.new_page()
    page.goto(f"{address}/funds/pairings/area/2010/520524/")
    return page


def accessible_at_both_sizes(page: Page) -> None:
    for size in (PHONE, WIDE):
        page.set_viewport_size(size)
        assert faults_here(page, size["width"]) == []


def test_an_officer_enters_a_pairing_and_reports_it_by_keyboard(page):
    accessible_at_both_sizes(page)
    page.get_by_role("link", name="Enter a pairing").press("Enter")
    page.get_by_label("Partner").select_option(label="Federation of Industry and Commerce 全国工商联")
    page.get_by_label("Helps since").fill("2008-03-01")
    page.get_by_role("button", name="Enter").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("helps Zhijin County")
    accessible_at_both_sizes(page)
    page.get_by_role("link", name="Report 2010").press("Enter")
    page.get_by_label("People trained").fill("-5")
    page.get_by_label("Direct aid in money").fill("1,500.50")
    page.get_by_role("button", name="Save").press("Enter")
    page.get_by_role("alert").get_by_role("link", name="People trained").press("Enter")
    expect(page.get_by_label("People trained")).to_be_focused()
    expect(page.get_by_label("Direct aid in money")).to_have_value("1,500.50")
    accessible_at_both_sizes(page)
    page.get_by_label("People trained").fill("5")
    page.get_by_role("button", name="Save").press("Enter")
    expect(page.get_by_role("row", name="2010")).to_contain_text("1,500.5")
    assert PairingReport.objects.get(year=2010).trained == 5
    page.get_by_role("link", name="Who else helps the area").press("Enter")
    page.get_by_role("link", name="What they brought").press("Enter")
    page.get_by_label("From the year").fill("2009")
    page.get_by_role("button", name="Show").press("Enter")
    expect(page.locator("main .lead")).to_contain_text("2 of")
    accessible_at_both_sizes(page)
    page.get_by_role("link", name="Foreign-funded projects").press("Enter")
    page.get_by_role("link", name="A", exact=True).press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("A")
    accessible_at_both_sizes(page)
