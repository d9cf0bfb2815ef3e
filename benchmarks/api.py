"""The API over a million Dew records, with token, scope and filters in it, against the driver alone and its peers.

Each request of ours goes through the whole stack of the web server's process. The limit is psycopg2 and orjson, without
framework, sign-in or scope; plain DRF and django-ninja have no sign-in and no scope either.
"""

from __future__ import annotations

import io
import statistics
import tempfile
import time
from collections.abc import Callable
from typing import Any

from django.core.wsgi import get_wsgi_application
from django.db import connection
from rich.console import Console

from benchmarks.api_peers import ninja, plain, raw
from benchmarks.nation import make_clerk, make_places, make_records, make_rounds
from benchmarks.timing import milliseconds, ratio, side_by_side
from povtrack.accounts.actions import make_token
from povtrack.lib.progress import print_table
from povtrack.lib.rest.keyset import Cursor, Key
from povtrack.rollups.recompute import rebuild
from programmes.catalogue.dew import DewRecord
from villages.levels import Level
from villages.models import Area

RECORDS, COUNT = "/api/v1/records/dew/", 1_000_000
DEEP = 900_000
_COLUMNS = (
    "r.id, r.area_id AS area, a.code AS area_code, a.name AS area_name, r.county_id AS county, "
    "r.township_id AS township, r.year, r.breakdown, r.state, r.nil, r.note, r.version, r.entered_at, "
    "u.username AS entered_by, r.submitted_at, r.approved_at, "
    "trained, women, minority, disabled, placed, pay_before, pay_after, vocational, subsidy, spent"
)
_FROM = "programmes_dewrecord r JOIN villages_area a ON a.id = r.area_id JOIN accounts_user u ON u.id = r.entered_by_id"
_SERVER = get_wsgi_application()


def ask(path: str, query: str, token: str) -> bytes | Any:
    """Send a request through the whole stack; returns the body, or what is left of a file."""
    said: list[str] = []
    environ = {
        "REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": query, "SERVER_NAME": "localhost",
        "SERVER_PORT": "80", "HTTP_AUTHORIZATION": f"Token {token}", "HTTP_HOST": "localhost",
        "wsgi.input": io.BytesIO(), "wsgi.errors": io.StringIO(), "wsgi.url_scheme": "http",
    }  # fmt: skip
    answer = _SERVER(environ, lambda status, headers: said.append(status))
    body = b"".join(answer) if "format" not in query else b"" if not all(map(len, answer)) else b"sent"
    if hasattr(answer, "close"):
        answer.close()
    assert said[0].startswith("200"), (said, body[:500])
    return body


def by_copy(file: Any) -> None:
    with connection.connection.cursor() as cursor:
        cursor.copy_expert(f"COPY (SELECT {_COLUMNS} FROM {_FROM} ORDER BY r.id) TO STDOUT (FORMAT csv)", file)


def copied() -> None:
    with tempfile.TemporaryFile(buffering=1 << 20) as file:
        by_copy(file)
        file.seek(0)
        while file.read(1 << 20):
            pass


def run(console: Console) -> None:
    make_places()
    user = make_clerk()
    make_records(COUNT, user)
    make_rounds()
    rebuild()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    token = make_token(by=user, name="benchmark", days=1)
    lists(console, token)
    totals(console, token)
    whole(console, token)


def lists(console: Console, token: str) -> None:
    last = DewRecord.objects.order_by("pk")[DEEP : DEEP + 1].values_list("pk", flat=True)[0]
    cursor = _cursor(last)
    rows = []
    for label, size, after, page in (
        ("100 rows, first page", 100, 0, 1),
        ("1,000 rows, first page", 1000, 0, 1),
        (f"100 rows after {DEEP:,}", 100, last, DEEP // 100 + 1),
        (f"1,000 rows after {DEEP:,}", 1000, last, DEEP // 1000 + 1),
    ):
        query = f"page_size={size}" + (f"&cursor={cursor}" if after else "")
        ways: dict[str, Callable[[], object]] = {
            "limit": lambda size=size, after=after: raw(
                _COLUMNS, f"{_FROM} WHERE r.id > %s ORDER BY r.id LIMIT {size + 1}", [after]
            ),
            "ours": lambda query=query: ask(RECORDS, query, token),
            "plain": lambda size=size, page=page: plain(f"page_size={size}&page={page}"),
            "ninja": lambda size=size, after=after: ninja("keyset", f"size={size}&after={after}"),
            "offset": lambda size=size, page=page: ninja("offset", f"limit={size}&offset={(page - 1) * size}"),
        }
        spent = _settled(ways, 15)
        rows.append(
            [label, *map(milliseconds, spent.values()), *(ratio(s, spent["limit"]) for s in list(spent.values())[1:])]
        )
    title = "Lists of records (goal: 100 rows at most 2.5 times the limit, 1,000 rows 2 times; deep as the first)"
    names = ["limit", "ours", "plain DRF", "ninja keyset", "ninja offset"]
    heads = ["page", *(f"{name} ms" for name in names), *(f"{name} x" for name in names[1:])]
    print_table(console, title, heads, rows)


def _cursor(pk: int) -> str:
    return Cursor([pk]).write([Key("pk")])


def _settled(ways: dict[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    for way in ways.values():
        way()
    return side_by_side(ways, rounds)


def totals(console: Console, token: str) -> None:
    """The counties of each province in turn, so that no plan and no page of the table is asked for twice in a row."""
    provinces = list(Area.objects.filter(level=Level.PROVINCE).order_by("pk"))
    names = ", ".join(f"t.{column.column}" for column in DewRecord.rollup._meta.local_fields)
    source = (
        "programmes_dewrollup t JOIN villages_area a ON a.id = t.area_id WHERE a.path LIKE %s AND a.level = 3 "
        "AND t.year = 2008 AND t.basis = 'recorded' AND t.breakdown = '' ORDER BY t.area_id LIMIT 1001"
    )
    seconds: dict[str, list[float]] = {"limit": [], "ours": []}
    for province in provinces * 4:
        query = f"within={province.pk}&level=3&year=2008&page_size=1000"
        for name, way in (
            ("limit", lambda path=province.path: raw(f"{names}, a.code, a.name", source, [f"{path}%"])),
            ("ours", lambda query=query: ask("/api/v1/rollups/dew/", query, token)),
        ):
            start = time.perf_counter()
            way()
            seconds[name].append(time.perf_counter() - start)
    rows = []
    for label, share in (("median", 50), ("p95", 95)):
        limit, ours = (statistics.quantiles(seconds[name][len(provinces) :], n=100)[share - 1] for name in seconds)
        rows.append([label, milliseconds(limit), milliseconds(ours), ratio(ours, limit)])
    title = "Totals of the counties of a province (goal: p95 2 times the bare SQL)"
    print_table(console, title, ["", "limit ms", "ours ms", "x"], rows)


def whole(console: Console, token: str) -> None:
    spent = _settled({"COPY": copied, "ours": lambda: ask(RECORDS, "format=csv", token)}, 3)
    cells = [*map(milliseconds, spent.values()), ratio(spent["ours"], spent["COPY"])]
    title = "A million records as CSV, counted and summed, against COPY to a file that is read (goal: 1.25 times)"
    print_table(console, title, ["COPY ms", "ours ms", "x"], [cells])
    lines = _settled({"NDJSON": lambda: ask(RECORDS, "format=ndjson&year=2005", token)}, 1)
    print_table(console, "148,000 records as NDJSON", ["ms"], [[milliseconds(lines["NDJSON"])]])
