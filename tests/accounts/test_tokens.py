"""Tokens: made and revoked by their owner, shown once, good for the API alone."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client
from knox.models import AuthToken

from povtrack.accounts.actions import make_token
from povtrack.accounts.backends import ClientThrottle
from povtrack.accounts.models import Jurisdiction, User
from povtrack.accounts.roles import Role
from programmes.actions import submit_records
from programmes.catalogue.dew import DewRecord
from tests.problems import kind
from tests.queries import queries_made
from tests.world import PASSWORD

AREAS = "/api/v1/areas/"
TERMS: dict[str, Any] = {"name": "a script", "days": 1, "writes": True}


def made(client: Any, days: int = 30, **terms: str) -> str:
    data = {"name": "a script", "access": "write", "days": days, **terms}
    answer = client.post("/account/tokens/", data)
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


def test_a_token_that_only_reads_changes_nothing(world: Any, as_user: Any) -> None:
    row = {"area": world["Huawu"].pk, "year": 2010, "trained": 5}
    program = with_token(made(as_user("clerk"), access="read"))
    assert program.get("/api/v1/records/dew/").status_code == 200
    refused = program.post("/api/v1/records/dew/", row, content_type="application/json")
    assert refused.status_code == 403
    assert "may only read" in refused.content.decode()
    assert not DewRecord.objects.exists()


def test_a_token_for_one_area_reaches_nothing_else(world: Any, as_user: Any) -> None:
    """The reviewer holds Bijie, with two counties."""
    client = as_user("reviewer")
    program = with_token(made(client, area="520525"))
    seen = {area["name_latin"] for area in program.get(AREAS, {"level": 3}).json()["results"]}
    assert seen == {"Nayong County"}
    assert program.get(f"{AREAS}{world['Zhijin County'].pk}/").status_code == 404
    world.save("Huawu", trained=5)
    submit_records(DewRecord, year=2010, area=world["Zhijin County"], by=world.clerk)
    pk = DewRecord.objects.get().pk
    step = {"step": "approve", "version": 2}
    answer = program.post(f"/api/v1/records/dew/{pk}/steps/", step, content_type="application/json")
    assert answer.status_code == 404
    # An area above what the owner holds is none of theirs.
    answer = client.post("/account/tokens/", {"name": "x", "access": "read", "area": "52", "days": 1})
    assert answer.status_code == 422
    assert "No area of yours has the code 52 today." in answer.content.decode()


def test_a_program_asks_who_it_is(world: Any, as_user: Any) -> None:
    told = with_token(made(as_user("reviewer"), access="read", area="520525")).get("/api/v1/me/").json()
    assert (told["username"], told["token"]["name"], told["token"]["writes"]) == ("reviewer", "a script", False)
    [held] = told["holds"]
    assert (held["role"], held["area"]) == ("reviewer", world["Nayong County"].pk)
    assert as_user("reviewer").get("/api/v1/me/").json()["token"] is None


def test_the_account_tells_what_tokens_may_and_when_they_were_used(world: Any, as_user: Any, time_machine: Any) -> None:
    time_machine.move_to("2026-06-01T08:00:00Z", tick=False)
    client = as_user("clerk")
    program = with_token(made(client, name="Monthly report", access="read", area="520524100"))
    page = client.get("/account/").content.decode()
    for words in ("Monthly report", "Read only", "Chengguan", "never"):
        assert words in page
    program.get(AREAS)
    assert "2026-06-01 16:00" in client.get("/account/").content.decode()


def test_a_request_looks_at_its_own_token_alone(world: Any) -> None:
    make_token(by=world.clerk, **TERMS)
    program = with_token(make_token(by=world.clerk, **TERMS))
    with queries_made() as made:
        assert program.get("/api/v1/me/").status_code == 200
    # Who asks, under which terms, and what they hold; and that it was used, once a minute.
    assert ['UPDATE "accounts_tokenterms"' in sql for sql in made] == [False, True]
    with queries_made() as made:
        assert program.get("/api/v1/records/dew/").status_code == 200
    assert len(made) == 2


def test_each_token_is_slowed_down_for_itself(world: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(ClientThrottle, "rate", "2/hour", raising=False)
    greedy, other = (with_token(make_token(by=world.clerk, name=name, days=1)) for name in ("greedy", "other"))
    assert [greedy.get(AREAS).status_code for _ in range(3)] == [200, 200, 429]
    assert other.get(AREAS).status_code == 200


def test_who_has_asked_too_often_is_told_when_to_come_back(world: Any, monkeypatch: Any, time_machine: Any) -> None:
    monkeypatch.setattr(ClientThrottle, "rate", "4/hour", raising=False)
    time_machine.move_to("2026-06-01T08:45:00Z", tick=False)
    program = with_token(make_token(by=world.clerk, name="greedy", days=1))
    assert [program.get(AREAS).status_code for _ in range(5)] == [200] * 4 + [429]
    assert program.get(AREAS)["Retry-After"] == str(15 * 60)
    # At nine, all of the last hour counts; a quarter of an hour later three quarters of it.
    time_machine.move_to("2026-06-01T09:00:00Z", tick=False)
    assert program.get(AREAS)["Retry-After"] == str(15 * 60)
    time_machine.move_to("2026-06-01T09:15:00Z", tick=False)
    assert [program.get(AREAS).status_code for _ in range(2)] == [200, 429]
    time_machine.move_to("2026-06-01T11:00:00Z", tick=False)
    assert program.get(AREAS).status_code == 200


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
    token = make_token(by=world.clerk, **TERMS)
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
    token, others = (
        make_token(by=world.clerk, **TERMS),
        make_token(by=world.admin, **TERMS),
    )
    changed(world, as_user)
    assert with_token(token).get(AREAS).status_code == 401
    assert with_token(others).get(AREAS).status_code == 200


def test_a_token_outlives_a_sign_in_and_a_password_that_is_only_hashed_anew(
    world: Any, client: Any, settings: Any
) -> None:
    token, old = make_token(by=world.clerk, **TERMS), world.clerk.password
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher", *settings.PASSWORD_HASHERS]
    assert client.post("/accounts/login/", {"login": "clerk", "password": PASSWORD}).status_code == 302
    world.clerk.refresh_from_db()
    assert world.clerk.password != old
    world.clerk.save()
    assert with_token(token).get(AREAS).status_code == 200


def test_nobody_revokes_anothers_token(world: Any, as_user: Any) -> None:
    token = make_token(by=world.clerk, **TERMS)
    assert as_user("admin").post(f"/account/tokens/{token[:15]}/revoke/").status_code == 404
    assert with_token(token).get(AREAS).status_code == 200


def test_a_token_takes_a_known_lifetime_and_a_free_place(world: Any, as_user: Any, settings: Any) -> None:
    client = as_user("clerk")
    assert client.post("/account/tokens/", {"name": "x", "access": "read", "days": 9999}).status_code == 422
    settings.REST_KNOX = {**settings.REST_KNOX, "TOKEN_LIMIT_PER_USER": 1}
    made(client)
    answer = client.post("/account/tokens/", {"name": "x", "access": "read", "days": 1})
    assert answer.status_code == 422
    assert "which is the most" in answer.content.decode()
    assert AuthToken.objects.count() == 1


def test_tokens_are_made_by_posting_only(world: Any, as_user: Any) -> None:
    assert as_user("clerk").get("/account/tokens/").status_code == 405
