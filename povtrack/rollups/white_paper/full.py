"""The full form: the 148,000 poor villages of 2001, invented by rule, and ten years of their records."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from povtrack.accounts.models import User
from povtrack.lib.progress import Steps
from povtrack.rollups.white_paper import facts, registry
from povtrack.rollups.white_paper.records import Row, add_rounds, row, standing
from povtrack.rollups.white_paper.shares import apportion
from programmes.actions import load_records
from programmes.catalogue.dew import DewRecord
from programmes.catalogue.housing import HousingRecord
from programmes.catalogue.mutual_fund import MutualFundRecord
from programmes.catalogue.plan import PlanRecord
from programmes.catalogue.relocation import RelocationRecord
from programmes.models import REPORTED, Record
from villages.actions.load import NewArea, load_areas
from villages.levels import Level
from villages.models import Area, Placement, RegistryImport

VILLAGES, DONE = 148_000, 126_000
TRAINED, PLACED = 4_036_000, 3_228_800
RELOCATED = 7_700_000
FUND_VILLAGES, GRANT = 13_600, 150_000
HOUSES, ALLOWANCE = 2_034_000, 11_700_000_000
A_TOWNSHIP = 12  # villages of one, at most

_TOWNS = ("东风", "红星", "新民", "胜利", "光明", "前进", "和平", "团结", "建设", "兴隆", "永安", "太平")
_LATIN = (
    "Dongfeng", "Hongxing", "Xinmin", "Shengli", "Guangming", "Qianjin", "Heping", "Tuanjie", "Jianshe", "Xinglong",
    "Yong'an", "Taiping",
)  # fmt: skip


class Village(NamedTuple):
    area: int
    weight: int


def places() -> list[NewArea]:
    """Townships and villages of the key counties that have none: as many villages as were designated in 2001."""
    settled = set(Placement.objects.filter(level=Level.TOWNSHIP).values_list("county", flat=True))
    codes = registry.codes()
    return spread([county.code for county in facts.key_counties() if codes[county.code] not in settled], VILLAGES)


def spread(counties: list[str], villages: int) -> list[NewArea]:
    """So many villages, with townships for them, in counties that have none; the counties are given by code."""
    dice = random.Random("villages")  # noqa: S311 invented, no secret
    numbers = apportion(villages, [dice.randint(60, 140) for _county in counties])
    return [area for code, number in zip(counties, numbers, strict=True) for area in _of_county(code, number)]


def _of_county(county: str, number: int) -> Iterator[NewArea]:
    for at in range(number):
        town, within = divmod(at, A_TOWNSHIP)
        code = f"{county}{201 + town}"
        if not within:
            name, latin = _TOWNS[town % 12], _LATIN[town % 12]
            turn = town // 12 + 1
            yield NewArea(Level.TOWNSHIP, code, f"{name}{turn}乡", f"{latin} {turn} Township", county)
        name, latin = _TOWNS[within], _LATIN[within]
        yield NewArea(Level.VILLAGE, f"{code}{200 + within}", f"{name}村", f"{latin} village", code)


def load_villages(source: RegistryImport, progress: Steps) -> None:
    """Load the villages with their townships."""
    load_areas(places(), since=facts.SINCE, source=source, progress=progress)


def load_records_of_villages(source: RegistryImport, by: User, progress: Steps) -> None:
    """Load the records of every programme whose figures are counted in villages."""
    dice = random.Random("records")  # noqa: S311 invented, no secret
    ids = Area.objects.filter(level=Level.VILLAGE, versions__source=source).order_by("pk").values_list("pk", flat=True)
    villages = [Village(area, dice.randint(50, 150)) for area in ids]
    for model, years, rows in (
        (PlanRecord, (2001, 2010), _plans),
        (DewRecord, range(2004, 2011), _dew),
        (RelocationRecord, facts.YEARS, _relocation),
        (MutualFundRecord, range(2006, 2011), _mutual_funds),
        (HousingRecord, range(2008, 2011), _housing),
    ):
        with progress.step(str(model.label)):
            add_rounds(model, years)
            load_records(model, rows=rows(villages, years), by=by)


def _missing(model: type[Record], years: Sequence[int], **sums: int) -> list[int]:
    """What is missing of sums over some years, in their order."""
    there = standing(model, years, *sums)
    return [whole - there[name] for name, whole in sums.items()]


def _plans(villages: list[Village], years: Sequence[int]) -> Iterator[Row]:
    """Each village was designated in the first year; by the last most have carried their plans out."""
    first, last = years
    [designated] = _missing(PlanRecord, [first], designated=VILLAGES)
    [done] = _missing(PlanRecord, [last], completed=DONE)
    order = random.Random("plans").sample(range(len(villages)), len(villages))  # noqa: S311 invented, no secret
    for (area, weight), place in zip(villages, order, strict=True):
        yield row(PlanRecord, area, first, {"designated": place < designated, "started": False, "completed": False})
        built = {"farmland": weight * 4, "people_water": weight * 5, "road_km": weight / 20}
        states = {"designated": True, "started": True, "completed": place < done}
        yield row(PlanRecord, area, last, states | built)


def _dew(villages: list[Village], years: Sequence[int]) -> Iterator[Row]:
    trained_all, placed_all = _missing(DewRecord, years, trained=TRAINED, placed=PLACED)
    trained = apportion(trained_all, [village.weight for village in villages])
    placed = apportion(placed_all, trained)
    dice = random.Random("pay")  # noqa: S311 invented, no secret
    for at, village in enumerate(villages):
        before = dice.randint(35, 60) * 10
        figures = {"trained": trained[at], "women": trained[at] * 45 // 100, "placed": placed[at]}
        pay = {"pay_before": before, "pay_after": before + dice.randint(30, 40) * 10}
        yield row(DewRecord, village.area, years[at % len(years)], figures | pay)


def _relocation(villages: list[Village], years: Sequence[int]) -> Iterator[Row]:
    """People left every fourth village."""
    left = villages[::4]
    [whole] = _missing(RelocationRecord, years, people=RELOCATED)
    for at, people in enumerate(apportion(whole, [village.weight for village in left])):
        figures = {"households": people // 4, "people": people, "people_road": people, "people_power": people}
        kind = RelocationRecord.kinds[at % len(RelocationRecord.kinds)].code
        yield row(RelocationRecord, left[at].area, years[at % len(years)], figures, kind)


def _mutual_funds(villages: list[Village], years: Sequence[int]) -> Iterator[Row]:
    """A fund reports each year from its grant on; most of what it has is lent, and comes back in the next year."""
    there = MutualFundRecord.objects.filter(state__in=REPORTED, nil=False).values("area").distinct().count()
    funds = villages[:: len(villages) // (FUND_VILLAGES - there)][: FUND_VILLAGES - there]
    [whole] = _missing(MutualFundRecord, years, grant=FUND_VILLAGES * GRANT)
    for at, grant in enumerate(apportion(whole, [1] * len(funds))):
        opening, lent = 0, 0
        for year in years[at % len(years) :]:
            given, paid = (0, 0) if opening else (grant, funds[at].weight * 300)
            has = opening + given + paid + lent + lent // 20
            loaned = has * 8 // 10
            yield row(
                MutualFundRecord,
                funds[at].area,
                year,
                {
                    "opening": opening, "grant": given, "contributions": paid, "donations": 0, "income": lent // 20,
                    "repaid": lent, "loans": loaned // 3_000, "loaned": loaned, "expenses": 500,
                    "closing": has - loaned - 500, "members": funds[at].weight,
                },
            )  # fmt: skip
            opening, lent = has - loaned - 500, loaned


def _housing(villages: list[Village], years: Sequence[int]) -> Iterator[Row]:
    households_all, allowance_all = _missing(HousingRecord, years, households=HOUSES, allowance=ALLOWANCE)
    households = apportion(households_all, [village.weight for village in villages])
    allowances = apportion(allowance_all, households)
    for at, (village, helped, allowance) in enumerate(zip(villages, households, allowances, strict=True)):
        figures = {"households": helped, "people": helped * 4, "allowance": allowance, "spent": allowance * 2}
        yield row(HousingRecord, village.area, years[at % len(years)], figures, "rebuild")
