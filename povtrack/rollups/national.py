"""The nation's totals, summed from the records alone: no place, level or boundary comes into it."""

from __future__ import annotations

from typing import Any

from django.db import connection

from povtrack.rollups.boundaries import RECORDED
from povtrack.rollups.verify import Difference
from programmes.models import Record
from programmes.models.rollup import STAGES
from villages.levels import Level

COUNTS = ("drafted", "reported", "approved", "nil")


def national_differences(model: type[Record], year: int) -> tuple[int, list[Difference]]:
    """Compare the nation's rows of a year with its records; return how many rows were compared, and what differs."""
    names = _names(model)
    with connection.cursor() as cursor:
        cursor.execute(_from_records(model, names), {"year": year})
        summed = {breakdown: row for breakdown, *row in cursor.fetchall()}
    columns = [*COUNTS, *names]
    rows = model.rollup.objects.filter(level=Level.NATION, year=year, basis=RECORDED.basis)
    kept = {row[1]: row for row in rows.values_list("area_id", "breakdown", *columns)}
    nation = next((row[0] for row in kept.values()), 0)
    differences = [
        Difference(model.code, year, nation, column, ours, theirs, RECORDED.basis, breakdown)
        for breakdown in kept.keys() | summed.keys()
        for column, ours, theirs in zip(
            columns, _or_blank(kept.get(breakdown, [])[2:], names), _or_blank(summed.get(breakdown), names), strict=True
        )
        # Over all kinds a place counts once, which the records alone do not tell.
        if ours != theirs and not (model.kinds and not breakdown and column in COUNTS)
    ]
    return len(kept), differences


def _or_blank(row: Any, names: list[str]) -> list[Any]:
    """A row, or what stands for none: nobody counted, no figure given."""
    return list(row) if row else [0] * len(COUNTS) + [None] * len(names)


def _names(model: type[Record]) -> list[str]:
    return [f"{term.name}{stage}" for stage in STAGES for measure in model.measures() for term in measure.terms()]


def _from_records(model: type[Record], names: list[str]) -> str:
    """Select (breakdown, counts, totals), and with kinds a row over all of them."""
    terms = [term for measure in model.measures() for term in measure.terms()]
    submitted, approved = STAGES[""], STAGES["_approved"]
    staged = ", ".join(
        f'sum(r."{term.name}") FILTER (WHERE {condition}) AS "{term.name}{stage}"'
        for stage, condition in STAGES.items()
        for term in terms
    )
    over_kinds = ", ".join(
        f'sum("{term.name}{stage}")' if term.over_kinds else "NULL::numeric" for stage in STAGES for term in terms
    )
    listed = ", ".join(f'"{name}"' for name in names)
    all_kinds = f"UNION ALL SELECT '', 0, 0, 0, 0, {over_kinds} FROM by_kind HAVING count(*) > 0" if model.kinds else ""
    return f"""
        WITH by_state AS (
            SELECT r.breakdown, r.state, count(*) AS records, count(*) FILTER (WHERE r.nil) AS nils,
                   {", ".join(f'{term.aggregate} AS "{term.name}"' for term in terms)}
            FROM {model._meta.db_table} r WHERE r.year = %(year)s GROUP BY r.breakdown, r.state
        ),
        by_kind AS (
            SELECT r.breakdown, coalesce(sum(r.records) FILTER (WHERE NOT {submitted}), 0) AS drafted,
                   coalesce(sum(r.records) FILTER (WHERE {submitted}), 0) AS reported,
                   coalesce(sum(r.records) FILTER (WHERE {approved}), 0) AS approved,
                   coalesce(sum(r.nils) FILTER (WHERE {submitted}), 0) AS nil, {staged}
            FROM by_state r GROUP BY r.breakdown
        )
        SELECT breakdown, drafted, reported, approved, nil, {listed} FROM by_kind {all_kinds}
    """
