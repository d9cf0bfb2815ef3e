"""Notifications: one for each person, programme, year and county of an action, in the page and by e-mail on commit."""

from __future__ import annotations

import datetime as dt
import logging
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from celery import signature
from django.db import transaction
from django.urls import reverse

from povtrack.accounts.models import Jurisdiction, User
from povtrack.accounts.roles import Ability, roles_with
from povtrack.lib.paths import is_under
from povtrack.lib.years import year_end
from programmes.models import Notification, Record, State
from programmes.review_steps import steps_at, takes_two
from villages.models import Area, AreaVersion

MAIL = "programmes.tasks.mail_notification"

logger = logging.getLogger(__name__)

ByCounty = dict[int, list[Any]]


def notify(rows: Sequence[Notification]) -> list[Notification]:
    """Keep notifications, and ask on commit for an e-mail of each to whoever has an address. One statement."""
    made = Notification.objects.bulk_create(rows)
    if made:
        transaction.on_commit(lambda: _ask_for_mail([row.pk for row in made]), robust=True)
    return made


def _ask_for_mail(ids: list[int]) -> None:
    try:
        for pk in ids:
            # One try: a person is waiting for the page. What is not mailed stands in the page all the same.
            signature(MAIL, args=[pk]).apply_async(retry=False)
    except Exception:
        logger.exception("The queue did not take the e-mails of %s notifications.", len(ids))


def tell_authors(
    model: type[Record],
    year: int,
    records: Sequence[Any],
    *,
    by: User,
    kind: str,
    reason: str = "",
    until: dt.date | None = None,
) -> None:
    """Tell those who submitted these records what became of them; if they have work again, also who entered them."""
    if not records:
        return
    both = kind != "approved"
    told: dict[int, dict[int, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for record in records:
        authors = {record.submitted_by_id, record.entered_by_id if both else None} - {None, by.pk}
        for author in authors:
            told[record.county_id][author].append(record)
    words = {"reason": reason} if reason else {}
    if until:
        words["until"] = until.isoformat()
    _tell(model, year, told, by=by, kind=kind, door="entry", ability=Ability.ENTER, words=words)


def tell_reviewers(model: type[Record], year: int, records: Sequence[Any], *, by: User, kind: str) -> None:
    """Tell the reviewers who come next that records wait for them: those whose role is on the nearest area above."""
    if not records:
        return
    step = State.CONFIRMED if takes_two() and kind == "submitted" else State.APPROVED
    paths = {_above(record.area.path) for record in records}
    reviewers = _reviewers(step, {int(part) for path in paths for part in path.split(".") if part})
    told: dict[int, dict[int, list[Any]]] = defaultdict(lambda: defaultdict(list))
    nearest = {path: _nearest(path, reviewers) - {by.pk} for path in paths}
    for record in records:
        for reviewer in nearest[_above(record.area.path)]:
            told[record.county_id][reviewer].append(record)
    _tell(model, year, told, by=by, kind=kind, door="review-area", ability=Ability.REVIEW, words={})


def _above(path: str) -> str:
    """The path of the area above; of a nation itself, its own."""
    return path[: path.rstrip(".").rfind(".") + 1] or path


def _reviewers(step: State, areas: Collection[int]) -> list[tuple[str, int]]:
    """Return (path, user id) for each role on one of these areas whose holder takes this step. One query."""
    held = Jurisdiction.objects.filter(
        role__in=roles_with(Ability.REVIEW), area__in=areas, user__is_active=True
    ).values_list("area__path", "area__level", "user_id")
    # With one step of review, every reviewer takes it.
    return [(path, user) for path, level, user in held if not takes_two() or step in steps_at(level)]


def _nearest(path: str, reviewers: Iterable[tuple[str, int]]) -> set[int]:
    above = [(len(held), user) for held, user in reviewers if is_under(path, [held])]
    nearest = max((length for length, _user in above), default=0)
    return {user for length, user in above if length == nearest}


def _tell(
    model: type[Record],
    year: int,
    told: Mapping[int, Mapping[int, list[Any]]],
    *,
    by: User,
    kind: str,
    door: str,
    ability: Ability,
    words: dict[str, Any],
) -> None:
    """Make one notification for each county and person. Three queries, however many."""
    people = {person for persons in told.values() for person in persons}
    if not people:
        return
    held = _held(people, ability)
    counties = Area.objects.in_bulk(list(told))
    townships = {r.township_id for persons in told.values() for records in persons.values() for r in records}
    versions = AreaVersion.objects.filter(area__in={*told, *townships} - {None}, valid__contains=year_end(year))
    codes = dict(versions.values_list("area_id", "code"))
    rows = []
    for county, persons in told.items():
        for person, records in persons.items():
            place = records[0].area if len(records) == 1 else counties[county]
            # Whoever holds townships only finds nothing at the address of the county.
            held_whole = is_under(counties[county].path, held[person])
            code = codes.get(county if held_whole else records[0].township_id or county, "")
            rows.append(
                Notification(
                    user_id=person,
                    kind=kind,
                    url=_address(door, model, year, code, {record.breakdown for record in records}),
                    words={
                        "programme": model.code, "year": year, "name": place.name, "name_latin": place.name_latin,
                        "n": len(records), "by": by.label, **words,
                    },
                )
            )  # fmt: skip
    notify(rows)


def _held(people: Collection[int], ability: Ability) -> dict[int, list[str]]:
    held: dict[int, list[str]] = defaultdict(list)
    roles = Jurisdiction.objects.filter(user__in=people, role__in=roles_with(ability))
    for user, path in roles.values_list("user_id", "area__path"):
        held[user].append(path)
    return held


def _address(door: str, model: type[Record], year: int, code: str, kinds: set[str]) -> str:
    """Where the records are: the grid or the page of review, of their kind if they are of one."""
    if not code:
        return reverse("work")
    query = f"?kind={next(iter(kinds))}" if len(kinds) == 1 and kinds != {""} else ""
    return reverse(door, args=[model.code, year, code]) + query
