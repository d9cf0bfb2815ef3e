"""The entry grid at 300 villages x 15 measures: the server's time, the bytes that cross the line, and how typing feels.

The limit is what a careful person would write by hand: one query, and the same inputs as bare HTML.
"""

from __future__ import annotations

import datetime as dt
import gzip
import html
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import sync_playwright
from rich.console import Console

from benchmarks.timing import milliseconds, ratio, side_by_side
from povtrack.accounts.models import Jurisdiction, User
from povtrack.accounts.roles import Role
from povtrack.lib.progress import print_table
from programmes.catalogue.mutual_fund import MutualFundRecord
from programmes.catalogue.profile import ProfileRecord
from programmes.models import Round
from villages import derive
from villages.models import Area, AreaVersion

YEAR = 2010
COUNTY, VILLAGES = "3", 300
NAMES = [measure.name for measure in MutualFundRecord.measures()]


def run(console: Console) -> None:
    settings.ALLOWED_HOSTS = ["localhost"]
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    client, user = Client(SERVER_NAME="localhost"), User.objects.create_user("clerk")
    make_county(user, VILLAGES)
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    url = reverse("entry", args=[MutualFundRecord.code, YEAR, COUNTY])
    page = client.get(url)
    assert page.status_code == 200, page.status_code
    rows = page.content.count(b"<tr id=")
    seconds = side_by_side({"by hand": by_hand, "povtrack's page": lambda: client.get(url)}, rounds=9)
    limit = seconds["by hand"]
    sizes = {"by hand": by_hand(), "povtrack's page": page.content}
    print_table(
        console,
        f"The grid of {rows} villages x {len(NAMES)} figures, each with last year's beside it",
        ["way", "ms", "x by hand", "kB", "kB gzip"],
        [
            [name, milliseconds(s), ratio(s, limit), kilobytes(sizes[name]), kilobytes(gzip.compress(sizes[name], 6))]
            for name, s in seconds.items()
        ],
    )
    typing(console, client)


def typing(console: Console, client: Client) -> None:
    """How long a key takes to be seen, in a grid of 500 villages and every figure of the widest programme."""
    model = ProfileRecord
    more = [Area(level=5, code=f"6{n:07}", name=f"Place 6{n}", parent_id=township(), path="") for n in range(200)]
    Area.objects.bulk_create(more)
    AreaVersion.objects.bulk_create(version(area) for area in more)
    derive.rebuild()
    Round.objects.create(
        programme=model.code, year=YEAR, opens="2020-01-01", due=timezone.localdate(), closes=timezone.localdate()
    )
    page = client.get(reverse("entry", args=[model.code, YEAR, COUNTY]))
    with served(page.content) as address:
        times = sorted(type_into(address))
    cells = f"{page.content.count(b'<tr id=')} x {len(model.measures())}"
    print_table(
        console,
        f"From a key to the painted frame, {cells} figures, {len(times)} keys (goal: within 50 ms)",
        ["", "ms"],
        [["median", f"{times[len(times) // 2]:.1f}"], ["95 of 100", f"{times[len(times) * 95 // 100]:.1f}"]],
    )


def township() -> int:
    return Area.objects.get(level=4).pk


def version(area: Area) -> AreaVersion:
    valid = (dt.date(2001, 1, 1), None)
    return AreaVersion(area=area, code=area.code, name=area.name, parent_id=area.parent_id, valid=valid)


@contextmanager
def served(page: bytes) -> Iterator[str]:
    """Serve one page and the static files; whatever it sends is refused, as on a day without a line."""

    class Answer(SimpleHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path.startswith("/static/"):
                return super().do_GET()
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(page)
            return None

        def log_message(self, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Answer, directory=str(settings.BASE_DIR)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://localhost:{server.server_port}/"
    server.shutdown()


CLOCK = """
    window.times = [];
    addEventListener("keydown", ({ timeStamp }) => requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => times.push(performance.now() - timeStamp);
        port2.postMessage(0);
    }), true);
"""


def type_into(address: str) -> list[float]:
    """Type figures down two columns, and return the milliseconds from each key to its frame."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(viewport={"width": 1366, "height": 768})
        page.goto(address)
        page.locator("#grid[data-ready]").wait_for(state="attached")
        page.evaluate(CLOCK)
        page.locator("#grid tbody input:not([type=hidden])").first.click()
        for number in range(60):
            for key in (*str(1000 + number), "Tab" if number % 2 else "Enter"):
                page.keyboard.press(key)
        page.wait_for_timeout(500)
        return page.evaluate("times")


def kilobytes(data: bytes) -> str:
    return f"{len(data) / 1000:,.0f}"


def make_county(user: User, count: int) -> None:
    """A county of one township, with records of two years and an open round; all of it the clerk's."""
    above = None
    for level, code in enumerate(("N", "1", "2", COUNTY, "4")):
        above = Area.objects.create(level=level, code=code, name=f"Place {code}", parent=above, path="")
    villages = [Area(level=5, code=f"5{n:07}", name=f"Place {n}", parent=above, path="") for n in range(count)]
    Area.objects.bulk_create(villages)
    AreaVersion.objects.bulk_create(version(area) for area in Area.objects.all())
    derive.rebuild()
    Jurisdiction.objects.create(user=user, role=Role.CLERK, area=Area.objects.get(level=0))
    figures = ", ".join(f'"{name}"' for name in NAMES)
    values = {"opening": "100000", "closing": "100000 + v.y", "contributions": "v.y"}
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            INSERT INTO programmes_mutualfundrecord (area_id, year, breakdown, county_id, township_id, state, nil, note,
                version, entered_at, entered_by_id, {figures})
            SELECT p.area_id, v.y, '', p.county_id, p.township_id, 'draft', false, '', 1, now(), u.id,
                {", ".join(values.get(name, "0") for name in NAMES)}
            FROM villages_placement p CROSS JOIN (VALUES (2009), (2010)) AS v (y)
            CROSS JOIN (SELECT min(id) AS id FROM accounts_user) AS u
            WHERE p.level = 5
            """
        )
        cursor.execute(
            "INSERT INTO programmes_round (programme, year, opens, due, closes)"
            " VALUES ('mutual-fund', %s, current_date - 1, current_date + 1, current_date + 1)",
            [YEAR],
        )
        cursor.execute("ANALYZE")


def by_hand() -> bytes:
    """One query, and inputs with last year's figure beside them."""
    columns = ", ".join(f'r."{name}", b."{name}"' for name in NAMES)
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT a.id, a.name, r.version, r.state, {columns}
            FROM villages_placement p
            JOIN villages_area a ON a.id = p.area_id
            JOIN villages_area c ON c.id = p.county_id AND c.code = %s
            LEFT JOIN programmes_mutualfundrecord r ON r.area_id = a.id AND r.year = 2010
            LEFT JOIN programmes_mutualfundrecord b ON b.area_id = a.id AND b.year = 2009
            WHERE p.level = 5 AND p.valid @> '2010-12-31'::date ORDER BY a.code
            """,
            [COUNTY],
        )
        return "".join(_line(row) for row in cursor.fetchall()).encode()


def _line(row: tuple[Any, ...]) -> str:
    area, name, version, state, *figures = row
    pairs = zip(NAMES, figures[::2], figures[1::2], strict=True)
    cells = "".join(
        f"<td><span>{'' if last is None else f'{last:,}'}</span>"
        f'<input name="v-{area}-{measure}" value="{"" if now is None else f"{now:,}"}"></td>'
        for measure, now, last in pairs
    )
    return f'<tr data-area="{area}" data-version="{version}"><th>{html.escape(name)}</th>{cells}<td>{state}</td></tr>'
