"""Boundary changes by hand: each kind from its form to applied and reverted, and what is refused on the way."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from html import unescape
from typing import Any

import pytest
from django.urls import reverse

from povtrack.accounts.models import Jurisdiction
from tests.extent import some_of
from tests.queries import queries_made
from villages import derive
from villages.actions import apply_change, draft_change
from villages.actions.drafts import draft_once
from villages.changes import drafts
from villages.changes.parts import Follow, Part
from villages.levels import Level
from villages.models import Area, AreaVersion, BoundaryChange, OpenQuestion, Succession

DAY = "2010-07-01"
ON = dt.date(2010, 7, 1)

FORMS: dict[str, dict[str, str]] = {
    "rename": {"area": "520524", "name": "织金市", "name_latin": "Zhijin City", "code": "520581"},
    "recode": {"places-0": "520524", "places-0-code": "520525", "places-lines": "520525\t520524\n"},
    "transfer": {"to": "520525", "places-0": "520524101", "places-0-code": "520525101"},
    "merge": {"olds-0": "520524", "olds-1": "520525", "into": "new", "code": "520530", "name": "织纳县"},
    "split": {"area": "520524", "goes_on": "yes", "news-0-code": "520531", "news-0-name": "珠藏县"},
    "create": {"level": "5", "parent": "520524100", "code": "520524100209", "name": "新村"},
    "abolish": {"area": "520524101201", "heir": "520524100201"},
}


def sent(world: Any, kind: str, **more: str) -> dict[str, str]:
    """The form of this kind, filled in and sent to be saved."""
    data = {"effective": DAY, "action": "save", **FORMS[kind]}
    if kind == "split":
        data |= {f"child-{world['520524100'].pk}": "stays", f"child-{world['520524101'].pk}": "0"}
    return data | more


def new(client: Any, kind: str, data: dict[str, str]) -> Any:
    return client.post(f"/registry/changes/new/?kind={kind}", data)


def drafted(client: Any, world: Any, kind: str = "merge", **more: str) -> BoundaryChange:
    answer = new(client, kind, sent(world, kind, **more))
    assert answer.status_code == 302, answer.context["summary"]
    return BoundaryChange.objects.latest("pk")


def preview(client: Any, change: BoundaryChange) -> Any:
    return client.get(f"/registry/changes/{change.pk}/preview/?part=1")


def applied(client: Any, change: BoundaryChange) -> Any:
    told = preview(client, change).context
    assert told["possible"], [*map(str, told["problems"]), told["refusal"]]
    return client.post(f"/registry/changes/{change.pk}/apply/", {"seen": told["seen"]}, follow=True)


def said(answer: Any) -> str:
    return " ".join(str(message) for message in answer.context["messages"])


def reasons(answer: Any) -> dict[str, str]:
    """What is wrong with a form, by the id of the box."""
    assert answer.status_code == 422, answer.status_code
    return dict(answer.context["summary"])


@pytest.fixture
def keeper(as_user: Any) -> Any:
    return as_user("registry")


@pytest.mark.parametrize("kind", some_of(FORMS, "merge", "split"))
def test_each_kind_goes_from_its_form_to_applied_and_back(world: Any, keeper: Any, kind: str) -> None:
    before = list(AreaVersion.objects.order_by("pk").values())
    change = drafted(keeper, world, kind, title="", document_no="国函〔2010〕1号", approved_on="2010-05-01")
    assert (change.kind, change.state, change.drafted_by) == (kind, "draft", world.users["registry"])
    assert (change.document_no, change.approved_on) == ("国函〔2010〕1号", dt.date(2010, 5, 1))
    assert "is applied" in said(applied(keeper, change))
    assert list(AreaVersion.objects.order_by("pk").values()) != before
    assert derive.problems() == []
    page = keeper.get(f"/changes/{change.pk}/")
    assert page.status_code == 200
    assert page.context["title"]
    back = keeper.post(f"/registry/changes/{change.pk}/revert/", follow=True)
    assert "is reverted" in said(back)
    assert list(AreaVersion.objects.order_by("pk").values()) == before
    assert keeper.get(f"/changes/{change.pk}/").context["rows"]


@pytest.mark.parametrize("kind", some_of(FORMS, "merge", "split"))
def test_a_draft_is_edited_in_the_form_that_made_it(world: Any, keeper: Any, kind: str) -> None:
    change = drafted(keeper, world, kind)
    page = keeper.get(f"/registry/changes/{change.pk}/edit/")
    form = page.context["form"]
    assert page.context["kind"] == kind
    data: dict[str, str] = {"action": "save", "title": "Other title", "effective": DAY}
    data |= {name: str(value) for name, value in form.initial.items() if name in form.fields and value}
    for picks in form.picks.values():
        for pick in picks:
            data |= {pick.name: pick.text, f"{pick.name}-id": pick.pk}
            data |= {f"{pick.name}-{part}": value for part, value in pick.extra.items()}
    data |= {child.name: child.chosen for child in getattr(form, "children", [])} | {"title": "Other title"}
    rows = list(change.areas.order_by("pk").values_list("area", "ends", "code", "name", "parent"))
    answer = keeper.post(f"/registry/changes/{change.pk}/edit/", data)
    assert answer.status_code == 302, answer.context["summary"]
    change.refresh_from_db()
    assert change.title == "Other title"
    assert list(change.areas.order_by("pk").values_list("area", "ends", "code", "name", "parent")) == rows
    assert BoundaryChange.objects.count() == 1


@pytest.mark.parametrize(
    ("kind", "more", "box", "words"),
    [
        ("rename", {"area": ""}, "id_area", "Choose a place, or type its code."),
        ("rename", {"area": "999999"}, "id_area", "No place of yours had the code 999999 on 2010-07-01."),
        ("rename", {"area": "Zhijin"}, "id_area", "“Zhijin” is no code."),
        ("rename", {"name": ""}, "id_name", "required"),
        ("rename", {"name": "织金县", "name_latin": "", "code": ""}, "id_name", "It is called so already."),
        ("rename", {"code": "52 05"}, "id_code", "letters and digits"),
        ("rename", {"effective": "July"}, "id_effective", "valid date"),
        ("rename", {"effective": ""}, "id_effective", "required"),
        ("rename", {"effective": "0010-07-01"}, "id_effective", "four digits"),
        ("rename", {"effective": "1999-01-01"}, "id_area", "had the code 520524 on 1999-01-01"),
        ("rename", {"document_url": "javascript:alert(1)"}, "id_document_url", "valid URL"),
        ("recode", {"places-0-code": ""}, "id_places-0-code", "Write the new code of Zhijin County 织金县"),
        ("recode", {"places-0-code": "520524"}, "id_places-0-code", "has this code already"),
        ("recode", {"places-lines": "520524 520599"}, "id_places-1", "stands in this list already"),
        ("recode", {"places-lines": "520525 520525"}, "id_places-1-code", "stands in this list twice"),
        ("recode", {"places-0": "", "places-0-code": "", "places-lines": ""}, "id_places-0", "Choose a place"),
        ("recode", {"places-0": ""}, "id_places-0", "Choose a place"),
        ("transfer", {"to": "520524100"}, "id_to", "a township can't belong to it"),
        ("transfer", {"to": "520524"}, "id_places-0", "belongs to Zhijin County 织金县 already"),
        ("transfer", {"places-0-code": "a b"}, "id_places-0-code", "letters and digits"),
        ("merge", {"olds-1": ""}, "id_olds-0", "at least two places"),
        ("merge", {"olds-1": "520524"}, "id_olds-1", "stands in this list already"),
        ("merge", {"olds-1": "520524100"}, "id_olds-1", "is not of the same level"),
        ("merge", {"code": ""}, "id_code", "A new place needs a code and a name."),
        ("merge", {"into": "one"}, "id_heir", "Choose the place that goes on."),
        ("merge", {"into": "other"}, "id_into_0", "other"),
        ("merge", {"parent": "520525"}, "id_parent", "a county can't belong to it"),
        ("split", {"news-0-code": ""}, "id_news-0-code", "Write the code of the new place"),
        ("split", {"news-0-name": "", "news-0-code": ""}, "id_news-0-code", "Write the code and the name"),
        ("split", {"news-0-name": "x" * 121}, "id_news-0-name", "at most 120"),
        ("create", {"level": "3"}, "id_parent", "a county can't belong to it"),
        ("create", {"level": "0"}, "id_level", "valid choice"),
        ("create", {"name": ""}, "id_name", "required"),
        ("abolish", {"heir": "520524101201"}, "id_heir", "can't take over from itself"),
        ("abolish", {"heir": "520525"}, "id_heir", "is not of the same level"),
    ],
)
def test_bad_input_is_refused_at_its_box_and_kept(
    world: Any, keeper: Any, kind: str, more: dict[str, str], box: str, words: str
) -> None:
    data = sent(world, kind, **more)
    answer = new(keeper, kind, data)
    found = reasons(answer)
    assert words in found.get(box, ""), found
    assert f'href="#{box}"' in answer.content.decode()
    assert f'id="{box}"' in answer.content.decode()
    assert not BoundaryChange.objects.exists()
    for name, typed in more.items():
        if typed and "lines" not in name and name not in ("into", "level"):
            assert typed[:100] in answer.content.decode()


@pytest.mark.parametrize("junk", some_of(["\0", "9" * 400, "-1", "' OR 1=1", "𠀀" * 50], "\0"))
@pytest.mark.parametrize("kind", some_of(FORMS, "merge", "split"))
def test_junk_in_any_box_is_no_error_of_ours(world: Any, keeper: Any, kind: str, junk: str) -> None:
    for name in sent(world, kind):
        if name != "action":
            answer = new(keeper, kind, sent(world, kind, **{name: junk, f"{name}-id": junk}))
            assert answer.status_code in (302, 422)
            if answer.status_code == 302:
                preview(keeper, BoundaryChange.objects.latest("pk"))


def test_a_split_asks_where_each_child_goes(world: Any, keeper: Any) -> None:
    child = f"child-{world['520524101'].pk}"
    none = new(keeper, "split", sent(world, "split", **{child: "stays"}))
    assert "None was given away" in " ".join(reasons(none).values())
    ends = new(keeper, "split", sent(world, "split", goes_on="no"))
    assert "Say where 城关镇 (520524100) belongs" in reasons(ends)[f"id_child-{world['520524100'].pk}"]
    wild = new(keeper, "split", sent(world, "split", **{child: "7"}))
    assert f"id_{child}" in reasons(wild)


def test_a_split_shows_what_belongs_to_the_place_before_it_is_saved(world: Any, keeper: Any) -> None:
    data = {"effective": DAY, "area": "520524", "goes_on": "yes", "action": "children"}
    answer = new(keeper, "split", data)
    assert answer.status_code == 200
    assert [child.version.code for child in answer.context["form"].children] == ["520524100", "520524101"]
    assert not answer.context["summary"]
    started = keeper.get(f"/registry/changes/new/?kind=split&area={world['520524'].pk}")
    assert [child.version.code for child in started.context["form"].children] == ["520524100", "520524101"]


def test_a_blank_row_before_a_new_place_shifts_no_choice(world: Any, keeper: Any) -> None:
    data = sent(world, "split", **{"news-0-code": "", "news-0-name": ""})
    data |= {"news-1-code": "520531", "news-1-name": "珠藏县", f"child-{world['520524101'].pk}": "1"}
    assert new(keeper, "split", data).status_code == 302
    assert BoundaryChange.objects.get().areas.get(area=world["520524101"]).under.code == "520531"
    wrong = new(keeper, "split", data | {f"child-{world['520524101'].pk}": "0"})
    assert f"id_child-{world['520524101'].pk}" in reasons(wrong)


def test_a_split_that_ends_the_old_place_divides_it(world: Any, keeper: Any) -> None:
    more = {"news-1-code": "520532", "news-1-name": "城关县", f"child-{world['520524100'].pk}": "1"}
    change = drafted(keeper, world, "split", goes_on="no", **more)
    applied(keeper, change)
    assert Area.objects.get(pk=world["520524"].pk).ended_on == ON
    shares = dict(Succession.objects.values_list("new__code", "share"))
    assert shares == {"520531": Decimal("0.25"), "520532": Decimal("0.75")}
    assert "divided into" in keeper.get(f"/changes/{change.pk}/").context["title"]


def test_more_rows_are_given_without_complaints_and_nothing_typed_is_lost(world: Any, keeper: Any) -> None:
    data = sent(world, "merge", action="more", name="") | {f"olds-{n}": f"99{n}" for n in range(3)}
    answer = new(keeper, "merge", data)
    assert answer.status_code == 200
    rows = answer.context["boxes"]["olds"]
    assert [row.text for row in rows] == ["990", "991", "992", ""]
    assert "520530" in answer.content.decode()


def test_a_merge_into_one_that_goes_on(world: Any, keeper: Any) -> None:
    more = {"olds-1": "", "into": "one", "heir": "520525", "code": "", "name": ""}
    change = drafted(keeper, world, "merge", **more)
    applied(keeper, change)
    assert Area.objects.get(pk=world["520525"].pk).ended_on is None
    words = keeper.get(f"/changes/{change.pk}/").context["title"]
    assert words == "Zhijin County 织金县 becomes part of Nayong County 纳雍县"


def test_a_place_that_was_chosen_counts_only_while_the_box_still_names_it(world: Any, keeper: Any) -> None:
    change = drafted(
        keeper, world, "rename", area="Zhijin County 织金县 520524", **{"area-id": str(world["520524"].pk)}
    )
    assert change.areas.get().area == world["520524"]
    changed = drafted(keeper, world, "rename", area="520525", **{"area-id": str(world["520524"].pk)})
    assert changed.areas.get().area == world["520525"]
    named = drafted(keeper, world, "rename", area="织金县", name="甲", **{"area-id": str(world["520524"].pk)})
    assert named.areas.get().area == world["520524"]


def test_a_form_sent_twice_makes_one_draft(world: Any, keeper: Any) -> None:
    first = new(keeper, "merge", sent(world, "merge"))
    second = new(keeper, "merge", sent(world, "merge"))
    assert first["Location"] == second["Location"]
    other = new(keeper, "merge", sent(world, "merge", note="another"))
    assert other["Location"] != first["Location"]


def test_the_page_of_a_change_says_what_it_does(world: Any, keeper: Any) -> None:
    change = drafted(keeper, world, "merge", title="")
    page = keeper.get(f"/changes/{change.pk}/")
    assert page.context["title"] == "Zhijin County 织金县 and Nayong County 纳雍县 become one place: 织纳县"
    told = {(row["told"].before or row["told"].after).code: row["told"].sign for row in page.context["rows"]}
    assert told["520524"] == "ends"
    assert told["520530"] == "new"
    assert told["520524100"] == "belongs to"
    applied(keeper, change)
    after = keeper.get(f"/changes/{change.pk}/")
    assert {(r["told"].before or r["told"].after).code: r["told"].sign for r in after.context["rows"]} == told
    assert "Registry" in after.content.decode()


def test_long_changes_are_paged(world: Any, keeper: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("villages.views.changes.PAGE", 2)
    change = drafted(keeper, world, "merge")
    first = keeper.get(f"/changes/{change.pk}/")
    assert len(first.context["rows"]) == 2
    assert len(keeper.get(f"/changes/{change.pk}/{first.context['page'].next_url}").context["rows"]) == 2


def test_a_preview_tells_places_people_shares_and_totals(world: Any, keeper: Any) -> None:
    world.save("Huawu", trained=59, women=26, placed=47)
    change = drafted(keeper, world, "merge")
    told = preview(keeper, change).context
    assert {row["word"]: row["count"] for row in told["moved"]}["village"] == 6
    assert {person["user"].username for person in told["deciding"]} == {"clerk", "finance", "other_clerk"}
    assert told["shares"] == []  # each goes over whole, which needs no telling
    [nation] = [
        line for line in told["kept"] if "rained" in str(line["effect"].what) and "2010" in str(line["effect"].year)
    ][:1]
    assert nation["effect"].where == "China 中国"
    assert not AreaVersion.objects.filter(code="520530").exists()
    whole = keeper.get(f"/registry/changes/{change.pk}/preview/")
    assert b"<html" in whole.content
    assert whole.context["seen"] == told["seen"]


def test_of_many_errors_the_first_are_listed_and_the_rest_counted(world: Any, keeper: Any) -> None:
    data = sent(world, "recode", **{"places-lines": "\n".join(f"9{n:05}\t8{n:05}" for n in range(30))})
    answer = keeper.post("/registry/changes/new/?kind=recode", data)
    assert answer.status_code == 422
    assert (len(answer.context["summary"]), answer.context["more_errors"]) == (10, 20)
    assert "more, each told at its box." in answer.content.decode()


def test_a_preview_names_whose_role_reaches_more_within_the_keepers_areas(world: Any, keeper: Any) -> None:
    made = drafts.transfer([world["520524101"]], to=world["520525"])
    change = draft_change(kind="transfer", effective=ON, parts=made.parts, by=world.users["registry"])
    told = preview(keeper, change)
    assert {role["user"].username for role in told.context["reaching"]} == {"clerk", "finance", "other_clerk"}
    words = " ".join(re.sub(r"<[^>]+>", "", unescape(told.content.decode())).split())
    assert "Nayong County 纳雍县: gains township: 1 · village: 1" in words
    assert "Zhijin County 织金县: loses township: 1 · village: 1" in words


def test_a_draft_that_can_not_be_applied_says_why_and_offers_no_button(world: Any, keeper: Any) -> None:
    change = drafted(keeper, world, "create", code="520524100201")
    answer = preview(keeper, change)
    assert "can't have this code" in unescape(answer.content.decode())
    assert 'name="seen"' not in answer.content.decode()
    refused = keeper.post(f"/registry/changes/{change.pk}/apply/", {"seen": ""}, follow=True)
    assert "can't have this code" in said(refused)
    change.refresh_from_db()
    assert change.state == "draft"


def test_a_change_of_a_day_to_come_can_only_be_drafted(world: Any, keeper: Any) -> None:
    change = drafted(keeper, world, "rename", effective="2099-01-01")
    assert "can be applied from that day on" in preview(keeper, change).context["refusal"]


def test_nobody_applies_what_they_have_not_seen(world: Any, keeper: Any) -> None:
    change = drafted(keeper, world, "merge")
    seen = preview(keeper, change).context["seen"]
    url = f"/registry/changes/{change.pk}/apply/"
    assert "changed after this preview" in said(keeper.post(url, {}, follow=True))
    edited = sent(world, "merge", name="织纳市")
    assert keeper.post(f"/registry/changes/{change.pk}/edit/", edited).status_code == 302
    assert "changed after this preview" in said(keeper.post(url, {"seen": seen}, follow=True))
    assert not AreaVersion.objects.filter(code="520530").exists()
    now = preview(keeper, change).context["seen"]
    assert now != seen
    # A village more in one of the counties makes other shares, though the draft is the same.
    made = drafts.create(
        Part(code="520524100209", name="新村", level=Level.VILLAGE, parent=Area.objects.get(code="520524100"))
    )
    other = draft_change(kind="create", effective=ON - dt.timedelta(days=9), parts=made.parts, by=None)
    apply_change(change=other, by=None)
    assert "changed after this preview" in said(keeper.post(url, {"seen": now}, follow=True))
    assert "is applied" in said(applied(keeper, change))


def test_a_second_press_says_that_it_is_applied(world: Any, keeper: Any) -> None:
    change = drafted(keeper, world, "merge")
    seen = preview(keeper, change).context["seen"]
    url = f"/registry/changes/{change.pk}/apply/"
    for _press in range(2):
        assert "is applied" in said(keeper.post(url, {"seen": seen}, follow=True))
    assert Area.objects.filter(code="520530").count() == 1
    assert preview(keeper, change).status_code == 302
    for _press in range(2):
        assert keeper.post(f"/registry/changes/{change.pk}/revert/", follow=True).status_code == 200
    change.refresh_from_db()
    assert change.state == "reverted"


def test_a_revert_tells_beforehand_what_it_would_do(world: Any, keeper: Any) -> None:
    more = {"olds-1": "", "into": "one", "heir": "520525", "code": "", "name": ""}
    change = drafted(keeper, world, "merge", **more)
    applied(keeper, change)
    url = f"/registry/changes/{change.pk}/revert/"
    assert b"data-part" in keeper.get(url).content
    told = keeper.get(f"{url}?part=1").context
    assert told["undoing"].possible
    assert {row["word"]: row["count"] for row in told["moved"]}["village"] == 4
    change.refresh_from_db()
    assert change.state == "applied"
    assert keeper.get(f"{url}?now=1").context["undoing"].possible


def test_a_revert_is_refused_while_something_leans_on_it(world: Any, keeper: Any) -> None:
    change = drafted(keeper, world, "merge")
    applied(keeper, change)
    Jurisdiction.objects.create(user=world.clerk, role="clerk", area=Area.objects.get(code="520530"))
    url = f"/registry/changes/{change.pk}/revert/"
    named = "jurisdictions: Clerk (clerk), clerk, 织纳县"
    assert named in keeper.get(f"{url}?part=1").content.decode()
    assert named in said(keeper.post(url, follow=True))
    change.refresh_from_db()
    assert change.state == "applied"


def test_shares_are_given_by_hand(world: Any, keeper: Any) -> None:
    change = drafted(keeper, world, "split")
    own, new_one = Succession.objects.filter(change=change).order_by("pk")
    url = f"/registry/changes/{change.pk}/shares/"
    data = {f"share-{own.pk}": "70 %", f"share-{new_one.pk}": "0.3", f"back-{own.pk}": "1", f"back-{new_one.pk}": "1"}
    assert "are kept" in said(keeper.post(url, data, follow=True))
    told = preview(keeper, change).context["shares"]
    assert [(str(row["share"]), row["reason"]) for row in told] == [
        ("0.7000000000", "given by hand"),
        ("0.3000000000", "given by hand"),
    ]
    keeper.post(url, data | {f"share-{own.pk}": "0.6"})
    assert "add up to 0.9" in preview(keeper, change).content.decode()


@pytest.mark.parametrize("text", ["1.5", "-0.1", "0", "x", "200 %", "0.12345678901", "\0", "1e-3", "%"])
def test_shares_that_are_none_are_refused_where_they_stand(world: Any, keeper: Any, text: str) -> None:
    change = drafted(keeper, world, "split")
    own = Succession.objects.filter(change=change).order_by("pk")[0]
    answer = keeper.post(f"/registry/changes/{change.pk}/shares/", {f"share-{own.pk}": text})
    if text in ("\0", "%"):
        assert answer.status_code == 302  # nothing is left of it: by the villages
    else:
        assert "A share is more than 0" in reasons(answer)[f"id_share-{own.pk}"]
        assert "Zhijin" in reasons(answer)[f"id_share-{own.pk}"]


def test_a_draft_is_discarded_after_asking(world: Any, keeper: Any) -> None:
    change = drafted(keeper, world, "merge")
    url = f"/registry/changes/{change.pk}/discard/"
    assert "Discard this draft?" in keeper.get(url).content.decode()
    assert "is discarded" in said(keeper.post(url, follow=True))
    assert not BoundaryChange.objects.exists()
    done = drafted(keeper, world, "merge")
    applied(keeper, done)
    assert keeper.post(f"/registry/changes/{done.pk}/discard/").status_code == 404
    assert keeper.get(f"/registry/changes/{done.pk}/edit/").status_code == 404


def test_a_draft_that_no_form_could_have_made_keeps_its_places(world: Any, keeper: Any) -> None:
    parts = [
        Part(world["Huawu"], ends=True),
        *(
            Part(code=f"52052410020{n}", name=f"新{n}村", level=Level.VILLAGE, parent=world["520524100"])
            for n in (8, 9)
        ),
        Part(world["Gaoshan"], name="另"),
    ]
    follows = [Follow(world["Huawu"], part) for part in parts[1:3]]
    change = draft_once(
        kind="split", effective=ON, parts=parts, follows=follows, by=world.users["registry"], title="From a list"
    )
    page = keeper.get(f"/registry/changes/{change.pk}/edit/")
    assert page.context["kind"] == ""
    data = {"effective": DAY, "note": "seen", "title": "From a list", "action": "save"}
    assert keeper.post(f"/registry/changes/{change.pk}/edit/", data).status_code == 302
    change.refresh_from_db()
    assert (change.note, change.areas.count(), change.successions.count()) == ("seen", 4, 2)


def test_the_list_is_narrowed_and_newest_first(world: Any, keeper: Any) -> None:
    old = drafted(keeper, world, "rename", effective="2005-01-01", title="Older")
    young = drafted(keeper, world, "create", document_no="黔府函")
    applied(keeper, old)

    def listed(**query: str) -> list[int]:
        answer = keeper.get("/registry/changes/", query)
        assert answer.status_code == 200
        return [line["change"].pk for line in answer.context["lines"]]

    assert listed() == [young.pk, old.pk]
    assert listed(kind="rename") == [old.pk]
    assert listed(state="draft") == [young.pk]
    assert listed(year="2005") == [old.pk]
    assert listed(q="黔府") == [young.pk]
    assert listed(place="520581") == [old.pk]
    assert listed(place="520525") == []
    assert "No change of yours" in keeper.get("/registry/changes/", {"q": "zzz"}).content.decode()


@pytest.mark.parametrize("query", [{"kind": "x"}, {"year": "x"}, {"year": "99999"}, {"place": "nowhere"}, {"q": "\0"}])
def test_a_list_that_makes_no_sense_is_refused_with_the_reason(world: Any, keeper: Any, query: Any) -> None:
    answer = keeper.get("/registry/changes/", query)
    assert answer.status_code == 400
    assert "note bad" in answer.content.decode()


def test_only_keepers_of_its_places_work_at_a_change(world: Any, keeper: Any, as_user: Any) -> None:
    change = drafted(keeper, world, "rename")
    Jurisdiction.objects.filter(user=world.users["registry"]).update(area=world["520525"])
    addresses = [reverse(f"change-{step}", args=[change.pk]) for step in ("edit", "discard", "preview", "revert")]
    addresses += [reverse("change", args=[change.pk])]
    for url in addresses:
        assert as_user("registry").get(url).status_code == 404
    for step in ("apply", "shares", "revert", "discard", "edit"):
        assert keeper.post(reverse(f"change-{step}", args=[change.pk])).status_code == 404
    assert keeper.get("/registry/changes/").context["lines"] == []
    outside = new(keeper, "rename", sent(world, "rename"))
    assert "No place of yours had the code 520524" in reasons(outside)["id_area"]


def test_who_may_read_a_place_may_read_its_changes_once_they_are_applied(world: Any, keeper: Any, as_user: Any) -> None:
    change = drafted(keeper, world, "rename")
    assert as_user("clerk").get(f"/changes/{change.pk}/").status_code == 404
    applied(as_user("registry"), change)
    page = as_user("clerk").get(f"/changes/{change.pk}/")
    assert page.status_code == 200
    assert not page.context["keeps"]
    assert "/registry/" not in page.content.decode()
    assert as_user("other_clerk").get(f"/changes/{change.pk}/").status_code == 404
    for url in ("/registry/", "/registry/changes/", "/registry/changes/new/"):
        assert as_user("clerk").get(url).status_code == 403


def test_pages_cost_no_query_a_row(world: Any, keeper: Any) -> None:
    def cost(url: str) -> int:
        with queries_made() as made:
            assert keeper.get(url).status_code == 200
        return len(made)

    few = drafted(keeper, world, "create")
    one = cost("/registry/changes/")
    for number in range(4):
        drafted(keeper, world, "rename", note=str(number))
    assert cost("/registry/changes/") == one <= 10
    many = drafted(keeper, world, "merge", title="")
    assert cost(f"/changes/{many.pk}/") <= cost(f"/changes/{few.pk}/") + 2 <= 22
    assert cost("/registry/") <= 16
    assert OpenQuestion.objects.count() == 0
