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


def family_of(
    model: type[Record], year: int, area: Area, on: Boundaries, breakdown: str = ""
) -> tuple[Any | None, list[Any]]:
    """The roll-up row of one area (township or up) and year, and the rows whose sum it is, by code.

    Of one kind where `breakdown` names it, else over all kinds.

    One statement, so that the parts add up to the whole even while totals are being recomputed. The row is None where
    nothing was ever expected.
    """
    rows = model.rollup.objects.filter(Q(area=area) | Q(parent=area), year=year, basis=on.basis, breakdown=breakdown)
    rows = rows.select_related("area")
    own = next((row for row in rows if row.area_id == area.pk), None)
    return own, sorted((row for row in rows if row is not own), key=lambda row: row.area.code)


def series_of(model: type[Record], area: Area, basis: str, breakdown: str = "") -> QuerySet[Any]:
    """The rows of one area over the years."""
    rows: QuerySet[Any] = model.rollup.objects.filter(area=area, basis=basis, breakdown=breakdown)
    return rows.order_by("year")


def nation_series(model: type[Record], area: Area, breakdown: str = "") -> list[Rollup]:
    """The rows of the nation over the years: the same on every basis, so none needs to be summed for it."""
    return list(series_of(model, area, Rollup.Basis.RECORDED, breakdown))


def kinds_of(model: type[Record], year: int, area: Area, on: Boundaries) -> list[Any]:
    """The rows of one area and year by kind, in the order of the kinds; empty where the programme has none."""
    order = {kind.code: at for at, kind in enumerate(model.kinds)}
    rows = model.rollup.objects.filter(area=area, year=year, basis=on.basis, breakdown__in=order)
    return sorted(rows, key=lambda row: order[row.breakdown])
