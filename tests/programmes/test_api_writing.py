"""Writing records by the API: sent twice and written once, never over what was not seen, and each row for itself."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import time_machine
from django.test import Client
from django.utils import timezone

from povtrack.accounts.actions import make_token
from povtrack.resent.models import KeptAnswer
from povtrack.resent.once import drop_old_answers
from programmes.actions import submit_records
from programmes.catalogue.dew import DewRecord
from programmes.models import Remark
from tests.problems import by_place, kind
from tests.programmes.reviews import last_year

RECORDS = "/api/v1/records/dew/"


def send(client: Any, method: str, url: str, data: Any, **headers: str) -> Any:
    named = {name.replace("_", "-"): text for name, text in headers.items()}
    return getattr(client, method)(url, data, content_type="application/json", headers=named)


def test_what_is_sent_again_with_its_key_is_answered_and_not_done_again(world: Any, as_user: Any) -> None:
    client, key = as_user("clerk"), str(uuid.uuid4())
    body = {"area": world["Huawu"].pk, "year": 2010, "trained": 59}
    first = send(client, "post", RECORDS, body, idempotency_key=key)
    world.save("Huawu", trained=60, version=1)
    again = send(client, "post", RECORDS, dict(reversed(body.items())), idempotency_key=f'"{key}"')
    assert (first.status_code, again.status_code, again.content) == (201, 201, first.content)
    assert [again[name] for name in ("ETag", "Location")] == [first[name] for name in ("ETag", "Location")]
    assert (again["Idempotent-Replayed"], "Idempotent-Replayed" in first) == ("true", False)
    assert DewRecord.objects.get().trained == 60
    for other, url in (({**body, "trained": 61}, RECORDS), ({"year": 2010, "rows": [body]}, f"{RECORDS}bulk/")):
        taken = send(client, "post", url, other, idempotency_key=key)
        assert (kind(taken), taken.json()["errors"][0]["code"]) == ("conflict", "key_taken")
    assert by_place(send(client, "post", RECORDS, body, idempotency_key="5")) == {
        "Idempotency-Key": "The key is a UUID."
    }


def test_a_key_is_its_senders_own_and_kept_for_a_set_time(world: Any, as_user: Any) -> None:
    key, body = str(uuid.uuid4()), {"area": world["Huawu"].pk, "year": 2010, "trained": 59}
    assert send(as_user("clerk"), "post", RECORDS, body, idempotency_key=key).status_code == 201
    token = make_token(by=world.clerk, name="a script", days=9, writes=True)
    others = [Client(headers={"authorization": f"Token {token}"}), as_user("township_clerk")]
    for client in others:
        answer = send(client, "post", RECORDS, body, idempotency_key=key)
        assert (answer.status_code, "Idempotent-Replayed" in answer) == (200, False)
    with time_machine.travel(timezone.now() + dt.timedelta(hours=73)):
        assert drop_old_answers() == 3
        assert not KeptAnswer.objects.exists()


def test_what_was_refused_is_judged_anew_under_its_key(world: Any, as_user: Any) -> None:
    client, key = as_user("clerk"), str(uuid.uuid4())
    body = {"area": world["Huawu"].pk, "year": 2009, "trained": 59}
    assert send(client, "post", RECORDS, body, idempotency_key=key).status_code == 403
    assert send(client, "post", RECORDS, {**body, "year": 2010}, idempotency_key=key).status_code == 201


def test_nobody_writes_over_a_version_that_they_have_not_seen(world: Any, as_user: Any) -> None:
    world.save("Huawu", trained=59)
    url = f"{RECORDS}{DewRecord.objects.get().pk}/"
    client = as_user("clerk")
    seen = client.get(url)["ETag"]
    assert kind(send(client, "patch", url, {"trained": 60})) == "version-missing"
    written = send(client, "patch", url, {"trained": 60}, if_match=f"W/{seen}")
    assert (written.status_code, written.json()["version"]) == (200, 2)
    assert written["ETag"] == client.get(url)["ETag"] != seen
    stale = send(client, "patch", url, {"trained": 61}, if_match=seen)
    told = stale.json()
    assert (kind(stale), told["errors"][0]["name"], told["theirs"]["trained"]) == ("changed", "If-Match", 60)
    assert (told["changed_by"], told["changed_at"]) == ("Clerk", told["theirs"]["entered_at"])
    assert send(client, "patch", url, {"trained": 62}, if_match='"2"').json()["trained"] == 62
    for tag in ("*", "3", '"2", "3"', '"x"'):
        assert "If-Match" in by_place(send(client, "patch", url, {"trained": 63}, if_match=tag))
    assert "version" in by_place(send(client, "patch", url, {"trained": 63, "version": 2}, if_match='"3"'))
    assert DewRecord.objects.get().trained == 62


def test_a_conflict_names_who_took_the_last_step(world: Any, as_user: Any) -> None:
    world.save("Huawu", trained=59)
    url = f"{RECORDS}{DewRecord.objects.get().pk}/"
    submit_records(DewRecord, year=2010, area=world["Zhijin County"], by=world.clerk)
    client = as_user("reviewer")
    assert kind(send(client, "post", f"{url}steps/", {"step": "approve"})) == "version-missing"
    stale = send(client, "post", f"{url}steps/", {"step": "approve"}, if_match='"1"')
    assert (kind(stale), stale.json()["changed_by"], stale.json()["theirs"]["state"]) == (
        "changed",
        "Clerk",
        "submitted",
    )
    assert kind(send(client, "post", f"{url}steps/", {"step": "approve", "version": 1})) == "conflict"
    key = str(uuid.uuid4())
    for _time in range(2):
        done = send(client, "post", f"{url}steps/", {"step": "approve"}, if_match='"2"', idempotency_key=key)
        assert (done.status_code, done.json()["moved"]) == (200, 1)
    late = send(as_user("clerk"), "patch", url, {"trained": 1}, if_match='"2"')
    assert (late.status_code, late.json()["errors"][0]["code"]) == (409, "locked")
    assert late.json()["changed_by"] == "Reviewer"


def test_one_bad_row_does_not_lose_the_others_unless_all_are_to_be_saved_together(world: Any, as_user: Any) -> None:
    world.save("Gaoshan", trained=10)
    rows: list[Any] = [
        {"area": world["Huawu"].pk, "trained": 59},
        {"area": world["Gaoshan"].pk, "trained": 11},
        {"area": world["Dazhai"].pk, "train": 5},
        7,
    ]
    client = as_user("clerk")
    together = send(client, "post", f"{RECORDS}bulk/", {"year": 2010, "rows": rows, "atomic": True})
    assert set(by_place(together)) == {"rows.2.train", "rows.3"}
    conflict = send(client, "post", f"{RECORDS}bulk/", {"year": 2010, "rows": rows[:2], "atomic": True})
    assert (conflict.status_code, set(by_place(conflict))) == (409, {"rows.1.version"})
    assert DewRecord.objects.count() == 1
    results = send(client, "post", f"{RECORDS}bulk/", {"year": 2010, "rows": rows}).json()["rows"]
    assert [(row["status"], row["version"]) for row in results] == [
        ("saved", 1), ("conflict", 1), ("refused", 0), ("refused", 0),
    ]  # fmt: skip
    assert [error["pointer"] for row in results for error in row["errors"]] == [
        "#/rows/1/version", "#/rows/2/train", "#/rows/3",
    ]  # fmt: skip
    assert client.get(results[0]["url"]).json()["id"] == results[0]["id"]
    assert (results[2]["area"], results[3]["area"]) == (world["Dazhai"].pk, None)
    rows[1]["version"] = 1
    done = send(client, "post", f"{RECORDS}bulk/", {"year": 2010, "rows": rows[:2], "atomic": True})
    assert [row["status"] for row in done.json()["rows"]] == ["unchanged", "saved"]


def test_an_unlikely_figure_needs_a_reason_which_may_come_with_its_row(world: Any, as_user: Any) -> None:
    last_year(world, "Huawu", trained=5)
    row: dict[str, Any] = {"area": world["Huawu"].pk, "trained": 900}
    client = as_user("clerk")
    [result] = send(client, "post", f"{RECORDS}bulk/", {"year": 2010, "rows": [row]}).json()["rows"]
    assert [(one["measure"], one["figure"], one["reason"]) for one in result["unlikely"]] == [("trained", "900", "")]
    asked = send(client, "post", f"{result['url']}steps/", {"step": "submit"}, if_match='"1"')
    assert (asked.status_code, asked.json()["unexplained"][0]["measure"]) == (409, "trained")
    of_area = {"step": "submit", "year": 2010, "area": world["Zhijin County"].pk}
    whole = send(client, "post", f"{RECORDS}area/steps/", of_area).json()
    assert (whole["moved"], whole["refused"][0]["area"], whole["unexplained"][0]["figure"]) == (0, row["area"], "900")
    row["reasons"] = {"trained": "A second course was held."}
    for _time in range(2):
        [result] = send(client, "post", f"{RECORDS}bulk/", {"year": 2010, "rows": [row]}).json()["rows"]
        assert (result["status"], result["unlikely"][0]["reason"]) == ("unchanged", "A second course was held.")
    assert Remark.objects.count() == 1
    row["reasons"] = {"train": "No such figure."}
    assert "rows.0.reasons.train" in by_place(send(client, "post", f"{RECORDS}bulk/", {"year": 2010, "rows": [row]}))
    assert send(client, "post", f"{result['url']}steps/", {"step": "submit"}, if_match='"1"').json()["moved"] == 1


def test_a_step_is_taken_with_the_records_that_are_named_as_they_were_seen(world: Any, as_user: Any) -> None:
    for place in ("Huawu", "Gaoshan", "Dazhai"):
        world.save(place, trained=5)
    submit_records(DewRecord, year=2010, area=world["Zhijin County"], by=world.clerk)
    seen = {"Huawu": 2, "Gaoshan": 1}
    records = [{"area": world[place].pk, "version": version} for place, version in seen.items()]
    body = {"step": "approve", "year": 2010, "area": world["Zhijin County"].pk, "records": records}
    outcome = send(as_user("reviewer"), "post", f"{RECORDS}area/steps/", body).json()
    assert (outcome["moved"], [one["area"] for one in outcome["refused"]]) == (1, [world["Gaoshan"].pk])
    assert dict(DewRecord.objects.values_list("area__name_latin", "state")) == {
        "Huawu": "approved", "Gaoshan": "submitted", "Dazhai": "submitted",
    }  # fmt: skip
