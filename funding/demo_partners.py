"""Partners for the demonstration: who helps its places, as the white paper of 2011 names them, with invented reports.

Its tables 1 and 2 say who helps whom in 2010, and that some eastern provinces changed in June of that year. The first
days are not printed; those of table 1 are the first day of the years that the paper reports. What came of it is
invented, from a fixed seed.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.backends.postgresql.psycopg_any import DateRange

from funding.actions import Covered, add_project, load_pairing_reports, load_pairings, load_partners
from funding.models import Pairing, PairingReport, Partner
from povtrack.accounts.models import User
from povtrack.lib.years import year_end
from villages.models import Area

YEAR = 2010  # of the codes below, and the last that is reported
FIRST_REPORTED = 2007
_CHANGED = dt.date(2010, 6, 1)  # the paper names the month


class Help(NamedTuple):
    kind: str
    name: str
    name_latin: str
    code: str
    since: dt.date
    until: dt.date | None = None


_PARTIES = dt.date(2002, 1, 1)
_EAST = dt.date(2001, 1, 1)

HELP = (
    Help("federation", "中华全国工商业联合会", "All-China Federation of Industry and Commerce", "522425", _PARTIES),
    Help("party", "民革中央", "Revolutionary Committee of the Chinese Kuomintang", "522426", _PARTIES),
    Help("party", "农工党中央", "Chinese Peasants' and Workers' Democratic Party", "522422", _PARTIES),
    Help("party", "台盟中央", "Taiwan Democratic Self-Government League", "522428", _PARTIES),
    Help("eastern", "大连市", "Dalian", "520000", _EAST),
    Help("eastern", "宁波市", "Ningbo", "520000", _EAST),
    Help("eastern", "青岛市", "Qingdao", "520000", _EAST),
    Help("eastern", "深圳市", "Shenzhen", "520000", _EAST),
    Help("eastern", "广东省", "Guangdong", "450000", _EAST),
    Help("eastern", "浙江省", "Zhejiang", "510000", _EAST),
    Help("eastern", "辽宁省", "Liaoning", "630000", _EAST),
    Help("eastern", "山东省", "Shandong", "650000", _EAST, _CHANGED),
    Help("eastern", "山东省", "Shandong", "500000", _CHANGED),
    Help("eastern", "珠海市", "Zhuhai", "500000", _EAST, _CHANGED),
    Help("eastern", "珠海市", "Zhuhai", "513400", _CHANGED),
    Help("eastern", "厦门市", "Xiamen", "500000", _EAST, _CHANGED),
    Help("eastern", "厦门市", "Xiamen", "622900", _CHANGED),
)
DONOR = ("世界银行", "World Bank")


def load_partners_of_the_demonstration(*, by: User) -> None:
    """Write the partners, pairings and reports of the places that are there. `by` keeps the partners of the nation."""
    areas = {one.code: area for one in HELP if (area := _area(one.code))}
    known = {one.name: one for one in HELP if one.code in areas}
    made = [Partner(kind=one.kind, name=one.name, name_latin=one.name_latin) for one in known.values()]
    partners = {partner.name: partner for partner in load_partners(made, by=by)}
    pairings = [
        Pairing(partner=partners[one.name], area=areas[one.code], valid=DateRange(one.since, one.until))
        for one in HELP
        if one.code in areas
    ]
    load_pairing_reports(_reports(load_pairings(pairings, by=by)), by=by)
    _add_project([areas[code] for code in ("522425", "522426") if code in areas], by)


def _area(code: str) -> Area | None:
    """The place that carried a code in the year of the codes: of a province or prefecture also without its zeros."""
    short = code.removesuffix("0000") if code.endswith("0000") else code.removesuffix("00")
    return next((area for one in (code, short) if (area := Area.objects.coded(one, year_end(YEAR)).first())), None)


def _reports(pairings: list[Pairing]) -> Iterator[PairingReport]:
    for pairing in pairings:
        dice = random.Random(f"{pairing.partner.name} {pairing.area.code}")  # noqa: S311 invented figures, no secrets
        last = (pairing.valid.upper or year_end(YEAR)).year
        for year in range(max(FIRST_REPORTED, pairing.valid.lower.year), min(last, YEAR) + 1):
            if year < YEAR or dice.random() < 0.7:
                eastern = pairing.partner.kind == Partner.Kind.EASTERN
                yield PairingReport(pairing=pairing, year=year, **(_eastern(dice) if eastern else _central(dice)))


def _central(dice: random.Random) -> dict[str, Any]:
    """What a central unit or a party gives to one county in a year."""
    return {
        "cadres_to": dice.randint(1, 4),
        "aid_cash": Decimal(dice.randint(20, 300) * 10_000),
        "aid_kind": Decimal(dice.randint(0, 60) * 10_000),
        "introduced": Decimal(dice.randint(100, 2500) * 10_000),
        "trained": dice.randint(100, 1500),
    }


def _eastern(dice: random.Random) -> dict[str, Any]:
    """What an eastern province or city and the province that it helps give each other in a year."""
    return {
        "cadres_to": dice.randint(5, 30),
        "cadres_from": dice.randint(10, 45),
        "aid_cash": Decimal(dice.randint(1000, 5000) * 10_000),
        "investment": Decimal(dice.randint(3, 90) * 100_000_000),
        "donations": Decimal(dice.randint(200, 2000) * 10_000),
        "enterprises": dice.randint(10, 90),
        "trained": dice.randint(500, 4000),
        "hosted": dice.randint(10_000, 90_000),
    }


def _add_project(counties: list[Area], by: User) -> None:
    """One project with foreign money, invented, so that there is something to look at."""
    name, name_latin = DONOR
    [donor] = load_partners([Partner(kind=Partner.Kind.FOREIGN, name=name, name_latin=name_latin)], by=by)
    add_project(
        name="农村扶贫示范项目（虚构）",
        name_latin="Demonstration project for poor villages (invented)",
        donor=donor,
        currency="USD",
        currency_amount=Decimal(5_000_000),
        rate=Decimal("8.2765"),
        counterpart=Decimal(18_000_000),
        since=dt.date(2005, 1, 1),
        until=dt.date(2011, 1, 1),
        people=60_000,
        counties=[Covered(area) for area in counties],
        by=by,
    )
