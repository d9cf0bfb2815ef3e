"""Finding a place while typing, and the page of a place, in a real browser."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_pages import LOOKS, faults, faults_here, window
from tests.database import made_once
from tests.villages.reforms import applied
from villages.changes import drafts
from villages.changes.parts import Part
from villages.levels import Level
from villages.models import Area, Designation, Membership, OpenQuestion

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def reformed(world):
    return made_once(reform, world)


def reform(world):
    """The small world after a rename, a split, a transfer and a merge, with a list and an open question."""
    zhijin, nayong = world["520524"], world["520525"]
    papers = {"document_no": "国函〔2006〕41号", "document_url": "https://example.org/41", "title": "On Zhijin"}
    draft = drafts.rename(zhijin, name="织金市", name_latin="Zhijin City", code="520588")
    applied(world, "rename", dt.date(2005, 7, 1), draft, approved_on=dt.date(2005, 5, 20), **papers)
    new = Part(level=Level.COUNTY, code="520590", name="珠藏县", name_latin="Zhuchang County", parent=world["5205"])
    draft = drafts.split(zhijin, into={new: [world["Zhuchang"]]}, goes_on=Part(zhijin))
    applied(world, "split", dt.date(2006, 12, 31), draft, day_known=False)
    day = dt.date(2009, 7, 1)
    into = Part(level=Level.COUNTY, code="520599", name="织纳县", name_latin="Zhina County", parent=world["5205"])
    olds = [Area.objects.get(code="520590"), nayong]
    applied(world, "merge", day, drafts.merge(olds, into=into, day=day))
    OpenQuestion.objects.create(kind="history", key="1", subject="520588", reason="Two days are named.", area=zhijin)
    key = Designation.objects.create(code="key-2001", name="国家扶贫开发工作重点县", name_latin="Key counties of 2001")
    Membership.objects.create(designation=key, area=zhijin, valid=("2001-01-01", None), listed_name="织金县")
    return world


@pytest.fixture
def signed_in(reformed, live_server, client, context, page: Page) -> Page:
    """The browser of the registry admin, at the list of places. Errors of scripts fail the test at its end."""
    client.force_login(reformed.registry, backend="allauth.account.auth_backends.AuthenticationBackend")
    session = client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(f"{live_server.url}/places/")
    yield page
    assert errors == []


def box(page: Page):
    return page.locator("#q")


def options(page: Page):
    return page.locator("[role=option]")


def test_a_place_is_found_and_opened_by_keyboard(signed_in: Page) -> None:
    page = signed_in
    box(page).press_sequentially("zhu")
    expect(options(page)).to_have_count(2)
    expect(box(page)).to_have_attribute("aria-expanded", "true")
    expect(page.locator(".bar [role=status]")).to_have_text("2 places")
    expect(options(page).first).to_contain_text("Bijie 毕节市")
    page.keyboard.press("ArrowDown")
    expect(options(page).first).to_have_attribute("aria-selected", "true")
    assert box(page).get_attribute("aria-activedescendant") == options(page).first.get_attribute("id")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert box(page).get_attribute("aria-activedescendant") is None
    page.keyboard.press("ArrowUp")
    expect(options(page).last).to_have_attribute("aria-selected", "true")
    expect(options(page).last).to_contain_text("until 2009")
    page.keyboard.press("Enter")
    expect(page).to_have_title(re.compile("Zhuchang County"))


@pytest.mark.thorough
def test_escape_closes_the_list_and_typing_opens_it_again(signed_in: Page) -> None:
    page = signed_in
    box(page).press_sequentially("zh")
    expect(options(page).first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#q ~ [role=listbox]")).to_be_hidden()
    expect(box(page)).to_have_value("zh")
    box(page).press_sequentially("i")
    expect(options(page).first).to_contain_text("Zhijin City")
    page.keyboard.press("Tab")
    expect(page.locator("#q ~ [role=listbox]")).to_be_hidden()


@pytest.mark.thorough
def test_chinese_is_asked_for_when_it_is_composed(signed_in: Page) -> None:
    page = signed_in
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "find.json" in request.url else None)
    box(page).focus()
    session = page.context.new_cdp_session(page)
    for letters in ("h", "hu", "hua", "huaw", "huawu"):
        session.send("Input.imeSetComposition", {"text": letters, "selectionStart": 5, "selectionEnd": 5})
        page.wait_for_timeout(200)
    assert asked == []
    session.send("Input.insertText", {"text": "化屋"})
    expect(options(page)).to_have_count(1)
    expect(options(page)).to_contain_text("化屋村")
    assert len(asked) == 1


@pytest.mark.thorough
def test_enter_without_a_choice_is_a_plain_search(signed_in: Page) -> None:
    page = signed_in
    box(page).press_sequentially("zhu")
    expect(options(page)).to_have_count(2)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/places/\?q=zhu"))
    expect(page.locator("table.hits tbody tr")).to_have_count(2)


@pytest.mark.thorough
def test_a_hit_is_opened_by_mouse_from_any_page(signed_in: Page) -> None:
    page = signed_in
    page.locator("#find-top").press_sequentially("化屋")
    options(page).click()
    expect(page).to_have_title(re.compile("Huawu"))


def test_nothing_found_and_no_connection_are_said(signed_in: Page) -> None:
    page = signed_in
    box(page).press_sequentially("qqq")
    expect(page.locator(".finds .remark").last).to_have_text("No place of yours is called so.")
    page.context.set_offline(True)
    box(page).press_sequentially("q")
    expect(page.locator(".bar [role=status]")).to_have_text("No connection. Type on to ask again.")
    page.context.set_offline(False)


def test_a_place_is_picked_into_a_form(signed_in: Page, reformed) -> None:
    """The two fields of the how-to in static/places/find.js; the module is read again to find them."""
    page = signed_in
    fields = """<form><input type="search" id="pick" aria-label="Place" data-find="/places/find.json?level=5"
      data-find-into="#area"><input type="hidden" id="area"></form>"""
    page.evaluate("fields => document.querySelector('main').insertAdjacentHTML('afterbegin', fields)", fields)
    page.evaluate("""import(document.querySelector('script[src*="places/find"]').src + "?again")""")
    page.locator("#pick").press_sequentially("huawu")
    expect(options(page)).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.locator("#area")).to_have_value(str(reformed["Huawu"].pk))
    expect(page.locator("#pick")).to_have_value("Huawu 化屋村 520524100201")
    page.locator("#pick").press_sequentially("x")
    expect(page.locator("#area")).to_have_value("")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/places/$"))


def test_without_scripts_it_is_a_plain_search(reformed, live_server, client, browser) -> None:
    client.force_login(reformed.registry, backend="allauth.account.auth_backends.AuthenticationBackend")
    context = browser.new_context(java_script_enabled=False, base_url=live_server.url)
    session = client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page = context.new_page()
    page.goto("/account/")
    page.locator("#find-top").fill("化屋")
    page.keyboard.press("Enter")
    expect(page.locator("table.hits")).to_contain_text("Huawu")
    context.close()


@pytest.mark.thorough
@pytest.mark.parametrize("look", LOOKS)
def test_the_pages_of_places_are_accessible_and_fit(reformed, live_server, browser, look) -> None:
    width = look[0]["width"]
    context = window(browser, live_server.url, look, reformed.registry)
    found = {}
    page = context.new_page()
    for code in ("520588", "520590", "520599", "52", "520524100201"):
        path = f"/places/{Area.objects.get(code=code).pk}/"
        for query in ("", "?show=then", "?show=left"):
            if code not in ("52", "520524100201") or not query:
                found[code, query] = faults(page, path + query, width)
    page.goto("/places/")
    page.locator("#q").press_sequentially("5205")
    expect(page.locator("[role=option]").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    found["open list", ""] = faults_here(page, width)
    context.close()
    assert {where: what for where, what in found.items() if what} == {}
