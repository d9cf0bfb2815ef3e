"""Partners, pairings, reports and projects by REST: who reads and writes what, in which words, at what cost."""

from __future__ import annotations

from typing import Any

import pytest

from funding.models import ForeignProject, Pairing, PairingReport, Partner
from tests.funding.helping import donor, paired, partner, project, reported
from tests.funding.money import treasurer
from tests.problems import by_place
from tests.queries import queries_made
from tests.world import World

pytestmark = pytest.mark.django_db

API = "/api/v1/"


@pytest.fixture
def helped(world: World) -> World:
    """Two partners help Zhijin, one Nayong; a project covers both."""
    world.users["treasurer"] = treasurer(world)
    one = paired(world, partner(world), "Zhijin County")
    paired(world, partner(world, "民革中央", "party"), "Zhijin County", "2008", "2010-06")
    other = paired(world, partner(world), "Nayong County", "2009")
    reported(world, one, 2009, trained=3, aid_cash="10.50")
    reported(world, one, 2010, trained=4)
    reported(world, other, 2010, trained=100)
    project(world, "A", "520524", "520525")
    project(world, "B", "520525", currency="EUR")
    return world


def ids(answer: Any) -> list[int]:
    assert answer.status_code == 200, answer.content
    return [row["id"] for row in answer.json()["results"]]


def problems(answer: Any) -> dict[str, str]:
    return by_place(answer)


def send(client: Any, method: str, path: str, **data: Any) -> Any:
    return getattr(client, method)(f"{API}{path}", data, content_type="application/json")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("pairings/", 3),
        ("pairings/?kind=party", 1),
        ("pairings/?scheme=east_west", 0),
        ("pairings/?year=2008", 2),
        ("pairings/?on=2010-06-01", 2),
        ("pairings/?on=2010-05-31", 3),
        ("pairings/?area={zhijin}", 2),
        ("pairings/?within={bijie}&kind=federation", 2),
        ("pairings/?updated_since=2999-01-01T00:00Z", 0),
        ("pairing-reports/", 3),
        ("pairing-reports/?updated_since=2001-01-01T00:00Z&year=2010", 2),
        ("pairing-reports/?year=2010", 2),
        ("pairing-reports/?year_max=2009", 1),
        ("pairing-reports/?within={zhijin}", 2),
        ("pairing-reports/?scheme=fixed_point&area={nayong}", 1),
        ("foreign-projects/", 2),
        ("foreign-projects/?updated_since=2999-01-01T00:00Z", 0),
        ("foreign-projects/?currency=EUR", 1),
        ("foreign-projects/?area={zhijin}", 1),
        ("foreign-projects/?within={bijie}&year=2010", 2),
        ("foreign-projects/?on=2004-12-31", 0),
        ("partners/", 3),
        ("partners/?scheme=fixed_point", 2),
        ("partners/?q=world b", 1),
    ],
)
def test_lists_are_narrowed_by_area_kind_year_and_day(helped: World, as_user: Any, query: str, found: int) -> None:
    places = {"zhijin": "520524", "nayong": "520525", "bijie": "5205"}
    url = API + query.format(**{name: helped[code].pk for name, code in places.items()})
    assert len(ids(as_user("analyst").get(url))) == found


@pytest.mark.parametrize(
    "query",
    ["pairings/?area=1", "pairings/?year=1", "pairings/?colour=red", "pairing-reports/?pairing=-1", "partners/?kind=x"],
)
def test_a_filter_that_makes_no_sense_is_refused(helped: World, as_user: Any, query: str) -> None:
    assert as_user("clerk").get(API + query).status_code == 400


def test_everyone_reads_what_concerns_their_own_areas(helped: World, as_user: Any) -> None:
    client = as_user("other_clerk")
    assert [row["area"]["code"] for row in client.get(f"{API}pairings/").json()["results"]] == ["520525"]
    assert [row["trained"] for row in client.get(f"{API}pairing-reports/").json()["results"]] == [100]
    found = client.get(f"{API}foreign-projects/{ForeignProject.objects.get(name='A').pk}/").json()
    assert [row["area"]["code"] for row in found["counties"]] == ["520525"]
    strange = Pairing.objects.filter(area=helped["520524"]).first()
    assert client.get(f"{API}pairings/{strange.pk}/").status_code == 404


@pytest.mark.parametrize(
    ("path", "count"),
    [("partners/", 5), ("pairings/", 6), ("pairing-reports/", 6), ("foreign-projects/", 8)],
)
def test_a_list_costs_the_same_however_long_it_is(helped: World, as_user: Any, path: str, count: int) -> None:
    client = as_user("analyst")
    with queries_made() as few:
        client.get(API + path)
    for number in range(5):
        more = paired(helped, partner(helped, f"P{number}", "military"), "520524", "2003")
        reported(helped, more, 2010, trained=number)
        project(helped, f"P{number}", "520524")
    with queries_made() as many:
        assert len(ids(client.get(API + path))) > 5
    assert len(many) == len(few) <= count


def test_a_partner_is_added_and_changed_by_a_curator(world: World, as_user: Any) -> None:
    client = as_user("admin")
    added = send(client, "post", "partners/", kind="eastern", name="大连市", area=world["52"].pk)
    assert added.status_code == 201
    assert (added.json()["scheme"], added.json()["area"]["code"]) == ("east_west", "52")
    assert send(client, "post", "partners/", kind="eastern", name="大连市", area=world["52"].pk).status_code == 200
    url = f"partners/{added.json()['id']}/"
    assert send(client, "patch", url, version=1, name_latin="Dalian").json()["version"] == 2
    stale = send(client, "patch", url, version=1, name="X")
    assert (stale.status_code, stale.json()["theirs"]["name_latin"]) == (409, "Dalian")
    wrong = send(client, "patch", url, version=2, kind="party")
    assert "area of its own" in wrong.json()["errors"][0]["detail"]
    assert send(as_user("finance"), "patch", url, version=2, name="X").status_code == 403


def test_a_pairing_is_entered_ended_and_removed_with_reasons(world: World, as_user: Any) -> None:
    acfic, client = partner(world), as_user("finance")
    words = {"partner": acfic.pk, "area": world["520524"].pk, "since": "2004-01-01"}
    made = send(client, "post", "pairings/", **words)
    assert (made.status_code, made.json()["until"]) == (201, None)
    assert send(client, "post", "pairings/", **words).status_code == 200
    assert "already" in str(send(client, "post", "pairings/", **(words | {"since": "2005-01-01"})).content)
    assert problems(send(client, "post", "pairings/", **(words | {"area": world["520525"].pk}))) == {
        "area": "There is no such place among yours."
    }
    assert problems(send(client, "post", "pairings/", **(words | {"partner": 0, "colour": 1}))).keys() == {"colour"}
    url = f"pairings/{made.json()['id']}/"
    assert "is not after" in problems(send(client, "patch", url, version=1, until="2003-01-01"))["until"]
    assert send(client, "patch", url, version=1, until="2009-01-01").json()["until"] == "2009-01-01"
    assert send(client, "post", f"{url}remove/", version=1).status_code == 409
    assert send(client, "post", f"{url}remove/", version=2).status_code == 204
    assert not Pairing.objects.exists()
    assert send(as_user("clerk"), "post", "pairings/", **words).status_code == 403


def test_a_report_is_written_once_and_never_over_what_was_not_seen(world: World, as_user: Any) -> None:
    one, client = paired(world, partner(world), "520524"), as_user("finance")
    words = {"pairing": one.pk, "year": 2010, "trained": 7, "aid_cash": "1,000.50"}
    made = send(client, "post", "pairing-reports/", **words)
    assert made.status_code == 201
    assert (made.json()["aid_cash"], made.json()["hosted"]) == ("1000.50", None)
    assert send(client, "post", "pairing-reports/", **words).status_code == 200
    stale = send(client, "post", "pairing-reports/", **(words | {"trained": 8}))
    assert (stale.status_code, stale.json()["theirs"]["trained"]) == (409, 7)
    url = f"pairing-reports/{made.json()['id']}/"
    changed = send(client, "patch", url, version=1, trained=None, hosted=0).json()
    assert (changed["trained"], changed["hosted"], changed["aid_cash"]) == (None, 0, "1000.50")
    wrong = problems(send(client, "patch", url, version=2, trained="-1", aid_cash="much"))
    assert "negative" in wrong["trained"]
    assert "not a number" in wrong["aid_cash"]
    outside = problems(send(client, "post", "pairing-reports/", **(words | {"year": 2003})))
    assert outside == {"year": "The pairing did not stand in 2003."}
    strange = send(as_user("other_clerk"), "post", "pairing-reports/", **words)
    assert problems(strange) == {"pairing": "There is no such pairing among yours."}
    assert PairingReport.objects.get().version == 2


def test_a_project_is_added_with_its_counties_and_changed(world: World, as_user: Any) -> None:
    client = as_user("admin")
    words: dict[str, Any] = {
        "name": "P", "donor": donor(world).pk, "currency": "USD", "currency_amount": "100", "rate": "6.5",
        "since": "2005-01-01", "people": 9, "counties": [{"area": world["520524"].pk, "until": "2008-01-01"}],
    }  # fmt: skip
    made = send(client, "post", "foreign-projects/", **words)
    assert (made.status_code, made.json()["yuan"]) == (201, "650.00")
    url = f"foreign-projects/{made.json()['id']}/"
    assert client.get(API + url).json()["counties"][0]["until"] == "2008-01-01"
    both = [{"area": world[code].pk} for code in ("520524", "520525")]
    assert send(client, "patch", url, version=1, rate="7", counties=both).json()["yuan"] == "700.00"
    assert [row["until"] for row in client.get(API + url).json()["counties"]] == [None, None]
    for change, field in (
        ({"donor": partner(world).pk}, "donor"),
        ({"counties": [{"area": world["5205"].pk}]}, "counties"),
        ({"currency": "usd"}, None),
        ({"rate": "0"}, None),
        ({"until": "2001-01-01"}, "until"),
        ({"programme": "nonsense"}, "programme"),
    ):
        answer = send(client, "patch", url, version=2, **change)
        assert answer.status_code == 400, change
        if field:
            assert field in problems(answer), change
    assert send(as_user("finance"), "patch", url, version=2, rate="7").status_code == 403


@pytest.mark.parametrize(
    ("by", "keys"),
    [
        ("kind", [("federation", 107), ("party", None)]),
        ("scheme", [("fixed_point", 107)]),
        ("year", [(2009, 3), (2010, 104)]),
        ("all", [(None, 107)]),
    ],
)
def test_totals_by_kind_scheme_and_year(helped: World, as_user: Any, by: str, keys: Any) -> None:
    area = helped["5205"].pk
    answer = as_user("analyst").get(f"{API}partner-totals/?area={area}&year_min=2009&year_max=2010&by={by}")
    assert [(row.get(by), row["trained"]) for row in answer.json()["results"]] == keys


def test_totals_by_area_and_what_is_missing_is_said(helped: World, as_user: Any) -> None:
    client = as_user("analyst")
    words = f"{API}partner-totals/?area={helped['5205'].pk}&year_max=2010&year_min="
    rows = client.get(f"{words}2009&by=area").json()["results"]
    assert {row["area"]: row["expected"] for row in rows} == {helped["520524"].pk: 4, helped["520525"].pk: 2}
    assert set(problems(client.get(f"{API}partner-totals/"))) == {"area", "year_min", "year_max"}
    assert "later" in problems(client.get(f"{words}2011"))["year_min"]
    assert client.get(f"{words}2009&colour=red").status_code == 400
    assert as_user("other_clerk").get(f"{words}2009").status_code == 400
    assert Partner.objects.count() == 3
