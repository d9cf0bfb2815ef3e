"""What is known of the nation of 2001 to 2010, read from the files beside this one; see README.md for their sources."""

from __future__ import annotations

import csv
import datetime as dt
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).parent
YEARS = range(2001, 2011)
# The forms of the end of 2010 are held for the whole time: the demonstration of boundary changes is another one.
SINCE, FORM = dt.date(2001, 1, 1), dt.date(2010, 12, 31)

NATIONAL, PROVINCIAL, WESTERN, CENTRAL_22 = "key-2001", "provincial-key", "western", "central-22"
WEST = ("15", "45", "50", "51", "52", "53", "54", "61", "62", "63", "64", "65")
MIDDLE = ("13", "14", "22", "23", "34", "36", "41", "42", "43", "46")


class Place(NamedTuple):
    """A province (two digits), prefecture (four) or county (six) at the end of 2010."""

    code: str
    name: str
    latin: str


class KeyCounty(NamedTuple):
    code: str
    list: str
    evidence: str


class Year(NamedTuple):
    """Fiscal input of one year, in yuan."""

    year: int
    central: int
    local: int


def rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of a file here, by the names of its columns."""
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


@cache
def places() -> dict[str, Place]:
    return {row["code"]: Place(row["code"], row["name"], row["name_latin"]) for row in rows("places.csv")}


@cache
def key_counties() -> list[KeyCounty]:
    return [KeyCounty(row["code"], row["list"], row["evidence"]) for row in rows("key_counties.csv")]


@cache
def years() -> list[Year]:
    return [Year(int(row["year"]), int(row["central"]), int(row["local"])) for row in rows("yearly.csv")]


@cache
def provinces() -> list[str]:
    return [code for code in places() if len(code) == 2]


@cache
def need() -> dict[str, int]:
    """How much a province weighs when poverty funds are divided: by its key counties, national ones threefold."""
    weight = Counter[str]()
    for county in key_counties():
        weight[county.code[:2]] += 3 if county.list == NATIONAL else 1
    return {code: weight[code] for code in provinces()}
