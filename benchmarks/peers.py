"""Other ways to the totals of Dew records that `benchmarks.rollups` writes by hand, by what people use.

Each is given its best form: a level comes from the level below where the tool can do that.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
from django.db import connection
from django.db.models import Count, F, Q, Sum
from django.utils import timezone

from benchmarks.rollups import AMOUNTS, COUNTS, MEANS, hand_tuned, hand_tuned_query
from programmes.catalogue.dew import DewRecord
from villages.levels import Level
from villages.models import Area, Placement

# Tables as DuckDB gets them, with the days that a placement holds as two columns.
_EXPORTS = {
    "programmes_dewrecord": "SELECT * FROM programmes_dewrecord",
    "programmes_round": "SELECT programme, year FROM programmes_round",
    "villages_area": "SELECT id, parent_id, level FROM villages_area",
    "villages_placement": "SELECT area_id, level, township_id, county_id FROM villages_placement",
    "villages_currentplacement": """
        SELECT area_id, level, township_id, county_id, stood, lower(valid) AS since,
               coalesce(upper(valid), '9999-12-31') AS until
        FROM villages_currentplacement
    """,
}
_HELD = "p.valid @> make_date(r.year, 12, 31)"
_HELD_THERE = "make_date(r.year, 12, 31) >= p.since AND make_date(r.year, 12, 31) < p.until"


class Duck:
    """DuckDB with the same rows in its memory, so that its summing alone is measured, on two threads."""

    def __init__(self) -> None:
        self._database = duckdb.connect(config={"threads": 2})
        with tempfile.TemporaryDirectory() as folder, connection.cursor() as cursor:
            path = Path(folder) / "rows.csv"
            for name, query in _EXPORTS.items():
                with path.open("wb") as file:
                    cursor.copy_expert(f"COPY ({query}) TO STDOUT (FORMAT csv, HEADER)", file)
                self._database.execute(f"CREATE TABLE {name} AS FROM read_csv(?)", [str(path)])

    def __call__(self) -> None:
        self._database.execute("DROP TABLE IF EXISTS hand")
        for statement in hand_tuned(indexes=False):
            self._database.execute(statement.replace(_HELD, _HELD_THERE).replace("clock_timestamp()", "now()"))

    def rows(self) -> int:
        [[rows]] = self._database.execute("SELECT count(*) FROM hand").fetchall()
        return int(rows)


class View:
    """A materialised view of all levels on both bases, which has what it needs to be refreshed beside its readers."""

    def __init__(self) -> None:
        with connection.cursor() as cursor:
            # Without the instant, in which every row would differ from the one before.
            query = hand_tuned_query().replace("clock_timestamp()", "'epoch'::timestamptz")
            cursor.execute(f"CREATE MATERIALIZED VIEW peer_view AS {query}")
            cursor.execute("CREATE UNIQUE INDEX ON peer_view (area_id, year, basis, breakdown)")
            cursor.execute("CREATE INDEX ON peer_view (parent_id, year, basis)")

    def refresh(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("REFRESH MATERIALIZED VIEW peer_view")

    def refresh_beside_readers(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("REFRESH MATERIALIZED VIEW CONCURRENTLY peer_view")


_SUBMITTED, _APPROVED = Q(state__in=["submitted", "confirmed", "approved"]), Q(state="approved")
_LEVELS = {
    Level.TOWNSHIP: "township",
    Level.COUNTY: "county",
    Level.PREFECTURE: "county__parent",
    Level.PROVINCE: "county__parent__parent",
    Level.NATION: "county__parent__parent__parent",
}


def _sums() -> dict[str, Sum | Count]:
    """The annotations by the names of the columns of totals, with a letter before, which no field of records has."""
    sums: dict[str, Sum | Count] = {
        "t_drafted": Count("pk", filter=~_SUBMITTED),
        "t_reported": Count("pk", filter=_SUBMITTED),
        "t_approved": Count("pk", filter=_APPROVED),
        "t_nil": Count("pk", filter=_SUBMITTED & Q(nil=True)),
    }
    for suffix, stage in (("", _SUBMITTED), ("_approved", _APPROVED)):
        for name in COUNTS + AMOUNTS:
            sums[f"t_{name}{suffix}"] = Sum(name, filter=stage)
            sums[f"t_{name}_filled{suffix}"] = Count(name, filter=stage)
        for name in MEANS:
            sums[f"t_{name}_product{suffix}"] = Sum(F(name) * F("placed"), filter=stage)
            sums[f"t_{name}_weight{suffix}"] = Sum("placed", filter=stage & Q(**{f"{name}__isnull": False}))
            sums[f"t_{name}_filled{suffix}"] = Count(name, filter=stage)
    return sums


class Orm:
    """`values().annotate()` for each level, and `bulk_create`: half of the work, since only where records were made."""

    def __init__(self) -> None:
        table = DewRecord.rollup._meta.db_table
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE TABLE peer_orm (LIKE {table} INCLUDING ALL)")

    def __call__(self) -> None:
        table, meta = DewRecord.rollup._meta.db_table, DewRecord.rollup._meta
        with connection.cursor() as cursor:
            cursor.execute("TRUNCATE peer_orm")
        meta.db_table = "peer_orm"
        try:
            DewRecord.rollup.objects.bulk_create(self._rows(), batch_size=2_000)
        finally:
            meta.db_table = table

    @staticmethod
    def _rows() -> Iterator[Any]:
        now = timezone.now()
        parents = dict(Area.objects.filter(level__lt=Level.VILLAGE).values_list("pk", "parent"))
        for level, path in _LEVELS.items():
            expected = Counter(Placement.objects.filter(level=Level.VILLAGE).values_list(path, flat=True))
            for row in DewRecord.objects.values("year", place=F(path)).annotate(**_sums()):
                yield DewRecord.rollup(
                    area_id=row["place"],
                    parent_id=parents[row["place"]],
                    level=level,
                    year=row["year"],
                    basis="recorded",
                    computed_at=now,
                    expected=expected[row["place"]],
                    **{name.removeprefix("t_"): value for name, value in row.items() if name.startswith("t_")},
                )


class Loop:
    """A query for each county and year: half of one level, from some counties, and the time told for all of them."""

    SAMPLE = 5

    def __init__(self) -> None:
        self.counties = list(Area.objects.filter(level=Level.COUNTY).order_by("code").values_list("pk", flat=True))
        self.years = list(DewRecord.objects.order_by().values_list("year", flat=True).distinct())

    @property
    def share(self) -> float:
        """How much of all it does."""
        return self.SAMPLE / len(self.counties)

    def __call__(self) -> None:
        for county in self.counties[:: len(self.counties) // self.SAMPLE][: self.SAMPLE]:
            for year in self.years:
                DewRecord.objects.filter(county=county, year=year).aggregate(**_sums())
