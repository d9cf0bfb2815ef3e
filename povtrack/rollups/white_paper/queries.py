"""Which of povtrack's own totals is the figure that the paper prints, and why the others are in no table.

Nothing here knows how the data were made: a query reads the `Books` only.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from povtrack.rollups.funds.totals import mean_growth, share
from povtrack.rollups.white_paper import where
from povtrack.rollups.white_paper.books import CENTRAL, DECADE, INPUT, KEY_COUNTIES, Books
from povtrack.rollups.white_paper.figures import Words
from programmes.catalogue.dew import DewRecord
from programmes.catalogue.housing import HousingRecord
from programmes.catalogue.loans import LoanRecord
from programmes.catalogue.mutual_fund import MutualFundRecord
from programmes.catalogue.plan import PlanRecord
from programmes.catalogue.relocation import RelocationRecord

Answer = Decimal | int | None

# Whose records a figure needs: none that the compact form lacks, those of villages, or of 2011.
COMPACT, OF_VILLAGES, OF_2011 = "", "villages", "2011"


@dataclass(frozen=True)
class Query:
    """How a figure is found: in words, by which total, and where a page or the API shows the same."""

    words: Words
    find: Callable[[Books], Answer]
    where: Callable[[Books], str]
    needs: str = COMPACT


def _growth(books: Books, sources: tuple[str, ...]) -> Decimal | None:
    return mean_growth([(year, books.funds(sources, [year])) for year in DECADE])


def _to_key_counties(books: Books) -> Decimal:
    return sum((books.funds_on_list(code, INPUT) for code in KEY_COUNTIES), Decimal())


def _per_key_county(books: Books) -> Decimal | None:
    counties = sum(books.listed(code) for code in KEY_COUNTIES)
    return _to_key_counties(books) / counties if counties else None


def _pay_gain(books: Books) -> Decimal | None:
    """The mean of all who were placed: each year's mean counts by how many they were."""
    rows = [row.totals() for row in books.rows(DewRecord, DECADE)]
    told = [row for row in rows if row["placed"] and row["pay_after"] is not None and row["pay_before"] is not None]
    placed = sum(row["placed"] for row in told)
    return sum((row["pay_after"] - row["pay_before"]) * row["placed"] for row in told) / placed if placed else None


def _placed(books: Books) -> Decimal | None:
    trained, placed = (books.summed(DewRecord, name, DECADE) for name in ("trained", "placed"))
    return share(Decimal(placed), Decimal(trained)) if placed is not None and trained else None


def _grant(books: Books) -> Decimal | None:
    whole, villages = books.summed(MutualFundRecord, "grant", DECADE), books.villages(MutualFundRecord)
    return Decimal(whole) / villages if whole is not None and villages else None


def _loans_began(books: Books) -> int | None:
    """The first year in which loans to households are told apart."""
    rows = [row.year for row in books.rows(LoanRecord, range(2001, 2012)) if row.totals()["loaned_households"]]
    return min(rows, default=None)


def _money(words: Words, sources: tuple[str, ...], years: Any = DECADE, programme: str | None = None) -> Query:
    return Query(words, lambda books: books.funds(sources, years, programme), where.funds(years, programme))


def _sum(words: Words, model: Any, measure: str, years: Any, needs: str = OF_VILLAGES) -> Query:
    return Query(words, lambda books: books.summed(model, measure, years), where.rollup(model, years), needs)


def _help(words: Words, name: str, scheme: str) -> Query:
    return Query(words, lambda books: getattr(getattr(books, scheme), name), where.partners(scheme))


def _project(words: Words, name: str) -> Query:
    return Query(words, lambda books: getattr(books.projects, name, None), where.projects)


_FIRST_MONEY = _("The first year with money of this source or programme in the ledger")
_IN_REPORTS = _("Sum over the yearly reports of these pairings")

QUERIES: dict[int, Query] = {
    1: Query(_("Places on the list key-2001 at the end of 2010"), lambda b: b.listed("key-2001"),
             where.designation("key-2001")),
    2: _money(_("Funds of the input's five sources, 2001"), INPUT, [2001]),
    3: _money(_("Funds of the input's five sources, 2010"), INPUT, [2010]),
    4: Query(_("Mean yearly growth of the same, over nine intervals"), lambda b: _growth(b, INPUT), where.funds()),
    5: _money(_("Funds of the input's five sources, 2001 to 2010"), INPUT),
    6: _money(_("Funds of the three central sources, 2001"), CENTRAL, [2001]),
    7: _money(_("Funds of the three central sources, 2010"), CENTRAL, [2010]),
    8: Query(_("Mean yearly growth of the same, over nine intervals"), lambda b: _growth(b, CENTRAL), where.funds()),
    9: _money(_("Funds of the three central sources, 2001 to 2010"), CENTRAL),
    10: Query(_("Funds that rest in places of the lists key-2001 and provincial-key"), _to_key_counties,
              where.funds(designation="key-2001")),
    11: Query(_("The same, in percent of all input"), lambda b: share(_to_key_counties(b), b.funds(INPUT)),
              where.funds(designation="key-2001")),
    12: Query(_("The same, divided by the counties on the two lists"), _per_key_county,
              where.designation("provincial-key")),
    13: Query(_("Funds of the three central sources in places of the list central-22"),
              lambda b: b.funds_on_list("central-22", CENTRAL), where.funds(designation="central-22")),
    14: Query(_("Provinces of the list central-22 with such funds"),
              lambda b: b.provinces_on_list("central-22", CENTRAL), where.funds(designation="central-22")),
    15: Query(_("Funds of the three central sources in places of the list western"),
              lambda b: b.funds_on_list("western", CENTRAL), where.funds(designation="western")),
    16: Query(_("Provinces of the list western with such funds"),
              lambda b: b.provinces_on_list("western", CENTRAL), where.funds(designation="western")),
    17: _sum(_("Whole-village plan: villages that are designated, 2001"), PlanRecord, "designated", [2001]),
    18: _sum(_("Whole-village plan: villages whose plan is completed, 2010"), PlanRecord, "completed", [2010]),
    19: _money(_("Funds of central sources for the Dew Program"), CENTRAL, DECADE, "dew"),
    20: Query(_FIRST_MONEY, lambda b: b.first_year(INPUT, "dew"), where.funds(programme="dew")),
    21: _sum(_("Dew Program: trained, 2004 to 2010"), DewRecord, "trained", DECADE),
    22: Query(_("Dew Program: the rate “Placed, of those trained”, 2004 to 2010"), _placed,
              where.rollup(DewRecord, DECADE), OF_VILLAGES),
    23: Query(_("Dew Program: pay after less pay before, mean over all who were placed"), _pay_gain,
              where.rollup(DewRecord, DECADE), OF_VILLAGES),
    24: Query(_("Dew Program: pay after less pay before, mean over all who were placed"), _pay_gain,
              where.rollup(DewRecord, DECADE), OF_VILLAGES),
    27: _money(_("Funds of the source central-relief, 2001 to 2010"), ("central-relief",)),
    29: _sum(_("Relocation: people moved, 2001 to 2010"), RelocationRecord, "people", DECADE),
    30: Query(_FIRST_MONEY, lambda b: b.first_year(INPUT, "mutual-fund"), where.funds(programme="mutual-fund")),
    31: Query(_("Village mutual fund: villages that reported one"), lambda b: b.villages(MutualFundRecord),
              where.rollup(MutualFundRecord, DECADE), OF_VILLAGES),
    32: Query(_("Village mutual fund: state grants, divided by these villages"), _grant,
              where.rollup(MutualFundRecord, DECADE), OF_VILLAGES),
    33: _money(_("Funds of the source central-discount, 2001 to 2010"), ("central-discount",)),
    34: _sum(_("Interest-discount loans: amount granted, 2001 to 2010"), LoanRecord, "loaned", DECADE, COMPACT),
    37: Query(_FIRST_MONEY, lambda b: b.first_year(["central-housing"]), where.funds(programme="housing")),
    38: _money(_("Funds of the source central-housing, 2008 to 2010"), ("central-housing",), range(2008, 2011)),
    39: _sum(_("Housing renovation: households helped, 2008 to 2010"), HousingRecord, "households", DECADE),
    40: Query(_("Years with money of the source central-housing"), lambda b: b.fund_years(["central-housing"]),
              where.funds(programme="housing")),
    44: _money(_("Funds of the source small-peoples, 2005 to 2010"), ("small-peoples",)),
    45: Query(_FIRST_MONEY, lambda b: b.first_year(["small-peoples"]), where.funds()),
    47: Query(_("Interest-discount loans: the first year with loans to households"), _loans_began,
              where.rollup(LoanRecord, DECADE)),
    48: _sum(_("Interest-discount loans: of which to households, 2009 to July 2011"), LoanRecord, "loaned_households",
             range(2009, 2012), OF_2011),
    49: _sum(_("Interest-discount loans: of which to women, 2009 to July 2011"), LoanRecord, "loaned_women",
             range(2009, 2012), OF_2011),
    51: Query(_("Partners of fixed-point assistance that help a place of the list key-2001 on 16 November 2011"),
              lambda b: b.key_coverage.partners, where.partners("fixed_point")),
    52: Query(_("Places of the list key-2001 that have such a partner on that day"), lambda b: b.key_coverage.helped,
              where.partners("fixed_point")),
    53: Query(_("The same, in percent of the list"), lambda b: b.key_coverage.share, where.partners("fixed_point")),
    54: _help(_IN_REPORTS, "cadres_to", "fixed_point"),
    55: _help(_IN_REPORTS, "aid", "fixed_point"),
    56: _help(_IN_REPORTS, "introduced", "fixed_point"),
    57: _help(_IN_REPORTS, "trained", "fixed_point"),
    58: Query(_("The year of the first pairing of an eastern partner"), lambda b: b.east_west_began(),
              where.partners("east_west")),
    59: _help(_("Eastern partners with a pairing, 2003 to 2010"), "partners", "east_west"),
    60: _help(_("Provinces that one of them helps"), "provinces", "east_west"),
    61: _help(_IN_REPORTS, "cadres_to", "east_west"),
    62: _help(_IN_REPORTS, "cadres_from", "east_west"),
    63: _help(_IN_REPORTS, "aid", "east_west"),
    64: _help(_IN_REPORTS, "enterprises", "east_west"),
    65: _help(_IN_REPORTS, "investment", "east_west"),
    66: _help(_IN_REPORTS, "donations", "east_west"),
    67: _help(_IN_REPORTS, "trained", "east_west"),
    68: _help(_IN_REPORTS, "hosted", "east_west"),
    69: Query(_("Sum over foreign projects in dollars that ran by 2010"), lambda b: b.dollars, where.projects),
    70: _project(_("The same in yuan, with counterpart funds"), "in_all"),
    71: _project(_("Foreign projects that ran by 2010"), "projects"),
    72: _project(_("Provinces of the counties that they cover"), "provinces"),
    73: _project(_("Counties that they cover"), "counties"),
    74: _project(_("Sum of the people who benefit from them"), "people"),
    75: Query(_("The decade of the first foreign project"), lambda b: b.projects_began(), where.projects),
}  # fmt: skip

_POLICY = _("The year of a policy, not a figure of the work.")
_EXCHANGE = _("International conferences and exchange are outside of what povtrack tracks.")

# Why povtrack's model does not give a figure.
REASONS: dict[int, Words] = {
    25: _("The pilot is not told apart from the vocational students of the Dew Program."),
    26: _("It counts all graduates of the country; povtrack counts students of poor families who were supported."),
    28: _("Before 2001, where these records begin."),
    35: _POLICY,
    36: _("A list in the text, not a figure of the work."),
    41: _("It begins in 2000; the places and records here begin in 2001, and the year 2000 is not printed by itself."),
    42: _("Povtrack counts people of national minorities, and does not tell their peoples apart."),
    43: _("A condition of the policy, not a figure of the work."),
    46: _POLICY,
    50: _POLICY,
    **dict.fromkeys(range(76, 85), _EXCHANGE),
    85: _("The population of the whole country; povtrack surveys poor villages."),
    86: _POLICY,
}
