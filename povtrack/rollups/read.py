"""Reading roll-ups: a row, its parts, its series, and how fresh they are, on the boundaries asked for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from povtrack.lib.basis import Basis
from povtrack.rollups.boundaries import KEPT, Boundaries
from povtrack.rollups.on_request import Request, summed
from programmes.models import Record, Rollup
from villages.models import Area


@dataclass(frozen=True)
class Freshness:
    """How many edits below a total wait to be counted in, and when it was computed."""

    pending: int
    computed_at: dt.datetime | None


@contextmanager
def boundaries_of(
    model: type[Record], basis: Basis, *, years: Collection[int], areas: Collection[int] | None
) -> Iterator[Boundaries]:
    """Let roll-ups be read on a basis while the block runs: all that is kept, or else what is summed for this.

    `years` and `areas` (ids, None is all) bound what is summed.
    """
    if basis.year is None:
        yield next(on for on in KEPT if on.basis == basis.name)
        return
    with summed(Request(model, basis.year, years, areas)) as on:
        yield on


def family_of(model: type[Record], year: int, area: Area, on: Boundaries) -> tuple[Any | None, list[Any]]:
    """The roll-up row of one area (township or up) and year, and the rows whose sum it is, by code.

    One statement, so that the parts add up to the whole even while totals are being recomputed. The row is None where
    nothing was ever expected.
    """
    rows = model.rollup.objects.filter(Q(area=area) | Q(parent=area), year=year, basis=on.basis).select_related("area")
    own = next((row for row in rows if row.area_id == area.pk), None)
    return own, sorted((row for row in rows if row is not own), key=lambda row: row.area.code)


def series_of(model: type[Record], area: Area, basis: str) -> QuerySet[Any]:
    """The rows of one area over the years."""
    rows: QuerySet[Any] = model.rollup.objects.filter(area=area, basis=basis)
    return rows.order_by("year")


def nation_series(model: type[Record], area: Area) -> list[Rollup]:
    """The rows of the nation over the years: the same on every basis, so none needs to be summed for it."""
    return list(series_of(model, area, Rollup.Basis.RECORDED))
