"""Places in the API: finding, paging, history, and what is refused."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.problems import by_place, kind
from tests.queries import queries_made
from villages import derive
from villages.models import Area, AreaVersion
from villages.search import search

AREAS = "/api/v1/areas/"


def names(answer: Any) -> list[str]:
    assert answer.status_code == 200, answer.json()
    return [row["name_latin"] for row in answer.json()["results"]]


def rename(area: Any, name: str, latin: str, on: dt.date, code: str = "") -> None:
    """Give an area another form from a day on."""
    old = area.versions.get()
    AreaVersion.objects.filter(pk=old.pk).update(valid=(old.valid.lower, on))
    AreaVersion.objects.create(
        area=area, code=code or old.code, name=name, name_latin=latin, parent=old.parent, valid=(on, None)
    )
    derive.rebuild()


def test_a_list_holds_the_readers_areas_and_no_other(world: Any, as_user: Any) -> None:
    found = names(as_user("other_clerk").get(AREAS))
    assert found == ["Nayong County", "Yongxi", "Baiyan", "Qingshan"]


def test_a_place_elsewhere_is_not_found(world: Any, as_user: Any) -> None:
    answer = as_user("other_clerk").get(f"{AREAS}{world['Huawu'].pk}/")
    assert answer.status_code == 404
    assert answer.json()["errors"][0]["code"] == "not_found"


def test_a_hit_carries_the_areas_above_it(world: Any, as_user: Any) -> None:
    [hit] = as_user("clerk").get(AREAS, {"q": "huawu"}).json()["results"]
    assert hit["id"] == world["Huawu"].pk
    assert hit["level_word"] == "village"
    assert [above["name_latin"] for above in hit["above"]] == [
        "China",
        "Guizhou",
        "Bijie",
        "Zhijin County",
        "Chengguan",
    ]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("520524100201", ["Huawu"]),
        ("化屋村", ["Huawu"]),
        ("化屋", ["Huawu"]),
        ("HUAWU", ["Huawu"]),
        (" ５２０５２４１００２０１ ", ["Huawu"]),
        ("屋村", ["Huawu"]),
        ("uawu", ["Huawu"]),
        ("毕节县", []),
        ("5205241002", ["Huawu", "Gaoshan", "Dazhai"]),
        ("520524100", ["Chengguan", "Huawu", "Gaoshan", "Dazhai"]),
        ("%", []),
    ],
)
def test_a_place_is_found_by_what_is_known_of_it(words: str, found: list[str], world: Any, as_user: Any) -> None:
    assert names(as_user("clerk").get(AREAS, {"q": words})) == found


def test_a_place_is_found_by_the_name_and_code_it_used_to_have(world: Any, as_user: Any) -> None:
    rename(world["Huawu"], "新化村", "Xinhua", dt.date(2009, 1, 1), code="520524100299")
    client = as_user("clerk")
    assert names(client.get(AREAS, {"q": "化屋"})) == ["Xinhua"]
    assert names(client.get(AREAS, {"q": "520524100201"})) == ["Xinhua"]


def test_an_exact_name_comes_before_a_beginning(world: Any, as_user: Any) -> None:
    rename(world["Dazhai"], "高山村东", "Gaoshan East", dt.date(2009, 1, 1))
    rename(world["Gaoshan"], "高山", "Gaoshan", dt.date(2009, 1, 1))
    assert names(as_user("clerk").get(AREAS, {"q": "高山"})) == ["Gaoshan", "Gaoshan East"]


def test_a_code_finds_who_carried_it_on_a_day(world: Any, as_user: Any) -> None:
    rename(world["Huawu"], "化屋村", "Huawu", dt.date(2009, 1, 1), code="520524100299")
    client = as_user("clerk")
    assert names(client.get(AREAS, {"code": "520524100201", "on": "2008-12-31"})) == ["Huawu"]
    today = by_place(client.get(AREAS, {"code": "520524100201"}))["code"]
    assert today.endswith("化屋村 carried it from 2001-01-01 to 2008-12-31.")
    assert names(client.get(AREAS, {"code": "520524100299"})) == ["Huawu"]


def test_lists_are_narrowed_by_level_parent_and_subtree(world: Any, as_user: Any) -> None:
    client = as_user("clerk")
    assert names(client.get(AREAS, {"level": 4})) == ["Chengguan", "Zhuchang"]
    assert names(client.get(AREAS, {"parent": world["Zhuchang"].pk})) == ["Longtan"]
    assert names(client.get(AREAS, {"within": world["Zhuchang"].pk})) == ["Zhuchang", "Longtan"]
    assert names(client.get(AREAS, {"within": world["Zhuchang"].pk, "q": "huawu"})) == []


def test_children_and_history_of_a_place(world: Any, as_user: Any) -> None:
    rename(world["Zhuchang"], "珠藏街道", "Zhuchang Street", dt.date(2009, 1, 1))
    client, key = as_user("clerk"), world["Zhuchang"].pk
    assert names(client.get(f"{AREAS}{key}/children/")) == ["Longtan"]
    history = client.get(f"{AREAS}{key}/history/").json()["results"]
    assert [(v["name"], v["valid_from"], v["valid_until"]) for v in history] == [
        ("珠藏镇", "2001-01-01", "2009-01-01"),
        ("珠藏街道", "2009-01-01", None),
    ]
    assert history[0]["parent_name"] == "织金县"


@pytest.mark.parametrize(
    ("query", "at"),
    [
        ({"levle": "3"}, "levle"),
        ({"level": "9"}, "level"),
        ({"within": "999999"}, "within"),
        ({"within": "x"}, "within"),
        ({"on": "2010-01-01"}, "on"),
        ({"on": "2010-13-01", "code": "52"}, "on"),
        ({"page_size": "0"}, "page_size"),
        ({"page_size": "5001"}, "page_size"),
        ({"page_size": "ten"}, "page_size"),
        ({"cursor": "cD1hYmM="}, "cursor"),
        ({"cursor": "%%%"}, "cursor"),
        ({"q": "a\0b"}, "q"),
        ({"q": "x" * 101}, "q"),
        ({"level": ["3", "4"]}, "level"),
    ],
)
def test_a_parameter_that_makes_no_sense_is_refused(query: dict[str, Any], at: str, world: Any, as_user: Any) -> None:
    answer = as_user("clerk").get(AREAS, query)
    assert answer.status_code == 400
    assert kind(answer) == "invalid"
    assert at in by_place(answer)


def test_an_unknown_parameter_is_answered_with_the_known_ones(world: Any, as_user: Any) -> None:
    [error] = as_user("clerk").get(AREAS, {"levle": "3"}).json()["errors"]
    assert error["detail"] == "There is no such parameter. Did you mean “level”?"
    assert {"q", "level", "within", "cursor", "page_size"} <= set(error["known"])
    [error] = as_user("clerk").get(AREAS, {"colour": "red"}).json()["errors"]
    assert error["detail"].startswith("There is no such parameter. Known here: q, level")


def test_pages_hold_every_row_once(world: Any, as_user: Any) -> None:
    client = as_user("admin")
    for query in ({}, {"q": "5"}):
        seen, url = [], f"{AREAS}?page_size=3" + "".join(f"&{k}={v}" for k, v in query.items())
        while url:
            body = client.get(url).json()
            seen += [row["id"] for row in body["results"]]
            url = body["next"]
        expected = {a.pk for a in world.areas.values() if a.code.startswith(query.get("q", ""))}
        assert len(seen) == len(set(seen))
        assert set(seen) == expected


def test_a_page_costs_as_many_queries_with_many_rows_as_with_one(world: Any, as_user: Any) -> None:
    client = as_user("admin")
    costs = []
    for size in (1, 100):
        with queries_made() as queries:
            client.get(AREAS, {"level": 5, "page_size": size})
        costs.append(len(queries))
    # Session, user, jurisdictions, own areas, the page, the areas above it.
    assert costs == [6, 6]


def test_a_search_reads_indexes_and_no_table(world: Any, as_user: Any) -> None:
    """With sequential scans forbidden every branch of the search must have an index to go by."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    with CaptureQueriesContext(connection) as captured:
        assert [area.name_latin for area in search(Area.objects.visible_to(world.admin), "化屋")] == ["Huawu"]
    with connection.cursor() as cursor:
        for query in captured.captured_queries:
            cursor.execute(f"EXPLAIN {query['sql']}")
            assert "Seq Scan" not in str(cursor.fetchall())
