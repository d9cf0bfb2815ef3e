"""The registry's pages in a real browser: a merge by keyboard from new to reverted, and every page accessible."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_pages import LOOKS, looked_at
from villages.actions import draft_change
from villages.changes import drafts
from villages.changes.parts import Part
from villages.levels import Level
from villages.models import Area, BoundaryChange, OpenQuestion

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# A preview computes all totals twice, and the machine may be busy.
expect.set_options(timeout=20_000)

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def signed_in(client: Any, world: Any, live_server: Any) -> dict[str, str]:
    """The cookie of the registry admin."""
    client.force_login(world.users["registry"], backend=BACKEND)
    return {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}


@pytest.fixture
def keeper(world: Any, live_server: Any, client: Any, page: Page) -> Page:
    """A page of the registry admin, which fails on whatever the content policy blocks."""
    page.context.add_cookies([signed_in(client, world, live_server)])
    page.set_viewport_size({"width": 1366, "height": 768})
    return page


def merge(world: Any, **document: Any) -> BoundaryChange:
    day = dt.date(2010, 7, 1)
    into = Part(code="520530", name="织纳县", level=Level.COUNTY, parent=world["5205"])
    made = drafts.merge([world["520524"], world["520525"]], into=into, day=day)
    by = world.users["registry"]
    return draft_change(kind="merge", effective=day, parts=made.parts, follows=made.follows, by=by, **document)


def to(page: Page, **what: Any) -> None:
    """Go on by the tabulator until the focus is there."""
    target = page.get_by_role(what.pop("role", "textbox"), **what)
    for _press in range(60):
        page.keyboard.press("Tab")
        if target.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"no way by keyboard to {what}")


def pick(page: Page, label: str, words: str, name: str) -> None:
    """Find a place by typing, and choose it with the arrow keys."""
    to(page, role="combobox", name=label, exact=True)
    page.keyboard.type(words)
    expect(page.get_by_role("option", name=name)).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")


def test_a_merge_by_keyboard_from_new_to_applied_to_reverted(world: Any, live_server: Any, keeper: Page) -> None:
    world.save("Huawu", trained=59, women=26, placed=47)
    keeper.goto(f"{live_server.url}/registry/")
    to(keeper, role="link", name="New boundary change")
    keeper.keyboard.press("Enter")
    to(keeper, role="link", name="Merge")
    keeper.keyboard.press("Enter")
    expect(keeper.get_by_role("heading", name="New change: merge")).to_be_visible()

    # What is missing is said at the boxes, and the summary leads there.
    to(keeper, role="button", name="Save the draft and see what it would do")
    keeper.keyboard.press("Enter")
    expect(keeper.get_by_role("alert")).to_contain_text("Choose a place, or type its code.")

    keeper.get_by_label("Takes effect on").focus()
    keeper.keyboard.type("07012010")
    pick(keeper, "Place 1", "织金", "织金县")
    pick(keeper, "Place 2", "纳雍", "纳雍县")
    to(keeper, name="Name", exact=True)
    keeper.keyboard.type("织纳县")
    to(keeper, name="Code", exact=True)
    keeper.keyboard.type("520530")
    to(keeper, name="Document number")
    keeper.keyboard.type("国函〔2010〕1号")
    keeper.keyboard.press("Enter")

    expect(keeper.get_by_role("heading", level=1)).to_contain_text("become one place: 织纳县")
    expect(keeper.get_by_text("village: 6")).to_be_visible()
    change = BoundaryChange.objects.get()
    assert change.state == "draft"
    to(keeper, role="button", name="Apply, effective 2010-07-01")
    keeper.keyboard.press("Enter")
    expect(keeper.get_by_text("The change is applied.")).to_be_visible()
    assert Area.objects.get(pk=world["Huawu"].pk).path.startswith(Area.objects.get(code="520530").path)

    to(keeper, role="link", name="Revert this change")
    keeper.keyboard.press("Enter")
    expect(keeper.get_by_text("Stand where they stood")).to_be_visible()
    to(keeper, role="button", name="Revert the change")
    keeper.keyboard.press("Enter")
    expect(keeper.get_by_text("The change is reverted.")).to_be_visible()
    assert not Area.objects.filter(code="520530").exists()


@pytest.mark.thorough
def test_a_preview_that_does_not_come_says_so_and_leads_to_its_own_page(
    world: Any, live_server: Any, keeper: Page
) -> None:
    change = merge(world)
    keeper.route("**/preview/?part=1", lambda route: route.abort())
    keeper.goto(f"{live_server.url}/changes/{change.pk}/")
    expect(keeper.get_by_text("The preview could not be computed.")).to_be_visible()
    keeper.get_by_role("link", name="Show it on a page of its own").click()
    expect(keeper.get_by_role("button", name="Apply, effective 2010-07-01")).to_be_visible()


@pytest.mark.thorough
def test_without_a_script_places_are_typed_as_codes(world: Any, live_server: Any, client: Any, browser: Any) -> None:
    context = browser.new_context(java_script_enabled=False, base_url=live_server.url)
    context.add_cookies([signed_in(client, world, live_server)])
    page = context.new_page()
    page.goto("/registry/changes/new/?kind=merge")
    page.get_by_label("Takes effect on").fill("2010-07-01")
    page.get_by_label("Place 1", exact=True).fill("520524")
    page.get_by_label("Place 2", exact=True).fill("520525")
    page.get_by_label("Name", exact=True).fill("织纳县")
    page.get_by_label("Code", exact=True).fill("520530")
    page.get_by_role("button", name="Save the draft and see what it would do").click()
    page.get_by_role("link", name="Show it on a page of its own").click()
    page.get_by_role("button", name="Apply, effective 2010-07-01").click()
    expect(page.get_by_text("The change is applied.")).to_be_visible()
    context.close()


@pytest.mark.thorough
def test_a_new_place_can_be_chosen_as_soon_as_it_has_a_name(world: Any, live_server: Any, keeper: Page) -> None:
    keeper.goto(f"{live_server.url}/registry/changes/new/?kind=split&area={world['520524'].pk}")
    keeper.get_by_label("Takes effect on").fill("2010-07-01")
    keeper.get_by_label("Code 2", exact=True).fill("520531")
    keeper.get_by_label("Name 2", exact=True).fill("珠藏县")
    keeper.get_by_label("Zhuchang 珠藏镇").select_option(label="珠藏县")
    keeper.get_by_role("button", name="Save the draft and see what it would do").click()
    expect(keeper.get_by_role("heading", level=1)).to_contain_text("Split off from Zhijin County 织金县: 珠藏县")
    # Nobody ends a test while the server still computes the preview.
    expect(keeper.get_by_role("button", name="Apply, effective 2010-07-01")).to_be_visible()
    assert BoundaryChange.objects.get().areas.get(area=world["520524101"]).under.code == "520531"


@pytest.mark.thorough
@pytest.mark.parametrize("look", LOOKS)
def test_the_registrys_pages_are_accessible_and_fit(world: Any, live_server: Any, browser: Any, look: Any) -> None:
    draft = merge(world, document_no="国函〔2010〕1号")
    role = world.clerk.jurisdictions.get()
    asked = OpenQuestion.objects.create(
        kind="history", key="a", subject="520524 织金县", reason="Two rows name it.", evidence={"code": "520524"}
    )
    person = OpenQuestion.objects.create(
        kind="people",
        key="b",
        subject="Clerk",
        reason="Ended.",
        area=world["520524"],
        evidence={"jurisdiction": role.pk},
    )
    addresses = [
        "/registry/",
        "/registry/changes/",
        "/registry/changes/new/",
        *(
            f"/registry/changes/new/?kind={kind}&area={world['520524'].pk}"
            for kind in ("rename", "recode", "transfer", "merge", "split", "create", "abolish")
        ),
        f"/changes/{draft.pk}/",
        f"/registry/changes/{draft.pk}/preview/",
        f"/registry/changes/{draft.pk}/edit/",
        f"/registry/changes/{draft.pk}/discard/",
        "/registry/questions/",
        f"/registry/questions/{asked.pk}/",
        f"/registry/questions/{person.pk}/",
    ]
    assert looked_at(browser, live_server.url, look, world.registry, addresses) == {}
