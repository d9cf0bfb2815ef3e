"""Random sequences of boundary changes on a small world: what must hold after each, and after taking each back.

Changes are drawn at random, in any order of days; the registry refuses those that make no sense, and then nothing may
have changed. Records are of all kinds (submitted, approved, draft, nil, blank), some of villages that end before the
year is over.
"""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from povtrack.lib.years import year_end
from povtrack.rollups.recompute import drain, rebuild
from programmes.actions import load_records
from programmes.catalogue.dew import DewRecord
from programmes.models import Round
from tests.rollups.test_recompute import assert_equals_twin
from villages import derive
from villages.actions import ChangeRefused, apply_change, draft_change, revert_change
from villages.changes import drafts
from villages.changes.parts import Follow, Part
from villages.levels import Level
from villages.models import Area, AreaVersion, BoundaryChange, CurrentPlacement, Placement

YEARS = range(2005, 2013)
NEW = iter(range(10**6, 10**7))  # codes that nobody carries


def draw_change(draw: random.Random, day: dt.date) -> tuple[str, drafts.Draft] | None:
    """One random change of places that stand on `day`, or None where there are not enough of them."""
    level = draw.choice([Level.COUNTY, Level.TOWNSHIP, Level.VILLAGE])
    standing = list(Area.objects.filter(level=level, versions__valid__contains=day).order_by("pk"))
    above = list(Area.objects.filter(level=level - 1, versions__valid__contains=day).order_by("pk"))
    if not standing or not above:
        return None
    place, other, parent = draw.choice(standing), draw.choice(standing), draw.choice(above)
    fresh = Part(code=str(next(NEW)), name="新地", level=level, parent=parent)
    kind = draw.choice(
        ["rename", "recode", "transfer", "merge", "merge_new", "split", "split_end", "create", "abolish"]
    )
    match kind:
        case "rename":
            return kind, drafts.rename(place, name="改名")
        case "recode":
            codes = {a: a.versions.get(valid__contains=day).code for a in (place, other)}
            return kind, drafts.recode(
                {place: codes[other], other: codes[place]} if place != other else {place: fresh.code}
            )
        case "transfer":
            return kind, drafts.transfer([place], to=parent)
        case "merge":
            return "merge", drafts.merge([a for a in {place, other} if a != other], into=Part(other), day=day)
        case "merge_new":
            return "merge", drafts.merge({place, other}, into=fresh, day=day)
        case "create":
            return kind, drafts.create(fresh)
        case "abolish":
            return kind, drafts.abolish(place, heir=draw.choice([None, other if other != place else None]), day=day)
    return "split", draw_split(draw, place, fresh, day, ends=kind == "split_end")


def draw_split(draw: random.Random, place: Area, fresh: Part, day: dt.date, *, ends: bool) -> drafts.Draft:
    """Divide a place: its children go here or there; what has none is divided by a share."""
    children = drafts.children_on([place], day)
    rest = Part(code=str(next(NEW)), name="余地", level=fresh.level, parent=fresh.parent) if ends else Part(place)
    into: dict[Part, list[Area]] = {fresh: draw.sample(children, draw.randint(0, len(children)))}
    if not ends:
        return drafts.split(place, into=into, goes_on=rest)
    into[rest] = [child for child in children if child not in into[fresh]]
    made = drafts.split(place, into=into)
    if not children:
        share = draw.randint(1, 99)
        made.follows[:] = [
            Follow(f.old, f.new, f"0.{share if f.new is fresh else 100 - share:02}", 1) for f in made.follows
        ]
    return made


def snapshot() -> dict[str, Any]:
    """All that the registry and the roll-ups say; derived rows without their keys and times."""
    skip = {"id", "computed_at"}
    rollup = DewRecord.rollup
    return {
        "areas": list(Area.objects.order_by("pk").values()),
        "versions": list(AreaVersion.objects.order_by("pk").values()),
        "placements": sorted(map(str, Placement.objects.values_list("area", "valid", "parent", "county", "township"))),
        "current": sorted(
            map(str, CurrentPlacement.objects.values_list("area", "valid", "stood", "county", "low", "high"))
        ),
        "records": list(DewRecord.objects.order_by("pk").values()),
        "totals": sorted(str([(k, v) for k, v in row.items() if k not in skip]) for row in rollup.objects.values()),
    }


def recorded_before(year: int) -> list[dict[str, Any]]:
    rows = DewRecord.rollup.objects.filter(basis="recorded", year__lt=year).order_by("area", "year")
    return [{k: v for k, v in row.items() if k not in ("id", "computed_at")} for row in rows.values()]


def nation(basis: str) -> dict[int, dict[str, Any]]:
    rows = DewRecord.rollup.objects.filter(basis=basis, level=Level.NATION).values()
    return {row["year"]: {k: v for k, v in row.items() if k not in ("id", "computed_at", "basis")} for row in rows}


def check_world() -> None:
    """What must hold at every instant."""
    assert derive.problems() == []  # what was derived step by step is what a rebuild derives
    for year in YEARS:
        villages = Area.objects.filter(level=Level.VILLAGE, versions__valid__contains=year_end(year))
        placed = Placement.objects.filter(level=Level.VILLAGE, valid__contains=year_end(year))
        assert sorted(placed.values_list("area", flat=True)) == sorted(villages.values_list("pk", flat=True))
        assert not placed.filter(county=None).exists()
    assert nation("recorded") == nation("current")


def figures(draw: random.Random) -> list[Any]:
    """Random figures in the order of the measures: blank, zero and numbers."""
    trained = draw.choice([None, 0, draw.randint(50, 99)])
    placed = draw.choice([None, 7]) if trained else trained
    pay = [draw.choice([None, 400, 650]) for _ in range(2)]
    return [trained, None, None, None, placed, *pay, None, None, draw.choice([None, "10.37"])]


@pytest.fixture
def reported(transactional_db, world):
    """The world with records of eight years, of all kinds; committed, so that each sequence is a transaction."""
    connection.close()  # in a session of its own, in which no earlier test has left a setting
    for year in YEARS:
        if year not in (2008, 2009, 2010):
            Round.objects.create(
                programme="dew", year=year, opens=dt.date(year, 1, 1), due=dt.date(year, 12, 1), closes=year_end(year)
            )
    draw = random.Random(4)
    rows = []
    for area in Area.objects.filter(level=Level.VILLAGE).order_by("pk"):
        for year in YEARS:
            state = draw.choice(["draft", "submitted", "approved", None])
            nil = draw.random() < 0.15
            if state:
                rows.append([area.pk, year, state, nil, *([None] * 10 if nil else figures(draw))])
    load_records(DewRecord, rows=rows, by=world.admin)
    rebuild()
    return world


@pytest.mark.thorough
@pytest.mark.django_db(transaction=True)
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(seed=st.integers(0, 10**6))
def test_any_sequence_of_changes_keeps_every_promise(reported, seed):
    draw = random.Random(seed)
    with transaction.atomic():
        done: list[tuple[BoundaryChange, dict[str, Any]]] = []
        for _step in range(7):
            try_one(draw, done)
        for year in draw.sample(YEARS, 2):
            assert_equals_twin(year)
        for change, before in reversed(done):
            revert_change(change=change, by=None)
            drain()
            assert snapshot() == before
        transaction.set_rollback(True)


def try_one(draw: random.Random, done: list[tuple[BoundaryChange, dict[str, Any]]]) -> None:
    """Apply one random change and check all promises; one that is refused must leave everything as it was."""
    day = dt.date(draw.choice(YEARS), draw.randint(1, 12), draw.randint(1, 28))
    drawn = draw_change(draw, day)
    if drawn is None:
        return
    kind, made = drawn
    before, earlier = snapshot(), recorded_before(day.year)
    try:
        with transaction.atomic():
            change = draft_change(kind=kind, effective=day, parts=made.parts, follows=made.follows, by=None)
            apply_change(change=change, by=None)
    except ChangeRefused:
        assert snapshot() == before
        return
    drain()
    done.append((change, before))
    assert recorded_before(day.year) == earlier
    check_world()
