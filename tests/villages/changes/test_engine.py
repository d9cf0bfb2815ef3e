"""Each kind of change, applied and reverted, on the small world: forms, placements, successions, and who is refused."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection

from povtrack.accounts.models import Jurisdiction
from villages import derive
from villages.actions import ChangeRefused, apply_change, apply_changes, draft_change, revert_change
from villages.changes import drafts
from villages.changes.parts import Follow, Part
from villages.levels import Level
from villages.models import Area, AreaVersion, BoundaryChange, CurrentPlacement, OpenQuestion, Placement, Succession

DAY = dt.date(2010, 7, 1)
BEFORE, AFTER = dt.date(2010, 6, 30), dt.date(2010, 12, 31)


def draft(world: Any, kind: str, made: drafts.Draft, day: dt.date = DAY, **document: Any) -> BoundaryChange:
    return draft_change(
        kind=kind, effective=day, parts=made.parts, follows=made.follows, by=world.users["registry"], **document
    )


def applied(world: Any, kind: str, made: drafts.Draft, day: dt.date = DAY) -> BoundaryChange:
    return apply_change(change=draft(world, kind, made, day), by=world.users["registry"])


def form(area: Area, day: dt.date) -> tuple[str, str, str | None] | None:
    version = AreaVersion.objects.filter(area=area, valid__contains=day).select_related("parent").first()
    return version and (version.code, version.name, version.parent and version.parent.name)


def county_of(area: Area, day: dt.date) -> str:
    return Placement.objects.get(area=area, valid__contains=day).county.name


def snapshot() -> dict[str, list[Any]]:
    """All that the registry says, byte for byte; derived rows without their keys."""
    return {
        "areas": list(Area.objects.order_by("pk").values()),
        "versions": list(AreaVersion.objects.order_by("pk").values()),
        "placements": sorted(
            Placement.objects.values_list("area", "valid", "province", "prefecture", "county", "township"), key=str
        ),
        "current": sorted(
            CurrentPlacement.objects.values_list("area", "valid", "stood", "county", "township", "low", "high"), key=str
        ),
        "jurisdictions": list(Jurisdiction.objects.order_by("pk").values()),
    }


def zhina(world: Any) -> drafts.Draft:
    """Zhijin and Nayong become one new county."""
    into = Part(code="520530", name="织纳县", name_latin="Zhina", level=Level.COUNTY, parent=world["5205"])
    return drafts.merge([world["520524"], world["520525"]], into=into, day=DAY)


@pytest.fixture
def sound(world):
    """The world, which must be sound at the end of each test too."""
    yield world
    assert derive.problems() == []


@pytest.mark.django_db
def test_a_rename_gives_the_place_a_new_form_from_that_day_on(sound):
    world = sound
    applied(world, "rename", drafts.rename(world["520524"], name="织金市", name_latin="Zhijin City", code="520581"))
    assert form(world["520524"], BEFORE) == ("520524", "织金县", "毕节市")
    assert form(world["520524"], DAY) == ("520581", "织金市", "毕节市")
    assert Area.objects.get(pk=world["520524"].pk).code == "520581"
    assert county_of(world["Huawu"], AFTER) == "织金市"
    assert not Succession.objects.exists()


@pytest.mark.django_db
def test_a_transfer_moves_all_that_lies_below(sound):
    world = sound
    applied(world, "transfer", drafts.transfer([world["520524101"]], to=world["520525"]))
    assert (county_of(world["Longtan"], BEFORE), county_of(world["Longtan"], AFTER)) == ("织金县", "纳雍县")
    assert Area.objects.get(pk=world["Longtan"].pk).path.startswith(Area.objects.get(pk=world["520525"].pk).path)


@pytest.mark.django_db
def test_a_merge_ends_the_old_places_and_keeps_who_followed_whom(sound):
    world = sound
    change = applied(world, "merge", zhina(world))
    new = Area.objects.get(code="520530")
    assert form(world["520524"], DAY) is None
    assert Area.objects.get(pk=world["520524"].pk).ended_on == DAY
    assert {county_of(world[name], AFTER) for name in ("Huawu", "Longtan", "Baiyan")} == {"织纳县"}
    assert county_of(world["Huawu"], BEFORE) == "织金县"
    follows = {f.old.code: (f.new, f.share, f.share_back, f.reason) for f in change.successions.select_related("old")}
    # Four of the six villages came from Zhijin.
    assert follows["520524"] == (new, 1, Decimal("0.6666666667"), "villages")
    assert follows["520525"] == (new, 1, Decimal("0.3333333333"), "villages")


@pytest.mark.django_db
def test_a_merge_into_one_that_goes_on_lets_it_keep_its_identity(sound):
    world = sound
    made = drafts.merge([world["520525"]], into=Part(world["520524"], name="织金市"), day=DAY)
    applied(world, "merge", made)
    assert form(world["520524"], DAY) == ("520524", "织金市", "毕节市")
    assert county_of(world["Baiyan"], AFTER) == "织金市"
    assert set(Succession.objects.values_list("old__code", "new__code")) == {("520524", "520524"), ("520525", "520524")}


@pytest.mark.django_db
def test_a_split_counts_the_villages_that_each_part_got(sound):
    world = sound
    new = Part(code="520531", name="珠藏县", level=Level.COUNTY, parent=world["5205"])
    made = drafts.split(world["520524"], into={new: [world["520524101"]]}, goes_on=Part(world["520524"]))
    applied(world, "split", made)
    assert (county_of(world["Longtan"], AFTER), county_of(world["Huawu"], AFTER)) == ("珠藏县", "织金县")
    shares = dict(Succession.objects.values_list("new__code", "share"))
    assert shares == {"520524": Decimal("0.75"), "520531": Decimal("0.25")}
    # Its own form did not change, so it got no new version.
    assert AreaVersion.objects.filter(area=world["520524"]).count() == 1


@pytest.mark.django_db
def test_figures_of_a_divided_village_belong_to_its_successors_by_share(sound):
    world = sound
    parts = [
        Part(code=f"52052410020{n}", name=f"新{n}村", level=Level.VILLAGE, parent=world[home])
        for n, home in ((8, "520524100"), (9, "520524101"))
    ]
    made = drafts.Draft(
        [Part(world["Huawu"], ends=True), *parts],
        [Follow(world["Huawu"], parts[0], Decimal("0.7")), Follow(world["Huawu"], parts[1], Decimal("0.3"))],
    )
    applied(world, "split", made)
    rows = CurrentPlacement.objects.filter(area=world["Huawu"], stood=True).order_by("low")
    assert [(row.township.code, row.low, row.high) for row in rows] == [
        ("520524100", 0, Decimal("0.7")),
        ("520524101", Decimal("0.7"), 1),
    ]


@pytest.mark.django_db
def test_two_places_may_swap_their_codes(sound):
    world = sound
    made = drafts.recode({world["520524"]: "520525", world["520525"]: "520524"})
    applied(world, "recode", made)
    assert form(world["520524"], DAY)[0] == "520525"
    assert form(world["520525"], DAY)[0] == "520524"


@pytest.mark.django_db
def test_changes_that_are_applied_together_may_hand_a_code_on(sound):
    world = sound
    gone = draft(world, "abolish", drafts.Draft([Part(world["Longtan"], ends=True)]))
    part = Part(code="520524101201", name="新龙潭村", level=Level.VILLAGE, parent=world["520524101"])
    come = draft(world, "create", drafts.create(part))
    apply_changes(changes=[come, gone], by=world.users["registry"])
    assert Area.objects.get(code="520524101201", ended_on=None).name == "新龙潭村"


@pytest.mark.django_db
def test_the_figures_of_a_place_without_successor_fall_to_what_it_was_part_of(sound):
    world = sound
    applied(world, "abolish", drafts.Draft([Part(world["Longtan"], ends=True)]))
    row = CurrentPlacement.objects.get(area=world["Longtan"], stood=True)
    assert (row.county, row.township) == (world["520524"], world["520524101"])


BUILDERS = {
    "rename": lambda w: drafts.rename(w["520524"], name="织金市", code="520581"),
    "transfer": lambda w: drafts.transfer([w["520524101"]], to=w["520525"]),
    "merge": zhina,
    "split": lambda w: drafts.split(
        w["520524"],
        into={Part(code="520531", name="珠藏县", level=Level.COUNTY, parent=w["5205"]): [w["520524101"]]},
        goes_on=Part(w["520524"], name="织金市"),
    ),
    "create": lambda w: drafts.create(
        Part(code="520524100209", name="新村", level=Level.VILLAGE, parent=w["520524100"])
    ),
    "abolish": lambda w: drafts.Draft([Part(w["Longtan"], ends=True)]),
    "recode": lambda w: drafts.recode({w["520524"]: "520525", w["520525"]: "520524"}),
}


@pytest.mark.django_db
@pytest.mark.parametrize("kind", BUILDERS)
def test_reverting_restores_everything_byte_for_byte(sound, kind):
    world = sound
    before = snapshot()
    change = applied(world, kind, BUILDERS[kind](world))
    assert snapshot() != before
    revert_change(change=change, by=world.users["registry"])
    assert snapshot() == before
    assert change.state == "reverted"
    assert not Succession.objects.exclude(effective=None).exists()


@pytest.mark.django_db
def test_a_change_on_the_first_day_of_a_form_replaces_it_and_gives_it_back(sound):
    world = sound
    first = applied(world, "rename", drafts.rename(world["520524"], name="织金市"))
    before = snapshot()
    second = applied(world, "rename", drafts.rename(world["520524"], name="织金区"))
    assert form(world["520524"], DAY)[1] == "织金区"
    revert_change(change=second, by=world.users["registry"])
    assert snapshot() == before
    revert_change(change=first, by=world.users["registry"])


def refused(callable_: Any) -> list[str]:
    with pytest.raises(ChangeRefused) as caught:
        callable_()
    return [str(problem) for problem in caught.value.problems] or [str(caught.value)]


@pytest.mark.django_db
def test_what_a_later_change_leans_on_is_not_reverted(sound):
    world = sound
    first = applied(world, "rename", drafts.rename(world["520524"], name="织金市"))
    later = drafts.rename(world["520524"], name="织金区")
    applied(world, "rename", later, dt.date(2012, 1, 1))
    (why,) = refused(lambda: revert_change(change=first, by=world.users["registry"]))
    assert "That later change must be reverted first" in why


@pytest.mark.django_db
def test_a_new_place_on_which_someone_holds_a_role_is_not_taken_back(sound):
    world = sound
    change = applied(world, "merge", zhina(world))
    Jurisdiction.objects.create(user=world.clerk, role="clerk", area=Area.objects.get(code="520530"))
    (why,) = refused(lambda: revert_change(change=change, by=world.users["registry"]))
    assert "can't be taken back: jurisdictions: Clerk (clerk), clerk, Zhina 织纳县." in why
    assert Area.objects.filter(code="520530").exists()


@pytest.mark.django_db
def test_a_draft_about_a_new_place_is_named_to_whoever_would_take_the_place_back(sound):
    world = sound
    change = applied(world, "merge", zhina(world))
    waiting = drafts.rename(Area.objects.get(code="520530"), name="织纳市")
    draft(world, "rename", waiting, dt.date(2011, 1, 1), title="Zhina becomes a city")
    (why,) = refused(lambda: revert_change(change=change, by=world.users["registry"]))
    assert "boundary changes: “Zhina becomes a city” (draft)" in why


@pytest.mark.django_db
def test_bad_drafts_are_refused_with_the_place_and_the_reason(sound):
    world = sound
    new = Part(code="520524", name="新县", level=Level.COUNTY, parent=world["5205"])
    cases = {
        "520524 新县: can't have this code: 520524 织金县 carries it": drafts.create(new),
        "520524 织金县: does not stand on 1999-01-01": (drafts.rename(world["520524"], name="x"), dt.date(1999, 1, 1)),
        "520524 织金县: ends without a successor": drafts.Draft([Part(world["520524"], ends=True)]),
        "520524100 城关镇: would belong to 织金县, which stands no longer": drafts.Draft(
            [Part(world["520524"], ends=True), heir := Part(world["520525"])], [Follow(world["520524"], heir)]
        ),
        "can't belong to 城关镇, which is not of a higher level": drafts.transfer(
            [world["520525"]], to=world["520524100"]
        ),
        "shares add up to 0.9": drafts.split(
            world["Huawu"],
            into={
                (a := Part(code="520524100208", name="甲村", level=Level.VILLAGE, parent=world["520524100"])): [],
                (b := Part(code="520524100209", name="乙村", level=Level.VILLAGE, parent=world["520524100"])): [],
            },
            shares={a: Decimal("0.5"), b: Decimal("0.4")},
        ),
    }
    for words, case in cases.items():
        made, day = case if isinstance(case, tuple) else (case, DAY)
        before = snapshot()
        reasons = refused(lambda made=made, day=day: applied(world, "merge", made, day))
        assert any(words in reason for reason in reasons), (words, reasons)
        assert snapshot() == before


@pytest.mark.django_db
def test_what_a_later_change_needs_is_not_ended_before_it(sound):
    world = sound
    new = Part(code="520531", name="珠藏县", level=Level.COUNTY, parent=world["5205"])
    made = drafts.split(world["520524"], into={new: [world["520524101"]]}, goes_on=Part(world["520524"]))
    applied(world, "split", made, dt.date(2012, 1, 1))
    earlier = drafts.merge([world["520524"]], into=Part(world["520525"]), day=DAY)
    assert any(
        "takes part in a change of 2012-01-01" in why for why in refused(lambda: applied(world, "merge", earlier))
    )


@pytest.mark.django_db
def test_a_change_of_a_day_to_come_stays_a_draft(sound):
    world = sound
    change = draft(world, "rename", drafts.rename(world["520524"], name="织金市"), dt.date(2099, 1, 1))
    (why,) = refused(lambda: apply_change(change=change, by=world.users["registry"]))
    assert "can be applied from that day on" in why


@pytest.mark.django_db
def test_nobody_changes_what_lies_outside_the_areas_they_keep(sound):
    world = sound
    Jurisdiction.objects.filter(user=world.users["registry"]).update(area=world["520524"])
    keeper = type(world.clerk).objects.get(username="registry")
    with pytest.raises(ChangeRefused, match="520525 纳雍县 lies outside"):
        draft_change(
            kind="transfer",
            effective=DAY,
            parts=drafts.transfer([world["520524101"]], to=world["520525"]).parts,
            by=keeper,
        )
    assert not BoundaryChange.objects.exists()


@pytest.mark.django_db
def test_people_of_a_merged_county_gain_nothing_and_are_listed(sound):
    world = sound
    applied(world, "merge", zhina(world))
    assert Jurisdiction.objects.get(user=world.clerk).area == world["520524"]
    asked = OpenQuestion.objects.filter(kind="people").values_list("user__username", flat=True)
    assert set(asked) == {"clerk", "finance", "other_clerk"}


@pytest.mark.django_db
def test_people_follow_a_sole_successor_of_the_same_territory_and_come_back(sound):
    world = sound
    into = Part(code="520581", name="织金新县", level=Level.COUNTY, parent=world["5205"])
    made = drafts.merge([world["520524"]], into=into, day=DAY)
    change = applied(world, "merge", made)
    assert Jurisdiction.objects.get(user=world.clerk).area.code == "520581"
    assert not OpenQuestion.objects.filter(kind="people").exists()
    revert_change(change=change, by=world.users["registry"])
    assert Jurisdiction.objects.get(user=world.clerk).area == world["520524"]


@pytest.mark.django_db
def test_only_what_the_change_touched_is_derived_anew(sound):
    world = sound
    applied(world, "rename", drafts.rename(world["520524"], name="织金市"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM derive_work")
        assert cursor.fetchone()[0] == 1  # a new name moves nobody
    applied(world, "transfer", drafts.transfer([world["520524101"]], to=world["520525"]), dt.date(2011, 1, 1))
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM derive_work")
        assert cursor.fetchone()[0] == 2  # the township and its one village


@pytest.mark.django_db
def test_no_place_ends_up_in_no_county(sound):
    world = sound
    moved = drafts.transfer([world["520524101"]], to=world["5205"])
    reasons = refused(lambda: applied(world, "transfer", moved))
    assert "520524101 珠藏镇: would lie in no county" in " ".join(reasons)


@pytest.mark.django_db
def test_the_figures_of_what_ends_with_its_placeholder_county_must_go_somewhere(sound):
    world = sound
    stand_in = Part(code="520501", name="市辖区", level=Level.COUNTY, parent=world["5205"], kind="placeholder")
    farm = Part(code="520501400", name="农场", level=Level.TOWNSHIP, parent=stand_in)
    applied(world, "create", drafts.Draft([stand_in, farm]), dt.date(2009, 1, 1))
    gone = [Part(Area.objects.get(code=code), ends=True) for code in ("520501", "520501400")]
    reasons = refused(lambda: applied(world, "abolish", drafts.Draft(gone)))
    assert "520501400 农场: ends with the county it lies in" in " ".join(reasons)
    heir = Part(world["520524100"])
    kept = drafts.Draft([*gone, heir], [Follow(gone[1].area, heir)])
    applied(world, "abolish", kept)


@pytest.mark.django_db
def test_people_do_not_follow_a_successor_that_gets_more_than_their_place(sound):
    world = sound
    into = Part(code="520581", name="织金新县", level=Level.COUNTY, parent=world["5205"])
    made = drafts.merge([world["520524"]], into=into, day=DAY)
    made.parts.append(Part(world["520525100"], parent=into))
    applied(world, "merge", made)
    assert Jurisdiction.objects.get(user=world.clerk).area == world["520524"]
    assert OpenQuestion.objects.filter(kind="people", user=world.clerk).exists()


@pytest.mark.django_db
def test_nobody_reverts_what_came_from_outside_the_areas_they_keep(sound):
    world = sound
    change = applied(world, "transfer", drafts.transfer([world["520524101"]], to=world["520525"]))
    Jurisdiction.objects.filter(user=world.users["registry"]).update(area=world["520525"])
    keeper = type(world.clerk).objects.get(username="registry")
    with pytest.raises(ChangeRefused, match="520524 织金县 lies outside"):
        revert_change(change=change, by=keeper)


@pytest.mark.django_db
def test_a_successor_without_villages_does_not_make_all_shares_equal(sound):
    world = sound
    parts = [Part(code=f"52053{n}", name=f"新{n}县", level=Level.COUNTY, parent=world["5205"]) for n in (1, 2)]
    made = drafts.split(
        world["520524"], into={parts[0]: [world["520524101"]], parts[1]: []}, goes_on=Part(world["520524"])
    )
    applied(world, "split", made)
    shares = dict(Succession.objects.values_list("new__code", "share"))
    assert shares == {"520524": Decimal("0.6"), "520531": Decimal("0.2"), "520532": Decimal("0.2")}
