"""What a manager may give, and whom they may change."""

from __future__ import annotations

from typing import Any

import pytest

from povtrack.accounts.grants import held_by, manages_everything, may_grant, may_manage, users_seen_by
from povtrack.accounts.models import Jurisdiction, User
from povtrack.accounts.roles import Role
from villages.models import Area


@pytest.fixture
def manager(world: Any) -> User:
    """Manager and clerk of Zhijin County."""
    user = User.objects.create_user("manager", is_staff=True)
    for role in (Role.ADMIN, Role.CLERK):
        Jurisdiction.objects.create(user=user, role=role, area=world["Zhijin County"])
    world.users["manager"] = user
    return user


@pytest.mark.parametrize(
    ("role", "place", "allowed"),
    [
        (Role.CLERK, "Zhijin County", True),
        (Role.CLERK, "Huawu", True),
        (Role.ADMIN, "Chengguan", True),
        (Role.ANALYST, "Huawu", True),
        (Role.REVIEWER, "Huawu", False),  # holds no approving
        (Role.FINANCE, "Huawu", False),
        (Role.REGISTRY, "Huawu", False),
        (Role.CLERK, "Nayong County", False),
        (Role.CLERK, "Bijie", False),
        (Role.ANALYST, "China", False),
    ],
)
def test_a_manager_gives_what_they_hold_where_they_manage(
    role: Role, place: str, allowed: bool, world: Any, manager: User
) -> None:
    assert may_grant(held_by(manager), role, world[place].path) is allowed


def test_a_role_elsewhere_does_not_help(world: Any, manager: User) -> None:
    Jurisdiction.objects.create(user=manager, role=Role.REVIEWER, area=world["Nayong County"])
    assert not may_grant(held_by(manager), Role.REVIEWER, world["Huawu"].path)
    assert not may_grant(held_by(manager), Role.REVIEWER, world["Baiyan"].path)


def test_a_manager_changes_only_whom_they_could_have_made(world: Any, manager: User) -> None:
    assert may_manage(manager, world.clerk)
    assert may_manage(manager, world.township_clerk)
    assert not may_manage(manager, world.finance)
    assert not may_manage(manager, world.other_clerk)
    assert not may_manage(manager, world.admin)
    assert not may_manage(manager, User.objects.create_user("nobody"))
    root = User.objects.create_superuser("root")
    Jurisdiction.objects.create(user=root, role=Role.CLERK, area=world["Huawu"])
    assert not may_manage(manager, root)
    assert may_manage(root, world.admin)


def test_a_manager_sees_who_holds_something_in_their_area(world: Any, manager: User) -> None:
    assert set(users_seen_by(manager)) == {manager, world.clerk, world.township_clerk, world.finance}
    assert set(users_seen_by(world.clerk)) == set()


def test_an_area_that_is_placed_nowhere_gives_nothing(world: Any, manager: User) -> None:
    Area.objects.filter(pk=world["Zhijin County"].pk).update(path="")
    assert not may_grant(held_by(manager), Role.CLERK, world["Huawu"].path)
    assert not may_grant(held_by(manager), Role.CLERK, "")
    assert not may_manage(manager, world.other_clerk)
    assert not users_seen_by(manager).exists()


def test_only_who_manages_the_nation_manages_everything(world: Any, manager: User) -> None:
    assert manages_everything(world.admin)
    assert not manages_everything(manager)
    assert not manages_everything(world.registry)
