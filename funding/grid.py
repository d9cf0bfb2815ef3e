"""The grid in which one amount is passed down to many areas: one row each, with what helps to decide how much."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db.models import Count, Max, QuerySet, Sum
from django.utils.translation import gettext as _

from funding.models import Allocation
from povtrack.lib.figures import BadFigure, parse_decimal, shown
from povtrack.lib.years import year_end
from programmes.catalogue.profile import ProfileRecord
from programmes.models import REPORTED
from programmes.progress import place_filter
from programmes.registry import programmes
from villages.levels import Level
from villages.models import Area, AreaVersion, Placement
from villages.names import latin_beside

MOST = 2000  # rows of one grid: more are neither overseen nor sent in one form
DIRECTLY = ""


@dataclass
class PassRow:
    """One area that can get a share: how it was called in that year, what helps to decide, and what was typed."""

    area: Area
    code: str
    name: str
    latin: str
    within: str  # the place between the giver and this one, where there is one
    had: Decimal | None  # last year, of the same source and programme
    has: Decimal | None  # of this very allocation already
    poor: int | None
    amount: str = ""
    programme: str = ""
    errors: dict[str, str] = field(default_factory=dict)  # by "amount", "programme" and "area"

    @property
    def label(self) -> str:
        return f"{self.latin} {self.name}".strip()


@dataclass
class PassGrid:
    """The rows of one level below an allocation's area: "" is directly below, else the number of a level."""

    parent: Allocation
    level: str
    levels: list[dict[str, Any]]
    rows: list[PassRow]
    poor_year: int | None

    @property
    def by_programme(self) -> bool:
        """Whether each row may name a programme: only where the money is for none yet."""
        return not self.parent.programme

    @cached_property
    def by_area(self) -> dict[int, PassRow]:
        return {row.area.pk: row for row in self.rows}

    @cached_property
    def programmes(self) -> dict[str, str]:
        """The code of each programme by what a person may write for it, in small letters."""
        return {
            word.strip().casefold(): model.code for model in programmes() for word in (model.code, str(model.label))
        }

    def typed(self) -> Decimal:
        """The sum of the amounts that are typed and can be read."""
        return sum((amount for row in self.rows if (amount := read_amount(row))), Decimal(0))

    def weights(self, formula: str) -> list[Decimal | int | None] | None:
        """What a formula splits by, row by row; None for no formula of ours."""
        ways: dict[str, list[Decimal | int | None]] = {
            "equal": [1] * len(self.rows),
            "poor": [row.poor for row in self.rows],
            "last": [row.had for row in self.rows],
        }
        return ways.get(formula)


def read_amount(row: PassRow) -> Decimal | None:
    """The amount typed in a row, or None; what is wrong with it is then among the row's errors."""
    try:
        return parse_decimal(row.amount)
    except BadFigure as bad:
        row.errors["amount"] = str(bad)
        return None


def grid_of(parent: Allocation, level: str = DIRECTLY) -> PassGrid:
    """Read the grid of one level. Eight queries at most, however many rows."""
    day = year_end(parent.year)
    below = Placement.objects.filter(valid__contains=day, level__gt=parent.area.level, **place_filter(parent.area))
    levels = _levels(below, level)
    known = {str(one["value"]) for one in levels if one["fits"]}
    level = level if level in known else DIRECTLY
    found = below.filter(level=int(level)) if level else below.filter(parent=parent.area)
    places = list(found.select_related("area")[: MOST + 1]) if parent.area.level < Level.VILLAGE else []
    for one in levels:
        one["current"] = str(one["value"]) == level
    rows, year = _rows(parent, places[:MOST])
    return PassGrid(parent, level, levels, rows, year)


def _levels(below: QuerySet[Placement], level: str) -> list[dict[str, Any]]:
    """The levels to choose from; one with too many places can't be chosen."""
    counts = below.order_by("level").values_list("level").annotate(n=Count("pk"))
    return [
        {"value": DIRECTLY, "word": _("directly below"), "n": None, "fits": True},
        *({"value": int(one), "word": Level(one).word, "n": n, "fits": n <= MOST} for one, n in counts),
    ]


def _rows(parent: Allocation, places: list[Placement]) -> tuple[list[PassRow], int | None]:
    ids = [place.area_id for place in places]
    between = {place.parent_id for place in places if place.parent_id and place.parent_id != parent.area_id}
    forms = {
        version.area_id: version
        for version in AreaVersion.objects.filter(area__in=[*ids, *between], valid__contains=year_end(parent.year))
    }
    had, has, (poor, year) = _had(parent, ids), _has(parent, ids), _poor(parent, ids)
    rows = [
        PassRow(
            area=place.area,
            code=form.code,
            name=form.name,
            latin=latin_beside(form.name_latin),
            within=_called(forms.get(place.parent_id or 0)),
            had=had.get(place.area_id),
            has=has.get(place.area_id),
            poor=poor.get(place.area_id),
        )
        for place in places
        if (form := forms.get(place.area_id))
    ]
    return sorted(rows, key=lambda row: row.code), year


def _called(version: AreaVersion | None) -> str:
    return f"{latin_beside(version.name_latin)} {version.name}".strip() if version else ""


def _summed(rows: Any) -> dict[int, Decimal]:
    return dict(rows.values_list("area").annotate(whole=Sum("balance__allocated")))


def _had(parent: Allocation, ids: Iterable[int]) -> dict[int, Decimal]:
    """What each got last year of the same source; of the same programme, where the money is for one."""
    rows = Allocation.objects.filter(area__in=ids, year=parent.year - 1, source=parent.source_id)
    return _summed(rows.filter(programme=parent.programme) if parent.programme else rows)


def _has(parent: Allocation, ids: Iterable[int]) -> dict[int, Decimal]:
    return _summed(Allocation.objects.filter(area__in=ids, parent=parent))


def _poor(parent: Allocation, ids: list[int]) -> tuple[dict[int, int], int | None]:
    """The poor people of each area in the latest year, up to the allocation's, in which any of them counted them.

    Of townships and above the totals of each year's boundaries, of villages their own records.
    """
    totals: Any = ProfileRecord.rollup.objects.filter(basis="recorded", breakdown="", reported__gt=0)
    reports: Any = ProfileRecord.objects.filter(state__in=REPORTED)
    for rows in (totals, reports):
        counted = rows.filter(area__in=ids, year__lte=parent.year, poor_people__isnull=False)
        year = counted.aggregate(latest=Max("year"))["latest"]
        if year is not None:
            return dict(counted.filter(year=year).values_list("area", "poor_people")), year
    return {}, None


def written(amount: Decimal | None) -> str:
    """An amount as a box shows it."""
    return shown(amount, missing="")
