"""Exports: what the list says, at one instant, whole or not at all, for whom it was made and as long as they may."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import storages
from django.db import transaction
from django.test import Client
from django.utils import timezone

from povtrack.accounts.actions import make_token
from povtrack.accounts.models import Jurisdiction
from povtrack.exports import actions, running, store
from povtrack.exports.lists import known_lists
from povtrack.exports.models import Export
from povtrack.lib.moments import parse_as_of
from povtrack.rollups.recompute import drain
from programmes.actions import submit_records
from programmes.catalogue.dew import DewRecord
from tests.extent import some_of
from tests.problems import by_place, kind
from tests.queries import queries_made
from tests.world import build_world

pytestmark = pytest.mark.django_db

EXPORTS = "/api/v1/exports/"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture(scope="module")
def read_world(django_db_setup: None, django_db_blocker: Any) -> Iterator[Any]:
    """Some records and their totals; made once, for these tests only read it."""
    with django_db_blocker.unblock(), transaction.atomic():
        world = build_world()
        world.save("Huawu", trained=59, women=30, spent="1234.50")
        world.save("Longtan", nil=True)
        submit_records(DewRecord, year=2010, area=world["Zhijin County"], by=world.clerk)
        world.save("Baiyan", by="other_clerk", trained=7)
        drain()
        yield world
        transaction.set_rollback(True)


def as_(world: Any, name: str) -> Client:
    client = Client()
    client.force_login(world.users[name], backend=BACKEND)
    return client


def asked(client: Client, resource: str, form: str = "csv", **more: Any) -> Any:
    return client.post(EXPORTS, {"resource": resource, "format": form}, content_type="application/json", **more)


def made(client: Client, resource: str, form: str = "csv") -> dict[str, Any]:
    """Ask for an export and have its job done."""
    answer = asked(client, resource, form)
    assert answer.status_code == 201, answer.content
    running.make(answer.json()["id"])
    found: dict[str, Any] = client.get(f"{EXPORTS}{answer.json()['id']}/").json()
    return found


def file_of(client: Client, export: dict[str, Any], **headers: str) -> Any:
    """Download an export; what came is the `body` of the answer."""
    answer: Any = client.get(export["file"], headers=headers)
    answer.body = answer.getvalue()
    return answer


def test_an_export_is_the_file_of_the_list_and_counts_sums_and_dates_itself(read_world: Any) -> None:
    client = as_(read_world, "analyst")
    rest = ("rollups/dew/?year=2010&basis=current", "areas/?level=5")
    asked_for = [
        ("records/dew/?ordering=-trained", ("csv", "ndjson", "xlsx", "parquet")),
        *((one, ("csv",)) for one in rest),
    ]
    for resource, forms in asked_for:
        path, _sign, query = resource.partition("?")
        for form in forms:
            export = made(client, resource, form)
            listed = client.get(f"/api/v1/{path}?{query}&format={form}")
            file, listed_body = file_of(client, export), listed.getvalue()
            body = file.body
            assert (export["state"], export["rows"]) == ("done", int(listed["Povtrack-Rows-Out"]))
            assert (export["bytes"], export["sha256"]) == (len(body), hashlib.sha256(body).hexdigest())
            assert file["ETag"] == f'"{export["sha256"]}"'
            assert file["Content-Disposition"].startswith("attachment; filename=")
            if form in ("csv", "ndjson"):
                assert body == listed_body
            assert export["known_at"] <= export["ended_at"] < export["expires_at"]
    assert export["freshness"] is None


def test_totals_on_other_boundaries_and_records_of_the_past_are_exported_as_they_are_listed(read_world: Any) -> None:
    client, now = as_(read_world, "analyst"), timezone.now().isoformat().replace("+00:00", "Z")
    for path, query in (
        ("rollups/dew/", "year=2010&basis=2009&fields=area_code,totals"),
        ("records/dew/", f"year=2010&as_of={now}"),
    ):
        export = made(client, f"{path}?{query}")
        assert export["state"] == "done", export["failure"]
        assert file_of(client, export).body == client.get(f"/api/v1/{path}?{query}&format=csv").getvalue()
    assert export["rows"] == 3
    assert parse_as_of(export["freshness"]["as_of"]).moment == parse_as_of(now).moment


def test_what_an_export_says_of_totals_is_what_their_list_says(read_world: Any) -> None:
    client = as_(read_world, "analyst")
    asked_for = "year=2010&basis=current"
    export = made(client, f"/api/v1/rollups/dew/?{asked_for}")
    page = client.get(f"/api/v1/rollups/dew/?{asked_for}").json()["freshness"]
    same = ("basis", "as_of", "pending_changes", "verified_at")
    assert {name: export["freshness"][name] for name in same} == {name: page[name] for name in same}
    assert export["freshness"]["computed_at"][:10] == page["computed_at"][:10]
    assert export["progress"]["done"] == export["rows"]


LISTS = [path for path in known_lists() if path.count("/") == 1 or "dew" in path]


@pytest.mark.parametrize("path", some_of(LISTS, "areas/", "changes/", "rollups/dew/", "reconciliation/"))
def test_every_list_that_needs_no_question_comes_as_a_file(path: str, read_world: Any) -> None:
    """Those that insist on parameters refuse in their own words."""
    client = as_(read_world, "admin")
    answer = asked(client, path, "ndjson")
    listed = client.get(f"/api/v1/{path}")
    assert answer.status_code == (201 if listed.status_code == 200 else listed.status_code), answer.content
    if listed.status_code == 200:
        running.make(answer.json()["id"])
        lines = file_of(client, client.get(f"{EXPORTS}{answer.json()['id']}/").json()).body.splitlines()
        if path != "exports/":
            assert [json.loads(line) for line in lines][:100] == listed.json()["results"]


def test_lists_without_tables_come_as_csv_with_the_same_rows(read_world: Any) -> None:
    client = as_(read_world, "analyst")
    export = made(client, "programmes")
    table = list(csv.DictReader(io.StringIO(file_of(client, export).body.decode())))
    listed = client.get("/api/v1/programmes/").json()["results"]
    assert [row["code"] for row in table] == [row["code"] for row in listed]
    assert json.loads(table[0]["measures"]) == listed[0]["measures"]
    assert "Did you mean" not in by_place(asked(client, "programmes", "parquet"))["format"]


@pytest.mark.parametrize(
    ("resource", "form", "at", "words"),
    [
        ("records/due/", "csv", "resource", "Did you mean “records/dew/”"),
        ("records/dew/1/", "csv", "resource", "There is no list at"),
        ("https://elsewhere.example/api/v1/areas/", "csv", "resource", "of this server"),
        ("records/dew/?format=csv", "csv", "resource", "a field of its own"),
        ("records/dew/", "cvs", "format", "not a valid choice"),
        ("records/dew/?yaer=2010", "csv", "yaer", "Did you mean “year”?"),
        ("records/dew/?cursor=x", "csv", "cursor", "A file holds all rows"),
        ("records/dew/?fields=trainde", "csv", "fields", "Did you mean “trained”"),
        ("observations/?programme=due", "csv", "programme", "Did you mean “dew”?"),
        ("fund-totals/?area=999999&year_min=2010&year_max=2010", "csv", "area", "no such place among yours"),
        ("rollups/dew/?basis=2005", "csv", "basis", "Name a year or an area"),
    ],
)
def test_what_the_list_would_refuse_is_refused_when_it_is_asked_for(
    resource: str, form: str, at: str, words: str, read_world: Any
) -> None:
    answer = asked(as_(read_world, "analyst"), resource, form)
    assert answer.status_code == 400
    assert words in by_place(answer)[at]
    assert not Export.objects.filter(resource=resource).exists()


def test_a_download_that_broke_off_goes_on(read_world: Any) -> None:
    client = as_(read_world, "analyst")
    export = made(client, "records/dew/")
    whole = file_of(client, export, **{"accept-encoding": "gzip"})
    body, etag = whole.body, whole["ETag"]
    assert (whole.status_code, whole["Accept-Ranges"], "Content-Encoding" in whole) == (200, "bytes", False)
    rest = file_of(client, export, range="bytes=50-", **{"if-range": etag})
    assert (rest.status_code, rest["Content-Range"]) == (206, f"bytes 50-{len(body) - 1}/{len(body)}")
    assert body[:50] + rest.body == body
    assert int(rest["Content-Length"]) == len(body) - 50
    for asked_for, expected in (("bytes=0-9", body[:10]), ("bytes=-7", body[-7:]), ("bytes=5-999999", body[5:])):
        part = file_of(client, export, range=asked_for)
        assert (part.status_code, part.body) == (206, expected)
    for asked_for in ("bytes=9-5", "lines=1-2", "bytes=0-1,5-6", "bytes=-"):
        assert file_of(client, export, range=asked_for).status_code == 200
    other = file_of(client, export, range="bytes=50-", **{"if-range": '"another"'})
    assert (other.status_code, other.body) == (200, body)
    behind = file_of(client, export, range=f"bytes={len(body)}-")
    assert (kind(behind), behind["Content-Range"]) == ("out-of-range", f"bytes */{len(body)}")
    assert file_of(client, export, **{"if-none-match": etag}).status_code == 304
    assert kind(file_of(client, export, **{"if-match": '"another"'})) == "changed"


def test_the_same_key_makes_one_export_and_another_question_with_it_is_refused(read_world: Any) -> None:
    client, key = as_(read_world, "analyst"), {"headers": {"idempotency-key": str(uuid.uuid4())}}
    first, again = asked(client, "areas/", **key), asked(client, "areas/", **key)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json()["id"] == again.json()["id"]
    other = asked(client, "areas/?level=3", **key)
    assert (kind(other), other.json()["errors"][0]["code"]) == ("conflict", "key_taken")
    assert asked(as_(read_world, "clerk"), "areas/", **key).status_code == 201
    assert asked(client, "areas/", headers={"idempotency-key": "x"}).status_code == 400


def test_only_a_few_are_made_at_once_and_deleting_makes_room(read_world: Any, settings: Any) -> None:
    settings.EXPORTS_AT_ONCE = 2
    client = as_(read_world, "reviewer")
    first, _second = (asked(client, "areas/").json()["id"] for _n in range(2))
    refused = asked(client, "areas/")
    assert (kind(refused), refused.json()["detail"].startswith("2 exports of yours are being made")) == (
        "conflict",
        True,
    )
    assert client.delete(f"{EXPORTS}{first}/").status_code == 204
    assert client.get(f"{EXPORTS}{first}/").status_code == 404
    assert asked(client, "areas/").status_code == 201


def test_nobody_gets_at_what_was_made_for_another(read_world: Any) -> None:
    export = made(as_(read_world, "clerk"), "records/dew/")
    for name in ("admin", "other_clerk"):
        other = as_(read_world, name)
        assert other.get(EXPORTS).json()["results"] == []
        for url in (f"{EXPORTS}{export['id']}/", export["file"]):
            assert kind(other.get(url)) == "not-found"
        assert other.delete(f"{EXPORTS}{export['id']}/").status_code == 404


def test_a_file_is_withheld_when_a_right_is_withdrawn_by_which_it_was_made(read_world: Any) -> None:
    client = as_(read_world, "clerk")
    export = made(client, "records/dew/")
    held = Jurisdiction.objects.get(user=read_world.clerk)
    Jurisdiction.objects.create(user=read_world.clerk, role="clerk", area=read_world["5205"])
    held.delete()
    assert file_of(client, export).status_code == 200  # it gave way to more
    Jurisdiction.objects.filter(user=read_world.clerk).update(area=read_world["520525"])
    shut = file_of(client, export)
    assert kind(shut) == "not-allowed"
    assert "withdrawn" in shut.json()["detail"]
    listed = client.get(EXPORTS).json()["results"][0]
    assert (listed["withheld"], listed["file"]) == (True, None)


def test_a_token_that_only_reads_exports_what_it_reads_and_no_more(read_world: Any) -> None:
    by_hand = made(as_(read_world, "analyst"), "records/dew/")
    user, nayong = read_world.analyst, read_world["520525"]
    token = make_token(by=user, name="a script", days=1, writes=False, area=nayong)
    program = Client(headers={"authorization": f"Token {token}"})
    export = made(program, "records/dew/")
    assert export["rows"] == 1 < by_hand["rows"]
    assert "化屋" not in file_of(program, export).body.decode()
    assert [one["id"] for one in program.get(EXPORTS).json()["results"]] == [export["id"]]
    assert program.get(by_hand["file"]).status_code == 404


def test_what_fails_says_why_and_leaves_no_file(read_world: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    client, before = as_(read_world, "admin"), files()
    export = asked(client, "records/dew/").json()

    def full(*args: Any) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(storages[store.ALIAS].__class__, "_save", full)
        with pytest.raises(OSError, match="No space"):
            running.make(export["id"])
    failed = client.get(f"{EXPORTS}{export['id']}/").json()
    assert (failed["state"], failed["file"], failed["rows"]) == ("failed", None, None)
    assert "the disk may be full" in failed["failure"]
    assert "the disk may be full" in client.get(f"{EXPORTS}{export['id']}/file/").json()["detail"]
    assert files() == before
    running.make(export["id"])  # done again, as admins do
    assert client.get(f"{EXPORTS}{export['id']}/").json()["state"] == "done"
    refused = asked(client, "records/dew/?state=draft").json()["id"]
    Export.objects.filter(pk=refused).update(resource="records/dew/?designation=gone")
    running.make(refused)
    failed = client.get(f"{EXPORTS}{refused}/").json()
    assert (failed["state"], failed["problem"]["errors"][0]["name"]) == ("failed", "designation")


def files() -> list[str]:
    return sorted(path.name for path in Path(str(store.folder())).iterdir())


def test_exports_are_deleted_in_time_and_so_is_what_no_export_names(read_world: Any) -> None:
    client = as_(read_world, "clerk")
    export = made(client, "areas/")
    [file] = Export.objects.filter(pk=export["id"]).values_list("file", flat=True)
    orphan = Path(str(store.folder())) / "1-left-behind.csv"
    orphan.write_text("x")
    assert actions.drop_old() == 0
    Export.objects.filter(pk=export["id"]).update(expires_at=export["asked_at"])
    assert client.get(f"{EXPORTS}{export['id']}/").status_code == 404
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(store, "ORPHANED", -store.ORPHANED)
        assert actions.drop_old() >= 2
    assert not orphan.exists()
    assert file not in files()


def test_people_ask_for_exports_watch_them_and_delete_them(
    read_world: Any, django_capture_on_commit_callbacks: Any
) -> None:
    client = as_(read_world, "analyst")
    first = client.get("/exports/new/?what=records&programme=dew&code=520524").content.decode()
    assert 'value="520524"' in first
    form = {"what": "totals", "programme": "dew", "code": "52", "basis": "current", "form": "excel-csv"}
    wrong = client.post("/exports/new/", {**form, "code": "99", "first_year": 2010, "last_year": 2009})
    assert wrong.status_code == 422
    assert "No place of yours has this code today." in wrong.content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/exports/new/", {**form, "first_year": 2010, "last_year": 2010})
    page = client.get("/exports/").content.decode()
    export = Export.objects.latest("pk")
    for words in ("Dew Program: totals, Guizhou", "2010", "ready", f"/api/v1/exports/{export.pk}/file/"):
        assert words in page
    text = client.get(f"/api/v1/exports/{export.pk}/file/").getvalue().decode()
    assert text.startswith("\ufeff")
    assert "Trained (people)" in text
    with queries_made() as few:
        client.get("/exports/")
    for _n in range(2):
        made(client, "areas/")
    with queries_made() as more:
        client.get("/exports/")
    assert len(few) == len(more) <= 11
    client.post(f"/exports/{export.pk}/", {"action": "delete"})
    assert not Export.objects.filter(pk=export.pk).exists()
