"""Review in a real browser: a figure is asked about, returned, mended and approved; the pages are accessible."""

from __future__ import annotations

import re
from itertools import groupby
from operator import itemgetter
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from programmes.actions import approve_records, submit_records
from programmes.catalogue.dew import DewRecord
from programmes.models import Extension, Notification
from tests.browser.pictures import take
from tests.browser.test_pages import LOOKS, looked_at
from tests.programmes.reviews import ZHIJIN, last_year, submit

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

expect.set_options(timeout=20_000)

GRID = f"/work/dew/2010/{ZHIJIN}/"
RECORD = "/records/dew/2010/520524100201/"


def signed_in(browser: Browser, user: Any, address: str, **options: Any) -> Page:
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    context = browser.new_context(base_url=address, **options)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": address}])
    return context.new_page()


def test_a_record_is_questioned_mended_and_approved(world, live_server, browser):
    last_year(world, "Huawu", trained=5)
    world.save("Huawu", trained=500)
    world.save("Gaoshan", trained=6)
    clerk = signed_in(browser, world.clerk, live_server.url)
    reviewer = signed_in(browser, world.reviewer, live_server.url)

    # Without a reason the unlikely one stays.
    assert (submit(world).moved, DewRecord.objects.get(area=world["Huawu"], year=2010).state) == (1, "draft")
    clerk.goto(RECORD)
    expect(clerk.get_by_text("500 this year, 5 last year. Is that right?")).to_be_visible()
    clerk.get_by_text("Remark on a figure").click()
    clerk.get_by_label("Remark, or the reason").fill("Two courses were held.")
    clerk.get_by_role("button", name="Keep the remark").click()
    expect(clerk.get_by_text("The remark is kept.")).to_be_visible()
    clerk.goto(GRID)
    clerk.get_by_role("button", name=re.compile("^Submit")).click()
    expect(clerk.locator("[data-count=reported]")).to_have_text("2")

    reviewer.goto("/work/")
    reviewer.get_by_role("link", name=re.compile("Dew Program 2010 · Zhijin")).click()
    first = reviewer.locator("table.review tbody tr").first
    expect(first).to_contain_text("Huawu")
    expect(first).to_contain_text("Two courses were held.")
    take(reviewer, "review")
    first.get_by_role("checkbox").focus()
    reviewer.keyboard.press("Space")
    reviewer.get_by_role("button", name="Return the chosen").click()
    expect(reviewer.get_by_role("alert")).to_contain_text("Write why you return them")
    reviewer.get_by_label("Reason, if you return them").fill("It is 50: see the list of the school.")
    reviewer.get_by_role("button", name="Return the chosen").click()
    expect(reviewer.get_by_text("1 record returned.")).to_be_visible()

    clerk.goto("/work/")
    expect(clerk.locator(".bell .count")).to_contain_text("1")
    clerk.locator(".bell").click()
    clerk.get_by_role("link", name=re.compile("It is 50: see the list of the school.")).click()
    expect(clerk).to_have_url(f"{live_server.url}{GRID}")
    cell = clerk.locator(f"#v-{world['Huawu'].pk}-trained")
    cell.click()
    clerk.keyboard.press("Control+A")
    clerk.keyboard.type("14")
    clerk.keyboard.press("Control+S")
    expect(clerk.locator(f"#row-{world['Huawu'].pk}")).to_have_attribute("data-state", "draft")
    clerk.get_by_role("button", name=re.compile("^Submit")).click()
    expect(clerk.locator("[data-count=reported]")).to_have_text("2")
    clerk.reload()
    expect(clerk.locator(".bell .count")).to_have_count(0)

    reviewer.reload()
    reviewer.get_by_label("Choose all of this page").check()
    reviewer.get_by_role("button", name="Approve the chosen").click()
    expect(reviewer.get_by_text("2 records approved.")).to_be_visible()
    expect(reviewer.get_by_text("Nothing waits for your review here.")).to_be_visible()
    assert set(DewRecord.objects.filter(year=2010).values_list("state", flat=True)) == {"approved"}


PAGES = [
    ("reviewer", "/review/"),
    ("reviewer", f"/review/dew/2010/{ZHIJIN}/"),
    ("reviewer", RECORD),
    ("reviewer", "/progress/dew/2010/5205/"),
    ("reviewer", "/overdue/dew/2009/"),
    ("admin", "/extensions/dew/2009/"),
    ("clerk", "/notifications/"),
]


@pytest.fixture
def full_world(world: Any) -> Any:
    last_year(world, "Huawu", trained=5)
    world.save("Huawu", trained=500)
    world.save("Gaoshan", nil=True)
    world.save("Longtan", trained=5)
    from tests.programmes.test_review import explain

    explain(world)
    submit(world)
    approve_records(DewRecord, year=2010, area=world[ZHIJIN], by=world.reviewer)
    from tests.programmes.test_review import reopen

    reopen(world, seen={world["Huawu"].pk: 3})
    world.save("Huawu", version=4, trained=800)
    world.save("Dazhai", trained=5)
    submit_records(DewRecord, year=2010, area=world[ZHIJIN], by=world.clerk)
    Extension.objects.create(
        programme="dew", year=2009, area=world[ZHIJIN], until="2031-01-01", reason="A flood.", by=world.admin
    )
    assert Notification.objects.filter(user=world.clerk).exists()
    return world


@pytest.mark.thorough
@pytest.mark.parametrize("look", LOOKS)
def test_pages_of_review_are_accessible_and_fit(full_world, live_server, browser, look):
    found = {}
    for username, theirs in groupby(PAGES, key=itemgetter(0)):
        user = full_world.users[username]
        found |= looked_at(browser, live_server.url, look, user, [path for _, path in theirs])
    assert found == {}
