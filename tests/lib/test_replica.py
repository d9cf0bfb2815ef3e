"""When a request may be read from a replica, and what becomes of it when that fails: without a second server.

The test's own database stands in for the replica; a real one is in `test_replica_servers`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.cache import cache
from django.db import DatabaseError, connection, connections, transaction
from django.http import HttpResponse
from django.test import RequestFactory

from povtrack.lib.moments import parse_as_of
from povtrack.lib.replica import checks, positions, reading
from povtrack.lib.replica.middleware import ReadFromReplica

pytestmark = pytest.mark.django_db(transaction=True)
PERSON = SimpleNamespace(pk=7, is_authenticated=True)
FAR = 1 << 60


@pytest.fixture
def replica(settings: Any, monkeypatch: Any, transactional_db: None) -> Iterator[SimpleNamespace]:
    """A second connection that only reads, to a server that says it has come as far as `reached`."""
    of_primary = connection.settings_dict
    settings.DATABASE_REPLICA_URL = "postgres:///replica"
    options = {"options": "-c default_transaction_read_only=on"}
    copy = {**of_primary, "ENGINE": "povtrack.lib.replica", "OPTIONS": options}
    monkeypatch.setitem(connections.settings, "replica", copy)
    monkeypatch.setattr(reading._Health, "asked_again_at", 0.0)
    stand_in = SimpleNamespace(reached=FAR)
    monkeypatch.setattr(reading, "_reached", lambda _connection: stand_in.reached)
    positions._looks.clear()
    yield stand_in
    reading._drop()


def serve(view: Callable[[Any], Any], method: str = "GET", person: Any = PERSON) -> HttpResponse:
    """Answer a request of somebody who is signed in, as the middleware and Django do."""
    request = RequestFactory().generic(method, "/figures/")
    request.user, request.resolver_match = person, None

    def get_response(request: Any) -> Any:
        return middleware.process_view(request, view, (), {}) or view(request)

    middleware = ReadFromReplica(get_response)
    answer = middleware(request)
    assert connections["default"].alias == "default"
    assert not reading.is_reading()
    return answer


def told(statement: str) -> Callable[[Any], HttpResponse]:
    """A view that runs a statement and says where it was."""

    def view(_request: Any) -> HttpResponse:
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement)
        except DatabaseError as error:
            return HttpResponse(f"failed: {error}", status=500)
        return HttpResponse("replica" if reading.is_reading() else "primary")

    return view


ASKS = told("SELECT 1")


def test_what_only_reads_is_read_from_the_replica_and_says_so(replica: Any) -> None:
    answer = serve(ASKS)
    assert (answer.content, answer["Povtrack-Read-From"]) == (b"replica", "replica")
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        assert serve(ASKS, method).content == b"primary"
    assert serve(ASKS, person=SimpleNamespace(is_authenticated=False)).content == b"primary"


def test_whoever_wrote_reads_from_the_replica_when_it_has_come_so_far(replica: Any) -> None:
    serve(ASKS)  # the first of all waits for what anybody has written by now
    serve(told("CREATE TABLE IF NOT EXISTS pg_temp.written ()"), "POST")
    written = cache.get("replica:7")
    replica.reached = written - 1
    assert serve(ASKS).content == b"primary"
    replica.reached = written
    assert serve(ASKS).content == b"replica"


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TEMP TABLE sums ()",
        "SELECT 1 FROM django_content_type FOR UPDATE",
        "UPDATE django_content_type SET model = model",
    ],
)
def test_what_a_replica_refuses_is_done_on_the_primary_and_remembered(replica: Any, statement: str) -> None:
    answer = serve(told(statement))
    assert (answer.status_code, answer.content) == (200, b"primary")
    assert cache.get("replica:7")
    # The connection stands: the next one reads there, once it has come so far.
    assert serve(ASKS).content == b"replica"


@pytest.mark.parametrize("code", ["40001", "40P01", "57P01", "42P01"])
def test_a_conflict_or_a_dying_replica_is_seen_by_nobody(replica: Any, code: str) -> None:
    """The view catches errors of the database, and yet has no part in it."""
    fails = (
        f"DO $$ BEGIN IF current_setting('transaction_read_only')::bool THEN RAISE SQLSTATE '{code}'; END IF; END $$"
    )
    answer = serve(told(fails))
    assert (answer.status_code, answer.content) == (200, b"primary")
    assert "replica:7" not in cache


def test_a_query_that_takes_too_long_fails_as_on_the_primary(replica: Any) -> None:
    answer = serve(told("SET LOCAL statement_timeout = 1; SELECT pg_sleep(1)"))
    assert (answer.status_code, b"timeout" in answer.content) == (500, True)


def test_who_asks_what_is_known_now_is_answered_by_the_primary(replica: Any) -> None:
    def known(text: str) -> bytes:
        def view(_request: Any) -> HttpResponse:
            parse_as_of(text)
            return ASKS(None)

        return serve(view).content

    from django.utils import timezone

    assert known(timezone.localdate().isoformat()) == b"primary"
    assert known("2010-12-31") == b"replica"


def test_a_replica_that_is_behind_for_too_long_or_follows_nobody_is_not_read(replica: Any, settings: Any) -> None:
    serve(ASKS)
    assert reading.state() == ("up", 0)
    replica.reached = positions._looks[0][1] - 1
    assert serve(ASKS).content == b"primary"
    assert reading.state() == ("behind", None)
    replica.reached = None
    assert serve(ASKS).content == b"primary"
    assert reading.state() == ("down", None)
    replica.reached = FAR  # and it is left alone for a while
    assert serve(ASKS).content == b"primary"


def test_when_the_cache_lost_what_it_was_told_everybody_waits_for_what_was_written(
    replica: Any, monkeypatch: Any
) -> None:
    serve(ASKS)
    monkeypatch.setattr(positions, "_written", lambda: FAR + 1)
    assert serve(ASKS).content == b"replica"
    cache.clear()
    assert serve(ASKS).content == b"primary"
    monkeypatch.undo()


def test_a_cache_that_does_not_answer_costs_nobody_an_error(replica: Any, monkeypatch: Any) -> None:
    def fails(*_args: Any) -> None:
        raise ConnectionError("Redis is gone")

    monkeypatch.setattr(positions, "_owed", type(positions._owed)())
    for name in ("set", "get_many"):
        monkeypatch.setattr(positions.cache, name, fails, raising=False)
    assert serve(ASKS, "POST").status_code == 200
    assert serve(ASKS).content == b"primary"
    assert positions._owed.is_set()


def test_check_names_what_is_wrong_with_the_settings(settings: Any, monkeypatch: Any) -> None:
    def found(redis: str, most: int, **of_replica: str) -> list[str | None]:
        settings.REDIS_URL, settings.REPLICA_MAX_LAG = redis, most
        with monkeypatch.context() as patch:
            patch.setitem(connections.settings, "default", place)
            patch.setitem(connections.settings, "replica", {**place, **of_replica})
            return [one.id for one in checks.configuration()]

    place = {"HOST": "a", "PORT": "5432", "NAME": "povtrack"}
    assert checks.configuration() == []
    settings.DATABASE_REPLICA_URL = "postgres://a/povtrack"
    assert found("", 0) == ["povtrack.E001", "povtrack.E002", "povtrack.E004"]
    assert found("redis://cache", 10, HOST="b", NAME="other") == ["povtrack.E003"]
    assert found("redis://cache", 10, HOST="b") == []


def test_check_asks_the_servers_where_it_is_told_to(replica: Any) -> None:
    """The stand-in follows nobody."""
    assert checks.servers(databases=["default"]) == []
    assert [one.id for one in checks.servers(databases=["replica"])] == ["povtrack.E005"]
