"""Who helped whom: the pairings that the paper prints, others invented to its number, and what came of them."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import cycle
from typing import NamedTuple

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Count, Q, Sum

from funding.actions.load_partners import load_pairing_reports, load_pairings, load_partners
from funding.actions.load_projects import load_projects
from funding.models import ForeignProject, Pairing, PairingReport, Partner, ProjectCounty
from funding.models.partner import Scheme, kinds_of
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
DONORS = (
    ("世界银行", "World Bank"), ("亚洲开发银行", "Asian Development Bank"), ("联合国开发计划署", "UNDP"),
    ("欧盟", "European Union"), ("德国", "Germany"), ("日本", "Japan"), ("英国", "United Kingdom"),
)  # fmt: skip
PROJECTS, DOLLARS, RATE, COUNTERPART, PEOPLE = 110, 1_400_000_000, 8, 8_600_000_000, 19_600_000
PROJECT_COUNTIES = 306
# 20 of the 22 provinces: all but Tibet and Hainan.
PROJECT_PROVINCES = tuple(code for code in facts.WEST + facts.MIDDLE if code not in ("54", "46"))


def load_help(by: User) -> None:
    """Enter partners, pairings with their reports, and foreign projects, beside those that stand already."""
    codes = registry.codes()
    _pair(_fixed_point(), codes, by)
    _report(Scheme.FIXED_POINT, FIXED_POINT, FIXED_POINT_YEARS, by)
    _pair(_east_west(), codes, by)
    _report(Scheme.EAST_WEST, EAST_WEST, EAST_WEST_YEARS, by)
    load_projects(_projects(codes, by), by=by)


class Help(NamedTuple):
    """Who helps a place (by its code) since when; `home` is the code of the helper's own place."""

    kind: str
    name: str
    latin: str
    home: str
    helped: str
    since: dt.date
    until: dt.date | None = None


def _fixed_point() -> list[Help]:
    """The nine pairings that the paper prints, and invented ones: each unit helps a county or two, nobody twice."""
    since = dt.date(FIXED_POINT_YEARS[0], 1, 1)
    printed = [row for row in facts.rows("pairings.csv") if row["table"] == "1"]
    named = [(row["kind"], row["name"], row["name_latin"]) for row in printed]
    others = [
        (str(Kind.CENTRAL_UNIT), f"中央单位{n:03}（示例）", f"Central unit {n:03} (invented)")
        for n in range(1, UNITS - len(named) + 1)
    ]
    taken = [row["helped"] for row in printed]
    free = [c.code for c in facts.key_counties() if c.list == facts.NATIONAL and c.code not in taken]
    random.Random("fixed-point assistance").shuffle(free)  # noqa: S311 invented, no secret
    helpers = [*named, *others, *others][:HELPED_COUNTIES]
    return [
        Help(*helper, "", helped, since)
        for helper, helped in zip(helpers, [*taken, *free][: len(helpers)], strict=True)
    ]


def _east_west() -> list[Help]:
    """Table 2, with the change of June 2010; cooperation began in 1996, before the years of the table."""
    began = dt.date(EAST_WEST_BEGAN, 1, 1)
    return [
        Help(
            row["kind"],
            row["name"],
            row["name_latin"],
            row["home"],
            row["helped"],
            dt.date.fromisoformat(row["since"]) if row["since"] else began,
            dt.date.fromisoformat(row["until"]) if row["until"] else None,
        )
        for row in facts.rows("pairings.csv")
        if row["table"] == "2"
    ]


def _partners(named: Mapping[str, Partner], by: User) -> dict[str, Partner]:
    """The partners of these names, in their order: those that stand, and the others written."""
    there = {partner.name: partner for partner in Partner.objects.filter(name__in=named)}
    made = load_partners([partner for name, partner in named.items() if name not in there], by=by)
    there |= {partner.name: partner for partner in made}
    return {name: there[name] for name in named}


def _pair(helps: list[Help], codes: Mapping[str, int], by: User) -> None:
    """Write the pairings that do not stand yet."""
    made = {
        one.name: Partner(
            kind=one.kind, name=one.name, name_latin=one.latin, area_id=codes[one.home] if one.home else None
        )
        for one in helps
    }
    partners = _partners(made, by)
    there = set(Pairing.objects.values_list("partner", "area"))
    load_pairings(
        [
            Pairing(partner=partners[one.name], area_id=codes[one.helped], valid=DateRange(one.since, one.until))
            for one in helps
            if (partners[one.name].pk, codes[one.helped]) not in there
        ],
        by=by,
    )


def _report(scheme: str, sums: Mapping[str, int], years: range, by: User) -> None:
    """Report every year of every pairing of a scheme, so that with the reports that stand they add up to `sums`."""
    dice = random.Random("reports")  # noqa: S311 invented, no secret
    pairings = Pairing.objects.filter(partner__kind__in=kinds_of(scheme)).order_by("pk")
    standing = PairingReport.objects.filter(pairing__in=pairings, year__in=years)
    reported = set(standing.values_list("pairing", "year"))
    given = standing.aggregate(**{name: Sum(name) for name in sums})
    reports = [
        PairingReport(pairing=pairing, year=year)
        for pairing in pairings
        for year in _years(pairing, years)
        if (pairing.pk, year) not in reported
    ]
    for name, whole in sums.items():
        missing = int(whole - (given[name] or 0))
        # Money to the thousand, for nobody reports single yuan.
        unit = 1_000 if whole > 100_000_000 and not missing % 1_000 else 1
        parts = apportion(missing // unit, [dice.randint(50, 150) for _report in reports])
        for report, part in zip(reports, parts, strict=True):
            setattr(report, name, part * unit)
    load_pairing_reports(reports, by=by)


def _years(pairing: Pairing, years: range) -> Iterator[int]:
    for year in years:
        if pairing.valid.lower.year <= year and (pairing.valid.upper is None or year <= pairing.valid.upper.year):
            yield year


def _projects(codes: Mapping[str, int], by: User) -> Iterator[tuple[ForeignProject, list[ProjectCounty]]]:
    """The projects that are missing of the printed number, with what is missing of their sums."""
    dice = random.Random("projects")  # noqa: S311 invented, no secret
    donors = cycle(_partners({name: _donor(name, latin) for name, latin in DONORS}, by).values())
    there = ForeignProject.objects.aggregate(
        n=Count("pk"),
        dollars=Sum("currency_amount", filter=Q(currency="USD")),
        yuan=Sum("counterpart"),
        of=Sum("people"),
    )
    covered = set(ProjectCounty.objects.values_list("area", flat=True))
    weights = [dice.randint(50, 150) for _project in range(PROJECTS - there["n"])]
    dollars, counterpart, people = (
        apportion(whole - int(there[name] or 0), weights)
        for name, whole in (("dollars", DOLLARS), ("yuan", COUNTERPART), ("of", PEOPLE))
    )
    for at, counties in enumerate(_project_counties(len(weights), [code for code in codes if codes[code] in covered])):
        since = dt.date(1990 + at * 20 // PROJECTS, 1, 1)
        until = max(since.replace(year=since.year + 5), dt.date(2003, 1, 1))
        project = ForeignProject(
            name=f"扶贫项目{at + 1:03}（示例）",
            name_latin=f"Poverty reduction project {at + 1:03} (invented)",
            donor=next(donors),
            currency="USD",
            currency_amount=Decimal(dollars[at]),
            rate=Decimal(RATE),
            counterpart=Decimal(counterpart[at]),
            people=people[at],
            valid=DateRange(since, until),
        )
        # The registry begins in 2001, so that no county is covered before.
        covered = DateRange(max(since, facts.SINCE), until)
        yield project, [ProjectCounty(area_id=codes[code], valid=covered) for code in counties]


def _donor(name: str, latin: str) -> Partner:
    return Partner(kind=Kind.FOREIGN, name=name, name_latin=latin)


def _project_counties(projects: int, covered: Sequence[str]) -> list[list[str]]:
    """Which counties each project covers: some in each of the provinces, each county in one project."""
    by_province = {
        p: [c.code for c in facts.key_counties() if c.code[:2] == p and c.code not in covered]
        for p in PROJECT_PROVINCES
    }
    parts = apportion(PROJECT_COUNTIES - len(covered), [len(found) for found in by_province.values()])
    chosen = [code for found, part in zip(by_province.values(), parts, strict=True) for code in found[:part]]
    spread: list[list[str]] = [[] for _project in range(projects)]
    for at, code in enumerate(chosen):
        spread[at * projects // len(chosen)].append(code)
    return spread
