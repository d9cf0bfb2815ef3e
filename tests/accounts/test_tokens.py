"""Tokens: made and revoked by their owner, shown once, good for the API alone."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client
from knox.models import AuthToken

from povtrack.accounts.actions import make_token
from povtrack.accounts.models import Jurisdiction, User
from povtrack.accounts.roles import Role
from tests.problems import kind
from tests.world import PASSWORD

AREAS = "/api/v1/areas/"


def made(client: Any, days: int = 30) -> str:
    answer = client.post("/account/tokens/", {"days": days})
    assert answer.status_code == 200, answer.content
    return re.search(r"[0-9a-f]{64}", answer.content.decode()).group()  # type: ignore[union-attr]


def with_token(token: str) -> Client:
    return Client(headers={"authorization": f"Token {token}"})


def test_a_token_is_shown_once_and_signs_a_program_in(world: Any, as_user: Any) -> None:
    client = as_user("clerk")
    token = made(client)
    assert token not in client.get("/account/").content.decode()
    [row] = AuthToken.objects.all()
    assert row.user == world.clerk
    assert token not in row.digest
    answer = with_token(token).get(AREAS, {"level": 3})
    assert [area["name_latin"] for area in answer.json()["results"]] == ["Zhijin County"]


def test_a_token_opens_no_page(world: Any, as_user: Any) -> None:
    assert with_token(made(as_user("clerk"))).get("/account/").status_code == 302


def test_a_token_writes_without_a_cookie_against_forgery_but_a_session_does_not(world: Any, as_user: Any) -> None:
    row = {"area": world["Huawu"].pk, "year": 2010, "trained": 5}
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(world.clerk, backend="allauth.account.auth_backends.AuthenticationBackend")
    refused = browser.post("/api/v1/records/dew/", row, content_type="application/json")
    assert refused.status_code == 403
    assert refused.json()["errors"][0]["code"] == "permission_denied"
    program = Client(enforce_csrf_checks=True, headers={"authorization": f"Token {made(as_user('clerk'))}"})
    assert program.post("/api/v1/records/dew/", row, content_type="application/json").status_code == 201


def test_a_revoked_expired_or_wrong_token_is_refused(world: Any, as_user: Any, time_machine: Any) -> None:
    time_machine.move_to("2026-06-01T08:00:00Z", tick=False)
    client = as_user("clerk")
    revoked, short = made(client), made(client, 1)
    assert client.post(f"/account/tokens/{revoked[:15]}/revoke/").status_code == 302
    assert with_token(revoked).get(AREAS).status_code == 401
    assert with_token(short).get(AREAS).status_code == 200
    time_machine.shift(dt.timedelta(days=1, seconds=1))
    for token in (short, "0" * 64, ""):
        answer = with_token(token).get(AREAS)
        assert answer.status_code == 401
        assert answer["WWW-Authenticate"] == "Token"
        assert kind(answer) == "not-signed-in"


@pytest.mark.parametrize("text", ["é", "a\0b"])
def test_a_token_that_is_no_text_is_a_wrong_token(text: str, world: Any) -> None:
    assert with_token(text).get(AREAS).status_code == 401


def test_the_token_of_a_closed_account_is_refused(world: Any) -> None:
    token = make_token(by=world.clerk, days=1)
    world.clerk.is_active = False
    world.clerk.save()
    assert with_token(token).get(AREAS).status_code == 401


def by_its_owner(world: Any, as_user: Any) -> None:
    new = "another-long-password"
    answer = as_user("clerk").post(
        "/accounts/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new}
    )
    assert answer.status_code == 302


def by_an_admin(world: Any, as_user: Any) -> None:
    Jurisdiction.objects.create(user=world.admin, role=Role.CLERK, area=world["China"])
    new = {"password1": "another-long-password", "password2": "another-long-password", "usable_password": "true"}
    answer = as_user("admin").post(f"/admin/accounts/user/{world.clerk.pk}/password/", new)
    assert answer.status_code == 302


def away_by_an_admin(world: Any, as_user: Any) -> None:
    world.users["root"] = User.objects.create_superuser("root", password=PASSWORD)
    answer = as_user("root").post(
        f"/admin/accounts/user/{world.clerk.pk}/password/", {"usable_password": "false", "unset-password": ""}
    )
    assert answer.status_code == 302


def by_a_command(world: Any, as_user: Any) -> None:
    world.clerk.set_password("another-long-password")
    world.clerk.save(update_fields=["password"])


@pytest.mark.parametrize("changed", [by_its_owner, by_an_admin, away_by_an_admin, by_a_command])
def test_a_token_ends_with_the_password(changed: Any, world: Any, as_user: Any) -> None:
    token, others = make_token(by=world.clerk, days=1), make_token(by=world.admin, days=1)
    changed(world, as_user)
    assert with_token(token).get(AREAS).status_code == 401
    assert with_token(others).get(AREAS).status_code == 200


def test_a_token_outlives_a_sign_in_and_a_password_that_is_only_hashed_anew(
    world: Any, client: Any, settings: Any
) -> None:
    token, old = make_token(by=world.clerk, days=1), world.clerk.password
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher", *settings.PASSWORD_HASHERS]
    assert client.post("/accounts/login/", {"login": "clerk", "password": PASSWORD}).status_code == 302
    world.clerk.refresh_from_db()
    assert world.clerk.password != old
    world.clerk.save()
    assert with_token(token).get(AREAS).status_code == 200


def test_nobody_revokes_anothers_token(world: Any, as_user: Any) -> None:
    token = make_token(by=world.clerk, days=1)
    assert as_user("admin").post(f"/account/tokens/{token[:15]}/revoke/").status_code == 404
    assert with_token(token).get(AREAS).status_code == 200


def test_a_token_takes_a_known_lifetime_and_a_free_place(world: Any, as_user: Any, settings: Any) -> None:
    client = as_user("clerk")
    assert client.post("/account/tokens/", {"days": 9999}).status_code == 422
    settings.REST_KNOX = {**settings.REST_KNOX, "TOKEN_LIMIT_PER_USER": 1}
    made(client)
    answer = client.post("/account/tokens/", {"days": 1})
    assert answer.status_code == 422
    assert "which is the most" in answer.content.decode()
    assert AuthToken.objects.count() == 1


def test_tokens_are_made_by_posting_only(world: Any, as_user: Any) -> None:
    assert as_user("clerk").get("/account/tokens/").status_code == 405
