"""The records that a township's total is made of, on any boundaries."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.core.paginator import Paginator
from django.db import connection
from django.urls import reverse

from povtrack.lib.figures import shown
from povtrack.lib.paths import is_under
from povtrack.rollups.boundaries import Boundaries
from programmes.measures import Measure
from programmes.models import Record
from villages.models import Area
from villages.names import latin_beside

PAGE = 600


@dataclass(frozen=True)
class Seat:
    """One area that counts in a township, with the part of its figures that does; `stood` at the end of the year."""

    area_id: int
    low: Decimal
    high: Decimal
    stood: bool


def records_page(
    model: type[Record], year: int, township: Area, on: Boundaries, number: Any, breakdown: str = ""
) -> dict[str, Any]:
    """Return one page of the places that count in a township, with what of their records counts. Three queries.

    In a programme with kinds a place has a line for each of its records, or for the one of the kind asked for.
    """
    page = Paginator(_seats(model, year, township, on), PAGE).get_page(number)
    seats: list[Seat] = list(page.object_list)
    ids = [seat.area_id for seat in seats]
    areas = Area.objects.in_bulk(ids)
    records: dict[int, list[Record | None]] = defaultdict(list)
    found = model.objects.filter(area__in=ids, year=year).order_by("breakdown")
    for record in found.filter(breakdown=breakdown) if breakdown else found:
        records[record.area_id].append(record)
    rows = [
        _row(model, year, township, areas[s.area_id], record, s)
        for s in seats
        for record in records.get(s.area_id, [None])
    ]
    return {"records": rows, "page_obj": page}


def _seats(model: type[Record], year: int, township: Area, on: Boundaries) -> list[Seat]:
    # The county leads to the index.
    county = f"""(
        SELECT t.county_id FROM villages_placement t WHERE t.area_id = %(township)s AND {on.stands("t", "%(year)s")}
    )"""
    placed = f"""
        SELECT p.area_id, p.low, p.high, p.stood FROM {on.placements} p
        WHERE p.township_id = %(township)s AND p.valid @> make_date(%(year)s, 12, 31) AND p.level = %(level)s
          AND p.county_id = {county}
          AND (p.stood OR EXISTS (
              SELECT FROM {model._meta.db_table} r WHERE r.area_id = p.area_id AND r.year = %(year)s
          ))
    """
    recorded = f"""
        SELECT p.area_id, 0, 1, true FROM villages_placement p
        WHERE p.county_id = {county} AND p.township_id = %(township)s AND p.level = %(level)s
          AND p.valid @> make_date(%(year)s, 12, 31)
        UNION ALL
        SELECT r.area_id, 0, 1, false FROM {model._meta.db_table} r
        JOIN villages_area a ON a.id = r.area_id AND a.ended_on <= make_date(r.year, 12, 31)
        WHERE r.year = %(year)s AND r.county_id = {county} AND r.township_id = %(township)s
    """
    sql = f"""
        WITH held (area_id, low, high, stood) AS ({recorded if on.is_recorded else placed})
        SELECT held.* FROM held JOIN villages_area a ON a.id = held.area_id ORDER BY a.code, a.id
    """
    values = {"year": year, "township": township.pk, "level": int(model.level)}
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [Seat(*row) for row in cursor.fetchall()]


def _row(
    model: type[Record], year: int, township: Area, area: Area, record: Record | None, seat: Seat
) -> dict[str, Any]:
    share = seat.high - seat.low
    kind = model.kind_of(record.breakdown) if record else None
    return {
        "kind": kind.label if kind else "",
        # Whoever reads the township may read what lies in it today; the others may have gone elsewhere.
        "url": f"{reverse('village-place', args=[area.pk])}?year={year}"
        if is_under(area.path, [township.path])
        else "",
        "name": area.name,
        "name_latin": latin_beside(area.name_latin),
        "state": record.state if record else "",
        "state_label": record.get_state_display() if record else "",
        "nil": bool(record and record.nil),
        "cells": [shown(_counted(m, record, seat)) for m in model.measures() if m.name in model.headline],
        "share": "" if share == 1 else shown(round(100 * share, 1)),
        "ended_on": None if seat.stood else area.ended_on,
    }


def _counted(measure: Measure, record: Record | None, seat: Seat) -> int | Decimal | None:
    """The part of a figure that counts, rounded as in the totals. A mean holds for each part."""
    figure: int | Decimal | None = getattr(record, measure.name, None)
    if figure is None or seat.high - seat.low == 1 or measure.kind in ("mean", "flag", "code"):
        return figure
    unit = Decimal(1).scaleb(-measure.places)
    return (figure * seat.high).quantize(unit, ROUND_HALF_UP) - (figure * seat.low).quantize(unit, ROUND_HALF_UP)
