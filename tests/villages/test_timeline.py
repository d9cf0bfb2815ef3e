"""The life of a place: its forms, the acts behind them, and the changes it took part in."""

from __future__ import annotations

import datetime as dt
from typing import Any

from tests.queries import queries_made
from tests.villages.reforms import applied, as_it_is
from tests.villages.test_search import reform
from villages.actions.changes import revert_change
from villages.changes import drafts
from villages.changes.parts import Part
from villages.levels import Level
from villages.models import Area
from villages.timeline import changes_of, forms_of

DAY = dt.date(2009, 7, 1)


def test_each_form_says_what_differs_from_the_one_before(world: Any) -> None:
    applied(world, "rename", dt.date(2005, 1, 1), drafts.rename(world["Zhuchang"], name="珠藏街道", code="520524009"))
    applied(world, "transfer", DAY, drafts.transfer([world["Zhuchang"]], to=world["520525"]))
    forms = forms_of(world["Zhuchang"])
    assert [(form.since.isoformat(), form.until and form.until.isoformat()) for form in forms] == [
        ("2009-07-01", None),
        ("2005-01-01", "2009-07-01"),
        ("2001-01-01", "2005-01-01"),
    ]
    assert [form.differs for form in forms] == [("parent",), ("code", "name"), ()]
    assert [[act.kind for act in form.acts] for form in forms] == [["transfer"], ["rename"], []]


def test_the_parent_is_called_what_it_was_called_then(world: Any) -> None:
    reform(world["520524"], dt.date(2005, 1, 1), name="织金市", name_latin="Zhijin City")
    reform(world["Zhuchang"], DAY, name="珠藏街道", name_latin="Zhuchang Street")
    assert [form.parent_name for form in forms_of(world["Zhuchang"])] == ["Zhijin City 织金市", "Zhijin County 织金县"]


def test_a_day_that_no_source_gives_is_not_made_up(world: Any) -> None:
    applied(world, "rename", dt.date(2008, 12, 31), drafts.rename(world["Zhuchang"], name="珠藏街道"), day_known=False)
    new, old = forms_of(world["Zhuchang"])
    assert new.since_words == old.until_words == "2008 (day not given)"
    assert old.since_words == "2001-01-01"


def test_the_last_form_of_an_ended_place_says_by_what_it_ended(world: Any) -> None:
    change = applied(world, "abolish", DAY, drafts.abolish(world["Zhuchang"], heir=world["Chengguan"], day=DAY))
    [form] = forms_of(world["Zhuchang"])
    assert (form.until, form.ended_by) == (DAY, [change])
    assert forms_of(world["Chengguan"])[0].ended_by == []


def test_a_change_that_was_reverted_is_no_part_of_the_life(world: Any) -> None:
    change = applied(world, "rename", DAY, drafts.rename(world["Zhuchang"], name="珠藏街道"))
    revert_change(change=change, by=world.registry)
    [form] = forms_of(world["Zhuchang"])
    assert form.acts == []
    assert changes_of(world["Zhuchang"], drafts=True) == []


def test_a_place_took_part_by_itself_by_succession_and_by_what_it_got_or_lost(world: Any) -> None:
    moved = applied(world, "transfer", dt.date(2005, 1, 1), drafts.transfer([world["Zhuchang"]], to=world["520525"]))
    into = Part(level=Level.COUNTY, code="520599", name="织纳县", name_latin="Zhina County", parent=world["5205"])
    merge = applied(world, "merge", DAY, drafts.merge([world["520524"], world["520525"]], into=into, day=DAY))
    for place in ("520524", "520525"):
        assert [taken.change for taken in changes_of(world[place])] == [merge, moved]
    assert [taken.change for taken in changes_of(Area.objects.get(code="520599"))] == [merge]
    first, second = changes_of(world["520524"])
    assert [str(step.new) for step in first.follows] == ["Zhina County 织纳县", "Zhina County 织纳县"]
    assert [str(row.area) for row in second.moves] == ["Zhuchang 珠藏镇"]


def test_drafts_are_shown_to_whom_they_concern_only(world: Any) -> None:
    draft = as_it_is(world, "rename", DAY, drafts.rename(world["Zhuchang"], name="珠藏街道"))
    assert changes_of(world["Zhuchang"]) == []
    assert [taken.change for taken in changes_of(world["Zhuchang"], drafts=True)] == [draft]


def test_a_long_life_costs_as_many_queries_as_a_short_one(world: Any) -> None:
    def cost(place: Any) -> int:
        with queries_made() as queries:
            forms_of(place)
            changes_of(place)
        return len(queries)

    for year in range(2002, 2010):
        applied(world, "rename", dt.date(year, 5, 1), drafts.rename(world["Zhuchang"], name=f"珠藏{year}"))
    assert cost(world["Zhuchang"]) == 6
    assert cost(world["Huawu"]) <= 6
