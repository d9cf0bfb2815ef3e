"""Programmes and records in the API."""

from __future__ import annotations

from typing import Any

import pytest

from programmes.actions import approve_records, submit_records
from programmes.catalogue.dew import DewRecord
from tests.problems import by_place, kind
from tests.queries import queries_made

RECORDS = "/api/v1/records/dew/"


def post(client: Any, data: Any, url: str = RECORDS) -> Any:
    return client.post(url, data, content_type="application/json")


def patch(client: Any, key: int, data: Any) -> Any:
    return client.patch(f"{RECORDS}{key}/", data, content_type="application/json")


def test_a_programme_tells_its_measures_rates_and_rules(world: Any, as_user: Any) -> None:
    client = as_user("analyst")
    [dew, *_others] = client.get("/api/v1/programmes/").json()["results"]
    assert dew == client.get("/api/v1/programmes/dew/").json()
    assert (dew["code"], dew["label"], dew["level"], dew["first_year"]) == ("dew", "Dew Program", 5, 2004)
    women = next(m for m in dew["measures"] if m["name"] == "women")
    assert (women["unit"], women["part_of"], women["kind"]) == ("people", "trained", "count")
    assert {
        "kind": "part_of",
        "words": "“of which women” can't be more than “Trained”.",
        "measures": ["women", "trained"],
    } in dew["rules"]
    assert next(r for r in dew["rates"] if r["name"] == "placement")["numerator"] == "placed"
    assert client.get("/api/v1/programmes/none/").status_code == 404


def test_a_record_is_made_and_read_back(world: Any, as_user: Any) -> None:
    answer = post(
        as_user("clerk"), {"area": world["Huawu"].pk, "year": 2010, "trained": 59, "women": "30", "spent": "12000.50"}
    )
    assert answer.status_code == 201, answer.json()
    record = answer.json()
    assert record["area_code"] == "520524100201"
    assert record["county"] == world["Zhijin County"].pk
    assert (record["trained"], record["women"], record["minority"], record["spent"]) == (59, 30, None, "12000.50")
    assert (record["version"], record["state"], record["entered_by"]) == (1, "draft", "Clerk")
    assert as_user("reviewer").get(f"{RECORDS}{record['id']}/").json() == record


def test_a_place_has_one_record_a_year(world: Any, as_user: Any) -> None:
    world.save("Huawu", trained=59)
    answer = post(as_user("clerk"), {"area": world["Huawu"].pk, "year": 2010, "trained": 60})
    assert answer.status_code == 409
    assert answer.json()["theirs"]["trained"] == 59
    assert DewRecord.objects.get().trained == 59


def test_a_record_is_changed_and_what_is_not_sent_stays(world: Any, as_user: Any) -> None:
    world.save("Huawu", trained=59, women=30)
    record = DewRecord.objects.get()
    answer = patch(as_user("clerk"), record.pk, {"version": 1, "trained": 60, "spent": 7})
    assert answer.status_code == 200, answer.json()
    record.refresh_from_db()
    assert (record.trained, record.women, record.spent, record.version) == (60, 30, 7, 2)
    assert patch(as_user("clerk"), record.pk, {"version": 2, "women": None}).json()["women"] is None


def test_a_stale_version_is_answered_with_theirs_and_changes_nothing(world: Any, as_user: Any) -> None:
    world.save("Huawu", trained=59)
    world.save("Huawu", trained=61, version=1)
    record = DewRecord.objects.get()
    answer = patch(as_user("clerk"), record.pk, {"version": 1, "trained": 60})
    body = answer.json()
    assert answer.status_code == 409
    assert (kind(answer), body["errors"][0]["code"], body["errors"][0]["pointer"]) == (
        "conflict",
        "conflict",
        "#/version",
    )
    assert (body["theirs"]["trained"], body["theirs"]["version"]) == (61, 2)
    record.refresh_from_db()
    assert (record.trained, record.version) == (61, 2)


def test_an_approved_record_is_locked(world: Any, as_user: Any) -> None:
    world.save("Huawu", trained=59)
    submit_records(DewRecord, year=2010, area=world["Zhijin County"], by=world.clerk)
    approve_records(DewRecord, year=2010, area=world["Zhijin County"], by=world.reviewer)
    record = DewRecord.objects.get()
    answer = patch(as_user("clerk"), record.pk, {"version": record.version, "trained": 60})
    assert answer.status_code == 409
    assert answer.json()["errors"][0]["code"] == "locked"


@pytest.mark.parametrize(
    ("sent", "at", "words"),
    [
        ({"trained": -1}, "trained", "negative"),
        ({"trained": "many"}, "trained", "not a number"),
        ({"trained": 1.5}, "trained", "whole"),
        ({"trained": 3_000_000_000}, "trained", "larger"),
        ({"spent": 1e30}, "spent", "number"),
        ({"spent": "1.234"}, "spent", "decimals"),
        ({"trained": True}, "trained", "Send a number"),
        ({"trained": [1]}, "trained", "Send a number"),
        ({"trained": "1\0"}, "trained", "not a number"),
        ({"trained": 5, "women": 6}, "women", "more than"),
        ({"women": 6}, "women", "blank"),
        ({"nil": True, "trained": 6}, "trained", "nothing to report"),
        ({"trained": 6, "colour": "red"}, "colour", "no such field"),
        ({"trained": 6, "state": "approved"}, "state", "no such field"),
        ({"trained": 6, "area": 2**70}, "area", "less than"),
        ({"trained": 6, "area": None}, "area", "null"),
        ({"trained": 6, "year": 1800}, "year", "greater"),
        ({}, "", "No figure"),
    ],
)
def test_what_can_not_stand_is_refused_at_its_field(
    sent: dict[str, Any], at: str, words: str, world: Any, as_user: Any
) -> None:
    answer = post(as_user("clerk"), {"area": world["Huawu"].pk, "year": 2010, **sent})
    body = answer.json()
    assert answer.status_code == 400, body
    assert kind(answer) == "invalid"
    assert words in by_place(answer)[at], body
    assert not DewRecord.objects.exists()


@pytest.mark.parametrize("half", ['"trained": "\\ud800"', '"\\udfff": 1', '"rows": [{"area": 1, "note": "a\\ud800b"}]'])
@pytest.mark.parametrize("url", [RECORDS, f"{RECORDS}bulk/"])
def test_half_a_character_is_refused_wherever_it_stands(half: str, url: str, world: Any, as_user: Any) -> None:
    answer = post(as_user("clerk"), f'{{"area": {world["Huawu"].pk}, "year": 2010, {half}}}', url)
    assert answer.status_code == 400
    [error] = answer.json()["errors"]
    assert error["code"] == "parse_error"
    assert "half of a character" in error["detail"]


def test_a_whole_pair_is_a_character_and_depth_has_an_end(world: Any, as_user: Any) -> None:
    area = {"area": world["Huawu"].pk, "year": 2010}
    assert "“𠀀” is not a number" in post(as_user("clerk"), {**area, "trained": "𠀀"}).json()["errors"][0]["detail"]
    assert post(as_user("clerk"), "[" * 100_000).status_code == 400


def test_figures_end_a_nil_return(world: Any, as_user: Any) -> None:
    world.save("Huawu", nil=True)
    record = DewRecord.objects.get()
    answer = patch(as_user("clerk"), record.pk, {"version": 1, "trained": 5})
    assert (answer.json()["nil"], answer.json()["trained"]) == (False, 5)


def test_a_closed_round_is_refused(world: Any, as_user: Any) -> None:
    answer = post(as_user("clerk"), {"area": world["Huawu"].pk, "year": 2009, "trained": 5})
    assert answer.status_code == 403
    assert "not open" in answer.json()["errors"][0]["detail"]


def test_nobody_writes_outside_their_areas_or_without_the_role(world: Any, as_user: Any) -> None:
    world.save("Huawu", trained=59)
    record = DewRecord.objects.get()
    for username in ("other_clerk", "reviewer", "finance", "analyst", "admin", "registry"):
        client = as_user(username)
        assert post(client, {"area": world["Gaoshan"].pk, "year": 2010, "trained": 5}).status_code == 400
        assert patch(client, record.pk, {"version": 1, "trained": 5}).status_code in (400, 404)
        [result] = post(
            client, {"year": 2010, "rows": [{"area": world["Gaoshan"].pk, "trained": 5}]}, f"{RECORDS}bulk/"
        ).json()["rows"]
        assert result["status"] == "refused"
    assert [(r.area_id, r.trained) for r in DewRecord.objects.all()] == [(world["Huawu"].pk, 59)]


def test_many_rows_are_saved_each_answered_for_itself(world: Any, as_user: Any) -> None:
    world.save("Gaoshan", trained=10)
    rows = [
        {"area": world["Huawu"].pk, "trained": 59},
        {"area": world["Gaoshan"].pk, "trained": 11},
        {"area": world["Dazhai"].pk, "trained": 5, "women": 9},
        {"area": world["Longtan"].pk, "nil": True},
        {"area": world["Baiyan"].pk, "trained": 5},
    ]
    answer = post(as_user("clerk"), {"year": 2010, "rows": rows}, f"{RECORDS}bulk/")
    assert answer.status_code == 200, answer.json()
    results = answer.json()["rows"]
    assert [r["status"] for r in results] == ["saved", "conflict", "refused", "saved", "refused"]
    assert (results[0]["version"], results[0]["figures"]["trained"]) == (1, 59)
    assert as_user("clerk").get(results[0]["url"]).json()["trained"] == 59
    assert (results[1]["version"], results[1]["figures"]["trained"], results[1]["by"]) == (1, 10, "Clerk")
    assert results[2]["errors"][0]["pointer"] == "#/rows/2/women"
    assert results[3]["nil"] is True
    assert DewRecord.objects.count() == 3


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"year": 2010},
        {"year": 2010, "rows": []},
        {"year": 2010, "rows": "x"},
        {"year": 2010, "rows": [5]},
        [],
        '"x"',
        None,
    ],
)
def test_a_bulk_of_the_wrong_shape_is_refused(body: Any, world: Any, as_user: Any) -> None:
    answer = post(as_user("clerk"), body, f"{RECORDS}bulk/")
    assert answer.status_code == 400
    assert kind(answer) == "invalid"


def test_an_unknown_figure_in_a_bulk_row_is_refused(world: Any, as_user: Any) -> None:
    answer = post(
        as_user("clerk"), {"year": 2010, "rows": [{"area": world["Huawu"].pk, "train": 5}]}, f"{RECORDS}bulk/"
    )
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"] == "#/rows/0/train"


def test_records_are_narrowed_by_what_they_carry(world: Any, as_user: Any) -> None:
    world.save("Huawu", trained=59)
    world.save("Longtan", nil=True)
    world.save("Baiyan", by="other_clerk", trained=7)
    submit_records(DewRecord, year=2010, area=world["Zhuchang"], by=world.clerk)
    client = as_user("reviewer")

    def found(**query: Any) -> list[str]:
        body = client.get(RECORDS, query).json()
        return [row["area_name"] for row in body["results"]]

    assert found() == ["化屋村", "龙潭村", "白岩村"]
    assert found(state="submitted") == ["龙潭村"]
    assert found(nil="true") == ["龙潭村"]
    assert found(area=world["Baiyan"].pk) == ["白岩村"]
    assert found(within=world["Zhijin County"].pk) == ["化屋村", "龙潭村"]
    assert found(year=2009) == []
    assert found(year_min=2010, year_max=2011) == ["化屋村", "龙潭村", "白岩村"]
    assert found(updated_since="2999-01-01T00:00:00Z") == []
    assert len(found(updated_since="2001-01-01T00:00:00Z")) == 3


def test_lists_hold_the_readers_records_and_no_other(world: Any, as_user: Any) -> None:
    world.save("Huawu", trained=59)
    world.save("Baiyan", by="other_clerk", trained=7)
    [row] = as_user("other_clerk").get(RECORDS).json()["results"]
    assert row["area"] == world["Baiyan"].pk
    answer = as_user("other_clerk").get(RECORDS, {"area": world["Huawu"].pk})
    assert answer.status_code == 400


def test_a_page_costs_as_many_queries_with_many_rows_as_with_one(world: Any, as_user: Any) -> None:
    for place in ("Huawu", "Gaoshan", "Dazhai", "Longtan"):
        world.save(place, trained=5)
    client, costs = as_user("clerk"), []
    for size in (1, 100):
        with queries_made() as queries:
            client.get(RECORDS, {"page_size": size})
        costs.append(len(queries))
    # Session, user, jurisdictions, own areas, the page.
    assert costs == [5, 5]


def test_errors_have_one_shape_everywhere(world: Any, as_user: Any, client: Any) -> None:
    answers = {401: client.get(RECORDS)}
    signed = as_user("clerk")
    answers[400] = signed.post(RECORDS, "{not json", content_type="application/json")
    assert kind(signed.get("/api/v1/records/%0A/")) == "not-found"
    answers[404] = signed.get("/api/v1/nothing/here")
    answers[405] = signed.delete(f"{RECORDS}1/")
    answers[406] = signed.get(RECORDS, headers={"accept": "text/html"})
    answers[415] = signed.post(RECORDS, "a=b", content_type="application/x-www-form-urlencoded")
    for status, answer in answers.items():
        assert answer.status_code == status, (status, answer.content)
        assert signed.get(answer.json()["type"]).json()["code"] == kind(answer)
        assert {"title", "detail", "instance"} <= set(answer.json())
        assert {"code", "detail"} <= set(answer.json()["errors"][0])


def test_too_many_requests_are_refused_in_the_same_shape(world: Any, as_user: Any, monkeypatch: Any) -> None:
    from rest_framework.throttling import UserRateThrottle

    monkeypatch.setattr(UserRateThrottle, "THROTTLE_RATES", {"user": "1/hour"})
    client = as_user("clerk")
    assert client.get(RECORDS).status_code == 200
    answer = client.get(RECORDS)
    assert answer.status_code == 429
    assert answer.json()["errors"][0]["code"] == "throttled"
    assert int(answer["Retry-After"]) > 0
