"""What happened to the records of one village: who entered, submitted, approved or gave back what, and when.

Told from the records and the rows that the database keeps of what they were before.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import connection

from povtrack.lib.figures import shown
from programmes.models import Record, ReviewStep
from villages.models import Area

_STAMPS = ("entered", "submitted", "confirmed", "approved")


@dataclass(frozen=True)
class Changed:
    """A figure that an entry changed, as the page shows it."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Event:
    """One step of one record: `kind` is entered, or that of a review step. `is_first`: the record was new."""

    kind: str
    at: dt.datetime
    by: str
    model: type[Record]
    year: int
    breakdown: str
    is_first: bool = False
    nil: bool = False
    reason: str = ""
    changes: tuple[Changed, ...] = ()

    @property
    def kind_label(self) -> Any:
        found = self.model.kind_of(self.breakdown)
        return found.label if found else ""


def events_of(
    area: Area, models: Sequence[type[Record]], years: Sequence[int], *, start: int, size: int
) -> list[Event]:
    """Return `size` steps of the village's records from number `start` on, the latest first. One query."""
    if not models:
        return []
    kept = " UNION ALL ".join(_kept(model) for model in models)
    before = ", ".join(f"lag({name}_at) OVER w AS {name}_before" for name in _STAMPS)
    stamps = " UNION ALL ".join(_stamped(rank, name) for rank, name in enumerate(_STAMPS))
    sql = f"""
        WITH kept AS ({kept}),
        told AS (
            SELECT kept.*, {before}, lag(figures) OVER w AS figures_before, row_number() OVER w AS nth
            FROM kept WINDOW w AS (PARTITION BY programme, record ORDER BY version, seq)
        ),
        step AS (
            {stamps}
            UNION ALL
            SELECT s.kind, 9, s.at, s.by_id, s.programme, s.year, s.breakdown, false, false, NULL, NULL, s.reason
            FROM programmes_reviewstep s
            WHERE s.programme = ANY(%(programmes)s) AND s.year = ANY(%(years)s) AND s.area_id = %(area)s
              AND s.kind = ANY(%(given_back)s)
        )
        SELECT step.kind, step.at, step.programme, step.year, step.breakdown, step.is_first, step.nil, step.figures,
               step.figures_before, step.reason,
               coalesce(nullif(trim(concat_ws(' ', u.last_name, u.first_name)), ''), u.username, '') AS by
        FROM step LEFT JOIN accounts_user u ON u.id = step.by_id
        ORDER BY step.at DESC, step.rank DESC, step.programme, step.year DESC, step.breakdown
        LIMIT %(size)s OFFSET %(start)s
    """
    params: dict[str, Any] = {
        "area": area.pk,
        "programmes": [model.code for model in models],
        "years": list(years),
        "given_back": [str(ReviewStep.Kind.RETURNED), str(ReviewStep.Kind.REOPENED)],
        "size": size,
        "start": start,
    }
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        names = [column.name for column in cursor.description]
        by_code = {model.code: model for model in models}
        return [_event(by_code, dict(zip(names, row, strict=True))) for row in cursor.fetchall()]


def _kept(model: type[Record]) -> str:
    """The village's records of one programme as they are, and as each was before it was changed."""
    table = model._meta.db_table
    history = model._meta.apps.get_model("programmes", f"{model.__name__}Event")._meta.db_table
    figures = ", ".join(f"'{m.name}', r.\"{m.column}\"" for m in model.measures())
    columns = f"""
        r.year, r.breakdown, r.version, r.nil, jsonb_build_object({figures}) AS figures,
        {", ".join(f"r.{name}_at, r.{name}_by_id" for name in _STAMPS)}
    """
    return f"""
        SELECT '{model.code}'::text AS programme, r.id AS record, 9223372036854775807 AS seq, {columns}
        FROM {table} r WHERE r.area_id = %(area)s
        UNION ALL
        SELECT '{model.code}'::text, r.pgh_obj_id, r.pgh_id, {columns}
        FROM {history} r WHERE r.pgh_obj_id IN (SELECT id FROM {table} WHERE area_id = %(area)s)
    """


def _stamped(rank: int, name: str) -> str:
    """The steps that left a stamp of their own on the record. Only an entry tells figures."""
    told = "nil, figures, figures_before" if name == "entered" else "false AS nil, NULL, NULL"
    return f"""
        SELECT '{name}' AS kind, {rank} AS rank, {name}_at AS at, {name}_by_id AS by_id, programme, year, breakdown,
               nth = 1 AS is_first, {told}, '' AS reason
        FROM told WHERE {name}_at IS NOT NULL AND {name}_at IS DISTINCT FROM {name}_before
    """


def _event(by_code: dict[str, type[Record]], row: dict[str, Any]) -> Event:
    model, figures, before = by_code[row.pop("programme")], row.pop("figures"), row.pop("figures_before")
    changes = _changes(model, _read(before), _read(figures)) if row["kind"] == "entered" else ()
    return Event(model=model, changes=changes, **row)


def _read(text: str | None) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(text, parse_float=Decimal) if text else {}
    return found


def _changes(model: type[Record], before: dict[str, Any], after: dict[str, Any]) -> tuple[Changed, ...]:
    return tuple(
        Changed(str(m.verbose_name), shown(before.get(m.name)), shown(after.get(m.name)))
        for m in model.measures()
        if before.get(m.name) != after.get(m.name)
    )
