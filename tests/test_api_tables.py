"""Totals and the ledger as tables of the API: what they say in lists and files is what they say of each row alone."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from decimal import Decimal
from typing import Any

import pytest

from funding.actions import book_payment, reverse_payment
from povtrack.lib.rest.formats import JSONRenderer
from povtrack.rollups.recompute import drain
from povtrack.rollups.serializers import rollup_serializer
from programmes.actions import submit_records
from programmes.catalogue.dew import DewRecord
from tests.csv_answers import read_whole
from tests.funding.money import given, passed, treasurer
from tests.problems import by_place

pytestmark = pytest.mark.django_db

TOTALS, OBSERVATIONS = "/api/v1/rollups/dew/", "/api/v1/observations/"


def test_totals_say_what_the_serializer_says_and_come_as_a_file_with_their_freshness(world: Any, as_user: Any) -> None:
    world.save("Huawu", trained=59, women=30, placed=7, pay_before="800", pay_after="1000.55")
    submit_records(DewRecord, year=2010, area=world["Zhijin County"], by=world.clerk)
    world.save("Baiyan", by="other_clerk", trained=7)
    drain()
    client = as_user("analyst")
    asked = {"year": 2010, "ordering": "-level,-trained"}
    listed = client.get(TOTALS, asked).json()
    held = {(row.area_id, row.year): row for row in DewRecord.rollup.objects.filter(basis="recorded", year=2010)}
    by_serializer = [rollup_serializer(DewRecord)(held[row["area"], 2010]).data for row in listed["results"]]
    assert json.loads(JSONRenderer().render(by_serializer)) == listed["results"]
    answer = client.get(TOTALS, {**asked, "format": "csv"})
    table = list(csv.DictReader(io.StringIO(answer.getvalue().decode())))
    assert {"approved_totals.trained", "filled.trained", "rates.placement"} <= set(table[0])
    assert "shares" not in table[0]
    assert answer["Povtrack-Pending-Changes"] == "0"
    assert [line["totals.pay_after"] for line in table] == [
        row["totals"]["pay_after"] or "" for row in listed["results"]
    ]


def test_the_ledger_says_in_lists_and_files_what_it_says_of_each_entry(world: Any, as_user: Any) -> None:
    guizhou = given(world, "Guizhou", 1000)
    [zhijin] = passed(world, guizhou, Zhijin_County=400)
    paid = {"kind": "disbursed", "amount": Decimal(100), "paid_on": dt.date(2010, 5, 1)}
    reverse_payment(book_payment(zhijin, by=treasurer(world), **paid), reason="Typed twice.", by=treasurer(world))
    for user in ("clerk", "analyst"):
        client = as_user(user)
        for url in ("/api/v1/allocations/", "/api/v1/payments/"):
            listed = client.get(url, {"ordering": "-id"}).json()["results"]
            extra = {"adjustments", "adjustments_count"}
            alone = [client.get(f"{url}{row['id']}/").json() for row in listed]
            assert [{name: one[name] for name in one if name not in extra} for one in alone] == listed
            lines = client.get(url, {"format": "ndjson", "ordering": "-id"}).getvalue().splitlines()
            assert [json.loads(line) for line in lines] == listed
            assert len(read_whole(client.get(url, {"format": "csv", "updated_since": "2001-01-01T00:00:00Z"}))) == len(
                listed
            )
    drain()
    asked = {"area": world["Guizhou"].pk, "year_min": 2010, "year_max": 2010, "by": "year,source", "format": "csv"}
    [total] = read_whole(client.get("/api/v1/fund-totals/", asked))
    assert total[:3] == ["2010", "central", "1000.00"]


def test_observations_tell_a_figure_from_nothing_blank_and_no_record(world: Any, as_user: Any) -> None:
    world.save("Huawu", trained=59, pay_before="800", placed=3)
    world.save("Longtan", nil=True)
    submit_records(DewRecord, year=2010, area=world["Zhijin County"], by=world.clerk)
    drain()
    client = as_user("analyst")
    asked = {"programme": "dew", "measure": "trained,women,pay_before", "year": 2010, "level": 4}
    listed = client.get(OBSERVATIONS, asked).json()
    found = {(row["area"], row["measure"]): row for row in listed["results"]}
    chengguan, zhuchang, other = world["Chengguan"].pk, world["Zhuchang"].pk, world["Baiyan"].parent_id
    trained = found[chengguan, "trained"]
    assert (trained["value"], trained["unit"], trained["status"], trained["stage"]) == (
        59,
        "people",
        "reported",
        "reported",
    )
    assert found[chengguan, "pay_before"]["value"] == "800.00"
    statuses = [found[chengguan, "women"], found[zhuchang, "trained"], found[other, "trained"]]
    assert [row["status"] for row in statuses] == ["blank", "nil", "not_reported"]
    assert listed["freshness"]["pending_changes"] == 0
    pages, url = [], f"{OBSERVATIONS}?programme=dew&measure=trained,women,pay_before&year=2010&level=4&page_size=3"
    while url:
        page = client.get(url).json()
        pages.append(page["results"])
        url = page["next"]
    assert {len(page) for page in pages} == {3}
    assert [row for page in pages for row in page] == listed["results"]
    lines = read_whole(client.get(OBSERVATIONS, {**asked, "stage": "both", "format": "csv"}))
    assert len(lines) == 2 * len(listed["results"])
    stranger = as_user("other_clerk").get(OBSERVATIONS, asked).json()["results"]
    assert {row["area"] for row in stranger} == {other}
    client = as_user("analyst")
    assert by_place(client.get(OBSERVATIONS, {"programme": "due"}))["programme"].endswith("Did you mean “dew”?")
    assert by_place(client.get(OBSERVATIONS, {"programme": "dew", "measure": "trainde"}))["measure"].endswith(
        "“trained”?"
    )
    assert "Name one of: " in by_place(client.get(OBSERVATIONS))["programme"]
