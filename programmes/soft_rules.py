"""Soft rules: what is unlikely, though not impossible. They warn, show their numbers, and ask for a reason.

The headline figures of every programme are watched for a jump against last year and for standing apart from the
county's other places; a programme adds what else it knows, such as a balance that goes on from last year's.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from povtrack.lib.figures import grouped, told

Figure = int | Decimal
_NORMAL = Decimal("0.6745")  # of a standard deviation: the median absolute deviation of figures spread normally


class Beside(NamedTuple):
    """What a figure is held against: last year's figures of the place, and its county's figures of this year.

    `median` and `spread` (the median absolute deviation) are over the `places` of the county that give the figure.
    """

    last: dict[str, Figure | None]
    median: Figure | None = None
    spread: Figure | None = None
    places: int = 0


@dataclass(frozen=True)
class Jump:
    """A figure is `factor` times last year's or more, or that part of it or less, and differs by more than `floor`.

    Povtrack's own bounds: a village that trains 10 people one year and 25 the next is nothing to ask about.
    """

    measure: str
    factor: int = 3
    floor: int = 20
    kind = "jump"

    def warning(self, figure: Figure, beside: Beside) -> str:
        """Return what is unlikely in words, with the numbers, or an empty text."""
        last = beside.last.get(self.measure)
        if last is None:
            return ""
        less, more = (figure, last) if figure < last else (last, figure)
        if more - less <= self.floor or more < self.factor * less:
            return ""
        words = {"figure": told(figure), "last": told(last)}
        return _("%(figure)s this year, %(last)s last year. Is that right?") % words

    def spec(self) -> dict[str, Any]:
        return {"kind": self.kind, "measure": self.measure, "factor": self.factor, "floor": self.floor}


@dataclass(frozen=True)
class Outlier:
    """A figure lies more than `limit` median absolute deviations (scaled) from the median of the county's places.

    The modified z-score of Iglewicz and Hoaglin, "How to Detect and Handle Outliers" (1993), is 0.6745 x (figure -
    median) / deviation; they take 3.5 for figures that are spread evenly. Figures of villages have a long tail, so
    that the bound is wider here; below `fewest` places nothing can be told.
    """

    measure: str
    limit: int = 6
    fewest: int = 10
    kind = "outlier"

    def warning(self, figure: Figure, beside: Beside) -> str:
        """Return what is unlikely in words, with the numbers, or an empty text."""
        if beside.places < self.fewest or not beside.spread or beside.median is None:
            return ""
        away = figure - beside.median if figure > beside.median else beside.median - figure
        if _NORMAL * away <= self.limit * beside.spread:
            return ""
        words = {"figure": told(figure), "median": grouped(_plain(beside.median)), "places": beside.places}
        return _(
            "%(figure)s stands far from the others: half of the %(places)s places of the county report %(median)s or "
            "less. Is that right?"
        ) % words  # fmt: skip

    def spec(self) -> dict[str, Any]:
        return {"kind": self.kind, "measure": self.measure, "limit": self.limit, "fewest": self.fewest}


@dataclass(frozen=True)
class Continues:
    """An opening figure is last year's closing figure."""

    measure: str
    closing: str
    kind = "continues"

    def warning(self, figure: Figure, beside: Beside) -> str:
        """Return what is unlikely in words, with the numbers, or an empty text."""
        last = beside.last.get(self.closing)
        if last is None or figure == last:
            return ""
        words = {"figure": told(figure), "last": told(last)}
        return _("%(figure)s, but last year closed with %(last)s. Why do they differ?") % words

    def spec(self) -> dict[str, Any]:
        return {"kind": self.kind, "measure": self.measure, "closing": self.closing}


SoftRule = Jump | Outlier | Continues

# What differs by less is not worth a question, by kind of figure.
_FLOORS = {"count": 20, "quantity": 20, "money": 20_000, "mean": 500}


def watch(measure: str, kind: str) -> list[SoftRule]:
    """The soft rules of a headline figure."""
    return [Jump(measure, floor=_FLOORS[kind]), Outlier(measure)]


def _plain(figure: Figure) -> Figure:
    """A median of whole numbers may be a half; one decimal says enough."""
    rounded = round(Decimal(figure), 1)
    return int(rounded) if rounded == rounded.to_integral_value() else rounded
