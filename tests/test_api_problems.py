"""Errors of the API: one shape, all that is wrong at once, and what may have been meant."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from programmes.api import RecordViewSet
from tests.problems import by_place, kind
from villages.models import Designation

pytestmark = pytest.mark.django_db

RECORDS, ROLLUPS, AREAS = "/api/v1/records/dew/", "/api/v1/rollups/dew/", "/api/v1/areas/"


def test_all_that_is_wrong_with_a_question_is_told_at_once(world: Any, as_user: Any) -> None:
    Designation.objects.create(code="key-2001", name="Key counties")
    asked = {"designation": "key-2010", "level": "county", "year": "1"}
    answer = as_user("analyst").get(ROLLUPS, asked)
    assert kind(answer) == "invalid"
    assert set(by_place(answer)) == set(asked)
    assert answer.json()["detail"] == "3 things are wrong; see errors."
    assert answer.json()["instance"] == f"{ROLLUPS}?designation=key-2010&level=county&year=1"
    told = {error["name"]: error for error in answer.json()["errors"]}
    assert (told["designation"]["code"], told["designation"]["nearest"]) == ("unknown", ["key-2001"])
    assert told["designation"]["detail"].endswith("Did you mean “key-2001”?")
    assert told["level"]["value"] == "county"
    assert "Known here: 0, 1, 2, 3, 4, 5." in told["level"]["detail"]


def test_a_misspelt_word_is_answered_with_the_nearest(world: Any, as_user: Any) -> None:
    client = as_user("clerk")
    assert by_place(client.get(RECORDS, {"state": "aproved"})) == {
        "state": "“aproved” is not known here. Did you mean “approved”?"
    }
    assert by_place(client.get("/api/v1/payments/", {"yaer": "2010"})) == {
        "yaer": "There is no such parameter. Did you mean “year”?"
    }


def test_a_code_of_another_time_says_who_carried_it_when(world: Any, as_user: Any) -> None:
    client = as_user("analyst")
    code = world["520524"].code
    assert client.get(AREAS, {"code": code}).json()["results"]
    early = by_place(client.get(AREAS, {"code": code, "on": "1950-01-01"}))["code"]
    assert early.startswith("No place among yours carried this code on 1950-01-01. 织金县 carries it since")
    assert by_place(client.get(AREAS, {"code": "999999"}))["code"].startswith("No place among yours carried")
    assert client.get(AREAS, {"code": code, "level": 1}).json()["results"] == []


def test_a_fault_of_ours_tells_nothing_but_the_number_under_which_it_was_noted(
    world: Any, as_user: Any, monkeypatch: Any, caplog: Any
) -> None:
    def fail(self: Any) -> None:
        raise RuntimeError("password=hunter2")

    monkeypatch.setattr(RecordViewSet, "get_queryset", fail)
    client: Client = as_user("clerk")
    client.raise_request_exception = False
    answer = client.get(RECORDS)
    assert kind(answer) == "broken"
    assert "hunter2" not in answer.content.decode()
    assert answer.json()["instance"].startswith("urn:uuid:")
    assert any(answer.json()["instance"] in line.getMessage() for line in caplog.records)


def test_errors_are_told_in_the_readers_language(world: Any, as_user: Any) -> None:
    answer = as_user("clerk").get(f"{RECORDS}999999/", headers={"accept-language": "zh-hans"})
    assert kind(answer) == "not-found"
    assert answer["Content-Language"] == "zh-hans"
