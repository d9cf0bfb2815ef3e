"""What was to be mended by a day that has passed, in the grid: locked, with the reason, and nothing typed is lost."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from programmes.catalogue.dew import DewRecord
from tests.browser.grids import CLERK, PHONE, cell, chip, opener
from tests.browser.test_pages import faults
from tests.browser.test_review import GRID, RECORD, signed_in
from tests.extent import some_of
from tests.programmes.reviews import approve, days_pass, reopen, submit

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

expect.set_options(timeout=20_000)

TODAY = timezone.localdate()
PASSED = re.compile(
    f"It could be mended until {TODAY - dt.timedelta(days=1)}, and that day has passed. Ask the reviewer"
)


@pytest.fixture
def open_grid(world, live_server, client, context):
    return opener(world, live_server, client, context)


@pytest.fixture
def reopened(world):
    """Huawu was approved and reopened until tomorrow."""
    world.save("Huawu", trained=5)
    submit(world)
    approve(world)
    reopen(world)
    return world


def test_a_late_row_is_locked_and_what_was_typed_in_time_is_told(open_grid, reopened):
    page = open_grid()
    huawu = reopened["Huawu"]
    expect(chip(page, huawu)).to_contain_text(f"to be mended by {TODAY + dt.timedelta(days=1)}")
    days_pass()
    cell(page, huawu, "trained").fill("9")
    page.keyboard.press("Control+S")
    expect(page.locator("#grid-errors")).to_contain_text(PASSED)
    assert DewRecord.objects.get().trained == 5

    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    expect(page.locator("#grid-notice")).to_contain_text(PASSED)
    expect(page.locator("#grid-notice")).to_contain_text("Trained 9")
    expect(chip(page, huawu)).to_contain_text("! overdue")
    expect(cell(page, huawu, "trained")).to_have_value("5")
    expect(cell(page, huawu, "trained")).not_to_be_editable()
    expect(cell(page, huawu, "trained")).to_have_accessible_description(PASSED)


@pytest.mark.thorough
@pytest.mark.parametrize("viewport", some_of([CLERK, PHONE], CLERK), ids=["wide", "phone"])
def test_pages_with_late_records_are_accessible_and_fit(reopened, live_server, browser, viewport):
    days_pass()
    found = {}
    for username, paths in {"clerk": [GRID], "reviewer": ["/overdue/dew/2010/", RECORD]}.items():
        page = signed_in(browser, reopened.users[username], live_server.url, viewport=viewport)
        for path in paths:
            found[path] = faults(page, path, viewport["width"])
        page.context.close()
    assert {path: what for path, what in found.items() if what} == {}
