"""Passing money down in the grid, as a plain form without a script."""

from __future__ import annotations

import random
import uuid
from decimal import Decimal
from typing import Any

import pytest

from funding.models import Allocation
from funding.split import split
from povtrack.rollups.recompute import drain
from programmes.actions import load_records
from programmes.catalogue.profile import ProfileRecord
from programmes.models import Round
from tests.funding.money import balance, given, passed
from tests.world import World

pytestmark = pytest.mark.django_db

NAMES = ("Huawu", "Gaoshan", "Dazhai", "Longtan")


@pytest.fixture
def zhijin(world: World) -> Allocation:
    return given(world, "Zhijin County", 1000)


def url_of(one: Allocation) -> str:
    return f"/funds/allocations/{one.pk}/pass-down/"


def form(world: World, level: str = "5", **amounts: Any) -> dict[str, Any]:
    """What a page sends: the document, and amounts by Latin name."""
    words = {"key": str(uuid.uuid4()), "level": level, "document_no": "织财〔2010〕5号", "document_date": "2010-06-01"}
    return words | {f"amount-{world[name].pk}": amount for name, amount in amounts.items()}


def counted(world: World, **people: int) -> None:
    """Surveys of 2009 with so many poor people."""
    dates = Round.objects.filter(programme="dew", year=2009).values("opens", "due", "closes").get()
    Round.objects.get_or_create(programme="profile", year=2009, defaults=dates)
    names = [measure.name for measure in ProfileRecord.measures()]
    blank = dict.fromkeys(names)
    rows = [
        [world[name].pk, 2009, "submitted", False, *(blank | {"population": 900, "poor_people": n}).values()]
        for name, n in people.items()
    ]
    load_records(ProfileRecord, rows=rows, by=world.clerk)
    drain()


def typed(answer: Any) -> dict[str, str]:
    return {row.area.name_latin: row.amount for row in answer.context["grid"].rows if row.amount}


def test_an_amount_is_passed_down_to_many_villages_at_once(world: World, zhijin: Allocation, as_user: Any) -> None:
    client, sent = as_user("finance"), form(world, Huawu="600.50", Gaoshan="1", Dazhai=" ")
    for _time in range(2):
        assert client.post(url_of(zhijin), sent)["Location"] == f"/funds/allocations/{zhijin.pk}/"
    made = zhijin.children.order_by("area__code")
    assert [(one.area.name_latin, str(one.amount)) for one in made] == [("Huawu", "600.50"), ("Gaoshan", "1.00")]
    assert balance(zhijin)["available"] == Decimal("398.50")


def test_the_rows_are_those_directly_below_or_of_the_level_that_is_chosen(
    world: World, zhijin: Any, as_user: Any
) -> None:
    client = as_user("finance")

    def names(level: str) -> list[str]:
        return [row.latin for row in client.get(f"{url_of(zhijin)}?level={level}").context["grid"].rows]

    assert names("") == names("nonsense") == ["Chengguan", "Zhuchang"]
    assert names("5") == ["Huawu", "Gaoshan", "Dazhai", "Longtan"]
    levels = client.get(url_of(zhijin)).context["grid"].levels
    assert [(one["value"], one["n"], one["current"]) for one in levels] == [
        ("", None, True),
        (4, 2, False),
        (5, 4, False),
    ]


def test_each_row_tells_what_the_area_got_last_year_and_already(world: World, zhijin: Allocation, as_user: Any) -> None:
    before = given(world, "Zhijin County", 900, year=2009)
    passed(world, before, Huawu=30)
    passed(world, before, "dew", Huawu=3)
    passed(world, zhijin, Huawu=5)
    passed(world, zhijin, "dew", Gaoshan=6)
    rows = as_user("finance").get(f"{url_of(zhijin)}?level=5").context["grid"].by_area
    assert [rows[world["Huawu"].pk].had, rows[world["Huawu"].pk].has, rows[world["Gaoshan"].pk].has] == [33, 5, 6]
    [own] = passed(world, given(world, "Bijie", 500), "dew", Zhijin_County=100)
    grid = as_user("finance").get(f"{url_of(own)}?level=5").context["grid"]
    assert (grid.by_area[world["Huawu"].pk].had, grid.by_programme) == (3, False)


def test_more_than_rests_is_refused_with_the_numbers_and_nothing_is_lost(
    world: World, zhijin: Any, as_user: Any
) -> None:
    sent = form(world, Huawu="700", Gaoshan="301")
    answer = as_user("finance").post(url_of(zhijin), sent)
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "1 yuan too much" in text
    assert "Overdrawn by" in text
    assert typed(answer) == {"Huawu": "700", "Gaoshan": "301"}
    assert answer.context["form"]["key"].value() == sent["key"]
    assert not zhijin.children.exists()


def test_every_row_that_is_wrong_is_told_with_its_place(world: World, zhijin: Allocation, as_user: Any) -> None:
    sent = form(world, Huawu="12x", Gaoshan="5", Dazhai="0") | {"document_no": ""}
    sent |= {f"programme-{world['Gaoshan'].pk}": "nonsense", f"programme-{world['Longtan'].pk}": "Dew Program"}
    answer = as_user("finance").post(url_of(zhijin), sent)
    told = {anchor: message for anchor, _label, message in answer.context["errors"]}
    assert told == {
        "id_document_no": "This field is required.",
        f"amount-{world['Huawu'].pk}": "“12x” is not a number.",
        f"programme-{world['Gaoshan'].pk}": "There is no programme “nonsense”.",
        f"amount-{world['Longtan'].pk}": "A programme is named, but no amount.",
    }
    assert "Huawu 化屋村, Amount" in [label for _anchor, label, _message in answer.context["errors"]]
    answer = as_user("finance").post(url_of(zhijin), form(world, Dazhai="0", Huawu="3"))
    [(anchor, _label, message)] = answer.context["errors"]
    assert (anchor, message) == (f"amount-{world['Dazhai'].pk}", "An allocation is more than zero.")
    assert not zhijin.children.exists()


def test_each_row_may_name_a_programme_where_the_money_is_for_none(
    world: World, zhijin: Allocation, as_user: Any
) -> None:
    sent = form(world, Huawu="5", Gaoshan="6") | {f"programme-{world['Huawu'].pk}": "dew program"}
    as_user("finance").post(url_of(zhijin), sent)
    assert dict(zhijin.children.values_list("area__name_latin", "programme")) == {"Huawu": "dew", "Gaoshan": ""}


def test_an_amount_for_a_place_that_is_not_below_is_never_dropped_in_silence(
    world: World, zhijin: Any, as_user: Any
) -> None:
    answer = as_user("finance").post(url_of(zhijin), form(world, Huawu="5", Baiyan="6"))
    assert answer.status_code == 422
    assert "1 amount is for a place that does not lie below" in answer.content.decode()
    assert not zhijin.children.exists()


def test_nothing_typed_is_told(world: World, zhijin: Allocation, as_user: Any) -> None:
    answer = as_user("finance").post(url_of(zhijin), form(world))
    assert "Enter at least one amount" in answer.content.decode()


def test_an_amount_is_split_in_equal_parts_that_add_up(world: World, zhijin: Allocation, as_user: Any) -> None:
    sent = form(world) | {"split": "1", "split-amount": "100.01", "formula": "equal"}
    answer = as_user("finance").post(url_of(zhijin), sent)
    assert typed(answer) == {"Huawu": "25.01", "Gaoshan": "25", "Dazhai": "25", "Longtan": "25"}
    assert "Nothing is saved yet" in answer.content.decode()
    assert answer.context["form"]["document_no"].value() == "织财〔2010〕5号"
    assert not zhijin.children.exists()


def test_an_amount_is_split_by_poor_people_and_those_without_are_named(world: World, zhijin: Any, as_user: Any) -> None:
    counted(world, Huawu=10, Gaoshan=20, Longtan=0)
    split_it = {"split": "1", "split-amount": "100", "formula": "poor"}
    answer = as_user("finance").post(url_of(zhijin), form(world) | split_it)
    assert answer.context["grid"].poor_year == 2009
    assert typed(answer) == {"Huawu": "33.33", "Gaoshan": "66.67"}
    assert "without a share: Dazhai 大寨村, Longtan 龙潭村." in answer.context["said"]
    # Townships go by the totals of their villages.
    answer = as_user("finance").post(url_of(zhijin), form(world, level="4") | split_it)
    assert typed(answer) == {"Chengguan": "100"}


def test_an_amount_is_split_by_last_year(world: World, zhijin: Allocation, as_user: Any) -> None:
    passed(world, given(world, "Zhijin County", 900, year=2009), Huawu=100, Longtan=300)
    sent = form(world) | {"split": "1", "split-amount": "1,000", "formula": "last"}
    assert typed(as_user("finance").post(url_of(zhijin), sent)) == {"Huawu": "250", "Longtan": "750"}


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"formula": ""}, "Choose by what"),
        ({"formula": "last"}, "None of these areas has a figure"),
        ({"split-amount": ""}, "Enter the amount"),
        ({"split-amount": "x"}, "is not a number"),
    ],
)
def test_what_can_not_be_split_is_told(wrong: Any, reason: str, world: World, zhijin: Any, as_user: Any) -> None:
    sent = form(world, Huawu="5") | {"split": "1", "split-amount": "10", "formula": "equal"} | wrong
    answer = as_user("finance").post(url_of(zhijin), sent)
    assert answer.status_code == 422
    assert reason in answer.content.decode()
    assert typed(answer) == {"Huawu": "5"}


def test_the_grid_asks_as_much_however_many_rows(
    world: World, zhijin: Allocation, as_user: Any, django_assert_num_queries: Any
) -> None:
    client = as_user("finance")
    counted(world, Huawu=1)
    # Townships have totals of their poor people; those of villages are looked up once more.
    for level, number in (("", 18), ("5", 19)):
        with django_assert_num_queries(number):
            client.get(f"{url_of(zhijin)}?level={level}")


def test_who_does_not_keep_the_money_passes_none_down(world: World, zhijin: Allocation, as_user: Any) -> None:
    for username in ("clerk", "analyst", "other_clerk"):
        assert as_user(username).post(url_of(zhijin), form(world, Huawu="5")).status_code == 404
    assert not zhijin.children.exists()


def test_parts_add_up_to_the_cent_and_none_is_further_from_its_share_than_a_cent() -> None:
    dice = random.Random(7)
    for _time in range(300):
        amount = Decimal(dice.randrange(1, 10**12)) / 100
        weights = [dice.choice([None, 0, dice.randrange(1, 10**6)]) for _row in range(dice.randrange(1, 40))]
        parts = split(amount, weights)
        whole = sum(weight or 0 for weight in weights)
        if not whole:
            assert not any(parts)
            continue
        assert sum(part or 0 for part in parts) == amount
        for part, weight in zip(parts, weights, strict=True):
            assert abs((part or 0) - amount * (weight or 0) / whole) < Decimal("0.01")
            assert (part is None) or weight
