"""Whose role reaches more or less after a change: told before it is applied, also where nobody's place ends."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from povtrack.accounts.models import Jurisdiction
from villages.actions import apply_change, draft_change, preview_change
from villages.actions.seen import NotAsSeen, apply_seen, preview_revert, seen
from villages.changes import drafts
from villages.changes.parts import Part
from villages.changes.people import Reach
from villages.levels import Level
from villages.models import BoundaryChange

pytestmark = pytest.mark.django_db
DAY = dt.date(2010, 7, 1)
TOWNSHIP, VILLAGE = Level.TOWNSHIP, Level.VILLAGE


def draft(world: Any, kind: str, made: drafts.Draft) -> BoundaryChange:
    return draft_change(kind=kind, effective=DAY, parts=made.parts, follows=made.follows, by=world.users["registry"])


def reach(world: Any, change: BoundaryChange) -> dict[str, tuple[bool, bool, dict[int, int], dict[int, int]]]:
    return told(preview_change(change=change, by=world.users["registry"]).reach)


def told(roles: list[Reach]) -> dict[str, tuple[bool, bool, dict[int, int], dict[int, int]]]:
    return {r.jurisdiction.user.username: (r.takes, r.gives, r.gains, r.losses) for r in roles}


def test_people_of_a_county_that_goes_on_in_a_merge_are_told_what_they_gain(world):
    change = draft(world, "merge", drafts.merge([world["520525"]], into=Part(world["520524"]), day=DAY))
    # Nayong has one township of two villages; who holds Bijie or more sees nothing new.
    gained = (True, False, {TOWNSHIP: 1, VILLAGE: 2}, {})
    assert reach(world, change) == {"clerk": gained, "finance": gained}


def test_a_transfer_gives_to_one_county_and_takes_from_the_other(world):
    change = draft(world, "transfer", drafts.transfer([world["520524101"]], to=world["520525"]))
    lost = (False, True, {}, {TOWNSHIP: 1, VILLAGE: 1})
    assert reach(world, change) == {
        "clerk": lost,
        "finance": lost,
        "other_clerk": (True, False, {TOWNSHIP: 1, VILLAGE: 1}, {}),
    }


def test_people_of_a_county_that_lost_a_part_are_told(world):
    new = Part(code="520531", name="珠藏县", level=Level.COUNTY, parent=world["5205"])
    made = drafts.split(world["520524"], into={new: [world["520524101"]]}, goes_on=Part(world["520524"]))
    lost = (False, True, {}, {TOWNSHIP: 1, VILLAGE: 1})
    assert reach(world, draft(world, "split", made)) == {"clerk": lost, "finance": lost}


def test_a_village_that_is_merged_across_a_township_boundary_is_a_gain_too(world):
    made = drafts.merge([world["Longtan"]], into=Part(world["Huawu"]), day=DAY)
    # The township gains what Longtan was, though no place comes to lie in it.
    assert reach(world, draft(world, "merge", made)) == {"township_clerk": (True, False, {}, {})}


def test_a_new_name_reaches_nobody(world):
    assert reach(world, draft(world, "rename", drafts.rename(world["520524"], name="织金市"))) == {}


def test_whoever_follows_their_place_gains_nothing(world):
    into = Part(code="520581", name="织金新县", level=Level.COUNTY, parent=world["5205"])
    change = draft(world, "merge", drafts.merge([world["520524"]], into=into, day=DAY))
    assert reach(world, change) == {}


def test_a_role_given_after_the_preview_makes_it_another_change(world):
    change = draft(world, "transfer", drafts.transfer([world["520524101"]], to=world["520525"]))
    text = seen(change, preview_change(change=change, by=world.users["registry"]))
    Jurisdiction.objects.create(user=world.analyst, role="analyst", area=world["520525"])
    with pytest.raises(NotAsSeen):
        apply_seen(change=change, seen=text, by=world.users["registry"])


def test_a_revert_tells_the_same_the_other_way_round(world):
    change = draft(world, "transfer", drafts.transfer([world["520524101"]], to=world["520525"]))
    apply_change(change=change, by=world.users["registry"])
    back = told(preview_revert(change=change, by=world.users["registry"]).reach)
    assert back["other_clerk"] == (False, True, {}, {TOWNSHIP: 1, VILLAGE: 1})
    assert back["clerk"] == (True, False, {TOWNSHIP: 1, VILLAGE: 1}, {})
