"""Every page in a real browser, wide and narrow, bright and dark: accessible, within its policy, never cut off."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from povtrack.accounts.models import Notice
from programmes.actions import submit_records
from programmes.catalogue.dew import DewRecord

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGES = [
    ("clerk", "/work/"),
    ("clerk", "/work/dew/2010/520524/"),
    ("clerk", "/work/dew/2009/520524/"),
    ("clerk", "/work/kept/"),
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
    pytest.param(({"width": 390, "height": 844}, "dark", "zh-hans"), id="phone-dark-chinese"),
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


@pytest.mark.parametrize("look", LOOKS)
def test_pages_are_accessible_and_fit(busy_world, live_server, client, browser, look):
    viewport, scheme, language = look
    found = {}
    for username, path in [("", "/accounts/login/"), *PAGES]:
        context = browser.new_context(viewport=viewport, color_scheme=scheme, base_url=live_server.url)
        context.add_cookies([{"name": "django_language", "value": language, "url": live_server.url}])
        if username:
            client.force_login(
                busy_world.users[username], backend="allauth.account.auth_backends.AuthenticationBackend"
            )
            session = client.cookies["sessionid"].value
            context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        found[username, path] = faults(context.new_page(), path, viewport["width"])
        context.close()
    assert {page: what for page, what in found.items() if what} == {}


def faults(page: Page, path: str, width: int) -> list[str]:
    """What is wrong with a page: blocked by the content policy, wider than the screen, or inaccessible."""
    page.add_init_script(
        "window.blocked = []; addEventListener('securitypolicyviolation', e => blocked.push(e.effectiveDirective))"
    )
    page.goto(path)
    # What a page fetches for itself is there too.
    expect(page.locator("[aria-busy=true]")).to_have_count(0)
    blocked = page.evaluate("blocked")
    wide = page.evaluate("document.documentElement.scrollWidth")
    # Axe adds styles of its own, which the policy blocks; so it comes last.
    violations = Axe().run(page).response["violations"]
    return [
        *(f"blocked: {directive}" for directive in blocked),
        *([f"{wide} pixels wide"] if wide > width else []),
        *(f"{found['id']}: {found['nodes'][0]['html'][:120]}" for found in violations),
    ]
