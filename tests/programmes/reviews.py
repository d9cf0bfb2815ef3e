"""What tests of review share: steps as people take them, and the county's usual figures."""

from __future__ import annotations

from typing import Any

from povtrack.accounts.models import Jurisdiction, User
from povtrack.accounts.roles import Role
from programmes.actions import approve_records, return_records, submit_records
from programmes.catalogue.dew import DewRecord

ZHIJIN = "520524"


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
    return {place.split()[0]: why for _area, place, why in outcome.refused}


def last_year(world: Any, place: str, **figures: Any) -> None:
    """A record of last year, approved; it is loaded, for its round has closed."""
    from programmes.actions import load_records

    blank = dict.fromkeys(measure.name for measure in DewRecord.measures())
    row = [world[place].pk, 2009, "approved", False, *({**blank, **figures}).values()]
    load_records(DewRecord, rows=[row], by=world.admin)
