"""The pages of review: the queue, a county's records, one record, and the same in the API."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from povtrack.accounts.models import Jurisdiction
from povtrack.accounts.roles import Role
from programmes.actions import add_remark
from programmes.catalogue.dew import DewRecord
from programmes.models import Remark
from programmes.review_queue import queue_of
from tests.programmes.reviews import ZHIJIN, approve, give_back, last_year, person, submit
from tests.queries import queries_made

pytestmark = pytest.mark.django_db

PAGE = f"/review/dew/2010/{ZHIJIN}/"
RECORD = "/records/dew/2010/520524100201/"


@pytest.fixture
def waiting(world: Any) -> Any:
    """Huawu and Gaoshan wait, Gaoshan with an unlikely figure and its reason; in Nayong Baiyan waits."""
    last_year(world, "Gaoshan", trained=5)
    world.save("Huawu", trained=5)
    world.save("Gaoshan", trained=500)
    words = {"year": 2010, "area": world["Gaoshan"], "breakdown": "", "measure": "trained"}
    add_remark(DewRecord, text="Two villages learned together.", by=world.clerk, **words)
    submit(world)
    world.save("Baiyan", trained=5, by="other_clerk")
    submit(world, by="other_clerk", area=world["520525"])
    return world


def test_the_queue_has_a_line_a_county_with_unlikely_figures_first(as_user, waiting):
    lines = as_user("reviewer").get("/review/").context["lines"]
    assert [(x["area"].name_latin, x["waiting"], x["flagged"], x["url"]) for x in lines] == [
        ("Zhijin County", 2, 1, PAGE),
        ("Nayong County", 1, 0, "/review/dew/2010/520525/"),
    ]
    work = as_user("reviewer").get("/work/")
    assert [x["url"] for x in work.context["lines"]] == [x["url"] for x in lines]
    assert as_user("clerk").get("/review/").context["lines"] == []


def test_who_reviews_a_township_has_it_in_the_queue(as_user, waiting):
    person(waiting, "near", Role.REVIEWER, "520524100")
    lines = as_user("near").get("/review/").context["lines"]
    assert [(x["url"], x["waiting"]) for x in lines] == [("/review/dew/2010/520524100/", 2)]


def test_with_two_steps_each_finds_their_own(as_user, waiting, settings):
    settings.REVIEW_STEPS = ["county", "province"]
    person(waiting, "province", Role.REVIEWER, "52")
    assert as_user("province").get("/review/").context["lines"] == []
    approve(waiting)
    assert [x["waiting"] for x in as_user("province").get("/review/").context["lines"]] == [2]
    assert [x["area"].code for x in as_user("reviewer").get("/review/").context["lines"]] == ["520525"]


def test_the_queue_costs_the_same_queries_for_any_number_of_counties(as_user, waiting):
    costs = []
    for role in ("near", "reviewer"):
        if role == "near":
            person(waiting, "near", Role.REVIEWER, ZHIJIN)
        client = as_user(role)
        with queries_made() as queries:
            client.get("/review/")
        costs.append(len(queries))
    assert costs == [20, 20]


def test_the_queue_is_read_from_the_index_of_what_waits(waiting):
    """Else it leads through all records of the year: 230 ms for half a million of them, and 2 ms with the index."""
    with queries_made() as queries:
        queue_of(waiting.reviewer)
    [asked] = [query for query in queries if "array_agg(area_id" in query]
    with connection.cursor() as cursor:
        # Of a handful of records any index will do, so the plan is that of a table which has this one alone.
        cursor.execute("SELECT pg_get_indexdef('dewrecord_waits'::regclass)")
        index = cursor.fetchone()[0].replace("ON public.", "ON pg_temp.")
        cursor.execute("CREATE TEMPORARY TABLE programmes_dewrecord (LIKE programmes_dewrecord)")
        cursor.execute(f"{index}; SET LOCAL enable_seqscan = off; EXPLAIN {asked}")
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "dewrecord_waits" in plan, plan


def test_the_page_shows_what_is_unlikely_first_with_numbers_and_reason(as_user, waiting):
    page = as_user("reviewer").get(PAGE)
    rows = page.context["rows"]
    assert [row["record"].area.name_latin for row in rows] == ["Gaoshan", "Huawu"]
    assert rows[0]["flags"] == [
        {
            "label": "Trained",
            "message": "500 this year, 5 last year. Is that right?",
            "reason": "Two villages learned together.",
            "earlier": "",
        }
    ]
    assert "Two villages learned together." in page.content.decode()


def test_the_page_shows_what_changed_since_approval(as_user, waiting):
    approve(waiting)
    from tests.programmes.test_review import reopen

    reopen(waiting, seen={waiting["Huawu"].pk: 3})
    waiting.save("Huawu", version=4, trained=9, spent=100)
    submit(waiting)
    [row] = as_user("reviewer").get(PAGE).context["rows"]
    assert [(d.label, d.was, d.now) for d in row["differences"]] == [("Trained", "5", "9"), ("Spent", "–", "100")]


def test_the_chosen_are_approved_and_the_others_returned_with_one_reason(as_user, waiting):
    client = as_user("reviewer")
    chosen = {row["record"].area.name_latin: row["chosen"] for row in client.get(PAGE).context["rows"]}
    nothing = client.post(PAGE, {"action": "approve"})
    assert (nothing.status_code, "Choose at least one record" in nothing.content.decode()) == (422, True)
    assert client.post(PAGE, {"record": chosen["Huawu"]}).status_code == 422  # Enter in a box presses no button
    no_reason = client.post(PAGE, {"action": "return", "record": chosen["Huawu"]})
    assert no_reason.status_code == 422
    assert no_reason.context["chosen"] == {chosen["Huawu"]}
    assert client.post(PAGE, {"action": "approve", "record": chosen["Huawu"]}).status_code == 302
    done = client.post(PAGE, {"action": "return", "record": chosen["Gaoshan"], "reason": "Ask again."}, follow=True)
    assert "1 record returned." in done.content.decode()
    assert dict(
        DewRecord.objects.filter(year=2010, county=waiting[ZHIJIN]).values_list("area__name_latin", "state")
    ) == {
        "Huawu": "approved",
        "Gaoshan": "returned",
    }


def test_what_changed_meanwhile_is_told(as_user, waiting):
    client = as_user("reviewer")
    chosen = [row["chosen"] for row in client.get(PAGE).context["rows"]]
    waiting.save("Huawu", version=2, trained=6)
    page = client.post(PAGE, {"action": "approve", "record": chosen}, follow=True).content.decode()
    assert "1 record approved." in page
    assert "Huawu 化屋村: This changed after you opened the page." in page
    again = client.post(PAGE, {"action": "approve", "record": ["x", *chosen[:1]]}, follow=True).content.decode()
    assert "changed after you opened" in again


def test_ones_own_entry_is_marked(as_user, waiting):
    Jurisdiction.objects.create(user=waiting.clerk, role=Role.REVIEWER, area=waiting[ZHIJIN])
    assert {row["own"] for row in as_user("clerk").get(PAGE).context["rows"]} == {True}


def test_a_page_of_review_costs_no_query_a_row(as_user, waiting):
    client, costs = as_user("reviewer"), []
    for _round in range(2):
        with queries_made() as queries:
            assert client.get(PAGE).status_code == 200
        costs.append(len(queries))
        for place in ("Dazhai", "Longtan"):
            waiting.save(place, trained=5)
        submit(waiting)
    assert costs[0] == costs[1] <= 40, costs


def test_a_record_tells_all_that_happened_to_it(as_user, waiting):
    give_back(waiting, seen={waiting["Huawu"].pk: 2})
    waiting.save("Huawu", version=3, trained=6)
    client = as_user("analyst")
    page = client.get(RECORD)
    assert [(e["what"], e["by"]) for e in page.context["story"]] == [
        ("entered", "Clerk"), ("returned", "Reviewer"), ("submitted", "Clerk"), ("entered", "Clerk"),
    ]  # fmt: skip
    assert not page.context["can_remark"]
    assert client.get("/records/dew/2010/520525100201/").status_code == 200
    assert as_user("clerk").get("/records/dew/2010/520525100201/").status_code == 404
    assert client.get("/records/dew/2010/520524100/").status_code == 404
    assert "Nothing has been reported here." in client.get("/records/dew/2010/520524100203/").content.decode()


def test_on_its_page_a_record_is_remarked_on_approved_and_reopened(as_user, waiting):
    clerk = as_user("clerk")
    clerk.post(RECORD, {"action": "remark", "measure": "trained", "text": "All of one family."})
    assert Remark.objects.latest("pk").text == "All of one family."
    assert clerk.post(RECORD, {"action": "remark", "measure": "x", "text": "y"}).status_code == 422
    client = as_user("reviewer")
    client.post(RECORD, {"action": "approve", "record": client.get(RECORD).context["chosen"]})
    until = timezone.localdate() + dt.timedelta(days=5)
    form = {"action": "reopen", "record": client.get(RECORD).context["chosen"], "reason": "A typo."}
    bad = client.post(RECORD, {**form, "until": "2011-02-31"})
    assert (bad.status_code, "“2011-02-31” is no day" in bad.content.decode()) == (422, True)
    assert client.post(RECORD, {**form, "until": until}).status_code == 302
    assert DewRecord.objects.get(area=waiting["Huawu"], year=2010).state == "returned"


def test_the_api_takes_the_same_steps_with_one_record(as_user, waiting):
    record = DewRecord.objects.get(area=waiting["Huawu"], year=2010)
    client, url = as_user("reviewer"), f"/api/v1/records/dew/{record.pk}/"

    def post(path: str, **data: Any) -> Any:
        return client.post(f"{url}{path}/", json.dumps(data), content_type="application/json")

    stale = post("steps", step="approve", version=1)
    assert (stale.status_code, "it is now version 2. Nothing was saved." in stale.json()["errors"][0]["detail"]) == (
        409,
        True,
    )
    assert post("steps", step="return", version=2).json()["errors"][0]["pointer"] == "#/reason"
    assert post("steps", step="approve", version=2, reason="x").status_code == 400
    assert post("steps", step="approve", version=2).json() == {"moved": 1, "refused": [], "unexplained": []}
    assert post("steps", step="approve", version=3).status_code == 409
    assert post("steps", step="submit", version=3).status_code == 403
    assert [step["kind"] for step in client.get(f"{url}steps/").json()["results"]] == ["approved", "submitted"]
    assert post("remarks", measure="trained", text="Checked on site.").status_code == 201
    [remark] = client.get(f"{url}remarks/").json()["results"]
    assert (remark["text"], remark["by"]) == ("Checked on site.", "Reviewer")


def test_the_api_takes_steps_with_an_area(as_user, waiting):
    client = as_user("reviewer")

    def post(**data: Any) -> Any:
        sent = {"year": 2010, "area": waiting[ZHIJIN].pk, **data}
        return client.post("/api/v1/records/dew/area/steps/", json.dumps(sent), content_type="application/json")

    assert post(step="return", reason="Again, please.").json() == {"moved": 2, "refused": [], "unexplained": []}
    assert post(step="approve", area=10**9).status_code == 400
    assert post(step="approve", breakdown="road").status_code == 400
    assert post(step="approve", area=waiting["5205"].pk).status_code == 403
    assert post(step="approve").json() == {"moved": 0, "refused": [], "unexplained": []}


def test_who_reads_changes_by_the_api_finds_what_was_given_back(as_user, waiting):
    DewRecord.objects.update(entered_at="2010-01-01T00:00Z")
    give_back(waiting, seen={waiting["Huawu"].pk: 2})
    DewRecord.objects.exclude(state="returned").update(submitted_at="2010-01-01T00:00Z")
    page = as_user("analyst").get("/api/v1/records/dew/", {"updated_since": "2011-01-01T00:00Z", "year": 2010}).json()
    assert [(row["area_name"], row["state"]) for row in page["results"] if row["state"] == "returned"] == [
        ("化屋村", "returned")
    ]
