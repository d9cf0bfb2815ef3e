"""Who helped whom: the pairings that the paper prints, others invented to its number, and what came of them."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import cycle

from psycopg2.extras import DateRange

from funding.actions.load_partners import load_pairing_reports, load_pairings, load_partners
from funding.actions.load_projects import load_projects
from funding.models import ForeignProject, Pairing, PairingReport, Partner, ProjectCounty
from povtrack.accounts.models import User
from povtrack.rollups.white_paper import facts, registry
from povtrack.rollups.white_paper.shares import apportion

Kind = Partner.Kind

# In all reports of a scheme together, over its years.
FIXED_POINT_YEARS, EAST_WEST_YEARS = range(2002, 2011), range(2003, 2011)
FIXED_POINT = {
    "cadres_to": 3_559, "aid_cash": 6_363_000_000, "aid_kind": 2_727_000_000, "introduced": 33_910_000_000,
    "trained": 1_684_000,
}  # fmt: skip
EAST_WEST = {
    "cadres_to": 2_592, "cadres_from": 3_610, "aid_cash": 3_552_000_000, "aid_kind": 888_000_000,
    "investment": 249_760_000_000, "donations": 1_420_000_000, "enterprises": 5_684, "trained": 226_000,
    "hosted": 4_672_000,
}  # fmt: skip
UNITS, HELPED_COUNTIES = 272, 481
EAST_WEST_BEGAN = 1996
NAMED = {"party central committee": Kind.PARTY, "federation": Kind.FEDERATION}
EASTERN_CITIES = {
    "Zhuhai": "4404", "Xiamen": "3502", "Dalian": "2102", "Ningbo": "3302", "Qingdao": "3702", "Shenzhen": "4403",
}  # fmt: skip

DONORS = ("World Bank", "Asian Development Bank", "UNDP", "European Union", "Germany", "Japan", "United Kingdom")
PROJECTS, DOLLARS, RATE, COUNTERPART, PEOPLE = 110, 1_400_000_000, 8, 8_600_000_000, 19_600_000
PROJECT_COUNTIES = 306
# 20 of the 22 provinces: all but Tibet and Hainan.
PROJECT_PROVINCES = tuple(code for code in facts.WEST + facts.MIDDLE if code not in ("54", "46"))


def load_help(by: User) -> None:
    """Enter partners, pairings with their reports, and foreign projects."""
    codes = registry.codes()
    _report(load_pairings(_fixed_point(codes, by), by=by), FIXED_POINT, FIXED_POINT_YEARS, by)
    _report(load_pairings(_east_west(codes, by), by=by), EAST_WEST, EAST_WEST_YEARS, by)
    load_projects(_projects(codes, by), by=by)


def _fixed_point(codes: Mapping[str, int], by: User) -> list[Pairing]:
    """The nine pairings that the paper prints, and invented ones: each unit helps a county or two, nobody twice."""
    printed = [row for row in facts.rows("pairings.csv") if row["table"] == "1"]
    named = [Partner(kind=NAMED[row["helper_kind"]], name=row["helper"]) for row in printed]
    others = [
        Partner(kind=Kind.CENTRAL_UNIT, name=f"中央单位{n:03}（示例）", name_latin=f"Central unit {n:03} (invented)")
        for n in range(1, UNITS - len(named) + 1)
    ]
    units = load_partners([*named, *others], by=by)
    taken = [row["helped_code"] for row in printed]
    free = [c.code for c in facts.key_counties() if c.list == facts.NATIONAL and c.code not in taken]
    random.Random("fixed-point assistance").shuffle(free)  # noqa: S311 invented, no secret
    helped = [*taken, *free][:HELPED_COUNTIES]
    helpers = [*units, *units[len(named) :]][:HELPED_COUNTIES]
    since = DateRange(dt.date(FIXED_POINT_YEARS[0], 1, 1), None)
    return [Pairing(partner=unit, area_id=codes[code], valid=since) for unit, code in zip(helpers, helped, strict=True)]


def _east_west(codes: Mapping[str, int], by: User) -> list[Pairing]:
    """Table 2, with the change of June 2010; cooperation began in 1996, before the years of the table."""
    printed = [row for row in facts.rows("pairings.csv") if row["table"] == "2"]
    provinces = {place.latin: code for code, place in facts.places().items() if len(code) == 2}
    home = {row["helper"]: (provinces | EASTERN_CITIES)[row["helper"]] for row in printed}
    partners = load_partners(
        [
            Partner(kind=Kind.EASTERN, name=facts.places()[code].name, name_latin=name, area_id=codes[code])
            for name, code in home.items()
        ],
        by=by,
    )
    named = dict(zip(home, partners, strict=True))
    return [
        Pairing(
            partner=named[row["helper"]],
            area_id=codes[row["helped_code"][: 2 if row["helped_level"] == "province" else 4]],
            valid=DateRange(_first_day(row["valid_from"]), dt.date(2010, 6, 1) if "-" in row["valid_to"] else None),
            note=row["note"],
        )
        for row in printed
    ]


def _first_day(text: str) -> dt.date:
    return dt.date(2010, 6, 1) if "-" in text else dt.date(EAST_WEST_BEGAN, 1, 1)


def _report(pairings: list[Pairing], sums: Mapping[str, int], years: range, by: User) -> None:
    """Write a report of every pairing and year in which it stood, so that all of them add up to `sums`."""
    dice = random.Random("reports")  # noqa: S311 invented, no secret
    reports = [PairingReport(pairing=pairing, year=year) for pairing in pairings for year in _years(pairing, years)]
    for name, whole in sums.items():
        # Money to the thousand, for nobody reports single yuan.
        unit = 1_000 if whole > 100_000_000 else 1
        parts = apportion(whole // unit, [dice.randint(50, 150) for _report in reports])
        for report, part in zip(reports, parts, strict=True):
            setattr(report, name, part * unit)
    load_pairing_reports(reports, by=by)


def _years(pairing: Pairing, years: range) -> Iterator[int]:
    for year in years:
        if pairing.valid.lower.year <= year and (pairing.valid.upper is None or year <= pairing.valid.upper.year):
            yield year


def _projects(codes: Mapping[str, int], by: User) -> Iterator[tuple[ForeignProject, list[ProjectCounty]]]:
    dice = random.Random("projects")  # noqa: S311 invented, no secret
    donors = cycle(load_partners([Partner(kind=Kind.FOREIGN, name=name) for name in DONORS], by=by))
    weights = [dice.randint(50, 150) for _project in range(PROJECTS)]
    dollars, counterpart = (apportion(whole // 1000, weights) for whole in (DOLLARS, COUNTERPART))
    people = apportion(PEOPLE, weights)
    for at, counties in enumerate(_project_counties()):
        since = dt.date(1990 + at * 20 // PROJECTS, 1, 1)
        until = max(since.replace(year=since.year + 5), dt.date(2003, 1, 1))
        project = ForeignProject(
            name=f"扶贫项目{at + 1:03}（示例）",
            name_latin=f"Poverty reduction project {at + 1:03} (invented)",
            donor=next(donors),
            currency="USD",
            currency_amount=Decimal(dollars[at] * 1000),
            rate=Decimal(RATE),
            counterpart=Decimal(counterpart[at] * 1000),
            people=people[at],
            valid=DateRange(since, until),
        )
        # The registry begins in 2001, so that no county is covered before.
        covered = DateRange(max(since, facts.SINCE), until)
        yield project, [ProjectCounty(area_id=codes[code], valid=covered) for code in counties]


def _project_counties() -> list[list[str]]:
    """Which counties each project covers: some in each of the provinces, each county in one project."""
    by_province = {p: [c.code for c in facts.key_counties() if c.code[:2] == p] for p in PROJECT_PROVINCES}
    parts = apportion(PROJECT_COUNTIES, [len(found) for found in by_province.values()])
    chosen = [code for found, part in zip(by_province.values(), parts, strict=True) for code in found[:part]]
    spread: list[list[str]] = [[] for _project in range(PROJECTS)]
    for at, code in enumerate(chosen):
        spread[at * PROJECTS // len(chosen)].append(code)
    return spread
