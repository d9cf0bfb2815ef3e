"""The pages of places."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse

from tests.queries import queries_made
from villages import derive
from villages.models import AreaVersion


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


def test_a_place_shows_what_it_was_and_what_lies_in_it(world: Any, as_user: Any) -> None:
    area = world["Zhuchang"]
    old = area.versions.get()
    AreaVersion.objects.filter(pk=old.pk).update(valid=(old.valid.lower, dt.date(2009, 1, 1)))
    AreaVersion.objects.create(
        area=area,
        code=old.code,
        name="珠藏街道",
        name_latin="Zhuchang Street",
        parent=old.parent,
        valid=("2009-01-01", None),
    )
    derive.rebuild()
    answer = as_user("clerk").get(reverse("place", args=[area.pk]))
    assert [v["name"] for v in answer.context["versions"]] == ["珠藏街道", "珠藏镇"]
    assert [(v["since"], v["until"]) for v in answer.context["versions"]][1] == (
        dt.date(2001, 1, 1),
        dt.date(2009, 1, 1),
    )
    assert [child["name_latin"] for child in answer.context["children"]] == ["Longtan"]
    assert answer.context["counts"] == [{"word": "village", "count": 1}]
    assert answer.context["area"].name == "珠藏街道"


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
    assert costs[0] == costs[1] <= 9
