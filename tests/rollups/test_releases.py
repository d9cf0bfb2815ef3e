"""Releases: frozen, immutable, scoped, and compared down to the records that changed."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from povtrack.rollups.recompute import drain
from povtrack.rollups.releases import freezing
from povtrack.rollups.releases.actions import make_release, withdraw_release
from povtrack.rollups.releases.compare import Comparison, Wanted, changed
from povtrack.rollups.releases.freezing import freeze, progress_of
from povtrack.rollups.releases.models import Release, ReleasedTotal
from povtrack.rollups.releases.why import Cell, boundary_changes, moved_records
from programmes.actions import Refused, approve_records, submit_records
from programmes.catalogue.dew import DewRecord
from programmes.models import DirtyCell
from tests.csv_answers import read_whole
from tests.queries import queries_made
from tests.world import build_world
from villages.actions import apply_change, draft_change
from villages.changes import drafts

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def release(world: Any, name: str = "annual-2010", code: str = "CN", by: str = "registry", **asked: Any) -> Release:
    scope = {"programmes": ["dew"], "years": [2010], "bases": ["recorded", "current"], "lowest": 3, **asked}
    made = make_release(name=name, title="Annual report 2010", area=world[code], by=world.users[by], **scope)
    return Release.objects.get(pk=made.pk)


def report(world: Any) -> None:
    world.save("Huawu", trained=59, women=20, spent="38400.50")
    world.save("Longtan", trained=1000)
    submit_records(DewRecord, year=2010, area=world["520524"], by=world.clerk)
    drain()


def signed_in(client: Any, user: Any) -> Any:
    client.force_login(user, backend=BACKEND)
    return client


@pytest.mark.django_db(transaction=True)
def test_a_release_is_frozen_and_what_changed_since_is_told_down_to_the_records(client: Any) -> None:
    world = build_world()
    report(world)
    first = release(world)
    assert (first.state, first.pending, first.rows) == ("frozen", 0, 10)
    row = first.totals.get(area=world["CN"], basis="recorded")
    assert (row.figures["trained"], str(row.figures["spent"]), row.figures["expected"]) == (1059, "38400.50", 6)
    assert not first.totals.filter(level__gt=3).exists()

    moved = _happen_much(world)
    _rows_tell_it(world, first, moved)
    _pages_tell_it(client, world, first)


def _happen_much(world: Any) -> Any:
    """One record is mended and approved, one is new, and a village goes to another county."""
    world.save("Huawu", version=2, trained=60, women=20, spent="38400.50")
    world.save("Baiyan", trained=7, by="other_clerk")
    submit_records(DewRecord, year=2010, area=world["520524"], by=world.clerk)
    submit_records(DewRecord, year=2010, area=world["520525"], by=world.other_clerk)
    approve_records(DewRecord, year=2010, area=world["520524"], by=world.reviewer)
    moved = draft_change(
        effective=dt.date(2010, 7, 1), by=world.registry, title="Longtan moves", kind="transfer",
        parts=(drafted := drafts.transfer([world["Longtan"]], to=world["520525100"])).parts, follows=drafted.follows,
    )  # fmt: skip
    apply_change(change=moved, by=world.registry)
    drain()
    return moved


def _rows_tell_it(world: Any, first: Release, moved: Any) -> None:
    pair = Comparison.of(first, None)
    found = changed(pair, Wanted(basis="recorded"), user=world.registry)
    told = {(one.code, line.name, line.stage): (line.before, line.after) for one in found for line in one.lines()}
    assert told["CN", "trained", ""] == (1059, 1067)
    assert told["CN", "trained", "approved"] == (None, 1060)
    assert told["CN", "reported", ""] == (2, 3)
    assert ("CN", "spent", "") not in told
    assert told["520525", "trained", ""] == (None, 1007)
    assert [line.difference for line in found[0].lines() if line.name == "reported"] == [1]
    assert [one.code for one in changed(pair, Wanted(basis="recorded"), user=world.other_clerk)] == ["520525"]

    cell = Cell(DewRecord, 2010, "recorded", world["520525"])
    moves = moved_records(cell, (pair.since, pair.until))
    assert [(one.area.name_latin, one.before and one.before["state"], one.after["state"]) for one in moves] == [
        ("Longtan", "submitted", "approved"),
        ("Baiyan", None, "submitted"),
    ]
    in_zhijin = moved_records(Cell(DewRecord, 2010, "current", world["520524"]), (pair.since, pair.until))
    differing = [(m.name, before, after) for m, before, after in in_zhijin[0].differing(DewRecord.measures())]
    assert (len(in_zhijin), differing) == (1, [("trained", 59, 60)])
    assert [step.kind for step in in_zhijin[0].steps] == ["submitted", "approved"]
    assert boundary_changes(world["520525"], (pair.since, pair.until), world.registry) == [moved]
    assert changed(Comparison.of(first, release(world, "second")), Wanted(), user=world.registry)[0].code == "CN"
    assert changed(Comparison.of(first, first), Wanted(), user=world.registry) == []


@pytest.mark.django_db(transaction=True)
def test_a_release_is_of_one_instant_whatever_is_written_while_it_is_frozen(monkeypatch: Any) -> None:
    world = build_world()
    report(world)
    copy = freezing._copy

    def late(*args: Any) -> None:
        with ThreadPoolExecutor(1) as threads:
            threads.submit(_write_late, world).result()
        copy(*args)

    monkeypatch.setattr(freezing, "_copy", late)
    frozen = release(world, programmes=["dew", "education"])
    assert {row.figures["trained"] for row in frozen.totals.filter(level__lt=3, programme="dew")} == {1059}
    assert (frozen.pending, frozen.state) == (0, "frozen")
    [moved] = moved_records(Cell(DewRecord, 2010, "recorded", world["520525"]), (frozen.settled_at, timezone.now()))
    assert moved.area == world["Baiyan"]


def _write_late(world: Any) -> None:
    try:
        world.save("Baiyan", trained=7, by="other_clerk")
        submit_records(DewRecord, year=2010, area=world["520525"], by=world.other_clerk)
        drain()
    finally:
        connection.close()


def _pages_tell_it(client: Any, world: Any, first: Release) -> None:
    signed_in(client, world.registry)
    with queries_made() as made:
        page = client.get(reverse("release", args=["annual-2010"]))
    assert len(made) <= 16
    assert [(part["label"], part["cells"][0]) for part in page.context["parts"]] == [("Guizhou 贵州省", "1,059")]
    assert first.sha256 in page.content.decode()
    file = client.get(reverse("release-csv", args=["annual-2010"]))
    body = file.getvalue()
    lines = {(row[2], row[6], row[9]): row[10:] for row in csv.reader(body.decode().splitlines())}
    assert lines["recorded", "CN", "spent"][:3] == ["38400.50", "", "1"]
    assert lines["recorded", "CN", "expected"] == ["6", "", "", ""]
    assert hashlib.sha256(body).hexdigest() == first.sha256 == file["Povtrack-SHA256"]
    with queries_made() as made:
        page = client.get(reverse("release-compare", args=["annual-2010"]), {"with": "second", "basis": "recorded"})
    assert len(made) <= 16
    assert [row["place"] for row in page.context["rows"]] == ["China 中国", "Guizhou 贵州省"]
    why = page.context["rows"][1]["why_url"]
    with queries_made() as made:
        page = client.get(why)
    assert len(made) <= 21
    assert [record["place"].name_latin for record in page.context["records"]] == ["Huawu", "Longtan", "Baiyan"]
    assert "Longtan moves" in page.content.decode()
    _api_tells_it(client, world, first)
    # Readers of a county have its rows only, and of others not a word.
    signed_in(client, world.clerk)
    rows = read_whole(client.get(reverse("release-csv", args=["annual-2010"])))
    assert {row[6] for row in rows} == {"520524"}
    assert client.get(reverse("release", args=["annual-2010"])).context["area"] == world["520524"]
    assert client.get(reverse("release", args=["annual-2010"]), {"area": world["52"].pk}).status_code == 404
    zhijin = {"with": "now", "programme": "dew", "year": 2010, "basis": "recorded"}
    shut = client.get(reverse("release-why", args=["annual-2010"]), {**zhijin, "area": world["520525"].pk})
    assert shut.status_code == 404


def _api_tells_it(client: Any, world: Any, first: Release) -> None:
    url = "/api/v1/releases/"
    assert [one["name"] for one in client.get(url).json()["results"]] == ["annual-2010", "second"]
    one = client.get(f"{url}annual-2010/").json()
    assert (one["sha256"], one["pending_changes"]) == (first.sha256, 0)
    assert first.sha256 in one["citation"]
    asked = {"basis": "recorded", "level": 1}
    rows = client.get(f"{url}annual-2010/rollups/", asked)
    assert [(row["code"], row["figures"]["spent"]) for row in rows.json()["results"]] == [("52", "38400.50")]
    assert (rows["ETag"], "immutable" in rows["Cache-Control"]) == (f'"{first.sha256}"', True)
    again = client.get(f"{url}annual-2010/rollups/", asked, headers={"if-none-match": rows["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    fresh = rows.json()["freshness"]
    assert (fresh["basis"], fresh["pending_changes"], fresh["verified_at"]) == ("recorded", 0, None)
    assert dt.datetime.fromisoformat(fresh["as_of"]) == first.known_at
    compared = client.get(f"{url}annual-2010/compare/", {"basis": "recorded", "page": 1}).json()
    sides, changed_now = compared["freshness"], compared["results"]
    assert (sides["earlier"]["as_of"], sides["later"]["as_of"]) == (fresh["as_of"], None)
    assert sides["earlier"]["computed_at"] < sides["later"]["computed_at"]
    lines = {line["name"]: line["difference"] for line in changed_now[0]["lines"] if line["stage"] == "submitted"}
    assert (lines["trained"], lines["reported"]) == (8, 1)
    cell = {"programme": "dew", "year": 2010, "basis": "recorded", "area": world["520525"].pk}
    why = client.get(f"{url}annual-2010/why/", cell).json()
    assert [(one["state_before"], one["state_after"]) for one in why["records"]] == [
        ("submitted", "approved"),
        (None, "submitted"),
    ]
    assert [change["title"] for change in why["boundary_changes"]] == ["Longtan moves"]
    assert client.get(f"{url}annual-2010/why/").status_code == 404
    assert client.get(f"{url}annual-2010/rollups/", {"measure": "x"}).status_code == 400
    DirtyCell.objects.create(programme="dew", year=2010, county=world["520524"])
    waits = {}
    for name in ("registry", "other_clerk"):
        compared = signed_in(client, world.users[name]).get(f"{url}annual-2010/compare/").json()
        waits[name] = compared["freshness"]["later"]["pending_changes"]
    assert waits == {"registry": 1, "other_clerk": 0}


def add_row(row: ReleasedTotal) -> None:
    row.pk, row.year, row.figures = None, 2001, {}
    row.save()


@pytest.mark.django_db
def test_the_database_refuses_to_change_or_delete_what_was_frozen(world: Any) -> None:
    report(world)
    assert freeze(release(world).pk)
    frozen = Release.objects.get()
    assert not freeze(frozen.pk)
    row = ReleasedTotal.objects.first()
    for deed in (
        lambda: ReleasedTotal.objects.update(year=2009),
        lambda: add_row(row),
        lambda: Release.objects.update(title="Another"),
        lambda: Release.objects.update(sha256="0"),
        lambda: Release.objects.all()._raw_delete("default"),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            deed()
    with pytest.raises(Refused):
        withdraw_release(release=frozen, reason=" ", by=world.registry)
    with pytest.raises(Refused):
        withdraw_release(release=frozen, reason="Wrong.", by=world.reviewer)
    assert withdraw_release(release=frozen, reason="A county was missing.", by=world.admin).state == "withdrawn"
    with pytest.raises(Refused):
        withdraw_release(release=frozen, reason="Again.", by=world.admin)
    with pytest.raises(DatabaseError), transaction.atomic():
        Release.objects.update(withdrawn_why="Nothing.")


@pytest.mark.django_db
def test_a_job_shows_how_far_it_is_before_it_commits(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL application_name = 'povtrack release 5: 3/19'")
    assert (progress_of(5), progress_of(55)) == ((3, 19), None)


@pytest.mark.django_db
def test_a_release_is_made_by_form_confirmed_and_withdrawn(
    world: Any, as_user: Any, django_capture_on_commit_callbacks: Any
) -> None:
    report(world)
    client = as_user("registry")
    asked = {
        "title": "Annual report 2010", "name": "annual-2010", "code": "52", "programmes": ["dew", "education"],
        "first_year": 2010, "last_year": 2010, "bases": ["recorded"], "lowest": 4,
    }  # fmt: skip
    page = client.post(reverse("release-new"), {**asked, "code": "99", "last_year": 2009})
    assert page.status_code == 422
    assert set(page.context["form"].errors) == {"code", "last_year"}
    page = client.post(reverse("release-new"), asked)
    assert page.context["summary"]["rows"] == 7
    assert not Release.objects.exists()
    with django_capture_on_commit_callbacks() as asked_for:
        answer = client.post(reverse("release-new"), {**asked, "action": "freeze"})
    assert answer["Location"] == reverse("release", args=["annual-2010"])
    state = reverse("release-state", args=["annual-2010"])
    page = client.get(answer["Location"]).content.decode()
    assert ("being frozen" in page, "Begin again" in page) == (True, False)  # a job has a moment to begin
    told = client.get(state).json()
    assert (told["busy"], told["stale"]) == (True, False)
    with time_machine.travel(timezone.now() + dt.timedelta(seconds=11)):
        assert client.get(state).json()["stale"]
        assert "Begin again" in client.get(answer["Location"]).content.decode()
    [job] = asked_for
    job()
    assert client.get(state).json()["busy"] is False
    page = client.get(answer["Location"])
    assert page.context["release"].rows == 7
    assert client.post(reverse("release-new"), {**asked, "action": "freeze"}).status_code == 422
    page = client.post(reverse("release-withdraw", args=["annual-2010"]), {"reason": ""})
    assert page.status_code == 422
    client.post(reverse("release-withdraw", args=["annual-2010"]), {"reason": "A county was missing."})
    page = client.get(answer["Location"]).content.decode()
    assert "A county was missing." in page
    assert "Do not cite it" in page
    assert as_user("reviewer").get(reverse("release-new")).status_code == 403
    assert as_user("reviewer").get(reverse("release-withdraw", args=["annual-2010"])).status_code == 403
