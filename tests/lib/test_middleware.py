"""What the browser may keep."""

from __future__ import annotations

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


def test_pages_of_a_signed_in_person_are_not_kept_by_the_browser(as_user):
    client = as_user("clerk")
    for name in ("work", "places", "account"):
        assert "no-store" in client.get(reverse(name))["Cache-Control"]


def test_pages_are_sent_compressed_and_under_the_strict_policy(as_user):
    response = as_user("clerk").get(reverse("work"), headers={"Accept-Encoding": "gzip"})
    assert response["Content-Encoding"] == "gzip"
    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
