"""What partners brought, added up: hand-written sums with the reason of each, and a slow twin over generated data."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from funding.actions import load_pairing_reports, load_pairings, load_partners
from funding.models import FIGURES, SCHEMES, Pairing, PairingReport, Partner
from funding.partner_totals import NOTHING, Helped, by_kind, by_part, by_year, coverage
from funding.project_totals import project_totals
from povtrack.lib.years import year_end
from tests.funding.helping import day, paired, partner, project, reported
from tests.funding.money import treasurer
from tests.queries import queries_made
from tests.world import World
from villages.models import Area, AreaVersion, Designation, Membership, Placement

pytestmark = pytest.mark.django_db


def test_what_each_kind_of_partner_brought_and_how_much_was_reported(world: World) -> None:
    unit, party = partner(world, "水利部", "central_unit"), partner(world, "民革中央", "party")
    first, second = paired(world, unit, "Zhijin County"), paired(world, party, "Nayong County", "2009")
    paired(world, unit, "Nayong County", until="2009")  # gone before these years
    reported(world, first, 2009, cadres_to=2, aid_cash=100, aid_kind=50)
    reported(world, first, 2010, cadres_to=3, trained=0)
    reported(world, second, 2010, aid_kind=7)
    reported(world, first, 2008, cadres_to=90)  # before these years
    found = by_kind(world["CN"], 2009, 2010)
    assert found.kinds["central_unit"] == Helped(
        partners=1, pairings=1, provinces=0, counties=1, areas=1, expected=2, reported=2, cadres_to=5, cadres_from=None,
        aid_cash=Decimal(100), aid_kind=Decimal(50), introduced=None, investment=None, donations=None,
        enterprises=None, trained=0, hosted=None,
    )  # fmt: skip
    assert found.schemes["fixed_point"] == found.all
    assert (found.all.partners, found.all.counties, found.all.expected, found.all.reported) == (2, 2, 4, 3)
    assert (found.all.aid, found.kinds["party"].aid, NOTHING.aid) == (Decimal(157), Decimal(7), None)


def test_help_for_a_province_counts_for_it_and_for_no_county(world: World) -> None:
    one = paired(world, partner(world, "大连市", "eastern"), "Guizhou")
    reported(world, one, 2010, investment=1000)
    assert by_kind(world["Zhijin County"], 2010, 2010).all == NOTHING
    guizhou = by_kind(world["Guizhou"], 2010, 2010).all
    assert (guizhou.provinces, guizhou.counties, guizhou.investment) == (1, 0, 1000)
    assert list(by_part(world["CN"], 2010, 2010)) == [world["Guizhou"].pk]
    assert list(by_part(world["Guizhou"], 2010, 2010)) == [world["Guizhou"].pk]


def test_where_the_partner_changed_in_mid_year_both_count_and_the_province_counts_once(world: World) -> None:
    xiamen, shandong = partner(world, "厦门市", "eastern"), partner(world, "山东省", "eastern")
    old = paired(world, xiamen, "Guizhou", "2001", "2010-06")
    new = paired(world, shandong, "Guizhou", "2010-06")
    reported(world, old, 2010, hosted=10)
    reported(world, new, 2010, hosted=5)
    both = by_kind(world["CN"], 2010, 2010).all
    assert (both.partners, both.pairings, both.provinces, both.expected, both.hosted) == (2, 2, 1, 2, 15)
    years = by_year(world["CN"], 2008, 2011)
    assert {year: (total.partners, total.hosted) for year, total in years.items()} == {
        2008: (1, None), 2009: (1, None), 2010: (2, 15), 2011: (1, None)
    }  # fmt: skip


def test_the_share_of_listed_counties_that_have_a_partner_of_their_own(world: World) -> None:
    listed = Designation.objects.create(code="key-2001", name="Key counties")
    for code, since in (("520524", "2001-01-01"), ("520525", "2001-01-01"), (None, "2001-01-01")):
        area = world[code] if code else None  # a line whose place nobody knows can't be helped
        Membership.objects.create(designation=listed, area=area, valid=(since, None), listed_name="x")
    unit = partner(world, "水利部", "central_unit")
    paired(world, unit, "Zhijin County", "2003")
    paired(world, partner(world), "Zhijin County", "2003")
    paired(world, partner(world, "大连市", "eastern"), "Guizhou")  # helps neither county
    found = coverage(world["CN"], listed, day("2010"))
    assert (found.partners, found.listed, found.helped, found.share) == (2, 2, 1, Decimal("50.00"))
    assert coverage(world["Nayong County"], listed, day("2010")).share == 0
    assert coverage(world["CN"], listed, day("2002")).helped == 0
    assert coverage(world["CN"], listed, day("2010"), ["party"]).helped == 0
    assert coverage(world["CN"], listed, day("2000")).share is None


def test_foreign_money_is_added_by_currency_and_its_counties_once(world: World) -> None:
    project(world, "A", "520524", "520525", counterpart=Decimal(500), people=70)
    project(world, "B", "520524", currency="EUR", currency_amount=Decimal(10), rate=Decimal(10))
    project(world, "C", since="2009")  # of which nobody knows the counties
    project(world, "D", "520525", since="2011")  # not yet
    eur, usd, whole = project_totals(world["CN"], 2010, 2010)
    assert (eur.currency, eur.projects, eur.amount, eur.yuan, eur.counties) == ("EUR", 1, 10, 100, 1)
    assert (usd.currency, usd.projects, usd.amount, usd.yuan, usd.counties) == ("USD", 2, 2000, 13600, 2)
    assert (whole.projects, whole.amount, whole.yuan, whole.in_all, whole.people) == (3, None, 13700, 14200, 70)
    assert (whole.counties, whole.provinces, whole.donors) == (2, 1, 1)
    assert [row.projects for row in project_totals(world["Nayong County"], 2010, 2010)] == [1, 1]
    assert project_totals(world["CN"], 2001, 2004) == []


# The twin


def generate(world: World, seed: int) -> None:
    """Partners of all kinds help places of all levels, in ranges that overlap and break, with gaps in the reports; one
    county changes its prefecture."""
    dice = random.Random(seed)
    by = treasurer(world)
    partners = load_partners([Partner(kind=dice.choice(Partner.Kind.values), name=str(n)) for n in range(12)], by=by)
    places = [world[code] for code in ("52", "5205", "520524", "520525", "520524100", "520524100201", "CN")]
    rows = []
    for helper in partners:
        for place in dice.sample(places, 4):
            start = day("2001")
            for _span in range(dice.randint(1, 3)):
                since = start + dt.timedelta(days=dice.randint(0, 1000))
                until = since + dt.timedelta(days=dice.choice([1, 30, 365, 1500]))
                rows.append(Pairing(partner=helper, area=place, valid=DateRange(since, until)))
                start = until
    reports = []
    for row in load_pairings(rows, by=by):
        for year in range(row.valid.lower.year, (row.valid.upper - dt.timedelta(days=1)).year + 1):
            if dice.random() < 0.7:
                figures = {name: dice.choice([None, 0, dice.randint(1, 9999)]) for name in FIGURES}
                reports.append(PairingReport(pairing=row, year=year, **figures))
    load_pairing_reports(reports, by=by)


class Twin:
    """The same totals, one pairing and year at a time, from all rows as they stand."""

    def __init__(self) -> None:
        self.pairings = list(Pairing.objects.select_related("partner", "area"))
        self.reports = {(report.pairing_id, report.year): report for report in PairingReport.objects.all()}
        self.forms = list(AreaVersion.objects.all())

    def line_of(self, area: int, year: int) -> list[int]:
        """The ids of an area and all above it at the end of a year, from the top down."""
        line: list[int] = []
        at: int | None = area
        while at is not None:
            line.insert(0, at)
            [at] = [form.parent_id for form in self.forms if form.area_id == at and year_end(year) in form.valid]
        return line

    def total(
        self, area: Area, first: int, last: int, key: Callable[[Pairing, int, list[int]], Any]
    ) -> dict[Any, Helped]:
        groups: dict[Any, list[tuple[Pairing, int]]] = {}
        for pairing in self.pairings:
            for year in range(first, last + 1):
                if pairing.valid.lower <= year_end(year) and pairing.valid.upper > day(str(year)):
                    above = self.line_of(pairing.area_id, year)
                    if area.pk in above:
                        groups.setdefault(key(pairing, year, above), []).append((pairing, year))
        return {name: self.added(pairs) for name, pairs in groups.items()}

    def added(self, pairs: list[tuple[Pairing, int]]) -> Helped:
        reports = [self.reports[p.pk, year] for p, year in pairs if (p.pk, year) in self.reports]
        areas = {pairing.area for pairing, _year in pairs}
        figures = {}
        for name in FIGURES:
            given = [getattr(report, name) for report in reports if getattr(report, name) is not None]
            figures[name] = sum(given) if given else None
        return Helped(
            partners=len({pairing.partner_id for pairing, _year in pairs}),
            pairings=len({pairing.pk for pairing, _year in pairs}),
            provinces=sum(area.level == 1 for area in areas),
            counties=sum(area.level == 3 for area in areas),
            areas=len(areas),
            expected=len(pairs),
            reported=len(reports),
            **figures,
        )


@pytest.mark.parametrize("seed", range(2))
def test_totals_equal_a_slow_twin(world: World, seed: int) -> None:
    generate(world, seed)
    twin = Twin().total
    for place in ("CN", "Guizhou", "Bijie", "Zhijin County", "Nayong County"):
        area, (first, last) = world[place], ((2003, 2008), (2005, 2005))[seed % 2]
        with queries_made() as made:
            found = by_kind(area, first, last)
        assert len(made) == 1
        kinds = twin(area, first, last, lambda pairing, _year, _above: pairing.partner.kind)
        schemes = twin(area, first, last, lambda pairing, _year, _above: SCHEMES[Partner.Kind(pairing.partner.kind)])
        whole = twin(area, first, last, lambda _pairing, _year, _above: "all")
        assert (found.kinds, found.schemes, found.all) == (kinds, schemes, whole.get("all", NOTHING))
        assert by_year(area, first, last) == twin(area, first, last, lambda _pairing, year, _above: year)
        below = twin(area, first, last, lambda _pairing, _year, above, top=area: part(top, above))
        assert by_part(area, first, last) == below


def part(area: Area, above: list[int]) -> int:
    """The area next below `area` on a line, or itself at its end."""
    at = above.index(area.pk)
    return above[min(at + 1, len(above) - 1)]


def test_parts_add_up_to_the_whole_and_a_moved_county_counts_where_it_lay(world: World) -> None:
    generate(world, 9)
    new = Area.objects.create(level=2, code="5206", name="铜仁", path="", parent=world["Guizhou"])
    AreaVersion.objects.create(area=new, code="5206", name="铜仁", parent=world["Guizhou"], valid=(day("2001"), None))
    nayong = AreaVersion.objects.get(area=world["Nayong County"])
    nayong.valid = DateRange(day("2001"), day("2006"))
    nayong.save()
    AreaVersion.objects.create(
        area=world["Nayong County"], code="520525", name="纳雍县", parent=new, valid=(day("2006"), None)
    )
    from villages import derive

    derive.rebuild()
    assert Placement.objects.filter(area=world["Nayong County"]).count() == 2
    whole, parts = by_kind(world["Guizhou"], 2004, 2008).all, by_part(world["Guizhou"], 2004, 2008)
    assert set(parts) >= {world["Bijie"].pk, new.pk}
    assert sum(one.expected for one in parts.values()) == whole.expected
    assert sum(one.introduced or 0 for one in parts.values()) == whole.introduced
    assert by_part(world["Guizhou"], 2004, 2008) == Twin().total(
        world["Guizhou"], 2004, 2008, lambda _pairing, _year, above: part(world["Guizhou"], above)
    )
