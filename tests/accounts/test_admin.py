"""Users, jurisdictions and notices in the admin: what managers can and can't do there."""

from __future__ import annotations

import re
from typing import Any

import pytest

from povtrack.accounts.actions import make_token
from povtrack.accounts.models import Jurisdiction, Notice, Token, User
from povtrack.accounts.roles import Role
from tests.queries import queries_made
from tests.world import PASSWORD

USERS, TOKENS = "/admin/accounts/user/", "/admin/accounts/token/"


@pytest.fixture
def manager(world: Any) -> User:
    """Manager and clerk of Zhijin County."""
    user = User.objects.create_user("manager", password=PASSWORD, is_staff=True)
    for role in (Role.ADMIN, Role.CLERK):
        Jurisdiction.objects.create(user=user, role=role, area=world["Zhijin County"])
    world.users["manager"] = user
    return user


@pytest.fixture
def root(world: Any) -> User:
    world.users["root"] = User.objects.create_superuser("root")
    return world.users["root"]


def jurisdictions(*rows: tuple[Any, ...], initial: int = 0) -> dict[str, Any]:
    """The inline's part of a form: (role, area) or (role, area, id) or (role, area, id, "delete") each."""
    data: dict[str, Any] = {
        "jurisdictions-TOTAL_FORMS": len(rows),
        "jurisdictions-INITIAL_FORMS": initial,
        "jurisdictions-MIN_NUM_FORMS": 1,
        "jurisdictions-MAX_NUM_FORMS": 1000,
    }
    for number, (role, area, *more) in enumerate(rows):
        data[f"jurisdictions-{number}-role"] = role
        data[f"jurisdictions-{number}-area"] = area.pk
        if more:
            data[f"jurisdictions-{number}-id"] = more[0].pk
        if len(more) > 1:
            data[f"jurisdictions-{number}-DELETE"] = "on"
    return data


def new_user(*rows: tuple[Any, ...], **more: Any) -> dict[str, Any]:
    return {
        "username": "newcomer",
        "password1": "a-fresh-long-password",
        "password2": "a-fresh-long-password",
        "usable_password": "true",
        **jurisdictions(*rows),
        **more,
    }


def old_user(user: User, *rows: tuple[Any, ...], **more: Any) -> dict[str, Any]:
    own = Jurisdiction.objects.filter(user=user).count()
    return {"username": user.username, "is_active": "on", **jurisdictions(*rows, initial=own), **more}


def test_a_manager_makes_a_clerk_in_their_area(world: Any, manager: User, as_user: Any) -> None:
    answer = as_user("manager").post(f"{USERS}add/", new_user((Role.CLERK, world["Chengguan"])))
    assert answer.status_code == 302, answer.context["errors"]
    [held] = Jurisdiction.objects.filter(user__username="newcomer")
    assert (held.role, held.area) == (Role.CLERK, world["Chengguan"])


@pytest.mark.parametrize(
    ("role", "place"),
    [(Role.CLERK, "Nayong County"), (Role.CLERK, "Bijie"), (Role.REVIEWER, "Chengguan"), (Role.REGISTRY, "China")],
)
def test_a_manager_gives_nothing_that_they_do_not_hold(
    role: Role, place: str, world: Any, manager: User, as_user: Any
) -> None:
    answer = as_user("manager").post(f"{USERS}add/", new_user((role, world[place])))
    assert answer.status_code == 200
    assert not User.objects.filter(username="newcomer").exists()


def test_a_manager_makes_nobody_without_a_jurisdiction_nor_a_superuser(world: Any, manager: User, as_user: Any) -> None:
    client = as_user("manager")
    assert client.post(f"{USERS}add/", new_user()).status_code == 200
    client.post(f"{USERS}add/", new_user((Role.CLERK, world["Huawu"]), is_superuser="on"))
    assert not User.objects.get(username="newcomer").is_superuser
    client.post(f"{USERS}{manager.pk}/change/", {"username": "manager", "is_superuser": "on"})
    manager.refresh_from_db()
    assert not manager.is_superuser


def test_a_manager_changes_a_clerk_of_theirs(world: Any, manager: User, as_user: Any) -> None:
    held = world.clerk.jurisdictions.get()
    row = (Role.CLERK, world["Chengguan"], held)
    answer = as_user("manager").post(f"{USERS}{world.clerk.pk}/change/", old_user(world.clerk, row, first_name="Li"))
    assert answer.status_code == 302
    held.refresh_from_db()
    world.clerk.refresh_from_db()
    assert (held.area, world.clerk.first_name) == (world["Chengguan"], "Li")


def test_a_manager_can_not_raise_a_jurisdiction_nor_take_the_last(world: Any, manager: User, as_user: Any) -> None:
    held, client = world.clerk.jurisdictions.get(), as_user("manager")
    for row in (
        (Role.REVIEWER, world["Zhijin County"], held),
        (Role.CLERK, world["Bijie"], held),
        (Role.CLERK, world["Zhijin County"], held, "delete"),
    ):
        assert client.post(f"{USERS}{world.clerk.pk}/change/", old_user(world.clerk, row)).status_code == 200
    held.refresh_from_db()
    assert (held.role, held.area) == (Role.CLERK, world["Zhijin County"])


def test_a_manager_only_looks_at_who_holds_more_than_they(world: Any, manager: User, as_user: Any) -> None:
    client = as_user("manager")
    url = f"{USERS}{world.finance.pk}/change/"
    assert client.get(url).status_code == 200
    assert client.post(url, {"username": "taken", "is_active": ""}).status_code == 403
    assert client.get(f"{USERS}{world.finance.pk}/password/").status_code == 403
    world.finance.refresh_from_db()
    assert (world.finance.username, world.finance.is_active) == ("finance", True)


def test_a_manager_can_not_take_over_an_account_that_holds_something_elsewhere(
    world: Any, manager: User, as_user: Any
) -> None:
    Jurisdiction.objects.create(user=world.clerk, role=Role.CLERK, area=world["Nayong County"])
    client = as_user("manager")
    page = client.get(f"{USERS}{world.clerk.pk}/change/").content.decode()
    assert "Zhijin" in page
    assert "Nayong" not in page
    new = {"password1": "taken-over-password", "password2": "taken-over-password"}
    assert client.post(f"{USERS}{world.clerk.pk}/password/", new).status_code == 403
    world.clerk.refresh_from_db()
    assert world.clerk.check_password(PASSWORD)


def test_a_manager_sets_a_forgotten_password(world: Any, manager: User, as_user: Any) -> None:
    new = {"password1": "a-fresh-long-password", "password2": "a-fresh-long-password", "usable_password": "true"}
    assert as_user("manager").post(f"{USERS}{world.clerk.pk}/password/", new).status_code == 302
    world.clerk.refresh_from_db()
    assert world.clerk.check_password("a-fresh-long-password")


def test_the_area_box_offers_the_managers_areas_and_no_other(world: Any, manager: User, as_user: Any) -> None:
    client = as_user("manager")

    def offered(term: str) -> list[str]:
        query = {"term": term, "app_label": "accounts", "model_name": "jurisdiction", "field_name": "area"}
        answer = client.get("/admin/autocomplete/", query)
        assert answer.status_code == 200
        return [row["text"] for row in answer.json()["results"]]

    assert offered("52052410020") == ["Huawu 化屋村", "Gaoshan 高山村", "Dazhai 大寨村"]
    assert offered("白岩") == []
    assert offered("520525") == []


def test_a_manager_sees_the_tokens_of_their_people_and_revokes_those_of_whom_they_manage(
    world: Any, manager: User, as_user: Any
) -> None:
    mine, seen, elsewhere = (
        make_token(by=world.users[u], name="a script", days=1, writes=True)[:15]
        for u in ("clerk", "finance", "other_clerk")
    )
    client, key = as_user("manager"), {token.token_key: token.pk for token in Token.objects.all()}
    page = client.get(TOKENS).content.decode()
    assert mine in page
    assert seen in page
    assert elsewhere not in page
    for token, status in ((mine, 302), (seen, 403), (elsewhere, 404)):
        assert client.post(f"{TOKENS}{key[token]}/delete/", {"post": "yes"}).status_code == status
    many = {"action": "delete_selected", "_selected_action": list(key.values()), "post": "yes"}
    assert client.post(TOKENS, many).status_code == 403
    assert set(Token.objects.values_list("token_key", flat=True)) == {seen, elsewhere}


def test_a_managers_page_of_a_token_tells_no_hash_beside_its_address(world: Any, manager: User, as_user: Any) -> None:
    make_token(by=world.clerk, name="a script", days=1, writes=True)
    key, client = Token.objects.get().pk, as_user("manager")
    page = client.get(f"{TOKENS}{key}/change/")
    assert page.status_code == 200
    assert key not in re.sub(r'(href|action)="[^"]*"', "", page.content.decode())
    assert client.get(f"{TOKENS}add/").status_code == 403
    assert client.post(f"{TOKENS}{key}/change/", {"token_key": "x"}).status_code == 403


def test_lists_show_who_is_in_reach(world: Any, manager: User, as_user: Any) -> None:
    page = as_user("manager").get(USERS).content.decode()
    assert "finance" in page
    assert "other_clerk" not in page


def test_a_superuser_may_all(world: Any, root: User, as_user: Any) -> None:
    client = as_user("root")
    for page in (USERS, f"{USERS}{world.admin.pk}/change/", "/admin/django_celery_beat/periodictask/"):
        assert client.get(page).status_code == 200
    answer = client.post(f"{USERS}add/", new_user((Role.REGISTRY, world["China"])))
    assert answer.status_code == 302
    assert client.post(f"{USERS}{world.clerk.pk}/delete/", {"post": "yes"}).status_code == 403


def test_notices_are_the_nations(world: Any, manager: User, as_user: Any) -> None:
    notice = Notice.objects.create(text="Maintenance tonight")
    url, form = f"/admin/accounts/notice/{notice.pk}/change/", {"kind": "other", "text": "Now"}
    assert as_user("manager").post(url, form).status_code == 403
    assert as_user("admin").post(url, form).status_code == 302
    notice.refresh_from_db()
    assert notice.text == "Now"


def test_no_staff_flag_opens_anything_without_an_ability(world: Any, as_user: Any) -> None:
    User.objects.filter(pk=world.clerk.pk).update(is_staff=True)
    client = as_user("clerk")
    assert client.get("/admin/").status_code == 200
    for page in (USERS, "/admin/villages/area/", "/admin/programmes/dewrecord/", "/admin/programmes/round/"):
        assert client.get(page).status_code == 403


def test_the_list_of_users_costs_no_query_a_user(world: Any, as_user: Any) -> None:
    client, costs = as_user("admin"), []
    for extra in (0, 20):
        for number in range(extra):
            user = User.objects.create_user(f"more{number}")
            Jurisdiction.objects.create(user=user, role=Role.CLERK, area=world["Huawu"])
        with queries_made() as queries:
            client.get(USERS)
        costs.append(len(queries))
    assert costs[0] == costs[1]
