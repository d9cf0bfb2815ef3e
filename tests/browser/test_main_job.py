"""The main job in a real browser, on the demonstration data: figures are entered, and the totals appear."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from povtrack.accounts.models import User
from programmes.actions import add_remark
from programmes.catalogue.dew import DewRecord
from programmes.unlikely import unlikely_in
from tests import demonstration
from tests.browser.pictures import take
from villages.models import Area

pytestmark = [pytest.mark.browser, pytest.mark.demonstration, pytest.mark.django_db(transaction=True)]

# A save recomputes the totals inline here, and the machine may be busy.
expect.set_options(timeout=20_000)

# Zhijin and what it lies in: the codes of 2010, by which pages of 2010 are addressed, and today's.
CODES = {"522425": "520524", "5224": "5205", "52": "52", "CN": "CN"}
COUNTY = "522425"
MEASURES = [measure.name for measure in DewRecord.measures()]


@pytest.fixture
def demo():
    demonstration.load()


def sign_in(page: Page, address: str, username: str) -> None:
    page.goto(f"{address}/accounts/login/")
    page.locator("[name=login]").fill(username)
    page.locator("[name=password]").fill(demonstration.PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()


def sign_out(page: Page) -> None:
    page.get_by_role("button", name="Sign out").click()
    expect(page.locator("[name=login]")).to_be_visible()


def figure(page: Page, label: str) -> int:
    """Read the tile with this label off a page of figures."""
    tile = page.locator(".tile", has=page.get_by_text(label, exact=True))
    return int(tile.locator(".v").inner_text().split()[0].replace(",", ""))


def totals(page: Page, address: str, code: str) -> tuple[int, int]:
    """Trained, and villages reported, of an area in 2010."""
    page.goto(f"{address}/figures/dew/2010/{code}/")
    return figure(page, "Trained"), figure(page, "Villages reported")


def test_an_official_enters_a_county_and_the_totals_appear(demo, live_server, page: Page, context):
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.set_viewport_size({"width": 1366, "height": 768})
    violations: list[str] = []
    page.add_init_script(
        "addEventListener('securitypolicyviolation', e => console.error('CSP ' + e.effectiveDirective))"
    )
    page.on("console", lambda m: violations.append(m.text) if m.type == "error" else None)
    address = live_server.url.replace("127.0.0.1", "localhost")  # a secure context, for the clipboard

    sign_in(page, address, "analyst")
    before = {code: totals(page, address, code) for code in CODES}
    sign_out(page)

    sign_in(page, address, "clerk")
    take(page, "work")
    page.get_by_role("link", name=re.compile("Dew Program 2010 · Zhijin")).click()
    empty = [row for row in villages_of(CODES[COUNTY]) if not DewRecord.objects.filter(area=row, year=2010).exists()]
    chosen = leading_run(empty)
    assert len(chosen) >= 10

    # Trained 60, 61, ...; a third women; the third village has more placed than trained.
    rows = [[60 + n, 20, 10, 1, 40, 400, 900, 2, "12,000.50", 40000] for n in range(len(chosen))]
    rows[2][4] = 99
    tsv = "\r\n".join("\t".join(str(cell) for cell in row) for row in rows) + "\r\n"
    page.evaluate("text => navigator.clipboard.writeText(text)", tsv)
    cell(page, chosen[0], "trained").click()
    page.keyboard.press("Control+V")

    bad = cell(page, chosen[2], "placed")
    expect(bad).to_have_attribute("aria-invalid", "true")
    page.get_by_role("button", name=re.compile("^Submit")).click()
    expect(bad).to_be_focused()
    expect(page.locator("#grid-errors")).to_contain_text("“Placed off-farm” is 99, more than “Trained”, which is 62.")
    assert not DewRecord.objects.filter(area__in=chosen, state="submitted").exists()
    expect(page.locator("#grid-state")).to_contain_text("Rows not sent yet: 1")
    take(page, "entry")

    bad.click()
    page.keyboard.press("Control+A")
    page.keyboard.type("41")
    page.keyboard.press("Enter")
    page.keyboard.press("Control+S")
    for area in chosen:
        expect(page.locator(f"#row-{area.pk}")).to_have_attribute("data-state", "draft")
    assert sorted(DewRecord.objects.filter(area__in=chosen, year=2010).values_list("trained", flat=True)) == [
        row[0] for row in rows
    ]
    drafts = list(DewRecord.objects.filter(year=2010, county__code=CODES[COUNTY], state="draft"))
    give_reasons(Area.objects.get(code=CODES[COUNTY]))
    page.reload()
    page.get_by_role("button", name=re.compile(r"^Submit \(")).click()
    expect(page.locator("[data-count=reported]")).to_have_text(str(before[COUNTY][1] + len(drafts)))
    sign_out(page)

    sign_in(page, address, "analyst")
    added = sum(record.trained or 0 for record in drafts)
    for code, (trained, reported) in before.items():
        assert totals(page, address, code) == (trained + added, reported + len(drafts)), code
        area = Area.objects.get(code=CODES[code])
        answer = page.request.get(f"{address}/api/v1/rollups/dew/?year=2010&area={area.pk}").json()
        row = answer["results"][0]
        assert (row["totals"]["trained"], row["reported"]) == (trained + added, reported + len(drafts))
    assert violations == []


def give_reasons(county: Area) -> None:
    """Say why each unlikely figure of the county is right, as its clerk."""
    clerk = User.objects.get(username="clerk")
    for found in unlikely_in(DewRecord, 2010, [county.pk]):
        area = Area.objects.get(pk=found.area)
        add_remark(
            DewRecord, year=2010, area=area, breakdown="", measure=found.measure, text="Counted twice.", by=clerk
        )


def villages_of(county: str) -> list[Area]:
    return list(Area.objects.filter(level=5, code__startswith=county).order_by("code"))


def leading_run(empty: list[Area]) -> list[Area]:
    """The first villages of the grid that follow each other and have no record yet."""
    run = []
    for first, second in zip(empty, villages_of(CODES[COUNTY]), strict=False):
        if first != second:
            break
        run.append(first)
    return run


def cell(page: Page, area: Area, measure: str):
    return page.locator(f"#v-{area.pk}-{measure}")
