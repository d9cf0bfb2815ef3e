"""Records and totals as of a moment: the same that were seen then, whatever was written since."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from povtrack.lib.basis import Basis
from povtrack.lib.moments import BadMoment, parse_as_of
from povtrack.rollups.read import boundaries_of
from povtrack.rollups.recompute import drain
from programmes.actions import approve_records, return_records, submit_records
from programmes.as_known import history_began, known_moment
from programmes.catalogue.dew import DewRecord
from tests.csv_answers import read_whole
from tests.problems import place
from tests.queries import queries_made
from tests.rollups.reforms import move
from tests.rollups.test_recompute import kept
from tests.rollups.twin import twin
from tests.world import build_world

RECORDS, ROLLUPS = "/api/v1/records/dew/", "/api/v1/rollups/dew/"
VILLAGES = ["Huawu", "Gaoshan", "Dazhai", "Longtan"]


def now_in_database() -> dt.datetime:
    """A moment between two writes, by the clock that dates them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        return cursor.fetchone()[0]


def records_now() -> dict[int, Any]:
    return {r.area_id: (r.state, r.nil, r.version, r.figures()) for r in DewRecord.objects.filter(year=2010)}


def step(world: Any, draw: random.Random) -> None:
    """One thing that people do to records of Zhijin, at random."""
    zhijin = {"year": 2010, "area": world["520524"]}
    deed = draw.choice(["save"] * 4 + ["submit", "submit", "approve", "return", "delete"])
    held = {r.area_id: r for r in DewRecord.objects.filter(year=2010)}
    if deed == "save":
        place = draw.choice(VILLAGES)
        version = held[world[place].pk].version if world[place].pk in held else 0
        figures = {"trained": draw.randrange(5, 90), "women": draw.randrange(5), "spent": f"{draw.randrange(900)}.25"}
        nil = draw.random() < 0.1
        world.save(place, version=version, nil=nil, **({} if nil else figures))
    elif deed == "submit":
        submit_records(DewRecord, by=world.clerk, **zhijin)
    elif deed == "approve":
        approve_records(DewRecord, by=world.reviewer, **zhijin)
    elif deed == "return" and held:
        return_records(DewRecord, by=world.reviewer, reason="Look again.", seen=versions(held), **zhijin)
    elif held:
        DewRecord.objects.filter(pk=draw.choice(list(held.values())).pk).delete()


def versions(held: dict[int, Any]) -> dict[int, int]:
    return {area: record.version for area, record in held.items()}


@pytest.mark.django_db(transaction=True)
def test_at_each_moment_stands_what_stood_then(client: Any) -> None:
    """The totals then, by a twin in plain Python from what the tables held at the time."""
    world, draw = build_world(), random.Random(20101231)
    seen = []
    for _ in range(20):
        step(world, draw)
        drain()
        seen.append((now_in_database(), records_now(), {b: twin(2010, b) for b in ("recorded", "current")}))
    assert len({str(records) for _at, records, _totals in seen}) > 7
    for at, records, totals in seen:
        for basis in ("recorded", "current", *(["2009"] if at == seen[6][0] else [])):
            with boundaries_of(DewRecord, Basis(basis), years=[2010], areas=None, as_of=at) as on:
                assert records_now() == records
                assert comparable(kept(2010, on.basis)) == comparable(totals.get(basis, totals["recorded"])), (
                    at,
                    basis,
                )
    # One county alone, and after its village went to another: it counts where it is known to lie now.
    at, _records, totals = seen[-1]
    with boundaries_of(DewRecord, Basis(), years=[2010], areas=[world["520524"].pk], as_of=seen[5][0]) as on:
        assert kept(2010)[world["520524"].pk]["reported"] == seen[5][2]["recorded"][world["520524"].pk]["reported"]
        assert world["5205"].pk not in kept(2010)
    with boundaries_of(DewRecord, Basis("current"), years=[2010], areas=[world["520524"].pk], as_of=at) as on:
        zhijin = world["520524"].pk
        assert comparable(kept(2010, on.basis))[zhijin] == comparable(totals["current"])[zhijin]
        assert world["520525"].pk not in kept(2010, on.basis)
    move(world["Longtan"], world["520525100"], dt.date(2010, 7, 1))
    drain()
    with boundaries_of(DewRecord, Basis(), years=[2010], areas=None, as_of=at):
        assert comparable(kept(2010)) == comparable(twin(2010))
    assert comparable(kept(2010)) == comparable(twin(2010))
    as_asked(client, world, seen)


def comparable(rows: dict[int, Any]) -> dict[int, Any]:
    names = ("expected", "drafted", "reported", "approved", "nil", "trained", "women", "spent", "trained_approved")
    return {area: {name: row.get(name) for name in names} for area, row in rows.items()}


def as_asked(client: Any, world: Any, seen: list[Any]) -> None:
    """The doors tell the same: records, totals, page and file."""
    client.force_login(world.clerk, backend="allauth.account.auth_backends.AuthenticationBackend")
    zhijin = world["520524"].pk
    at, records, totals = [kept for kept in seen if kept[2]["recorded"][zhijin].get("trained")][-1]
    text = timezone.localtime(at).isoformat()
    with queries_made() as made:
        answer = client.get(RECORDS, {"year": 2010, "as_of": text})
    assert len(made) <= 19
    assert {row["area"]: row["trained"] for row in answer.json()["results"]} == {
        area: figures["trained"]
        for area, (_state, _nil, _version, figures) in records.items()
        if area != world["Longtan"].pk  # which is no longer the reader's
    }
    assert answer["Povtrack-As-Of"] == text
    with queries_made() as made:
        answer = client.get(ROLLUPS, {"area": zhijin, "as_of": text}).json()
    assert len(made) <= 29
    [row] = [row for row in answer["results"] if row["year"] == 2010]
    assert row["totals"]["trained"] == totals["recorded"][zhijin]["trained"]
    assert dt.datetime.fromisoformat(answer["freshness"]["as_of"]) == at
    asked = {"programme": "dew", "measure": "trained", "year": 2010, "area": zhijin, "as_of": text}
    tidy = client.get("/api/v1/observations/", asked).json()
    assert [row["value"] for row in tidy["results"]] == [totals["recorded"][zhijin]["trained"]]
    assert tidy["freshness"] == answer["freshness"] | {"computed_at": tidy["freshness"]["computed_at"]}
    file = client.get("/api/v1/observations/", {**asked, "format": "csv"})
    assert len(read_whole(file)) == 1
    assert dt.datetime.fromisoformat(file["Povtrack-As-Of"]) == at
    page = client.get(reverse("figures-area", args=["dew", 2010, "520524"]), {"as_of": text})
    assert page.context["row"].totals()["trained"] == totals["recorded"][zhijin]["trained"]
    assert page.context["row"].expected == 3  # Longtan is known to have left
    assert all("as_of=" in part["url"] for part in page.context["parts"])
    assert "worked out again from the history" in page.content.decode()
    led = client.get(
        reverse("figures"), {"area": zhijin, "programme": "dew", "year": 2010, "basis": "2009", "as_of": text}
    )
    assert "as_of=" in led["Location"]
    file = client.get(reverse("figures-csv", args=["dew", 2010, "520524"]), {"as_of": text})
    assert "as-of" in file["Content-Disposition"]
    file.close()


@pytest.mark.django_db
def test_a_moment_that_cannot_be_gone_back_to_is_refused_in_words(world: Any, as_user: Any) -> None:
    client = as_user("analyst")
    tomorrow = (timezone.localdate() + dt.timedelta(1)).isoformat()
    for text, words in (
        ("yesterday", "is no day and no moment"),
        ("2010-02-30", "is no day and no moment"),
        (tomorrow, "has not come yet"),
        ("2001-01-01", "the history of records begins on"),
    ):
        for url in (RECORDS, ROLLUPS):
            answer = client.get(url, {"year": 2010, "as_of": text})
            [error] = answer.json()["errors"]
            assert (answer.status_code, place(error)) == (400, "as_of")
            assert words in error["detail"]
        page = client.get(reverse("figures-area", args=["dew", 2010, "52"]), {"as_of": text})
        assert page.status_code == 400
        assert words.replace("'", "&#x27;") in page.content.decode()
    for url in (RECORDS, ROLLUPS):
        answer = as_user("admin").get(url, {"as_of": timezone.localdate().isoformat()})
        assert "one year at a time" in answer.json()["errors"][0]["detail"]
        assert as_user("admin").get(url, {"as_of": timezone.localdate().isoformat(), "year": 2010}).status_code == 200
        foreign = as_user("other_clerk").get(url, {"as_of": timezone.localdate().isoformat(), "year": 2010, "area": 1})
        assert (foreign.status_code, place(foreign.json()["errors"][0])) == (400, "area")


@pytest.mark.django_db
def test_a_day_means_its_end_where_the_reader_is_and_today_means_now() -> None:
    assert parse_as_of("2010-12-31").moment == dt.datetime(2010, 12, 31, 16, tzinfo=dt.UTC)
    for text in ("2010-12-31T17:30", "2010-12-31T17:30 08:00", "2010-12-31T09:30Z"):
        assert parse_as_of(text).moment == dt.datetime(2010, 12, 31, 9, 30, tzinfo=dt.UTC)
    assert history_began() < parse_as_of(timezone.localdate().isoformat()).moment <= timezone.now()
    with pytest.raises(BadMoment):
        known_moment((history_began() - dt.timedelta(seconds=1)).isoformat())
