"""What the paper prints: its 86 figures of sections III to VI and the conclusion, in their order.

Money is in yuan (once in dollars). The ids are those of the list of figures on which this is built; see README.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from povtrack.lib.figures import shown

Words = str | Promise


class How(models.TextChoices):
    """How exactly the paper says it, and so when a figure agrees with it."""

    EXACTLY = "exactly", _("exactly")
    SOME = "some", _("some")
    MORE = "more", _("more than")
    NEARLY = "nearly", _("nearly")
    LESS = "less", _("less than")
    FROM = "from", _("from")
    TO = "to", _("to")


YUAN, PERCENT, PEOPLE = _("yuan"), _("percent"), _("people")
COUNTIES, VILLAGES, PROVINCES = _("counties"), _("villages"), _("provinces")
YEAR, MONTH, DAY = pgettext_lazy("unit", "year"), pgettext_lazy("unit", "month"), pgettext_lazy("unit", "day")


@dataclass(frozen=True)
class Figure:
    """One printed figure. `step` is what its last digit counts where it was rounded from others; 0: it was not."""

    number: int
    statement: Words
    printed: Decimal
    unit: Words
    how: How = How.EXACTLY
    step: Decimal = Decimal(0)

    @property
    def id(self) -> str:
        return f"WP2011-{self.number:03}"

    @property
    def is_date(self) -> bool:
        """Whether it is a year, a month or a day rather than a quantity."""
        return any(self.unit is unit for unit in (YEAR, MONTH, DAY))

    def shown(self, value: Decimal) -> str:
        """Write a value of this figure; years are not grouped."""
        return str(int(value)) if self.is_date else shown(value)


def _figures(lines: Sequence[tuple[Any, ...]]) -> list[Figure]:
    """Read lines of (number, statement, printed, unit, how, step); the last two may be left out."""
    found = []
    usual: tuple[Any, ...] = (How.EXACTLY, 0)
    for number, statement, printed, unit, *more in lines:
        how, step = [*more, *usual[len(more) :]]
        found.append(Figure(number, statement, Decimal(printed), unit, how, Decimal(step)))
    return found


E, S, M, N, L, F, T = How.EXACTLY, How.SOME, How.MORE, How.NEARLY, How.LESS, How.FROM, How.TO

# Each heading with its figures.
GROUPS: list[tuple[Words, list[Figure]]] = [
    (_("Key counties and fiscal input"), _figures([
        (1, _("Counties on the national list of key counties"), 592, COUNTIES),
        (2, _("Fiscal input in 2001, central and local"), 12_750_000_000, YUAN),
        (3, _("Fiscal input in 2010, central and local"), 34_930_000_000, YUAN),
        (4, _("Mean yearly growth of the input, 2001 to 2010"), "11.9", PERCENT, E, "0.1"),
        (5, _("Fiscal input in ten years"), 204_380_000_000, YUAN),
        (6, _("Central funds in 2001"), 10_002_000_000, YUAN),
        (7, _("Central funds in 2010"), 22_270_000_000, YUAN),
        (8, _("Mean yearly growth of central funds, 2001 to 2010"), "9.3", PERCENT, E, "0.1"),
        (9, _("Central funds in ten years"), 144_040_000_000, YUAN),
        (10, _("Input to national and provincial key counties in ten years"), 145_720_000_000, YUAN),
        (11, _("Its share of the whole input"), "71.3", PERCENT, E, "0.1"),
        (12, _("Mean input to a key county in ten years"), 136_000_000, YUAN, E, 1_000_000),
        (13, _("Central funds to 22 provinces in ten years"), 135_620_000_000, YUAN),
        (14, _("Provinces to which they went"), 22, PROVINCES),
        (15, _("Of these funds, to western provinces"), 87_700_000_000, YUAN),
        (16, _("Western provinces to which they went"), 12, PROVINCES),
    ])),
    (_("Whole-village development"), _figures([
        (17, _("Poor villages designated in 2001"), 148_000, VILLAGES),
        (18, _("Villages that had carried out their plan by 2010"), 126_000, VILLAGES, S),
    ])),
    (_("Training, education and work relief"), _figures([
        (19, _("Central funds for the Dew Program, from 2004 on"), 3_000_000_000, YUAN),
        (20, _("The Dew Program began"), 2004, YEAR),
        (21, _("People trained in the Dew Program"), 4_000_000, PEOPLE, M),
        (22, _("Of these, who found work off the farm"), 80, PERCENT),
        (23, _("What they earn more in a month, at least"), 300, YUAN, F, 1),
        (24, _("What they earn more in a month, at most"), 400, YUAN, T, 1),
        (25, _("The pilot of direct subsidies for vocational education began"), 2010, YEAR),
        (26, _("Graduates of secondary vocational schools in ten years"), 42_890_000, PEOPLE, S),
        (27, _("Central work-relief funds in ten years"), 55_000_000_000, YUAN, M),
        (28, _("Decade in which work relief began"), 1980, YEAR),
    ])),
    (_("Relocation, village funds and loans"), _figures([
        (29, _("People relocated by 2010"), 7_700_000, PEOPLE),
        (30, _("Village mutual funds began"), 2006, YEAR),
        (31, _("Villages with a mutual fund"), 13_600, VILLAGES),
        (32, _("Grant to each of them"), 150_000, YUAN),
        (33, _("Central interest-discount funds in ten years"), 5_415_000_000, YUAN),
        (34, _("Discounted loans granted in ten years"), 200_000_000_000, YUAN, N),
        (35, _("The management of discounted loans was reformed"), 2008, YEAR),
    ])),
    (_("Sectors and special groups"), _figures([
        (36, _("Kinds of small water works that are named"), 5, pgettext_lazy("unit", "kinds")),
        (37, _("The rebuilding of dilapidated houses began"), 2008, YEAR),
        (38, _("State allowances for it in three years"), 11_700_000_000, YUAN),
        (39, _("Households helped"), 2_034_000, _("households")),
        (40, _("Years that this covers"), 3, pgettext_lazy("unit", "years")),
        (41, _("Invested in border areas, 2000 to 2010"), 2_210_000_000, YUAN),
        (42, _("Small peoples supported, 2005 to 2010"), 22, _("ethnic groups")),
        (43, _("People that each of them has"), 100_000, PEOPLE, L),
        (44, _("Funds for small peoples, 2005 to 2010"), 3_751_000_000, YUAN),
        (45, _("The programme for small peoples began"), 2005, YEAR),
        (46, _("The programme for women began"), 2001, YEAR),
        (47, _("Small guaranteed discounted loans began"), 2009, YEAR),
        (48, _("Small guaranteed loans granted by July 2011"), 40_993_000_000, YUAN),
        (49, _("Of these, to rural women"), 25_923_000_000, YUAN),
        (50, _("The programme for disabled people began"), 2001, YEAR),
    ])),
    (_("Fixed-point assistance"), _figures([
        (51, _("Units that give aid, in 2011"), 272, _("units")),
        (52, _("Key counties that receive it"), 481, COUNTIES),
        (53, _("Their share of the key counties"), "81.25", PERCENT, E, "0.01"),
        (54, _("Cadres sent, 2002 to 2010"), 3_559, PEOPLE),
        (55, _("Direct aid in money and kind"), 9_090_000_000, YUAN),
        (56, _("Funds brought in"), 33_910_000_000, YUAN),
        (57, _("People trained"), 1_684_000, PEOPLE),
    ])),
    (_("East-west cooperation"), _figures([
        (58, _("It began"), 1996, YEAR),
        (59, _("Eastern provinces and cities that help"), 15, _("provinces and cities")),
        (60, _("Western provinces that are helped"), 11, PROVINCES),
        (61, _("Cadres sent from east to west, 2003 to 2010"), 2_592, PEOPLE, S),
        (62, _("Cadres sent from west to east"), 3_610, PEOPLE),
        (63, _("Aid by governments"), 4_440_000_000, YUAN, S),
        (64, _("Enterprises in cooperation"), 5_684, _("enterprises")),
        (65, _("Investment made"), 249_760_000_000, YUAN),
        (66, _("Donations from society"), 1_420_000_000, YUAN),
        (67, _("Technical staff trained"), 226_000, PEOPLE),
        (68, _("Workers sent elsewhere"), 4_672_000, PEOPLE),
    ])),
    (_("Foreign-funded projects and exchange"), _figures([
        (69, _("Foreign funds by 2010"), 1_400_000_000, _("US dollars")),
        (70, _("Investment with counterpart funds"), 20_000_000_000, YUAN, N),
        (71, _("Projects"), 110, _("projects"), S),
        (72, _("Provinces covered"), 20, PROVINCES),
        (73, _("Counties covered"), 300, COUNTIES, M),
        (74, _("Poor people who benefited"), 20_000_000, PEOPLE, N),
        (75, _("Decade in which it began"), 1990, YEAR),
        (76, _("Conference and centre in Shanghai"), 2004, YEAR),
        (77, _("Yearly forum since"), 2007, YEAR),
        (78, _("Day of the forum: month"), 10, MONTH),
        (79, _("Day of the forum: day"), 17, DAY),
        (80, _("China-Africa conference"), 2010, YEAR),
        (81, _("Research projects"), 40, _("projects"), M),
        (82, _("Officials trained"), 720, PEOPLE),
        (83, _("Countries that they came from"), 91, _("countries")),
        (84, _("Events of dialogue"), 100, _("events"), M),
        (85, _("Population of the country"), 1_300_000_000, PEOPLE, M),
        (86, _("The outline of 2011 to 2020 begins"), 2011, YEAR),
    ])),
]  # fmt: skip

FIGURES: list[Figure] = [figure for _heading, figures in GROUPS for figure in figures]
