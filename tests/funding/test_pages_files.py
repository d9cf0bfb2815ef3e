"""Files that prove what the ledger says, and the list of fund sources."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from funding.actions.attachments import LARGEST
from funding.models import Allocation, Attachment, FundSource
from tests.funding.money import central, given
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def zhijin(world: World) -> Allocation:
    return given(world, "Zhijin County", 400)


def page_of(one: Allocation, what: str = "") -> str:
    return f"/funds/allocations/{one.pk}/{what}"


def test_a_file_is_attached_and_sent_for_saving_only(world: World, zhijin: Allocation, as_user: Any) -> None:
    client = as_user("finance")
    sent = SimpleUploadedFile("通知 1.pdf", b"%PDF-1.4 notice", content_type="text/html")
    assert client.post(page_of(zhijin, "attach/"), {"file": sent}).status_code == 302
    kept = Attachment.objects.get()
    answer = as_user("clerk").get(f"/funds/attachments/{kept.pk}/")
    assert answer.content == b"%PDF-1.4 notice"
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''%E9%80%9A")
    assert (answer["X-Content-Type-Options"], answer["Content-Type"]) == ("nosniff", "application/pdf")


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("page.html", b"<script>alert(1)</script>", "no PDF"),
        ("empty.pdf", b"", "no PDF"),
        ("big.pdf", b"%PDF-" + bytes(LARGEST), "at most"),
    ],
)
def test_a_file_that_can_not_be_kept_is_refused_with_the_reason(
    name: str, content: bytes, reason: str, zhijin: Allocation, as_user: Any
) -> None:
    sent = SimpleUploadedFile(name, content)
    answer = as_user("finance").post(page_of(zhijin, "attach/"), {"file": sent})
    assert answer.status_code == 422
    assert reason in answer.content.decode()
    assert not Attachment.objects.exists()


def test_a_source_keeps_its_tier_and_kind_once_it_is_used(world: World, as_user: Any) -> None:
    source = central()
    url = reverse("admin:funding_fundsource_change", args=[source.pk])
    words = {
        "code": "central",
        "name": "中央",
        "name_latin": "Central",
        "kind": "foreign",
        "tier": "1",
        "closed_on": "",
    }
    for username in ("admin", "registry"):
        assert as_user(username).post(url, words).status_code == 302
    given(world, "Guizhou", 1, source=FundSource.objects.get())
    as_user("admin").post(url, words | {"tier": "2", "kind": "budget", "name": "中央财政"})
    source.refresh_from_db()
    assert (source.tier, source.kind, source.name) == (1, "foreign", "中央财政")
