"""The pages, files and API of fund totals and of the reconciliation."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from typing import Any

import pytest

from funding.actions import book_payment
from funding.models import FundSource
from povtrack.rollups.recompute import drain
from programmes.actions import submit_records
from programmes.catalogue.dew import DewRecord
from tests.funding.money import DAY, given, passed, treasurer
from tests.queries import queries_made
from tests.world import World
from villages.models import Designation, Membership

pytestmark = pytest.mark.django_db

FIGURES, RECONCILIATION = "/funds/figures/2010/{}/", "/funds/reconciliation/2010/{}/"


@pytest.fixture
def money(world: World) -> World:
    """10 million of the centre and 5 million of the province for Guizhou; 8 million of these are Zhijin's."""
    own = FundSource.objects.create(code="province", name="省级资金", kind="budget", tier=1)
    given(world, "Guizhou", 4_000_000, year=2009)
    centre = given(world, "Guizhou", 10_000_000)
    [zhijin] = passed(world, centre, "dew", Zhijin_County=8_000_000)
    given(world, "Guizhou", 5_000_000, source=own)
    for kind, amount in (("disbursed", 3_000_000), ("spent", 2_000_000)):
        book_payment(zhijin, kind=kind, amount=Decimal(amount), paid_on=DAY, by=treasurer(world))
    world.save("Huawu", trained=10, spent=1_900_000)
    submit_records(DewRecord, year=2010, area=world["Zhijin County"], by=world.clerk)
    drain()
    return world


def lines(rows: Any, *names: str) -> list[tuple[str, ...]]:
    return [tuple(row[name] for name in names) for row in rows]


def test_an_area_shows_where_its_money_is_and_whose_it_is(money: World, as_user: Any) -> None:
    shown = as_user("analyst").get(FIGURES.format("52")).context
    assert lines(shown["parts"], "label", "total", "share", "absorption") == [
        ("Bijie 毕节市", "8,000,000", "53.3", "25"),
        ("Guizhou 贵州省 itself", "7,000,000", "46.7", "0"),
    ]
    assert lines(shown["tiers"], "label", "total") == [("nation", "10,000,000"), ("province", "5,000,000")]
    assert lines(shown["programmes"], "label", "total") == [
        ("Dew Program", "8,000,000"),
        ("no one programme", "7,000,000"),
    ]
    assert lines(shown["levels"], "label", "received", "resting") == [
        ("province", "15,000,000", "7,000,000"), ("county", "8,000,000", "8,000,000"),
    ]  # fmt: skip
    assert lines(shown["series"], "year", "total", "central", "change") == [
        (2009, "4,000,000", "4,000,000", "–"), (2010, "15,000,000", "10,000,000", "+275.0"),
    ]  # fmt: skip
    tiles = {tile["label"]: (tile["value"], tile["unit"]) for tile in shown["tiles"]}
    assert tiles["Funds"] == ("1,500", "ten thousand yuan")
    assert tiles["For each county"] == ("750", "ten thousand yuan")
    assert tiles["Growth"] == ("+275.0", "%")


def test_the_picture_has_the_figures_of_the_tables(money: World, as_user: Any) -> None:
    picture = as_user("analyst").get(FIGURES.format("52")).context["picture"]
    assert [[(bar["label"], bar["total"]) for bar in column] for column in picture["columns"]] == [
        [("Central poverty fund", "1,000"), ("省级资金", "500")],
        [("Bijie", "800"), ("Guizhou 贵州省 itself", "700")],
        [("Dew Program", "800"), ("no one programme", "700")],
    ]


def test_a_list_keeps_only_the_money_in_its_places(money: World, as_user: Any) -> None:
    key = Designation.objects.create(code="key-2001", name="重点县", name_latin="Key counties")
    Membership.objects.create(designation=key, area=money["Zhijin County"], valid=("2001-01-01", None))
    shown = as_user("analyst").get(FIGURES.format("52"), {"list": "key-2001"}).context
    assert shown["whole"]["total"] == "8,000,000"
    assert as_user("analyst").get(FIGURES.format("52"), {"list": "nonsense"}).status_code == 404


def test_the_page_takes_as_many_queries_for_much_money_as_for_little(money: World, as_user: Any) -> None:
    client = as_user("analyst")
    client.get(FIGURES.format("52"))
    with queries_made() as little:
        client.get(FIGURES.format("52"))
    passed(money, given(money, "Guizhou", 100), "loans", Nayong_County=9, Huawu=8, Gaoshan=7)
    drain()
    with queries_made() as much:
        client.get(FIGURES.format("52"))
    assert len(much) == len(little) == 23


def test_the_file_adds_up_to_the_page(money: World, as_user: Any) -> None:
    answer = as_user("analyst").get(FIGURES.format("52") + "table.csv")
    rows = list(csv.DictReader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))
    assert sum(Decimal(row["resting"]) for row in rows) == 15_000_000
    assert int(answer["Povtrack-Rows-Out"]) == len(rows)


def test_the_reconciliation_leads_from_a_difference_to_the_records(money: World, as_user: Any) -> None:
    shown = as_user("analyst").get(RECONCILIATION.format("52")).context
    [worst] = shown["worst"]
    assert (worst["spent"], worst["recorded"], worst["difference"]) == ("2,000,000", "1,900,000", "+100,000")
    assert (worst["differs"], worst["is_slow"]) == (False, True)  # 5 % is still borne
    assert worst["url"] == RECONCILIATION.format("520524")
    assert worst["entries_url"] == "/funds/2010/520524/?programme=dew#given"
    assert worst["records_url"] == "/figures/dew/2010/520524/"
    county = as_user("analyst").get(RECONCILIATION.format("520524")).context
    assert lines(county["lines"], "label", "allocated", "resting") == [("Dew Program", "8,000,000", "8,000,000")]
    rows = as_user("analyst").get(RECONCILIATION.format("52") + "table.csv").getvalue().decode().splitlines()
    assert len(rows) == 2


def test_boundaries_that_make_no_sense_are_refused_in_words(money: World, as_user: Any) -> None:
    client = as_user("analyst")
    assert client.get(FIGURES.format("52"), {"basis": "2008"}).status_code == 200
    assert client.get(RECONCILIATION.format("52"), {"basis": "current"}).status_code == 200
    for address in (FIGURES.format("52") + "?basis=then", RECONCILIATION.format("52") + "?basis=2008"):
        answer = client.get(address)
        assert answer.status_code == 400
        assert "oundaries" in answer.content.decode()


def test_the_api_tells_the_totals_by_what_is_asked(money: World, as_user: Any) -> None:
    client, guizhou = as_user("analyst"), money["Guizhou"].pk
    asked = {"area": guizhou, "year_min": 2009, "year_max": 2010}
    by_year = client.get("/api/v1/fund-totals/", {**asked, "by": "year"}).json()
    assert [(row["year"], row["resting"]) for row in by_year["results"]] == [
        (2009, "4000000.00"),
        (2010, "15000000.00"),
    ]
    assert by_year["mean_growth"] == "275.00"
    parts = client.get("/api/v1/fund-totals/", {**asked, "by": "part,programme", "programme": "dew"}).json()["results"]
    assert [(row["part"], row["programme"], row["spent"]) for row in parts] == [
        (money["Bijie"].pk, "dew", "2000000.00")
    ]
    first = client.get("/api/v1/fund-totals/", {**asked, "by": "year", "page_size": 1}).json()
    assert len(first["results"]) == 1
    assert client.get(first["next"]).json()["results"][0]["year"] == 2010
    assert (
        "Known: part, year" in client.get("/api/v1/fund-totals/", {**asked, "by": "moon"}).json()["errors"][0]["detail"]
    )


def test_the_api_tells_the_reconciliation(money: World, as_user: Any) -> None:
    client = as_user("analyst")
    asked = {"area": money["Guizhou"].pk, "year": 2010, "by": "county"}
    [line] = client.get("/api/v1/reconciliation/", asked).json()["results"]
    assert (line["area"], line["difference"], line["absorption"]) == (money["520524"].pk, "100000.00", "25.00")
    assert client.get("/api/v1/reconciliation/", {**asked, "basis": "2008"}).status_code == 400


def test_nobody_reads_the_money_of_others(money: World, as_user: Any) -> None:
    client = as_user("other_clerk")
    for address in (FIGURES, RECONCILIATION):
        assert client.get(address.format("520524")).status_code == 404
    for name, years in (("fund-totals", {"year_min": 2010, "year_max": 2010}), ("reconciliation", {"year": 2010})):
        answer = client.get(f"/api/v1/{name}/", {"area": money["520524"].pk, **years})
        assert answer.status_code == 400
        assert "among yours" in answer.json()["errors"][0]["detail"]
