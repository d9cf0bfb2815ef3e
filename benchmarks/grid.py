"""The entry grid at 300 villages x 15 measures: the server's time, the bytes that cross the line, and how typing feels.

The limit is what a careful person would write by hand: one query, and the same inputs as bare HTML.
"""

from __future__ import annotations

import datetime as dt
import gzip
import html
from typing import Any

from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse
from rich.console import Console

from benchmarks.timing import milliseconds, ratio, side_by_side
from povtrack.accounts.models import Jurisdiction, User
from povtrack.accounts.roles import Role
from povtrack.lib.progress import print_table
from programmes.catalogue.mutual_fund import MutualFundRecord
from villages import derive
from villages.models import Area, AreaVersion

YEAR = 2010
COUNTY, VILLAGES = "3", 300
NAMES = [measure.name for measure in MutualFundRecord.measures()]


def run(console: Console) -> None:
    settings.ALLOWED_HOSTS = ["localhost"]
    client, user = Client(SERVER_NAME="localhost"), User.objects.create_user("clerk")
    make_county(user)
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


def kilobytes(data: bytes) -> str:
    return f"{len(data) / 1000:,.0f}"


def make_county(user: User) -> None:
    """A county of 300 villages in one township, with records of two years and an open round; all of it the clerk's."""
    above = None
    for level, code in enumerate(("N", "1", "2", COUNTY, "4")):
        above = Area.objects.create(level=level, code=code, name=f"Place {code}", parent=above, path="")
    villages = [Area(level=5, code=f"5{n:07}", name=f"Place {n}", parent=above, path="") for n in range(VILLAGES)]
    Area.objects.bulk_create(villages)
    AreaVersion.objects.bulk_create(
        AreaVersion(area=a, code=a.code, name=a.name, parent=a.parent, valid=(dt.date(2001, 1, 1), None))
        for a in Area.objects.all()
    )
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
