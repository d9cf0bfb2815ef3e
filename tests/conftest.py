"""Set-up of all tests: plain static files, a fast password hasher, the small world, and the browser."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from typing import Any

import pytest

from tests import extent, services, template

# What starts servers, browsers and workers of its own, or loads the demonstration.
LONG = {"slow_start", "queue", "browser", "demonstration"}
# Chromium makes a page for the menu of its address bar with each new window, and a process in reserve with each
# navigation: a third of what a test's window costs. It heeds only the last list of what is off, so Playwright's is
# repeated, as far as it concerns pages of our own.
OFF = (
    "WebUIOmniboxPopup,WebUIOmniboxAimPopup,WebUIOmniboxFullPopup,SpareRendererForSitePerProcess,"
    "AimEnabled,AvoidCorsURLLoaderRestartOnRedirect,AvoidUnnecessaryBeforeUnloadCheckSync,"
    "DestroyProfileOnBrowserClose,HttpsFirstBalancedModeAutoEnable,HttpsUpgrades,LensOverlay,MediaRouter,"
    "NetworkTimeServiceQuerying,OptimizationHints,PaintHolding,PreconnectToSearch,ThirdPartyStoragePartitioning"
)

collect_ignore = extent.LEFT_UNREAD


def pytest_configure(config: pytest.Config) -> None:
    settle()
    # The process that starts workers; alone, it would wait for what it can do itself.
    if config.getoption("numprocesses", 0) and not hasattr(config, "workerinput"):
        template.begin()


def settle() -> None:
    """Change the settings for tests, here and in servers that tests start."""
    from django.conf import settings

    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.WHITENOISE_AUTOREFRESH = True
    settings.JOBS_ASIDE = False
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Put the long tests first: one of them at the end would keep one worker busy, and the other idle.

    Those with the demonstration come before all, so that one worker has them all, and it is loaded once.
    """
    extent.leave_out(config, items)
    marks = {item: {mark.name for mark in item.iter_markers()} for item in items}
    items.sort(key=lambda item: ("demonstration" not in marks[item], LONG.isdisjoint(marks[item])))


def pytest_collection_finish() -> None:
    """Look for garbage seldom, and never among the programs: it took a tenth of all time."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None) -> None:
    """Copy the database in which migrations have run, where one is made."""
    from django.db import connection

    connection.settings_dict["TEST"]["TEMPLATE"] = template.name()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Empty the test database fast between tests, and end what still talks to it before it is dropped.

    The live server answers in daemon threads that nobody joins: the last request of a browser that was closed
    can still be under way when all tests are done.
    """
    from django.db import connection

    from tests.database import empty_fast

    with django_db_blocker.unblock():
        empty_fast()
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
        )


@pytest.fixture
def world(db: None) -> Any:
    """The small world of `tests.world`, fresh for each test."""
    from tests.world import build_world

    return build_world()


@pytest.fixture
def open_world(world: Any) -> Any:
    """The small world, in which every programme collects 2010."""
    from tests.world import open_rounds

    open_rounds()
    return world


@pytest.fixture
def as_user(client: Any, world: Any) -> Any:
    """Sign the test client in: `as_user("clerk")` returns it."""

    def sign_in(username: str) -> Any:
        client.force_login(world.users[username], backend="allauth.account.auth_backends.AuthenticationBackend")
        return client

    return sign_in


@pytest.fixture(autouse=True)
def _speak_english() -> None:
    """A request of an earlier test leaves its language behind in the thread."""
    from django.conf import settings
    from django.utils import translation

    translation.activate(settings.LANGUAGE_CODE)


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
        f"--disable-component-update --disable-sync --disable-features={OFF}"
    )
    return {**browser_type_launch_args, "executable_path": services.chromium_path(), "args": flags.split()}
