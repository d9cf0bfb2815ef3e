"""With a real replica: whoever saved sees it at once, everybody else soon, and nobody sees the replica fail."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from povtrack.accounts.actions import make_token
from povtrack.embedded import Replica, Server
from povtrack.rollups.recompute import rebuild
from programmes.actions import submit_records
from programmes.catalogue.dew import DewRecord
from tests import services
from tests.rollups.queue_processes import wait_until
from tests.servers import NAME, Answer, Web, postgres, query

pytestmark = [pytest.mark.slow_start, pytest.mark.thorough, pytest.mark.django_db(transaction=True)]

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
FAST = {"fsync": "off", "max_connections": "40"}
RECORDS = "/api/v1/records/dew/?year=2010"
TOTALS = "/api/v1/rollups/dew/?year=2010&level=3&basis="
PAGE = "/records/dew/2010/520524100201/"
TOGETHER = 8


class People:
    """The clerk and the analyst, by page and by program, and what each of them sees of one village's figure."""

    def __init__(self, world: Any) -> None:
        self.headers: dict[str, list[dict[str, str]]] = {}
        for name in ("clerk", "analyst"):
            client = Client()
            client.force_login(world.users[name], backend=BACKEND)
            token = make_token(by=world.users[name], name="a program", days=1, writes=True)
            by_page = {"Cookie": f"sessionid={client.cookies['sessionid'].value}"}
            self.headers[name] = [by_page, {"Authorization": f"Token {token}"}]
        self.record = DewRecord.objects.get(year=2010).pk
        self.web: Any = None

    def ask(self, name: str, path: str = RECORDS) -> list[Answer]:
        """Many requests at once, by the browser's session and by token in turns, so that several processes answer."""
        by_page, by_token = self.headers[name]
        ways = [by_page, by_token if path.startswith("/api/") else by_page] * (TOGETHER // 2)
        with ThreadPoolExecutor(TOGETHER) as pool:
            answers = list(pool.map(lambda way: self.web.ask(path, **way), ways))
        assert {answer.status for answer in answers} == {200}, self.web.errors.read_text()
        return answers

    def seen(self, name: str) -> set[tuple[int, bool]]:
        """The figures that a person is told, and whether the replica tells them."""
        return {(one.json["results"][0]["trained"], one.is_from_replica) for one in self.ask(name)}

    def save(self, trained: int) -> None:
        _by_page, by_token = self.headers["clerk"]
        path = f"/api/v1/records/dew/{self.record}/"
        version = self.web.ask(path, **by_token).json["version"]
        answer = self.web.ask(path, "PATCH", {"version": version, "trained": trained}, **by_token)
        assert answer.status == 200, answer.text


@pytest.fixture
def people(world: Any) -> People:
    world.save("Huawu", trained=11)
    submit_records(DewRecord, year=2010, area=world["520524"], by=world.clerk)
    rebuild()
    return People(world)


@contextmanager
def followed(folder: Path) -> Iterator[tuple[Server, Replica]]:
    """A primary with the test's data, and a replica of it."""
    with postgres(folder / "primary", FAST) as primary:
        replica = Replica(folder / "replica", primary, settings={"shared_buffers": "64MB", **FAST})
        try:
            replica.start()
            yield primary, replica
        finally:
            replica.stop("immediate")


@contextmanager
def served(folder: Path, primary: Server, replica: Server, redis: str, people: People) -> Iterator[Web]:
    people.web = Web(
        folder,
        2,
        DATABASE_URL=primary.url(NAME),
        DATABASE_REPLICA_URL=replica.url(NAME),
        REDIS_URL=redis,
        # Longer than the test: the replica is stopped on purpose.
        REPLICA_MAX_LAG="300",
    )
    try:
        yield people.web
    finally:
        people.web.stop()


def test_who_saved_sees_it_at_once_others_soon_and_nobody_sees_the_replica_die(people: People) -> None:
    services.require("redis")
    folder = services.session_folder() / "followed"
    with followed(folder) as (primary, replica), served(folder, primary, replica, services.redis_url(), people) as web:
        wait_until(lambda: people.seen("analyst") == {(11, True)} and len(web.processes()) == 2, "not from the replica")
        before = people.ask("analyst", TOTALS)[0]
        assert before.is_from_replica

        query(replica, "SELECT pg_wal_replay_pause()")
        people.save(42)
        assert people.seen("clerk") == {(42, False)}
        assert all("42" in answer.text for answer in people.ask("clerk", PAGE))
        assert people.seen("analyst") == {(11, True)}
        # Totals and what is said of their freshness are of the same moment.
        assert {answer.text for answer in people.ask("analyst", TOTALS)} == {before.text}
        assert {answer.text for answer in people.ask("clerk", TOTALS)}.isdisjoint({before.text})
        # What needs a temporary table is summed where there can be one.
        assert not any(answer.is_from_replica for answer in people.ask("analyst", f"{TOTALS}2009"))
        health = web.ask("/health/").json
        assert (health["database"], health["replica"]) == ("up", "up")
        assert health["replica_lag_seconds"] > 0

        query(replica, "SELECT pg_wal_replay_resume()")
        for name in ("analyst", "clerk"):
            wait_until(lambda name=name: people.seen(name) == {(42, True)}, f"{name} does not read from the replica")

        replica.stop("immediate")
        assert people.seen("analyst") == people.seen("clerk") == {(42, False)}
        assert web.ask("/health/").json["replica"] == "down"
        people.save(43)
        assert people.seen("analyst") == people.seen("clerk") == {(43, False)}
        replica.start()
        wait_until(lambda: people.seen("analyst") == {(43, True)}, "the replica is not read again")
    refused = [line for line in replica.folders.log.read_text().splitlines() if "cannot execute" in line]
    assert refused == []
