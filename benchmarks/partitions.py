"""Whether it pays to partition a programme's records by year: Dew, five years of 148,000 villages, both ways in turns.

The partitioned table is what Django could live with: keys (id, year), the same unique constraint, indexes, foreign keys
and triggers. The two take turns under the one name that povtrack knows, so the same code works on both.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from typing import Any

from django.db import connection
from rich.console import Console

from benchmarks.nation import make_clerk, make_places, make_records, make_rounds
from benchmarks.save import YEAR, Batch
from benchmarks.timing import milliseconds, ratio, side_by_side
from povtrack.lib.progress import print_table
from povtrack.rollups.recompute import drain, rebuild
from povtrack.rollups.slices import rebuild_slice
from programmes.catalogue.dew import DewRecord
from villages.levels import Level
from villages.models import Area

TABLE = DewRecord._meta.db_table
YEARS = 5
FIRST = 2004
PLAIN, PARTITIONED = f"{TABLE}_plain", f"{TABLE}_partitioned"


def make_partitioned() -> None:
    """Copy the table into one that is partitioned, with all that hangs on it."""
    with connection.cursor() as cursor:
        cursor.execute(f"""
            CREATE TABLE {PARTITIONED} (
                LIKE {TABLE} INCLUDING DEFAULTS INCLUDING CONSTRAINTS INCLUDING GENERATED INCLUDING STORAGE,
                PRIMARY KEY (id, year)
            ) PARTITION BY LIST (year)
        """)
        cursor.execute(f"CREATE SEQUENCE partitioned_id START {10**9} OWNED BY {PARTITIONED}.id")
        cursor.execute(f"ALTER TABLE {PARTITIONED} ALTER id SET DEFAULT nextval('partitioned_id')")
        for year in range(FIRST, FIRST + YEARS):
            cursor.execute(f"CREATE TABLE {PARTITIONED}_{year} PARTITION OF {PARTITIONED} FOR VALUES IN ({year})")
        cursor.execute(f"INSERT INTO {PARTITIONED} SELECT * FROM {TABLE}")
        for statement in _hangs_on(cursor):
            cursor.execute(statement)
        cursor.execute("DELETE FROM programmes_dirtycell")


def _hangs_on(cursor: Any) -> list[str]:
    """The indexes, foreign keys and triggers of the table, for the other."""
    cursor.execute(
        "SELECT indexdef FROM pg_indexes WHERE tablename = %s AND indexname NOT LIKE '%%_pkey'"
        " UNION ALL SELECT 'ALTER TABLE ' || conrelid::regclass || ' ADD ' || pg_get_constraintdef(oid)"
        " FROM pg_constraint WHERE conrelid = %s::regclass AND contype = 'f'"
        " UNION ALL SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE tgrelid = %s::regclass AND NOT tgisinternal",
        [TABLE, TABLE, TABLE],
    )
    statements = []
    for number, (text,) in enumerate(cursor.fetchall()):
        moved = re.sub(rf"\b{TABLE}\b", PARTITIONED, text)
        statements.append(re.sub(r"(INDEX) \S+ ON", rf"\1 partitioned_{number} ON", moved))
    return statements


def let_work(table: str) -> None:
    """Give one of the two the name that povtrack knows."""
    now, other = (PLAIN, PARTITIONED) if table == PLAIN else (PARTITIONED, PLAIN)
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass(%s) IS NULL", [now])
        if not cursor.fetchone()[0]:
            cursor.execute(f"ALTER TABLE {TABLE} RENAME TO {other}; ALTER TABLE {now} RENAME TO {TABLE}")


def read_years(villages: list[int]) -> None:
    """Read some villages' years, as their pages do."""
    for area in villages:
        list(DewRecord.objects.filter(area=area).order_by("year").values())


def count_in(ids: list[int]) -> None:
    """Change records by their ids alone, as Django does, and count them in."""
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {TABLE} SET spent = spent + 1 WHERE id = ANY(%s)", [ids])
    drain()


def run(console: Console) -> None:
    make_places()
    clerk = make_clerk()
    make_records(148_000 * YEARS, clerk, FIRST)
    make_rounds()
    # A grid is saved that is not approved yet.
    DewRecord.objects.filter(year=YEAR).update(
        state="draft", submitted_at=None, submitted_by=None, approved_at=None, approved_by=None
    )
    rebuild_slice(DewRecord, YEAR)
    make_partitioned()
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {TABLE} RENAME TO {PLAIN}; ALTER TABLE {PARTITIONED} RENAME TO {TABLE}")
        cursor.execute(f"VACUUM ANALYZE {PLAIN}, {TABLE}, programmes_dewrollup")
    villages = list(Area.objects.filter(level=Level.VILLAGE).order_by("pk").values_list("pk", flat=True)[:300])
    ids = list(DewRecord.objects.filter(year=YEAR).values_list("pk", flat=True))
    ids = random.Random(1).sample(ids, 100)
    batch = Batch(villages, clerk)
    works: dict[str, tuple[int, Callable[[], object]]] = {
        "one programme and year rebuilt": (5, lambda: rebuild_slice(DewRecord, YEAR)),
        "1 edit counted in": (15, lambda: count_in(ids[:1])),
        "100 edits counted in": (9, lambda: count_in(ids)),
        "a grid of 300 rows saved": (9, batch.save),
        "the years of 300 villages read": (9, lambda: read_years(villages)),
        "all five years rebuilt": (3, rebuild),
    }
    rows = []
    for name, (rounds, work) in works.items():
        plain, partitioned = _both(work, rounds, batch.change if work == batch.save else None)
        rows.append([name, milliseconds(plain), milliseconds(partitioned), ratio(partitioned, plain)])
        console.log(*rows[-1])
    print_table(console, "Records of 5 years x 148,000 villages", ["work", "plain ms", "by year ms", "x"], rows)


def _both(work: Callable[[], object], rounds: int, before: Callable[[], object] | None) -> tuple[float, float]:
    """The median seconds of a work on each table, in turns."""
    times: dict[str, list[float]] = {PLAIN: [], PARTITIONED: []}
    for _round in range(rounds):
        for table, taken in times.items():
            let_work(table)
            if before:
                before()
            taken.extend(side_by_side({table: work}, rounds=1).values())
    plain, partitioned = (sorted(taken)[len(taken) // 2] for taken in times.values())
    return plain, partitioned
