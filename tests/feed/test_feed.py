"""The feed of changes: what it tells to whom, and what it answers where it can't."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone

from funding.actions import adjust_allocation, book_payment, reverse_payment
from povtrack.accounts.actions import make_token
from povtrack.feed.actions import begin_anew, drop_old_changes
from povtrack.feed.models import FeedChange, FeedTransaction
from programmes.actions import submit_records
from programmes.catalogue.dew import DewRecord
from programmes.registry import programmes
from tests.feed.copies import FEED, begun, committed, told
from tests.funding.money import given, passed, treasurer
from tests.problems import by_place, kind
from tests.queries import queries_made
from tests.villages.reforms import applied, as_it_is
from villages.actions.changes import revert_change
from villages.changes import drafts
from villages.changes.drafts import Draft
from villages.changes.parts import Part

pytestmark = pytest.mark.django_db


def seen(entries: list[dict[str, Any]]) -> list[tuple[str, int, str]]:
    return [(one["resource"], one["id"], one["operation"]) for one in entries]


def test_it_tells_what_becomes_of_records_and_money_with_what_stands_now(world: Any, as_user: Any) -> None:
    client = as_user("analyst")
    since = begun(client)
    world.save("Huawu", trained=59)
    committed()
    guizhou = given(world, "Guizhou", 1000)
    [zhijin] = passed(world, guizhou, "dew", Zhijin_County=400)
    submit_records(DewRecord, year=2010, area=world["Zhijin County"], by=world.clerk)
    book = {"kind": "disbursed", "amount": Decimal(100), "paid_on": dt.date(2010, 5, 1)}
    payment = book_payment(zhijin, by=treasurer(world), **book)
    back = reverse_payment(payment, reason="Typed twice.", by=treasurer(world))
    lesser = {"kind": "adjusted", "document_no": "1", "document_date": dt.date(2010, 6, 1), "reason": "Less."}
    adjusted = adjust_allocation(zhijin, amount=Decimal(-50), by=treasurer(world), **lesser)
    record = DewRecord.objects.get(area=world["Huawu"])
    entries = told(client, since, include="content", page_size=2)
    assert seen(entries) == [
        ("records", record.pk, "created"),
        ("allocations", guizhou.pk, "created"),
        ("allocations", zhijin.pk, "created"),
        ("allocations", guizhou.pk, "changed"),
        ("records", record.pk, "changed"),
        ("payments", payment.pk, "created"),
        ("allocations", zhijin.pk, "changed"),
        ("payments", back.pk, "created"),
        ("allocations", zhijin.pk, "changed"),
        ("payments", payment.pk, "changed"),
        ("adjustments", adjusted.pk, "created"),
        *[("allocations", pk, "changed") for pk in sorted([guizhou.pk, zhijin.pk])],
    ]
    assert [one["version"] for one in entries if one["resource"] == "records"] == [1, 2]
    for one in entries:
        alone = client.get(one["url"]).json()
        assert {name: alone[name] for name in one["content"]} == one["content"], one
    assert {one["programme"] for one in entries if one["id"] == zhijin.pk} == {"dew"}
    assert len(told(client, since, resource="payments")) == 3
    assert {one["resource"] for one in told(client, since, programme="dew", resource="records")} == {"records"}
    assert seen(told(client, entries[4]["cursor"])) == seen(entries[5:])


def test_nothing_is_told_of_elsewhere_not_even_that_something_happened(world: Any, as_user: Any) -> None:
    client = as_user("other_clerk")
    since = begun(client)
    first = client.get(FEED, {"since": since}).json()
    world.save("Huawu", trained=59)
    world.save("Baiyan", by="other_clerk", trained=3)
    [entry] = told(client, since, include="content")
    assert entry["content"]["area"] == world["Baiyan"].pk
    world.save("Gaoshan", trained=7)
    committed()
    later = client.get(FEED, {"since": entry["cursor"]}).json()
    assert later["results"] == first["results"] == []
    assert not later["more"]
    # Cursors are alike in length, and never the same: whether others wrote can't be read off them.
    asked = [client.get(FEED, {"since": since, "page_size": 1}).json()["cursor"] for _time in range(2)]
    assert len({*asked, since, first["cursor"], later["cursor"]}) == 5
    assert len({len(one) for one in (*asked, since, later["cursor"])}) == 1


def test_a_token_hears_of_its_own_area_alone(world: Any, client: Any) -> None:
    token = make_token(by=world.analyst, name="a copy", days=1, area=world["Nayong County"])
    client.defaults["HTTP_AUTHORIZATION"] = f"Token {token}"
    since = begun(client)
    world.save("Huawu", trained=59)
    world.save("Baiyan", by="other_clerk", trained=3)
    assert [one["area"] for one in told(client, since)] == [world["Baiyan"].pk]


def test_a_place_that_moves_enters_the_areas_of_one_and_leaves_those_of_another(world: Any, as_user: Any) -> None:
    since = {name: begun(as_user(name)) for name in ("clerk", "other_clerk", "analyst")}
    baiyan, day = world["Baiyan"].pk, dt.date(2010, 7, 1)
    move = Draft([Part(area=world["Baiyan"], parent=world["Chengguan"], code="520524100209")], [])
    change = applied(world, "transfer", day, move)
    words = {}
    for name, cursor in since.items():
        entries = told(as_user(name), cursor, include="content")
        words[name] = {one["resource"]: one["operation"] for one in entries if one["id"] == baiyan}
        area = next(one for one in entries if one["resource"] == "areas" and one["id"] == baiyan)
        assert (area["content"] is None) == (name == "other_clerk")
        if name == "analyst":
            history = next(one for one in entries if one["resource"] == "area-history")
            assert history["content"] == as_user(name).get(history["url"]).json()["results"]
            assert len(history["content"]) == 2
    assert words == {
        "clerk": {"areas": "entered", "area-history": "changed"},
        "other_clerk": {"areas": "left"},
        "analyst": {"areas": "changed", "area-history": "changed"},
    }
    since = {name: begun(as_user(name)) for name in since}
    revert_change(change=change, by=world.registry)
    assert ("areas", baiyan, "left") in seen(told(as_user("clerk"), since["clerk"]))
    assert ("areas", baiyan, "entered") in seen(told(as_user("other_clerk"), since["other_clerk"]))


def test_places_that_are_made_and_taken_back_are_told_with_whom_they_followed(world: Any, as_user: Any) -> None:
    client = as_user("analyst")
    since = begun(client)
    new = Part(code="520524100299", name="新村", level=world["Huawu"].level, parent=world["Chengguan"])
    made = drafts.split(world["Huawu"], into={new: []}, goes_on=Part(world["Huawu"]))
    change = applied(world, "split", dt.date(2010, 7, 1), made)
    area = change.areas.exclude(area=world["Huawu"]).get().area_id
    entries = told(client, since, include="content")
    assert ("areas", area, "created") in seen(entries)
    lists = [one for one in entries if one["resource"] == "area-successions"]
    assert {one["id"] for one in lists} == {area, world["Huawu"].pk}
    for one in lists:
        assert one["content"] == client.get(one["url"]).json()["results"] != []
    since = {name: begun(as_user(name)) for name in ("clerk", "other_clerk")}
    revert_change(change=change, by=world.registry)
    assert told(as_user("other_clerk"), since["other_clerk"]) == []
    gone = next(
        one for one in told(as_user("clerk"), since["clerk"], include="content") if one["operation"] == "deleted"
    )
    assert (gone["resource"], gone["id"], gone["area"], gone["content"]) == ("areas", area, None, None)


def test_a_draft_is_told_to_nobody(world: Any, as_user: Any) -> None:
    client = as_user("admin")
    since = begun(client)
    new = Part(code="520524100299", name="新村", level=world["Huawu"].level, parent=world["Chengguan"])
    as_it_is(
        world, "merge", dt.date(2010, 7, 1), drafts.split(world["Huawu"], into={new: []}, goes_on=Part(world["Huawu"]))
    )
    assert told(client, since) == []


def test_a_page_costs_the_same_for_many_changes_as_for_few(world: Any, as_user: Any) -> None:
    client = as_user("analyst")
    since = begun(client)

    def cost() -> tuple[int, int]:
        committed()
        with queries_made() as made:
            page = client.get(FEED, {"since": since, "include": "content", "page_size": 1000}).json()
        return len(page["results"]), len(made)

    world.save("Huawu", trained=1)
    given(world, "Guizhou", 1000)
    few, queries = cost()
    for place in ("Gaoshan", "Dazhai", "Longtan"):
        world.save(place, trained=1)
        given(world, "Guizhou", 1000)
    assert cost() == (few + 6, queries)
    # Session, user, roles; own areas twice; the newest, the page, whether it holds (two); records; allocations (two).
    assert queries <= 12


def test_a_cursor_that_does_not_hold_is_refused_and_never_passed_over(world: Any, as_user: Any) -> None:
    client = as_user("analyst")
    old = begun(client)
    world.save("Huawu", trained=59)
    since = begun(client)
    bad = client.get(FEED, {"since": since[:-1] + ("A" if since[-1] != "A" else "B")})
    assert (bad.status_code, kind(bad)) == (400, "invalid")
    assert "never given out" in by_place(bad)["since"]
    for text in ("", "1", "織金", "A" * 64):
        assert client.get(FEED, {"since": text}).status_code == 400
    # Someone with other areas.
    assert kind(as_user("reviewer").get(FEED, {"since": since})) == "gone"
    # What was kept long enough.
    placed = FeedTransaction.objects.filter(position__isnull=False)
    placed.update(at=timezone.now() - dt.timedelta(days=91))
    client = as_user("analyst")
    moved = begun(client)
    world.save("Gaoshan", trained=7)
    committed()
    assert drop_old_changes() > 0
    assert FeedChange.objects.filter(transaction__in=placed.filter(anew=False)).count() == 1
    assert drop_old_changes() == 0
    gone = client.get(FEED, {"since": old})
    assert (gone.status_code, kind(gone)) == (410, "gone")
    assert "load the whole lists" in by_place(gone)["since"]
    assert len(told(client, moved)) == 1
    # A database that was put back gave the position to another transaction.
    last = begun(client)
    placed.update(at=timezone.now())
    assert kind(client.get(FEED, {"since": last})) == "gone"


def test_after_a_load_of_whole_lists_everybody_begins_anew(world: Any, as_user: Any) -> None:
    client = as_user("analyst")
    since = begun(client)
    begin_anew()
    before = FeedChange.objects.count()
    world.save("Gaoshan", trained=7)
    assert FeedChange.objects.count() == before
    committed()
    assert kind(client.get(FEED, {"since": since})) == "gone"
    since = begun(client)
    world.save("Dazhai", trained=7)
    assert len(told(client, since)) == 1


def test_what_is_taken_back_is_not_told(world: Any, as_user: Any) -> None:
    client = as_user("analyst")
    since = begun(client)
    with transaction.atomic():
        world.save("Huawu", trained=59)
        transaction.set_rollback(True)
    assert told(client, since) == []
    with transaction.atomic():
        world.save("Gaoshan", trained=7)
    assert len(told(client, since)) == 1


def test_it_says_how_to_begin_and_what_it_does_not_know(world: Any, as_user: Any) -> None:
    client = as_user("analyst")
    world.save("Huawu", trained=59)
    page = client.get(FEED).json()
    assert page["results"] == []
    lists = {(one["resource"], one["programme"]): one["url"] for one in page["begin"]["lists"]}
    assert len(lists) == len(programmes()) + 4
    for url in lists.values():
        assert client.get(url, {"page_size": 1}).status_code == 200
    [dew] = client.get(FEED, {"resource": "payments", "programme": "dew"}).json()["begin"]["lists"]
    assert client.get(dew["url"]).json()["results"] == []
    assert client.get(page["next"]).json()["results"] == []
    refused = by_place(client.get(FEED, {"resource": "record", "programme": "dews", "include": "all", "page_size": 5}))
    assert {name: "Did you mean" in words for name, words in refused.items()} == {
        "resource": True, "programme": True, "include": False,
    }  # fmt: skip
    assert "belong" in by_place(client.get(FEED, {"resource": "areas", "programme": "dew"}))["programme"]
    assert set(by_place(client.get(FEED, {"page_size": 5001}))) == {"page_size"}


def test_the_tables_of_all_programmes_tell_the_feed(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text, count(*) FROM pg_trigger WHERE tgname LIKE 'pgtrigger_feed_%' GROUP BY 1"
        )
        found = dict(cursor.fetchall())
    assert {found.get(model._meta.db_table) for model in programmes()} == {3}
    assert len(found) == len(programmes()) + 6


def test_areas_written_since_a_moment_are_listed_as_far_back_as_the_feed_goes(world: Any, as_user: Any) -> None:
    client, areas = as_user("analyst"), "/api/v1/areas/"
    committed()
    begin_anew()
    committed()
    begun_at = FeedTransaction.objects.get(anew=True).at
    assert begun_at
    since = begun_at + dt.timedelta(microseconds=1)
    move = Draft([Part(area=world["Baiyan"], parent=world["Chengguan"], code="520524100209")], [])
    applied(world, "transfer", dt.date(2010, 7, 1), move)
    committed()
    found = {
        name: as_user(name).get(areas, {"updated_since": since.isoformat()}).json()
        for name in ("analyst", "other_clerk")
    }
    assert [row["id"] for row in found["analyst"]["results"]] == [world["Baiyan"].pk]
    assert found["other_clerk"]["results"] == []
    assert client.get(areas, {"updated_since": "2999-01-01T00:00:00Z"}).json()["results"] == []
    early = client.get(areas, {"updated_since": begun_at.isoformat()})
    assert (early.status_code, early.json()["errors"][0]["name"]) == (400, "updated_since")
    assert "one by one only after" in early.json()["errors"][0]["detail"]
