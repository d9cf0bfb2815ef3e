"""The demonstration: real places, invented people and figures, from a fixed seed so that every copy is the same."""

from __future__ import annotations

import datetime as dt
import random
from collections import defaultdict
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from funding.demo_partners import load_partners_of_the_demonstration
from povtrack.accounts.models import Jurisdiction, Notice, User
from povtrack.accounts.roles import Role
from povtrack.lib.progress import Steps
from povtrack.lib.years import year_end
from povtrack.rollups import demo_figures, recompute
from programmes.actions import load_records
from programmes.catalogue.dew import DewRecord
from programmes.models import Record, Round
from programmes.registry import programmes
from villages.demo.history import codes_of, load_history, load_places
from villages.levels import Level
from villages.models import Area, Placement

FIRST_YEAR, OPEN_YEAR = 2004, 2010
# All codes here are those of the open year: Bijie was a prefecture then.
NATION, BIJIE, ZHIJIN = "CN", "5224", "522425"
# The clerk's own work: in the first townships of Zhijin nothing of the open year is entered yet.
UNTOUCHED = ("522425001", "522425002", "522425003")

# The share of national minorities among the people trained, by county.
MINORITY = {
    "522425": 0.45, "522423": 0.40, "451224": 0.86, "451227": 0.85, "451223": 0.62, "522324": 0.55,
    "653023": 0.92, "513221": 0.58, "632721": 0.97,
}  # fmt: skip


class Person(NamedTuple):
    username: str
    first_name: str
    last_name: str
    role: Role
    area: str
    staff: bool = False


PEOPLE = (
    Person("clerk", "Na", "Li", Role.CLERK, ZHIJIN),
    Person("township", "Wei", "Zhang", Role.CLERK, "522425001"),
    Person("reviewer", "Min", "Wang", Role.REVIEWER, BIJIE),
    Person("finance", "Hong", "Chen", Role.FINANCE, ZHIJIN),
    Person("registry", "Jun", "Yang", Role.REGISTRY, NATION, staff=True),
    Person("analyst", "Xia", "Zhao", Role.ANALYST, NATION),
    Person("admin", "Gang", "Liu", Role.ADMIN, NATION, staff=True),
)


class NotEmpty(Exception):
    """The database holds places that are not the demonstration's."""


def is_loaded() -> bool:
    """Tell whether the demonstration is in this database. Its notice is written last, in the same transaction."""
    return Notice.objects.filter(kind=Notice.Kind.DEMONSTRATION).exists()


def load(*, password: str, progress: Steps) -> bool:
    """Load the demonstration and bring all totals up to date; return False when it was there already.

    Raises NotEmpty in a database that holds other places. An interrupted load leaves nothing.
    """
    fresh = not is_loaded()
    if fresh:
        if Area.objects.exists():
            raise NotEmpty(_("This database already holds places. The demonstration needs an empty one."))
        with transaction.atomic():
            _load(password, progress)
            # Before the commit, after which the jobs that were asked for would do the same cell by cell.
            recompute.rebuild(progress=progress)
    elif password:
        _renew_passwords(password)
    recompute.drain()
    return fresh


def _load(password: str, progress: Steps) -> None:
    load_places(progress)
    with progress.step(_("Adding people and rounds")):
        people = _add_people(password)
        _add_rounds()
    load_history(by=people["registry"], progress=progress)
    rows = list(_records())
    own = [row for county, row in rows if county == ZHIJIN]
    others = [row for county, row in rows if county != ZHIJIN]
    other_programmes = [model for model in programmes() if model is not DewRecord]
    with progress.step(_("Writing invented figures"), 2 + len(other_programmes)) as step:
        load_records(DewRecord, rows=own, by=people["clerk"])
        load_records(DewRecord, rows=others, by=people["admin"])
        for done, model in enumerate(other_programmes, start=2):
            step.to(done)
            load_records(model, rows=_rows_of(model), by=people["admin"])
    load_partners_of_the_demonstration(by=people["admin"])
    Notice.objects.create(kind=Notice.Kind.DEMONSTRATION)


def _add_people(password: str) -> dict[str, User]:
    areas = {person.area: Area.objects.coded(person.area, year_end(OPEN_YEAR)).get() for person in PEOPLE}
    people = {}
    for person in PEOPLE:
        user, created = User.objects.get_or_create(
            username=person.username,
            defaults={
                "first_name": person.first_name,
                "last_name": person.last_name,
                "is_staff": person.staff,
                "is_superuser": person.role == Role.ADMIN,
            },
        )
        if created:
            user.set_password(password)
            user.save(update_fields=["password"])
        Jurisdiction.objects.get_or_create(user=user, role=person.role, area=areas[person.area])
        people[person.username] = user
    return people


def _renew_passwords(password: str) -> None:
    """Let the password that was asked for this time be the one that works."""
    for user in User.objects.filter(username__in=[person.username for person in PEOPLE]):
        if not user.check_password(password):
            user.set_password(password)
            user.save(update_fields=["password"])


def _years_of(model: type[Record]) -> range:
    """The years of which the demonstration has figures: of most programmes the open one and the one before."""
    first = {"dew": FIRST_YEAR, "mutual-fund": 2006, "profile": 2008}.get(model.code, OPEN_YEAR - 1)
    return range(max(first, model.first_year), OPEN_YEAR + 1)


def _add_rounds() -> None:
    """Closed rounds for the years gone by; the last ones are open for the next two months."""
    today, day = timezone.localdate(), dt.timedelta(days=1)
    rounds = [
        Round(programme=model.code, year=year, opens=dt.date(year, 11, 1), due=dt.date(year + 1, 1, 31),
              closes=dt.date(year + 1, 2, 28))
        for model in programmes()
        for year in _years_of(model)[:-1]
    ]  # fmt: skip
    for model in programmes():
        opens, due, closes = today - 30 * day, today + 30 * day, today + 60 * day
        rounds.append(Round(programme=model.code, year=OPEN_YEAR, opens=opens, due=due, closes=closes))
    Round.objects.bulk_create(rounds, ignore_conflicts=True)


def _rows_of(model: type[Record]) -> Iterator[list[Any]]:
    """Yield rows for `load_records` of any programme but the Dew Program, which has figures of its own."""
    places = _villages() if model.level == Level.VILLAGE else _counties()
    goals = _goals(places)
    for place in places:
        years = _years_of(model)
        if not demo_figures.takes_part(model, place.code):
            # A year is over when all have reported, if only that there was nothing.
            nothing = [*model.breakdowns()[: len(model.kinds)][:1], "approved", True, *[None] * len(model.measures())]
            yield from ([place.area, year, *nothing] for year in years[:-1])
            continue
        for kind in demo_figures.kinds_of(model, place.code):
            dice = random.Random(f"{model.code} {place.code} {kind} state")  # noqa: S311 invented figures, no secrets
            for year, figures in demo_figures.series_of(model, place.code, kind, years, goals[place.county]):
                state = _state(dice, place, year)
                if state:
                    yield [place.area, year, *([kind] if kind else []), state, False, *figures]


class _Village(NamedTuple):
    """A place that reports, with its latest code, and the codes of its county and township in the open year."""

    area: int
    code: str
    county: str
    township: str


def _goals(places: list[_Village]) -> dict[str, list[str]]:
    """Where people of each county move to: mostly its own townships, sometimes one of the next county."""
    townships: dict[str, set[str]] = defaultdict(set)
    for place in places:
        townships[place.county].add(place.township)
    counties = sorted(townships)
    first = {county: sorted(townships[county])[:3] for county in counties}
    return {county: [*first[county], first[counties[at - 1]][0]] for at, county in enumerate(counties)}


def _counties() -> list[_Village]:
    codes = codes_of(OPEN_YEAR)
    found = Placement.objects.filter(level=Level.COUNTY, valid__contains=year_end(OPEN_YEAR)).order_by("area__code")
    return [_Village(area, code, codes[area], "") for area, code in found.values_list("area_id", "area__code")]


def _villages() -> list[_Village]:
    codes = codes_of(OPEN_YEAR)
    found = Placement.objects.filter(level=Level.VILLAGE, valid__contains=year_end(OPEN_YEAR)).order_by("area__code")
    rows = found.values_list("area_id", "area__code", "county_id", "township_id")
    return [_Village(area, code, codes[county], codes[township]) for area, code, county, township in rows]


def _records() -> Iterator[tuple[str, list[Any]]]:
    """Yield (county code, row for `load_records`) for every village and year that reports."""
    for village in _villages():
        # One generator for each village, so that a change in one leaves the others as they were.
        dice = random.Random(f"dew {village.code}")  # noqa: S311 invented figures, no secrets
        size = dice.triangular(12, 95, 38)
        for year in range(FIRST_YEAR, OPEN_YEAR + 1):
            state = _state(dice, village, year)
            if state:
                nil = dice.random() < 0.03
                figures = [None] * 10 if nil else _figures(dice, MINORITY[village.county], size, year)
                yield village.county, [village.area, year, state, nil, *figures]


def _state(dice: random.Random, village: _Village, year: int) -> str:
    """Return the state of a record, or "" where none was handed in."""
    throw = dice.random()
    if year < OPEN_YEAR:
        return "approved" if throw < 0.975 else ""
    if village.township in UNTOUCHED or throw > 0.80:
        return ""
    if village.county == ZHIJIN:
        return "draft" if throw < 0.30 else "submitted"
    return "draft" if throw < 0.12 else "approved" if throw < 0.40 else "submitted"


def _figures(dice: random.Random, minority: float, size: float, year: int) -> list[Any]:
    """Return figures in the order of the measures: the programme grows, pay rises, and here and there one is blank."""
    age = year - FIRST_YEAR
    trained = max(3, round(size * (0.55 + 0.09 * age) * dice.uniform(0.85, 1.15)))
    women = round(trained * dice.uniform(0.32, 0.50))
    of_minority = min(trained, round(trained * minority * dice.uniform(0.85, 1.12)))
    disabled = sum(dice.random() < 0.012 for _person in range(trained))
    placed = min(trained, round(trained * dice.uniform(0.74 + 0.01 * age, 0.92)))
    before = round(dice.uniform(300, 420) + 28 * age, -1)
    after = round(before * dice.uniform(1.7, 2.2), -1)
    vocational = dice.choice((0, 0, 1, 2, 3, 4, 6, 8))
    subsidy = trained * (420 + 30 * age) + vocational * 1500
    spent = round(subsidy * dice.uniform(1.04, 1.22), -1)
    figures: list[Any] = [trained, women, of_minority, disabled, placed, before, after, vocational, subsidy, spent]
    for optional in (3, 5, 6, 7):
        if dice.random() < 0.02:
            figures[optional] = None
    return figures
