"""Every page in a real browser, wide and narrow, bright and dark: accessible, within its policy, never cut off."""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect

from povtrack.accounts.models import Notice
from programmes.actions import submit_records
from programmes.catalogue.dew import DewRecord

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Look = tuple[dict[str, int], str, str]  # size of the window, brightness, language

PAGES = [
    ("clerk", "/work/"),
    ("clerk", "/work/dew/2010/520524/"),
    ("clerk", "/work/dew/2009/520524/"),
    ("clerk", "/work/kept/"),
    ("clerk", "/help/"),
    ("clerk", "/help/clerk/"),
    ("reviewer", "/work/"),
    ("reviewer", "/work/dew/2010/520524/"),
    ("analyst", "/figures/dew/2010/5205/"),
    ("analyst", "/figures/dew/2010/520524/"),
    ("analyst", "/figures/dew/2010/520524100/"),
    ("analyst", "/places/"),
    ("analyst", "/places/?q=zhijin"),
    ("analyst", "/account/"),
    ("analyst", "/accounts/password/change/"),
    ("analyst", "/accounts/logout/"),
    ("analyst", "/no/such/page/"),
]
LOOKS = [
    pytest.param(({"width": 1366, "height": 768}, "light", "en"), id="wide"),
    pytest.param(
        ({"width": 390, "height": 844}, "dark", "zh-hans"), id="phone-dark-chinese", marks=pytest.mark.thorough
    ),
]


@pytest.fixture
def busy_world(world):
    """The world with submitted, nil and drafted records, and a notice."""
    world.save("Huawu", trained=59, women=26, placed=47, spent="38400.50")
    world.save("Gaoshan", nil=True)
    submit_records(DewRecord, year=2010, area=world["520524"], by=world.clerk)
    world.save("Dazhai", trained=7)
    Notice.objects.create(kind="demonstration")
    return world


@pytest.mark.thorough
@pytest.mark.parametrize("look", LOOKS)
def test_pages_are_accessible_and_fit(busy_world, live_server, browser, look):
    found = {}
    for username, theirs in groupby([("", "/accounts/login/"), *PAGES], key=itemgetter(0)):
        user = busy_world.users[username] if username else None
        found |= looked_at(browser, live_server.url, look, user, [path for _, path in theirs])
    assert found == {}


def test_the_checks_find_what_is_wrong(live_server, page: Page):
    """They ask axe for little and read less, so they must be seen to find."""
    page.goto(f"{live_server.url}/accounts/login/")
    assert faults_here(page, page.viewport_size["width"]) == []
    page.evaluate(
        """() => {
            const wrong = '<div id=wide>x</div><img src="data:,"><input><button></button><p id=pale>pale</p>';
            document.querySelector('main').insertAdjacentHTML('beforeend', wrong);
            document.querySelector('#pale').style.color = '#ddd';
            document.querySelector('#wide').style.width = '3000px';
            document.documentElement.removeAttribute('lang');
        }"""
    )
    found = faults_here(page, page.viewport_size["width"])
    assert found[0].endswith("pixels wide")
    named = {"image-alt", "label", "button-name", "color-contrast", "html-has-lang"}
    assert named <= {fault.partition(":")[0] for fault in found}


# A page that goes on to another address has this more than once.
WATCH = """
if (!window.blocked) {
    window.blocked = [];
    addEventListener('securitypolicyviolation', e => blocked.push(e.effectiveDirective));
}
"""
# Of what axe returns, only what is read here comes back through the browser's pipe.
RUN_AXE = """
axe.run({ resultTypes: ['violations'], reporter: 'no-passes', selectors: false })
    .then(({ violations }) => violations.map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 120)}`))
"""


def window(browser: Browser, address: str, look: Look, user: Any = None) -> BrowserContext:
    """A window of that size, brightness and language, in which this person is signed in."""
    viewport, scheme, language = look
    context = browser.new_context(viewport=viewport, color_scheme=scheme, base_url=address)
    cookies = {"django_language": language}
    if user:
        client = Client()
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        cookies["sessionid"] = client.cookies["sessionid"].value
    context.add_cookies([{"name": name, "value": value, "url": address} for name, value in cookies.items()])
    return context


def looked_at(browser: Browser, address: str, look: Look, user: Any, paths: list[str]) -> dict[str, list[str]]:
    """What is wrong with the pages at these paths, by path, as this person sees them; empty where nothing is.

    One page goes from path to path: making a new one costs as much as loading it.
    """
    context = window(browser, address, look, user)
    page = context.new_page()
    found = {path: faults(page, path, look[0]["width"]) for path in paths}
    context.close()
    return {f"{user}: {path}": what for path, what in found.items() if what}


def faults(page: Page, path: str, width: int) -> list[str]:
    """What is wrong with a page: blocked by the content policy, wider than the screen, or inaccessible."""
    page.add_init_script(WATCH)
    page.goto(path)
    # What a page fetches for itself is there too.
    expect(page.locator("[aria-busy=true]")).to_have_count(0)
    blocked = page.evaluate("blocked")
    # Axe adds styles of its own, which the policy blocks; so it comes last.
    return [*(f"blocked: {directive}" for directive in blocked), *faults_here(page, width)]


def faults_here(page: Page, width: int) -> list[str]:
    """The same for a page as it stands, without loading it anew, but for what was blocked."""
    wide = page.evaluate("document.documentElement.scrollWidth")
    page.evaluate(AXE_SCRIPT)
    return [*([f"{wide} pixels wide"] if wide > width else []), *page.evaluate(RUN_AXE)]
