"""The jobs of exports where others look into the database: how far they are, and what becomes of them."""

from __future__ import annotations

import hashlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.db import connections, transaction

from povtrack.exports import actions, running
from povtrack.exports.hold import Hold
from povtrack.exports.lists import wanted_of
from povtrack.exports.models import Export
from tests.exports.test_exports import EXPORTS, as_, asked, file_of
from tests.rollups.queue_processes import end, queue, wait_until, worker
from tests.world import build_world

NOT_ENDED = {"ended_at": None, "expires_at": None}


@pytest.mark.django_db(transaction=True)
def test_a_job_tells_how_far_it_is_holds_the_export_alone_and_is_begun_again_when_it_dies(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    world = build_world()
    for place in ("Huawu", "Gaoshan", "Longtan"):
        world.save(place, trained=1)
    with transaction.atomic():
        export, _new = actions.make_export(wanted=wanted_of("records/dew/", "csv"), by=world.clerk)
        monkeypatch.setattr(actions, "ask_to_make", lambda export: None)
    Export.objects.filter(pk=export.pk).update(state="waiting", file="", **NOT_ENDED)
    monkeypatch.setattr("povtrack.lib.rest.making._EVERY", 1)
    monkeypatch.setattr("povtrack.exports.hold._EVERY", 0)
    seen: list[Any] = []

    def die(self: Hold, rows: int) -> None:
        tell(self, rows)
        with ThreadPoolExecutor(1) as other:
            seen.append(other.submit(looked).result())
        if rows == 2:
            raise KeyboardInterrupt

    def looked() -> Any:
        try:
            state = as_(world, "clerk").get("/exports/state/").json()["busy"][str(export.pk)]
            return state["rows"], state["stale"], running.make(export.pk)
        finally:
            connections.close_all()

    tell = Hold.tell
    monkeypatch.setattr(Hold, "tell", die)
    with pytest.raises(KeyboardInterrupt):
        running.make(export.pk)
    assert seen == [(1, False, 0), (2, False, 0)]
    client = as_(world, "clerk")
    assert client.get("/exports/state/").json()["busy"][str(export.pk)]["stale"] is True
    monkeypatch.undo()
    assert actions.watch() == 1  # without a queue it is made at once
    export.refresh_from_db()
    assert (export.state, export.rows, export.tries) == ("done", 3, 3)
    Export.objects.filter(pk=export.pk).update(state="running", file="", tries=3, **NOT_ENDED)
    assert actions.watch() == 0
    assert "broke off 3 times" in client.get(f"{EXPORTS}{export.pk}/").json()["failure"]


@pytest.mark.queue
@pytest.mark.thorough
@pytest.mark.django_db(transaction=True)
def test_a_worker_makes_what_is_asked_for_and_the_file_is_the_list(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EXPORTS_ROOT", str(tmp_path))
    world = build_world()
    for place in ("Huawu", "Gaoshan", "Longtan"):
        world.save(place, trained=1)
    client = as_(world, "clerk")
    with queue() as redis:
        answer = asked(client, "records/dew/").json()
        url = f"{EXPORTS}{answer['id']}/"
        assert client.get(url).json()["state"] == "waiting"
        made = worker(redis)
        try:
            wait_until(lambda: client.get(url).json()["state"] == "done", "no worker made it")
        finally:
            end(made)
    export = client.get(url).json()
    body = file_of(client, export).body
    assert body == client.get("/api/v1/records/dew/", {"format": "csv"}).getvalue()
    assert (export["rows"], export["sha256"]) == (3, hashlib.sha256(body).hexdigest())
