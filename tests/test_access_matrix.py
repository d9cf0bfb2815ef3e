"""Every endpoint x every role: who gets in, who is turned away, and that nobody changes what is not theirs.

The endpoints are found in the resolver; one that is not declared in `DOORS` fails the test. All objects asked for lie
in Zhijin County, so the clerk of Nayong (`other_clerk`) and its manager and registry admin (`other_admin`) are the
strangers. The marks of Zhijin must never reach them, nor anyone who is not signed in.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse
from knox.models import AuthToken

from povtrack.accounts.actions import make_token
from povtrack.accounts.models import Jurisdiction, Notice, User
from povtrack.accounts.roles import Role
from povtrack.rollups.recompute import drain
from programmes.actions import submit_records
from programmes.models import DewRecord, Round
from tests.world import PASSWORD, build_world
from villages.models import Area, AreaVersion, Placement, RegistryImport

pytestmark = pytest.mark.django_db

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
MARKS = ("化屋", "Huawu", "织金", "Zhijin", "5959")

INSIDE = frozenset({"clerk", "reviewer", "finance", "registry", "analyst", "admin"})
STRANGERS = frozenset({"other_clerk", "other_admin"})
SIGNED_IN = INSIDE | STRANGERS
STAFF = frozenset({"registry", "admin", "other_admin"})
NOBODY: frozenset[str] = frozenset()

Kwargs = Callable[[Any], dict[str, Any]]


@dataclass(frozen=True)
class Door:
    """What one endpoint does.

    `opens` are the roles whose GET is answered with `status`; other signed-in roles get one of `shut`. `writes` are the
    roles whose POST of `data` changes something; nobody else changes anything by any method.
    """

    opens: frozenset[str]
    status: int = 200
    shut: tuple[int, ...] = (404,)
    anonymous: int | None = None
    kwargs: Kwargs = field(default=lambda world: {})
    writes: frozenset[str] = NOBODY
    data: Callable[[Any], Any] = field(default=lambda world: {})
    as_json: bool = False


def dew(world: Any) -> dict[str, Any]:
    return {"programme": "dew", "year": 2010, "code": "520524"}


def pk_of(place: str) -> Kwargs:
    return lambda world: {"pk": world[place].pk}


def record(world: Any) -> dict[str, Any]:
    return {"pk": DewRecord.objects.get(area=world["Huawu"]).pk}


def token(world: Any) -> dict[str, Any]:
    return {"key": AuthToken.objects.get(user=world.clerk).token_key}


def grid_row(world: Any) -> dict[str, Any]:
    values = {measure.name: "" for measure in DewRecord.measures()} | {"trained": "7"}
    return {"rows": [{"area": world["Gaoshan"].pk, "version": 0, "nil": False, "values": values}]}


def grid_form(world: Any) -> dict[str, Any]:
    key = world["Gaoshan"].pk
    blank = {f"v-{key}-{measure.name}": "" for measure in DewRecord.measures()}
    return blank | {f"v-{key}-trained": "7", f"version-{key}": "0", "action": "save"}


def api_row(world: Any) -> dict[str, Any]:
    return {"area": world["Gaoshan"].pk, "year": 2010, "trained": 7}


def passwords(world: Any) -> dict[str, Any]:
    new = "another-long-password"
    return {"oldpassword": PASSWORD, "password1": new, "password2": new}


def round_form(world: Any) -> dict[str, Any]:
    return {"programme": "dew", "year": 2011, "opens": "2011-01-01", "due": "2011-02-01", "closes": "2011-03-01"}


def admin_pages(
    label: str,
    row: Callable[[Any], Any],
    seen: frozenset[str],
    *,
    adds: frozenset[str] = NOBODY,
    deletes: frozenset[str] = NOBODY,
    data: Callable[[Any], Any] = lambda world: {},
) -> dict[str, Door]:
    """The five pages of one model in the admin. 302 is the way of a person who is no staff to the sign-in page."""

    def kwargs(world: Any) -> dict[str, Any]:
        return {"object_id": row(world)}

    shut = (302, 403, 404)
    lists = seen | (STAFF & STRANGERS if seen else NOBODY)
    if label in ("accounts_notice", "programmes_round"):
        lists = seen
    return {
        f"admin:{label}_changelist": Door(lists, shut=shut),
        f"admin:{label}_add": Door(adds, shut=shut, writes=adds if data(None) else NOBODY, data=data),
        f"admin:{label}_change": Door(seen, shut=shut, kwargs=kwargs),
        f"admin:{label}_history": Door(seen, shut=shut, kwargs=kwargs),
        f"admin:{label}_delete": Door(
            deletes, shut=shut, kwargs=kwargs, writes=deletes, data=lambda world: {"post": "yes"}
        ),
    }


def one(model: Any) -> Callable[[Any], Any]:
    return lambda world: model.objects.first().pk


KEEPERS = frozenset({"registry", "admin"})
MANAGERS = frozenset({"admin", "other_admin"})
SCHEDULES = ("periodictask", "clockedschedule", "crontabschedule", "solarschedule", "intervalschedule")

DOORS: dict[str, Door] = {
    # Open to anyone
    "account_login": Door(SIGNED_IN, status=302, anonymous=200),
    "account_inactive": Door(SIGNED_IN, anonymous=200),
    "set_language": Door(NOBODY, shut=(302,), anonymous=302),
    "health": Door(SIGNED_IN, anonymous=200),
    # One's own account
    "home": Door(SIGNED_IN, status=302),
    "account": Door(SIGNED_IN),
    "account_logout": Door(SIGNED_IN),
    "account_change_password": Door(SIGNED_IN, writes=SIGNED_IN, data=passwords),
    "token-create": Door(NOBODY, shut=(405,), writes=SIGNED_IN, data=lambda world: {"days": 1}),
    "token-revoke": Door(NOBODY, shut=(405,), kwargs=token, writes=frozenset({"clerk"})),
    # Pages
    "places": Door(SIGNED_IN),
    "place": Door(INSIDE, kwargs=pk_of("Huawu")),
    "work": Door(SIGNED_IN),
    "entry": Door(INSIDE, kwargs=dew, writes=frozenset({"clerk"}), data=grid_form),
    "entry-save": Door(
        NOBODY, shut=(405,), anonymous=401, kwargs=dew, writes=frozenset({"clerk"}), data=grid_row, as_json=True
    ),
    "entry-submit": Door(NOBODY, shut=(405,), anonymous=401, kwargs=dew, writes=frozenset({"clerk"}), as_json=True),
    "figures": Door(SIGNED_IN, status=302),
    "figures-area": Door(INSIDE, kwargs=dew),
    "figures-csv": Door(INSIDE, kwargs=dew),
    # API
    "api-root": Door(SIGNED_IN),
    "api-schema": Door(SIGNED_IN),
    "api-docs": Door(SIGNED_IN),
    "api-nowhere": Door(NOBODY),
    "api-programme-list": Door(SIGNED_IN),
    "api-programme-detail": Door(SIGNED_IN, kwargs=lambda world: {"code": "dew"}),
    "api-area-list": Door(SIGNED_IN),
    "api-area-detail": Door(INSIDE, kwargs=pk_of("Huawu")),
    "api-area-children": Door(INSIDE, kwargs=pk_of("Zhijin County")),
    "api-area-history": Door(INSIDE, kwargs=pk_of("Huawu")),
    "api-record-dew-list": Door(SIGNED_IN, writes=frozenset({"clerk"}), data=api_row, as_json=True),
    "api-record-dew-detail": Door(INSIDE, kwargs=record),
    "api-record-dew-bulk": Door(
        NOBODY,
        shut=(405,),
        writes=frozenset({"clerk"}),
        data=lambda world: {"year": 2010, "rows": [{"area": world["Gaoshan"].pk, "trained": 7}]},
        as_json=True,
    ),
    "api-rollup-dew-list": Door(SIGNED_IN),
    # Admin
    "admin:index": Door(STAFF, shut=(302,)),
    "admin:login": Door(STAFF, status=302, shut=(403,)),
    "admin:logout": Door(NOBODY, shut=(302, 405)),
    "admin:password_change": Door(
        STAFF,
        shut=(302,),
        writes=STAFF,
        data=lambda world: {
            "old_password": PASSWORD,
            "new_password1": "another-long-one",
            "new_password2": "another-long-one",
        },
    ),
    "admin:password_change_done": Door(STAFF, shut=(302,)),
    "admin:jsi18n": Door(STAFF, shut=(302,)),
    "admin:autocomplete": Door(NOBODY, shut=(302, 403)),  # asked properly in tests/accounts/test_admin.py
    "admin:view_on_site": Door(NOBODY, shut=(302, 404), kwargs=lambda world: {"content_type_id": 1, "object_id": 1}),
    "admin:app_list": Door(STAFF, shut=(302,), kwargs=lambda world: {"app_label": "villages"}),
    "admin:auth_user_password_change": Door(NOBODY, shut=(302, 403, 404), kwargs=lambda world: {"id": world.clerk.pk}),
    **admin_pages("accounts_user", lambda world: world.clerk.pk, frozenset({"admin"}), adds=MANAGERS),
    **admin_pages("accounts_notice", one(Notice), MANAGERS, adds=frozenset({"admin"}), deletes=frozenset({"admin"})),
    **admin_pages("villages_area", lambda world: world["Huawu"].pk, KEEPERS),
    **admin_pages("villages_county", lambda world: world["Zhijin County"].pk, KEEPERS),
    **admin_pages("villages_registryimport", one(RegistryImport), STAFF),
    **admin_pages("programmes_round", one(Round), MANAGERS, adds=frozenset({"admin"}), data=round_form),
    **admin_pages("programmes_dewrecord", lambda world: record(world)["pk"], KEEPERS),
    **admin_pages(
        "programmes_dewrollup",
        lambda world: DewRecord.rollup.objects.get(area=world["Zhijin County"], year=2010).pk,
        KEEPERS,
    ),
    **{
        name: door
        for kind in SCHEDULES
        for name, door in admin_pages(f"django_celery_beat_{kind}", lambda w: 1, NOBODY).items()
    },
}


def endpoints(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[str]:
    """Walk the resolver and yield the full name of every endpoint. Only Django's own admin may leave one unnamed."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            yield from endpoints(pattern, f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix)
        elif pattern.name or prefix != "admin:":
            yield f"{prefix}{pattern.name}"


NAMES = sorted(set(endpoints()))


def test_every_endpoint_is_declared() -> None:
    assert set(NAMES) == set(DOORS)


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
        make_token(by=world.clerk, days=1)
        Notice.objects.create(text="Maintenance tonight")
        RegistryImport.objects.create(
            source="x", file_name="x.csv", sha256="0", vintage="2010-01-01", since="2001-01-01"
        )
        drain()
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


def client_with(cookies: Any) -> Client:
    client = Client()
    client.cookies = SimpleCookie(cookies.output(header="", sep=";"))
    return client


@contextmanager
def undone() -> Iterator[None]:
    """Take back what a request does, rate limits too."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def address(name: str, world: Any) -> str:
    return "/api/v1/nowhere" if name == "api-nowhere" else reverse(name, kwargs=DOORS[name].kwargs(world))


def state_of_everything() -> list[Any]:
    """All that a request could change, as it stands."""
    models = [Area, AreaVersion, Placement, DewRecord, Round, Notice, Jurisdiction, AuthToken, RegistryImport]
    users = list(
        User.objects.order_by("pk").values_list("username", "password", "is_staff", "is_superuser", "is_active")
    )
    return [users, *(list(model.objects.order_by("pk").values_list()) for model in models)]


def assert_turned_away(answer: Any, door: Door, url: str) -> None:
    """Anonymous people get the sign-in page, or in the API the plain word."""
    if door.anonymous is not None:
        assert answer.status_code == door.anonymous
    elif url.startswith("/api/") and "/docs/" not in url:
        assert answer.status_code == 401
    else:
        assert answer.status_code == 302
        assert answer["Location"].startswith(("/accounts/login/", "/admin/login/"))


def text_of(answer: Any) -> str:
    body = answer.content.decode()
    return json.dumps(answer.json(), ensure_ascii=False) if answer["Content-Type"] == "application/json" else body


@pytest.mark.parametrize("name", NAMES)
def test_each_door_opens_for_whom_it_should(name: str, full_world: Any, sessions: dict[str, Any]) -> None:
    door, url = DOORS[name], address(name, full_world)
    for role, cookies in sessions.items():
        with undone():
            answer = client_with(cookies).get(url)
        if role == "anonymous":
            assert_turned_away(answer, door, url)
        elif role in door.opens:
            assert answer.status_code == door.status, (role, answer.content)
            assert "/login/" not in answer.get("Location", "")
        else:
            assert answer.status_code in door.shut, (role, answer.status_code)
        if role not in INSIDE:
            assert not [mark for mark in MARKS if mark in text_of(answer)], role


@pytest.mark.parametrize("name", NAMES)
def test_nobody_changes_what_is_not_theirs_by_any_method(name: str, full_world: Any, sessions: dict[str, Any]) -> None:
    door, url = DOORS[name], address(name, full_world)
    data = door.data(full_world)
    text = {"data": json.dumps(data), "content_type": "application/json"}
    before = state_of_everything()
    for role, cookies in sessions.items():
        for methods in (["post"], ["put", "patch", "delete"]):
            with undone():
                for method in methods:
                    sent = text if door.as_json or method != "post" else {"data": data}
                    answer = getattr(client_with(cookies), method)(url, **sent)
                    if role not in INSIDE:
                        assert not [mark for mark in MARKS if mark in text_of(answer)], (role, method)
                changed = state_of_everything() != before
            assert changed == (methods == ["post"] and role in door.writes), (role, methods, answer.content)


def test_a_record_is_patched_by_its_clerk_alone(full_world: Any, sessions: dict[str, Any]) -> None:
    url = address("api-record-dew-detail", full_world)
    before = state_of_everything()
    for role, cookies in sessions.items():
        with undone():
            client_with(cookies).patch(url, {"version": 2, "trained": 1}, content_type="application/json")
            changed = state_of_everything() != before
        assert changed == (role == "clerk"), role
