"""The pages of villages, of what is collected, of pilot indicators and of flows in a real browser."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from programmes.actions import IncomingFigure, IncomingRow, load_records, save_indicator_figures, save_rows
from programmes.actions import submit_records as submit
from programmes.catalogue.dew import DewRecord
from programmes.catalogue.pilot import PilotRecord
from programmes.catalogue.profile import ProfileRecord
from programmes.catalogue.relocation import RelocationRecord
from programmes.models import Indicator, IndicatorFigure, Round
from tests.browser.test_pages import LOOKS, looked_at

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
ENTER = "/work/pilot/2010/520524/indicators/"
PAGES = [
    "/villages/2010/520524100201/",
    "/programmes/",
    "/programmes/work-relief/",
    ENTER,
    "/figures/pilot/2010/520524/indicators/",
    "/figures/relocation/2010/520524/flows/",
    "/figures/relocation/2010/520524/flows/?since=x",
]


@pytest.fixture
def filled(world: Any) -> Any:
    """Records of several programmes of Huawu, and pilots of Zhijin with two indicators."""
    today, day = timezone.localdate(), dt.timedelta(days=1)
    for programme in ("profile", "relocation", "pilot"):
        Round.objects.create(programme=programme, year=2010, opens=today - day, due=today, closes=today + 9 * day)
    for year, trained in ((2008, 40), (2009, 52)):
        row = [world["Huawu"].pk, year, "approved", False, trained, *[None] * 9]
        load_records(DewRecord, rows=[row], by=world.admin)
    world.save("Huawu", trained=59, women=0, spent="38400.50")
    world.save("Huawu", trained=61, version=1)
    world.save("Gaoshan", nil=True)
    put(
        world, ProfileRecord, "Huawu", population=1200, poor_people=300, net_income=2100, has_road="yes", has_power="no"
    )
    put(world, RelocationRecord, "Huawu", "town", households=7, people=30, destination="520525100")
    put(world, RelocationRecord, "Huawu", "seat", households=3, people=12)
    submit(RelocationRecord, year=2010, area=world["520524"], by=world.clerk)
    put(world, PilotRecord, "520524", "disease", projects=2)
    wells = Indicator.objects.create(
        theme="disease", name="Wells free of fluorine", unit="wells", definition="Dug anew."
    )
    Indicator.objects.create(theme="disease", name="Households with clean stoves", unit="%", adds_up=False)
    figure = IncomingFigure(wells.pk, 0, "100", "60")
    save_indicator_figures(year=2010, area=world["520524"], rows=[figure], by=world.clerk)
    return world


def put(world: Any, model: Any, place: str, kind: str = "", **figures: Any) -> None:
    values = {name: str(figure) for name, figure in figures.items()}
    rows = [IncomingRow(world[place].pk, 0, nil=False, values=values, breakdown=kind)]
    [result] = save_rows(model, year=2010, rows=rows, by=world.clerk)
    assert result.status == "saved", result


@pytest.mark.thorough
@pytest.mark.parametrize("look", LOOKS)
def test_pages_are_accessible_and_fit(filled: Any, live_server: Any, browser: Any, look: Any) -> None:
    assert looked_at(browser, live_server.url, look, filled.clerk, PAGES) == {}


def test_indicators_are_entered_by_keyboard_and_a_bad_one_is_led_to(
    filled: Any, live_server: Any, client: Any, page: Page
) -> None:
    client.force_login(filled.users["clerk"], backend=BACKEND)
    session = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page.goto(f"{live_server.url}{ENTER}")
    page.get_by_label("Wells free of fluorine, actual").fill("7x")
    page.get_by_label("Households with clean stoves, target").fill("80")
    page.keyboard.press("Enter")
    link = page.get_by_role("alert").get_by_role("link", name="Wells free of fluorine, actual")
    expect(link).to_be_visible()
    link.press("Enter")
    bad = page.get_by_label("Wells free of fluorine, actual")
    expect(bad).to_be_focused()
    expect(bad).to_have_value("7x")
    bad.fill("75")
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 indicator saved.")).to_be_visible()
    assert set(IndicatorFigure.objects.values_list("target", "actual")) == {(100, 75), (80, None)}
