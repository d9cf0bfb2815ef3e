"""One small world for all tests: names and codes like the real ones, drawn for the purpose.

    CN China
    └── 52 Guizhou
        └── 5205 Bijie
            ├── 520524 Zhijin County          clerk, finance
            │   ├── 520524100 Chengguan       township_clerk
            │   │   ├── 520524100201 Huawu
            │   │   ├── 520524100202 Gaoshan
            │   │   └── 520524100203 Dazhai
            │   └── 520524101 Zhuchang
            │       └── 520524101201 Longtan
            └── 520525 Nayong County          other_clerk
                └── 520525100 Yongxi
                    ├── 520525100201 Baiyan
                    └── 520525100202 Qingshan

All of it stands since 2001. The Dew Program has rounds for 2008 and 2009 (closed) and 2010 (open). The reviewer holds
Bijie, the analyst Guizhou, registry and admin the nation.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone

from povtrack.accounts.models import Jurisdiction, User
from povtrack.accounts.roles import Role
from programmes.actions import IncomingRow, RowResult, save_rows
from programmes.catalogue.dew import DewRecord
from programmes.models import Round
from programmes.registry import programmes
from tests.database import filled, may_do_without_triggers, put_rows, rows_of
from villages import derive
from villages.levels import Level
from villages.models import Area, AreaVersion

SINCE = dt.date(2001, 1, 1)
PASSWORD = "a-long-enough-password"

PLACES = [
    ("CN", "中国", "China", Level.NATION, None),
    ("52", "贵州省", "Guizhou", Level.PROVINCE, "CN"),
    ("5205", "毕节市", "Bijie", Level.PREFECTURE, "52"),
    ("520524", "织金县", "Zhijin County", Level.COUNTY, "5205"),
    ("520524100", "城关镇", "Chengguan", Level.TOWNSHIP, "520524"),
    ("520524100201", "化屋村", "Huawu", Level.VILLAGE, "520524100"),
    ("520524100202", "高山村", "Gaoshan", Level.VILLAGE, "520524100"),
    ("520524100203", "大寨村", "Dazhai", Level.VILLAGE, "520524100"),
    ("520524101", "珠藏镇", "Zhuchang", Level.TOWNSHIP, "520524"),
    ("520524101201", "龙潭村", "Longtan", Level.VILLAGE, "520524101"),
    ("520525", "纳雍县", "Nayong County", Level.COUNTY, "5205"),
    ("520525100", "雍熙镇", "Yongxi", Level.TOWNSHIP, "520525"),
    ("520525100201", "白岩村", "Baiyan", Level.VILLAGE, "520525100"),
    ("520525100202", "青山村", "Qingshan", Level.VILLAGE, "520525100"),
]

PEOPLE = {
    "clerk": (Role.CLERK, "520524"),
    "township_clerk": (Role.CLERK, "520524100"),
    "other_clerk": (Role.CLERK, "520525"),
    "reviewer": (Role.REVIEWER, "5205"),
    "finance": (Role.FINANCE, "520524"),
    "registry": (Role.REGISTRY, "CN"),
    "analyst": (Role.ANALYST, "52"),
    "admin": (Role.ADMIN, "CN"),
}


@dataclass
class World:
    """The areas by code or Latin name, and the people by user name."""

    areas: dict[str, Area] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)

    def __getitem__(self, key: str) -> Area:
        return self.areas[key]

    def __getattr__(self, name: str) -> User:
        if name.startswith("__"):  # a copy in the making has no users yet
            raise AttributeError(name)
        try:
            return self.users[name]
        except KeyError:
            raise AttributeError(name) from None

    def save(
        self, place: str, *, year: int = 2010, by: str = "clerk", version: int = 0, nil: bool = False, **figures: Any
    ) -> RowResult:
        """Save one village's Dew figures as a clerk would."""
        values = {name: str(figure) for name, figure in figures.items()}
        row = IncomingRow(self[place].pk, version, nil, values)
        return save_rows(DewRecord, year=year, rows=[row], by=self.users[by])[0]


# All rows of places and people as they were first made in this process, with their history. Making them anew takes ten
# times as long.
_MADE: dict[str, str] = {}


def build_world() -> World:
    """Make the world, in the present transaction if there is one."""
    if _MADE:
        with transaction.atomic():
            put_rows(_MADE)
    else:
        before = filled()
        _make()
        # Without rights over triggers there would be two histories.
        if may_do_without_triggers() and not before:
            _MADE.update(rows_of(filled()))
    world = World(users={user.username: user for user in User.objects.filter(username__in=PEOPLE)})
    for area in Area.objects.select_related("parent"):
        world.areas[area.code] = world.areas[area.name_latin] = area
    today = timezone.localdate()
    day = dt.timedelta(days=1)
    Round.objects.bulk_create(
        Round(programme="dew", year=year, opens=closes - 60 * day, due=closes - 10 * day, closes=closes)
        for year, closes in ((2008, today - 30 * day), (2009, today - day), (2010, today + 30 * day))
    )
    return world


def open_rounds() -> None:
    """Give every programme a round of 2010, open for a month."""
    today, month = timezone.localdate(), dt.timedelta(days=30)
    for model in programmes():
        dates = {"opens": today - month, "due": today, "closes": today + month}
        Round.objects.get_or_create(programme=model.code, year=2010, defaults=dates)


def _make() -> None:
    """Make places and people, from nothing."""
    areas: dict[str, Area] = {}
    for code, name, latin, level, parent in PLACES:
        area = Area.objects.create(
            level=level, code=code, name=name, name_latin=latin, parent=areas.get(parent or ""), path=""
        )
        AreaVersion.objects.create(
            area=area, code=code, name=name, name_latin=latin, parent=area.parent, valid=(SINCE, None)
        )
        areas[code] = area
    derive.rebuild()
    for username, (role, code) in PEOPLE.items():
        user = User.objects.create_user(
            username, password=PASSWORD, first_name=username.title(), is_staff=username in ("registry", "admin")
        )
        Jurisdiction.objects.create(user=user, role=role, area=areas[code])
