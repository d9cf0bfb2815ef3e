"""The API does what its description says, whatever is sent and whoever sends it; schemathesis makes up what to send.

    POVTRACK_THOROUGH=1 POVTRACK_EXAMPLES=200 make test ARGS="-n 0 tests/test_api_conformance.py"

runs it longer: for the programmes all, and so many made-up requests of each endpoint, each sent by every role.
"""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.cache import cache
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from django.urls import reverse
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.checks import load_all_checks
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import ignored_auth

from povtrack.accounts.actions import make_token
from tests.test_access_matrix import DOORS, full_world  # noqa: F401 - a fixture

load_all_checks()
pytestmark = [pytest.mark.django_db, pytest.mark.thorough]

ROLES = ("clerk", "reviewer", "finance", "registry", "analyst", "admin", "stranger")
# The programmes are declared in one way; these two differ in all that they can differ in.
PROGRAMMES = ("dew", "work-relief")
EXAMPLES = int(os.environ.get("POVTRACK_EXAMPLES", "0"))
# What every endpoint may answer besides what it names: by who asks, in what form, and how often.
OF_ALL = {401, 403, 405, 406, 413, 415, 429}
# Ids and codes must exist, a round be open and a version be that which stands: what no description can say.
WELL_FORMED = ["2xx", "400", "401", "403", "404", "405", "406", "409", "412", "413", "428"]
CONFIG = {
    "generation": {"with-security-parameters": False},
    "checks": {"positive_data_acceptance": {"expected-statuses": WELL_FORMED}},
}


@pytest.fixture(scope="module")
def described(full_world: Any) -> Iterator[Any]:  # noqa: F811
    """The description, of two programmes, with the application that it describes."""
    from povtrack.lib.rest.generator import Generator
    from povtrack.wsgi import application

    untyped: Any = Generator
    raw: dict[str, Any] = untyped().get_schema(request=None, public=True)
    if not EXAMPLES:
        raw["paths"] = {path: told for path, told in raw["paths"].items() if _is_kept(path)}
    config = schemathesis.config.SchemathesisConfig.from_dict(CONFIG)
    schema = schemathesis.openapi.from_dict(raw, config=config)
    schema.app = application
    # As Django's own client does it: all requests are of one transaction, so of one connection.
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield schema
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def _is_kept(path: str) -> bool:
    parts = path.split("/")
    return parts[3] not in ("records", "rollups", "designated") or parts[4] in (*PROGRAMMES, "{programme}")


@pytest.fixture(scope="module")
def headers(full_world: Any) -> dict[str, dict[str, str]]:  # noqa: F811
    """Of everyone but the stranger, a token that may write."""
    tokens = {
        role: make_token(by=full_world.users[role], name="all", days=1, writes=True)
        for role in ROLES
        if role != "stranger"
    }
    plain = {"Accept-Encoding": "identity"}  # the client in between does not unpack
    return {role: plain | ({"Authorization": f"Token {tokens[role]}"} if role in tokens else {}) for role in ROLES}


def test_every_answer_is_described(described: Any, full_world: Any, headers: dict[str, dict[str, str]]) -> None:  # noqa: F811
    known = Known(full_world)
    faults: dict[str, str] = {}
    for found in described.get_all_operations():
        operation = found.ok()
        try:
            try_out(operation, headers, known)
        except BaseExceptionGroup as several:
            faults[operation.label] = "\n  ".join(map(str, several.exceptions))
        except AssertionError as fault:
            faults[operation.label] = str(fault)
    assert not faults, "\n".join(f"== {label}\n{words}" for label, words in faults.items())


def try_out(operation: Any, headers: dict[str, dict[str, str]], known: Known) -> None:
    """Make up requests of one endpoint, right ones and wrong ones, and let everyone send each."""
    kinds = st.one_of([operation.as_strategy(generation_mode=mode) for mode in GenerationMode])

    @settings(
        max_examples=EXAMPLES or 2, derandomize=not EXAMPLES, deadline=None, database=None,
        suppress_health_check=list(HealthCheck), phases=[Phase.generate], report_multiple_bugs=True,
    )  # fmt: skip
    @given(kinds)
    def everyone_asks(case: Any) -> None:
        known.fill(case)
        for role in ROLES:
            check(case, headers[role], ROLES[0] == role)

    everyone_asks()


def check(case: Any, headers: dict[str, str], asks_without: bool) -> None:
    """Send a request and hold its answer against the description; `asks_without` a token too, where one is needed."""
    with transaction.atomic():
        response = case.call(headers=headers)
        told = {int(code) for code in case.operation.responses.status_codes if code.isdigit()}
        case.validate_response(response, headers=headers, excluded_checks=[] if asks_without else [ignored_auth])
        assert response.status_code in told | OF_ALL, f"{case.as_curl_command()}\n{response.text}"
        transaction.set_rollback(True)
    cache.clear()


class Known:
    """What exists, so that half of the requests that are right by the description are also about something."""

    def __init__(self, world: Any) -> None:
        self.dice = random.Random(7)
        self.ids = {
            reverse(name, kwargs=door.kwargs(world)).split("/")[3]: str(next(iter(door.kwargs(world).values())))
            for name, door in DOORS.items()
            if name.startswith("api-") and name.endswith("-detail")
        }
        county, village = world["Zhijin County"].pk, world["Huawu"].pk
        self.told: dict[str, list[Any]] = {
            "area": [county, village], "within": [county], "parent": [county], "year": [2010], "from_year": [2010],
            "year_min": [2009], "year_max": [2010], "programme": ["dew", "relocation"], "measure": ["trained"],
            "basis": ["recorded", "current"], "part": [village], "level": [3, 5], "source": ["central"],
            "designation": ["key-2001"], "by": ["year"], "to_year": [2011], "ordering": ["id"],
            "q": ["520524"], "code": ["520524"], "format": ["json"], "version": [1, 2],
        }  # fmt: skip

    def fill(self, case: Any) -> None:
        """Name what exists in half of the requests that are meant to be right."""
        if case.meta.generation.mode.is_negative or self.dice.random() < 0.3:
            return
        resource = case.operation.path.split("/")[3]
        for name in case.path_parameters or {}:
            if name in ("id", "code", "name") and resource in self.ids:
                case.path_parameters[name] = self.ids[resource]
        self._tell(case.query)
        self._tell(case.body)

    def _tell(self, sent: Any) -> None:
        if isinstance(sent, list):
            for one in sent:
                self._tell(one)
        elif isinstance(sent, dict):
            for name in sent:
                if name in self.told:
                    sent[name] = self.dice.choice(self.told[name])
                else:
                    self._tell(sent[name])
