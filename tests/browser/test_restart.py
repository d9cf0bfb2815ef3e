"""A server that dies in the middle of the work: what was typed before, during and after arrives, each figure once."""

from __future__ import annotations

import pytest
from django.db import connection, transaction
from playwright.sync_api import expect

from programmes.catalogue.dew import DewRecord
from tests.browser.grids import KEPT, cell, chip, sign_in
from tests.browser.served import Served

pytestmark = [
    pytest.mark.thorough,
    pytest.mark.browser,
    pytest.mark.slow_start,
    pytest.mark.django_db(transaction=True),
]

expect.set_options(timeout=20_000)

WAITING = "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'programmes_dewrecord'::regclass"


@pytest.fixture
def served(db, tmp_path):
    served = Served(tmp_path / "served.log")
    served.start()
    yield served
    served.close()


def someone_waits() -> bool:
    """Tell whether a save has come so far that it waits for the table."""
    with connection.cursor() as cursor:
        cursor.execute(WAITING)
        return bool(cursor.fetchone()[0])


def test_a_killed_server_loses_and_doubles_nothing(served, world, client, context):
    address = f"http://localhost:{served.port}"
    sign_in(context, client, world.clerk, address)
    page = context.new_page()
    page.goto(f"{address}/work/dew/2010/520524/")
    cell(page, world["Huawu"], "trained").fill("59")
    page.keyboard.press("Enter")
    expect(chip(page, world["Huawu"])).to_contain_text("✓ saved")

    # Killed while it saves: whether a row has arrived only the database knows.
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE programmes_dewrecord IN EXCLUSIVE MODE")
        cell(page, world["Gaoshan"], "trained").fill("40")
        page.keyboard.press("Control+S")
        while not someone_waits():
            page.wait_for_timeout(20)
        expect(chip(page, world["Gaoshan"])).to_contain_text("being sent")
        served.kill()
    expect(chip(page, world["Gaoshan"])).to_contain_text("kept here, will be sent")
    cell(page, world["Dazhai"], "trained").fill("12")
    page.keyboard.press("Enter")
    expect(page.locator("#grid-state")).to_contain_text("No connection. Rows kept on this computer: 2")

    served.start()
    # Nobody does anything: the page finds the server again by itself.
    expect(page.locator("#grid-state")).to_contain_text("All saved")
    page.wait_for_function(f"async () => (await ({KEPT})()) === ''")
    found = DewRecord.objects.values_list("area__name_latin", "trained", "version")
    assert sorted(found) == [("Dazhai", 12, 1), ("Gaoshan", 40, 1), ("Huawu", 59, 1)]
