"""The pages of places."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.urls import reverse

from tests.queries import queries_made
from tests.villages.reforms import applied, as_it_is
from tests.villages.test_search import end, reform
from villages.changes import drafts
from villages.changes.parts import Part
from villages.levels import Level
from villages.models import Area, BoundaryChange, OpenQuestion


def hits(answer: Any) -> list[str]:
    assert answer.status_code == 200
    return [hit["name_latin"] for hit in answer.context["hits"]]


def test_the_page_starts_with_the_readers_own_areas(world: Any, as_user: Any) -> None:
    answer = as_user("clerk").get("/places/")
    assert hits(answer) == ["Zhijin County"]
    assert not answer.context["searched"]


def test_a_place_is_found_and_told_where_it_lies(world: Any, as_user: Any) -> None:
    answer = as_user("clerk").get("/places/", {"q": "化屋"})
    assert hits(answer) == ["Huawu"]
    [hit] = answer.context["hits"]
    assert hit["trail"][-1] == "Chengguan 城关镇"
    assert hit["url"] == reverse("place", args=[world["Huawu"].pk])
    assert "Huawu" in answer.content.decode()


def test_nothing_found_says_so(world: Any, as_user: Any) -> None:
    answer = as_user("clerk").get("/places/", {"q": "nowhere"})
    assert hits(answer) == []
    assert "nowhere" in answer.content.decode()


def test_words_that_can_not_be_searched_are_refused(world: Any, as_user: Any) -> None:
    answer = as_user("clerk").get("/places/", {"q": "x" * 101})
    assert answer.status_code == 400
    assert answer.context["form"].errors["q"]


def test_a_search_is_paged(world: Any, as_user: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("villages.views.places.PAGE", 2)
    client = as_user("clerk")
    first = client.get("/places/", {"q": "5205241"})
    assert hits(first) == ["Chengguan", "Zhuchang"]
    assert first.context["page"].previous_url == ""
    second = client.get(f"/places/{first.context['page'].next_url}")
    assert hits(second) == ["Huawu", "Gaoshan"]
    assert second.context["page"].number == 2
    assert hits(client.get(f"/places/{second.context['page'].previous_url}")) == hits(first)
    for number in ("0", "-1", "x", "999999999999"):
        assert hits(client.get("/places/", {"q": "5205241", "page": number})) == hits(first)


def test_only_ones_own_areas_lead_on_in_the_trail(world: Any, as_user: Any) -> None:
    trail = as_user("clerk").get(reverse("place", args=[world["Huawu"].pk])).context["trail"]
    assert [step["label"] for step in trail][:2] == ["China 中国", "Guizhou 贵州省"]
    assert [bool(step["url"]) for step in trail] == [False, False, False, True, True]


def test_a_place_elsewhere_is_not_found(world: Any, as_user: Any) -> None:
    for pk in (world["Huawu"].pk, 10**18, 10**30):
        assert as_user("other_clerk").get(f"/places/{pk}/").status_code == 404


def test_pages_cost_no_query_a_row(world: Any, as_user: Any) -> None:
    client = as_user("registry")
    costs = []
    for words in ("化屋", "5205"):
        with queries_made() as queries:
            client.get("/places/", {"q": words})
        costs.append(len(queries))
    # Session, user, jurisdictions, own areas; present, former, inside; the page, the areas above; notices.
    assert costs == [11, 11]


def page(client: Any, area: Area, **asked: str) -> Any:
    answer = client.get(reverse("place", args=[area.pk]), asked)
    assert answer.status_code == 200
    return answer


def test_a_place_that_ended_is_marked_in_lists_and_can_be_left_out(world: Any, as_user: Any) -> None:
    end(world["Gaoshan"], dt.date(2007, 1, 1))
    client = as_user("clerk")
    answer = client.get("/places/", {"q": "高山"})
    assert [hit["notes"] for hit in answer.context["hits"]] == [["until 2007"]]
    assert "until 2007" in answer.content.decode()
    assert hits(client.get("/places/", {"q": "高山", "standing": "true"})) == []
    assert hits(client.get("/places/", {"q": "高山", "standing": "false"})) == ["Gaoshan"]
    assert client.get("/places/", {"q": "高山", "standing": "perhaps"}).status_code == 400


def test_a_hit_by_a_former_name_says_so(world: Any, as_user: Any) -> None:
    reform(world["Huawu"], dt.date(2009, 1, 1), name="新华村", name_latin="Xinhua")
    assert "formerly 化屋村 until 2009" in as_user("clerk").get("/places/", {"q": "化屋"}).content.decode()


def test_a_place_shows_its_forms_and_what_changed_them(world: Any, as_user: Any) -> None:
    change = applied(
        world,
        "rename",
        dt.date(2009, 5, 1),
        drafts.rename(world["Zhuchang"], name="珠藏街道", name_latin="Zhuchang Street"),
        document_no="黔府函〔2009〕7号",
        document_url="https://example.org/7",
        approved_on=dt.date(2009, 4, 2),
    )
    answer = page(as_user("clerk"), world["Zhuchang"])
    assert [form.name for form in answer.context["forms"]] == ["珠藏街道", "珠藏镇"]
    assert answer.context["forms"][0].acts == [change]
    text = answer.content.decode()
    for words in ("2009-05-01", "new name", "黔府函〔2009〕7号", "approved 2009-04-02", 'href="https://example.org/7"'):
        assert words in text


def test_a_link_that_is_no_web_address_leads_nowhere(world: Any, as_user: Any) -> None:
    change = applied(world, "rename", dt.date(2009, 5, 1), drafts.rename(world["Zhuchang"], name="珠藏街道"))
    BoundaryChange.objects.filter(pk=change.pk).update(document_url="javascript:alert(1)")
    assert "javascript:" not in page(as_user("clerk"), world["Zhuchang"]).content.decode()


def test_a_place_that_ended_says_when_and_what_followed(world: Any, as_user: Any) -> None:
    zhina = merged_counties(world)
    answer = page(as_user("reviewer"), world["520524"])
    text = re.sub(r"\s+", " ", answer.content.decode())
    assert "This place ended: 2009-07-01." in text
    assert f'It was followed by <a href="{reverse("place", args=[zhina.pk])}">Zhina County 织纳县</a>.' in text
    assert [row.area.name_latin for row in answer.context["within"].rows] == ["Chengguan", "Zhuchang"]
    assert answer.context["counts"] == []


def merged_counties(world: Any) -> Area:
    """Zhijin and Nayong become Zhina in the middle of 2009."""
    day = dt.date(2009, 7, 1)
    into = Part(level=Level.COUNTY, code="520599", name="织纳县", name_latin="Zhina County", parent=world["5205"])
    applied(world, "merge", day, drafts.merge([world["520524"], world["520525"]], into=into, day=day))
    return Area.objects.get(code="520599")


def test_what_lies_within_is_compared_with_another_year(world: Any, as_user: Any) -> None:
    day = dt.date(2009, 7, 1)
    applied(world, "transfer", day, drafts.transfer([world["Zhuchang"]], to=world["520525"]))
    client = as_user("reviewer")
    within = page(client, world["520524"], year="2008", of="village").context["within"]
    assert [(row.words, row.then, row.now, row.left, row.came) for row in within.levels] == [
        ("township", 2, 1, 1, 0),
        ("village", 4, 3, 1, 0),
    ]
    left = page(client, world["520524"], year="2008", of="village", show="left").context["within"]
    assert [(row.name, row.fate) for row in left.rows] == [("龙潭村", "now in Nayong County 纳雍县 › Zhuchang 珠藏镇")]
    came = page(client, world["520525"], year="2008", of="township", show="came").context["within"]
    assert [(row.name, row.fate) for row in came.rows] == [("珠藏镇", "from Zhijin County 织金县")]
    then = page(client, world["520524"], year="2008", show="then").context["within"]
    assert [(row.name, row.fate) for row in then.rows] == [
        ("城关镇", "still here"),
        ("珠藏镇", "now in Bijie 毕节市 › Nayong County 纳雍县"),
    ]


def test_ended_children_stand_apart(world: Any, as_user: Any) -> None:
    end(world["Gaoshan"], dt.date(2007, 1, 1))
    client = as_user("clerk")
    today = page(client, world["Chengguan"]).context["within"]
    assert [row.name for row in today.rows] == ["化屋村", "大寨村"]
    ended = page(client, world["Chengguan"], show="ended").context["within"]
    assert [(row.name, row.fate) for row in ended.rows] == [("高山村", "until 2007")]


def test_a_long_list_within_a_place_is_paged(world: Any, as_user: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("villages.views.within.PAGE", 2)
    client = as_user("clerk")
    first = page(client, world["Chengguan"]).context["within"]
    assert [row.name for row in first.rows] == ["化屋村", "高山村"]
    second = client.get(reverse("place", args=[world["Chengguan"].pk]) + first.page.next_url).context["within"]
    assert [row.name for row in second.rows] == ["大寨村"]


@pytest.mark.parametrize("asked", [{"year": "1999"}, {"year": "x"}, {"show": "all"}, {"of": "county"}])
def test_an_address_that_makes_no_sense_is_told(asked: dict[str, str], world: Any, as_user: Any) -> None:
    answer = as_user("clerk").get(reverse("place", args=[world["520524"].pk]), asked)
    assert answer.status_code == 400
    assert next(iter(asked.values())) in answer.context["within"].problem


def test_places_elsewhere_are_named_and_lead_nowhere(world: Any, as_user: Any) -> None:
    applied(world, "transfer", dt.date(2009, 7, 1), drafts.transfer([world["Zhuchang"]], to=world["520525"]))
    answer = page(as_user("clerk"), world["520524"], show="left")
    text = answer.content.decode()
    assert "Zhuchang" in text
    assert reverse("place", args=[world["Zhuchang"].pk]) not in text


def test_only_who_keeps_the_registry_sees_drafts_and_open_questions(world: Any, as_user: Any) -> None:
    OpenQuestion.objects.create(
        kind="history", key="1", subject="520524", reason="Two days are named.", area=world["520524"]
    )
    as_it_is(world, "rename", dt.date(2010, 1, 1), drafts.rename(world["520524"], name="大织金县"))
    for username, seen in (("registry", True), ("clerk", False), ("reviewer", False)):
        answer = page(as_user(username), world["520524"])
        assert bool(answer.context["questions"]) == bool(answer.context["changes"]) == seen
        assert ("Two days are named." in answer.content.decode()) == seen


def test_the_page_of_a_place_costs_no_query_a_row(world: Any, as_user: Any) -> None:
    merged_counties(world)
    client = as_user("registry")
    costs = []
    for area in (world["520524"], Area.objects.get(code="520599"), world["Huawu"]):
        client.get(reverse("place", args=[area.pk]))
        with queries_made() as queries:
            client.get(reverse("place", args=[area.pk]))
        costs.append(len(queries))
    assert max(costs) <= 37, costs
