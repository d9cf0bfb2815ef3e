"""The history of one figure, and remarks on it, as the panel of a cell asks for them."""

from __future__ import annotations

import json

import pytest
from django.urls import reverse

from programmes.actions import submit_records
from programmes.catalogue.dew import DewRecord
from programmes.models import Remark
from tests.queries import queries_made

pytestmark = pytest.mark.django_db


def address(area, measure="trained", code="520524"):
    return reverse("entry-cell", args=["dew", 2010, code, area.pk, measure])


def say(client, area, text, *, figure=None, **where):
    said = {"text": text, "figure": figure}
    return client.post(address(area, **where), json.dumps(said), content_type="application/json")


def changes(answer):
    return [(change["by"], change["before"], change["after"]) for change in answer.json()["changes"]]


def test_a_figure_tells_who_changed_it_from_what_to_what(as_user, world):
    world.save("Huawu", trained=59)
    world.save("Huawu", version=1, trained=59, women=3)  # another figure
    world.save("Huawu", version=2, by="township_clerk", trained=1061)
    world.save("Huawu", version=3, nil=True)
    world.save("Huawu", version=4, vocational=2)
    submit_records(DewRecord, year=2010, area=world["520524"], by=world.clerk)
    answer = as_user("reviewer").get(address(world["Huawu"]))
    assert changes(answer) == [
        ("Clerk", "nothing to report", "blank"),
        ("Clerk", "1,061", "nothing to report"),
        ("Township_Clerk", "59", "1,061"),
        ("Clerk", "not reported", "59"),
    ]


def test_a_history_costs_the_same_queries_however_long(as_user, world):
    client = as_user("clerk")
    world.save("Huawu", trained=1)
    say(client, world["Huawu"], "One.")
    client.get(address(world["Huawu"]))
    with queries_made() as few:
        client.get(address(world["Huawu"]))
    for version in range(1, 8):
        world.save("Huawu", version=version, trained=version + 1, by="township_clerk" if version % 2 else "clerk")
        say(client, world["Huawu"], f"No. {version}")
    with queries_made() as many:
        client.get(address(world["Huawu"]))
    assert len(few) == len(many) <= 15


def test_a_remark_is_added_once_however_often_it_is_sent(as_user, world):
    client = as_user("clerk")
    for text in ("Two courses were held.", " Two courses were held. ", "Both in spring."):
        assert say(client, world["Huawu"], text).status_code == 200
    assert say(client, world["Huawu"], "Both in spring.", figure="1,200").status_code == 200
    told = client.get(address(world["Huawu"])).json()["remarks"]
    assert told[0] | {"at": ""} == {"at": "", "by": "Clerk", "figure": "1,200", "text": "Both in spring."}
    assert [(remark["by"], remark["text"]) for remark in told[1:]] == [
        ("Clerk", "Both in spring."),
        ("Clerk", "Two courses were held."),
    ]


@pytest.mark.parametrize("text", ["", "  ", "x" * 501])
def test_a_remark_that_says_nothing_or_too_much_is_refused_in_words(as_user, world, text):
    answer = say(as_user("clerk"), world["Huawu"], text)
    assert (answer.status_code, bool(answer.json()["message"])) == (403, True)
    assert not Remark.objects.exists()


def test_a_body_that_is_not_the_pages_json_is_refused_in_words(as_user, world):
    client = as_user("clerk")
    for body in ("", "[]", "{}", '{"text": 5}', '{"text": "x", "figure": 5}', "[" * 100_000):
        answer = client.post(address(world["Huawu"]), body, content_type="application/json")
        assert (answer.status_code, "Nothing was saved" in answer.json()["message"]) == (400, True)


def test_what_lies_elsewhere_or_nowhere_is_the_same_404(as_user, world):
    client = as_user("clerk")
    for url in (
        address(world["Baiyan"]),
        address(world["Baiyan"], code="520525"),
        address(world["520524"]),
        address(world["Longtan"], code="520524100"),
        address(world["Huawu"], measure="nothing"),
        address(world["Huawu"]).replace(str(world["Huawu"].pk), str(2**70)),
    ):
        assert client.get(url).status_code == 404, url


def test_the_page_reads_reasons_once_whether_anything_is_unlikely_or_not(as_user, world, django_assert_num_queries):
    last = world.save("Huawu", trained=30)
    DewRecord.objects.filter(area=last.area).update(year=2009)
    world.save("Huawu", trained=95)
    client = as_user("clerk")
    say(client, world["Huawu"], "Two courses were held.")
    url = reverse("entry", args=["dew", 2010, "520524"])
    client.get(url)
    with django_assert_num_queries(30):  # as many as where nothing is unlikely; see test_entry
        page = client.get(url)
    config = page.context["config"]
    [doubt] = config["unlikely"]
    assert (doubt["message"], doubt["reason"]) == (
        "95 this year, 30 last year. Is that right?",
        "Two courses were held.",
    )
    said = {"area": world["Huawu"].pk, "measure": "trained", "figure": "95", "reason": "Two courses were held."}
    assert config["reasons"] == [said]


def test_a_page_names_whom_it_is_for_and_whether_to_keep_it(as_user, world, client):
    page = as_user("clerk").get(reverse("entry", args=["dew", 2010, "520524"]))
    assert (page["X-Signed-In"], page["X-Keep-Here"], page["Cache-Control"]) == (str(world.clerk.pk), "1", "no-store")
    page = as_user("reviewer").get(reverse("entry", args=["dew", 2010, "520524"]))
    assert (page["X-Signed-In"], "X-Keep-Here" in page) == (str(world.reviewer.pk), False)


def test_the_worker_and_the_manifest_are_there_before_signing_in(client):
    worker = client.get(reverse("worker"))
    assert (worker["Content-Type"], worker["Cache-Control"]) == ("text/javascript", "no-cache")
    assert "caches.open" in worker.content.decode()
    manifest = client.get(reverse("manifest")).json()
    assert (manifest["name"], manifest["start_url"], manifest["icons"][0]["type"]) == (
        "Povtrack",
        "/work/",
        "image/svg+xml",
    )
