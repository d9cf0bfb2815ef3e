"""The table of `test_access_matrix`: for every endpoint by its name, for whom it opens and who changes something by it.

All objects asked for lie in Zhijin County, so the clerk of Nayong (`other_clerk`) and its manager and registry admin
(`other_admin`) are the strangers. A new endpoint is declared here, or the tests fail.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from knox.models import AuthToken

from povtrack.accounts.models import Notice
from programmes.models import DewRecord, Round
from tests.world import PASSWORD
from villages.models import RegistryImport

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
    # No manager here holds all that the clerk holds, as revoking takes; tests/accounts/test_admin.py has one who does.
    **admin_pages("accounts_token", lambda world: AuthToken.objects.get(user=world.clerk).pk, frozenset({"admin"})),
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
