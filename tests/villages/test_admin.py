"""The registry in the admin: scoped, searched by index, and not to be changed."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.paginator import Paginator

from povtrack.accounts.models import Jurisdiction, User
from povtrack.accounts.roles import Role
from povtrack.lib.admin import EstimatedPaginator
from tests.queries import queries_made
from villages.models import Area

AREAS = "/admin/villages/area/"


@pytest.fixture
def keeper(world: Any) -> User:
    """Registry admin of Nayong County alone."""
    user = User.objects.create_user("keeper", is_staff=True)
    Jurisdiction.objects.create(user=user, role=Role.REGISTRY, area=world["Nayong County"])
    world.users["keeper"] = user
    return user


def shown(answer: Any) -> list[str]:
    assert answer.status_code == 200
    return [area.name_latin for area in answer.context["cl"].result_list]


def test_a_list_shows_the_keepers_areas_and_no_other(world: Any, keeper: User, as_user: Any) -> None:
    client = as_user("keeper")
    assert shown(client.get(AREAS)) == ["Nayong County", "Yongxi", "Baiyan", "Qingshan"]
    assert shown(client.get(AREAS, {"q": "5205"})) == ["Nayong County", "Yongxi", "Baiyan", "Qingshan"]
    assert shown(client.get(AREAS, {"q": "化屋"})) == []
    assert shown(client.get(AREAS, {"level__exact": 5})) == ["Baiyan", "Qingshan"]
    assert client.get(f"{AREAS}{world['Huawu'].pk}/change/").status_code == 404


@pytest.mark.parametrize(("words", "found"), [("化屋", ["Huawu"]), ("huaw", ["Huawu"]), ("520524100201", ["Huawu"])])
def test_a_place_is_searched_as_everywhere(words: str, found: list[str], world: Any, as_user: Any) -> None:
    assert shown(as_user("registry").get(AREAS, {"q": words})) == found


def test_counties_have_a_page_of_their_own(world: Any, as_user: Any) -> None:
    client = as_user("registry")
    assert shown(client.get("/admin/villages/county/")) == ["Zhijin County", "Nayong County"]
    assert shown(client.get("/admin/villages/county/", {"q": "zhi"})) == ["Zhijin County"]


def test_a_place_shows_its_history_and_can_not_be_changed(world: Any, as_user: Any) -> None:
    client = as_user("registry")
    url = f"{AREAS}{world['Huawu'].pk}/change/"
    page = client.get(url).content.decode()
    assert "Zhijin County 织金县" in page
    assert 'name="name"' not in page
    assert client.post(url, {"name": "新"}).status_code == 403
    assert client.get(f"{AREAS}add/").status_code == 403
    assert client.post(f"{AREAS}{world['Huawu'].pk}/delete/", {"post": "yes"}).status_code == 403


def test_a_list_costs_as_many_queries_with_many_rows_as_with_few(world: Any, keeper: User, as_user: Any) -> None:
    costs = {}
    for username in ("keeper", "registry"):
        client = as_user(username)
        with queries_made() as queries:
            client.get(AREAS)
        costs[username] = len(queries)
    assert costs["keeper"] == costs["registry"] == 11


def test_a_long_list_is_estimated_and_a_short_one_counted(world: Any) -> None:
    areas = Area.objects.order_by("pk")
    assert EstimatedPaginator(areas, 50).count == Paginator(areas, 50).count
    estimated = EstimatedPaginator(areas, 50)
    estimated.exact_below = 0
    with queries_made() as queries:
        assert estimated.count >= 1
    assert [sql for sql in queries if "COUNT" in sql] == []


def test_records_and_rollups_are_found_by_their_area(world: Any, as_user: Any) -> None:
    world.save("Huawu", trained=59)
    world.save("Baiyan", by="other_clerk", trained=7)
    client, url = as_user("registry"), "/admin/programmes/dewrecord/"

    def found(**query: Any) -> list[str]:
        answer = client.get(url, query)
        assert answer.status_code == 200
        return sorted(record.area.name_latin for record in answer.context["cl"].result_list)

    assert found() == ["Baiyan", "Huawu"]
    assert found(q="化屋") == ["Huawu"]
    assert found(q="520525") == ["Baiyan"]
    assert found(year="2010", state__exact="draft") == ["Baiyan", "Huawu"]
    assert found(year="2009") == []
    assert client.get(url, {"year": "x"}).status_code == 200
