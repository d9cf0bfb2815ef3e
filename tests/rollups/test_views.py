"""The figures pages: totals, what they are made of, how fresh they are, and the file."""

from __future__ import annotations

import csv
import io

import pytest
from django.urls import reverse

from povtrack.rollups.chart import line_chart, nice_step
from povtrack.rollups.recompute import drain, rebuild
from programmes.actions import submit_records
from programmes.models import DewRecord

pytestmark = pytest.mark.django_db


def page(client, code, year=2010, name="figures-area"):
    return client.get(reverse(name, args=["dew", year, code]))


@pytest.fixture
def figures(world):
    """Zhijin has reported two of four villages, Nayong none."""
    world.save("Huawu", trained=59, placed=47, spent="38400.50")
    world.save("Longtan", trained=1000, placed=1000)
    submit_records(DewRecord, year=2010, area=world["520524"], by=world.clerk)
    rebuild()


def tile(response, label):
    [found] = [t for t in response.context["tiles"] if str(t["label"]) == label]
    return found


def test_a_county_shows_its_totals_and_leads_to_its_townships(as_user, figures):
    response = page(as_user("clerk"), "520524")
    assert tile(response, "Trained")["value"] == "1,059"
    assert tile(response, "Spent")["value"] == "38,400.50"
    assert "98.9" in tile(response, "Placed off-farm")["note"]
    assert (tile(response, "Villages reported")["value"], tile(response, "Villages reported")["unit"]) == ("2", "of 4")
    assert [(p["label"], p["cells"][0], p["reported"], p["expected"]) for p in response.context["parts"]] == [
        ("Chengguan 城关镇", "59", 1, 3),
        ("Zhuchang 珠藏镇", "1,000", 1, 1),
    ]


def test_a_township_leads_to_the_records(as_user, figures):
    records = page(as_user("clerk"), "520524100").context["records"]
    assert [(r["name_latin"], r["state"], r["cells"]) for r in records] == [
        ("Huawu", "submitted", ["59", "47", "38,400.50"]),
        ("Gaoshan", "", ["–", "–", "–"]),
        ("Dazhai", "", ["–", "–", "–"]),
    ]


def test_what_waits_to_be_counted_is_said_where_it_waits(as_user, world, figures):
    client = as_user("analyst")
    assert page(client, "52").context["freshness"].pending == 0
    world.save("Baiyan", trained=1, by="other_clerk")
    response = page(client, "5205")
    assert response.context["freshness"].pending == 1
    assert [(p["label"], p["pending"]) for p in response.context["parts"]] == [
        ("Zhijin County 织金县", False),
        ("Nayong County 纳雍县", True),
    ]
    assert [part["pending"] for part in page(client, "52").context["parts"]] == [True]
    assert page(client, "520525100").context["freshness"].pending == 1
    drain()
    assert page(client, "5205").context["freshness"].pending == 0


def test_a_page_costs_the_same_queries_at_every_level(as_user, figures, django_assert_max_num_queries):
    client = as_user("analyst")
    for code in ("52", "5205", "520524", "520524100"):
        with django_assert_max_num_queries(17):
            assert page(client, code).status_code == 200


def test_the_file_has_bare_numbers_and_the_whole_in_its_last_line(as_user, figures):
    response = page(as_user("clerk"), "520524", name="figures-csv")
    assert response["Content-Type"].startswith("text/csv")
    text = response.content.decode()
    assert text.startswith("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    assert [(r["code"], r["trained"], r["spent"], r["women"], r["expected"]) for r in rows] == [
        ("520524100", "59", "38400.50", "", "3"),
        ("520524101", "1000", "", "", "1"),
        ("520524", "1059", "38400.50", "", "4"),
    ]


def test_the_starting_page_is_the_readers_own_area_or_the_one_asked_for(as_user, world, figures):
    client = as_user("clerk")
    assert client.get(reverse("figures")).url == reverse("figures-area", args=["dew", 2010, "520524"])
    asked = client.get(reverse("figures"), {"area": world["520524101"].pk})
    assert asked.url == reverse("figures-area", args=["dew", 2010, "520524101"])
    for foreign in (world["520525"].pk, "x", "9" * 30):
        assert client.get(reverse("figures"), {"area": foreign}).status_code == 404


def test_villages_and_other_peoples_areas_have_no_figures_page(as_user, figures):
    client = as_user("clerk")
    for code in ("520524100201", "520525", "5205", "nonsense"):
        assert page(client, code).status_code == 404
        assert page(client, code, name="figures-csv").status_code == 404


def test_a_year_without_records_says_so_and_is_no_error(as_user, world):
    response = page(as_user("clerk"), "520524", year=2005)
    assert response.status_code == 200
    assert response.context["row"] is None


def test_a_line_leaves_a_gap_where_a_year_has_no_figure():
    chart = line_chart([(2004, 10), (2005, None), (2006, 40), (2007, 20)], partial={2007})
    assert [len(points.split()) for points in chart["lines"]] == [1, 2]
    assert [(dot["year"], dot["partial"]) for dot in chart["dots"]] == [(2004, False), (2006, False), (2007, True)]
    assert line_chart([(2004, None)]) is None


@pytest.mark.parametrize(("highest", "step"), [(0, 1), (4, 1), (5, 2), (9, 5), (21, 10), (75_856, 20_000)])
def test_gridlines_stand_at_round_figures(highest, step):
    assert nice_step(highest) == step
