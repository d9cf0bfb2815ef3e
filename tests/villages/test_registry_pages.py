"""The first page of the registry: what waits, for whom, and the one thing to do next."""

from __future__ import annotations

import datetime as dt
from typing import Any

from povtrack.accounts.models import Jurisdiction
from villages.actions import draft_change
from villages.changes import drafts
from villages.models import Designation, ListReview, Membership, OpenQuestion, RegistryImport


def page(client: Any) -> Any:
    answer = client.get("/registry/")
    assert answer.status_code == 200
    return answer.context


def draft(world: Any, place: str = "520524") -> Any:
    made = drafts.rename(world[place], name="甲")
    return draft_change(kind="rename", effective=dt.date(2010, 7, 1), parts=made.parts, by=world.users["registry"])


def test_with_nothing_to_do_the_next_thing_is_a_new_change(world: Any, as_user: Any) -> None:
    context = page(as_user("registry"))
    assert context["next"]["url"] == "/registry/changes/new/"
    assert context["tasks"] == []


def test_what_waits_is_counted_and_a_draft_comes_first(world: Any, as_user: Any) -> None:
    OpenQuestion.objects.create(kind="history", key="a", subject="x", reason="y")
    source = RegistryImport.objects.create(
        source="x", file_name="x.csv", sha256="0", vintage="2010-01-01", since="2001-01-01"
    )
    ListReview.objects.create(source=source, vintage="2010-01-01")
    listed = Designation.objects.create(code="key-2001", name="Key counties")
    Membership.objects.create(designation=listed, valid=("2001-01-01", None), listed_name="织全县")
    client = as_user("registry")
    context = page(client)
    assert {task["url"]: task["count"] for task in context["tasks"]} == {
        "/registry/lists/": 1,
        "/registry/designations/": 1,
        "/registry/questions/?kind=history": 1,
    }
    assert context["next"]["url"] == "/registry/lists/"
    one = draft(world)
    assert page(client)["next"]["url"] == f"/changes/{one.pk}/"
    draft(world, "520525")
    assert page(client)["next"] == {"label": "Finish the 2 drafts", "url": "/registry/changes/?state=draft"}


def test_a_keeper_of_one_county_finds_that_county_alone(world: Any, as_user: Any) -> None:
    OpenQuestion.objects.create(kind="history", key="a", subject="x", reason="y")
    OpenQuestion.objects.create(kind="history", key="b", subject="x", reason="y", area=world["520524"])
    draft(world)
    Jurisdiction.objects.filter(user=world.users["registry"]).update(area=world["520525"])
    context = page(as_user("registry"))
    assert context["drafts"] == []
    assert context["tasks"] == []


def test_only_keepers_come_in_and_find_it_in_the_navigation(world: Any, as_user: Any) -> None:
    assert 'href="/registry/"' in as_user("registry").get("/places/").content.decode()
    assert 'href="/registry/"' not in as_user("clerk").get("/places/").content.decode()
    assert as_user("clerk").get("/registry/").status_code == 403


def test_the_kinds_of_change_are_offered_in_words(world: Any, as_user: Any) -> None:
    client = as_user("registry")
    answer = client.get("/registry/changes/new/", {"area": world["520524"].pk})
    text = answer.content.decode()
    for kind in ("rename", "recode", "transfer", "merge", "split", "create", "abolish"):
        assert f"?kind={kind}&amp;area={world['520524'].pk}" in text
        form = client.get("/registry/changes/new/", {"kind": kind, "area": world["520524"].pk})
        assert "Zhijin County 织金县 520524" in form.content.decode()
        wild = client.get("/registry/changes/new/", {"kind": kind, "area": "9" * 30})
        assert wild.status_code == 200
