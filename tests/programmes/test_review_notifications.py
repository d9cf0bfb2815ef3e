"""Notifications: who is told of what, in the page and by mail, and that a failing mail server breaks nothing."""

from __future__ import annotations

import datetime as dt
from smtplib import SMTPServerDisconnected
from typing import Any

import pytest
from celery.exceptions import Retry
from django.core import mail
from django.urls import reverse
from django.utils import timezone, translation

from povtrack.accounts.models import User
from povtrack.accounts.roles import Role
from programmes.actions import reopen_records
from programmes.catalogue.dew import DewRecord
from programmes.models import Notification
from programmes.notices import sentence
from programmes.tasks import mail_notification
from tests.programmes.reviews import ZHIJIN, approve, give_back, person, submit
from tests.queries import queries_made

pytestmark = pytest.mark.django_db


def told() -> list[tuple[str, str]]:
    """Who was told what since the last look."""
    found = sorted(Notification.objects.values_list("user__username", "kind"))
    Notification.objects.all().delete()
    return found


def test_submitting_tells_the_nearest_reviewers_once(world):
    person(world, "province", Role.REVIEWER, "52")
    for place in ("Huawu", "Gaoshan", "Longtan"):
        world.save(place, trained=5)
    submit(world)
    assert told() == [("reviewer", "submitted")]

    person(world, "county", Role.REVIEWER, ZHIJIN)
    world.save("Dazhai", trained=5)
    submit(world)
    assert told() == [("county", "submitted")]


def test_who_submitted_and_who_entered_are_told_what_came_of_it(world):
    world.save("Huawu", trained=5, by="township_clerk")
    submit(world)
    told()
    give_back(world)
    [for_clerk, for_township] = Notification.objects.order_by("user__username")
    assert (for_clerk.user, for_clerk.url) == (world.clerk, f"/work/dew/2010/{ZHIJIN}/")
    # The address of the county would not open for someone who holds a township.
    assert (for_township.user, for_township.url) == (world.township_clerk, "/work/dew/2010/520524100/")
    assert told() == [("clerk", "returned"), ("township_clerk", "returned")]
    submit(world)
    approve(world)
    told()
    until = timezone.localdate() + dt.timedelta(days=9)
    reopen_records(DewRecord, year=2010, area=world[ZHIJIN], by=world.reviewer, reason="A typo.", until=until)
    assert told() == [("clerk", "reopened"), ("township_clerk", "reopened")]


def test_approval_tells_who_submitted_only_and_never_oneself(world):
    world.save("Huawu", trained=5, by="township_clerk")
    submit(world)
    told()
    approve(world)
    assert told() == [("clerk", "approved")]


def test_with_two_steps_each_next_one_is_told(world, settings):
    settings.REVIEW_STEPS = ["county", "province"]
    person(world, "province", Role.REVIEWER, "52")
    world.save("Huawu", trained=5)
    submit(world)
    assert told() == [("reviewer", "submitted")]
    approve(world)
    assert told() == [("province", "confirmed")]
    approve(world, by="province")
    assert told() == [("clerk", "approved")]


def test_a_notification_reads_in_the_language_of_the_moment_and_names_one_place_or_the_county(world):
    world.save("Huawu", trained=5)
    submit(world)
    give_back(world)
    row = Notification.objects.get(kind="returned")
    assert sentence(row) == (
        "Reviewer returned 1 record to be mended: Dew Program 2010 · Huawu 化屋村. Reason: Look again."
    )
    with translation.override("zh-hans"):
        assert "化屋村" in sentence(row)
        assert "Huawu" not in sentence(row)
    for place in ("Gaoshan", "Dazhai"):
        world.save(place, trained=5)
    submit(world)
    assert "3 records for review: Dew Program 2010 · Zhijin County" in sentence(
        Notification.objects.filter(kind="submitted").latest("pk")
    )


def test_mail_goes_on_commit_to_those_who_have_an_address(world, django_capture_on_commit_callbacks):
    User.objects.filter(username="reviewer").update(email="reviewer@example.org")
    person(world, "second", Role.REVIEWER, "5205")
    world.save("Huawu", trained=5)
    with django_capture_on_commit_callbacks(execute=True):
        submit(world)
        assert mail.outbox == []
    [sent] = mail.outbox
    assert (sent.to, sent.subject) == (
        ["reviewer@example.org"],
        "Povtrack: Clerk submitted 1 record for review: Dew Program 2010 · Huawu 化屋村.",
    )
    assert f"http://localhost:8000/review/dew/2010/{ZHIJIN}/" in sent.body


@pytest.fixture
def dead_mail(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(self: Any) -> None:
        raise SMTPServerDisconnected

    monkeypatch.setattr("django.core.mail.EmailMessage.send", fail)


def test_a_failing_mail_server_breaks_nothing(world, dead_mail, django_capture_on_commit_callbacks):
    User.objects.update(email="someone@example.org")
    world.save("Huawu", trained=5)
    with django_capture_on_commit_callbacks(execute=True):
        assert submit(world).moved == 1
    assert told() == [("reviewer", "submitted")]


def test_a_failing_mail_server_is_asked_again_by_the_worker(world, dead_mail, monkeypatch):
    row = Notification.objects.create(user=world.clerk, kind="approved", url="/")
    User.objects.update(email="someone@example.org")
    tries = []

    def retry(**words: Any) -> Retry:
        tries.append(words["countdown"])
        return Retry()

    monkeypatch.setattr(mail_notification, "retry", retry)
    for past in (0, 3, 30):
        mail_notification.push_request(is_eager=False, retries=past)
        with pytest.raises(Retry):
            mail_notification.run(row.pk)
        mail_notification.pop_request()
    assert tries == [60, 480, 6 * 3600]


def test_the_bell_counts_and_opening_reads(as_user, world):
    for number in range(3):
        Notification.objects.create(user=world.clerk, kind="approved", url=f"/work/?{number}")
    theirs = Notification.objects.create(user=world.other_clerk, kind="approved", url="/work/")
    client = as_user("clerk")
    page = client.get(reverse("notifications"))
    assert '<span class="count">3<' in page.content.decode()
    first = page.context["rows"][0]["row"]
    assert client.get(reverse("notification-open", args=[first.pk]))["Location"] == first.url
    assert '<span class="count">2<' in client.get(reverse("work")).content.decode()
    assert client.get(reverse("notification-open", args=[theirs.pk])).status_code == 404
    client.post(reverse("notifications-read"))
    assert list(Notification.objects.filter(read_at=None)) == [theirs]


def test_the_list_is_paged_and_costs_no_query_a_row(as_user, world):
    client, costs = as_user("clerk"), []
    for number in (1, 40):
        Notification.objects.bulk_create(
            Notification(user=world.clerk, kind="approved", url="/") for _each in range(number)
        )
        with queries_made() as queries:
            page = client.get(reverse("notifications"))
        costs.append(len(queries))
    assert costs == [7, 7]
    assert (len(page.context["rows"]), page.context["page_obj"].paginator.num_pages) == (30, 2)
