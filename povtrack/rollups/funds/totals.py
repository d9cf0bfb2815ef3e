"""What the ledger adds up to: totals by place, year, source, tier and programme, their growth and their shares."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db import connection
from django.db.models import Max

from povtrack.lib.basis import Basis
from povtrack.lib.years import year_end
from povtrack.rollups import boundaries
from povtrack.rollups.boundaries import Boundaries
from povtrack.rollups.funds import kept, statements
from povtrack.rollups.funds.statements import FIGURES
from villages.levels import Level
from villages.models import Area, Designation

NOTHING = Decimal("0.00")


@dataclass(frozen=True)
class FundTotal:
    """Sums in yuan over the allocations and payments of what `keys` name.

    `received` is what the areas were given, `passed_on` what they passed down. Over several levels both count a yuan at
    each level that it went through, so `received` is read by level, or of one area. `resting` counts each yuan once: it
    is what a subtree holds in all. `disbursed`, `returned` (given back unspent) and `spent` are sums of payments.
    """

    keys: dict[str, Any]
    received: Decimal = NOTHING
    passed_on: Decimal = NOTHING
    disbursed: Decimal = NOTHING
    returned: Decimal = NOTHING
    spent: Decimal = NOTHING

    @property
    def resting(self) -> Decimal:
        return self.received - self.passed_on

    def __add__(self, other: FundTotal) -> FundTotal:
        return FundTotal({}, *(getattr(self, name) + getattr(other, name) for name in FIGURES))


@dataclass(frozen=True)
class Asked:
    """Of what totals are wanted: of all that lies in an area, in some years, on some boundaries.

    `programmes` are codes, the empty one for money of no programme; `sources` are codes; None is all. With a
    `designation` only what lies in the places that were on the list at the end of each year.
    """

    area: Area
    years: Collection[int]
    basis: Basis = field(default_factory=Basis)
    sources: Collection[str] | None = None
    programmes: Collection[str] | None = None
    designation: Designation | None = None

    @cached_property
    def deepest(self) -> int | None:
        """The level of the deepest place on the list; the list's own while it has no places; None without a list."""
        if self.designation is None:
            return None
        found: int | None = self.designation.memberships.aggregate(level=Max("area__level"))["level"]
        return self.designation.level if found is None else found

    @property
    def values(self) -> dict[str, Any]:
        """What the statements are executed with."""
        return {
            "area": self.area.pk,
            "level": self.area.level,
            "years": list(self.years),
            "sources": None if self.sources is None else list(self.sources),
            "programmes": None if self.programmes is None else list(self.programmes),
            "designation": self.designation and self.designation.pk,
            "day": "infinity" if self.basis.year is None else year_end(self.basis.year),
        }


def totals(asked: Asked, *keys: str, by_part: bool = False) -> list[FundTotal]:
    """Return the totals by `keys` (of `statements.KEYS`), in their order; one, perhaps of nothing, without keys.

    With `by_part` also by the areas directly below (`part`, an id; the area's own id for what is in none of them). One
    statement, so that all parts are of one moment and add up to the whole. Read from what is kept; on the boundaries of
    another year, and of villages, summed from the entries.
    """
    sql = _statement(asked, keys, by_part=by_part)
    names = [*(["part"] if by_part else []), *keys]
    with connection.cursor() as cursor:
        cursor.execute(sql, asked.values)
        rows = cursor.fetchall()
    found = [
        FundTotal(dict(zip(names, row, strict=False)), *(figure or NOTHING for figure in row[len(names) :]))
        for row in rows
    ]
    return sorted(found, key=lambda total: [(key is None, key) for key in total.keys.values()])


def _statement(asked: Asked, keys: tuple[str, ...], *, by_part: bool) -> str:
    on, level, listed = boundaries_of(asked.basis), asked.area.level, asked.deepest
    if is_kept(asked, by_part=by_part):
        return kept.totals(kept.Slice(on, level, keys, by_part, listed))
    return statements.totals(
        on,
        keys,
        everywhere=level == Level.NATION,
        by_part=by_part,
        listed=listed is not None,
        within_county=level >= Level.COUNTY,
    )


def is_kept(asked: Asked, *, by_part: bool = False) -> bool:
    """Whether totals are kept from which this can be read: of townships and up, on the boundaries of each year or
    today's."""
    below = asked.area.level >= Level.TOWNSHIP if by_part else asked.area.level > Level.TOWNSHIP
    return asked.basis.year is None and not below and (asked.deepest or 0) <= Level.TOWNSHIP


def total(asked: Asked) -> FundTotal:
    """The total of all that is asked for."""
    return totals(asked)[0]


def boundaries_of(basis: Basis) -> Boundaries:
    """The boundaries of a basis, for statements that place areas by themselves."""
    if basis.year is not None:
        return boundaries.boundaries_of(basis.year, "seat")
    return boundaries.kept(basis.name)


def mean_growth(figures: Sequence[tuple[int, Decimal]]) -> Decimal | None:
    """The mean yearly growth in percent between the first and the last year, one interval less than there are years.

    So the white paper of 2011 computes it: 12.75 to 34.93 billion from 2001 to 2010 are nine intervals, 11.85 percent.
    None where there are no two years, or nothing in the first.
    """
    if len(figures) < 2:
        return None
    (first, start), (last, end) = min(figures), max(figures)
    if start <= 0 or end < 0 or first == last:
        return None
    return 100 * ((end / start) ** (Decimal(1) / (last - first)) - 1)


def share(part: Decimal, whole: Decimal) -> Decimal | None:
    """The part in percent of the whole; None of nothing."""
    return 100 * part / whole if whole else None
