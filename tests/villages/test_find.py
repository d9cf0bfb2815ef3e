"""The typeahead's answer."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse

from tests.queries import queries_made
from tests.villages.test_search import end, reform

FIND = "/places/find.json"


def answer(client: Any, **asked: str) -> Any:
    response = client.get(FIND, asked)
    assert response.status_code == 200, response.content
    return response.json()


def found(client: Any, **asked: str) -> list[str]:
    return [hit["name_latin"] for hit in answer(client, **asked)["hits"]]


def test_a_hit_tells_all_that_is_needed_to_choose(world: Any, as_user: Any) -> None:
    body = answer(as_user("clerk"), q="化屋")
    [hit] = body["hits"]
    assert hit == {
        "id": world["Huawu"].pk,
        "code": "520524100201",
        "name": "化屋村",
        "name_latin": "Huawu",
        "level": 5,
        "level_word": "village",
        "url": reverse("place", args=[world["Huawu"].pk]),
        "where": "Guizhou 贵州省 › Bijie 毕节市 › Zhijin County 织金县 › Chengguan 城关镇",
        "ended": None,
        "notes": [],
    }
    assert (body["more"], body["message"]) == (False, "1 place")


def test_a_hit_by_a_former_name_or_of_an_ended_place_says_so(world: Any, as_user: Any) -> None:
    reform(world["Huawu"], dt.date(2009, 1, 1), name="新华村", name_latin="Xinhua")
    end(world["Gaoshan"], dt.date(2007, 5, 1))
    client = as_user("clerk")
    [hit] = answer(client, q="化屋")["hits"]
    assert hit["notes"] == ["formerly 化屋村 until 2009"]
    [hit] = answer(client, q="新华")["hits"]
    assert hit["notes"] == []
    [hit] = answer(client, q="高山")["hits"]
    assert (hit["notes"], hit["ended"]) == (["until 2007"], "2007-05-01")


def test_a_hit_by_a_former_code_names_the_code(world: Any, as_user: Any) -> None:
    reform(world["Huawu"], dt.date(2009, 1, 1), code="520524100299")
    [hit] = answer(as_user("clerk"), q="520524100201")["hits"]
    assert hit["notes"] == ["formerly 520524100201 until 2009"]


def test_nobody_finds_places_outside_their_areas(world: Any, as_user: Any) -> None:
    assert found(as_user("other_clerk"), q="化屋") == []
    assert found(as_user("other_clerk"), q="5205") == ["Nayong County", "Yongxi", "Baiyan", "Qingshan"]
    assert found(as_user("township_clerk"), q="5205") == ["Chengguan", "Huawu", "Gaoshan", "Dazhai"]


def test_it_is_narrowed_by_level_subtree_and_standing(world: Any, as_user: Any) -> None:
    client = as_user("reviewer")
    assert found(client, q="5205", level="3") == ["Zhijin County", "Nayong County"]
    assert found(client, q="5205", within=str(world["Zhuchang"].pk)) == ["Zhuchang", "Longtan"]
    end(world["Longtan"], dt.date(2009, 1, 1))
    assert found(client, q="5205", within=str(world["Zhuchang"].pk), standing="1") == ["Zhuchang"]
    assert found(client, q="5205", within=str(world["Zhuchang"].pk), standing="false") == ["Longtan"]


def test_twelve_hits_and_the_word_that_there_are_more(world: Any, as_user: Any) -> None:
    body = answer(as_user("admin"), q="5")
    assert len(body["hits"]) == 12
    assert body["more"]
    assert body["message"] == "The first 12 places. There are more: type on."


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ("nowhere", "No place of yours is called so."),
        ("屋", "No place of yours begins so. With two characters and more, names are searched inside too."),
        ("", ""),
    ],
)
def test_nothing_found_is_said(words: str, message: str, world: Any, as_user: Any) -> None:
    assert answer(as_user("clerk"), q=words) == {"hits": [], "more": False, "message": message}


@pytest.mark.parametrize(
    "asked",
    [
        {"q": "x" * 101},
        {"q": "a\0b"},
        {"q": "x", "level": "9"},
        {"q": "x", "within": "999999"},
        {"q": "x", "within": "x"},
        {"q": "x", "standing": "maybe"},
    ],
)
def test_a_parameter_that_makes_no_sense_is_refused_in_words(asked: dict[str, str], world: Any, as_user: Any) -> None:
    response = as_user("clerk").get(FIND, asked)
    assert response.status_code == 400
    assert response.json()["message"]


def test_whoever_is_signed_out_is_told_so(client: Any, db: None) -> None:
    response = client.get(FIND, {"q": "化屋"})
    assert response.status_code == 401
    assert response.json()["message"]


def test_a_person_without_any_area_finds_nothing(world: Any, as_user: Any) -> None:
    world.clerk.jurisdictions.all().delete()
    assert found(as_user("clerk"), q="化屋") == []


def test_twelve_hits_cost_no_more_queries_than_one(world: Any, as_user: Any) -> None:
    client = as_user("admin")
    costs = []
    for words in ("化屋", "5"):
        with queries_made() as queries:
            answer(client, q=words)
        costs.append(len(queries))
    # Session, user, jurisdictions, own areas; present, former and inside (only when there are too few); hits, above.
    assert costs == [9, 7]
