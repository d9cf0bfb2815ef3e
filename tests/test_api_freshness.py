"""Every answer with totals says on which boundaries, as known when, how fresh they are, and when they were proven.

The endpoints are found in the resolver: one that is new is asked here, or named as having no totals.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse

from povtrack.exports.lists import known_lists
from povtrack.lib.rest.formats import FORMS
from povtrack.lib.rest.fresh import FRESHNESS
from povtrack.rollups.proofs import prove_all
from povtrack.rollups.recompute import drain
from programmes.actions import submit_records
from programmes.catalogue.dew import DewRecord
from tests.extent import IS_THOROUGH
from tests.world import build_world
from villages.models import Designation

pytestmark = pytest.mark.django_db

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
# Of releases: their tests tell what is said of frozen totals.
FROZEN = {"api-release-list", "api-release-detail", "api-release-rollups", "api-release-compare", "api-release-why"}
NO_TOTALS = {"api-job-list", "api-job-detail", "api-job-again", "api-job-end"}
SUMMED_NOW = {"api-flow-list", "api-partnertotal-list", "api-progress-list"}
SPAN = {"year_min": 2010, "year_max": 2010}
QUESTIONS: dict[str, dict[str, Any]] = {
    "api-rollup-dew-list": {"year": 2010, "basis": "current"},
    "api-observation-list": {"programme": "dew", "year": 2010},
    "api-designated-dew-list": {"designation": "key-2001", "year": 2010},
    "api-explain-list": {"programme": "dew", "area": "5205", "year": 2010},
    "api-fundtotal-list": {"area": "5205", **SPAN},
    "api-reconciliation-list": {"area": "5205", "year": 2010},
    "api-flow-list": {"area": "5205", **SPAN},
    "api-partnertotal-list": {"area": "5205", **SPAN},
    "api-progress-list": {"programme": "dew", "year": 2010, "area": "5205"},
}


def found(resolver: URLResolver | None = None) -> Iterator[str]:
    """The endpoints of totals: those of the roll-ups, of one programme of all, and those that sum when asked."""
    for pattern in (resolver or get_resolver("povtrack.api_urls")).url_patterns:
        if isinstance(pattern, URLResolver):
            yield from found(pattern)
        elif (view := getattr(pattern.callback, "cls", None)) and view.__module__.startswith("povtrack.rollups"):
            model = getattr(view, "model", DewRecord)
            yield from [pattern.name] if model is DewRecord and pattern.name else []


@pytest.fixture(scope="module")
def asker(django_db_setup: None, django_db_blocker: Any) -> Iterator[Any]:
    with django_db_blocker.unblock(), transaction.atomic():
        world = build_world()
        world.save("Huawu", trained=5)
        submit_records(DewRecord, year=2010, area=world["520524"], by=world.clerk)
        drain()
        prove_all()
        Designation.objects.create(code="key-2001", name="Key counties")
        client: Any = Client()
        client.force_login(world.users["analyst"], backend=BACKEND)
        client.areas = {"area": world["5205"].pk}
        yield client
        transaction.set_rollback(True)


def test_every_endpoint_of_totals_is_asked() -> None:
    assert {*found(), *SUMMED_NOW} - FROZEN - NO_TOTALS == set(QUESTIONS)


@pytest.mark.parametrize("name", QUESTIONS)
def test_totals_say_how_fresh_they_are(name: str, asker: Any) -> None:
    asked = {key: asker.areas.get(key, value) for key, value in QUESTIONS[name].items()}
    url = reverse(name)
    told = asker.get(url, asked).json()["freshness"]
    assert set(told) == set(FRESHNESS)
    assert (told["basis"], told["as_of"]) == (asked.get("basis", "recorded"), None)
    if name not in SUMMED_NOW:
        assert told["verified_at"] is not None
    if url.removeprefix("/api/v1/") in known_lists():
        for form in FORMS if IS_THOROUGH else ("csv",):
            file = asker.get(url, {**asked, "format": form})
            file.getvalue()
            heads = {key: file.get(f"Povtrack-{key.replace('_', '-').title()}") for key in FRESHNESS}
            assert heads["basis"] == told["basis"]
            assert heads["pending_changes"] == str(told["pending_changes"])
            assert (heads["verified_at"] is None) == (told["verified_at"] is None)
