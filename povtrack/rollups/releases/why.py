"""Why a total changed between two moments: the records whose history moved, and boundary changes applied between."""

from __future__ import annotations

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.db.models import Q

from povtrack.accounts.models import User
from povtrack.accounts.roles import Ability
from povtrack.rollups.boundaries import Boundaries, kept
from povtrack.rollups.on_request import cells_of_areas
from programmes.actions.scope import paths_of
from programmes.as_known import known_rows
from programmes.measures import Measure
from programmes.models import Record, ReviewStep
from villages.levels import Level
from villages.models import Area, BoundaryChange

Span = tuple[dt.datetime, dt.datetime]


@dataclass(frozen=True)
class Cell:
    """The total that is to be explained. An empty breakdown is all kinds."""

    model: type[Record]
    year: int
    basis: str
    area: Area
    breakdown: str = ""

    @property
    def on(self) -> Boundaries:
        return kept(self.basis)


@dataclass
class MovedRecord:
    """One record that is not what it was: who wrote it last, what differs, and the steps of review between.

    `before` and `after` hold state, nil and measures by name; None where there was no record, or is none.
    """

    area: Area
    breakdown: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    by: str
    at: dt.datetime | None
    steps: list[ReviewStep] = field(default_factory=list)

    def differing(self, measures: Sequence[Measure]) -> list[tuple[Measure, Any, Any]]:
        """The measures that are not what they were, from what to what."""
        before, after = self.before or {}, self.after or {}
        pairs = [(m, read(m, before.get(m.name)), read(m, after.get(m.name))) for m in measures]
        return [pair for pair in pairs if pair[1] != pair[2]]


def read(measure: Measure, value: Any) -> Any:
    """A figure as the database wrote it, exact."""
    return None if value is None else measure.to_python(value)  # type: ignore[attr-defined]


def moved_records(
    cell: Cell, span: Span, *, start: int = 0, size: int = 50, measure: Measure | None = None
) -> list[MovedRecord]:
    """The records that count in a total, and are not what they were, in the order of their codes. Four queries.

    With a measure, those of which it, or the state, is not what it was, the latest first.
    """
    model = cell.model
    where, values = _in_area(cell)
    facts = ", ".join(["state", "nil", *(f'"{m.column}"' for m in ([measure] if measure else model.measures()))])
    order = "coalesce(b.entered_at, a.entered_at) DESC," if measure else ""
    sql = f"""
        SELECT coalesce(b.area_id, a.area_id), coalesce(b.breakdown, a.breakdown), to_jsonb(a)::text, to_jsonb(b)::text
        FROM (SELECT * FROM ({known_rows(model, "since")}) AS k WHERE {where}) AS a
        FULL JOIN (SELECT * FROM ({known_rows(model, "until")}) AS k WHERE {where}) AS b
            ON b.area_id = a.area_id AND b.breakdown = a.breakdown
        JOIN villages_area place ON place.id = coalesce(b.area_id, a.area_id)
        WHERE ({_listed("a", facts)}) IS DISTINCT FROM ({_listed("b", facts)})
        ORDER BY {order} place.code COLLATE "C", place.id, 2
        LIMIT %(size)s OFFSET %(start)s
    """
    bound = {
        **values,
        "since": span[0],
        "until": span[1],
        "years": [cell.year],
        "areas": None,
        "size": size,
        "start": start,
    }
    with connection.cursor() as cursor:
        cursor.execute(sql, bound)
        rows = [(area, kind, _row(a), _row(b)) for area, kind, a, b in cursor.fetchall()]
    return _told(cell, span, rows)


def _listed(side: str, facts: str) -> str:
    return ", ".join(f"{side}.{name}" for name in facts.split(", "))


def _row(text: str | None) -> dict[str, Any] | None:
    row: dict[str, Any] | None = json.loads(text, parse_float=str) if text else None
    return row


def _in_area(cell: Cell) -> tuple[str, dict[str, Any]]:
    """The condition under which a record `k` counts in the area, and what it binds."""
    with connection.cursor() as cursor:
        cells = cells_of_areas(cursor, cell.on, [cell.year], [cell.area.pk])
    counties = [county for _year, county in cells]
    values: dict[str, Any] = {
        "counties": counties if cell.on.is_recorded else None,
        "placed": counties,
        "place": cell.area.pk,
    }
    kind = ""
    if cell.breakdown:
        kind, values["breakdown"] = " AND k.breakdown = %(breakdown)s", cell.breakdown
    is_township = cell.area.level == Level.TOWNSHIP
    if cell.on.is_recorded:
        return ("k.township_id = %(place)s" if is_township else "true") + kind, values
    seat = f"""EXISTS (
        SELECT FROM {cell.on.placements} p
        WHERE p.area_id = k.area_id AND p.valid @> make_date(k.year, 12, 31) AND p.county_id = ANY(%(placed)s)
        {"AND p.township_id = %(place)s" if is_township else ""}
    )"""
    return seat + kind, values


def _told(cell: Cell, span: Span, rows: list[Any]) -> list[MovedRecord]:
    ids = {area for area, *_rest in rows}
    areas = Area.objects.in_bulk(ids)
    last = [after or before or {} for _area, _kind, before, after in rows]
    people = {user.pk: user.label for user in User.objects.filter(pk__in={row["entered_by_id"] for row in last})}
    steps: dict[tuple[int, str], list[ReviewStep]] = defaultdict(list)
    taken = ReviewStep.objects.filter(
        programme=cell.model.code, year=cell.year, area__in=ids, at__gt=span[0], at__lte=span[1]
    )
    for step in taken.select_related("by").order_by("at", "pk"):
        steps[step.area_id, step.breakdown].append(step)  # type: ignore[attr-defined]
    return [
        MovedRecord(
            areas[area], kind, before, after, people.get(row["entered_by_id"], "–"),
            dt.datetime.fromisoformat(row["entered_at"]), steps[area, kind],
        )
        for (area, kind, before, after), row in zip(rows, last, strict=True)
    ]  # fmt: skip


def boundary_changes(area: Area, span: Span, user: User, most: int = 50) -> list[BoundaryChange]:
    """The boundary changes that were applied, or taken back, between, and touch an area or what lies in it.

    Only as far as a person may read there; the latest first, at most `most`.
    """
    between = Q(applied_at__gt=span[0], applied_at__lte=span[1]) | Q(reverted_at__gt=span[0], reverted_at__lte=span[1])
    changes = BoundaryChange.objects.filter(between).within([area.path])
    return list(changes.within(list(paths_of(user, Ability.READ))).order_by("-applied_at", "-pk")[:most])
