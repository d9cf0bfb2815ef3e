"""The import of a full five-level list, against a plain COPY of the same rows, already shaped, into the same tables.

Both sides do all that PostgreSQL does: constraints, indexes, foreign keys. The import besides reads and checks the
files, finds parents, and derives paths and placements. The real lists are read from the folder in POVTRACK_LISTS;
without it lists of the same size and shape are made with a fixed seed.
"""

from __future__ import annotations

import csv
import datetime as dt
import gzip
import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from django.db import connection, transaction
from rich.console import Console

from povtrack.lib.progress import TerminalSteps, print_table
from villages.actions import import_areas
from villages.imports.job import Request
from villages.models import Area, AreaVersion, CurrentPlacement, Placement, RegistryImport

ROUNDS = 3
GOAL = 4.0  # times the plain COPY
SEED = 20230630
VINTAGE = dt.date(2023, 6, 30)
TABLES = [model._meta.db_table for model in (RegistryImport, Area, AreaVersion, Placement, CurrentPlacement)]
# The size of the list of 2023: provinces, prefectures, counties, townships, villages.
SIZES = (31, 342, 2978, 41352, 620573)
DIGITS = (2, 4, 6, 9, 12)
HEADERS = (
    ("code", "name"),
    ("code", "name", "provinceCode"),
    ("code", "name", "cityCode", "provinceCode"),
    ("code", "name", "areaCode", "provinceCode", "cityCode"),
    ("code", "name", "streetCode", "provinceCode", "cityCode", "areaCode"),
)
COLUMN_DIGITS = {"provinceCode": 2, "cityCode": 4, "areaCode": 6, "streetCode": 9}


def run(console: Console | None = None) -> None:
    """Measure all sides in alternating rounds, and print the medians and their ratios."""
    console = console or Console()
    if Area.objects.exists():
        raise SystemExit("This benchmark empties the registry; give it an empty database.")
    with tempfile.TemporaryDirectory() as folder:
        files = lists(Path(folder), console)
        shaped = Path(folder) / "shaped"
        shaped.mkdir()
        _import(files)
        _save_shaped(shaped)
        _make_bare_tables()
        sides: dict[str, Callable[[], None]] = {
            "import_areas --commit": lambda: _import(files),
            "COPY into the same tables": lambda: _copy(shaped, ""),
            "COPY into bare tables": lambda: _copy(shaped, "bare_"),
            "import_areas, dry run": lambda: _import(files, commit=False),
        }
        times = _measure(sides, console)
    _print(times, console)


def _measure(sides: dict[str, Callable[[], None]], console: Console) -> dict[str, list[float]]:
    times: dict[str, list[float]] = {name: [] for name in sides}
    with TerminalSteps(console) as steps, steps.step("Measuring", ROUNDS * len(sides)) as step:
        for number in range(ROUNDS):
            for place, (name, side) in enumerate(sides.items()):
                _empty()
                start = time.perf_counter()
                side()
                times[name].append(time.perf_counter() - start)
                step.to(number * len(sides) + place + 1)
    return times


def _print(times: dict[str, list[float]], console: Console) -> None:
    medians = {name: statistics.median(taken) for name, taken in times.items()}
    ours, same, bare = (times[name] for name in list(times)[:3])
    to_same = statistics.median(a / b for a, b in zip(ours, same, strict=True))
    to_bare = statistics.median(a / b for a, b in zip(ours, bare, strict=True))
    rows = [[name, f"{median:.1f}", f"{sum(SIZES) / median:,.0f}"] for name, median in medians.items()]
    print_table(console, "A full five-level list", ["side", "seconds (median)", "areas a second"], rows)
    verdict = "met" if to_same <= GOAL else "missed"
    console.print(f"import / COPY into the same tables: {to_same:.2f} (goal: at most {GOAL:.0f}; {verdict})")
    console.print(f"import / COPY into bare tables: {to_bare:.2f}")


def _import(files: list[Path], *, commit: bool = True) -> None:
    import_areas(request=Request(files, VINTAGE, VINTAGE), by=None, commit=commit)


def _empty() -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {', '.join(TABLES)} CASCADE")
        cursor.execute(f"TRUNCATE {', '.join(f'bare_{table}' for table in TABLES)}")
        cursor.execute("CHECKPOINT")


def _save_shaped(folder: Path) -> None:
    for table in TABLES:
        with connection.cursor() as cursor, (folder / table).open("w", encoding="utf-8") as file:
            cursor.copy_expert(f"COPY {table} TO STDOUT", file)


def _make_bare_tables() -> None:
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"CREATE TABLE bare_{table} (LIKE {table})")


def _copy(folder: Path, prefix: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        for table in TABLES:
            with (folder / table).open(encoding="utf-8") as file:
                cursor.copy_expert(f"COPY {prefix}{table} FROM STDIN", file)


def lists(folder: Path, console: Console) -> list[Path]:
    """Return the files of the real list, or of one made up."""
    if real := os.environ.get("POVTRACK_LISTS"):
        files = sorted(Path(real).glob("cn_divisions_2023_*.csv*"))
        if len(files) != len(SIZES):
            raise SystemExit(f"POVTRACK_LISTS: {len(files)} files cn_divisions_2023_* in {real}, not {len(SIZES)}.")
        return files
    console.print(f"POVTRACK_LISTS is not set: the lists are made up (seed {SEED}).")
    return _made_up(folder)


def _made_up(folder: Path) -> list[Path]:
    dice = random.Random(SEED)
    above, files = [""], []
    for size, digits, header in zip(SIZES, DIGITS, HEADERS, strict=True):
        step = digits - len(above[0])
        room = 10**step - 1
        # Every parent gets its fair share, the first ones one more: no code runs over.
        share, more = divmod(size, len(above))
        codes = [
            f"{parent}{number * room // (share + 2):0{step}d}"
            for place, parent in enumerate(above)
            for number in range(1, share + (place < more) + 1)
        ]
        path = folder / f"level_{digits}.csv.gz"
        with gzip.open(path, "wt", encoding="utf-8", newline="", compresslevel=6) as file:
            writer = csv.writer(file)
            writer.writerow(header)
            for code in codes:
                writer.writerow([code, _name(dice), *(code[: COLUMN_DIGITS[column]] for column in header[2:])])
        files.append(path)
        above = codes
    return files


def _name(dice: random.Random) -> str:
    signs = (chr(dice.randrange(0x4E00, 0x9F00)) for _sign in range(dice.choice((2, 2, 3, 4))))
    return "".join(signs) + dice.choice(("村委会", "村民委员会", "社区居委会"))
