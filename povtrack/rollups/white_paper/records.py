"""The records of the white paper's programmes: invented place by place, so that their totals are the printed ones.

What stands in the database already (of the demonstration) is part of a total, so only what is missing is generated.
"""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator, Sequence
from typing import Any

from povtrack.accounts.models import User
from povtrack.rollups.white_paper import facts, registry
from povtrack.rollups.white_paper.shares import apportion
from programmes.actions import load_records
from programmes.catalogue.loans import LoanRecord
from programmes.models import Record, Round
from villages.levels import Level

# Of all years together: what was lent, of it to households from 2009 on, of that to women, and the interest paid.
LOANED, DISCOUNT = 199_200_000_000, 5_415_000_000
HOUSEHOLDS, WOMEN = 40_993_000_000, 25_923_000_000
LOAN_YEARS, LATE = range(2001, 2012), range(2009, 2012)
THOUSAND = 1_000

Figures = dict[str, Any]
Row = list[Any]


def add_rounds(model: type[Record], years: Sequence[int]) -> None:
    """Add closed rounds for years that have none."""
    Round.objects.bulk_create(
        [
            Round(
                programme=model.code,
                year=year,
                opens=dt.date(year, 11, 1),
                due=dt.date(year + 1, 1, 31),
                closes=dt.date(year + 1, 2, 28),
            )
            for year in years
        ],
        ignore_conflicts=True,
    )


def standing(model: type[Record], years: Sequence[int], *measures: str) -> dict[str, int]:
    """What submitted records of the nation give already, over some years together."""
    rows = model.rollup.objects.filter(level=Level.NATION, basis="recorded", breakdown="", year__in=years)
    totals = [held.totals() for held in rows]
    return {name: int(sum(total[name] or 0 for total in totals)) for name in measures}


def row(model: type[Record], area: int, year: int, figures: Figures, kind: str = "") -> Row:
    """A row of an approved record for `load_records`; figures that are not named are blank."""
    keys = [area, year, *([kind] if model.kinds else []), "approved", False]
    return [*keys, *(figures.get(measure.name) for measure in model.measures())]


def load_loans(years: Sequence[int], by: User) -> None:
    """Load the records of interest-discount loans of the key counties in some of LOAN_YEARS."""
    if years:
        add_rounds(LoanRecord, years)
        load_records(LoanRecord, rows=(one for one in _loans() if one[1] in years), by=by)


def _loans() -> Iterator[Row]:
    """The loans of each key county and year: of the printed sums what nobody has reported yet."""
    reported = set(LoanRecord.objects.filter(year__in=LOAN_YEARS).values_list("area", "year"))
    codes = registry.codes()
    counties = [(codes[county.code], county.list == facts.NATIONAL) for county in facts.key_counties()]
    dice = random.Random("loans")  # noqa: S311 invented, no secret
    cells = [
        (area, year, dice.randint(60, 140) * (3 if national else 1) * (year - 1995))
        for year in LOAN_YEARS
        for area, national in counties
        if (area, year) not in reported
    ]
    loaned = _spread(LOANED, "loaned", cells, facts.YEARS)
    discount = _spread(DISCOUNT, "discount", cells, facts.YEARS)
    households = _spread(HOUSEHOLDS, "loaned_households", cells, LATE)
    women = _spread(WOMEN, "loaned_women", cells, LATE)
    for at, (area, year, _weight) in enumerate(cells):
        # After 2010 the paper counts the small guaranteed loans only, and these are all lent to households.
        whole = loaned[at] if year in facts.YEARS else households[at]
        figures: Figures = {"loaned": whole, "loans": whole // 20_000 + 1}
        if year in facts.YEARS:
            figures["discount"] = discount[at]
        if year in LATE:
            figures |= {"loaned_households": households[at], "loaned_women": women[at]}
            figures["loaned_enterprises"] = whole - households[at]
        yield row(LoanRecord, area, year, figures)


def _spread(whole: int, measure: str, cells: Sequence[tuple[int, int, int]], years: range) -> list[int]:
    """Divide what is missing of a sum, to the thousand, over the cells of some years; the others get nothing."""
    missing = whole - standing(LoanRecord, years, measure)[measure]
    weights = [weight if year in years else 0 for _area, year, weight in cells]
    parts = [part * THOUSAND for part in apportion(missing // THOUSAND, weights)]
    parts[weights.index(max(weights))] += missing % THOUSAND
    return parts
