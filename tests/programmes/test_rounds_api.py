"""Rounds and progress in the API: what the pages say of deadlines, extensions and counts, from the same source."""

from __future__ import annotations

import csv
import datetime as dt
import io
from typing import Any

import pytest
from django.utils import timezone

from programmes.actions import extend_round, submit_records
from programmes.catalogue.dew import DewRecord
from tests.csv_answers import read_whole
from tests.problems import by_place, kind
from tests.queries import queries_made

pytestmark = pytest.mark.django_db

ROUNDS, PROGRESS = "/api/v1/rounds/", "/api/v1/progress/"


def extended(world: Any, code: str) -> None:
    until = timezone.localdate() + dt.timedelta(days=60)
    extend_round(DewRecord, year=2010, area=world[code], until=until, reason="A flood.", by=world.admin)


def test_rounds_say_their_deadlines_where_they_stand_and_for_whom_they_go_on(world: Any, as_user: Any) -> None:
    extended(world, "520524")
    extended(world, "520525")
    client = as_user("clerk")
    with queries_made() as queries:
        listed = client.get(ROUNDS, {"ordering": "-year"}).json()["results"]
    assert len(queries) <= 8
    first = listed[0]
    assert [(one["year"], one["state"]) for one in listed] == [(2010, "open"), (2009, "closed"), (2008, "closed")]
    assert (first["programme"], first["days_left"], first["extensions"]) == ("dew", 20, 1)
    assert client.get(f"{ROUNDS}{first['id']}/").json() == first
    assert [one["year"] for one in client.get(ROUNDS, {"state": "closed", "year_min": 2009}).json()["results"]] == [
        2009
    ]
    url = f"{ROUNDS}{first['id']}/extensions/"
    [extension] = client.get(url, {"running": "true"}).json()["results"]
    assert (extension["area_code"], extension["reason"], extension["is_reopening"]) == ("520524", "A flood.", False)
    assert client.get(url, {"running": "false"}).json()["results"] == []
    assert len(as_user("analyst").get(url).json()["results"]) == 2
    table = list(csv.DictReader(io.StringIO(client.get(ROUNDS, {"format": "csv"}).getvalue().decode())))
    assert [row["state"] for row in table] == ["closed", "closed", "open"]
    assert "Did you mean “dew”" in by_place(client.get(ROUNDS, {"programme": "due"}))["programme"]


def test_progress_says_what_its_page_says(world: Any, as_user: Any) -> None:
    world.save("Huawu", trained=1)
    world.save("Gaoshan", trained=1)
    submit_records(DewRecord, year=2010, area=world["Chengguan"], by=world.clerk)
    world.save("Longtan", trained=1)
    client = as_user("analyst")
    asked = {"programme": "dew", "year": 2010, "area": world["5205"].pk}
    found = client.get(PROGRESS, asked).json()
    page = client.get("/progress/dew/2010/5205/").context
    same = ("expected", "missing", "drafted", "returned", "submitted", "confirmed", "approved", "overdue")
    assert {name: found["whole"][name] for name in same} == {name: page["own"][name] for name in same}
    for row, part in zip(found["results"], page["parts"], strict=True):
        assert (row["area"], {name: row[name] for name in same}) == (part["area"].pk, {n: part[n] for n in same})
    assert [row["code"] for row in found["results"]] == ["520524", "520525"]
    assert found["round"]["due"] == (timezone.localdate() + dt.timedelta(days=20)).isoformat()
    second = client.get(PROGRESS, {**asked, "page_size": 1, "page": 2}).json()
    assert (second["results"], second["next"]) == ([found["results"][1]], None)
    rows = read_whole(client.get(PROGRESS, {**asked, "format": "csv"}))
    assert [row[1] for row in rows] == ["520524", "520525", "5205"]
    own = as_user("clerk").get(PROGRESS, {"programme": "dew", "year": 2010}).json()
    assert (own["whole"]["code"], len(own["results"])) == ("520524", 2)


def test_progress_is_asked_of_places_that_stood_and_are_the_readers(world: Any, as_user: Any) -> None:
    client = as_user("clerk")
    for area, words in ((world["520525"].pk, "among yours"), (world["Huawu"].pk, "among yours")):
        answer = client.get(PROGRESS, {"programme": "dew", "year": 2010, "area": area})
        assert words in by_place(answer)["area"]
    words = by_place(client.get(PROGRESS, {"programme": "dew", "year": 2000, "area": world["520524"].pk}))["area"]
    assert words.endswith("did not stand at the end of 2000.")
    assert set(by_place(client.get(PROGRESS))) == {"programme", "year"}
    assert kind(client.get(PROGRESS, {"programme": "dew", "year": 2010, "bom": "1"})) == "invalid"
