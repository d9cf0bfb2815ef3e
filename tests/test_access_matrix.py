"""Every endpoint x every role: who gets in, who is turned away, and that nobody changes what is not theirs.

The endpoints are found in the resolver; what each should do is declared in `tests.doors`. The marks of Zhijin must
never reach a stranger, nor anyone who is not signed in.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import cache as cached
from functools import partial
from http.cookies import SimpleCookie
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection, connections, transaction
from django.test import Client
from django.test.client import ClientHandler
from django.urls import URLResolver, get_resolver, reverse
from knox.models import AuthToken

from funding.models import ForeignProject, Pairing, PairingReport, Partner, ProjectAllocation, ProjectCounty
from povtrack.accounts.actions import make_token
from povtrack.accounts.models import Jurisdiction, Notice, User
from povtrack.accounts.roles import Role
from povtrack.exports.models import Export
from povtrack.rollups.models import Job, Publication, Release, ReleasedTotal
from povtrack.rollups.recompute import drain
from programmes.actions import add_remark, submit_records
from programmes.catalogue.dew import DewRecord
from programmes.catalogue.loans import LoanRecord
from programmes.catalogue.pilot import PilotRecord
from programmes.catalogue.work_relief import WorkReliefRecord
from programmes.models import (
    Extension,
    Indicator,
    IndicatorFigure,
    Notification,
    Record,
    Remark,
    ReviewStep,
    Round,
    Upload,
    UploadRow,
)
from tests.csv_answers import is_csv, read_whole
from tests.doors import DOORS, INSIDE, SIGNED_IN, STRANGERS, Door
from tests.extent import IS_THOROUGH, some_of
from tests.funding_doors import FUNDS
from tests.ledger_doors import LEDGER_DOORS, WATCHED, fund
from tests.programme_doors import OTHERS, report_everywhere, twins
from tests.world import PASSWORD, build_world
from villages.models import (
    Area,
    AreaVersion,
    BoundaryChange,
    Designation,
    ListReview,
    ListRow,
    Membership,
    OpenQuestion,
    Placement,
    RegistryImport,
    Succession,
)

pytestmark = pytest.mark.django_db

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
MARKS = ("化屋", "Huawu", "织金", "Zhijin", "5959")


def endpoints(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[str]:
    """Walk the resolver and yield the full name of every endpoint. Only Django's own admin may leave one unnamed."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            yield from endpoints(pattern, f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix)
        elif pattern.name or prefix != "admin:":
            yield f"{prefix}{pattern.name}"


DOORS |= FUNDS | LEDGER_DOORS
OF_EACH_SHAPE = (WorkReliefRecord, LoanRecord, PilotRecord)
TWINS = {model: twins(model) for model in OTHERS}
NAMES = sorted(set(endpoints()) - {name for doors in TWINS.values() for name in doors})
# The page of the API takes a session.
API = [name for name in NAMES if name.startswith("api-") and name != "api-docs"]


def test_every_endpoint_is_declared() -> None:
    assert set(NAMES) == set(DOORS)
    assert {name for doors in TWINS.values() for name in doors} <= set(endpoints())


@pytest.fixture(scope="module")
def full_world(django_db_setup: None, django_db_blocker: Any) -> Iterator[Any]:
    """The world with something of every kind to be seen in Zhijin, and a second county's manager; made once."""
    with django_db_blocker.unblock(), transaction.atomic():
        world = build_world()
        other = User.objects.create_user("other_admin", password=PASSWORD, is_staff=True)
        for role in (Role.ADMIN, Role.REGISTRY):
            Jurisdiction.objects.create(user=other, role=role, area=world["Nayong County"])
        world.users["other_admin"] = other
        world.save("Huawu", trained=5959)
        submit_records(DewRecord, year=2010, area=world["Zhijin County"], by=world.clerk)
        world.save("Dazhai", trained=4)
        words = {"year": 2010, "area": world["Huawu"], "breakdown": "", "measure": "trained"}
        add_remark(DewRecord, text="Counted twice.", by=world.clerk, **words)
        Extension.objects.create(
            programme="dew", year=2010, area=world["520524"], until="2010-12-31", reason="A flood.", by=world.admin
        )
        make_token(by=world.clerk, name="a script", days=1, writes=True)
        Notice.objects.create(text="Maintenance tonight")
        source = RegistryImport.objects.create(
            source="x", file_name="x.csv", sha256="0", vintage="2010-01-01", since="2001-01-01"
        )
        huawu = world["Huawu"]
        ListRow.objects.create(
            review=ListReview.objects.create(source=source, vintage=source.vintage),
            outcome="gone", level=huawu.level, group="520524", area=huawu, old_code=huawu.code, old_name=huawu.name,
        )  # fmt: skip
        listed = Designation.objects.create(code="key-2001", name="Key counties")
        for area, name in ((world["520524"], "织金县"), (None, "织全县")):
            Membership.objects.create(
                designation=listed, area=area, valid=("2001-01-01", None), listed_name=name, listed_within="贵州"
            )
        report_everywhere(world)
        fund(world)
        drain()
        with connection.cursor() as cursor:
            cursor.execute(f"DEALLOCATE ALL; PREPARE state_of_everything AS {_STATE}")
        yield world
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def sessions(full_world: Any) -> dict[str, Any]:
    """The cookies of everyone, signed in once."""
    cookies = {"anonymous": SimpleCookie()}
    for role in sorted(SIGNED_IN):
        client = Client()
        client.force_login(full_world.users[role], backend=BACKEND)
        cookies[role] = client.cookies
    return cookies


@cached
def handler() -> ClientHandler:
    """One for all clients, as in a server: the middleware is loaded once, not for each of thousands of requests."""
    return Client().handler


def client_with(cookies: Any) -> Client:
    client = Client()
    client.handler = handler()
    client.cookies = SimpleCookie(cookies.output(header="", sep=";"))
    return client


def ask(name: str, cookies: Any, method: str, url: str, **sent: Any) -> Any:
    """Send a request; to the asynchronous view from a thread of its own: a browser's test may leave a loop here."""
    send = partial(getattr(client_with(cookies), method), url, **sent)
    if name != "health":
        return send()

    def send_and_close() -> Any:
        try:
            return send()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as threads:
        return threads.submit(send_and_close).result()


@contextmanager
def undone() -> Iterator[None]:
    """Take back what a request does, rate limits too."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def address(name: str, world: Any) -> str:
    return "/api/v1/nowhere" if name == "api-nowhere" else reverse(name, kwargs=DOORS[name].kwargs(world))


_WATCHED = [Area, AreaVersion, Placement, DewRecord, Round, Notice, Jurisdiction, AuthToken, RegistryImport]
_WATCHED += [Upload, UploadRow, Designation, Membership, OpenQuestion, BoundaryChange, Succession, ListReview, ListRow]
_WATCHED += [Indicator, IndicatorFigure, Job]
_WATCHED += [ReviewStep, Remark, Extension, Notification]
_WATCHED += WATCHED
_WATCHED += [Release, ReleasedTotal, Publication, Export]
_WATCHED += [Partner, Pairing, PairingReport, ForeignProject, ProjectCounty, ProjectAllocation]
_WRITTEN = """
    SELECT sum(pg_stat_get_xact_tuples_inserted(oid) + pg_stat_get_xact_tuples_updated(oid)
               + pg_stat_get_xact_tuples_deleted(oid)) FROM unnest(%s::regclass[]) AS oid
"""
_STATE = " UNION ALL ".join(
    f"SELECT '{source}', md5(string_agg(row::text, '|' ORDER BY row::text)) FROM {source} AS row"
    for source in (
        "(SELECT username, password, is_staff, is_superuser, is_active FROM accounts_user)",
        *(model._meta.db_table for model in _WATCHED),
    )
)


def state_of_everything() -> list[Any]:
    """A digest of each table that a request could change, as it stands. Asked thousands of times, so planned once."""
    with connection.cursor() as cursor:
        cursor.execute("EXECUTE state_of_everything")
        return sorted(cursor.fetchall())


def writes_so_far() -> int:
    """How many rows of these tables this transaction has written, taken back or not: while it stays, so does the state.

    A sum is asked for in a fraction of the time of a digest.
    """
    with connection.cursor() as cursor:
        cursor.execute(_WRITTEN, [[model._meta.db_table for model in (User, *_WATCHED)]])
        return int(cursor.fetchone()[0])


def assert_turned_away(answer: Any, door: Door, url: str) -> None:
    """Anonymous people get the sign-in page, or in the API the plain word."""
    if door.anonymous is not None:
        assert answer.status_code == door.anonymous
    elif url.startswith("/api/") and "/docs/" not in url:
        assert answer.status_code == 401
    else:
        assert answer.status_code == 302
        assert answer["Location"].startswith(("/accounts/login/", "/admin/login/"))


def assert_answered(answer: Any, door: Door, role: str) -> None:
    """Those for whom a door opens get in, others are turned away, and no stranger sees a mark."""
    if role in door.opens:
        assert answer.status_code == door.status, (role, answer.getvalue())
        assert "/login/" not in answer.get("Location", "")
    else:
        assert answer.status_code in door.shut, (role, answer.status_code)
    assert_tells_nothing(answer, role)


def assert_tells_nothing(answer: Any, role: str) -> None:
    if is_csv(answer):
        read_whole(answer)
    assert role in INSIDE or not [mark for mark in MARKS if mark in text_of(answer)], role


def text_of(answer: Any) -> str:
    body = answer.getvalue().decode()
    return json.dumps(answer.json(), ensure_ascii=False) if answer["Content-Type"] == "application/json" else body


def as_json(data: Any) -> dict[str, str]:
    return {"data": json.dumps(data, default=str), "content_type": "application/json"}


def askers(door: Door) -> list[str]:
    """Who asks: in thorough runs everyone; else strangers, who writes, and of all others one of each kind."""
    everyone = ["anonymous", *sorted(SIGNED_IN)]
    if IS_THOROUGH:
        return everyone
    others = sorted(INSIDE - door.writes)
    kinds = ([role for role in others if (role in door.opens) == opens] for opens in (True, False))
    picked = {"anonymous", *STRANGERS, *door.writes, *(role for kind in kinds for role in kind[:1])}
    return [role for role in everyone if role in picked]


@pytest.mark.parametrize("name", NAMES)
def test_each_door_opens_for_whom_it_should(name: str, full_world: Any, sessions: dict[str, Any]) -> None:
    door, url = DOORS[name], address(name, full_world)
    for role in askers(door):
        with undone():
            answer = ask(name, sessions[role], "get", url)
        if role == "anonymous":
            assert_turned_away(answer, door, url)
            assert_tells_nothing(answer, role)
        else:
            assert_answered(answer, door, role)


PUBLIC = {"releases", "release", "release-csv", "api-release-list", "api-release-detail", "api-release-rollups"}


def test_publishing_opens_releases_to_strangers_and_nothing_else(
    full_world: Any, sessions: dict[str, Any], settings: Any
) -> None:
    settings.PUBLIC_RELEASES = True
    asked = NAMES if IS_THOROUGH else [name for name in NAMES if "release" in name or name in API]
    with undone():
        urls = {name: address(name, full_world) for name in asked}
        Publication.objects.create(release=Release.objects.get(), by=full_world.admin)
        before = state_of_everything()
        for name, url in urls.items():
            cache.clear()
            answer = ask(name, sessions["anonymous"], "get", url)
            if name in PUBLIC:
                assert (answer.status_code, bool(answer.getvalue())) == (200, True), name
            else:
                assert_turned_away(answer, DOORS[name], url)
                assert_tells_nothing(answer, "anonymous")
            ask(name, sessions["anonymous"], "post", url)
        assert state_of_everything() == before


# Pages and the API write by the same actions; a plain run tries the pages.
@pytest.mark.parametrize("name", some_of(NAMES, *(name for name in NAMES if name not in API)))
def test_nobody_changes_what_is_not_theirs(name: str, full_world: Any, sessions: dict[str, Any]) -> None:
    door, url = DOORS[name], address(name, full_world)
    data = door.data(full_world)
    sent = as_json(data) if door.as_json else {"data": data}
    before = state_of_everything()
    for role in askers(door):
        with undone():
            written = writes_so_far()
            answer = ask(name, sessions[role], "post", url, **sent)
            assert_tells_nothing(answer, role)
            changed = writes_so_far() != written and state_of_everything() != before
        assert changed == (role in door.writes), (role, answer.getvalue())


# A method that an endpoint does not have is refused whoever asks; the admin could do the most. Pages are refused by one
# rule for all.
@pytest.mark.parametrize("roles", some_of([("admin",), tuple(sorted(SIGNED_IN - {"admin"}))], ("admin",)), ids=len)
@pytest.mark.parametrize("name", some_of(NAMES, "entry", *API))
def test_no_other_method_changes_anything(
    name: str, roles: tuple[str, ...], full_world: Any, sessions: dict[str, Any]
) -> None:
    door, url = DOORS[name], address(name, full_world)
    sent = as_json(door.data(full_world))
    for role in roles:
        with undone():
            written = writes_so_far()
            for method in ("put", "patch", "delete"):
                assert_tells_nothing(ask(name, sessions[role], method, url, **sent), role)
            assert writes_so_far() == written, role


@pytest.mark.parametrize("model", some_of(OTHERS, *OF_EACH_SHAPE), ids=lambda model: model.code)
def test_the_doors_of_every_programme_open_for_the_same_people(
    model: type[Record], full_world: Any, sessions: dict[str, Any]
) -> None:
    for name, door in TWINS[model].items():
        url = reverse(name, kwargs=door.kwargs(full_world))
        for role in ("anonymous", "clerk", "other_clerk", "admin"):
            answer = client_with(sessions[role]).get(url)
            if role == "anonymous":
                assert_turned_away(answer, door, url)
            else:
                assert_answered(answer, door, role)
        with undone():
            before = model.objects.values_list("version", "state").get()
            told = as_json({"step": "approve", "version": 1, "year": 2010, "area": full_world["520524"].pk})
            assert_tells_nothing(client_with(sessions["other_clerk"]).post(url, **told), "other_clerk")
            assert model.objects.values_list("version", "state").get() == before


@pytest.mark.parametrize("name", API)
@pytest.mark.parametrize("role", some_of(["other_clerk", "clerk"], "other_clerk"))
def test_a_token_opens_and_changes_what_its_owner_may_and_no_more(name: str, role: str, full_world: Any) -> None:
    door, url = DOORS[name], address(name, full_world)
    with undone():
        program = Client(
            headers={
                "authorization": f"Token {make_token(by=full_world.users[role], name='a script', days=1, writes=True)}"
            }
        )
        assert_answered(program.get(url), door, role)
        before = state_of_everything()
        assert_tells_nothing(program.post(url, **as_json(door.data(full_world))), role)
        assert (state_of_everything() != before) == (role in door.writes)


@pytest.mark.parametrize(("action", "doer"), [("submit", "clerk"), ("approve", "reviewer")])
def test_the_plain_form_submits_and_approves_for_nobody_else(
    action: str, doer: str, full_world: Any, sessions: dict[str, Any]
) -> None:
    url = address("entry", full_world)
    seen = " ".join(f"{area}:{version}" for area, version in DewRecord.objects.values_list("area", "version"))
    before = state_of_everything()
    for role, cookies in sessions.items():
        with undone():
            assert_tells_nothing(client_with(cookies).post(url, {"action": action, "seen": seen}), role)
            changed = state_of_everything() != before
        assert changed == (role == doer), role


def test_a_record_is_patched_by_its_clerk_alone(full_world: Any, sessions: dict[str, Any]) -> None:
    url = address("api-record-dew-detail", full_world)
    before = state_of_everything()
    for role, cookies in sessions.items():
        with undone():
            client_with(cookies).patch(url, {"version": 2, "trained": 1}, content_type="application/json")
            changed = state_of_everything() != before
        assert changed == (role == "clerk"), role
