"""Before a boundary change is applied its preview tells which money moves, and what will then rest where."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from tests.funding.money import given, passed
from villages.actions import draft_change, preview_change
from villages.changes import drafts

pytestmark = pytest.mark.django_db


def test_the_preview_of_a_transfer_tells_the_money_that_moves_and_what_rests_before_and_after(
    world: Any, client: Any
) -> None:
    county = given(world, "520524", 1000)
    passed(world, county, "dew", **{"520524101": 300})
    made = drafts.transfer([world["520524101"]], to=world["520525"])
    change = draft_change(kind="transfer", effective=dt.date(2010, 7, 1), parts=made.parts, by=world.registry)
    told = preview_change(change=change, by=world.registry)
    moving = {(str(e.what), e.year): e.after for e in told.effects if str(e.what).startswith("Funds, ")}
    [((what, year), amount)] = moving.items()
    assert ("Dew Program" in what, year, amount) == (True, county.year, Decimal("300.00"))
    resting = {
        (e.where, e.basis): (e.before, e.after) for e in told.effects if str(e.what) == "Funds: yuan resting there"
    }
    zhijin, nayong = str(world["520524"]), str(world["520525"])
    for basis in {basis for _where, basis in resting}:
        assert resting[zhijin, basis] == (Decimal(1000), Decimal(700))
        assert resting[nayong, basis] == (Decimal(0), Decimal(300))
    client.force_login(world.registry, backend="allauth.account.auth_backends.AuthenticationBackend")
    page = client.get(f"/registry/changes/{change.pk}/preview/").content.decode()
    assert what in page
    assert "Funds: yuan resting there" in page
