"""What a place was made of and what became of it, and the picture of it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from tests.queries import queries_made
from tests.villages.reforms import applied
from villages import descent
from villages.actions.changes import revert_change
from villages.changes import drafts
from villages.changes.parts import Part
from villages.descent import descent_of, picture_of
from villages.levels import Level
from villages.models import Area


def told(found: Any) -> list[tuple[int, str, str]]:
    return [(step.change.effective.year, step.old.name, step.new.name) for step in found]


@pytest.fixture
def reformed(world: Any) -> Any:
    """2003: Zhijin gives Zhuchang to a new county. 2006: it and Nayong become Zhina. 2010: Zhina goes into Zhijin."""
    new = Part(level=Level.COUNTY, code="520590", name="珠藏县", name_latin="Zhuchang County", parent=world["5205"])
    split = drafts.split(world["520524"], into={new: [world["Zhuchang"]]}, goes_on=Part(world["520524"]))
    applied(world, "split", dt.date(2003, 1, 1), split)
    day = dt.date(2006, 1, 1)
    zhina = Part(level=Level.COUNTY, code="520599", name="织纳县", name_latin="Zhina County", parent=world["5205"])
    parts = [Area.objects.get(code="520590"), world["520525"]]
    applied(world, "merge", day, drafts.merge(parts, into=zhina, day=day))
    day = dt.date(2010, 1, 1)
    area = Area.objects.get(code="520599")
    world.last = applied(world, "abolish", day, drafts.abolish(area, heir=world["520524"], day=day))
    return world


def test_steps_lead_both_ways_and_on(reformed: Any) -> None:
    zhina = descent_of(Area.objects.get(code="520599"))
    assert told(zhina.before) == [(2006, "珠藏县", "织纳县"), (2006, "纳雍县", "织纳县"), (2003, "织金县", "珠藏县")]
    assert told(zhina.after) == [(2010, "织纳县", "织金县")]
    assert [area.name for area in zhina.successors] == ["织金县"]


def test_what_came_later_to_a_predecessor_is_not_part_of_it(reformed: Any) -> None:
    nayong = descent_of(reformed["520525"])
    assert nayong.before == []
    assert told(nayong.after) == [(2006, "纳雍县", "织纳县"), (2010, "织纳县", "织金县")]


def test_a_place_that_lost_a_part_went_on_and_does_not_follow_itself(reformed: Any) -> None:
    zhijin = descent_of(reformed["520524"])
    assert all(step.old_id != step.new_id for step in zhijin.steps)
    assert [area.name for area in zhijin.successors] == ["珠藏县"]
    assert zhijin.after[0].percent == "25"


def test_a_reverted_change_leaves_no_trace(reformed: Any) -> None:
    revert_change(change=reformed.last, by=reformed.registry)
    assert told(descent_of(Area.objects.get(code="520599")).after) == []


def test_a_place_to_which_nothing_happened_has_no_picture(world: Any) -> None:
    nothing = descent_of(world["Huawu"])
    assert not nothing
    assert picture_of(nothing) is None


def test_the_picture_shows_before_on_the_left_and_after_on_the_right(reformed: Any) -> None:
    picture = picture_of(descent_of(Area.objects.get(code="520599")))
    assert picture is not None
    at = {box.words[0][0]: int(box.x) for box in picture.boxes if not box.here}
    [here] = [box for box in picture.boxes if box.here]
    assert here.words[0][0] == "Zhina County"
    assert here.words[2][0] == "2006–2010"
    assert at["Nayong County"] == at["Zhuchang County"] < int(here.x)
    assert len(picture.lines) == 4
    assert not picture.cut
    # Zhijin stands on either side: it gave, and it took.
    assert [box.words[0][0] for box in picture.boxes].count("Zhijin County") == 2


def test_a_picture_of_very_many_places_shows_the_nearest(reformed: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(descent, "BOXES", 3)
    picture = picture_of(descent_of(Area.objects.get(code="520599")))
    assert picture is not None
    assert len(picture.boxes) == 3
    assert picture.cut


def test_a_list_of_very_many_steps_says_that_it_is_cut(reformed: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(descent, "MOST", 1)
    found = descent_of(Area.objects.get(code="520599"))
    assert found.cut
    assert len(found.before) == 1


def test_long_names_are_cut_to_the_box(reformed: Any) -> None:
    Area.objects.filter(code="520599").update(name_latin="A county with a name that is longer than any box")
    picture = picture_of(descent_of(Area.objects.get(code="520599")))
    assert picture is not None
    [here] = [box for box in picture.boxes if box.here]
    assert here.words[0][0].endswith("…")
    assert len(here.words[0][0]) <= 26


def test_it_costs_three_queries_however_far_it_leads(reformed: Any) -> None:
    for area, most in ((Area.objects.get(code="520599"), 3), (reformed["Huawu"], 1)):
        with queries_made() as queries:
            picture_of(descent_of(area))
        assert len(queries) == most
