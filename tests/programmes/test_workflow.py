"""Review: who approves what, and that nobody approves what they have not seen; planning rounds."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from povtrack.accounts.models import Jurisdiction, User
from povtrack.accounts.roles import Ability, Role
from programmes.actions import Refused, approve_records, plan_round, submit_records
from programmes.catalogue.dew import DewRecord
from programmes.models import Round
from tests.programmes.test_entry import form_of
from tests.queries import queries_made

ZHIJIN = "520524"
GRID = f"/work/dew/2010/{ZHIJIN}/"


def submit(world, by="clerk"):
    return submit_records(DewRecord, year=2010, area=world[ZHIJIN], by=world.users[by])


def approve(world, by="reviewer", **seen):
    return approve_records(DewRecord, year=2010, area=world[ZHIJIN], by=world.users[by], **seen)


def reasons(outcome):
    return {place.split()[0]: why for _area, place, why, _kind in outcome.refused}


@pytest.fixture
def both(world):
    """The reviewer is a clerk too."""
    Jurisdiction.objects.create(user=world.reviewer, role=Role.CLERK, area=world[ZHIJIN])
    return world


@pytest.mark.django_db
def test_what_was_sent_again_after_the_page_was_opened_is_not_approved(world):
    world.save("Huawu", trained=5)
    world.save("Gaoshan", trained=6)
    submit(world)
    seen = dict(DewRecord.objects.values_list("area", "version"))
    world.save("Huawu", version=2, trained=500)
    submit(world)

    outcome = approve(world, seen=seen)

    assert outcome.moved == 1
    assert "changed after you opened the page" in reasons(outcome)["Huawu"]
    assert dict(DewRecord.objects.values_list("area__name_latin", "state")) == {
        "Huawu": "submitted",
        "Gaoshan": "approved",
    }


@pytest.mark.django_db
def test_what_was_not_on_the_page_is_left_alone(world):
    world.save("Huawu", trained=5)
    world.save("Gaoshan", trained=6)
    submit(world)
    outcome = approve(world, seen={world["Huawu"].pk: 2})
    assert (outcome.moved, outcome.refused) == (1, [])
    assert DewRecord.objects.get(state="approved").area == world["Huawu"]


@pytest.mark.django_db
def test_an_entry_stays_ones_own_when_a_colleague_goes_over_it(both):
    both.save("Huawu", trained=5, by="reviewer")
    both.save("Huawu", version=1, trained=6, by="clerk")
    both.save("Gaoshan", trained=7, by="clerk")
    submit(both)

    outcome = approve(both)

    assert outcome.moved == 1
    assert reasons(outcome) == {"Huawu": "Nobody approves their own entry."}


@pytest.mark.django_db
def test_a_posted_form_submits_and_the_reviewer_approves(as_user, world):
    world.save("Huawu", trained=3)
    client = as_user("clerk")
    client.post(GRID, {"action": "submit"})
    assert DewRecord.objects.get().state == "submitted"
    client = as_user("reviewer")
    page = client.get(GRID)
    assert page.context["can_approve"]
    client.post(GRID, {"action": "approve", "seen": page.context["seen"]})
    assert DewRecord.objects.get().state == "approved"


@pytest.mark.django_db
def test_the_approve_button_approves_what_its_page_shows(as_user, world, monkeypatch):
    monkeypatch.setattr("programmes.grid.PAGE", 1)
    for place in ("Huawu", "Gaoshan"):
        world.save(place, trained=3)
    client = as_user("reviewer")
    early = client.get(GRID).context["seen"]
    submit(world)

    late = client.post(GRID, {"action": "approve", "seen": early}, follow=True)
    assert "changed after you opened the page" in late.content.decode()
    assert "Approve this page (1)" in late.content.decode()
    assert not DewRecord.objects.filter(state="approved").exists()

    client.post(GRID, {"action": "approve", "seen": late.context["seen"]})
    assert DewRecord.objects.get(state="approved").area == world["Huawu"]


@pytest.mark.parametrize("seen", ["", "x", "1:", ":::", "9" * 99 + ":1", "5:5 5"])
@pytest.mark.django_db
def test_a_page_that_shows_nothing_approves_nothing(as_user, world, seen):
    world.save("Huawu", trained=3)
    submit(world)
    as_user("reviewer").post(GRID, {"action": "approve", "seen": seen})
    assert DewRecord.objects.get().state == "submitted"


@pytest.mark.django_db
def test_review_costs_the_same_statements_for_any_number_of_records(world):
    made = {submit: [], approve: []}
    # What a person holds is read once a request; here it is read before.
    assert world.clerk.can(Ability.ENTER)
    assert world.reviewer.can(Ability.REVIEW)
    for places in (["Huawu"], ["Gaoshan", "Dazhai", "Longtan"]):
        for place in places:
            world.save(place, trained=5)
        for step in (submit, approve):
            with queries_made() as statements:
                assert step(world).moved == len(places)
            made[step].append(len(statements))
    # Round, the person's areas, lock, update, steps; whom to tell, three for the words, the notifications. To submit
    # also medians and figures; to approve the person's steps and the history.
    assert made == {submit: [13, 13], approve: [11, 11]}


@pytest.mark.django_db(transaction=True)
def test_submitting_waits_for_a_save_and_never_crosswise(world):
    """A save writes in the order of areas; locking the later place first and waiting for the earlier is a deadlock."""
    world.save("Longtan", trained=6)
    world.save("Huawu", trained=5)
    assert world["Huawu"].pk < world["Longtan"].pk

    def submit_elsewhere():
        try:
            return submit(world).moved
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            DewRecord.objects.filter(area=world["Huawu"]).update(trained=7)
            submitting = pool.submit(submit_elsewhere)
            wait_for_a_lock()
            DewRecord.objects.filter(area=world["Longtan"]).update(trained=8)
        assert submitting.result(timeout=20) == 2


def wait_for_a_lock():
    with connection.cursor() as cursor:
        for _attempt in range(200):
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return
            time.sleep(0.05)
    raise AssertionError("Nobody waits.")


def planned(**changes):
    days = {"opens": "2012-01-01", "due": "2012-02-01", "closes": "2012-03-01"}
    return Round(**{"programme": "dew", "year": 2011, **days, **changes})


@pytest.mark.django_db
def test_a_round_counts_for_the_whole_country_and_so_does_who_plans_it(world):
    county_admin = User.objects.create_user("county_admin")
    Jurisdiction.objects.create(user=county_admin, role=Role.ADMIN, area=world[ZHIJIN])
    with pytest.raises(Refused, match="whole country"):
        plan_round(planned(), by=county_admin)
    assert plan_round(planned(), by=world.admin).pk
    assert plan_round(planned(year=2012), by=User.objects.create_superuser("root")).pk


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "words"),
    [({"programme": "rain"}, "There is no programme “rain”"), ({"year": 2003}, "Dew Program began in 2004")],
)
def test_a_round_is_of_a_known_programme_and_a_year_it_was_collected(world, changes, words):
    with pytest.raises(ValidationError, match=words):
        plan_round(planned(**changes), by=world.admin)


@pytest.mark.django_db
def test_the_admin_says_so_at_the_field_and_moves_no_round(as_user, world):
    client = as_user("admin")
    data = {"programme": "dew", "year": 2003, "opens": "2004-01-01", "due": "2004-02-01", "closes": "2004-03-01"}
    refused = client.post("/admin/programmes/round/add/", data)
    assert "began in 2004" in str(refused.context["adminform"].form.errors["year"])

    existing = Round.objects.get(year=2010)
    moved = client.post(f"/admin/programmes/round/{existing.pk}/change/", {**data, "year": 2011})
    assert moved.status_code == 302
    existing.refresh_from_db()
    assert (existing.programme, existing.year, str(existing.due)) == ("dew", 2010, "2004-02-01")
    assert client.post(f"/admin/programmes/round/{existing.pk}/delete/", {"post": "yes"}).status_code == 403


@pytest.mark.parametrize("steps", ["", "village,county,province", "province,county", "shire", "county,county"])
def test_review_steps_that_make_no_sense_stop_the_start_with_a_hint(steps):
    environment = {**os.environ, "REVIEW_STEPS": steps}
    told = subprocess.run(
        [sys.executable, "-c", "import povtrack.settings"], env=environment, capture_output=True, text=True, check=False
    )
    assert "REVIEW_STEPS names one level, or two of which the second is higher" in told.stderr


@pytest.mark.django_db
def test_what_was_typed_into_a_row_that_was_approved_meanwhile_is_told_of(as_user, world):
    world.save("Huawu", trained=5)
    world.save("Gaoshan", nil=True)
    client = as_user("clerk")
    submit_records(DewRecord, year=2010, area=world["520524"], by=world.clerk)
    page = client.get(GRID)
    approve_records(DewRecord, year=2010, area=world["520524"], by=world.reviewer)
    answer = client.post(GRID, form_of(page, **{f"v-{world['Huawu'].pk}-trained": "7"}))
    assert answer.status_code == 422
    [error] = answer.context["errors"]  # Gaoshan was left as it is
    assert error["message"] == "This row is approved and can't be changed: Trained 5."
    # The box of a row that is locked is not sent, which takes nothing back.
    untouched = form_of(client.get(GRID))
    del untouched[f"nil-{world['Gaoshan'].pk}"]
    assert client.post(GRID, untouched).status_code == 302
