"""What stands at the doors: health, the schema of the API and its page."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import jsonschema
import pytest
from django.db import Error
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.validation import validate_schema
from health_check.checks import Database
from referencing import Registry, Resource

from povtrack.health import checks
from povtrack.lib.rest.generator import Generator, SchemaJson


def health(client: Any) -> Any:
    """Ask from a thread of its own: the view is asynchronous, and a browser's test may have left a loop in this one."""
    with ThreadPoolExecutor(1) as threads:
        return threads.submit(client.get, "/health/").result()


@pytest.mark.django_db
def test_health_says_what_is_up_to_anyone(client: Any) -> None:
    answer = health(client)
    assert (answer.status_code, answer.json()) == (200, {"database": "up"})


@pytest.mark.django_db
def test_health_says_what_is_down_and_not_why(client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(self: Any) -> None:
        raise Error("password authentication failed for user secret")

    monkeypatch.setattr(Database, "run", fail)
    answer = health(client)
    assert answer.status_code == 503
    assert answer.json() == {"database": "down"}


def test_health_asks_only_what_is_configured(settings: Any) -> None:
    settings.REDIS_URL = ""
    assert [name.rsplit(".", 1)[1] for name in checks()] == ["Database"]
    settings.REDIS_URL = "redis://localhost/0"
    assert [name.rsplit(".", 1)[1] for name in checks()] == ["Database", "Cache"]


@pytest.fixture
def _anchors_known(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look through the rules of OpenAPI for their anchors once, and not at each of thousands of references."""
    validate = jsonschema.validate

    def validate_knowing(instance: Any, schema: Any) -> None:
        registry = Registry().with_resource(schema["$id"], Resource.from_contents(schema)).crawl()
        validate(instance, schema, registry=registry)

    monkeypatch.setattr(jsonschema, "validate", validate_knowing)


@pytest.mark.usefixtures("_anchors_known")
def test_the_schema_is_valid_and_without_warnings() -> None:
    # As the command of the library does it, but without looking up the line of each serializer, which takes a minute.
    GENERATOR_STATS.reset()
    written = Generator().get_schema(request=None, public=True)
    assert not GENERATOR_STATS
    validate_schema(written)
    components = written["components"]
    with pytest.raises(jsonschema.ValidationError, match="3 is not of type 'object', 'boolean'"):
        validate_schema({**written, "components": {"schemas": {"x": 3}}})
    schema = SchemaJson().render(written).decode()
    assert len(schema) < 500_000
    used = set(re.findall(r'"#/components/(\w+)/([^"]+)"', schema))
    assert used == {(kind, name) for kind in ("schemas", "parameters", "responses") for name in components[kind]}
    assert "/api/v1/records/dew/bulk/" in schema
    assert "Trained (people). People of poor families who finished a training course this year." in schema


def test_the_page_of_the_api_needs_no_leave_from_the_content_security_policy(world: Any, as_user: Any) -> None:
    answer = as_user("analyst").get("/api/v1/docs/")
    page = answer.content.decode()
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert "<style" not in page
    assert " style=" not in page
    assert not re.search(r"<script(?![^>]* src=)", page)
    assert not re.search(r'(?:src|href)="(?:https?:)?//', page)
    script = re.search(r'src="([^"]*script=[^"]*)"', page).group(1)  # type: ignore[union-attr]
    assert as_user("analyst").get(script.replace("&amp;", "&"))["Content-Type"] == "application/javascript"
