"""Saving rows of programmes with kinds, flags, codes and balances; rows that are sent twice; trying without writing."""

from __future__ import annotations

from uuid import uuid4

import pytest

from programmes.actions import IncomingRow, judge_rows, save_rows
from programmes.catalogue.dew import DewRecord
from programmes.catalogue.mutual_fund import MutualFundRecord
from programmes.catalogue.profile import ProfileRecord
from programmes.catalogue.relocation import RelocationRecord
from programmes.catalogue.work_relief import WorkReliefRecord
from programmes.models import DirtyCell

pytestmark = pytest.mark.django_db


def send(world, model, *rows, by="clerk"):
    return save_rows(model, year=2010, rows=rows, by=world.users[by])


def row(area, version=0, kind="", key=None, nil=False, **values):
    return IncomingRow(area.pk, version, nil, {name: str(value) for name, value in values.items()}, kind, key)


def test_each_kind_of_a_place_is_a_record_of_its_own(open_world):
    world = open_world
    results = send(
        world, WorkReliefRecord, row(world["Huawu"], kind="road", quantity="3.5"),
        row(world["Huawu"], kind="water", nil=True), row(world["Gaoshan"], kind="road", people=7),
    )  # fmt: skip
    assert [(r.breakdown, r.status, r.version) for r in results] == [
        ("road", "saved", 1), ("water", "saved", 1), ("road", "saved", 1),
    ]  # fmt: skip
    [again] = send(world, WorkReliefRecord, row(world["Huawu"], 1, kind="road", people=12))
    record = WorkReliefRecord.objects.get(area=world["Huawu"], breakdown="road")
    assert (again.version, record.quantity, record.people) == (2, 3.5, 12)
    assert WorkReliefRecord.objects.get(area=world["Huawu"], breakdown="water").nil


def test_an_unknown_kind_and_a_kind_where_there_are_none_are_refused_with_what_is_known(open_world):
    world = open_world
    [unknown] = send(world, WorkReliefRecord, row(world["Huawu"], kind="canal", people=1))
    [missing] = send(world, WorkReliefRecord, row(world["Huawu"], people=1))
    [needless] = send(world, DewRecord, row(world["Huawu"], kind="road", trained=1))
    assert "“canal” is no kind of Work relief. Its kinds: road, irrigation" in unknown.errors[0].message
    assert missing.status == "refused"
    assert needless.errors[0].message == "Dew Program has no kinds; “road” was given."
    assert not WorkReliefRecord.objects.exists()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("yes", True), ("是", True), ("√", True), ("１", True), ("无", False), ("NO", False), ("", None)],
)
def test_yes_and_no_are_read_as_people_write_them(open_world, typed, meant):
    world = open_world
    send(world, ProfileRecord, row(world["Huawu"], population=5, has_road=typed))
    assert ProfileRecord.objects.get().has_road is meant


def test_neither_yes_nor_no_is_refused_by_name(open_world):
    world = open_world
    [result] = send(world, ProfileRecord, row(world["Huawu"], has_road="perhaps"))
    assert [(e.field, e.value, e.message) for e in result.errors] == [
        ("has_road", "perhaps", "“perhaps” is neither yes nor no.")
    ]


def test_a_destination_is_a_place_that_stood_in_that_year(open_world, django_assert_num_queries):
    world = open_world
    good = row(world["Huawu"], kind="seat", people=9, destination="520525")
    bad = row(world["Gaoshan"], kind="seat", people=9, destination="999999")
    odd = row(world["Dazhai"], kind="seat", people=9, destination="5205-25")
    with django_assert_num_queries(10):  # one more than for rows that name no places, however many do
        results = send(world, RelocationRecord, good, bad, odd)
    assert [result.status for result in results] == ["saved", "refused", "refused"]
    assert results[1].errors[0].message == "No place had the code 999999 in 2010."
    assert results[2].errors[0].message == "“5205-25” is no code of a place."
    assert RelocationRecord.objects.get().destination == "520525"


def test_a_closing_balance_that_does_not_follow_is_refused_with_both_numbers(open_world):
    world = open_world
    figures = {"opening": 1000, "grant": 150_000, "repaid": 20_000, "loaned": 90_000, "expenses": "500.50"}
    [wrong] = send(world, MutualFundRecord, row(world["Huawu"], **figures, closing=80_499))
    assert [(e.field, e.message) for e in wrong.errors] == [
        ("closing", "“Closing balance” is 80,499, but what came in less what went out is 80,499.50.")
    ]
    [open_still] = send(world, MutualFundRecord, row(world["Huawu"], **figures))
    [right] = send(world, MutualFundRecord, row(world["Huawu"], open_still.version, closing="80499.50"))
    assert (open_still.status, right.status) == ("saved", "saved")


def test_a_row_that_is_sent_twice_is_written_once(open_world):
    world, key = open_world, uuid4()
    sent = row(world["Huawu"], key=key, trained=59)
    [first], [second] = send(world, DewRecord, sent), send(world, DewRecord, sent)
    assert (first.status, first.version) == (second.status, second.version) == ("saved", 1)
    assert DewRecord.objects.get().version == 1


def test_a_row_whose_answer_got_lost_is_no_conflict_once_a_colleague_has_gone_over_it(open_world):
    world, key = open_world, uuid4()
    sent = row(world["Huawu"], key=key, trained=59)
    send(world, DewRecord, sent)
    send(world, DewRecord, row(world["Huawu"], 1, key=uuid4(), trained=60), by="township_clerk")
    [late] = send(world, DewRecord, sent)
    assert (late.status, late.version, late.figures["trained"]) == ("unchanged", 2, 60)
    # Without having arrived before, it is one.
    [other] = send(world, DewRecord, row(world["Huawu"], key=uuid4(), trained=59))
    assert other.status == "conflict"


def test_trying_says_what_saving_would_do_and_writes_nothing(open_world):
    world = open_world
    send(world, DewRecord, row(world["Dazhai"], trained=3))
    DirtyCell.objects.all().delete()
    rows = [
        row(world["Huawu"], trained=59),
        row(world["Gaoshan"], trained="x"),
        row(world["Dazhai"], 1, trained=3),
        row(world["Baiyan"], trained=1),
    ]
    tried = judge_rows(DewRecord, year=2010, rows=rows, by=world.clerk)
    assert [(r.status, r.version) for r in tried] == [("saved", 0), ("refused", 0), ("unchanged", 1), ("refused", 0)]
    assert tried[0].figures["trained"] == 59
    assert DewRecord.objects.count() == 1
    assert not DirtyCell.objects.exists()
    assert [result.status for result in send(world, DewRecord, *rows)] == [r.status for r in tried]
