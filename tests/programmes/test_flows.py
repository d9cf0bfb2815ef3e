"""Relocation from origin to destination: the sums, on which boundaries, and who may see them."""

from __future__ import annotations

import csv
import datetime as dt
import io
import random

import pytest
from django.db import connection
from django.urls import reverse

from povtrack.lib.ribbons import ribbons
from programmes.actions import load_records
from programmes.catalogue.relocation import RelocationRecord
from programmes.flows import Moved, flows_from, flows_sql
from programmes.models import Round
from tests.queries import queries_made
from tests.rollups.reforms import close, found, move
from villages import derive
from villages.models import AreaVersion, Placement

pytestmark = pytest.mark.django_db

BLANK = [None] * 6  # what follows the destination


def load(world, *rows, state="approved"):
    """Load (place, kind, households, people, destination code[, year]) as records."""
    written = [
        [world[place].pk, (year or [2010])[0], kind, state, False, households, people, None, None, to, *BLANK]
        for place, kind, households, people, to, *year in rows
    ]
    load_records(RelocationRecord, rows=written, by=world.admin)


@pytest.fixture
def moved(world):
    """From Zhijin: 100 to its seat, 50 to Nayong, 30 to another prefecture, 20 nobody knows where to, 7 abroad."""
    day = dt.date(2001, 1, 1)
    other = found("5201", 2, world["52"], day)
    far = found("520111", 3, other, day)
    province = found("53", 1, world["CN"], day)
    beyond = found("530111", 3, found("5301", 2, province, day), day)
    world.areas |= {"far": far, "beyond": beyond}
    derive.rebuild()
    for year in (2008, 2009, 2010):
        Round.objects.create(programme="relocation", year=year, opens=day, due=day, closes=day)
    load(
        world,
        ("Huawu", "seat", 25, 100, "520524100"),
        ("Gaoshan", "town", 12, 50, "520525100201"),
        ("Longtan", "town", 8, 30, "520111"),
        ("Dazhai", "park", 5, 20, None),
        ("Longtan", "village", 2, 7, "530111"),
        ("Baiyan", "town", 3, 11, "520524"),
    )
    load(world, ("Qingshan", "town", 9, 900, None), state="draft")
    return world


def page(client, code="520524", year=2010, name="flows", **query):
    return client.get(reverse(name, args=["relocation", year, code]), query)


def people(flows):
    return {key: held.people for key, held in flows.cells.items()}


def pairs(flows):
    return [(f.origin.code, f.destination.code if f.destination else "", f.reach, f.moved.people) for f in flows.pairs]


def test_flows_say_what_kind_how_far_and_where_to(moved):
    flows = flows_from(moved["520524"], 2010, 2010)
    assert people(flows) == {
        ("seat", "county"): 100,
        ("town", "prefecture"): 50,
        ("town", "province"): 30,
        ("park", "unnamed"): 20,
        ("village", "beyond"): 7,
    }
    assert flows.over() == Moved(5, 52, 207)
    assert flows.over(kind="town") == Moved(2, 20, 80)
    # A county's origins are its townships, destinations are counties; drafts count nowhere.
    assert pairs(flows) == [
        ("520524100", "520524", "county", 100),
        ("520524100", "520525", "prefecture", 50),
        ("520524101", "520111", "province", 30),
        ("520524100", "", "unnamed", 20),
        ("520524101", "530111", "beyond", 7),
    ]


@pytest.mark.parametrize(
    ("code", "whole"), [("CN", 218), ("52", 218), ("5205", 218), ("520525", 11), ("520524101", 37)]
)
def test_every_level_has_what_left_it(moved, code, whole):
    flows = flows_from(moved[code], 2010, 2010)
    assert flows.over().people == whole == sum(f.moved.people for f in flows.pairs)
    if code in ("CN", "5205"):
        assert ("520525", "520524", "prefecture", 11) in pairs(flows)


def test_blank_is_not_zero_and_years_add_up(moved):
    load(moved, ("Huawu", "seat", None, None, "520524100", 2008), ("Huawu", "town", 0, 0, None, 2009))
    assert flows_from(moved["520524"], 2008, 2008).over() == Moved(1, None, None)
    assert flows_from(moved["520524"], 2009, 2009).over() == Moved(1, 0, 0)
    assert flows_from(moved["520524"], 2008, 2010).over() == Moved(7, 52, 207)


def test_each_year_is_on_its_own_boundaries_and_codes(moved):
    """Nayong's code passes to another county in 2009; Longtan's township moves to Nayong."""
    day = dt.date(2009, 6, 1)
    version = close(moved["520525"], day)
    AreaVersion.objects.create(area=moved["520525"], code="520599", name="新", parent=version.parent, valid=(day, None))
    heir = found("520525", 3, moved["5205"], day)
    derive.rebuild()
    move(moved["520524101"], moved["520525"], day)
    load(
        moved,
        ("Huawu", "seat", 1, 5, "520525", 2008),
        ("Huawu", "seat", 1, 6, "520525", 2009),
        ("Longtan", "seat", 1, 2, None, 2008),
        ("Longtan", "seat", 1, 3, None, 2009),
    )
    was, now = flows_from(moved["520524"], 2008, 2008), flows_from(moved["520524"], 2009, 2009)
    assert [f.destination.pk for f in was.pairs if f.destination] == [moved["520525"].pk]
    assert [f.destination.pk for f in now.pairs if f.destination] == [heir.pk]
    assert (was.over().people, now.over().people) == (7, 6)
    assert flows_from(moved["520525"], 2009, 2009).over().people == 3


def test_a_code_that_no_place_had_is_told_apart(moved):
    load(moved, ("Gaoshan", "seat", 1, 4, "999999", 2009))
    assert people(flows_from(moved["520524"], 2009, 2009)) == {("seat", "unknown"): 4}


def test_a_plain_sum_in_python_says_the_same(moved):
    """Records drawn at random over two years, with a township that moves from county to county between them."""
    move(moved["520524101"], moved["520525"], dt.date(2009, 6, 1))
    dice = random.Random(7)
    places = ["Huawu", "Gaoshan", "Dazhai", "Longtan", "Baiyan", "Qingshan"]
    codes = [None, "520524", "520524101", "520525100201", "520111", "530111", "52", "999999"]
    load(moved, *(
        (place, kind, dice.choice([None, 0, 3]), dice.choice([None, 0, 9, 14]), dice.choice(codes), year)
        for place in places for kind in ("seat", "park", "village") for year in (2008, 2009)
    ))  # fmt: skip
    for code in ("CN", "5205", "520524", "520525", "520524101"):
        for first, last in ((2008, 2008), (2009, 2009), (2008, 2009)):
            assert flows_from(moved[code], first, last).cells == plain_sum(moved[code], first, last), (code, first)


def plain_sum(area, first, last):
    """What moved by kind and reach, one record after the other."""

    def stood(pk, year):
        return next(p for p in Placement.objects.filter(area=pk) if dt.date(year, 12, 31) in p.valid)

    cells = {}
    for record in RelocationRecord.objects.filter(year__range=(first, last), state="approved"):
        home = stood(record.area_id, record.year)
        lies = {home.county_id, home.township_id, home.prefecture_id, home.province_id}
        if area.level and area.pk not in lies:
            continue
        reach = "unnamed"
        if record.destination:
            named = [
                version.area_id
                for version in AreaVersion.objects.filter(code=record.destination)
                if dt.date(record.year, 12, 31) in version.valid
            ]
            there = stood(named[0], record.year) if named else None
            steps = [("county", "county_id"), ("prefecture", "prefecture_id"), ("province", "province_id")]
            same = (step for step, of in steps if there and getattr(there, of) == getattr(home, of))
            reach = next(same, "beyond") if there else "unknown"
        key = (record.breakdown, reach)
        cells[key] = cells.get(key, Moved()) + Moved(1, record.households, record.people)
    return cells


def test_the_page_shows_the_same_figures_as_picture_and_tables(as_user, moved):
    response = page(as_user("clerk"))
    assert response.status_code == 200
    assert [(str(row["label"]), row["whole"].people) for row in response.context["table"]] == [
        ("County seat", 100), ("Town", 80), ("Industrial park", 20), ("Other village", 7),
    ]  # fmt: skip
    picture = response.context["picture"]
    assert [band["people"] for band in picture["bands"]] == ["100", "50", "30", "20", "7"]
    assert [str(end["label"]) for end in picture["ends"]] == [
        "in the same county", "elsewhere in the prefecture", "elsewhere in the province", "in another province",
        "not named",
    ]  # fmt: skip
    text = response.content.decode()
    assert "207 people in" in text.replace('<span class="fig">', "").replace("</span>", "")


def test_destinations_elsewhere_are_named_and_not_linked(as_user, moved):
    text = page(as_user("clerk")).content.decode()
    assert "Nayong County" in text
    assert 'href="/figures/relocation/2010/520525/' not in text
    assert 'href="/figures/relocation/2010/520524100/flows/' in text


def test_readers_see_what_left_their_own_areas(as_user, moved):
    client = as_user("clerk")
    for code in ("520525", "5205", "520524100201", "nonsense"):
        for name in ("flows", "flows-csv"):
            assert page(client, code, name=name).status_code == 404
    for name in ("flows", "flows-csv"):
        assert client.get(reverse(name, args=["dew", 2010, "520524"])).status_code == 404


def test_a_range_of_years_is_kept_by_every_link(as_user, moved):
    response = page(as_user("reviewer"), "5205", since=2008)
    assert response.context["since"] == 2008
    assert {row["url"] for row in response.context["pairs"]} == {
        reverse("flows", args=["relocation", 2010, code]) + "?since=2008" for code in ("520524", "520525")
    }
    assert response.context["csv_url"].endswith("?since=2008")


@pytest.mark.parametrize("since", ["2011", "1800", "x", "20O8", "٢٠٠٨", "9" * 30, "-1"])
def test_a_first_year_that_makes_no_sense_is_refused_in_words(as_user, moved, since):
    response = page(as_user("clerk"), since=since)
    assert response.status_code == 400
    assert response.context["problem"] in response.content.decode()
    assert page(as_user("clerk"), name="flows-csv", since=since).status_code == 400


def test_pairs_are_paged_and_cost_the_same_queries(as_user, moved, monkeypatch):
    client = as_user("analyst")
    with queries_made() as few:
        page(client, "5205")
    monkeypatch.setattr("programmes.views.flows.PAGE", 2)
    first = page(client, "5205")
    assert len(first.context["pairs"]) == 2
    with queries_made() as paged:
        second = client.get(first.context["page"]["next_url"])
    assert [row["moved"].people for row in second.context["pairs"]] == [30, 20]
    assert second.context["page"]["previous_url"]
    assert second.context["whole"].people == 218
    assert len(paged) == len(few) <= 16


def test_the_file_holds_every_pair_and_the_whole_last(as_user, moved):
    response = page(as_user("clerk"), name="flows-csv")
    rows = list(csv.DictReader(io.StringIO(response.getvalue().decode().removeprefix("\ufeff"))))
    assert [(r["origin_code"], r["destination_code"], r["distance"], r["people"]) for r in rows] == [
        ("520524100", "520524", "county", "100"),
        ("520524100", "520525", "prefecture", "50"),
        ("520524101", "520111", "province", "30"),
        ("520524100", "", "unnamed", "20"),
        ("520524101", "530111", "beyond", "7"),
        ("520524", "", "all", "207"),
    ]


def test_nothing_reported_says_so(as_user, moved):
    response = page(as_user("other_clerk"), "520525", year=2009)
    assert response.status_code == 200
    assert "No record of relocation" in response.content.decode()


def test_the_api_pages_the_pairs_and_sums_them_all(as_user, moved):
    client = as_user("analyst")
    asked = {"area": moved["5205"].pk, "year_min": 2008, "year_max": 2010, "page_size": 4}
    first = client.get("/api/v1/flows/", asked).json()
    assert first["whole"] == {"records": 6, "households": 55, "people": 218}
    assert {(c["kind"], c["reach"]): c["moved"]["people"] for c in first["by_kind"]}["town", "prefecture"] == 61
    assert first["results"][0]["origin"]["code"] == "520524"
    rest = client.get(first["next"]).json()
    assert rest["next"] is None
    assert [row["moved"]["people"] for row in first["results"] + rest["results"]] == [100, 50, 30, 20, 11, 7]
    assert rest["results"][0]["destination"]["name_latin"] == "Zhijin County"


@pytest.mark.parametrize(
    "change",
    [
        {"area": "x"},
        {"area": 10**20},
        {"year_min": 2011},
        {"year_max": ""},
        {"page": 0},
        {"page_size": 1001},
        {"more": 1},
    ],
)
def test_bad_questions_to_the_api_are_refused_in_words(as_user, moved, change):
    asked = {"area": moved["5205"].pk, "year_min": 2008, "year_max": 2010, **change}
    answer = as_user("analyst").get("/api/v1/flows/", asked)
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["detail"]
    elsewhere = as_user("clerk").get("/api/v1/flows/", {**asked, "area": moved["5205"].pk})
    assert elsewhere.status_code == 400


def test_a_countys_flows_are_found_by_index(moved):
    sql, params = flows_sql(moved["520524"], 2001, 2010)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN {sql}", params)
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "relocationrecord_cell" in plan
    assert "Seq Scan on programmes_relocationrecord" not in plan


def test_bands_are_as_wide_as_what_flows_and_meet_their_ends():
    laid = ribbons({("a", "x"): 30, ("a", "y"): 10, ("b", "y"): 60}, ["a", "b", "c"], ["x", "y"])
    assert [(end.key, end.height) for end in laid.sources] == [("a", 80), ("b", 120)]
    assert [(end.key, end.height) for end in laid.ends] == [("x", 60), ("y", 140)]
    assert [(band.source, band.end) for band in laid.bands] == [("a", "x"), ("a", "y"), ("b", "y")]
    assert ribbons({("a", "x"): 0}, ["a"], ["x"]) is None
