"""What povtrack's own totals say of the nation: each is read once, however many figures follow from it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from decimal import Decimal
from functools import cached_property
from typing import Any

from funding.models import ForeignProject, Pairing, Partner
from funding.models.partner import Scheme, kinds_of
from funding.partner_totals import ByKind, Coverage, Helped, by_kind, coverage
from funding.project_totals import ProjectTotal, project_totals
from povtrack.rollups.funds.totals import Asked, FundTotal, totals
from povtrack.rollups.read import nation_series
from programmes.models import REPORTED, Record, Rollup
from villages.levels import Level
from villages.models import Area, Designation

DECADE = range(2001, 2011)
PRINTED_ON = dt.date(2011, 11, 16)

CENTRAL = ("central-fiscal", "central-relief", "central-discount")
LOCAL = ("provincial-fiscal", "prefectural-fiscal")
INPUT = CENTRAL + LOCAL
KEY_COUNTIES = ("key-2001", "provincial-key")


class Books:
    """The nation's totals, as a page or the API gives them."""

    def __init__(self) -> None:
        self.nation = Area.objects.get(level=Level.NATION, ended_on=None)
        self._series: dict[str, list[Rollup]] = {}
        self._lists: dict[tuple[str, Collection[str]], list[FundTotal]] = {}

    @cached_property
    def money(self) -> list[FundTotal]:
        """All that came in from outside, in all years, sources and programmes."""
        return totals(Asked(self.nation, DECADE), "year", "source", "programme")

    def funds(self, sources: Collection[str], years: Collection[int] = DECADE, programme: str | None = None) -> Decimal:
        """What there is of some sources."""
        return sum((found.resting for found in self._of(sources, programme) if found.keys["year"] in years), Decimal())

    def first_year(self, sources: Collection[str], programme: str | None = None) -> int | None:
        """The first year with money of some sources."""
        return min((found.keys["year"] for found in self._of(sources, programme)), default=None)

    def fund_years(self, sources: Collection[str], programme: str | None = None) -> int:
        """In how many years there is money of some sources."""
        return len({found.keys["year"] for found in self._of(sources, programme)})

    def _of(self, sources: Collection[str], programme: str | None) -> Iterable[FundTotal]:
        for found in self.money:
            if found.keys["source"] in sources and programme in (None, found.keys["programme"]) and found.resting:
                yield found

    def on_list(self, code: str, sources: tuple[str, ...]) -> list[FundTotal]:
        """What lies in the places of a list, by province."""
        if (code, sources) not in self._lists:
            designation = Designation.objects.get(code=code)
            asked = Asked(self.nation, DECADE, sources=sources, designation=designation)
            self._lists[code, sources] = totals(asked, "province")
        return self._lists[code, sources]

    def funds_on_list(self, code: str, sources: tuple[str, ...]) -> Decimal:
        return sum((found.resting for found in self.on_list(code, sources)), Decimal())

    def provinces_on_list(self, code: str, sources: tuple[str, ...]) -> int:
        """How many provinces of a list have money."""
        return sum(found.resting > 0 for found in self.on_list(code, sources))

    def listed(self, code: str, day: dt.date = dt.date(2010, 12, 31)) -> int:
        """How many places are on a list."""
        return Designation.objects.get(code=code).memberships.filter(valid__contains=day, area__isnull=False).count()

    def summed(self, model: type[Record], measure: str, years: Collection[int]) -> Any:
        """The sum of a measure over some years; None where nobody gave it."""
        found = [row.totals()[measure] for row in self.rows(model, years)]
        return sum(given) if (given := [figure for figure in found if figure is not None]) else None

    def rows(self, model: type[Record], years: Collection[int]) -> list[Rollup]:
        """The roll-up rows of the nation in some years."""
        if model.code not in self._series:
            self._series[model.code] = nation_series(model, self.nation)
        return [row for row in self._series[model.code] if row.year in years]

    def villages(self, model: type[Record]) -> int:
        """How many places ever reported something in a programme."""
        records: Any = model.objects.filter(state__in=REPORTED, nil=False)
        return int(records.values("area").distinct().count())

    @cached_property
    def key_coverage(self) -> Coverage:
        """Which key counties have a partner of fixed-point assistance on the day of the paper."""
        key = Designation.objects.get(code="key-2001")
        return coverage(self.nation, key, PRINTED_ON, kinds_of(Scheme.FIXED_POINT))

    @cached_property
    def fixed_point(self) -> Helped:
        return self._helped(2002, Scheme.FIXED_POINT)

    @cached_property
    def east_west(self) -> Helped:
        return self._helped(2003, Scheme.EAST_WEST)

    def _helped(self, first: int, scheme: Scheme) -> Helped:
        found: ByKind = by_kind(self.nation, first, 2010, kinds_of(scheme))
        return found.all

    def east_west_began(self) -> int | None:
        eastern = Pairing.objects.filter(partner__kind=Partner.Kind.EASTERN).values_list("valid", flat=True)
        return min((valid.lower.year for valid in eastern), default=None)

    @cached_property
    def projects(self) -> ProjectTotal | None:
        """All foreign projects that ran by 2010; the row of dollars is `dollars`."""
        return next(iter(project_totals(self.nation, 1990, 2010)[-1:]), None)

    @cached_property
    def dollars(self) -> Decimal | None:
        found = [row.amount for row in project_totals(self.nation, 1990, 2010) if row.currency == "USD"]
        return found[0] if found else None

    def projects_began(self) -> int | None:
        first = min((valid.lower for valid in ForeignProject.objects.values_list("valid", flat=True)), default=None)
        return first.year // 10 * 10 if first else None
