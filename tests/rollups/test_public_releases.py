"""Releases that everyone may read: where the installation publishes, those that a releaser has published."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest
from django.core.cache import cache
from django.urls import reverse

from povtrack.rollups.recompute import drain
from povtrack.rollups.releases.actions import withdraw_release
from povtrack.rollups.releases.freezing import freeze
from povtrack.rollups.releases.publishing import AddressThrottle, publish_release
from programmes.actions import Refused, submit_records
from programmes.catalogue.dew import DewRecord
from tests.csv_answers import read_whole
from tests.rollups.test_releases import release

pytestmark = pytest.mark.django_db

API = "/api/v1/releases/"


@pytest.fixture
def frozen(world: Any, settings: Any) -> Any:
    """A release of Guizhou that is published, and one that is not."""
    settings.PUBLIC_RELEASES = True
    world.save("Huawu", trained=59)
    submit_records(DewRecord, year=2010, area=world["Zhijin County"], by=world.clerk)
    drain()
    for name in ("annual", "internal"):
        made = release(world, name, "52")
        freeze(made.pk)
    published = type(made).objects.get(name="annual")
    publish_release(release=published, by=world.registry)
    return published


def test_strangers_read_what_was_published_whole_and_may_keep_it(client: Any, world: Any, frozen: Any) -> None:
    listed = client.get(API)
    assert [one["name"] for one in listed.json()["results"]] == ["annual"]
    assert listed["Cache-Control"] == "public, max-age=300"
    one = client.get(f"{API}annual/").json()
    assert (one["sha256"], one["made_by"]) == (frozen.sha256, "")
    county = world["Zhijin County"].pk
    rows = client.get(f"{API}annual/rollups/", {"area": county, "basis": "recorded"})
    assert [row["figures"]["trained"] for row in rows.json()["results"]] == [59]
    assert rows["Cache-Control"] == "public, max-age=31536000, immutable"
    assert {"Authorization", "Cookie"} <= {name.strip() for name in rows["Vary"].split(",")}
    places = {"area": world["Huawu"].pk}, {"area": world["CN"].pk}, {"area": 10**9}
    assert [client.get(f"{API}annual/rollups/", place).status_code for place in places] == [400] * 3
    page = client.get(reverse("release", args=["annual"]))
    text = page.content.decode()
    assert ("织金" not in text, frozen.sha256 in text, world.registry.label in text) == (True, True, False)
    assert reverse("release-compare", args=["annual"]) not in text
    assert "Zhijin" in client.get(reverse("release", args=["annual"]), {"area": world["5205"].pk}).content.decode()
    file = client.get(reverse("release-csv", args=["annual"]))
    assert (file["Povtrack-SHA256"], "public" in file["Cache-Control"]) == (frozen.sha256, True)
    assert len(read_whole(file)) > 1
    assert reverse("release", args=["annual"]) in client.get(reverse("releases")).content.decode()


def test_strangers_are_told_nothing_of_what_was_not_published(
    client: Any, world: Any, frozen: Any, settings: Any
) -> None:
    for path in ("", "rollups/"):
        assert client.get(f"{API}internal/{path}").status_code == 404
    for path in ("compare/", "why/"):
        assert client.get(f"{API}annual/{path}").status_code == 401
    for name in ("release", "release-csv"):
        assert client.get(reverse(name, args=["internal"])).status_code == 404
    assert client.get("/api/v1/areas/").status_code == 401
    settings.PUBLIC_RELEASES = False
    for path in ("", "annual/", "annual/rollups/"):
        assert client.get(f"{API}{path}").status_code == 401
    for name in ("release", "release-csv"):
        assert client.get(reverse(name, args=["annual"]))["Location"].startswith("/accounts/login/")
    with pytest.raises(Refused, match="publishes nothing"):
        publish_release(release=frozen, by=world.registry)


def test_a_releaser_publishes_by_a_button_and_a_withdrawal_is_told_to_everyone(
    client: Any, as_user: Any, world: Any, frozen: Any
) -> None:
    url, page = reverse("release-publish", args=["internal"]), reverse("release", args=["internal"])
    assert as_user("reviewer").post(url, {"public": "yes"}).status_code == 403
    signed = as_user("registry")
    assert "Publish for everyone" in signed.get(page).content.decode()
    assert "read without signing in" in signed.post(url, {"public": "yes"}, follow=True).content.decode()
    client.logout()
    assert client.get(page).status_code == 200
    as_user("registry").post(url, {"public": "no"})
    withdraw_release(release=frozen, reason="A county was missing.", by=world.registry)
    with pytest.raises(Refused, match="not withdrawn"):
        publish_release(release=type(frozen).objects.get(pk=frozen.pk), by=world.registry)
    client.logout()
    assert client.get(page).status_code == 404
    assert "A county was missing." in client.get(reverse("release", args=["annual"])).content.decode()
    # Whoever is signed in reads at least what a stranger reads.
    elsewhere = as_user("other_clerk")
    whole = elsewhere.get(reverse("release-csv", args=["annual"])).getvalue()
    assert hashlib.sha256(whole).hexdigest() == frozen.sha256


def test_an_address_that_asks_too_often_waits(client: Any, frozen: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(AddressThrottle, "THROTTLE_RATES", {"stranger": "2/hour"})
    cache.clear()
    answers = [client.get(url) for url in (API, reverse("releases"), API, reverse("releases"))]
    assert [answer.status_code for answer in answers] == [200, 200, 429, 429]
    assert all(int(answer["Retry-After"]) > 0 for answer in answers[2:])
