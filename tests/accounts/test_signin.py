"""Signing in and out, the lock-out, and changing a password."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import pytest
from django.contrib.auth.hashers import identify_hasher, make_password
from django.core.cache import cache
from django.test import Client
from django.urls import NoReverseMatch, reverse

from tests.world import PASSWORD

LOGIN = "/accounts/login/"


def sign_in(client: Any, password: str = PASSWORD, username: str = "clerk", **extra: Any) -> Any:
    return client.post(LOGIN, {"login": username, "password": password}, **extra)


def test_the_right_password_signs_in(world: Any, client: Any) -> None:
    answer = sign_in(client)
    assert answer.status_code == 302
    assert answer["Location"] == reverse("home")
    assert client.get("/account/").status_code == 200


def test_a_page_leads_to_the_sign_in_page_and_back(world: Any, client: Any) -> None:
    answer = client.get("/places/")
    assert answer.status_code == 302
    assert answer["Location"] == f"{LOGIN}?next=/places/"
    assert (
        client.post(answer["Location"], {"login": "clerk", "password": PASSWORD, "next": "/places/"})["Location"]
        == "/places/"
    )


def test_nobody_is_led_to_another_site(world: Any, client: Any) -> None:
    answer = client.post(LOGIN, {"login": "clerk", "password": PASSWORD, "next": "https://elsewhere.example/"})
    assert answer["Location"] == reverse("home")


def test_five_wrong_passwords_lock_the_name_and_then_the_right_one_is_refused_too(world: Any, client: Any) -> None:
    for _ in range(5):
        answer = sign_in(client, "wrong")
        assert answer.status_code == 200
        assert "not correct" in answer.content.decode()
    answer = sign_in(client)
    assert answer.status_code == 200
    assert "Too many failed login attempts" in answer.content.decode()
    assert client.get("/account/").status_code == 302


def test_a_lock_holds_from_any_address_and_for_any_spelling_but_for_that_name_only(world: Any, client: Any) -> None:
    for number in range(5):
        sign_in(client, "wrong", REMOTE_ADDR=f"10.0.0.{number}")
    assert sign_in(client, REMOTE_ADDR="10.0.0.9").status_code == 200
    assert sign_in(client, username="CLERK").status_code == 200
    assert sign_in(client, username="reviewer").status_code == 302


def test_a_lock_ends_after_five_minutes(world: Any, client: Any, time_machine: Any) -> None:
    time_machine.move_to("2026-06-01T08:00:00Z", tick=False)
    for _ in range(6):
        sign_in(client, "wrong")
    time_machine.shift(301)
    assert sign_in(client).status_code == 302


def test_a_flood_of_other_entries_does_not_open_a_lock(world: Any, client: Any, settings: Any) -> None:
    """On the cache of production without Redis, which would by itself keep no more than 300 entries."""
    settings.CACHES = import_module("povtrack.settings").CACHES
    for _ in range(5):
        sign_in(client, "wrong")
    for number in range(500):
        cache.set(f"z{number}", number)
    assert "Too many failed login attempts" in sign_in(client).content.decode()


def test_a_closed_account_can_not_sign_in_nor_stay(world: Any, client: Any) -> None:
    sign_in(client)
    world.clerk.is_active = False
    world.clerk.save()
    assert client.get("/account/").status_code == 302
    afresh = Client()
    assert sign_in(afresh)["Location"] == "/accounts/inactive/"
    # Opened again, so that a session that signing in had made after all would now show.
    world.clerk.is_active = True
    world.clerk.save()
    assert afresh.get("/account/").status_code == 302


def test_signing_out_takes_a_post(world: Any, as_user: Any) -> None:
    client = as_user("clerk")
    assert client.get("/accounts/logout/").status_code == 200
    assert client.get("/account/").status_code == 200
    assert client.post("/accounts/logout/")["Location"] == LOGIN
    assert client.get("/account/").status_code == 302


def change(client: Any, new: str, old: str = PASSWORD) -> Any:
    return client.post("/accounts/password/change/", {"oldpassword": old, "password1": new, "password2": new})


def test_a_password_is_changed_and_ends_other_sessions(world: Any, client: Any) -> None:
    elsewhere = Client()
    sign_in(client)
    sign_in(elsewhere)
    assert change(client, "another-long-password").status_code == 302
    assert client.get("/account/").status_code == 200
    assert elsewhere.get("/account/").status_code == 302
    assert sign_in(elsewhere).status_code == 200
    assert sign_in(elsewhere, "another-long-password").status_code == 302


@pytest.mark.parametrize(
    ("new", "old"), [("short", PASSWORD), ("password1234", PASSWORD), ("another-long-password", "wrong")]
)
def test_a_weak_password_or_a_wrong_old_one_is_refused(new: str, old: str, world: Any, client: Any) -> None:
    sign_in(client)
    assert change(client, new, old).status_code == 200
    world.clerk.refresh_from_db()
    assert world.clerk.check_password(PASSWORD)


def test_passwords_are_kept_as_argon2(settings: Any) -> None:
    hashers = import_module("povtrack.settings").PASSWORD_HASHERS
    settings.PASSWORD_HASHERS = hashers
    assert hashers == ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    assert identify_hasher(make_password(PASSWORD)).algorithm == "argon2"


@pytest.mark.parametrize("name", ["account_signup", "account_reset_password", "account_email", "account_set_password"])
def test_nobody_signs_up_or_resets_a_password_alone(name: str) -> None:
    with pytest.raises(NoReverseMatch):
        reverse(name)
