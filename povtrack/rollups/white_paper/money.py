"""The ledger of the white paper's decade: who gave what to whom, invented so that the printed sums come out.

Money is counted in units of ten thousand yuan, the smallest that the paper's sums need. Each step divides what the step
before has fixed: years by source, then groups of provinces, provinces, and counties; so every sum above holds exactly.
"""

from __future__ import annotations

import datetime as dt
import random
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from itertools import count
from typing import NamedTuple

from funding.actions.load import NewAllocation, load_allocations
from funding.models import FundSource
from povtrack.accounts.models import User
from povtrack.rollups.white_paper import facts, registry
from povtrack.rollups.white_paper.shares import apportion, table
from villages.levels import Level

UNIT = 10_000
Kind = FundSource.Kind

# code: name, name in English, kind, tier
SOURCES = {
    "central-fiscal": ("中央财政扶贫资金", "Central poverty funds", Kind.BUDGET, Level.NATION),
    "central-relief": ("中央以工代赈资金", "Central work-relief funds", Kind.WORK_RELIEF, Level.NATION),
    "central-discount": ("中央财政贴息资金", "Central interest-discount funds", Kind.DISCOUNT, Level.NATION),
    "provincial-fiscal": ("省级财政扶贫资金", "Provincial poverty funds", Kind.BUDGET, Level.PROVINCE),
    "prefectural-fiscal": ("地市级财政扶贫资金", "Prefectural poverty funds", Kind.BUDGET, Level.PREFECTURE),
    "central-housing": ("中央农村危房改造补助资金", "Central rural housing allowance", Kind.BUDGET, Level.NATION),
    "small-peoples": ("扶持人口较少民族发展资金", "Funds for small peoples", Kind.BUDGET, Level.NATION),
}

# What the groups of provinces get of the central poverty funds: the west, ten more provinces, and the others with what
# stays at the centre.
GROUPS = (
    (8_770_000, facts.WEST),
    (4_792_000, facts.MIDDLE),
    (842_000, ("CN", "21", "32", "33", "35", "37", "44")),
)
KEY_COUNTIES = 14_572_000  # what rests in the key counties in the end, of all sources
PREFECTURAL = 15  # percent of the local funds


class Stream(NamedTuple):
    """Money of one source for one programme ("" for none), in all its years together."""

    source: str
    programme: str
    total: int
    years: range
    national_only: bool = False


# Inside the central poverty funds; the rest of a year is for no programme.
SPECIAL = (
    Stream("central-relief", "work-relief", 5_512_000, facts.YEARS),
    Stream("central-discount", "loans", 541_500, facts.YEARS, national_only=True),
    Stream("central-fiscal", "dew", 300_000, range(2004, 2011), national_only=True),
    Stream("central-fiscal", "mutual-fund", 204_000, range(2006, 2011), national_only=True),
)
# Beside them; it rests with the provinces.
ASIDE = (
    (Stream("central-housing", "housing", 1_170_000, range(2008, 2011)), (*facts.WEST, *facts.MIDDLE, "21")),
    (
        Stream("small-peoples", "", 375_100, range(2005, 2011)),
        ("15", "23", "35", "45", "52", "53", "54", "62", "63", "65"),
    ),
)


class Cell(NamedTuple):
    """Money of one source, programme and year that reaches one province (or stays with the nation, "CN")."""

    source: str
    programme: str
    year: int
    place: str


Cells = dict[Cell, int]


def load_money(by: User) -> int:
    """Enter the ledger of the decade; return how many allocations it has."""
    for code, (name, latin, kind, tier) in SOURCES.items():
        FundSource.objects.get_or_create(
            code=code, defaults={"name": name, "name_latin": latin, "kind": kind, "tier": tier}
        )
    return load_allocations(_allocations(), by=by)


def _weight(place: str) -> int:
    return 40 if place == "CN" else facts.need()[place]


def _central() -> Cells:
    """The central poverty funds by province: years, groups and special purposes each add up as printed."""
    years = [year.central // UNIT for year in facts.years()]
    of_group = table([whole for whole, _members in GROUPS], years)
    special = [
        dict(zip(s.years, apportion(s.total, [years[y - facts.YEARS[0]] for y in s.years]), strict=True))
        for s in SPECIAL
    ]
    cells: Cells = {}
    for at, year in enumerate(facts.YEARS):
        left = [row[at] for row in of_group]
        for stream, by_year in zip(SPECIAL, special, strict=True):
            parts = apportion(by_year.get(year, 0), [row[at] for row in of_group])
            left = [rest - part for rest, part in zip(left, parts, strict=True)]
            _to_provinces(cells, stream.source, stream.programme, year, parts)
        _to_provinces(cells, "central-fiscal", "", year, left)
    return cells


def _to_provinces(cells: Cells, source: str, programme: str, year: int, parts: list[int]) -> None:
    for part, (_whole, members) in zip(parts, GROUPS, strict=True):
        for place, amount in zip(members, apportion(part, [_weight(m) for m in members]), strict=True):
            cells[Cell(source, programme, year, place)] = amount


def _local() -> tuple[Cells, Cells]:
    """The funds of provinces, and of prefectures (by the code of each)."""
    provincial: Cells = {}
    prefectural: Cells = {}
    provinces = facts.provinces()
    below = {p: [code for code in facts.places() if len(code) == 4 and code[:2] == p] for p in provinces}
    for year in facts.years():
        shares = apportion(year.local // UNIT, [facts.need()[p] + 12 for p in provinces])
        for province, share in zip(provinces, shares, strict=True):
            lower = share * PREFECTURAL // 100 if below[province] else 0
            provincial[Cell("provincial-fiscal", "", year.year, province)] = share - lower
            for code, amount in zip(below[province], apportion(lower, [1] * len(below[province])), strict=True):
                prefectural[Cell("prefectural-fiscal", "", year.year, code)] = amount
    return provincial, prefectural


def _to_key_counties(cells: Cells) -> Cells:
    """What of each cell goes on to key counties: the same share of all, so that it is the printed sum."""
    passing = [cell for cell in cells if cell.place != "CN" and facts.need()[cell.place]]
    return dict(zip(passing, apportion(KEY_COUNTIES, [cells[cell] for cell in passing]), strict=True))


def _counties() -> dict[tuple[str, bool], list[tuple[str, int]]]:
    """The key counties of each province with their weights: all, or (True) only national ones where there are any."""
    found: dict[tuple[str, bool], list[tuple[str, int]]] = defaultdict(list)
    for county in facts.key_counties():
        poverty = random.Random(f"poverty of {county.code}").randint(60, 140)  # noqa: S311 invented, no secret
        national = county.list == facts.NATIONAL
        found[county.code[:2], False].append((county.code, poverty * (3 if national else 1)))
        if national:
            found[county.code[:2], True].append((county.code, poverty))
    for province in facts.provinces():
        found.setdefault((province, True), found[province, False])
    return found


def _allocations() -> Iterator[NewAllocation]:
    """All entries, from the top down: central money enters with the nation, local money with its own tier."""
    provincial, prefectural = _local()
    passing = _central() | provincial
    book = _Book()
    yield from book.passed(passing, _to_key_counties(passing))
    yield from book.passed(prefectural | _aside(), {})


def _aside() -> Cells:
    cells: Cells = {}
    for stream, places in ASIDE:
        for year, amount in zip(stream.years, apportion(stream.total, [1] * len(stream.years)), strict=True):
            parts = apportion(amount, [facts.need()[place] + 1 for place in places])
            for place, part in zip(places, parts, strict=True):
                cells[Cell(stream.source, stream.programme, year, place)] = part
    return cells


class _Book:
    """Writes cells down as entries with documents."""

    def __init__(self) -> None:
        self.numbers = count(1)
        self.areas = registry.codes()
        self.sources = dict(FundSource.objects.values_list("code", "id"))
        self.counties = _counties()
        self.national = {(s.source, s.programme) for s in SPECIAL if s.national_only}

    def passed(self, cells: Cells, onwards: Cells) -> Iterator[NewAllocation]:
        """The entries of cells: what enters above, what reaches the places, and what they pass on to key counties."""
        tops: dict[Cell, int] = {}
        for cell, amount in cells.items():
            if amount and SOURCES[cell.source][3] == Level.NATION:
                top = cell._replace(place="CN")
                tops[top] = tops.get(top, 0) + amount
        roots = {}
        for top, amount in tops.items():
            entry = self._entry(top, amount, None, 3)
            roots[top] = entry.ref
            yield entry
        for cell, amount in cells.items():
            if amount and cell.place != "CN":
                entry = self._entry(cell, amount, roots.get(cell._replace(place="CN")), 4)
                yield entry
                yield from self._to_counties(cell, onwards.get(cell, 0), entry.ref)

    def _to_counties(self, cell: Cell, amount: int, parent: int) -> Iterator[NewAllocation]:
        if amount:
            counties = self.counties[cell.place, (cell.source, cell.programme) in self.national]
            parts = apportion(amount, [weight for _code, weight in counties])
            for (code, _weight), part in zip(counties, parts, strict=True):
                if part:
                    yield self._entry(cell._replace(place=code), part, parent, 6)

    def _entry(self, cell: Cell, amount: int, parent: int | None, month: int) -> NewAllocation:
        number = next(self.numbers)
        return NewAllocation(
            number,
            parent,
            self.sources[cell.source],
            cell.year,
            cell.programme,
            self.areas[cell.place],
            Decimal(amount * UNIT),
            f"示例〔{cell.year}〕{number}号",
            dt.date(cell.year, month, 15),
            "",
        )
