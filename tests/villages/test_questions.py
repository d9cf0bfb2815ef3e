"""Open questions: who finds which, how they are answered, and who decides about a role whose area has ended."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from povtrack.accounts.models import Jurisdiction, User
from tests.queries import queries_made
from villages.actions import apply_change, draft_change
from villages.actions.questions import QuestionRefused, answer_question, decide_role, reopen_question
from villages.changes import drafts
from villages.changes.parts import Part
from villages.levels import Level
from villages.models import Area, OpenQuestion


def ask(key: str, **more: Any) -> OpenQuestion:
    """One question of the history of codes."""
    fields = {"kind": "history", "subject": f"520524 {key}", "reason": "Two rows name two places.", **more}
    return OpenQuestion.objects.create(key=key, **fields)


@pytest.fixture
def merged(world: Any) -> Any:
    """Zhijin and Nayong have become one county, and three roles wait for a decision."""
    into = Part(code="520530", name="织纳县", name_latin="Zhina", level=Level.COUNTY, parent=world["5205"])
    day = dt.date(2010, 7, 1)
    made = drafts.merge([world["520524"], world["520525"]], into=into, day=day)
    by = world.users["registry"]
    apply_change(change=draft_change(kind="merge", effective=day, parts=made.parts, follows=made.follows, by=by), by=by)
    world.areas["new"] = Area.objects.get(code="520530")
    return world


def about(username: str) -> OpenQuestion:
    return OpenQuestion.objects.get(kind="people", user__username=username)


def manager(world: Any, *roles: str, place: str = "CN") -> User:
    """Someone who manages people of an area, and holds these roles there too."""
    user = User.objects.create_user("manager", password="a-long-enough-password")
    for role in ("admin", *roles):
        Jurisdiction.objects.create(user=user, role=role, area=world[place])
    world.users["manager"] = user
    return user


def post(client: Any, question: OpenQuestion, **data: str) -> Any:
    return client.post(f"/registry/questions/{question.pk}/", data)


def listed(client: Any, **query: Any) -> list[str]:
    answer = client.get("/registry/questions/", query)
    assert answer.status_code == 200
    return [row["question"].key for row in answer.context["rows"]]


def test_questions_are_found_by_kind_year_level_and_words(world: Any, as_user: Any) -> None:
    ask("a", year=1997, level=3, area=world["520524"])
    ask("b", year=1998, level=4, kind="townships", subject="珠藏镇")
    ask("c", answered_at="2020-01-01T00:00Z", answer="So it was.")
    client = as_user("registry")
    assert listed(client) == ["a", "b"]
    assert listed(client, kind="townships") == ["b"]
    assert listed(client, year=1997) == ["a"]
    assert listed(client, level=4) == ["b"]
    assert listed(client, q="珠藏") == ["b"]
    assert listed(client, answered="on") == ["c"]
    kinds = {kind["label"]: kind["count"] for kind in client.get("/registry/questions/").context["kinds"]}
    assert kinds["all kinds"] == 2
    assert kinds["history of codes contradicts itself"] == 1


@pytest.mark.parametrize(
    "query", [{"kind": "x"}, {"year": "x"}, {"level": "9"}, {"q": "\0"}, {"after": "x"}, {"after": "9" * 30}]
)
def test_a_worklist_that_makes_no_sense_is_refused(world: Any, as_user: Any, query: Any) -> None:
    answer = as_user("registry").get("/registry/questions/", query)
    assert answer.status_code == 400
    assert "note bad" in answer.content.decode()


def test_pages_follow_each_other_and_none_is_skipped_when_one_is_answered(
    world: Any, as_user: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("villages.views.questions.PAGE", 2)
    rows = [ask(key) for key in "abcde"]
    client = as_user("registry")
    first = client.get("/registry/questions/").context
    assert [row["question"].key for row in first["rows"]] == ["a", "b"]
    assert first["previous_url"] == ""
    answer_question(question=rows[0], text="Done.", by=world.users["registry"])
    second = client.get(f"/registry/questions/{first['next_url']}").context
    assert [row["question"].key for row in second["rows"]] == ["c", "d"]
    third = client.get(f"/registry/questions/{second['next_url']}").context
    assert [row["question"].key for row in third["rows"]] == ["e"]
    assert third["next_url"] == ""
    back = client.get(f"/registry/questions/{third['previous_url']}").context
    assert [row["question"].key for row in back["rows"]] == ["c", "d"]
    start = client.get(f"/registry/questions/{back['previous_url']}").context
    assert [row["question"].key for row in start["rows"]] == ["b"]
    assert start["previous_url"] == ""


def test_a_worklist_costs_no_query_a_row(world: Any, as_user: Any) -> None:
    client = as_user("registry")
    costs = []
    for keys in ("a", "bcdefgh"):
        for key in keys:
            ask(key, area=world["520524"])
        with queries_made() as made:
            client.get("/registry/questions/")
        costs.append(len(made))
    assert costs[0] == costs[1] <= 9


def test_everyone_finds_the_questions_of_their_areas_and_the_nation_all(world: Any, as_user: Any) -> None:
    zhijin, nayong, nowhere = ask("z", area=world["520524"]), ask("n", area=world["Baiyan"]), ask("o")
    assert listed(as_user("registry")) == ["z", "n", "o"]
    Jurisdiction.objects.filter(user=world.users["registry"]).update(area=world["520525"])
    client = as_user("registry")
    assert listed(client) == ["n"]
    assert client.get(f"/registry/questions/{nayong.pk}/").status_code == 200
    for other in (zhijin, nowhere):
        assert client.get(f"/registry/questions/{other.pk}/").status_code == 404
        assert post(client, other, action="answer", text="x").status_code == 404
        with pytest.raises(QuestionRefused, match="no such question"):
            answer_question(question=other, text="x", by=User.objects.get(username="registry"))
    assert as_user("clerk").get("/registry/questions/").status_code == 403
    assert listed(as_user("admin")) == []  # who manages people finds questions about people


def test_lines_of_designation_lists_are_decided_elsewhere(world: Any, as_user: Any) -> None:
    ask("designation:7", kind="other")
    assert listed(as_user("registry")) == []


def test_the_evidence_is_shown_whatever_it_is(world: Any, as_user: Any) -> None:
    client = as_user("registry")
    evidence: list[Any] = [
        {"code": "520524", "rows": [{"line": 3, "name": "<b>织金</b>"}], "none": None},
        ["a", 1],
        "words",
        {},
    ]
    for number, found in enumerate(evidence):
        row = ask(str(number), evidence=found, area=world["520524"])
        page = client.get(f"/registry/questions/{row.pk}/")
        assert page.status_code == 200
        assert "<b>织金" not in page.content.decode()
        assert client.post(f"/registry/questions/{row.pk}/", {"action": "note", "text": "seen"}).status_code == 302
        assert "seen" in client.get(f"/registry/questions/{row.pk}/").content.decode()


def test_an_answer_keeps_who_and_when_and_can_be_reopened(world: Any, as_user: Any) -> None:
    row, client = ask("a"), as_user("registry")
    assert post(client, row, action="answer", text="  The first row is right.  ").status_code == 302
    row.refresh_from_db()
    assert (row.answer, row.answered_by) == ("The first row is right.", world.users["registry"])
    assert row.answered_at is not None
    twice = post(client, row, action="answer", text="No, the second.")
    assert twice.status_code == 422
    assert "answered already" in twice.content.decode()
    assert post(client, row, action="reopen").status_code == 302
    row.refresh_from_db()
    assert (row.answer, row.answered_at, row.answered_by) == ("", None, None)
    assert "The first row is right." in client.get(f"/registry/questions/{row.pk}/").content.decode()
    assert post(client, row, action="reopen").status_code == 422


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"action": "answer", "text": "   "}, "Write what was decided"),
        ({"action": "answer", "text": "\0"}, "Write what was decided"),
        ({"action": "answer", "text": "x" * 2001}, "2001 characters long; 2000 is the most"),
        ({"action": "dance"}, "Choose what is to be done"),
        ({}, "Choose what is to be done"),
        ({"action": "decide", "choice": "take"}, "no longer held"),
    ],
)
def test_bad_answers_are_refused_and_what_was_typed_stays(
    world: Any, as_user: Any, data: dict[str, str], words: str
) -> None:
    row = ask("a")
    answer = post(as_user("registry"), row, **data)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert data.get("text", "").replace("\0", "") in answer.content.decode()
    row.refresh_from_db()
    assert row.answered_at is None


def test_a_keeper_who_manages_nobody_can_only_leave_a_note(merged: Any, as_user: Any) -> None:
    row, client = about("clerk"), as_user("registry")
    page = client.get(f"/registry/questions/{row.pk}/").content.decode()
    assert "You can leave them a note" in page
    assert 'value="decide"' not in page
    refused = post(client, row, action="decide", choice=f"give-{merged['new'].pk}")
    assert "give the role (clerk)" in refused.content.decode()
    assert "Choose what is to become" in post(client, row, action="answer", text="x").content.decode()
    assert post(client, row, action="note", text="She works for the new county.").status_code == 302
    row.refresh_from_db()
    assert row.answered_at is None
    assert "She works for the new county." in client.get(f"/registry/questions/{row.pk}/").content.decode()
    assert Jurisdiction.objects.get(user=merged.clerk).area == merged["520524"]


def test_a_manager_gives_the_role_on_the_successor(merged: Any, as_user: Any) -> None:
    manager(merged, "clerk")
    row, client = about("clerk"), as_user("manager")
    assert f"about-{row.pk}" not in listed(client)
    assert listed(client, kind="people")
    answer = post(client, row, action="decide", choice=f"give-{merged['new'].pk}", text="By telephone.")
    assert answer.status_code == 302
    assert Jurisdiction.objects.get(user=merged.clerk).area == merged["new"]
    row.refresh_from_db()
    assert row.answer == "The role (clerk) is held on Zhina 织纳县 now. By telephone."
    assert row.answered_by == merged.users["manager"]
    twice = post(client, row, action="decide", choice="take")
    assert "answered already" in twice.content.decode()
    assert Jurisdiction.objects.filter(user=merged.clerk).exists()


def test_a_role_that_is_held_there_already_is_not_held_twice(merged: Any) -> None:
    by = manager(merged, "clerk")
    Jurisdiction.objects.create(user=merged.clerk, role="clerk", area=merged["new"])
    decide_role(question=about("clerk"), choice="give", to=merged["new"], by=by)
    assert Jurisdiction.objects.get(user=merged.clerk).area == merged["new"]


def test_a_role_is_kept_or_taken_away(merged: Any, as_user: Any) -> None:
    manager(merged, "clerk", "finance")
    client = as_user("manager")
    assert post(client, about("clerk"), action="decide", choice="keep").status_code == 302
    assert Jurisdiction.objects.get(user=merged.clerk).area == merged["520524"]
    assert post(client, about("finance"), action="decide", choice="take").status_code == 302
    assert not Jurisdiction.objects.filter(user=merged.finance).exists()
    assert "was taken away" in about("finance").answer


@pytest.mark.parametrize("choice", ["", "give", "give-1", "give-x", "give-999999999999999999999", "dance"])
def test_a_choice_that_is_none_is_refused(merged: Any, as_user: Any, choice: str) -> None:
    manager(merged, "clerk")
    answer = post(as_user("manager"), about("clerk"), action="decide", choice=choice)
    assert answer.status_code == 422
    assert "Choose what is to become of the role." in answer.content.decode()
    assert Jurisdiction.objects.get(user=merged.clerk).area == merged["520524"]


def test_nobody_gives_what_they_do_not_hold_or_where_they_do_not_manage(merged: Any, as_user: Any) -> None:
    by = manager(merged)  # manages, but is no clerk
    with pytest.raises(QuestionRefused, match="can't give the role"):
        decide_role(question=about("clerk"), choice="take", by=by)
    Jurisdiction.objects.filter(user=by).update(area=merged["520525"])
    Jurisdiction.objects.create(user=by, role="clerk", area=merged["520525"])
    elsewhere = User.objects.get(pk=by.pk)
    with pytest.raises(QuestionRefused, match="no such question"):
        decide_role(question=about("clerk"), choice="take", by=elsewhere)
    with pytest.raises(QuestionRefused, match="can't give the role"):
        decide_role(question=about("other_clerk"), choice="give", to=merged["new"], by=elsewhere)
    decide_role(question=about("other_clerk"), choice="take", by=elsewhere)
    with pytest.raises(QuestionRefused, match="did not take over"):
        decide_role(question=about("finance"), choice="give", to=merged["52"], by=_chief(merged))
    assert as_user("manager").get(f"/registry/questions/{about('clerk').pk}/").status_code == 404


def _chief(world: Any) -> User:
    user = User.objects.create_superuser("chief", password="a-long-enough-password")
    Jurisdiction.objects.create(user=user, role="registry", area=world["CN"])
    return user


def test_a_question_whose_role_is_gone_is_closed_in_words(merged: Any, as_user: Any) -> None:
    by = manager(merged, "clerk")
    row = about("clerk")
    Jurisdiction.objects.filter(user=merged.clerk).delete()
    page = as_user("manager").get(f"/registry/questions/{row.pk}/").content.decode()
    assert "no longer held" in page
    with pytest.raises(QuestionRefused, match="no longer held"):
        decide_role(question=row, choice="keep", by=by)
    assert post(as_user("manager"), row, action="answer", text="She left.").status_code == 302
    reopen_question(question=row, by=by)
    row.refresh_from_db()
    assert row.answered_at is None


def test_questions_of_a_change_lead_to_it(merged: Any, as_user: Any) -> None:
    row = about("clerk")
    page = as_user("registry").get(f"/registry/questions/{row.pk}/").context
    assert page["change_url"] == f"/changes/{row.change_id}/"
    assert page["area_url"] == f"/places/{row.area_id}/"
    assert page["next_url"]
