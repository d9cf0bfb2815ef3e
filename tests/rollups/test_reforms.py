"""Ten real reforms of 2001 to 2012, each on invented villages: series on today's boundaries run through, and what was
recorded stays as it was.

Codes, names and documents are the State Council's, as the county code history of civil affairs gives them. Every county
has two townships of two villages; village n of the country reports 1000 + n people trained in 2000, and 100 more each
year, so that each sum tells which villages are in it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from povtrack.rollups.recompute import drain, rebuild
from povtrack.rollups.verify import verify
from programmes.actions import load_records
from programmes.catalogue.dew import DewRecord
from programmes.models import Round
from tests.extent import some_of
from villages import derive
from villages.actions import apply_change, draft_change, revert_change
from villages.changes import drafts
from villages.changes.parts import Follow, Part
from villages.levels import Level
from villages.models import Area, AreaVersion, Placement

SINCE, YEARS = dt.date(2000, 1, 1), range(2000, 2014)
Country = dict[str, Area]


@dataclass(frozen=True)
class Reform:
    """`places` are (code, name) of prefectures and counties before it; `change` builds it; `lines` gives by the code of
    a place today the codes of the counties whose villages it holds today."""

    kind: str
    day: dt.date
    document: str
    places: list[tuple[str, str]]
    change: Callable[[Country], drafts.Draft]
    lines: dict[str, list[str]]


def new(code: str, name: str, country: Country, parent: Any, level: Level = Level.COUNTY) -> Part:
    return Part(code=code, name=name, level=level, parent=country[parent] if isinstance(parent, str) else parent)


def made_a_city(
    old: str, code: str, name: str, counties: dict[str, tuple[str, str]]
) -> Callable[[Country], drafts.Draft]:
    """A prefecture made a city goes on under another code and name, and so do its counties."""

    def change(country: Country) -> drafts.Draft:
        parts = [Part(country[old], code=code, name=name)]
        return drafts.Draft(parts + [Part(country[was], code=c, name=n) for was, (c, n) in counties.items()])

    return change


def chancheng(country: Country) -> drafts.Draft:
    """Two districts and a part of Nanhai become Chancheng; the rest of Nanhai goes on as a district."""
    into, rest = new("440604", "禅城区", country, "4406"), Part(country["440682"], code="440605", name="南海区")
    olds = [country["440602"], country["440603"]]
    parts = [into, rest, *(Part(old, ends=True) for old in olds)]
    parts += [Part(child, parent=into) for child in drafts.children_on(olds, dt.date(2002, 12, 8))]
    parts.append(Part(country["440682101"], parent=into))
    follows = [Follow(old, into) for old in olds] + [Follow(country["440682"], into), Follow(country["440682"], rest)]
    return drafts.Draft(parts, follows)


def lijiang(country: Country) -> drafts.Draft:
    """The prefecture is made a city, and its autonomous county divided into a district and a county."""
    city = Part(country["5332"], code="5307", name="丽江市")
    old, district = country["533221"], new("530702", "古城区", country, "5332")
    county = new("530721", "玉龙纳西族自治县", country, "5332")
    split = drafts.split(old, into={district: [country["533221100"]], county: [country["533221101"]]})
    return drafts.Draft([city, *split.parts], split.follows)


def zhongwei(country: Country) -> drafts.Draft:
    """A new city of three counties, two of them from other cities."""
    city = new("6405", "中卫市", country, "64", Level.PREFECTURE)
    forms = {"640321": ("640502", "沙坡头区"), "640322": ("640521", ""), "640421": ("640522", "")}
    moved = [Part(country[was], code=code, name=name, parent=city) for was, (code, name) in forms.items()]
    return drafts.Draft([city, *moved])


def chaohu(country: Country) -> drafts.Draft:
    """A city is abolished and its counties go to three others; one of them loses a township on the way."""
    homes = {"341421": ("340124", "", "3401"), "341402": ("340181", "巢湖市", "3401"), "341422": ("340225", "", "3402"),
             "341423": ("340522", "", "3405"), "341424": ("340523", "", "3405")}  # fmt: skip
    moved = {was: Part(country[was], code=c, name=n, parent=country[to]) for was, (c, n, to) in homes.items()}
    district = Part(country["340207"])
    parts = [
        Part(country["3414"], ends=True),
        *moved.values(),
        district,
        Part(country["341424101"], parent=country["340207"]),
    ]
    cities = [Part(country[code]) for code in ("3401", "3402", "3405")]
    follows = [Follow(country["3414"], city) for city in cities]
    follows += [Follow(country[city.area.code], city) for city in cities if city.area]
    follows += [Follow(country["341424"], moved["341424"]), Follow(country["341424"], district)]
    return drafts.Draft(parts + cities, [*follows, Follow(country["340207"], district)])


def merged(olds: list[str], into: str, day: dt.date) -> Callable[[Country], drafts.Draft]:
    return lambda country: drafts.merge([country[old] for old in olds], into=Part(country[into]), day=day)


BIJIE = {"522401": ("520502", "七星关区"), "522423": ("520522", ""), "522425": ("520524", "")}
GUSU_DAY = dt.date(2012, 8, 17)

REFORMS = {
    "Daxing, a county made a district": Reform(
        "rename", dt.date(2001, 1, 9), "国函〔2001〕4号", [("1101", "市辖区"), ("110224", "大兴县")],
        lambda c: drafts.rename(c["110224"], name="大兴区", code="110115"), {"110115": ["110224"]},
    ),
    "Chancheng, of two districts and a part of a third place": Reform(
        "merge", dt.date(2002, 12, 8), "国函〔2002〕109号",
        [("4406", "佛山市"), ("440602", "城区"), ("440603", "石湾区"), ("440682", "南海市")],
        chancheng, {"440604": ["440602", "440603", "440682101"], "440605": ["440682100"]},
    ),
    "Lijiang, a prefecture made a city and a county divided": Reform(
        "split", dt.date(2002, 12, 26), "国函〔2002〕122号", [("5332", "丽江地区"), ("533221", "丽江纳西族自治县")],
        lijiang, {"530702": ["533221100"], "530721": ["533221101"], "5307": ["533221"]},
    ),
    "Zhongwei, a new city of three cities' counties": Reform(
        "transfer", dt.date(2003, 12, 31), "国函〔2003〕139号",
        [("6403", "吴忠市"), ("640321", "中卫县"), ("640322", "中宁县"), ("6404", "固原市"), ("640421", "海原县")],
        zhongwei, {"640502": ["640321"], "640522": ["640421"], "6405": ["640321", "640322", "640421"]},
    ),
    "Nansha, carved out of Panyu": Reform(
        "split", dt.date(2005, 4, 28), "国函〔2005〕35号", [("4401", "广州市"), ("440113", "番禺区")],
        lambda c: drafts.split(
            c["440113"], into={new("440115", "南沙区", c, "4401"): [c["440113101"]]}, goes_on=Part(c["440113"])
        ),
        {"440113": ["440113100"], "440115": ["440113101"], "4401": ["440113"]},
    ),
    "Nanhui, merged into Pudong": Reform(
        "merge", dt.date(2009, 4, 24), "国函〔2009〕52号",
        [("3101", "市辖区"), ("310115", "浦东新区"), ("310119", "南汇区")],
        merged(["310119"], "310115", dt.date(2009, 4, 24)), {"310115": ["310115", "310119"]},
    ),
    "Chongwen, merged into Dongcheng": Reform(
        "merge", dt.date(2010, 6, 28), "国函〔2010〕55号",
        [("1101", "市辖区"), ("110101", "东城区"), ("110103", "崇文区")],
        merged(["110103"], "110101", dt.date(2010, 6, 28)), {"110101": ["110101", "110103"]},
    ),
    "Bijie, a prefecture made a city": Reform(
        "recode", dt.date(2011, 10, 22), "国函〔2011〕130号",
        [("5224", "毕节地区"), ("522401", "毕节市"), ("522423", "黔西县"), ("522425", "织金县")],
        made_a_city("5224", "5205", "毕节市", BIJIE),
        {"5205": ["522401", "522423", "522425"], "520502": ["522401"], "520524": ["522425"]},
    ),
    "Chaohu, a city abolished": Reform(
        "abolish", dt.date(2011, 7, 14), "国函〔2011〕84号",
        [("3401", "合肥市"), ("3402", "芜湖市"), ("340207", "鸠江区"), ("3405", "马鞍山市"), ("3414", "巢湖市"),
         ("341402", "居巢区"), ("341421", "庐江县"), ("341422", "无为县"), ("341423", "含山县"), ("341424", "和县")],
        chaohu,
        {"3401": ["341402", "341421"], "3402": ["340207", "341422", "341424101"], "3405": ["341423", "341424100"],
         "340207": ["340207", "341424101"], "340523": ["341424100"]},
    ),
    "Gusu, of three districts": Reform(
        "merge", GUSU_DAY, "国函〔2012〕102号",
        [("3205", "苏州市"), ("320502", "沧浪区"), ("320503", "平江区"), ("320504", "金阊区")],
        lambda c: drafts.merge(
            [c["320502"], c["320503"], c["320504"]], into=new("320508", "姑苏区", c, "3205"), day=GUSU_DAY
        ),
        {"320508": ["320502", "320503", "320504"]},
    ),
}  # fmt: skip


def build(places: list[tuple[str, str]]) -> Country:
    """The places since 2000, with two townships of two villages in each county."""
    country: Country = {}
    rows = [("CN", "中国", Level.NATION, ""), (places[0][0][:2], "省", Level.PROVINCE, "CN")]
    for code, name in places:
        level = Level.PREFECTURE if len(code) == 4 else Level.COUNTY
        city = max((c for c, _n in places if len(c) == 4 and code.startswith(c)), default=places[0][0])
        rows.append((code, name, level, code[:2] if level == Level.PREFECTURE else city))
        if level == Level.COUNTY:
            for town in ("100", "101"):
                rows.append((code + town, f"{name}{town}", Level.TOWNSHIP, code))
                rows += [(f"{code}{town}20{n}", f"村{n}", Level.VILLAGE, code + town) for n in (1, 2)]
    for code, name, level, parent in rows:
        area = Area.objects.create(level=level, code=code, name=name, parent=country.get(parent), path="")
        AreaVersion.objects.create(area=area, code=code, name=name, parent=area.parent, valid=(SINCE, None))
        country[code] = area
    derive.rebuild()
    return country


def report(country: Country, by: Any) -> None:
    """All villages report for all years."""
    for year in YEARS:
        Round.objects.create(
            programme="dew",
            year=year,
            opens=dt.date(year, 1, 1),
            due=dt.date(year, 12, 1),
            closes=dt.date(year, 12, 31),
        )
    villages = [area for area in country.values() if area.level == Level.VILLAGE]
    rows = [
        [area.pk, year, "submitted", False, trained(country, area, year), *[None] * 9]
        for area in villages
        for year in YEARS
    ]
    load_records(DewRecord, rows=rows, by=by)


def trained(country: Country, village: Area, year: int) -> int:
    order = [area.pk for area in country.values() if area.level == Level.VILLAGE]
    return 1000 + order.index(village.pk) + 100 * (year - 2000)


def expected(country: Country, roots: list[str], year: int) -> int:
    villages = (a for c, a in country.items() if a.level == Level.VILLAGE and c.startswith(tuple(roots)))
    return sum(trained(country, village, year) for village in villages)


def figures(basis: str) -> dict[tuple[int, int], tuple[int, int]]:
    rows = DewRecord.rollup.objects.filter(basis=basis)
    return {(row.area_id, row.year): (row.trained, row.reported) for row in rows}


@pytest.fixture
def clerk(django_user_model: Any) -> Iterator[Any]:
    return django_user_model.objects.create_user("clerk")


@pytest.mark.django_db
@pytest.mark.parametrize("name", some_of(REFORMS, *list(REFORMS)[2:4]))
def test_a_series_runs_through_a_reform_and_what_was_recorded_stays(name, clerk):
    reform = REFORMS[name]
    country = build(reform.places)
    report(country, clerk)
    rebuild()
    before, before_current = figures("recorded"), figures("current")

    draft = reform.change(country)
    change = draft_change(
        kind=reform.kind, effective=reform.day, parts=draft.parts, follows=draft.follows, by=None,
        document_no=reform.document,
    )  # fmt: skip
    apply_change(change=change, by=None)
    drain()
    assert derive.problems() == []
    recorded, current = figures("recorded"), figures("current")

    # What was recorded of the years before the reform is what it was, place by place.
    for (area, year), row in before.items():
        if year < reform.day.year:
            assert recorded[area, year] == row
    # On today's boundaries each place has one series through all years, of the villages it holds today.
    for code, roots in reform.lines.items():
        area = Area.objects.get(code=code, ended_on=None)
        for year in YEARS:
            assert current[area.pk, year][0] == expected(country, roots, year), (code, year)
        # From the reform on both bases agree; that is how one sees that the series meets itself.
        assert all(recorded[area.pk, year] == current[area.pk, year] for year in YEARS if year >= reform.day.year)
    # The nation has lost nothing and gained nothing, on either basis.
    nation = country["CN"].pk
    assert all(recorded[nation, year] == current[nation, year] == before[nation, year] for year in YEARS)

    revert_change(change=change, by=None)
    drain()
    assert (figures("recorded"), figures("current")) == (before, before_current)


@pytest.mark.django_db(transaction=True)
def test_a_reform_leaves_nothing_for_verify_to_find(clerk):
    reform = REFORMS["Chancheng, of two districts and a part of a third place"]
    country = build(reform.places)
    report(country, clerk)
    rebuild()
    draft = reform.change(country)
    change = draft_change(kind="merge", effective=reform.day, parts=draft.parts, follows=draft.follows, by=None)
    apply_change(change=change, by=None)
    drain()
    assert verify() == []
    # Nobody stands in the old districts any more, not even on the last day of that year.
    assert not Placement.objects.filter(county=country["440602"], valid__contains=dt.date(2002, 12, 31)).exists()
