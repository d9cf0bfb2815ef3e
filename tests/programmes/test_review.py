"""Review: reasons for unlikely figures, giving back, reopening, two steps, and that every step is kept."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone

from povtrack.accounts.models import Jurisdiction
from povtrack.accounts.roles import Ability, Role
from programmes.actions import (
    IncomingRow,
    Refused,
    add_remark,
    approve_records,
    reopen_records,
    save_rows,
    submit_records,
)
from programmes.catalogue.dew import DewRecord
from programmes.catalogue.loans import LoanRecord
from programmes.models import Extension, Remark, ReviewStep, Round
from programmes.review_diff import differences, entries_of, last_approved
from tests.programmes.reviews import ZHIJIN, approve, give_back, last_year, person, reasons, submit
from tests.programmes.test_workflow import wait_for_a_lock
from tests.queries import queries_made

TOMORROW = timezone.localdate() + dt.timedelta(days=1)
LATER = timezone.localdate() + dt.timedelta(days=90)  # the round of 2010 closes in 30


def states() -> dict[str, str]:
    return dict(DewRecord.objects.filter(year=2010).values_list("area__name_latin", "state"))


def explain(world: Any, text: str = "A second course was held.", by: str = "clerk") -> None:
    words = {"year": 2010, "area": world["Huawu"], "breakdown": "", "measure": "trained", "text": text}
    add_remark(DewRecord, by=world.users[by], **words)


def reopen(world: Any, by: str = "reviewer", until: dt.date = TOMORROW, **changes: Any) -> Any:
    words = {"year": 2010, "area": world[ZHIJIN], "by": world.users[by], "reason": "A typo.", **changes}
    return reopen_records(DewRecord, until=until, **words)


@pytest.fixture
def approved(world: Any) -> Any:
    """Huawu and Gaoshan are approved."""
    for place in ("Huawu", "Gaoshan"):
        world.save(place, trained=5)
    submit(world)
    assert approve(world).moved == 2
    return world


@pytest.mark.django_db
def test_an_unlikely_figure_is_submitted_with_a_reason_only(world):
    last_year(world, "Huawu", trained=5)
    world.save("Huawu", trained=500)
    world.save("Gaoshan", trained=6)

    outcome = submit(world)
    assert outcome.moved == 1
    assert reasons(outcome) == {"Huawu": "Give a reason. Trained: 500 this year, 5 last year. Is that right?"}
    assert [(u.area, u.measure) for u in outcome.unexplained] == [(world["Huawu"].pk, "trained")]

    explain(world)
    assert submit(world).moved == 1
    assert states() == {"Huawu": "submitted", "Gaoshan": "submitted"}


@pytest.mark.django_db
def test_what_a_reviewer_asks_is_no_reason(world):
    last_year(world, "Huawu", trained=5)
    world.save("Huawu", trained=500)
    explain(world)
    submit(world)
    explain(world, "Five hundred of eighty people?", by="reviewer")
    give_back(world)
    # The clerk's own reason stands, the question does not take its place.
    Remark.objects.filter(by=world.clerk).delete()
    assert "Give a reason" in reasons(submit(world))["Huawu"]


@pytest.mark.django_db
def test_submit_takes_one_kind_or_one_township_or_one_record(world):
    for place in ("Huawu", "Gaoshan", "Longtan"):
        world.save(place, trained=5)
    assert submit(world, area=world["520524101"]).moved == 1
    assert submit(world, seen={(world["Gaoshan"].pk, ""): 1}).moved == 1
    assert submit(world, area=world["Huawu"]).moved == 1
    assert submit(world, breakdown="road").moved == 0


@pytest.mark.django_db
def test_what_is_returned_forgets_its_steps_and_keeps_the_reason(world):
    world.save("Huawu", trained=5)
    submit(world)
    assert give_back(world).moved == 1
    record = DewRecord.objects.get()
    assert (record.state, record.version, record.submitted_at, record.submitted_by) == ("returned", 3, None, None)
    steps = ReviewStep.objects.order_by("pk").values_list(
        "programme", "year", "area", "kind", "reason", "version", "by"
    )
    assert list(steps) == [
        ("dew", 2010, world["Huawu"].pk, "submitted", "", 2, world.clerk.pk),
        ("dew", 2010, world["Huawu"].pk, "returned", "Look again.", 3, world.reviewer.pk),
    ]
    world.save("Huawu", version=3, trained=6)
    assert (submit(world).moved, approve(world).moved) == (1, 1)


@pytest.mark.django_db
@pytest.mark.parametrize(("reason", "words"), [(" \0", "at least a word"), ("x" * 501, "501 characters")])
def test_nothing_is_given_back_without_a_reason(approved, reason, words):
    with pytest.raises(Refused, match=words):
        reopen(approved, reason=reason)
    with pytest.raises(Refused, match=words):
        give_back(approved, reason=reason)
    assert set(states().values()) == {"approved"}


@pytest.mark.django_db
def test_only_what_the_page_showed_is_returned(world):
    for place in ("Huawu", "Gaoshan"):
        world.save(place, trained=5)
    submit(world)
    outcome = give_back(world, seen={world["Huawu"].pk: 1, world["Gaoshan"].pk: 2})
    assert outcome.moved == 1
    assert "changed after you opened" in reasons(outcome)["Huawu"]


@pytest.mark.django_db
@pytest.mark.parametrize("by", ["clerk", "analyst", "other_clerk", "admin"])
def test_only_reviewers_of_the_area_take_a_reviewers_steps(approved, by):
    for step in (approve, give_back, reopen):
        with pytest.raises(Refused, match="is not one of your areas"):
            step(approved, by=by)


@pytest.mark.django_db
def test_one_reopened_record_is_mended_and_approved_anew(approved):
    outcome = reopen(approved, seen={approved["Huawu"].pk: 3})
    assert outcome.moved == 1
    assert states() == {"Huawu": "returned", "Gaoshan": "approved"}
    assert not Extension.objects.exists()  # the round is open until then
    assert approved.save("Huawu", version=4, trained=9).status == "saved"
    submit(approved)
    record = DewRecord.objects.get(area=approved["Huawu"])
    was = last_approved(DewRecord, [record.pk])[record.pk]
    assert [(d.label, d.was, d.now) for d in differences(DewRecord, was, record)] == [("Trained", "5", "9")]
    assert [[(d.was, d.now) for d in e.differences] for e in entries_of(record, 100)] == [[("5", "9")], [("–", "5")]]
    assert approve(approved).moved == 1


@pytest.mark.django_db
def test_a_round_that_closes_earlier_goes_on_for_the_reopened_place_alone(approved):
    Round.objects.filter(year=2010).update(
        opens="2011-01-01", due="2011-02-01", closes=timezone.localdate() - dt.timedelta(days=1)
    )
    reopen(approved, until=LATER, seen={approved["Huawu"].pk: 3})
    made = Extension.objects.get()
    assert (made.area, made.until, made.by) == (approved["Huawu"], LATER, approved.reviewer)
    assert approved.save("Huawu", version=4, trained=9).status == "saved"
    assert approved.save("Dazhai", trained=9).status == "refused"
    assert submit(approved).moved == 1
    reopen(approved, until=LATER)  # all that is approved in the county
    assert Extension.objects.order_by("-pk")[0].area == approved[ZHIJIN]


@pytest.mark.django_db
@pytest.mark.parametrize("days", [-1, 500])
def test_a_deadline_lies_within_the_year_to_come(approved, days):
    with pytest.raises(Refused, match=r"has passed|more than a year away"):
        reopen(approved, until=timezone.localdate() + dt.timedelta(days=days))


@pytest.fixture
def two(world: Any, settings: Any) -> Any:
    """Approval takes two steps: the reviewer of Bijie confirms, one of Guizhou approves."""
    settings.REVIEW_STEPS = ["county", "province"]
    person(world, "province", Role.REVIEWER, "52")
    world.save("Huawu", trained=5)
    submit(world)
    return world


@pytest.mark.django_db
def test_with_two_steps_one_confirms_and_another_approves(two):
    early = approve(two, by="province")
    assert (early.moved, states()) == (0, {"Huawu": "submitted"})
    assert "who confirms it first" in reasons(early)["Huawu"]
    assert (approve(two).moved, states()) == (1, {"Huawu": "confirmed"})
    assert (approve(two).moved, states()) == (0, {"Huawu": "confirmed"})
    assert two.save("Huawu", version=3, trained=9).status == "locked"
    assert (approve(two, by="province").moved, states()) == (1, {"Huawu": "approved"})
    assert list(ReviewStep.objects.order_by("pk").values_list("kind", flat=True)) == [
        "submitted", "confirmed", "approved",
    ]  # fmt: skip


@pytest.mark.django_db
def test_nobody_takes_both_steps(two):
    Jurisdiction.objects.create(user=two.province, role=Role.REVIEWER, area=two[ZHIJIN])
    two.users["province"] = type(two.province).objects.get(pk=two.province.pk)
    assert (approve(two, by="province").moved, states()) == (1, {"Huawu": "confirmed"})
    assert reasons(approve(two, by="province"))["Huawu"] == "You confirmed it; someone else approves it."


@pytest.mark.django_db
def test_what_the_last_step_approved_the_first_can_not_reopen(two):
    approve(two)
    assert give_back(two, by="province").moved == 1
    two.save("Huawu", version=4, trained=6)
    submit(two)
    approve(two)
    approve(two, by="province")
    assert "could approve it" in reasons(reopen(two))["Huawu"]
    assert reopen(two, by="province").moved == 1


@pytest.mark.django_db
def test_what_counties_report_is_reviewed_by_prefecture(world):
    today, day = timezone.localdate(), dt.timedelta(days=1)
    Round.objects.create(
        programme=LoanRecord.code, year=2010, opens=today - day, due=today + day, closes=today + 2 * day
    )
    figure = next(m.name for m in LoanRecord.measures() if m.kind == "count")
    save_rows(
        LoanRecord, year=2010, rows=[IncomingRow(world[ZHIJIN].pk, 0, nil=False, values={figure: "5"})], by=world.clerk
    )
    assert submit_records(LoanRecord, year=2010, area=world[ZHIJIN], by=world.clerk).moved == 1
    assert approve_records(LoanRecord, year=2010, area=world["5205"], by=world.reviewer).moved == 1
    with pytest.raises(Refused, match="by county or township"):
        approve(world, area=world["5205"])


@pytest.mark.django_db
def test_giving_back_costs_the_same_statements_for_any_number_of_records(world):
    assert world.clerk.can(Ability.ENTER)
    assert world.reviewer.can(Ability.REVIEW)
    made: dict[Any, list[int]] = {give_back: [], reopen: []}
    for places in (["Huawu"], ["Gaoshan", "Dazhai", "Longtan"]):
        for place in places:
            world.save(place, trained=5)
        submit(world)
        with queries_made() as statements:
            give_back(world)
        made[give_back].append(len(statements))
        submit(world)
        approve(world)
        with queries_made() as statements:
            reopen(world, until=LATER, seen=dict(DewRecord.objects.values_list("area", "version")))
        made[reopen].append(len(statements))
        approve(world, by="reviewer")
        DewRecord.objects.all()._raw_delete("default")
        Extension.objects.all().delete()
    assert made == {give_back: [10, 10], reopen: [12, 12]}


@pytest.mark.django_db(transaction=True)
def test_approving_while_the_clerk_saves_waits_and_then_tells(world):
    """The row leaves the submitted ones while approval waits for it; it must be told of, not passed over."""
    world.save("Huawu", trained=5)
    world.save("Gaoshan", trained=5)
    submit(world)
    seen = dict(DewRecord.objects.values_list("area", "version"))

    def approve_elsewhere() -> Any:
        try:
            return approve(world, seen=seen)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            assert world.save("Huawu", version=2, trained=500).status == "saved"
            approving = pool.submit(approve_elsewhere)
            wait_for_a_lock()
        outcome = approving.result(timeout=20)
    assert (outcome.moved, states()) == (1, {"Huawu": "draft", "Gaoshan": "approved"})
    assert "changed after you opened the page" in reasons(outcome)["Huawu"]
