"""Jobs are written down, found when they are lost, and mended by a button; totals are proven, and differences told."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core import mail
from django.db import connection
from django.utils import timezone

from povtrack import celery_app
from povtrack.lib.jobs import RECOMPUTE
from povtrack.rollups import proofs, tasks
from povtrack.rollups.jobs import actions, watching, writing
from povtrack.rollups.jobs.kinds import KINDS
from povtrack.rollups.models import HeldCell, Job, Verification
from povtrack.rollups.recompute import drain, rebuild
from programmes.actions import submit_records
from programmes.actions.scope import Refused
from programmes.catalogue.dew import DewRecord
from programmes.models import DirtyCell
from programmes.sheets import tasks as sheet_tasks
from tests.queries import queries_made
from tests.rollups.test_moves import spoiled
from tests.rollups.test_recompute import row_of

pytestmark = pytest.mark.django_db

REBUILD = "povtrack.rollups.tasks.rebuild"


def press(client, action, job=None):
    """Press a button of the page, and return what is then said on top."""
    answer = client.post("/jobs/do/", {"action": action, **({"job": job.pk} if job else {})}, follow=True)
    [said] = answer.context["messages"]
    return said.level_tag, str(said)


def submitted(world, trained=59):
    world.save("Huawu", trained=trained)
    submit_records(DewRecord, year=2010, area=world["520524"], by=world.clerk)


@pytest.fixture
def failed(world, monkeypatch):
    """A rebuild that failed for want of a disk; the disk is back."""
    with monkeypatch.context() as broken:
        broken.setattr(tasks.recompute, "rebuild", lambda **_words: 1 / 0)
        tasks.rebuild.apply()
    return Job.objects.get()


def test_a_job_that_failed_is_shown_with_its_reason_and_done_again_by_a_button(
    failed, as_user, django_capture_on_commit_callbacks
):
    client = as_user("admin")
    [row] = client.get("/jobs/").context["rows"]
    assert (row["job"].state, row["job"].error) == ("failed", "ZeroDivisionError: division by zero")
    with django_capture_on_commit_callbacks(execute=True):
        assert press(client, "again", failed)[0] == "success"
    job = Job.objects.get()
    assert (job.state, job.runs, job.error, job.by.username) == ("done", 2, "", "admin")
    assert row_of_kind(client.get("/jobs/"), "Recompute all totals")["last"] == job.ended_at
    assert press(client, "again", failed) == ("error", "This job is at work already, or was done meanwhile.")


def row_of_kind(answer, label):
    return next(kind for kind in answer.context["kinds"] if kind["label"] == label)


def test_a_job_that_nobody_needs_is_ended_by_those_who_manage_the_country_alone(failed, world, as_user):
    with pytest.raises(Refused):
        actions.end(job=failed, by=world.clerk)
    client = as_user("admin")
    assert press(client, "end", failed)[0] == "success"
    assert press(client, "end", failed) == ("error", "This job is over already.")
    assert Job.objects.get().state == "ended"
    assert not client.get("/jobs/").context["rows"]
    assert [row["job"].pk for row in client.get("/jobs/?show=all").context["rows"]] == [failed.pk]


def test_a_job_whose_worker_died_is_found_and_one_that_runs_is_left_alone(world, as_user, monkeypatch):
    writing.begun(REBUILD, "alive", [], "celery@here (1)")
    with monkeypatch.context() as elsewhere:
        elsewhere.setattr(writing, "_session", lambda: "1 2001-01-01 00:00:00+00")
        writing.begun("programmes.sheets.tasks.read", "dead", [7], "celery@there (2)")
    assert watching.watch() == 1
    assert dict(Job.objects.values_list("name", "state")) == {"alive": "running", "dead": "lost"}
    assert [row["job"].name for row in as_user("admin").get("/jobs/").context["rows"]] == ["dead"]
    assert press(as_user("admin"), "rebuild") == ("error", "This is under way already.")


def test_cells_that_wait_too_long_wake_a_worker(world, monkeypatch):
    asked = []
    monkeypatch.setattr(watching, "ask_to_recompute", lambda: asked.append(1))
    submitted(world)
    assert (watching.watch(), asked) == (0, [])
    DirtyCell.objects.update(at=timezone.now() - dt.timedelta(minutes=5))
    assert watching.watch() == DirtyCell.objects.count()
    assert asked == [1]


def test_jobs_that_run_all_the_time_are_one_row_an_hour_and_old_rows_go(world, monkeypatch):
    marks = 0
    for trained in (1, 2):
        world.save("Huawu", trained=trained, version=trained - 1)
        marks += DirtyCell.objects.count()
        tasks.drain.apply(throw=True)
    job = Job.objects.get(kind=RECOMPUTE)
    assert (job.runs, job.amount, job.state) == (2, marks, "done")
    monkeypatch.setattr(watching, "KEPT", dt.timedelta(0))
    tasks.watch.apply(throw=True)
    assert not Job.objects.filter(kind=RECOMPUTE).exists()


def test_a_job_is_done_also_where_nothing_can_be_written_about_it(world, monkeypatch, caplog):
    monkeypatch.setattr(writing, "_session", lambda: "x" * 1000)
    assert sheet_tasks.drop.apply(throw=True).result == 0
    assert "could not be written down" in caplog.text


def test_a_held_cell_is_shown_with_its_reason_and_released_by_a_button(
    world, as_user, django_capture_on_commit_callbacks
):
    rebuild()
    submitted(world)
    client = as_user("admin")
    with spoiled(world["520524100"]):
        drain()
        answer = client.get("/jobs/")
        [held] = answer.context["held"]
        assert held["cell"].county == world["520524"]
        assert "spoiled" in held["cell"].reason
        assert client.get("/status/").context["outbox"].held == answer.context["outbox"].held > 0
    with django_capture_on_commit_callbacks(execute=True):
        assert press(client, "held")[0] == "success"
    assert row_of(world["CN"]).trained == 59
    assert not HeldCell.objects.exists()
    assert press(client, "held") == ("error", "No cell is held back any more.")


def test_what_the_nightly_proof_found_right_is_told_wherever_its_totals_are(open_world, as_user):
    submitted(open_world)
    drain()
    assert proofs.prove_all(nights=1) == 0
    dew = Verification.objects.get(programme="dew")
    assert (dew.cells, dew.totals, dew.passed_over) == (2 * 2 * 3, 3, 0)
    client = as_user("analyst")
    told = client.get("/api/v1/rollups/dew/").json()["freshness"]["verified_at"]
    assert dt.datetime.fromisoformat(told) == dew.at
    assert client.get("/figures/dew/2010/52/").context["freshness"].verified == (dew.at, False)
    assert client.get("/status/").context["verified_at"] <= dew.at


def tamper(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)


def test_a_difference_is_kept_logged_mailed_and_shown(world, as_user, caplog):
    world.admin.email = "admin@example.org"
    world.admin.save()
    submitted(world)
    rebuild()
    proofs.prove_all(nights=1)
    tamper("UPDATE programmes_dewrollup SET trained = 60 WHERE level = 0 AND year = 2010")
    assert proofs.prove_all(nights=1) > 0
    assert "programme dew are not what its records say" in caplog.text
    assert [message.bcc for message in mail.outbox] == [["admin@example.org"]]
    client = as_user("admin")
    assert client.get("/figures/dew/2010/CN/").context["freshness"].verified.differs
    assert [one.programme for one in client.get("/status/").context["differing"]] == ["dew"]
    shown = client.get("/jobs/").context["differences"]
    assert ("trained", "60", "59") in {(one["column"], one["kept"], one["recomputed"]) for one in shown}
    rebuild()
    assert proofs.prove_all(nights=1) == 0
    assert not client.get("/status/").context["differing"]


def test_the_proof_finds_what_differs_on_every_level(world):
    submitted(world)
    for sql in (
        "UPDATE programmes_dewrollup SET trained = 60 WHERE level <= 2 AND year = 2010",  # all above agree
        "UPDATE programmes_dewrollup SET trained = 60 WHERE level = 1 AND year = 2010",
        "UPDATE programmes_dewrollup SET women = 5 WHERE level = 4 AND year = 2010",
        "DELETE FROM programmes_dewrollup WHERE level = 3 AND year = 2009",
    ):
        rebuild(codes=["dew"])
        assert proofs.prove(DewRecord, nights=1).differences == 0
        tamper(sql)
        assert proofs.prove(DewRecord, nights=1).differences > 0, sql


def test_cells_that_wait_are_passed_over_by_the_proof(world):
    rebuild()
    submitted(world)
    assert proofs.prove_all(nights=1) == 0
    assert Verification.objects.get(programme="dew").passed_over == 3  # the county on both bases, and the nation


def test_the_pages_cost_the_same_however_much_there_is_to_tell(world, as_user):
    counted, client = [], as_user("admin")
    client.get("/status/")
    for more in (1, 30):
        for number in range(more):
            writing.failed("x", f"job {number}", [], "w", "No.", again=False)
            words = {"programme": "dew", "year": 2000 + number % 10, "county": world["520524"], "basis": "recorded"}
            DirtyCell.objects.create(**words, held=True)
            HeldCell.objects.update_or_create(**words, defaults={"reason": "No."})
        for address in ("/status/", "/jobs/"):
            with queries_made() as made:
                assert client.get(address).status_code == 200
            counted.append(len(made))
    assert counted == [10, 16, 10, 16]


def test_programs_of_admins_see_jobs_and_do_them_again(as_user, failed):
    client, url = as_user("admin"), "/api/v1/jobs/"
    [listed] = client.get(url, {"state": "stopped"}).json()["results"]
    assert (listed["label"], listed["state"], listed["by"]) == ("Recompute all totals", "failed", None)
    assert "ZeroDivisionError" in listed["error"]
    assert client.get(f"{url}{listed['id']}/").json() == listed
    again = client.post(f"{url}{listed['id']}/again/")
    assert (again.status_code, again.json()["state"], again.json()["by"]) == (200, "retried", "Admin")
    refused = client.post(f"{url}{listed['id']}/again/")
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (409, "refused")
    assert client.post(f"{url}{listed['id']}/end/").json()["state"] == "ended"
    assert client.get(url, {"state": "stopped"}).json()["results"] == []
    assert client.get(url, {"state": "stoped"}).status_code == 400
    assert as_user("reviewer").get(url).status_code == 404


def test_every_job_has_a_name_that_admins_understand():
    celery_app.loader.import_default_modules()
    ours = {name for name in celery_app.tasks if not name.startswith("celery.")}
    assert ours == set(KINDS)
