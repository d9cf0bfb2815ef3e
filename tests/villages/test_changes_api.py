"""The feed of boundary changes: what was applied and reverted, for whom, in which order.

Three changes: Zhijin is renamed in 2008; Zhuchang merges into Chengguan in 2009; Baiyan passes from Nayong's Yongxi to
Zhijin's Chengguan in 2010.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any
from urllib.parse import quote

import pytest
from django.utils import timezone

from tests.database import made_once
from tests.problems import by_place
from tests.queries import queries_made
from villages.actions.changes import apply_change, apply_changes, draft_change, revert_change
from villages.changes.parts import Follow, Part
from villages.marks import Mark
from villages.models import BoundaryChange

FEED, AREAS = "/api/v1/boundary-changes/", "/api/v1/areas/"


@pytest.fixture
def changes(world: Any) -> dict[str, BoundaryChange]:
    return made_once(make_changes, world)


def make_changes(world: Any) -> dict[str, BoundaryChange]:
    chengguan = Part(area=world["Chengguan"])
    made = {
        "rename": draft_change(
            kind="rename",
            effective=dt.date(2008, 3, 1),
            parts=[Part(area=world["Zhijin County"], name="织金区", name_latin="Zhijin District")],
            by=None,
            title="Zhijin becomes a district",
            document_no="民函〔2008〕1号",
            document_url="https://example.org/1",
            approved_on=dt.date(2008, 1, 5),
        ),
        "merge": draft_change(
            kind="merge",
            effective=dt.date(2009, 6, 1),
            parts=[
                Part(area=world["Zhuchang"], ends=True),
                chengguan,
                Part(area=world["Longtan"], parent=world["Chengguan"]),
            ],
            follows=[
                Follow(world["Zhuchang"], chengguan, Decimal(1), Decimal("0.25")),
                Follow(world["Chengguan"], chengguan, Decimal(1), Decimal("0.75")),
            ],
            by=None,
        ),
        "transfer": draft_change(
            kind="transfer",
            effective=dt.date(2010, 1, 1),
            parts=[Part(area=world["Baiyan"], parent=world["Chengguan"])],
            by=None,
        ),
    }
    for change in made.values():
        apply_change(change=change, by=None)
    return made


def kinds(answer: Any) -> list[str]:
    assert answer.status_code == 200, answer.json()
    return [row["kind"] for row in answer.json()["results"]]


def test_the_feed_tells_the_newest_first_and_no_drafts(changes: Any, world: Any, as_user: Any) -> None:
    draft_change(kind="rename", effective=dt.date(2010, 1, 1), parts=[Part(area=world["Huawu"], name="x")], by=None)
    assert kinds(as_user("admin").get(FEED)) == ["transfer", "merge", "rename"]


def test_a_change_carries_its_act_and_the_forms_before_and_after(changes: Any, world: Any, as_user: Any) -> None:
    row = as_user("admin").get(f"{FEED}{changes['rename'].pk}/").json()
    assert (row["state"], row["effective"], row["approved_on"]) == ("applied", "2008-03-01", "2008-01-05")
    assert (row["document_no"], row["document_url"]) == ("民函〔2008〕1号", "https://example.org/1")
    assert row["url"].endswith(f"{FEED}{changes['rename'].pk}/")
    assert row["areas_count"] == 1
    [part] = row["areas"]
    assert part["area"]["id"] == world["Zhijin County"].pk
    assert (part["before"]["name"], part["after"]["name"]) == ("织金县", "织金区")
    assert (part["before"]["code"], part["after"]["code"]) == ("520524", "520524")
    assert part["after"]["parent"]["code"] == "5205"


def test_a_merger_tells_what_ended_and_who_follows(changes: Any, world: Any, as_user: Any) -> None:
    row = as_user("admin").get(f"{FEED}{changes['merge'].pk}/").json()
    forms = {part["area"]["code"]: part for part in row["areas"]}
    assert forms["520524101"]["before"]["name"] == "珠藏镇"
    assert forms["520524101"]["after"] is None
    assert forms["520524101201"]["after"]["parent"]["code"] == "520524100"
    assert {(s["old"]["code"], s["new"]["code"], s["share"], s["share_back"]) for s in row["successions"]} == {
        ("520524101", "520524100", "1.0000000000", "0.2500000000"),
        ("520524100", "520524100", "1.0000000000", "0.7500000000"),
    }


def test_a_change_is_seen_by_whom_it_touches_and_places_elsewhere_are_only_named(
    changes: Any, world: Any, as_user: Any
) -> None:
    client = as_user("other_clerk")
    assert kinds(client.get(FEED)) == ["transfer"]
    [part] = client.get(f"{FEED}{changes['transfer'].pk}/").json()["areas"]
    assert part["area"]["id"] is None
    assert part["area"]["name"] == "白岩村"
    assert part["before"]["parent"]["id"] == world["Yongxi"].pk
    assert part["after"]["parent"]["id"] is None
    assert client.get(f"{FEED}{changes['merge'].pk}/").status_code == 404
    assert client.get(f"{FEED}{changes['merge'].pk}/areas/").status_code == 404
    assert kinds(as_user("township_clerk").get(FEED)) == ["transfer", "merge"]
    row = as_user("township_clerk").get(f"{FEED}{changes['merge'].pk}/").json()
    assert {part["area"]["code"]: part["area"]["id"] for part in row["areas"]} == {
        "520524101": None,
        "520524100": world["Chengguan"].pk,
        "520524101201": world["Longtan"].pk,
    }


def test_of_a_large_change_a_reader_sees_what_concerns_them(changes: Any, world: Any, as_user: Any) -> None:
    parts = [Part(area=world[name], name=f"{name}村") for name in ("Huawu", "Gaoshan", "Qingshan")]
    both = draft_change(kind="rename", effective=dt.date(2010, 2, 1), parts=parts, by=None)
    apply_change(change=both, by=None)
    client = as_user("other_clerk")
    for url in (f"{FEED}{both.pk}/", f"{FEED}{both.pk}/areas/"):
        body = client.get(url).json()
        assert [part["after"]["name"] for part in body.get("areas", body.get("results"))] == ["Qingshan村"]
    assert client.get(f"{FEED}{both.pk}/").json()["areas_count"] == 1
    assert as_user("admin").get(f"{FEED}{both.pk}/").json()["areas_count"] == 3


def test_a_long_change_is_cut_in_the_feed_and_paged_in_full(
    changes: Any, as_user: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("villages.lineage.SHOWN", 1)
    client, pk = as_user("admin"), changes["merge"].pk
    row = client.get(f"{FEED}{pk}/").json()
    assert (row["areas_count"], len(row["areas"]), row["successions_count"], len(row["successions"])) == (3, 1, 2, 1)
    seen, url = [], f"{FEED}{pk}/areas/?page_size=2"
    while url:
        body = client.get(url).json()
        seen += [part["id"] for part in body["results"]]
        url = body["next"]
    assert len(set(seen)) == len(seen) == 3
    assert len(client.get(f"{FEED}{pk}/successions/").json()["results"]) == 2


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"kind": "merge"}, ["merge"]),
        ({"year": 2009}, ["merge"]),
        ({"effective_min": "2009-06-01"}, ["transfer", "merge"]),
        ({"effective_max": "2009-05-31"}, ["rename"]),
        ({"state": "applied"}, ["transfer", "merge", "rename"]),
        ({"state": "reverted"}, []),
        ({"area": "Zhuchang"}, ["merge"]),
        ({"area": "Chengguan"}, ["merge"]),
        ({"within": "Nayong County"}, ["transfer"]),
        ({"within": "Zhijin County"}, ["transfer", "merge", "rename"]),
    ],
)
def test_the_feed_is_narrowed(query: dict[str, Any], found: list[str], changes: Any, world: Any, as_user: Any) -> None:
    asked = {name: world[value].pk if name in ("area", "within") else value for name, value in query.items()}
    assert kinds(as_user("admin").get(FEED, asked)) == found


@pytest.mark.parametrize(
    ("query", "at"),
    [
        ({"kind": "x"}, "kind"),
        ({"state": "draft"}, "state"),
        ({"year": "9999"}, "year"),
        ({"year": "2009.5"}, "year"),
        ({"effective_min": "2009-13-01"}, "effective_min"),
        ({"since": "yesterday"}, "since"),
        ({"since": "999999999999999999-1"}, "since"),
        ({"since": "2009-13-01T00:00:00"}, "since"),
        ({"cursor": "x"}, "cursor"),
        ({"page_size": "0"}, "page_size"),
        ({"before": "x"}, "before"),
        ({"area": "0"}, "area"),
    ],
)
def test_a_filter_that_makes_no_sense_is_refused(query: dict[str, str], at: str, changes: Any, as_user: Any) -> None:
    answer = as_user("admin").get(FEED, query)
    assert answer.status_code == 400
    assert at in by_place(answer)


def test_a_place_outside_the_readers_areas_can_not_be_asked_for(changes: Any, world: Any, as_user: Any) -> None:
    assert as_user("other_clerk").get(FEED, {"area": world["Zhuchang"].pk}).status_code == 400
    assert as_user("other_clerk").get(FEED, {"within": world["Zhijin County"].pk}).status_code == 400


def test_a_client_keeps_up_by_the_mark_of_the_newest(changes: Any, world: Any, as_user: Any) -> None:
    client = as_user("admin")
    newest = client.get(FEED, {"page_size": 1}).json()["results"][0]
    assert kinds(client.get(FEED, {"since": newest["mark"]})) == []
    revert_change(change=changes["rename"], by=None)
    [again] = client.get(FEED, {"since": newest["mark"]}).json()["results"]
    assert (again["id"], again["state"]) == (changes["rename"].pk, "reverted")
    assert again["reverted_at"]
    assert kinds(client.get(FEED)) == ["rename", "transfer", "merge"]


def test_a_client_keeps_up_by_a_moment(changes: Any, as_user: Any) -> None:
    client, merged = as_user("admin"), BoundaryChange.objects.get(pk=changes["merge"].pk).applied_at
    assert merged is not None
    for text in (merged.isoformat(), quote(merged.isoformat()), timezone.localtime(merged).isoformat()):
        assert kinds(client.get(f"{FEED}?since={text}")) == ["transfer", "merge"]
    naive = timezone.localtime(merged).replace(tzinfo=None).isoformat()
    assert kinds(client.get(FEED, {"since": naive})) == ["transfer", "merge"]
    assert kinds(client.get(FEED, {"since": "2100-01-01"})) == []


def test_a_place_that_was_made_and_taken_back_is_told_without_its_identity(world: Any, as_user: Any) -> None:
    xinhua = Part(level=5, code="520524100299", name="新华村", parent=world["Chengguan"])  # type: ignore[arg-type]
    huawu = Part(area=world["Huawu"])
    change = draft_change(
        kind="split",
        effective=dt.date(2010, 3, 1),
        parts=[huawu, xinhua],
        follows=[
            Follow(world["Huawu"], huawu, Decimal("0.6"), Decimal(1)),
            Follow(world["Huawu"], xinhua, Decimal("0.4"), Decimal(1)),
        ],
        by=None,
    )
    apply_change(change=change, by=None)
    revert_change(change=change, by=None)
    row = as_user("clerk").get(f"{FEED}{change.pk}/").json()
    made = next(part for part in row["areas"] if part["before"] is None)
    assert (made["area"], made["after"]["code"]) == (None, "520524100299")
    assert [s["new"] and s["new"]["code"] for s in row["successions"]] == ["520524100201", None]


def test_pages_of_changes_applied_together_hold_each_once(world: Any, as_user: Any) -> None:
    drafts = [
        draft_change(
            kind="rename", effective=dt.date(2009, 1, 1), parts=[Part(area=world[name], name=f"{name}2")], by=None
        )
        for name in ("Huawu", "Gaoshan", "Dazhai", "Longtan", "Baiyan")
    ]
    apply_changes(changes=drafts, by=None)
    client, seen, url = as_user("admin"), [], f"{FEED}?page_size=2"
    while url:
        body = client.get(url).json()
        assert body["previous"] is None
        seen += [row["id"] for row in body["results"]]
        url = body["next"]
    assert seen == [change.pk for change in reversed(drafts)]


def test_a_page_of_the_feed_costs_the_same_with_many_rows_as_with_one(changes: Any, as_user: Any) -> None:
    for user in ("admin", "clerk"):
        client, costs = as_user(user), []
        for size in (1, 100):
            with queries_made() as queries:
                client.get(FEED, {"page_size": size})
            costs.append(len(queries))
        # Session, user, jurisdictions, own areas, the page, its places and successions.
        assert costs == [7, 7]


def test_a_mark_is_read_as_it_is_written() -> None:
    mark = Mark(dt.datetime(2026, 11, 21, 8, 5, 45, 678901, tzinfo=dt.UTC), 417)
    assert Mark.read(str(mark)) == mark
    assert Mark.read("417") is None


def test_the_history_of_a_place_names_the_changes_at_its_edges(changes: Any, world: Any, as_user: Any) -> None:
    client = as_user("admin")
    with queries_made() as queries:
        first, second = client.get(f"{AREAS}{world['Zhijin County'].pk}/history/").json()["results"]
    # Session, user, jurisdictions, own areas, the place, its changes, its forms.
    assert len(queries) == 7
    assert (first["began_by"], second["ended_by"]) == ([], [])
    assert first["ended_by"] == second["began_by"]
    [change] = second["began_by"]
    assert (change["id"], change["kind"], change["title"]) == (
        changes["rename"].pk,
        "rename",
        "Zhijin becomes a district",
    )
    [ended] = client.get(f"{AREAS}{world['Zhuchang'].pk}/history/").json()["results"]
    assert [change["kind"] for change in ended["ended_by"]] == ["merge"]


def test_a_reverted_change_is_no_edge(changes: Any, world: Any, as_user: Any) -> None:
    revert_change(change=changes["rename"], by=None)
    [form] = as_user("admin").get(f"{AREAS}{world['Zhijin County'].pk}/history/").json()["results"]
    assert (form["began_by"], form["ended_by"]) == ([], [])


def test_the_lineage_of_a_place_is_told_from_both_ends(changes: Any, world: Any, as_user: Any) -> None:
    client = as_user("admin")
    rows = client.get(f"{AREAS}{world['Zhuchang'].pk}/successions/").json()["results"]
    assert [(row["old"]["code"], row["new"]["code"], row["share"], row["effective"]) for row in rows] == [
        ("520524101", "520524100", "1.0000000000", "2009-06-01")
    ]
    assert rows[0]["change"]["id"] == changes["merge"].pk
    assert rows[0]["old"]["ended_on"] == "2009-06-01"
    both = client.get(f"{AREAS}{world['Chengguan'].pk}/successions/").json()["results"]
    assert {row["old"]["code"] for row in both} == {"520524101", "520524100"}
    outside = as_user("township_clerk").get(f"{AREAS}{world['Chengguan'].pk}/successions/").json()["results"]
    assert {row["old"]["code"]: row["old"]["id"] for row in outside} == {
        "520524101": None,
        "520524100": world["Chengguan"].pk,
    }
    assert as_user("other_clerk").get(f"{AREAS}{world['Chengguan'].pk}/successions/").status_code == 404


def test_placements_tell_where_a_place_stood(changes: Any, world: Any, as_user: Any) -> None:
    url = f"{AREAS}{world['Baiyan'].pk}/placements/"
    rows = as_user("admin").get(url).json()["results"]
    assert [
        (row["valid_from"], row["valid_until"], row["township"]["code"], row["county"]["code"]) for row in rows
    ] == [
        ("2001-01-01", "2010-01-01", "520525100", "520525"),
        ("2010-01-01", None, "520524100", "520524"),
    ]
    [row] = as_user("clerk").get(url, {"on": "2009-12-31"}).json()["results"]
    assert (row["county"]["id"], row["county"]["code"]) == (None, "520525")
    assert as_user("clerk").get(url, {"on": "x"}).status_code == 400
    assert as_user("clerk").get(url, {"day": "2009-12-31"}).status_code == 400
    assert as_user("other_clerk").get(url).status_code == 404


def test_ended_places_are_told_apart(changes: Any, world: Any, as_user: Any) -> None:
    client = as_user("clerk")

    def found(**query: Any) -> list[str]:
        return [row["code"] for row in client.get(AREAS, {"level": 4, **query}).json()["results"]]

    assert found() == ["520524100", "520524101"]
    assert found(standing="true") == ["520524100"]
    assert found(standing="false") == ["520524101"]
    assert client.get(AREAS, {"standing": "maybe"}).status_code == 400
    zhuchang = client.get(f"{AREAS}{world['Zhuchang'].pk}/").json()
    assert zhuchang["ended_on"] == "2009-06-01"
    children = client.get(f"{AREAS}{world['Zhijin County'].pk}/children/").json()["results"]
    assert [row["code"] for row in children] == ["520524100"]
