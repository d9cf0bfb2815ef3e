"""Saving rows of a grid or a sheet: read what stands, judge every row, write all good ones in one statement."""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from povtrack.accounts.models import User
from povtrack.lib.jobs import recompute_after_commit
from povtrack.lib.years import year_end
from programmes.actions.judge import Judge, read_standing, written_before
from programmes.actions.remarks import keep_reasons
from programmes.actions.rows import IncomingRow, Place, RowResult
from programmes.actions.scope import MAX_ROWS, Refused, Window, require_open_round
from programmes.models import LOCKED, Record, State
from villages import derive

Good = dict[Place, dict[str, Any]]
Results = dict[Place, RowResult]


class NotTogether(Refused):
    """Some of the rows that were to be written together can't be, so none was; `results` say what became of each."""

    def __init__(self, results: list[RowResult]) -> None:
        super().__init__(_("Some rows can't be saved, so none was."))
        self.results = results


def save_rows(
    model: type[Record], *, year: int, rows: Sequence[IncomingRow], by: User, together: bool = False
) -> list[RowResult]:
    """Write the rows that are good, and say of every row what became of it, in the order given.

    Only changed rows are written; a written row becomes a draft. Raises Refused when nothing can be written at all:
    no open round, or more than MAX_ROWS rows. With `together` all are written or none: raises NotTogether.
    """
    if len(rows) > MAX_ROWS:
        raise Refused(
            _("%(count)s rows were sent at once; at most %(limit)s can be saved together. Nothing was saved.")
            % {"count": len(rows), "limit": MAX_ROWS}
        )
    window = require_open_round(model, year)
    with transaction.atomic():
        derive.hold_placements()
        results, good = _judged(model, window, rows, by)
        if good:
            _write_good(model, year, good, results, by)
            recompute_after_commit()
        told = [results[row.place] for row in rows]
        if together and not all(result.stands for result in told):
            raise NotTogether(told)
        keep_reasons(model, year, rows, results, by)
    return told


def judge_rows(model: type[Record], *, year: int, rows: Sequence[IncomingRow], by: User) -> list[RowResult]:
    """Say of every row what `save_rows` would do with it, and write nothing.

    A row that would be saved has that status and the figures that would stand; its version is the one that stands now.
    Raises Refused as `save_rows` does, whatever the number of rows.
    """
    results, good = _judged(model, require_open_round(model, year), rows, by)
    for place, row in good.items():
        figures = {measure.name: row[measure.name] for measure in model.measures()}
        area, breakdown = place
        results[place] = RowResult(area, "saved", row["seen"], State.DRAFT, row["nil"], figures, breakdown=breakdown)
    return [results[row.place] for row in rows]


def _judged(model: type[Record], window: Window, rows: Sequence[IncomingRow], by: User) -> tuple[Results, Good]:
    """Judge every row: what became of it, and the figures of those that are to be written."""
    judge = Judge.of(model, window, rows, by)
    results: Results = {}
    good: Good = {}
    for row in rows:
        judged = judge.judge(row, seen=row.place in results)
        if isinstance(judged, RowResult):
            # The first of two rows for one place stands refused with the second.
            results[row.place] = judged
            if judged.status == "refused":
                good.pop(row.place, None)
        else:
            good[row.place] = judged
            results[row.place] = RowResult(row.area, "saved", breakdown=row.breakdown)
    _settle_sent_twice(model, rows, results)
    return results, good


def _settle_sent_twice(model: type[Record], rows: Sequence[IncomingRow], results: Results) -> None:
    """A row that was written before, and written over since, is no conflict: its author's figures had arrived."""
    keys = {row.key: row.place for row in rows if row.key and results[row.place].status == "conflict"}
    for key in written_before(model, keys) if keys else ():
        results[keys[key]].status = "unchanged"


def _write_good(model: type[Record], year: int, good: Good, results: Results, by: User) -> None:
    """Write the judged rows; one that someone else wrote in between turns into a conflict."""
    # The batch travels as one JSON text: psycopg2 would spell out arrays as constants, which are slow to parse.
    columns = f"area bigint, breakdown text, seen integer, nil boolean, key uuid, {typed_measures(model)}"
    source = f"jsonb_to_recordset(%(rows)s::jsonb) AS i({columns})"
    written = upsert(model, year, source, {"rows": json.dumps(list(good.values()), default=_plain)}, by)
    lost = [place for place in good if place not in written]
    standing = read_standing(model, year, lost) if lost else {}
    for place, row in good.items():
        if place in written:
            figures = {measure.name: row[measure.name] for measure in model.measures()}
            area, breakdown = place
            results[place] = RowResult(
                area, "saved", written[place], State.DRAFT, row["nil"], figures, breakdown=breakdown
            )
        else:
            now = standing[place]
            results[place] = now.result(place, "locked" if now.state in LOCKED else "conflict")


def typed_measures(model: type[Record]) -> str:
    """The measures of a programme as columns of a record in SQL: their names and types."""
    return ", ".join(f'"{m.name}" {m.sql_type}' for m in model.measures())


def upsert(model: type[Record], year: int, source: str, params: dict[str, Any], by: User) -> dict[Place, int]:
    """Insert or update rows in one statement; return the new version by place of those that were written.

    `source` is what stands behind FROM: rows `i` of area, breakdown, seen, nil, key and the measures. A row is written
    only over the version its author saw.
    """
    measures = model.measures()
    names = ", ".join(f'"{m.column}"' for m in measures)
    incoming = ", ".join(f'i."{m.name}"' for m in measures)
    assign = ", ".join(f'"{m.column}" = excluded."{m.column}"' for m in measures)
    sql = f"""
        INSERT INTO {model._meta.db_table} AS r
            (area_id, year, breakdown, county_id, township_id, state, nil, note, version, sent_key, entered_at,
             entered_by_id, {names})
        SELECT i.area, %(year)s, i.breakdown, p.county_id, p.township_id, 'draft', i.nil, '', i.seen + 1, i.key,
               %(now)s, %(by)s, {incoming}
        FROM {source}
        JOIN villages_placement p ON p.area_id = i.area AND p.valid @> %(year_end)s::date
        ORDER BY i.area, i.breakdown
        ON CONFLICT (area_id, year, breakdown) DO UPDATE SET
            state = 'draft', nil = excluded.nil, version = excluded.version, sent_key = excluded.sent_key,
            entered_at = excluded.entered_at, entered_by_id = excluded.entered_by_id, submitted_at = NULL,
            submitted_by_id = NULL, confirmed_at = NULL, confirmed_by_id = NULL, {assign}
        WHERE r.version = excluded.version - 1 AND r.state NOT IN ('confirmed', 'approved')
        RETURNING area_id, breakdown, version
    """
    fixed: dict[str, Any] = {"year": year, "year_end": year_end(year), "now": timezone.now(), "by": by.pk}
    with connection.cursor() as cursor:
        cursor.execute(sql, {**params, **fixed})
        return {(area, breakdown): version for area, breakdown, version in cursor.fetchall()}


def _plain(value: Any) -> str:
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError(f"{value!r} does not belong in a row")
