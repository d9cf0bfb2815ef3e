"""The figures pages: totals, what they are made of, how fresh they are, and the file."""

from __future__ import annotations

import csv
import datetime as dt
import io

import pytest
from django.urls import reverse

from povtrack.rollups.chart import line_chart, nice_step
from povtrack.rollups.recompute import drain, rebuild
from programmes.actions import load_records, submit_records
from programmes.catalogue.dew import DewRecord
from tests.rollups.reforms import close, found, move, split
from villages import derive
from villages.models import AreaVersion

pytestmark = pytest.mark.django_db

SPRING = dt.date(2009, 4, 1)


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
        with django_assert_max_num_queries(20):
            assert page(client, code).status_code == 200


def test_the_file_has_bare_numbers_and_the_whole_in_its_last_line(as_user, figures):
    response = page(as_user("clerk"), "520524", name="figures-csv")
    assert response["Content-Type"].startswith("text/csv")
    text = response.getvalue().decode()
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


# On other boundaries


@pytest.fixture
def reformed(world):
    """Longtan moved from Zhijin to Nayong in 2009, and Baiyan was divided: three tenths stayed, the rest is Zhijin's.

    As many are trained in each year: 40 in Longtan, 10 in what was Baiyan, 100 in Huawu.
    """
    move(world["Longtan"], world["520525100"], SPRING)
    part = found("520524101202", 5, world["520524101"], SPRING)
    split(world["Baiyan"], {world["Baiyan"]: "0.3", part: "0.7"}, SPRING)
    before = {world["Longtan"]: 40, world["Baiyan"]: 10, world["Huawu"]: 100}
    after = {**before, world["Baiyan"]: 3, part: 7}
    for year, figures in ((2008, before), (2009, after), (2010, after)):
        rows = [[area.pk, year, "approved", False, trained, *[None] * 9] for area, trained in figures.items()]
        load_records(DewRecord, rows=rows, by=world.admin)
    rebuild()
    return world


def on(client, code, basis, year=2008, name="figures-area"):
    return client.get(reverse(name, args=["dew", year, code]), {"basis": basis})


def figures_of(response):
    return {part["name_latin"]: (part["cells"][0], part["estimated"]) for part in response.context["parts"]}


def test_the_same_year_on_the_boundaries_of_the_year_of_today_and_of_another(as_user, reformed):
    client = as_user("analyst")
    recorded = {"Zhijin County": ("140", 0), "Nayong County": ("10", 0)}
    today = {"Zhijin County": ("107", 1), "Nayong County": ("43", 1)}
    assert figures_of(page(client, "5205", 2008)) == recorded
    assert figures_of(on(client, "5205", "2008")) == recorded
    assert figures_of(on(client, "5205", "current")) == today
    assert figures_of(on(client, "5205", "2009")) == today
    whole = {tile(on(client, "5205", basis), "Trained")["value"] for basis in ("recorded", "current", "2008", "2009")}
    assert whole == {"150"}


def test_the_series_on_todays_boundaries_is_continuous_where_the_recorded_one_breaks(as_user, reformed):
    client = as_user("analyst")

    def series(basis):
        return [point["value"] for point in on(client, "520525", basis, 2010).context["series"]]

    assert series("recorded") == ["10", "43", "43"]
    assert series("current") == series("2009") == ["43", "43", "43"]
    assert series("2008") == ["10", "10", "10"]


def test_a_page_lists_the_shares_of_what_it_estimates_and_marks_it(as_user, reformed):
    response = on(as_user("analyst"), "520525", "current")
    [line] = response.context["shares"]["lines"]
    assert (line["village"].code, line["percent"], line["place"]) == ("520525100201", "30", "Nayong County 纳雍县")
    text = response.content.decode()
    assert "estimated: 1 village is counted here only in part" in text
    assert 'id="estimated"' in text
    assert "What is estimated" not in page(as_user("analyst"), "520525", 2008).content.decode()


def test_a_township_lists_what_counts_of_each_record(as_user, reformed):
    client = as_user("analyst")
    records = {
        r["name_latin"]: (r["cells"][0], r["share"]) for r in on(client, "520524101", "current").context["records"]
    }
    assert records == {"Baiyan": ("7", "70")}
    response = on(client, "520524101", "current", 2009)
    assert response.context["entry_url"] == ""
    assert tile(on(client, "520524101", "current"), "Trained")["value"] == "7"


def test_all_links_of_a_page_keep_its_boundaries(as_user, reformed):
    for basis in ("current", "2008"):
        context = on(as_user("analyst"), "5205", basis).context
        urls = [part["url"] for part in context["parts"]] + [way["url"] for way in context["year_urls"]]
        urls += [context["csv_url"], *(step["url"] for step in context["trail"] if step["url"])]
        assert len(urls) > 5
        assert all(url.endswith(f"?basis={basis}") for url in urls), urls
        assert f"basis={basis}" in context["api_url"]
        assert [choice["label"] for choice in context["bases"] if choice["current"]] == [
            {"current": "today's", "2008": "of 2008"}[basis]
        ]


def test_the_file_says_its_boundaries_and_what_is_estimated(as_user, reformed):
    response = on(as_user("analyst"), "5205", "current", name="figures-csv")
    rows = list(csv.DictReader(io.StringIO(response.getvalue().decode().removeprefix("\ufeff"))))
    assert [(r["code"], r["basis"], r["estimated"], r["trained"]) for r in rows] == [
        ("520524", "current", "1", "107"),
        ("520525", "current", "1", "43"),
        ("5205", "current", "0", "150"),
    ]
    assert "on-current" in response["Content-Disposition"]


def test_the_code_in_an_address_is_that_of_the_boundaries_asked_for(as_user, reformed):
    world, client = reformed, as_user("analyst")
    version = close(world["520525"], SPRING)
    AreaVersion.objects.create(
        area=world["520525"], code="520599", name="新纳雍", parent=version.parent, valid=(SPRING, None)
    )
    derive.rebuild()
    for basis, code, wrong in (("recorded", "520525", "520599"), ("current", "520599", "520525")):
        assert on(client, code, basis).status_code == 200
        wrongly = on(client, wrong, basis)
        assert wrongly.status_code == 404
        assert reverse("figures-area", args=["dew", 2008, code]) in wrongly.content.decode()
    switch = {choice["label"]: choice["url"] for choice in on(client, "520525", "recorded").context["bases"]}
    assert switch["today's"] == reverse("figures-area", args=["dew", 2008, "520599"]) + "?basis=current"
    assert on(client, "520525", "2008").status_code == on(client, "520599", "2009").status_code == 200


def test_a_place_that_did_not_stand_that_year_leads_to_todays_boundaries(as_user, reformed):
    world, client = reformed, as_user("analyst")
    county = found("520526", 3, world["5205"], SPRING)
    move(world["520525100"], county, SPRING)
    drain()
    response = page(client, "520526", 2008)
    assert response.status_code == 404
    address = reverse("figures-area", args=["dew", 2008, "520526"]) + "?basis=current"
    assert address in response.content.decode()
    assert tile(client.get(address), "Trained")["value"] == "43"
    assert page(client, "520526", 2010).context["gap_url"].endswith("?basis=current")
    asked = client.get(reverse("figures"), {"area": county.pk, "programme": "dew", "year": 2008, "basis": "2009"})
    assert asked.url == reverse("figures-area", args=["dew", 2008, "520526"]) + "?basis=2009"
    asked = client.get(reverse("figures"), {"area": county.pk, "programme": "dew", "year": 2008, "basis": "2008"})
    assert asked.status_code == 404
    assert "did not stand at the end of 2008" in asked.content.decode()


@pytest.mark.parametrize(
    "basis", ["abc", "1890", "2099", "20O5", "", "1950", "٢٠٠٨", "recorded ", "-1", "1e3", "9" * 400]
)
def test_boundaries_that_make_no_sense_are_refused_in_words(as_user, reformed, basis):
    client = as_user("analyst")
    for name in ("figures-area", "figures-csv"):
        response = on(client, "5205", basis, name=name)
        assert response.status_code == 400
        assert response.context["reason"]
    assert client.get(reverse("figures"), {"basis": basis}).status_code == 400


def test_a_page_on_the_boundaries_of_a_year_costs_the_same_queries_at_every_level(
    as_user, reformed, django_assert_max_num_queries
):
    client = as_user("admin")
    for code in ("CN", "52", "5205", "520524", "520524100"):
        with django_assert_max_num_queries(45):
            assert on(client, code, "2009").status_code == 200


def test_edits_that_wait_are_counted_where_they_lie_today(as_user, reformed):
    client = as_user("analyst")
    DewRecord.objects.filter(area=reformed["Longtan"], year=2008).update(trained=8)
    bases = ("recorded", "current", "2008")
    assert [on(client, "520525", basis).context["freshness"].pending for basis in bases] == [0, 1, 0]
    parts = on(client, "5205", "current").context["parts"]
    assert [(p["name_latin"], p["pending"]) for p in parts] == [("Zhijin County", True), ("Nayong County", True)]
