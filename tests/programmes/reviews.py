"""What tests of review share: steps as people take them, and the county's usual figures."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from povtrack.accounts.models import Jurisdiction, User
from povtrack.accounts.roles import Role
from programmes.actions import approve_records, reopen_records, return_records, submit_records
from programmes.catalogue.dew import DewRecord
from programmes.models import Extension, ReviewStep

ZHIJIN = "520524"
TODAY = timezone.localdate()
DAY = dt.timedelta(days=1)


def submit(world: Any, by: str = "clerk", **changes: Any) -> Any:
    words = {"year": 2010, "area": world[ZHIJIN], "by": world.users[by], **changes}
    return submit_records(DewRecord, **words)


def approve(world: Any, by: str = "reviewer", **changes: Any) -> Any:
    words = {"year": 2010, "area": world[ZHIJIN], "by": world.users[by], **changes}
    return approve_records(DewRecord, **words)


def give_back(world: Any, by: str = "reviewer", **changes: Any) -> Any:
    words = {"year": 2010, "area": world[ZHIJIN], "by": world.users[by], "reason": "Look again.", **changes}
    return return_records(DewRecord, **words)


def person(world: Any, username: str, role: Role, place: str, **fields: Any) -> User:
    """Add someone with a role on an area."""
    user = User.objects.create_user(username, first_name=username.title(), **fields)
    Jurisdiction.objects.create(user=user, role=role, area=world[place])
    world.users[username] = user
    return user


def reasons(outcome: Any) -> dict[str, str]:
    """Why records stayed, by the first word of their place's name."""
    return {place.split()[0]: why for _area, place, why, _kind in outcome.refused}


def last_year(world: Any, place: str, **figures: Any) -> None:
    """A record of last year, approved; it is loaded, for its round has closed."""
    from programmes.actions import load_records

    blank = dict.fromkeys(measure.name for measure in DewRecord.measures())
    row = [world[place].pk, 2009, "approved", False, *({**blank, **figures}).values()]
    load_records(DewRecord, rows=[row], by=world.admin)


def reopen(world: Any, by: str = "reviewer", until: dt.date = TODAY + DAY, **changes: Any) -> Any:
    """Reopen Huawu until tomorrow."""
    words = {"year": 2010, "area": world["Huawu"], "by": world.users[by], "reason": "A typo.", **changes}
    return reopen_records(DewRecord, until=until, **words)


def days_pass(days: int = 2) -> None:
    """Let everything that is written so far have been written, and due, some days ago."""
    for step in ReviewStep.objects.all():
        until = step.until - days * DAY if step.until else None
        ReviewStep.objects.filter(pk=step.pk).update(at=step.at - days * DAY, until=until)
    for extension in Extension.objects.all():
        until, at = extension.until - days * DAY, extension.at - days * DAY
        Extension.objects.filter(pk=extension.pk).update(until=until, at=at)


def make_late(world: Any) -> Any:
    """Let Huawu have been approved and reopened until yesterday, and Gaoshan be in draft; the round goes on."""
    world.save("Huawu", trained=5)
    submit(world)
    assert approve(world).moved == 1
    assert reopen(world).moved == 1
    days_pass()
    world.save("Gaoshan", trained=6)
    return world
