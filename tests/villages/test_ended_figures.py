"""The figures address of a place that has ended, on later boundaries: who followed it, if the reader may know."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse

from povtrack.accounts.models import Jurisdiction
from programmes.models import Round
from villages.actions import apply_change, draft_change
from villages.changes import drafts
from villages.changes.parts import Part
from villages.levels import Level
from villages.models import Area

pytestmark = pytest.mark.django_db
DAY = dt.date(2010, 7, 1)


@pytest.fixture
def merged(world):
    """Zhijin and Nayong have become Zhina."""
    into = Part(code="520530", name="织纳县", name_latin="Zhina", level=Level.COUNTY, parent=world["5205"])
    made = drafts.merge([world["520524"], world["520525"]], into=into, day=DAY)
    change = draft_change(kind="merge", effective=DAY, parts=made.parts, follows=made.follows, by=world.registry)
    apply_change(change=change, by=world.registry)
    Round.objects.create(
        programme="dew", year=2011, opens=dt.date(2011, 1, 1), due=dt.date(2011, 6, 1), closes=dt.date(2011, 12, 1)
    )
    return world


def figures(client, code: str, year: int, **asked: str):
    return client.get(reverse("figures-area", args=["dew", year, code]), asked)


@pytest.mark.parametrize(("year", "asked"), [(2011, {}), (2009, {"basis": "2010"}), (2011, {"basis": "2010"})])
def test_the_code_of_an_ended_place_leads_to_who_followed_it(as_user, merged, year, asked):
    answer = figures(as_user("analyst"), "520524", year, **asked)
    assert answer.status_code == 404
    query = f"?basis={asked['basis']}" if asked else ""
    address = reverse("figures-area", args=["dew", year, "520530"]) + query
    assert [(heir["label"], heir["url"]) for heir in answer.context["followed_by"]] == [("Zhina 织纳县", address)]
    assert address in answer.content.decode()


def test_a_follower_outside_the_readers_areas_is_not_named(as_user, merged):
    # Whoever held the ended county keeps that alone, until somebody decides.
    answer = figures(as_user("clerk"), "520524", 2011)
    assert answer.status_code == 404
    assert answer.context["followed_by"] == []
    assert "Zhina" not in answer.content.decode()


def test_the_code_of_a_place_elsewhere_is_still_a_plain_404(as_user, merged):
    Jurisdiction.objects.filter(user=merged.other_clerk).update(area=merged["520524100"])
    answer = figures(as_user("other_clerk"), "520525", 2011)
    assert answer.status_code == 404
    assert "Nayong" not in answer.content.decode()


def test_a_code_that_was_changed_since_leads_to_the_present_one(as_user, world):
    made = drafts.rename(world["520524"], name="织金市", code="520581")
    change = draft_change(kind="recode", effective=DAY, parts=made.parts, by=world.registry)
    apply_change(change=change, by=world.registry)
    assert Area.objects.get(code="520581").pk == world["520524"].pk
    answer = figures(as_user("analyst"), "520524", 2012)
    assert reverse("figures-area", args=["dew", 2012, "520581"]) in answer.content.decode()
