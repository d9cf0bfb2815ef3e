"""What the tests of the grid in a browser share: opening it as someone, and reading its cells."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.sync_api import BrowserContext, Locator, Page

from programmes.models import Round
from villages import derive
from villages.levels import Level
from villages.models import Area, AreaVersion

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
CLERK = {"width": 1366, "height": 768}
PHONE = {"width": 390, "height": 844}
# What the browser keeps of rows that were not sent, as the numbers of their villages.
KEPT = """async () => {
    const { openStore } = await import('/static/offline/store.js');
    const unsent = (await (await openStore()).all()).filter(record => record.type !== 'saved');
    return unsent.map(record => record.area).sort((a, b) => a - b).join();
}"""


def local(address: str) -> str:
    """The same server as a secure context, which the clipboard and workers ask for."""
    return address.replace("127.0.0.1", "localhost")


def sign_in(context: BrowserContext, client: Any, user: Any, address: str) -> None:
    # Else the session of whoever came before would end, and a late answer to their page would end this one too.
    client.cookies.clear()
    client.force_login(user, backend=BACKEND)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": address}])


def opener(world: Any, live_server: Any, client: Any, context: BrowserContext) -> Callable[..., Page]:
    """Return a function that opens a grid of Zhijin 2010: `grid("dew", "clerk")`."""
    address = local(live_server.url)
    context.grant_permissions(["clipboard-read", "clipboard-write"])

    def grid(programme: str = "dew", username: str = "clerk", viewport: Any = CLERK, query: str = "") -> Page:
        sign_in(context, client, world.users[username], address)
        page = context.new_page()
        page.set_viewport_size(viewport)
        page.goto(f"{address}/work/{programme}/2010/520524/{query}")
        page.locator("#grid[data-ready]").wait_for(state="attached")
        return page

    return grid


def open_rounds(*programmes: str) -> None:
    """Open a round of 2010 for more programmes, as long as that of the Dew Program."""
    dew = Round.objects.get(programme="dew", year=2010)
    for programme in programmes:
        Round.objects.create(programme=programme, year=2010, opens=dew.opens, due=dew.due, closes=dew.closes)


def make_villages(township: Area, count: int) -> list[Area]:
    """Add villages to a township, named 001, 002, … by their codes."""
    made = []
    for number in range(1, count + 1):
        code, name = f"{township.code}5{number:02}", f"村{number:03}"
        area = Area.objects.create(level=Level.VILLAGE, code=code, name=name, parent=township, path="")
        AreaVersion.objects.create(area=area, code=code, name=name, parent=township, valid=("2001-01-01", None))
        made.append(area)
    derive.rebuild()
    return made


def cell(page: Page, area: Any, measure: str) -> Locator:
    return page.locator(f"#v-{area.pk}-{measure}")


def chip(page: Page, area: Any) -> Locator:
    return page.locator(f"#row-{area.pk} td.state")


def copy(page: Page, text: str) -> None:
    page.evaluate("text => navigator.clipboard.writeText(text)", text)


def texts(page: Page, areas: list[Any], measure: str) -> list[str]:
    return [cell(page, area, measure).input_value() for area in areas]
