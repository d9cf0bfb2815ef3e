"""The Excel round trip in a real browser: take, fill in, send, mend, send again, save; every page accessible."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from programmes.actions import load_records
from programmes.catalogue.dew import DewRecord
from programmes.models import Remark
from tests.browser.pictures import take
from tests.browser.test_pages import faults
from tests.programmes.sheets.files import fill

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

expect.set_options(timeout=20_000)

HUAWU, GAOSHAN = "520524100201", "520524100202"
SHEETS = "/work/dew/2010/520524/sheets/"
WIDE, PHONE = {"width": 1366, "height": 768}, {"width": 390, "height": 844}


def signed_in(world, client, context, address: str) -> Page:
    client.force_login(world.clerk, backend="allauth.account.auth_backends.AuthenticationBackend")
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": address}])
    return context.new_page()


def downloaded(page: Page, link: str) -> bytes:
    with page.expect_download() as download:
        page.get_by_role("link", name=link).first.click()
    return Path(download.value.path()).read_bytes()


def sent(page: Page, name: str, content: bytes) -> None:
    mime = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    page.get_by_label("Filled-in file").set_input_files({"name": name, "mimeType": mime, "buffer": content})
    page.get_by_role("button", name="Send and check").click()


def test_a_template_is_filled_in_sent_mended_and_saved(world, live_server, client, browser):
    context = browser.new_context(viewport=WIDE, base_url=live_server.url)
    page = signed_in(world, client, context, live_server.url)
    page.goto(SHEETS)
    template = downloaded(page, "Excel template")

    sent(page, "first.xlsx", fill(template, {HUAWU: {"trained": 20, "women": 30}, GAOSHAN: {"trained": 7}}))
    expect(page.get_by_role("heading", name="1 row can't be saved as it is")).to_be_visible()
    expect(page.get_by_role("row", name="Huawu")).to_contain_text("more than “Trained”, which is 20")
    expect(page.get_by_label("All rows, or none")).to_be_disabled()
    preview = page.url
    take(page, "preview")
    assert not DewRecord.objects.exists()

    mended = fill(downloaded(page, "Error workbook"), {HUAWU: {"women": 10}})
    page.get_by_role("link", name="Send another file").click()
    sent(page, "second.xlsx", mended)
    expect(page.get_by_label("All rows, or none")).to_be_checked()
    page.get_by_role("button", name="Save 2 rows").click()
    expect(page.get_by_role("heading", name="Rows saved: 2")).to_be_visible()
    assert dict(DewRecord.objects.values_list("area__code", "women")) == {HUAWU: 10, GAOSHAN: None}
    result = page.url

    page.goto(SHEETS)
    sent(page, "second.xlsx", mended)
    expect(page.get_by_role("heading", name="This file changes nothing")).to_be_visible()
    page.goto(SHEETS)
    sent(page, "photo.xlsx", b"\x89PNG\r\n\x1a\n")
    expect(page.get_by_role("heading", name="The file can't be read")).to_be_visible()

    pages = [SHEETS, preview, result, page.url]
    found = {f"wide {url}": faults(context.new_page(), url, WIDE["width"]) for url in pages}
    context.close()
    phone = browser.new_context(viewport=PHONE, color_scheme="dark", base_url=live_server.url)
    phone.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
    found |= {f"phone {url}": faults(phone.new_page(), url, PHONE["width"]) for url in pages}
    phone.close()
    assert {url: what for url, what in found.items() if what} == {}


@pytest.mark.thorough
def test_a_reason_typed_beside_an_unlikely_figure_is_kept_at_once_and_saved_with_the_row(
    world, live_server, client, browser
):
    blank = [None] * (len(DewRecord.measures()) - 1)
    load_records(DewRecord, rows=[(world["Huawu"].pk, 2009, "draft", False, 20, *blank)], by=world.clerk)
    context = browser.new_context(viewport=WIDE, base_url=live_server.url)
    page = signed_in(world, client, context, live_server.url)
    page.goto(SHEETS)
    sent(page, "figures.csv", f"Code,Trained\n{HUAWU},1900\n".encode())
    expect(page.get_by_role("heading", name="1 figure is unlikely and has no reason yet")).to_be_visible()
    row = page.get_by_role("row", name=HUAWU)
    expect(row).to_contain_text("1,900 this year, 20 last year. Is that right?")
    row.get_by_label("Reason: Trained").fill("A training centre opened.")
    row.get_by_label("Reason: Trained").press("Tab")
    expect(row.get_by_role("status")).to_have_text("✓ Kept")
    assert not Remark.objects.exists()
    preview = page.url
    assert faults(context.new_page(), preview, WIDE["width"]) == []

    page.goto(preview)
    expect(page.get_by_label("Reason: Trained")).to_have_value("A training centre opened.")
    page.get_by_label("Reason: Trained").fill("A training centre opened in May.")
    page.get_by_role("button", name="Save 1 row").last.click()
    expect(page.get_by_role("heading", name="Rows saved: 1")).to_be_visible()
    assert list(Remark.objects.values_list("area__code", "text")) == [(HUAWU, "A training centre opened in May.")]
    context.close()


@pytest.mark.thorough
def test_a_file_that_is_still_being_read_shows_itself_when_it_is_done(world, live_server, client, browser):
    from programmes.actions import uploads
    from programmes.models import Upload

    made = uploads.take_upload(
        DewRecord, year=2010, area=world["520524"], code="520524", file_name="x.csv",
        content=f"Code,Trained\n{HUAWU},7\n".encode(), by=world.clerk,
    )  # fmt: skip
    Upload.objects.filter(pk=made.pk).update(state="waiting")
    context = browser.new_context(viewport=WIDE, base_url=live_server.url)
    page = signed_in(world, client, context, live_server.url)
    page.goto(f"{SHEETS}{made.pk}/")
    expect(page.get_by_role("heading", name="The file is being read")).to_be_visible()
    assert faults(page.context.new_page(), f"{SHEETS}{made.pk}/", WIDE["width"]) == []
    uploads.read_upload(pk=made.pk)
    expect(page.get_by_role("button", name="Save 1 row")).to_be_visible()
    context.close()
