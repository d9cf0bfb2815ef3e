"""Reading roll-ups: a row, its parts, its series, and how fresh they are, on the boundaries asked for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet

from povtrack.lib.basis import Basis
from povtrack.rollups.boundaries import Boundaries, kept
from povtrack.rollups.history import known
from povtrack.rollups.on_request import Request, summed
from povtrack.rollups.verified import UNVERIFIED, Verified
from programmes.models import Record, Rollup
from villages.models import Area


@dataclass(frozen=True)
class Freshness:
    """How many edits below a total wait to be counted in, and when it was computed and its programme verified."""

    pending: int
    computed_at: dt.datetime | None
    verified: Verified = UNVERIFIED

    def told(self, basis: str, as_of: dt.datetime | None = None) -> dict[str, Any]:
        """What the API says of it, by the names of `povtrack.lib.rest.fresh`."""
        return {
            "basis": basis,
            "as_of": as_of,
            "computed_at": self.computed_at,
            "pending_changes": self.pending,
            "verified_at": self.verified.at,
        }


@contextmanager
def boundaries_of(
    model: type[Record],
    basis: Basis,
    *,
    years: Collection[int],
    areas: Collection[int] | None,
    as_of: dt.datetime | None = None,
) -> Iterator[Boundaries]:
    """Let roll-ups be read on a basis while the block runs: all that is kept, or else what is summed for this.

    `years` and `areas` (ids, None is all) bound what is summed. With `as_of` the records, too, are those that were
    known at that moment.
    """
    if as_of is not None:
        with known(Request(model, basis.year, years, areas, basis.name), as_of) as on:
            yield on
    elif basis.year is None:
        yield kept(basis.name)
    else:
        with summed(Request(model, basis.year, years, areas)) as on:
            yield on


class Family(NamedTuple):
    """The roll-up row of one area and year (None where nothing was ever expected), and the rows whose sum it is.

    `parts` are the areas below, by code; `kinds` the area's own rows by kind, in the order of the programme's kinds.
    """

    own: Any | None
    parts: list[Any]
    kinds: list[Any]


def family_of(model: type[Record], year: int, area: Area, on: Boundaries, breakdown: str = "") -> Family:
    """The totals of one area (township or up) and year: of one kind where `breakdown` names it, else over all kinds.

    One statement, so that the parts add up to the whole even while totals are being recomputed.
    """
    wanted = Q(area=area) | Q(parent=area, breakdown=breakdown)
    rows = list(model.rollup.objects.filter(wanted, year=year, basis=on.basis).select_related("area"))
    of_area = {row.breakdown: row for row in rows if row.area_id == area.pk}
    parts = sorted((row for row in rows if row.area_id != area.pk), key=lambda row: row.area.code)
    kinds = [of_area[kind.code] for kind in model.kinds if kind.code in of_area]
    return Family(of_area.get(breakdown), parts, kinds)


def series_of(model: type[Record], area: Area, basis: str, breakdown: str = "") -> QuerySet[Any]:
    """The rows of one area over the years."""
    rows: QuerySet[Any] = model.rollup.objects.filter(area=area, basis=basis, breakdown=breakdown)
    return rows.order_by("year")


def nation_series(model: type[Record], area: Area, breakdown: str = "") -> list[Rollup]:
    """The rows of the nation over the years: the same on every basis, so none needs to be summed for it."""
    return list(series_of(model, area, Rollup.Basis.RECORDED, breakdown))
