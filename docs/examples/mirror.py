"""A copy of records that follows its source: the first run loads all, each later one what has changed since.

    export POVTRACK_URL=https://povtrack.example POVTRACK_TOKEN=...
    python mirror.py dew

Needs nothing but Python. Keeps mirror.sqlite: a row for each record, as JSON, and the cursor to go on from.
"""

from __future__ import annotations

import json
import os
import sqlite3
import sys
import urllib.error
import urllib.request
from typing import Any

FEED = f"{os.environ['POVTRACK_URL']}/api/v1/changes/"


def ask(url: str) -> Any:
    headers = {"Authorization": f"Token {os.environ['POVTRACK_TOKEN']}"}
    return json.load(urllib.request.urlopen(urllib.request.Request(url, headers=headers)))


def begin(kept: sqlite3.Connection, asked: str) -> str:
    """Load the list whole, and return where to go on: from before it was read, so that nothing is lost between."""
    start = ask(f"{FEED}?{asked}")
    kept.execute("DELETE FROM rows")
    for one in start["begin"]["lists"]:
        url = f"{one['url']}?page_size=5000"
        while url:
            page = ask(url)
            kept.executemany(
                "REPLACE INTO rows VALUES (?, ?)", [(row["id"], json.dumps(row)) for row in page["results"]]
            )
            url = page["next"]
    return str(start["cursor"])


def follow(kept: sqlite3.Connection, asked: str, cursor: str) -> str:
    """Take in what has changed since, and return where to go on."""
    more = True
    while more:
        page = ask(f"{FEED}?{asked}&since={cursor}&include=content&page_size=1000")
        for change in page["results"]:
            if change["operation"] in ("entered", "left"):  # a place moved, with all its records
                return begin(kept, asked)
            if change["content"] is None:
                kept.execute("DELETE FROM rows WHERE id = ?", [change["id"]])
            else:
                kept.execute("REPLACE INTO rows VALUES (?, ?)", [change["id"], json.dumps(change["content"])])
        cursor, more = page["cursor"], page["more"]
    return str(cursor)


def main(programme: str) -> None:
    kept = sqlite3.connect("mirror.sqlite")
    kept.execute("CREATE TABLE IF NOT EXISTS rows (id INTEGER PRIMARY KEY, content TEXT)")
    kept.execute("CREATE TABLE IF NOT EXISTS place (cursor TEXT)")
    asked = f"resource=records&programme={programme}"
    known = kept.execute("SELECT cursor FROM place").fetchone()
    try:
        cursor = follow(kept, asked, *known) if known else begin(kept, asked)
    except urllib.error.HTTPError as refused:
        if refused.code != 410:
            sys.exit(f"{refused.url}: {json.load(refused)['detail']}")
        cursor = begin(kept, asked)  # away for too long, or the token reads other areas now
    kept.execute("DELETE FROM place")
    kept.execute("INSERT INTO place VALUES (?)", [cursor])
    kept.commit()
    print(*kept.execute("SELECT count(*) FROM rows").fetchone(), "records")


if __name__ == "__main__":
    main(sys.argv[1])
