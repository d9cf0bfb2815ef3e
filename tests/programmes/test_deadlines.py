"""What was reopened is mended by its day, also while the round goes on: no door writes it afterwards."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.urls import reverse

from povtrack.accounts.roles import Role
from programmes import actions
from programmes.actions import IncomingFigure, IncomingRow, add_remark, reopen_records
from programmes.catalogue.dew import DewRecord
from programmes.catalogue.pilot import PilotRecord
from programmes.models import Extension, Indicator, IndicatorFigure, ReviewStep, Round
from programmes.progress import progress_of
from tests.programmes.reviews import (
    DAY,
    TODAY,
    ZHIJIN,
    approve,
    days_pass,
    give_back,
    make_late,
    person,
    reasons,
    reopen,
    submit,
)
from tests.programmes.sheets.files import faults, fill, send, states, take
from tests.programmes.sheets.files import save as save_file
from tests.programmes.test_entry import form_of
from tests.programmes.test_entry import row as typed
from tests.programmes.test_rounds import WRITES, close, everything, extend
from tests.queries import queries_made

pytestmark = pytest.mark.django_db

GRID = f"/work/dew/2010/{ZHIJIN}/"
RECORD = "/records/dew/2010/520524100201/"
PAST = f"It could be mended until {TODAY - DAY}, and that day has passed. Ask the reviewer to reopen it"
CLERKS = {name: write for name, write in WRITES.items() if name not in ("approve_records", "return_records")}


@pytest.fixture
def late(world: Any) -> Any:
    """Huawu was approved and reopened until yesterday, Gaoshan is in draft; the round is open for a month."""
    return make_late(world)


def version(world: Any, place: str = "Huawu") -> int:
    return DewRecord.objects.get(area=world[place], year=2010).version


@pytest.mark.parametrize("name", CLERKS)
def test_each_write_of_a_clerk_refuses_the_record_and_says_what_to_do(late, name):
    before = DewRecord.objects.filter(area=late["Huawu"]).values_list().get()
    done = CLERKS[name](late)
    if name == "submit_records":
        assert (done.moved, list(reasons(done))) == (1, ["Huawu"])
        assert reasons(done)["Huawu"].startswith(PAST)
    else:
        [error] = done[0].errors
        assert (done[0].status, error.message.startswith(f"化屋村: {PAST}")) == ("refused", True)
    assert DewRecord.objects.filter(area=late["Huawu"]).values_list().get() == before


def test_every_door_of_a_clerk_refuses_the_record(as_user, late):
    record, client = DewRecord.objects.get(area=late["Huawu"]), as_user("clerk")
    DewRecord.objects.filter(area=late["Gaoshan"]).delete()
    before, api = everything(), "/api/v1/records/dew/"

    def sent(url: str, data: Any, method: str = "post") -> Any:
        return getattr(client, method)(url, json.dumps(data), content_type="application/json")

    huawu, on = late["Huawu"].pk, record.version
    saved = sent(f"{GRID}save/", {"rows": [typed(late["Huawu"], on, trained=7)]}).json()["rows"][0]
    assert (saved["status"], PAST in saved["errors"][0]["message"]) == ("refused", True)
    told = sent(f"{GRID}submit/", {}).json()
    assert (told["submitted"], PAST in told["refused"][0]["message"]) == (0, True)
    page = client.post(GRID, form_of(client.get(GRID), **{f"v-{huawu}-trained": "7"}))
    assert (page.status_code, PAST in page.content.decode()) == (422, True)
    for answer in (
        sent(api, {"area": huawu, "year": 2010, "trained": 7}),
        sent(f"{api}{record.pk}/", {"version": on, "trained": 7}, "patch"),
        sent(f"{api}{record.pk}/steps/", {"step": "submit", "version": on}),
        sent(f"{api}bulk/", {"year": 2010, "rows": [{"area": huawu, "version": on, "trained": 7}]}),
        sent(f"{api}area/steps/", {"step": "submit", "year": 2010, "area": late[ZHIJIN].pk}),
    ):
        assert PAST in answer.content.decode(), answer.content
    assert everything() == before


def test_a_file_refuses_the_record_and_leaves_alone_what_nobody_touched(as_user, late):
    client = as_user("clerk")
    content = take(client)
    untouched = send(client, fill(content, {"520524100203": {"trained": 3}}))
    assert states(untouched) == {"accepted": 1, "unchanged": 2, "blank": 1}
    upload = send(client, fill(content, {"520524100201": {"trained": 9}, "520524100203": {"trained": 3}}))
    assert states(upload) == {"accepted": 1, "refused": 1, "unchanged": 1, "blank": 1}
    [(_field, words)] = faults(upload)[3]
    assert PAST in words

    # One that was looked at in time, and is saved afterwards, saves nothing either.
    reopen(late)
    upload = send(client, fill(content, {"520524100201": {"trained": 9}}))
    assert states(upload)["accepted"] == 1
    days_pass()
    save_file(client, upload, "accepted")
    assert (states(upload)["refused"], DewRecord.objects.get(area=late["Huawu"]).trained) == (1, 5)


def test_indicators_of_a_late_pilot_are_refused_and_shown_as_such(as_user, world):
    Round.objects.create(programme="pilot", year=2010, opens=TODAY, due=TODAY, closes=TODAY + 9 * DAY)
    about: dict[str, Any] = {"year": 2010, "area": world[ZHIJIN]}
    rows = [IncomingRow(world[ZHIJIN].pk, 0, nil=False, values={"projects": "2"}, breakdown="disease")]
    actions.save_rows(PilotRecord, year=2010, rows=rows, by=world.clerk)
    wells = Indicator.objects.create(theme="disease", name="Wells", unit="wells")
    actions.submit_records(PilotRecord, by=world.clerk, **about)
    actions.approve_records(PilotRecord, by=world.reviewer, **about)
    reopen_records(PilotRecord, by=world.reviewer, reason="A typo.", until=TODAY, **about)
    client, url = as_user("clerk"), reverse("indicators-entry", args=["pilot", 2010, ZHIJIN])
    page = client.get(url)
    days_pass(1)
    [result] = actions.save_indicator_figures(rows=[IncomingFigure(wells.pk, 0, target="3")], by=world.clerk, **about)
    assert (result.status, PAST in result.errors[0].message) == ("refused", True)
    [theme] = page.context["themes"]
    sent = {f"version-{wells.pk}": 0, f"was-{wells.pk}": "|", f"target-{wells.pk}": "3", f"actual-{wells.pk}": ""}
    assert theme["locked"] is False
    assert PAST in client.post(url, sent).content.decode()
    [theme] = client.get(url).context["themes"]
    assert (theme["locked"], theme["late"].startswith(PAST)) == (True, True)
    assert not IndicatorFigure.objects.exists()


def test_a_remark_changes_no_figure_and_is_taken_at_any_time(late):
    assert add_remark(
        DewRecord, year=2010, area=late["Huawu"], breakdown="", measure="trained", text="Late.", by=late.clerk
    )


def test_what_was_submitted_in_time_is_approved_or_returned_afterwards(world):
    world.save("Huawu", trained=5)
    submit(world)
    approve(world)
    reopen(world)
    assert world.save("Huawu", version=version(world), trained=9).status == "saved"
    assert submit(world).moved == 1
    days_pass()
    assert world.save("Huawu", version=version(world), trained=8).status == "refused"
    assert give_back(world).moved == 1  # a reviewer who gives it back afterwards gives it time
    assert world.save("Huawu", version=version(world), trained=8).status == "saved"
    assert submit(world).moved == 1
    assert approve(world).moved == 1
    assert progress_of(DewRecord, 2010, world[ZHIJIN]).late == 0


def test_returning_it_before_its_day_does_not_lengthen_it(world):
    world.save("Huawu", trained=5)
    submit(world)
    approve(world)
    reopen(world)
    submit(world)
    give_back(world)
    assert ReviewStep.objects.latest("pk").until == TODAY + DAY
    days_pass()
    assert world.save("Huawu", version=version(world), trained=8).status == "refused"


def test_a_row_whose_answer_was_lost_was_saved(late):
    from uuid import uuid4

    reopen(late)
    row = IncomingRow(late["Huawu"].pk, version(late), nil=False, values={"trained": "9"}, key=uuid4())
    assert actions.save_rows(DewRecord, year=2010, rows=[row], by=late.clerk)[0].status == "saved"
    days_pass()
    assert actions.save_rows(DewRecord, year=2010, rows=[row], by=late.clerk)[0].status == "saved"


def test_a_new_reopening_gives_it_another_day_and_takes_nothing_from_its_clerk(late):
    on = version(late)
    assert reopen(late, area=late[ZHIJIN]).moved == 1  # Gaoshan was never given back
    assert late.save("Huawu", version=on, trained=9).status == "saved"
    days_pass()
    assert late.save("Huawu", version=on + 1, trained=8).status == "refused"
    assert reopen(late, seen={(late["Huawu"].pk, ""): on + 1}).moved == 1
    assert DewRecord.objects.get(area=late["Huawu"]).state == "draft"
    assert submit(late).moved == 2


def test_an_extension_made_afterwards_wins_where_it_holds(late):
    beyond = TODAY + 60 * DAY
    extend(late, "520525", until=beyond)
    assert late.save("Huawu", version=version(late), trained=9).status == "refused"
    extend(late, until=beyond)
    assert late.save("Huawu", version=version(late), trained=9).status == "saved"
    days_pass(61)
    assert late.save("Huawu", version=version(late), trained=8).status == "refused"


def test_an_extension_made_before_does_not(world):
    world.save("Huawu", trained=5)
    submit(world)
    approve(world)
    extend(world, until=TODAY + 60 * DAY)
    reopen(world)
    days_pass()
    assert world.save("Huawu", version=version(world), trained=9).status == "refused"


def test_the_reopening_of_one_kind_gives_no_time_to_another(world):
    Round.objects.create(programme="pilot", year=2010, opens=TODAY - 9 * DAY, due=TODAY, closes=TODAY)
    about: dict[str, Any] = {"year": 2010, "area": world[ZHIJIN]}

    def sent(kind: str, on: int) -> Any:
        row = IncomingRow(world[ZHIJIN].pk, on, nil=False, values={"projects": str(on + 2)}, breakdown=kind)
        return actions.save_rows(PilotRecord, year=2010, rows=[row], by=world.clerk)[0]

    for kind in ("disease", "quake"):
        assert sent(kind, 0).status == "saved"
    actions.submit_records(PilotRecord, by=world.clerk, **about)
    actions.approve_records(PilotRecord, by=world.reviewer, **about)
    again: dict[str, Any] = {"by": world.reviewer, "reason": "A typo.", "until": TODAY + 5 * DAY, **about}
    reopen_records(PilotRecord, breakdown="disease", seen={(world[ZHIJIN].pk, "disease"): 3}, **again)
    days_pass(6)
    reopen_records(PilotRecord, breakdown="quake", seen={(world[ZHIJIN].pk, "quake"): 3}, **again)
    assert Extension.objects.filter(until__gt=TODAY, is_reopening=True).count() == 1
    assert (sent("disease", 4).status, sent("quake", 4).status) == ("refused", "saved")
    assert "Areas of endemic disease: " + PAST[:24] in sent("disease", 4).errors[0].message
    late = [progress_of(PilotRecord, 2010, world[ZHIJIN], kind).late for kind in (None, "disease", "quake")]
    assert late == [1, 1, 0]


def test_what_the_last_step_reopened_the_first_gives_no_other_day(world, settings):
    settings.REVIEW_STEPS = ["county", "province"]
    person(world, "province", Role.REVIEWER, "52")
    world.save("Huawu", trained=5)
    submit(world)
    approve(world)
    assert reopen(world).moved == 1  # confirmed only
    assert reopen(world).moved == 1  # their own
    submit(world)
    approve(world)
    approve(world, by="province")
    assert reopen(world, by="province").moved == 1
    assert "could approve it" in reasons(reopen(world))["Huawu"]
    assert reopen(world, by="province").moved == 1


def test_a_closed_round_and_a_late_record_are_told_apart(late):
    close()
    [result] = WRITES["save_rows"](extend_elsewhere(late))
    assert "is not open: it runs from" in result.errors[0].message


def extend_elsewhere(world: Any) -> Any:
    extend(world, "520525")
    return world


def test_another_day_costs_the_same_statements_for_any_number_of_records(world):
    made = []
    for places in (["Huawu"], ["Gaoshan", "Dazhai", "Longtan"]):
        for place in places:
            world.save(place, trained=5)
        submit(world)
        approve(world)
        reopen(world, area=world[ZHIJIN])
        days_pass()
        with queries_made() as statements:
            assert reopen(world, area=world[ZHIJIN]).moved == len(places)
        made.append(len(statements))
        with queries_made() as statements:
            submit(world)
        made.append(len(statements))
        DewRecord.objects.all()._raw_delete("default")
    assert made[:2] == made[2:] == [9, 13]
