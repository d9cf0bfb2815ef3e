"""What programmes bring into the grid: kinds, flags, balances, usual figures, and figures that ask for a reason."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from programmes.catalogue.dew import DewRecord
from programmes.catalogue.mutual_fund import MutualFundRecord
from programmes.catalogue.profile import ProfileRecord
from programmes.catalogue.work_relief import WorkReliefRecord
from programmes.models import Remark
from tests.browser.grids import PHONE, cell, chip, open_rounds, opener
from tests.browser.pictures import take

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def open_grid(world, live_server, client, context):
    return opener(world, live_server, client, context)


def faults(page: Page) -> list[str]:
    return [f"{found['id']}: {found['nodes'][0]['html'][:120]}" for found in Axe().run(page).response["violations"]]


def test_each_kind_has_a_grid_of_its_own(open_grid, world):
    open_rounds("work-relief")
    page = open_grid("work-relief")
    expect(page.get_by_role("link", name="Roads")).to_have_attribute("aria-current", "page")
    expect(page.locator("#m-quantity")).to_contain_text("km")
    cell(page, world["Huawu"], "quantity").fill("1.5")
    page.keyboard.press("Control+S")
    expect(page.locator("#grid-state")).to_contain_text("All saved")
    page.get_by_role("link", name="Irrigation").click()
    expect(page.locator("#m-quantity")).to_contain_text("mu")
    expect(cell(page, world["Huawu"], "quantity")).to_have_value("")
    cell(page, world["Huawu"], "quantity").fill("20")
    page.keyboard.press("Control+S")
    expect(chip(page, world["Huawu"])).to_contain_text("✓ saved")
    saved = dict(WorkReliefRecord.objects.values_list("breakdown", "quantity"))
    assert {kind: str(quantity) for kind, quantity in saved.items()} == {"road": "1.50", "irrigation": "20.00"}
    page.get_by_role("button", name=re.compile("^Submit")).click()
    expect(page.locator("#grid-notice")).to_contain_text("Villages submitted: 1.")
    assert dict(WorkReliefRecord.objects.values_list("breakdown", "state"))["road"] == "draft"


def test_a_fund_begins_with_its_usual_grant_and_must_balance(open_grid, world):
    open_rounds("mutual-fund")
    page = open_grid("mutual-fund")
    opening, grant, closing = (cell(page, world["Huawu"], name) for name in ("opening", "grant", "closing"))
    opening.fill("1000")
    page.keyboard.press("Enter")
    expect(grant).to_have_value("150,000")
    expect(page.locator("#grid-notice")).to_contain_text("State grant 150,000")
    page.keyboard.press("Control+Z")
    expect(grant).to_have_value("")
    expect(opening).to_have_value("")
    page.keyboard.press("Control+Y")
    closing.fill("150000.5")
    page.keyboard.press("Enter")
    told = "“Closing balance” is 150,000.50, but what came in less what went out is 151,000."
    expect(closing).to_have_accessible_description(told)
    closing.fill("151000")
    page.keyboard.press("Enter")
    page.keyboard.press("Control+S")
    expect(chip(page, world["Huawu"])).to_contain_text("✓ saved")
    assert str(MutualFundRecord.objects.get().grant) == "150000.00"


@pytest.mark.thorough
def test_flags_are_read_as_people_write_them_and_counted(open_grid, world):
    open_rounds("profile")
    page = open_grid("profile")
    flag = next(measure.name for measure in ProfileRecord.measures() if measure.kind == "flag")
    for village, typed, shown in (("Huawu", "是", "yes"), ("Gaoshan", "Y", "yes"), ("Dazhai", "0", "no")):
        cell(page, world[village], flag).fill(typed)
        page.keyboard.press("Enter")
        expect(cell(page, world[village], flag)).to_have_value(shown)
    expect(page.locator("tfoot [data-total]").nth([m.name for m in ProfileRecord.measures()].index(flag))).to_have_text(
        "2"
    )
    cell(page, world["Longtan"], flag).fill("perhaps")
    page.keyboard.press("Enter")
    expect(cell(page, world["Longtan"], flag)).to_have_accessible_description("“perhaps” is neither yes nor no.")
    cell(page, world["Longtan"], flag).fill("")
    page.keyboard.press("Control+S")
    expect(page.locator("#grid-state")).to_contain_text("All saved")
    said = dict(ProfileRecord.objects.values_list("area__name_latin", flag))
    assert said == {"Huawu": True, "Gaoshan": True, "Dazhai": False}


@pytest.fixture
def jumping(world):
    """Huawu reported 30 last year and 95 this year."""
    last = world.save("Huawu", trained=30)
    DewRecord.objects.filter(area=last.area).update(year=2009)
    world.save("Huawu", trained=95)
    return world


def test_an_unlikely_figure_asks_for_a_reason_before_it_is_submitted(open_grid, jumping):
    page = open_grid()
    trained = cell(page, jumping["Huawu"], "trained")
    expect(trained).to_have_accessible_description("95 this year, 30 last year. Is that right?")
    expect(chip(page, jumping["Huawu"])).to_contain_text("? 1 to explain")
    page.get_by_role("button", name=re.compile("^Submit")).click()
    expect(page.locator("#grid-errors")).to_contain_text("Huawu 化屋村, Trained: 95 this year, 30 last year.")
    expect(trained).to_be_focused()
    assert DewRecord.objects.get(year=2010).state == "draft"
    page.keyboard.press("Shift+F2")
    panel = page.get_by_role("dialog")
    expect(panel).to_contain_text("→ 95")
    assert faults(page) == []
    page.get_by_label("Reason", exact=True).fill("Two courses were held.")
    panel.get_by_role("button", name="Save").click()
    expect(trained).to_have_accessible_description(re.compile("Reason given: Two courses were held."))
    expect(chip(page, jumping["Huawu"])).not_to_contain_text("to explain")
    expect(page.locator("#grid-errors")).to_be_hidden()
    expect(page.locator("#grid-state")).to_contain_text("All saved")
    assert Remark.objects.get().text == "Two courses were held."
    page.get_by_role("button", name=re.compile("^Submit")).click()
    expect(page.locator("#grid-notice")).to_contain_text("Villages submitted: 1.")
    expect(trained).to_have_accessible_description(re.compile("Reason given"))


@pytest.mark.thorough
def test_a_reason_is_asked_for_anew_when_the_figure_is_another(open_grid, jumping):
    page = open_grid()
    trained = cell(page, jumping["Huawu"], "trained")

    def write(figure: str) -> None:
        trained.fill(figure)
        page.keyboard.press("Enter")

    def say(words: str) -> None:
        trained.focus()
        page.keyboard.press("Shift+F2")
        page.get_by_label("Reason", exact=True).fill(words)
        page.get_by_role("dialog").get_by_role("button", name="Save").click()
        expect(trained).to_have_accessible_description(re.compile(f"Reason given: {words}"))

    say("Two courses were held.")
    write("400")
    expect(trained).to_have_accessible_description(
        "400 this year, 30 last year. Is that right? Given for 95, now 400: Two courses were held."
    )
    expect(chip(page, jumping["Huawu"])).to_contain_text("? 1 to explain")
    # The reason arrives with the figure that is in the cell, saved or not.
    say("A college moved in.")
    expect(page.locator("#grid-state")).to_contain_text("All saved")
    write("95")
    expect(trained).to_have_accessible_description(re.compile("Reason given: Two courses were held."))
    page.keyboard.press("Control+S")
    expect(page.locator("#grid-state")).to_contain_text("All saved")
    assert list(Remark.objects.order_by("pk").values_list("figure", flat=True)) == ["95", "400"]
    page.reload()
    expect(trained).to_have_accessible_description(re.compile("Reason given: Two courses were held."))


def test_the_others_are_submitted_while_some_figures_have_no_reason_yet(open_grid, jumping):
    jumping.save("Gaoshan", trained=40)
    page = open_grid()
    cell(page, jumping["Longtan"], "trained").fill("12")
    page.get_by_role("button", name="Submit (2)").click()
    errors = page.locator("#grid-errors")
    expect(errors).to_contain_text("Unlikely figures that ask for a reason: 1")
    take(page, "explain")
    # What can't be is not handed in beside what is only unlikely.
    cell(page, jumping["Longtan"], "women").fill("13")
    page.keyboard.press("Enter")
    errors.get_by_role("button", name="Submit the others").click()
    expect(errors).to_contain_text("“of which women” is 13, more than “Trained”, which is 12.")
    expect(errors.get_by_role("button")).to_have_count(0)
    assert not DewRecord.objects.filter(state="submitted").exists()
    cell(page, jumping["Longtan"], "women").fill("3")
    page.get_by_role("button", name=re.compile("^Submit")).click()
    expect(errors).to_contain_text("Huawu 化屋村, Trained: 95 this year, 30 last year.")
    errors.get_by_role("button", name="Submit the others").click()

    notice = page.locator("#grid-notice")
    expect(notice).to_contain_text("Villages submitted: 2.")
    expect(notice).to_contain_text("Huawu 化屋村: Give a reason. Trained: 95 this year, 30 last year. Is that right?")
    stand = dict(DewRecord.objects.filter(year=2010).values_list("area__name_latin", "state"))
    assert stand == {"Huawu": "draft", "Gaoshan": "submitted", "Longtan": "submitted"}
    expect(chip(page, jumping["Huawu"])).to_contain_text("✓ saved · ? 1 to explain")
    expect(chip(page, jumping["Longtan"])).to_contain_text("↑ submitted")
    expect(page.get_by_role("button", name="Submit (1)")).to_be_visible()


@pytest.mark.thorough
def test_on_a_phone_the_question_stands_below_its_field(open_grid, jumping):
    page = open_grid(viewport=PHONE)
    # The same figure typed again is still the same question.
    cell(page, jumping["Huawu"], "trained").click()
    page.keyboard.press("Control+A")
    page.keyboard.type("95")
    page.get_by_role("button", name="Give a reason: Huawu 化屋村, Trained").click()
    expect(page.get_by_role("dialog")).to_contain_text("95 this year, 30 last year")
    page.get_by_label("Reason", exact=True).fill("Two courses were held.")
    page.get_by_role("dialog").get_by_role("button", name="Save").click()
    expect(page.locator("#grid-explain")).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    assert faults(page) == []
