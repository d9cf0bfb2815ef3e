"""Saving rows: what is written, what is refused, and that nobody overwrites what they have not seen."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from programmes.actions import MAX_ROWS, IncomingRow, Refused, approve_records, plan_round, save_rows, submit_records
from programmes.catalogue.dew import DewRecord
from programmes.models import DirtyCell, Round, State
from villages.models import Placement

pytestmark = pytest.mark.django_db


def row(area, version=0, nil=False, **values):
    return IncomingRow(area.pk, version, nil, {name: str(value) for name, value in values.items()})


def test_a_new_row_is_written_with_where_it_stood(world):
    result = world.save("Huawu", trained="59", women="26", spent="38,400.50")

    record = DewRecord.objects.get()
    assert (result.status, result.version, result.state) == ("saved", 1, "draft")
    assert (record.trained, record.women, record.placed, record.spent) == (59, 26, None, 38400.50)
    assert (record.county, record.township, record.entered_by) == (world["520524"], world["520524100"], world.clerk)


def test_the_statement_count_does_not_grow_with_the_rows(world, django_assert_num_queries):
    villages = ["Huawu", "Gaoshan", "Dazhai", "Longtan"]
    rows = [row(world[name], trained=10) for name in villages]
    # Round, savepoint, what stands, the clerk's areas (2), the write, release.
    with django_assert_num_queries(9):
        results = save_rows(DewRecord, year=2010, rows=rows, by=world.clerk)
    assert [r.status for r in results] == ["saved"] * 4


def test_full_width_digits_and_thousands_are_read_as_typed(world):
    world.save("Huawu", trained="１，２３４", spent="1 234 567.5")
    record = DewRecord.objects.get()
    assert (record.trained, record.spent) == (1234, 1234567.5)


@pytest.mark.parametrize(
    ("values", "field", "words"),
    [
        ({"trained": "abc"}, "trained", "“abc” is not a number"),
        ({"trained": "-5"}, "trained", "-5 is negative"),
        ({"trained": "12.5"}, "trained", "12.5 is not a whole number"),
        ({"trained": "99999999999"}, "trained", "larger than povtrack can hold"),
        ({"spent": "1.234"}, "spent", "more than 2 decimals"),
        ({"spent": "1,23"}, "spent", "“1,23” is not a number"),
        ({"trained": "46", "placed": "55"}, "placed", "“Placed off-farm” is 55, more than “Trained”, which is 46."),
        ({"women": "3"}, "women", "“of which women” is 3, but “Trained” is blank."),
    ],
)
def test_a_bad_figure_is_refused_with_its_field_value_and_reason(world, values, field, words):
    result = world.save("Gaoshan", **values)

    assert result.status == "refused"
    assert [(e.field, e.value) for e in result.errors] == [(field, values[field])]
    assert words in result.errors[0].message
    assert not DewRecord.objects.exists()


def test_a_bad_row_does_not_keep_the_good_ones_from_being_saved(world):
    rows = [row(world["Huawu"], trained=5), row(world["Gaoshan"], trained="x"), row(world["Dazhai"], trained=7)]
    results = save_rows(DewRecord, year=2010, rows=rows, by=world.clerk)
    assert [r.status for r in results] == ["saved", "refused", "saved"]
    assert set(DewRecord.objects.values_list("trained", flat=True)) == {5, 7}


def test_an_unchanged_row_is_not_written(world):
    world.save("Huawu", trained=5)
    DirtyCell.objects.all().delete()
    assert world.save("Huawu", version=1, trained=5).status == "unchanged"
    assert DewRecord.objects.get().version == 1
    assert not DirtyCell.objects.exists()


def test_a_stale_version_is_a_conflict_that_shows_theirs(world):
    world.save("Huawu", trained=5)
    world.save("Huawu", version=1, trained=6, by="township_clerk")

    result = world.save("Huawu", version=1, trained=7)

    assert (result.status, result.version, result.figures["trained"]) == ("conflict", 2, 6)
    assert result.by == "Township_Clerk"
    assert DewRecord.objects.get().trained == 6


def test_a_place_of_another_county_is_refused_and_nothing_is_told_of_it(world):
    result = world.save("Baiyan", trained=5)
    assert result.status == "refused"
    assert "is not one of yours" in result.errors[0].message
    assert "Baiyan" not in result.errors[0].message
    assert not DewRecord.objects.exists()


def test_a_place_that_did_not_exist_that_year_is_refused(world):
    Placement.objects.filter(area=world["Huawu"]).update(valid=(dt.date(2011, 1, 1), None))
    assert world.save("Huawu", trained=5).status == "refused"


def test_a_county_is_no_village(world):
    assert "is not a village" in world.save("520524", trained=5).errors[0].message


def test_a_place_sent_twice_is_refused_and_not_half_saved(world):
    rows = [row(world["Huawu"], trained=5), row(world["Huawu"], trained=6)]
    results = save_rows(DewRecord, year=2010, rows=rows, by=world.clerk)
    assert {r.status for r in results} == {"refused"}
    assert "sent twice" in results[0].errors[0].message
    assert not DewRecord.objects.exists()


def test_nil_return_blank_and_zero_stay_distinct(world):
    world.save("Huawu", nil=True)
    world.save("Gaoshan", trained=0)
    nil, zero = DewRecord.objects.order_by("area__code")
    assert (nil.nil, nil.trained) == (True, None)
    assert (zero.nil, zero.trained, zero.women) == (False, 0, None)


def test_a_year_without_a_round_is_refused_with_the_years_that_have_one(world):
    with pytest.raises(Refused, match=r"no round for 2031.*2008, 2009, 2010"):
        world.save("Huawu", year=2031, trained=5)


def test_a_closed_round_refuses_every_write(world):
    for write in (
        lambda: world.save("Huawu", year=2009, trained=5),
        lambda: submit_records(DewRecord, year=2009, area=world["520524"], by=world.clerk),
        lambda: approve_records(DewRecord, year=2009, area=world["520524"], by=world.reviewer),
    ):
        with pytest.raises(Refused, match="is not open"):
            write()


def test_a_round_is_open_from_its_first_to_its_last_day():
    today = timezone.localdate()
    day = dt.timedelta(days=1)
    assert Round(opens=today, due=today, closes=today).is_open()
    assert not Round(opens=today + day, due=today + day, closes=today + day).is_open()
    assert not Round(opens=today - day, due=today - day, closes=today - day).is_open()


def test_rounds_are_planned_by_admins_in_order(world):
    collecting = Round(programme="dew", year=2011, opens="2012-01-01", due="2012-03-01", closes="2012-02-01")
    with pytest.raises(Refused):
        plan_round(collecting, by=world.clerk)
    with pytest.raises(ValidationError, match="opens, then is due, then closes"):
        plan_round(collecting, by=world.admin)
    assert not Round.objects.filter(year=2011).exists()


def test_too_many_rows_at_once_are_refused_whole(world):
    rows = [IncomingRow(n, 0, nil=False, values={}) for n in range(MAX_ROWS + 1)]
    with pytest.raises(Refused, match="Nothing was saved"):
        save_rows(DewRecord, year=2010, rows=rows, by=world.clerk)


def test_submitting_moves_all_drafts_of_the_area_but_empty_ones(world):
    world.save("Huawu", trained=5)
    world.save("Gaoshan", nil=True)
    world.save("Dazhai", trained=1)
    world.save("Dazhai", version=1, trained="")

    outcome = submit_records(DewRecord, year=2010, area=world["520524"], by=world.clerk)

    assert outcome.moved == 2
    assert [(area, "No figure" in why) for area, _place, why, _kind in outcome.refused] == [(world["Dazhai"].pk, True)]
    assert dict(DewRecord.objects.values_list("area__name_latin", "state")) == {
        "Huawu": "submitted",
        "Gaoshan": "submitted",
        "Dazhai": "draft",
    }


def test_changing_a_submitted_row_makes_it_a_draft_again(world):
    world.save("Huawu", trained=5)
    submit_records(DewRecord, year=2010, area=world["520524"], by=world.clerk)
    assert world.save("Huawu", version=2, trained=6).status == "saved"
    assert DewRecord.objects.get().state == State.DRAFT


def test_an_approved_row_is_locked_and_nobody_approves_their_own(world):
    world.save("Huawu", trained=5)
    submit_records(DewRecord, year=2010, area=world["520524"], by=world.clerk)
    with pytest.raises(Refused):
        approve_records(DewRecord, year=2010, area=world["520524"], by=world.clerk)
    assert approve_records(DewRecord, year=2010, area=world["520524"], by=world.reviewer).moved == 1
    locked = world.save("Huawu", version=3, trained=6)
    assert (locked.status, locked.figures["trained"]) == ("locked", 5)


def test_the_old_row_and_who_changed_it_are_kept_by_the_database(world):
    world.save("Huawu", trained=5)
    DewRecord.objects.update(trained=6)
    DewRecord.objects.all().delete()
    history = DewRecord._meta.apps.get_model("programmes", "DewRecordEvent")
    assert list(history.objects.order_by("pgh_id").values_list("pgh_label", "trained")) == [
        ("changed", 5),
        ("deleted", 6),
    ]
