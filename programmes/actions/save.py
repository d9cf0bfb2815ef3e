"""Saving rows of a grid: read what stands, judge every row, write all good ones in one statement."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from povtrack.accounts.models import User
from povtrack.accounts.roles import Ability
from povtrack.lib.figures import BadFigure
from povtrack.lib.jobs import recompute_after_commit
from povtrack.lib.paths import is_under
from povtrack.lib.years import year_end
from programmes.actions.scope import MAX_ROWS, Refused, paths_of, require_open_round
from programmes.models import Record, State
from villages import derive


@dataclass(frozen=True)
class IncomingRow:
    """One row as a person sends it.

    `version` is the version they saw (0: no record). `values` holds the typed text by measure name; a measure that is
    not in it stays as it is.
    """

    area: int
    version: int
    nil: bool
    values: Mapping[str, str]


@dataclass(frozen=True)
class RowError:
    """What is wrong with one figure: measure name ("" for the whole row), the text that was sent, and the reason."""

    field: str
    value: str
    message: str


@dataclass
class RowResult:
    """What became of one row.

    `status` is saved, unchanged, refused (see `errors`), conflict (someone else wrote it: their `figures`, `by` and
    `at` are given) or locked (approved). For all but refused, `version`, `state`, `nil` and `figures` are what now
    stands.
    """

    area: int
    status: str
    version: int = 0
    state: str = ""
    nil: bool = False
    figures: dict[str, Any] = field(default_factory=dict)
    errors: list[RowError] = field(default_factory=list)
    by: str = ""
    at: Any = None


@dataclass(frozen=True)
class _Standing:
    """What the database holds for one area and year: where it stands, and its record if there is one."""

    path: str
    level: int
    name: str
    version: int
    state: str
    nil: bool
    figures: dict[str, Any]
    by: str
    at: Any

    def result(self, area: int, status: str) -> RowResult:
        return RowResult(area, status, self.version, self.state, self.nil, self.figures, by=self.by, at=self.at)


def save_rows(model: type[Record], *, year: int, rows: Sequence[IncomingRow], by: User) -> list[RowResult]:
    """Write the rows that are good, and say of every row what became of it, in the order given.

    Only changed rows are written; a written row becomes a draft. Raises Refused when nothing can be written at all:
    no open round, or more than MAX_ROWS rows.
    """
    if len(rows) > MAX_ROWS:
        raise Refused(
            _("%(count)s rows were sent at once; at most %(limit)s can be saved together. Nothing was saved.")
            % {"count": len(rows), "limit": MAX_ROWS}
        )
    require_open_round(model, year)
    with transaction.atomic():
        derive.hold_placements()
        standing = _read(model, year, [row.area for row in rows])
        paths = paths_of(by, Ability.ENTER)
        results: dict[int, RowResult] = {}
        good: dict[int, dict[str, Any]] = {}
        for row in rows:
            judged = _judge(model, row, standing.get(row.area), paths, seen=row.area in results)
            if isinstance(judged, RowResult):
                # The first of two rows for one place stands refused with the second.
                results[row.area] = judged
                if judged.status == "refused":
                    good.pop(row.area, None)
            else:
                good[row.area] = judged
                results[row.area] = RowResult(row.area, "saved")
        if good:
            _write_good(model, year, good, results, by)
            recompute_after_commit()
    return [results[row.area] for row in rows]


def _judge(
    model: type[Record], row: IncomingRow, now: _Standing | None, paths: tuple[str, ...], *, seen: bool
) -> RowResult | dict[str, Any]:
    """Return the figures to write, or the result of a row that is not to be written."""
    if now is None or not is_under(now.path, paths):
        # The same words for a place elsewhere and for none at all: nobody learns what lies outside their areas.
        return _refuse(row, _("Place %(id)s is not one of yours in this year.") % {"id": row.area})
    if now.level != model.level:
        return _refuse(row, _("%(name)s is not a %(level)s.") % {"name": now.name, "level": model.level.word})
    if seen:
        return _refuse(row, _("%(name)s was sent twice.") % {"name": now.name})
    if now.state == State.APPROVED:
        return now.result(row.area, "locked")
    figures, errors = _parse(model, row, now)
    if errors:
        return RowResult(row.area, "refused", errors=errors)
    if figures == now.figures and row.nil == now.nil:
        return now.result(row.area, "unchanged")
    if row.version != now.version:
        return now.result(row.area, "conflict")
    return {"area": row.area, "seen": row.version, "nil": row.nil, **figures}


def _refuse(row: IncomingRow, message: str) -> RowResult:
    return RowResult(row.area, "refused", errors=[RowError("", "", message)])


def _parse(model: type[Record], row: IncomingRow, now: _Standing) -> tuple[dict[str, Any], list[RowError]]:
    figures = dict(now.figures) if not row.nil else dict.fromkeys(now.figures)
    errors = []
    unknown = [name for name in row.values if name not in figures]
    if unknown:
        errors.append(RowError("", unknown[0], _("There is no figure “%(name)s”.") % {"name": unknown[0]}))
    for measure in model.measures():
        text = row.values.get(measure.name)
        if row.nil or text is None:
            continue
        try:
            figures[measure.name] = measure.parse(text)
        except BadFigure as bad:
            errors.append(RowError(measure.name, text, str(bad)))
    if not errors:
        errors = [
            RowError(rule.fields[0], row.values.get(rule.fields[0], ""), message)
            for rule in model.hard_rules
            if (message := rule.broken(figures))
        ]
    return figures, errors


def _read(model: type[Record], year: int, areas: Iterable[int]) -> dict[int, _Standing]:
    names = [measure.name for measure in model.measures()]
    columns = ", ".join(f'r."{measure.column}"' for measure in model.measures())
    sql = f"""
        SELECT a.id, a.path, a.level, a.name, coalesce(r.version, 0), coalesce(r.state, ''), coalesce(r.nil, false),
               coalesce(nullif(trim(concat_ws(' ', u.last_name, u.first_name)), ''), u.username, ''), r.entered_at,
               {columns}
        FROM villages_area a
        JOIN villages_placement p ON p.area_id = a.id AND p.valid @> %s::date
        LEFT JOIN {model._meta.db_table} r ON r.area_id = a.id AND r.year = %s
        LEFT JOIN accounts_user u ON u.id = r.entered_by_id
        WHERE a.id = ANY(%s)
    """
    with connection.cursor() as cursor:
        cursor.execute(sql, [year_end(year), year, list(areas)])
        return {
            area: _Standing(path, level, name, version, state, nil, dict(zip(names, figures, strict=True)), by, at)
            for area, path, level, name, version, state, nil, by, at, *figures in cursor.fetchall()
        }


def _write_good(
    model: type[Record], year: int, good: dict[int, dict[str, Any]], results: dict[int, RowResult], by: User
) -> None:
    """Write the judged rows; one that someone else wrote in between turns into a conflict."""
    written = _upsert(model, year, list(good.values()), by)
    lost = [area for area in good if area not in written]
    standing = _read(model, year, lost) if lost else {}
    for area, row in good.items():
        if area in written:
            figures = {measure.name: row[measure.name] for measure in model.measures()}
            results[area] = RowResult(area, "saved", written[area], State.DRAFT, row["nil"], figures)
        else:
            now = standing[area]
            results[area] = now.result(area, "locked" if now.state == State.APPROVED else "conflict")


def _upsert(model: type[Record], year: int, rows: list[dict[str, Any]], by: User) -> dict[int, int]:
    """Insert or update all rows in one statement; return the new version by area of those that were written.

    A row is written only over the version its author saw. The batch travels as one JSON text: psycopg2 would spell out
    arrays as constants, which are slow to parse.
    """
    measures = model.measures()
    names = ", ".join(f'"{m.column}"' for m in measures)
    typed = ", ".join(f'"{m.name}" {m.sql_type}' for m in measures)
    incoming = ", ".join(f'i."{m.name}"' for m in measures)
    assign = ", ".join(f'"{m.column}" = excluded."{m.column}"' for m in measures)
    sql = f"""
        INSERT INTO {model._meta.db_table} AS r
            (area_id, year, county_id, township_id, state, nil, note, version, entered_at, entered_by_id, {names})
        SELECT i.area, %(year)s, p.county_id, p.township_id, 'draft', i.nil, '', i.seen + 1, %(now)s, %(by)s, {incoming}
        FROM jsonb_to_recordset(%(rows)s::jsonb) AS i(area bigint, seen integer, nil boolean, {typed})
        JOIN villages_placement p ON p.area_id = i.area AND p.valid @> %(year_end)s::date
        ORDER BY i.area
        ON CONFLICT (area_id, year) DO UPDATE SET
            state = 'draft', nil = excluded.nil, version = excluded.version, entered_at = excluded.entered_at,
            entered_by_id = excluded.entered_by_id, submitted_at = NULL, submitted_by_id = NULL, {assign}
        WHERE r.version = excluded.version - 1 AND r.state <> 'approved'
        RETURNING area_id, version
    """
    params: dict[str, Any] = {
        "rows": json.dumps(rows, default=_plain),
        "year": year,
        "year_end": year_end(year),
        "now": timezone.now(),
        "by": by.pk,
    }
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return dict(cursor.fetchall())


def _plain(value: Any) -> str:
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError(f"{value!r} does not belong in a row")
