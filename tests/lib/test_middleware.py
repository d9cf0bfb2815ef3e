"""What holds for every page: the methods it answers to, and what the browser may keep."""

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


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options", "trace"])
def test_pages_answer_to_no_method_but_those_of_links_and_forms(as_user, method):
    client = as_user("admin")
    for address in ("/work/", "/admin/", "/admin/programmes/dewrecord/", "/accounts/login/", "/no/such/page/"):
        response = getattr(client, method)(address)
        assert (response.status_code, response["Allow"]) == (405, "GET, HEAD, POST"), address
    assert client.head("/work/").status_code == 200


def test_the_api_says_itself_which_methods_it_takes(as_user):
    response = as_user("clerk").delete("/api/v1/records/dew/")
    assert (response.status_code, response["Content-Type"]) == (405, "application/problem+json")
