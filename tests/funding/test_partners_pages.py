"""The pages of partners, pairings, reports and projects: what a finance officer sees, enters, and is told."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import InternalError, transaction
from django.urls import reverse

from funding.models import ForeignProject, Pairing, PairingReport, Partner
from tests.csv_answers import read_whole
from tests.funding.helping import day, donor, foreign_money, paired, partner, project, reported
from tests.funding.money import given
from tests.queries import queries_made
from tests.world import World
from villages.models import Designation, Membership

pytestmark = pytest.mark.django_db

ZHIJIN = [2010, "520524"]


def text(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def test_the_list_of_partners_is_narrowed_by_kind_and_name(world: World, as_user: Any) -> None:
    acfic = partner(world, name_latin="Federation of Industry")
    paired(world, acfic, "Zhijin County")
    paired(world, partner(world, "民革中央", "party"), "Zhijin County", "2004", "2006")
    page = as_user("clerk").get(reverse("partners"))
    assert {row.name: row.helps for row in page.context["rows"]} == {"全国工商联": 1, "民革中央": 0}
    narrowed = [as_user("clerk").get(reverse("partners"), query) for query in ({"kind": "party"}, {"q": "industry"})]
    assert [[row.name for row in page.context["rows"]] for page in narrowed] == [["民革中央"], ["全国工商联"]]
    nothing = as_user("clerk").get(reverse("partners"), {"q": "nobody"})
    assert "Nothing fits" in text(nothing)
    assert "The list is not narrowed" in text(as_user("clerk").get(reverse("partners"), {"kind": "friend"}))


def test_a_partner_shows_only_the_areas_and_figures_of_the_reader(world: World, as_user: Any) -> None:
    acfic = partner(world)
    reported(world, paired(world, acfic, "Zhijin County"), 2009, trained=5)
    reported(world, paired(world, acfic, "Nayong County"), 2009, trained=70)
    url = reverse("partner", args=[acfic.pk])
    seen = {who: as_user(who).get(url).context for who in ("clerk", "other_clerk", "reviewer")}
    assert {who: len(context["rows"]) for who, context in seen.items()} == {"clerk": 1, "other_clerk": 1, "reviewer": 2}
    trained = {who: context["years"][0]["figures"][8] for who, context in seen.items()}
    assert trained == {"clerk": 5, "other_clerk": 70, "reviewer": 75}


def test_an_area_shows_who_helps_it_and_what_changed_in_the_year(world: World, as_user: Any) -> None:
    old = paired(world, partner(world, "厦门市", "eastern"), "Zhijin County", "2001", "2010-06")
    paired(world, partner(world, "山东省", "eastern"), "Zhijin County", "2010-06")
    paired(world, partner(world), "Huawu")
    reported(world, old, 2010, trained=1)
    page = as_user("finance").get(reverse("pairings", args=ZHIJIN))
    rows = {row["pairing"].partner.name: row for row in page.context["rows"]}
    assert (rows["厦门市"]["ended"], rows["厦门市"]["began"], rows["厦门市"]["reported"]) == (True, False, True)
    assert (rows["山东省"]["ended"], rows["山东省"]["began"], rows["山东省"]["reported"]) == (False, True, False)
    assert len(rows) == 3
    assert len(as_user("clerk").get(reverse("pairings", args=[2009, "520524"])).context["rows"]) == 2
    assert len(as_user("clerk").get(reverse("pairings", args=[2010, "520524100"])).context["rows"]) == 1
    empty = as_user("clerk").get(reverse("pairings", args=[2010, "520524100202"]))
    assert "Nobody is entered" in text(empty)


def test_an_officer_enters_a_pairing_and_is_told_what_is_wrong(world: World, as_user: Any) -> None:
    acfic, client = partner(world), as_user("finance")
    url = reverse("pairing-new", args=ZHIJIN)
    assert "Zhijin County" in text(client.get(url))
    wrong = client.post(url, {"partner": "", "area": "520525", "since": "2004-02-30", "until": ""})
    assert wrong.status_code == 422
    assert len(wrong.context["errors"]) == 3
    ends = client.post(url, {"partner": acfic.pk, "area": "520524", "since": "2004-01-01", "until": "2003-01-01"})
    assert "is not after" in text(ends)
    sent = {"partner": acfic.pk, "area": "520524", "since": "2004-01-01", "document_no": "1"}
    made = client.post(url, sent, follow=True)
    assert "Next, report what came of it" in text(made)
    assert Pairing.objects.get().valid.lower == day("2004")
    again = client.post(url, {**sent, "since": "2003-01-01"})
    assert "in part of these dates already" in text(again)


def test_a_pairing_is_ended_and_a_mistaken_one_removed(world: World, as_user: Any) -> None:
    one, client = paired(world, partner(world), "Zhijin County"), as_user("finance")
    reported(world, one, 2009, trained=3)
    url = reverse("pairing-edit", args=[one.pk])
    assert "Entered by mistake" not in text(client.get(url))
    refused = client.post(url, {"since": "2004-01-01", "until": "2009-01-01", "version": 1})
    assert "2009 was reported" in text(refused)
    client.post(url, {"since": "2004-01-01", "until": "2010-06-01", "version": 1})
    stale = client.post(url, {"since": "2004-01-01", "until": "", "version": 1})
    assert "Someone changed this meanwhile" in text(stale)
    assert 'name="version" value="2"' in text(stale)
    assert Pairing.objects.get().valid.upper == day("2010-06")
    assert "has reports" in text(client.post(reverse("pairing-remove", args=[one.pk]), {"version": 2}, follow=True))
    wrong = paired(world, partner(world, "X", "party"), "Zhijin County")
    client.post(reverse("pairing-remove", args=[wrong.pk]), {"version": 1})
    assert Pairing.objects.get() == one


def test_a_year_is_reported_beside_last_years_figures(world: World, as_user: Any) -> None:
    one, client = paired(world, partner(world), "Zhijin County"), as_user("finance")
    reported(world, one, 2009, trained=1234)
    url = reverse("pairing-report", args=[one.pk, 2010])
    page = client.get(url)
    assert [str(line["before"]) for line in page.context["lines"] if line["before"] is not None] == ["1234"]
    wrong = client.post(url, {"trained": "-5", "aid_cash": "lots", "hosted": "12", "version": 0})
    assert wrong.status_code == 422
    assert [anchor for anchor, _label, _message in wrong.context["errors"]] == ["id_aid_cash", "id_trained"]
    assert 'value="lots"' in text(wrong)
    client.post(url, {"trained": "5", "aid_cash": "1,000", "hosted": "", "version": 0, "note": "By phone."})
    made = PairingReport.objects.get(year=2010)
    assert (made.trained, made.aid_cash, made.hosted, made.note) == (5, 1000, None, "By phone.")
    stale = client.post(url, {"trained": "6", "version": 0})
    assert "Someone changed this meanwhile" in text(stale)
    for year in (2003, 2090):
        assert client.get(reverse("pairing-report", args=[one.pk, year])).status_code == 404
    shown = text(as_user("clerk").get(reverse("pairing", args=[one.pk])))
    assert "1,234" in shown
    assert "Years not reported" in shown
    assert as_user("clerk").get(url).status_code == 404


def test_what_partners_brought_is_the_same_on_the_page_and_in_the_file(world: World, as_user: Any) -> None:
    listed = Designation.objects.create(code="key-2001", name="Key counties")
    for code in ("520524", "520525"):
        Membership.objects.create(designation=listed, area=world[code], valid=("2001-01-01", None), listed_name="x")
    reported(world, paired(world, partner(world), "Zhijin County"), 2009, trained=5, aid_kind=2)
    paired(world, partner(world, "大连市", "eastern"), "Bijie")
    url = reverse("partner-totals", args=[2010, "5205"])
    page = as_user("reviewer").get(url, {"since": 2009})
    assert [row["label"] for row in page.context["kinds"]] == ["federation", "eastern province or city"]
    assert (page.context["whole"].expected, page.context["whole"].reported, page.context["whole"].trained) == (4, 1, 5)
    [key_counties] = page.context["lists"]
    assert (key_counties["coverage"].helped, key_counties["coverage"].share) == (1, 50)
    assert [row["label"] for row in page.context["parts"]] == ["Bijie 毕节市 as a whole", "Zhijin County 织金县"]
    rows = read_whole(as_user("reviewer").get(page.context["csv_url"]))
    assert [row[2:4] for row in rows] == [
        ["scheme", "fixed_point"], ["scheme", "east_west"], ["kind", "federation"], ["kind", "eastern"],
        ["area", "5205"], ["area", "520524"], ["year", "2009"], ["year", "2010"], ["all", ""],
    ]  # fmt: skip
    assert rows[-1][5:12] == ["2", "2", "0", "1", "2", "4", "1"]
    assert as_user("reviewer").get(url, {"since": "2050"}).status_code == 400
    east = as_user("reviewer").get(url, {"scheme": "east_west"}).context["whole"]
    assert (east.partners, east.counties) == (1, 0)


def test_the_newest_totals_are_those_of_the_last_reported_year(world: World, as_user: Any) -> None:
    reported(world, paired(world, partner(world), "Zhijin County"), 2009, trained=5)
    answer = as_user("clerk").get(reverse("partner-totals-newest"))
    assert answer["Location"] == reverse("partner-totals", args=[2009, "520524"])


def test_curators_keep_partners_and_projects(world: World, as_user: Any) -> None:
    client = as_user("admin")
    made = client.post(reverse("partner-new"), {"kind": "eastern", "name": "大连市", "area": "5205"}, follow=True)
    assert "its own area is Bijie" in text(made)
    wrong = client.post(reverse("partner-new"), {"kind": "party", "name": "大连市", "area": ""})
    assert "of this name already" in text(wrong)
    giver = donor(world)
    words = {
        "name": "P",
        "donor": giver.pk,
        "currency": "usd",
        "currency_amount": "1,000",
        "rate": "6.8",
        "since": "2005-01-01",
    }
    bad = client.post(reverse("project-new"), {**words, "counties": "520524\n999999\n520525 x"})
    assert bad.status_code == 422
    assert all(line in text(bad) for line in ("Line 2:", "Line 3:"))
    client.post(reverse("project-new"), {**words, "counties": "520524\n520525 2006-01-01 2008-01-01"})
    found = ForeignProject.objects.get()
    assert (found.currency, found.yuan, found.counties.count()) == ("USD", 6800, 2)
    page = client.get(reverse("project-edit", args=[found.pk]))
    assert page.context["form"].initial["counties"] == "520524\n520525 2006-01-01 2008-01-01"
    client.post(reverse("project-edit", args=[found.pk]), {**words, "counties": "520525", "version": 1, "people": "50"})
    found.refresh_from_db()
    assert (found.people, found.counties.get().area) == (50, world["520525"])
    assert as_user("clerk").get(reverse("project", args=[found.pk])).status_code == 404


def test_projects_show_their_sums_and_counties(world: World, as_user: Any) -> None:
    one = project(world, "A", "520524", "520525", counterpart=300)
    project(world, "B", "520525", currency="EUR")
    page = as_user("reviewer").get(reverse("projects"))
    assert [(row["currency"], row["n"], row["amount"]) for row in page.context["sums"]] == [
        ("EUR", 1, 1000),
        ("USD", 1, 1000),
    ]
    shown = as_user("clerk").get(reverse("project", args=[one.pk]))
    assert "It covers 2 counties" in text(shown)
    assert [row.area.code for row in shown.context["rows"]] == ["520524"]
    assert "7,100" in text(shown)


def test_an_officer_books_foreign_money_to_its_project_once_and_for_good(world: World, as_user: Any) -> None:
    one, other = project(world, "A", "520524"), project(world, "B", "520524")
    money, client = foreign_money(world), as_user("finance")
    page = client.get(reverse("project", args=[one.pk]))
    assert list(page.context["free"]) == [money]
    url = reverse("project-book", args=[one.pk])
    assert "Choose an allocation" in text(client.post(url, {"allocation": "x"}, follow=True))
    booked = client.post(url, {"allocation": money.pk}, follow=True)
    assert "is money of this project" in text(booked)
    assert list(booked.context["free"]) == []
    again = client.post(reverse("project-book", args=[other.pk]), {"allocation": money.pk}, follow=True)
    assert "is money of “A” already" in text(again)
    own = client.post(url, {"allocation": given(world, "520524", 5).pk}, follow=True)
    assert "did not come from a foreign source" in text(own)
    strange = client.post(url, {"allocation": foreign_money(world, "520525").pk}, follow=True)
    assert "Choose an allocation" in text(strange)
    with pytest.raises(InternalError, match="Cannot"), transaction.atomic():
        one.allocations.get().delete()


def test_the_admin_refuses_what_the_action_would_refuse(world: World, as_user: Any) -> None:
    giver, client = donor(world), as_user("admin")
    project(world, "A", "520524")
    url = reverse("admin:funding_partner_change", args=[giver.pk])
    words = {"kind": "party", "name": "世界银行", "name_latin": "", "area": "", "note": ""}
    assert "pays for foreign projects" in text(client.post(url, words))
    client.post(url, words | {"kind": "foreign", "note": "In Washington"})
    giver.refresh_from_db()
    assert (giver.note, giver.version) == ("In Washington", 2)
    client.post(reverse("admin:funding_partner_add"), words | {"name": "民革中央"})
    assert Partner.objects.filter(name="民革中央", version=1).exists()


@pytest.mark.parametrize(
    ("name", "args", "count"),
    [
        ("partners", [], 7),
        ("pairings", ZHIJIN, 11),
        ("partner-totals", ZHIJIN, 15),
        ("projects", [], 10),
    ],
)
def test_a_page_costs_the_same_however_long_it_is(world: World, as_user: Any, name: str, args: Any, count: int) -> None:
    def more(numbers: range) -> None:
        for number in numbers:
            one = paired(world, partner(world, f"P{number}", "military"), "520524", "2003")
            reported(world, one, 2010, trained=number)
            project(world, f"P{number}", "520524")

    client = as_user("clerk")
    more(range(2))
    client.get(reverse(name, args=args))
    with queries_made() as few:
        client.get(reverse(name, args=args))
    more(range(2, 7))
    with queries_made() as many:
        client.get(reverse(name, args=args))
    assert len(many) == len(few) == count
    assert Partner.objects.count() == 8
