"""The pages of designation lists, and the worklist of lines without a place."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from tests.queries import queries_made
from tests.villages.designation_lists import PLAIN, plain, take, written
from villages.actions.designations import LineRefused, match_membership, set_aside_membership
from villages.designations import designations_of
from villages.models import Designation, Membership, OpenQuestion

pytestmark = pytest.mark.django_db

WORKLIST = "/registry/designations/"


@pytest.fixture
def listed(world: Any, tmp_path: Path) -> Any:
    """Zhijin and Nayong are on the list of 2001; Zhijing, a misprint, and a line of Sichuan have no place."""
    take(
        written(
            tmp_path,
            PLAIN,
            plain("织金县", "520524", until="2012-03-19", evidence="weak"),
            plain("纳雍县", "520525"),
            plain("织全县", "520529"),
            plain("某县", "510001", within="四川"),
        )
    )
    return world


def open_line(name: str) -> Membership:
    return Membership.objects.get(listed_name=name)


def decide(client: Any, name: str, **data: Any) -> Any:
    return client.post(reverse("designation-decide", args=[open_line(name).pk]), data, follow=True)


def told(answer: Any) -> list[str]:
    return [str(message) for message in answer.context["messages"]]


def test_the_lists_are_shown_with_their_numbers(listed: Any, as_user: Any) -> None:
    [row] = as_user("clerk").get("/designations/").context["rows"]
    tally = row["tally"]
    assert (row["name"], row["code"]) == ("Key counties of 2001", "key-2001")
    assert (tally.official, tally.lines, tally.matched, tally.yours) == (592, 4, 2, 1)


def test_no_lists_say_what_to_do(world: Any, as_user: Any) -> None:
    assert "import_designations" in as_user("clerk").get("/designations/").content.decode()


def test_a_list_shows_the_members_in_ones_areas_by_province(listed: Any, as_user: Any) -> None:
    def shown(user: str) -> list[tuple[str, list[str]]]:
        groups = as_user(user).get("/designations/key-2001/").context["groups"]
        return [(group["province"], [line["listed"] for line in group["lines"]]) for group in groups]

    assert shown("clerk") == [("贵州省", ["织金县"])]
    assert shown("other_clerk") == [("贵州省", ["纳雍县"])]
    # The analyst of Guizhou sees the open line of Guizhou and none of Sichuan.
    assert shown("analyst") == [("贵州省", ["织金县", "纳雍县"]), ("贵州", ["织全县"])]
    assert [group[0] for group in shown("registry")] == ["贵州省", "四川", "贵州"]
    assert as_user("clerk").get("/designations/nowhere/").status_code == 404


def test_a_list_is_paged(listed: Any, as_user: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("villages.views.designations.PAGE", 1)
    first = as_user("analyst").get("/designations/key-2001/")
    assert [len(group["lines"]) for group in first.context["groups"]] == [1]
    assert as_user("analyst").get(f"/designations/key-2001/{first.context['page'].next_url}").context["groups"]


def test_pages_cost_no_query_a_line(listed: Any, as_user: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    take(written(tmp_path, PLAIN, *(plain(f"织{letter}县", "520529") for letter in "甲乙丙丁戊")))
    client = as_user("registry")
    for url, most in (("/designations/", 9), ("/designations/key-2001/", 12), (WORKLIST, 18)):
        costs = []
        for size in (2, 50):
            monkeypatch.setattr("villages.views.designations.PAGE", size)
            monkeypatch.setattr("villages.views.designations.WORKLIST_PAGE", size)
            with queries_made() as queries:
                assert client.get(url).status_code == 200
            costs.append(len(queries))
        assert costs[0] == costs[1] <= most, (url, costs)


def test_the_worklist_suggests_places_of_the_province_with_their_path(listed: Any, as_user: Any) -> None:
    answer = as_user("registry").get(WORKLIST)
    by_name = {line["listed"]: line for line in answer.context["lines"]}
    assert set(by_name) == {"织全县", "某县"}
    [offer] = by_name["织全县"]["suggestions"]
    assert (offer.area, offer.then) == (listed["520524"], "520524 织金县")
    assert offer.trail == "China 中国 › Guizhou 贵州省 › Bijie 毕节市"
    assert by_name["某县"]["suggestions"] == []
    assert "No place had the code 520529" in by_name["织全县"]["reason"]


def test_the_worklist_is_for_those_who_keep_the_registry(listed: Any, as_user: Any) -> None:
    for user in ("clerk", "analyst", "admin"):
        assert as_user(user).get(WORKLIST).status_code == 403
        assert decide(as_user(user), "织全县", action="aside", reason="x").status_code == 403
    assert Membership.objects.filter(area=None).count() == 2
    assert not OpenQuestion.objects.filter(answered_at__isnull=False).exists()


def test_a_suggestion_is_taken_with_a_button(listed: Any, as_user: Any) -> None:
    Membership.objects.filter(listed_name="织金县").delete()
    answer = decide(as_user("registry"), "织全县", action="match", area=listed["520524"].pk, next=f"{WORKLIST}?list=x")
    assert answer.redirect_chain == [(f"{WORKLIST}?list=x", 302)]
    line = open_line("织全县")
    assert line.area == listed["520524"]
    assert "Matched by Registry on" in line.note
    question = OpenQuestion.objects.get(subject__contains="织全县")
    assert (question.answer, question.answered_by) == ("It means 520524 织金县.", listed.registry)


def test_another_place_is_picked_by_its_code_of_then_or_now(listed: Any, as_user: Any) -> None:
    Membership.objects.filter(listed_name="纳雍县").delete()
    decide(as_user("registry"), "织全县", action="match", code=" ５２０５２５ ")
    assert open_line("织全县").area == listed["520525"]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"action": "match", "code": "999999"}, "No county of yours had the code 999999"),
        ({"action": "match", "code": ""}, "Type the code"),
        ({"action": "match", "code": "\0"}, "Type the code"),
        ({"action": "match", "area": "9" * 30}, "There is no such place"),
        ({"action": "match", "area": "x"}, "There is no such place"),
        ({"action": "match", "code": "520524"}, "is on this list already"),
        ({"action": "aside", "reason": " "}, "Say why"),
        ({"action": "aside", "reason": "x" * 501}, "at most 500"),
        ({"action": "burn"}, "Choose what"),
        ({}, "Choose what"),
    ],
)
def test_a_decision_that_can_not_be_carried_out_is_refused_with_the_reason(
    listed: Any, as_user: Any, data: dict[str, str], words: str
) -> None:
    [message] = told(decide(as_user("registry"), "织全县", **data))
    assert message.startswith("织全县: ")
    assert words in message
    assert open_line("织全县").area is None


def test_nobody_is_led_away_from_the_site(listed: Any, as_user: Any) -> None:
    url = reverse("designation-decide", args=[open_line("织全县").pk])
    answer = as_user("registry").post(url, {"action": "burn", "next": "https://elsewhere.example/"})
    assert answer.url == WORKLIST


def test_a_line_is_set_aside_with_its_reason_and_taken_up_again(listed: Any, as_user: Any, tmp_path: Path) -> None:
    client = as_user("registry")
    decide(client, "织全县", action="aside", reason="A misprint of another line.")
    assert "织全县" not in [line["listed"] for line in client.get(WORKLIST).context["lines"]]
    [aside] = client.get(WORKLIST, {"aside": "1"}).context["lines"]
    assert (aside["answer"], aside["answered_by"]) == ("A misprint of another line.", "Registry")
    decide(client, "织全县", action="reopen")
    assert "织全县" in [line["listed"] for line in client.get(WORKLIST).context["lines"]]


def test_an_import_leaves_alone_what_a_person_took_off(listed: Any, as_user: Any, tmp_path: Path) -> None:
    decide(as_user("registry"), "纳雍县", action="reopen")
    assert open_line("纳雍县").area is None
    report = take(written(tmp_path, PLAIN, plain("纳雍县", "520525")))
    assert report.changes == 0
    assert open_line("纳雍县").area is None


def test_a_line_matched_by_a_colleague_meanwhile_is_not_matched_twice(listed: Any) -> None:
    line = open_line("织全县")
    Membership.objects.filter(listed_name="织金县").delete()
    match_membership(membership=line, area=listed["520524"], by=listed.registry)
    with pytest.raises(LineRefused, match="matched already"):
        match_membership(membership=line, area=listed["520525"], by=listed.registry)
    with pytest.raises(LineRefused, match="matched already"):
        set_aside_membership(membership=line, reason="x", by=listed.registry)


def test_a_place_of_another_level_is_refused(listed: Any) -> None:
    with pytest.raises(LineRefused, match="can't be on this list"):
        match_membership(membership=open_line("织全县"), area=listed["Huawu"], by=listed.registry)


def test_who_does_not_keep_the_registry_there_matches_nothing(listed: Any) -> None:
    with pytest.raises(LineRefused, match="don't keep"):
        match_membership(membership=open_line("织全县"), area=listed["520524"], by=listed.clerk)


def test_the_worklist_keeps_one_list(listed: Any, as_user: Any) -> None:
    client = as_user("registry")
    assert client.get(WORKLIST, {"list": "western"}).context["lines"] == []
    assert [c["count"] for c in client.get(WORKLIST, {"list": "key-2001"}).context["lists"]] == [2]
    assert client.get(WORKLIST, {"list": "\0"}).status_code == 200


def test_a_place_tells_its_lists(listed: Any, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        [found] = designations_of(listed["520524"])
    assert found["name"] == "Key counties of 2001"
    assert (str(found["since"]), str(found["until"])) == ("2001-01-01", "2012-03-19")
    assert (found["url"], found["evidence"]) == ("/designations/key-2001/", "weak")


def test_the_api_has_the_lists_and_their_dated_members(listed: Any, as_user: Any) -> None:
    client = as_user("clerk")
    [row] = client.get("/api/v1/designations/").json()["results"]
    assert (row["code"], row["listed"], row["lines"], row["matched"], row["yours"]) == ("key-2001", 592, 4, 2, 1)
    assert client.get("/api/v1/designations/key-2001/").json() == row
    members = "/api/v1/designations/key-2001/members/"
    [member] = client.get(members).json()["results"]
    assert (member["area"]["code"], member["since"], member["until"]) == ("520524", "2001-01-01", "2012-03-19")
    client = as_user("registry")
    assert len(client.get(members).json()["results"]) == 4

    def names(**query: Any) -> set[str]:
        return {line["listed_name"] for line in client.get(members, query).json()["results"]}

    assert names(on="2012-03-19", matched="true") == {"纳雍县"}
    assert names(matched="false") == {"织全县", "某县"}
    assert names(within=listed["520524"].pk) == {"织金县"}
    assert names(evidence="weak") == {"织金县"}
    assert client.get(members, {"on": "x"}).status_code == 400
    assert client.get(members, {"colour": "x"}).status_code == 400
    assert client.get("/api/v1/designations/nowhere/members/").status_code == 404


def test_lists_and_members_cost_no_query_a_row(listed: Any, as_user: Any) -> None:
    Designation.objects.create(code="x", name="x")
    client = as_user("registry")
    for url in ("/api/v1/designations/", "/api/v1/designations/key-2001/members/"):
        costs = []
        for size in (1, 100):
            with queries_made() as queries:
                client.get(url, {"page_size": size})
            costs.append(len(queries))
        assert costs[0] == costs[1] <= 8
