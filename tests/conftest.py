"""Set-up of all tests: plain static files, a fast password hasher, the small world, and the browser."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests import services


def pytest_configure() -> None:
    from django.conf import settings

    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.WHITENOISE_AUTOREFRESH = True
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def world(db: None) -> Any:
    """The small world of `tests.world`, fresh for each test."""
    from tests.world import build_world

    return build_world()


@pytest.fixture
def as_user(client: Any, world: Any) -> Any:
    """Sign the test client in: `as_user("clerk")` returns it."""

    def sign_in(username: str) -> Any:
        client.force_login(world.users[username], backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return sign_in


@pytest.fixture(autouse=True)
def _clear_cache() -> Iterator[None]:
    """Throttles and lock-outs of one test must not reach the next."""
    from django.core.cache import cache

    yield
    cache.clear()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Use the machine's Chromium, quiet on the network."""
    services.require("browser")
    flags = (
        "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
        "--disable-component-update --disable-sync"
    )
    return {**browser_type_launch_args, "executable_path": services.chromium_path(), "args": flags.split()}
