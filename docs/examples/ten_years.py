"""Ten years of trained people by province, on today's boundaries, beside the money: a table and a picture.

    export POVTRACK_URL=https://povtrack.example POVTRACK_TOKEN=...
    python ten_years.py 2002 2011

Needs nothing but Python. Prints a table, and writes ten_years.csv and ten_years.svg.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import sys
import urllib.error
import urllib.parse
import urllib.request
from collections import defaultdict
from pathlib import Path
from typing import Any

PROVINCE = 1


def ask(path: str, **asked: Any) -> Any:
    """Ask the API, and return the answer; end with its own words where it refuses."""
    url = f"{os.environ['POVTRACK_URL']}/api/v1/{path}/?{urllib.parse.urlencode(asked)}"
    request = urllib.request.Request(url, headers={"Authorization": f"Token {os.environ['POVTRACK_TOKEN']}"})
    try:
        return urllib.request.urlopen(request)
    except urllib.error.HTTPError as refused:
        sys.exit(f"{refused.url}: {json.load(refused)['detail']}")


def whole_table(path: str, **asked: Any) -> list[dict[str, str]]:
    """Return all rows of a list, after making sure that none is missing. Prints how fresh they are."""
    answer = ask(path, format="csv", **asked)
    body = answer.read()
    rows = list(csv.DictReader(io.StringIO(body.decode())))
    assert hashlib.sha256(body).hexdigest() == answer.headers["Povtrack-SHA256"], "the download is torn"
    assert len(rows) == int(answer.headers["Povtrack-Rows-Out"])
    print(f"{path}: {len(rows)} rows, {answer.headers['Povtrack-Pending-Changes']} edits waiting")
    return rows


def main(first: int, last: int) -> None:
    me = json.load(ask("me"))
    nation = me["holds"][0]["area"]
    span = {"year_min": first, "year_max": last, "basis": "current"}
    trained = whole_table("observations", programme="dew", measure="trained", level=PROVINCE, **span)
    money = whole_table("fund-totals", area=nation, by="part,year", **span)
    yuan = {(row["part"], row["year"]): row["received"] for row in money}
    table = [
        (
            row["area_name"],
            row["year"],
            row["value"],
            row["reported"],
            row["expected"],
            yuan.get((row["area"], row["year"])),
        )
        for row in trained
    ]
    with Path("ten_years.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["province", "year", "trained", "reported", "expected", "yuan"])
        writer.writerows(table)
    for line in table:
        print(*("–" if cell in ("", None) else cell for cell in line), sep="\t")
    Path("ten_years.svg").write_text(picture(table, first, last), encoding="utf-8")


def picture(table: list[tuple[Any, ...]], first: int, last: int) -> str:
    """Draw a line for each province. A year that nobody reported is a gap, not a zero."""
    series: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for name, year, value, *_rest in table:
        if value:
            series[name].append((int(year), float(value)))
    highest = max((value for points in series.values() for _year, value in points), default=1.0)
    lines = []
    for name, points in series.items():
        places = [
            (60 + 600 * (year - first) / max(last - first, 1), 340 - 300 * value / highest) for year, value in points
        ]
        drawn = " ".join(f"{x:.0f},{y:.0f}" for x, y in places)
        x, y = places[-1]
        lines.append(f'<polyline points="{drawn}" fill="none" stroke="#1f5f8b" stroke-width="2"/>')
        lines.append(
            f'<circle cx="{x:.0f}" cy="{y:.0f}" r="3" fill="#1f5f8b"/><text x="{x + 8:.0f}" y="{y:.0f}">{name}</text>'
        )
    axis = f'<text x="60" y="370">{first}</text><text x="640" y="370">{last}</text>'
    axis += f'<text x="4" y="44">{highest:,.0f}</text>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 380" font-size="14">{axis}{"".join(lines)}</svg>'


if __name__ == "__main__":
    main(*(int(year) for year in sys.argv[1:3]))
