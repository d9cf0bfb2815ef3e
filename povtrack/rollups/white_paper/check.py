"""The table of printed and computed figures, with a verdict on each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _

from povtrack.rollups.white_paper.books import Books
from povtrack.rollups.white_paper.figures import FIGURES, Figure, How, Words
from povtrack.rollups.white_paper.load import FULL, is_loaded
from povtrack.rollups.white_paper.queries import OF_2011, OF_VILLAGES, QUERIES, REASONS, Query
from povtrack.rollups.white_paper.records import LOAN_YEARS
from programmes.catalogue.loans import LoanRecord

# How far a figure may be from one that is printed with "more than", "nearly" or "less than", in percent; and from the
# ends of a range.
SLACK = 2
_ALLOWED: dict[How, Callable[[Decimal, Decimal], bool]] = {
    How.EXACTLY: lambda found, printed: found == printed,
    How.SOME: lambda found, printed: found == printed,
    How.MORE: lambda found, printed: printed <= found <= printed * (100 + SLACK) / 100,
    How.NEARLY: lambda found, printed: printed * (100 - SLACK) / 100 <= found <= printed,
    How.LESS: lambda found, printed: printed * (100 - SLACK) / 100 <= found < printed,
    How.FROM: lambda found, printed: found >= printed,
    How.TO: lambda found, printed: found <= printed,
}


class Verdict(models.TextChoices):
    AGREES = "agrees", _("agrees")
    DIFFERS = "differs", _("differs")
    NO_DATA = "no_data", _("not computed here")
    NOT_COVERED = "not_covered", _("not covered")


@dataclass(frozen=True)
class Line:
    """One figure: what is printed, and what povtrack computes (None where it does not), rounded as it is printed."""

    figure: Figure
    query: Query | None
    computed: Decimal | None
    verdict: Verdict
    reason: Words
    url: str

    @property
    def difference(self) -> Decimal | None:
        return None if self.computed is None else self.computed - self.figure.printed

    @property
    def printed(self) -> str:
        """The printed figure with the word that goes before it."""
        figure = self.figure
        words = figure.shown(figure.printed)
        return words if figure.how is How.EXACTLY else f"{figure.how.label} {words}"

    def shown(self, value: Decimal | None) -> str:
        return "–" if value is None else self.figure.shown(value)


_MISSING: dict[str, Words] = {
    OF_VILLAGES: _("It is counted in villages: the full form is not loaded here."),
    OF_2011: _("It needs loans of 2011: the full form is not loaded here."),
}


def compare(books: Books | None) -> list[Line]:
    """The lines of all figures, in the order of the paper; without books nothing is computed."""
    there = books is not None and is_loaded()
    lacking = set()
    if there and not is_loaded(FULL):
        lacking = {OF_VILLAGES}
        if not LoanRecord.objects.filter(year=LOAN_YEARS[-1]).exists():
            lacking.add(OF_2011)
    return [_line(figure, books if there else None, lacking) for figure in FIGURES]


def _line(figure: Figure, books: Books | None, lacking: set[str]) -> Line:
    query = QUERIES.get(figure.number)
    if query is None:
        return Line(figure, None, None, Verdict.NOT_COVERED, REASONS[figure.number], "")
    if books is None or query.needs in lacking:
        return Line(figure, query, None, Verdict.NO_DATA, _MISSING.get(query.needs, ""), "")
    found = query.find(books)
    if found is None:
        return Line(figure, query, None, Verdict.DIFFERS, _("Nothing is recorded."), query.where(books))
    computed = rounded(Decimal(found), figure.step)
    agrees = _ALLOWED[figure.how](computed, figure.printed)
    return Line(figure, query, computed, Verdict.AGREES if agrees else Verdict.DIFFERS, "", query.where(books))


def rounded(found: Decimal, step: Decimal) -> Decimal:
    """A figure as the paper would print it; what it gives whole keeps its fen, so that nothing is rounded away.

    Percentages go through two decimals, as the paper's did: 11.849 percent became 11.85, and that 11.9.
    """
    if not step:
        return found
    exact = found.quantize(Decimal("0.01"), ROUND_HALF_UP) if step < 1 else found
    return (exact / step).quantize(Decimal(1), ROUND_HALF_UP) * step
