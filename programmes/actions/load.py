"""Loading records in bulk: COPY into a staging table, then one statement that places every row."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.utils import timezone

from povtrack.accounts.models import User
from povtrack.lib.jobs import recompute_after_commit
from programmes.models import Record
from villages import derive

MANY = 10_000


def load_records(model: type[Record], *, rows: Iterable[Sequence[Any]], by: User) -> int:
    """Load rows of (area id, year, state, nil, then every measure in order; None is blank) and return how many.

    Where the programme has kinds, the code of the kind comes after the year.

    For generated and migrated data: rounds may be closed, so that years gone by can be filled. Constraints and triggers
    hold as everywhere. Rows of a year without a round, or of a place that did not exist in their year, raise
    ValueError, and nothing is loaded.
    """
    kind = {"breakdown": "text"} if model.kinds else {}
    keys = {"area": "bigint", "year": "smallint", **kind, "state": "text", "nil": "boolean"}
    typed = {**keys, **{measure.name: measure.sql_type for measure in model.measures()}}
    staged = ", ".join(f'"{name}" {sql_type}' for name, sql_type in typed.items())
    buffer = io.StringIO("".join(_line(row) for row in rows))
    with transaction.atomic(), connection.cursor() as cursor:
        derive.hold_placements()
        cursor.execute(f"CREATE TEMP TABLE loading ({staged}) ON COMMIT DROP")
        cursor.copy_expert("COPY loading FROM STDIN", buffer)
        count = cursor.rowcount
        cursor.execute("ANALYZE loading")
        _require_rounds(model, cursor)
        cursor.execute(_place(model), {"now": timezone.now(), "by": by.pk})
        if cursor.rowcount != count:
            raise ValueError(f"{count - cursor.rowcount} rows name a place that did not exist in their year")
        cursor.execute("DROP TABLE loading")
        if count > MANY:  # or whoever sums them still believes that there are few of these years
            cursor.execute(f"ANALYZE {model._meta.db_table}")
        recompute_after_commit()
    return int(count)


def _require_rounds(model: type[Record], cursor: CursorWrapper) -> None:
    cursor.execute(
        """
        SELECT DISTINCT l.year FROM loading l
        WHERE NOT EXISTS (SELECT FROM programmes_round r WHERE r.programme = %s AND r.year = l.year) ORDER BY l.year
        """,
        [model.code],
    )
    if missing := [str(year) for (year,) in cursor.fetchall()]:
        raise ValueError(f"{model.code} has no round for {', '.join(missing)}")


def _line(row: Sequence[Any]) -> str:
    return "\t".join(r"\N" if value is None else str(value) for value in row) + "\n"


def _place(model: type[Record]) -> str:
    names = ", ".join(f'"{measure.column}"' for measure in model.measures())
    staged = ", ".join(f'l."{measure.name}"' for measure in model.measures())
    breakdown = "l.breakdown" if model.kinds else "''"
    return f"""
        INSERT INTO {model._meta.db_table}
            (area_id, year, breakdown, county_id, township_id, state, nil, note, version, entered_at, entered_by_id,
             submitted_at, submitted_by_id, approved_at, approved_by_id, {names})
        SELECT l.area, l.year, {breakdown}, p.county_id, p.township_id, l.state, l.nil, '', 1, %(now)s, %(by)s,
               CASE WHEN l.state IN ('submitted', 'approved') THEN %(now)s END,
               CASE WHEN l.state IN ('submitted', 'approved') THEN %(by)s END,
               CASE WHEN l.state = 'approved' THEN %(now)s END,
               CASE WHEN l.state = 'approved' THEN %(by)s END, {staged}
        FROM loading l
        JOIN villages_placement p ON p.area_id = l.area AND p.valid @> make_date(l.year, 12, 31)
    """
