"""What is collected, as pages: told from the declarations alone."""

from __future__ import annotations

import pytest
from django.urls import reverse

from programmes.registry import programmes
from tests.queries import queries_made

pytestmark = pytest.mark.django_db


def page(client, code):
    return client.get(reverse("programme", args=[code]))


def test_the_list_names_every_programme_and_the_years_it_was_collected_for(as_user, world):
    response = as_user("clerk").get(reverse("catalogue"))
    rows = {str(row["label"]): row for row in response.context["programmes"]}
    assert len(rows) == len(programmes())
    assert (rows["Dew Program"]["asked"], rows["Dew Program"]["first_year"]) == ([2008, 2009, 2010], 2004)
    assert rows["Interest-discount loans"]["level"] == "county"


def test_every_programme_has_a_page(as_user, world):
    client = as_user("analyst")
    for model in programmes():
        response = page(client, model.code)
        assert response.status_code == 200
        text = response.content.decode()
        assert str(model.measures()[0].verbose_name) in text
        assert len(response.context["soft"]) == len(model.soft_rules)


def test_a_page_tells_units_parts_usual_figures_and_rules_in_words(as_user, world):
    response = page(as_user("clerk"), "mutual-fund")
    measures = {one["name"]: one for one in response.context["measures"]}
    assert measures["grant"]["usual"] == "150,000"
    assert str(measures["poor_members"]["part_of"]) == "Member households"
    assert any(
        str(words).startswith("“Closing balance” is Opening balance, State grant") for words in response.context["hard"]
    )
    assert "“Opening balance” is not “Closing balance” of last year." in response.context["soft"]
    works = page(as_user("clerk"), "work-relief").context
    assert works["kinds_have_units"]
    assert {kind["code"]: str(kind["unit"]) for kind in works["kinds"]}["road"] == "km"
    dew = page(as_user("clerk"), "dew")
    assert dew.context["figures_url"] == "/figures/?programme=dew&year=2010"
    assert as_user("clerk").get(dew.context["figures_url"]).url == "/figures/dew/2010/520524/"


def test_pages_speak_the_readers_language(as_user, world):
    client = as_user("clerk")
    client.cookies["django_language"] = "zh-hans"
    assert page(client, "dew").content.decode() != page(as_user("clerk"), "relocation").content.decode()
    assert 'lang="zh-hans"' in page(client, "dew").content.decode()


def test_what_does_not_exist_is_not_found(as_user, world):
    client = as_user("clerk")
    assert page(client, "nothing").status_code == 404
    assert client.get("/programmes/no%20slug/").status_code == 404


def test_pages_cost_few_queries(as_user, world):
    client = as_user("clerk")
    for address in (reverse("catalogue"), reverse("programme", args=["dew"])):
        with queries_made() as made:
            client.get(address)
        assert len(made) <= 6
