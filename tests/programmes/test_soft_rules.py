"""Soft rules: they warn with their numbers, in the statistics of the county, and are answered by a reason."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.utils import timezone

from programmes.actions import load_records
from programmes.catalogue.dew import DewRecord
from programmes.catalogue.mutual_fund import MutualFundRecord
from programmes.models import Remark, Round
from programmes.soft_rules import Beside, Continues, Jump, Outlier
from programmes.unlikely import county_medians, kept_text, unlikely_in
from villages import derive
from villages.models import Area, AreaVersion

BESIDE = Beside(last={"trained": 10, "closing": Decimal(500)}, median=Decimal(20), spread=Decimal(4), places=12)


@pytest.mark.parametrize(
    ("figure", "warned"),
    [(30, False), (31, True), (10, False), (0, False)],  # 30 differs by just 20; 31 by more and is three times 10
)
def test_a_jump_is_both_large_and_manifold(figure, warned):
    assert bool(Jump("trained").warning(figure, BESIDE)) is warned


def test_a_jump_down_is_one_too_and_a_first_year_is_none():
    assert Jump("trained").warning(10, Beside(last={"trained": 90})) == "10 this year, 90 last year. Is that right?"
    assert Jump("trained").warning(5000, Beside(last={"trained": None})) == ""


@pytest.mark.parametrize(("figure", "warned"), [(55, False), (56, True), (0, False)])
def test_an_outlier_lies_six_deviations_from_the_median(figure, warned):
    # 0.6745 x 35 = 23.6 <= 6 x 4 < 0.6745 x 36
    assert bool(Outlier("trained").warning(figure, BESIDE)) is warned


def test_too_few_places_or_no_spread_tell_nothing():
    assert Outlier("trained").warning(900, Beside({}, Decimal(20), Decimal(4), places=9)) == ""
    assert Outlier("trained").warning(900, Beside({}, Decimal(20), Decimal(0), places=99)) == ""


def test_an_opening_balance_goes_on_from_last_year():
    rule = Continues("opening", "closing")
    assert rule.warning(Decimal(500), BESIDE) == ""
    assert rule.warning(Decimal(499), BESIDE) == "499, but last year closed with 500. Why do they differ?"


@pytest.fixture
def county(world):
    """Zhijin with twelve more villages that trained 20 to 31 people, and Huawu that trained 400."""
    since, township = AreaVersion.objects.get(area=world["Huawu"]).valid.lower, world["520524100"]
    rows = []
    for number in range(12):
        code = f"5205241003{number:02}"
        area = Area.objects.create(level=5, code=code, name=code, name_latin=code, parent=township, path="")
        AreaVersion.objects.create(
            area=area, code=code, name=code, name_latin=code, parent=township, valid=(since, None)
        )
        rows.append([area.pk, 2010, "draft", False, 20 + number, *[None] * 9])
    derive.rebuild()
    rows.append([world["Huawu"].pk, 2010, "submitted", False, 400, *[None] * 9])
    rows.append([world["Huawu"].pk, 2009, "approved", False, 390, *[None] * 9])
    load_records(DewRecord, rows=rows, by=world.clerk)
    return world


@pytest.mark.django_db
def test_statistics_are_those_of_the_county_and_name_who_stands_apart(county, django_assert_num_queries):
    zhijin = county["520524"]
    with django_assert_num_queries(3):
        [found] = unlikely_in(DewRecord, 2010, [zhijin.pk])
    assert (found.area, found.measure, found.rule, found.reason) == (county["Huawu"].pk, "trained", "outlier", "")
    assert "half of the 13 places of the county report 26 or less" in found.message
    medians = county_medians(DewRecord, 2010, zhijin.pk)[""]["trained"]
    assert medians == {"median": "26.00", "spread": "3.00", "places": 13}
    assert unlikely_in(DewRecord, 2010, [county["520525"].pk]) == []
    assert unlikely_in(DewRecord, 2010, [zhijin.pk], areas=[county["Gaoshan"].pk]) == []


@pytest.mark.django_db
def test_the_last_remark_on_the_figure_is_the_reason(county):
    said = {"programme": "dew", "area": county["Huawu"], "year": 2010, "by": county.clerk}
    Remark.objects.create(**said, measure="trained", figure="400", text="First words")
    Remark.objects.create(**said, measure="trained", figure="400", text="A college trained the whole valley")
    Remark.objects.create(**said, measure="women", figure="400", text="About another figure")
    [found] = unlikely_in(DewRecord, 2010, [county["520524"].pk])
    assert (found.reason, found.earlier()) == ("A college trained the whole valley", "")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("figure", "told"),
    [
        ("1200", "Given for 1,200, now 400: So it was."),
        ("", "Given for blank, now 400: So it was."),
        (None, "Said before: So it was."),  # remarks of old keep no figure
    ],
)
def test_a_reason_explains_no_other_figure(county, figure, told):
    said = {"programme": "dew", "area": county["Huawu"], "year": 2010, "by": county.clerk, "measure": "trained"}
    Remark.objects.create(**said, figure=figure, text="So it was.")
    [found] = unlikely_in(DewRecord, 2010, [county["520524"].pk])
    assert (found.reason, found.earlier()) == ("", told)


@pytest.mark.parametrize(
    ("figure", "text"),
    [(None, ""), (0, "0"), (1200, "1200"), (Decimal("0.00"), "0"), (Decimal("1200.50"), "1200.5"), (True, "yes"),
     (Decimal("99999999999999.99"), "99999999999999.99"), (Decimal("1E+3"), "1000"), ("520524", "520524")],
)  # fmt: skip
def test_the_same_figure_is_kept_as_the_same_text(figure, text):
    assert kept_text(figure) == text


@pytest.mark.django_db
def test_a_fund_that_opens_otherwise_than_it_closed_is_asked_about(world):
    today = timezone.localdate()
    for year in (2009, 2010):
        Round.objects.create(programme="mutual-fund", year=year, opens=today, due=today, closes=today)
    names = [measure.name for measure in MutualFundRecord.measures()]
    year_before = {"grant": 150_000, "closing": 150_000}
    this_year = {"opening": 140_000, "closing": 140_000}
    rows = [
        [world["Huawu"].pk, year, "submitted", False, *(figures.get(name) for name in names)]
        for year, figures in ((2009, year_before), (2010, this_year))
    ]
    load_records(MutualFundRecord, rows=rows, by=world.clerk)
    [found] = unlikely_in(MutualFundRecord, 2010, [world["520524"].pk])
    assert (found.measure, found.rule) == ("opening", "continues")
    assert found.message == "140,000, but last year closed with 150,000. Why do they differ?"
