"""The registry at full size: placements after a merge of counties, the typeahead, and translating codes.

Each against a limit taken in the same run: a full rebuild, one look-up by an index, and one hand-written join. The
lists are those of `import_areas`: the real ones from the folder in POVTRACK_LISTS, or made up.
"""

from __future__ import annotations

import datetime as dt
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.test import Client, override_settings
from django.urls import reverse
from rich.console import Console

from benchmarks.import_areas import VINTAGE, lists
from benchmarks.timing import milliseconds, side_by_side
from povtrack.accounts.models import Jurisdiction, User
from povtrack.lib.progress import print_table
from villages import derive
from villages.actions import apply_change, draft_change, import_areas
from villages.changes import drafts
from villages.changes.parts import Part
from villages.codelists import CodeRow
from villages.imports.job import Request
from villages.levels import Level
from villages.models import Area, BoundaryChange
from villages.translate import translation

SINCE, DAY = dt.date(2001, 1, 1), dt.date(2012, 7, 1)
MERGES, ROUNDS = 40, 5
QUERIES, GOAL_MS = 2000, 50
LOOK_UP = "one look-up by code (limit)"
CODES = 100_000


def run(console: Console) -> None:
    with tempfile.TemporaryDirectory() as folder:
        import_areas(request=Request(lists(Path(folder), console), VINTAGE, SINCE), by=None, commit=True)
    dice = random.Random(7)
    _placements(console, dice)
    _typeahead(console, dice)
    _translate(console, dice)


def _neighbours(dice: random.Random) -> Iterator[tuple[Area, Area]]:
    """Pairs of counties of the same prefecture that nothing has happened to yet."""
    counties = list(Area.objects.filter(level=Level.COUNTY, kind="ordinary", ended_on=None).order_by("code"))
    pairs = [(a, b) for a, b in zip(counties[::2], counties[1::2], strict=False) if a.parent_id == b.parent_id]
    dice.shuffle(pairs)
    yield from pairs


def _merge(pair: tuple[Area, Area]) -> BoundaryChange:
    made = drafts.merge([pair[1]], into=Part(pair[0]), day=DAY)
    return draft_change(kind="merge", effective=DAY, parts=made.parts, follows=made.follows, by=None)


def _placements(console: Console, dice: random.Random) -> None:
    pairs = _neighbours(dice)
    for _round in range(MERGES):
        apply_change(change=_merge(next(pairs)), by=None)
    waiting = [_merge(next(pairs)) for _round in range(ROUNDS)]
    touched = iter([list(change.areas.values_list("area", flat=True)) for change in waiting])
    seconds = side_by_side(
        {
            "the whole change: checks, forms, successions, all that is derived": lambda: apply_change(
                change=waiting.pop(), by=None
            ),
            "what is derived after it, alone": lambda: derive.rebuild_areas(next(touched)),
            "full rebuild (limit)": derive.rebuild,
        },
        ROUNDS,
    )
    full = seconds["full rebuild (limit)"]
    rows = [[name, milliseconds(taken), f"1/{full / taken:,.0f}"] for name, taken in seconds.items()]
    print_table(console, "After a merge of two counties", ["", "ms (median)", "of a full rebuild"], rows)


def _words(dice: random.Random) -> list[str]:
    """What people type: the first one to four signs of names, insides of names, and beginnings of codes."""
    names = list(Area.objects.order_by("?").values_list("name", "code")[:QUERIES])
    words = []
    for name, code in names:
        length = dice.randint(1, 4)
        inside = dice.randint(0, max(0, len(name) - 2))
        words.append(dice.choice([name[:length], name, name[inside : inside + 2], code, code[: 2 + 2 * length]]))
    return words


def _typeahead(console: Console, dice: random.Random) -> None:
    """Each word is asked for by all in turn, so that a busy machine slows the limit as much as all else."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    nation = Area.objects.get(level=Level.NATION)
    province = Area.objects.filter(level=Level.PROVINCE, ended_on=None).order_by("code")[10]
    county = Area.objects.filter(level=Level.COUNTY, ended_on=None).order_by("code")[100]
    ways: dict[str, Callable[[str], object]] = {
        "reader of the nation": _asking("nation", nation),
        "reader of a province": _asking("province", province),
        "reader of a county": _asking("county", county),
        LOOK_UP: lambda word: list(Area.objects.filter(code=word).values_list("pk")),
    }
    taken: dict[str, list[float]] = {name: [] for name in ways}
    with override_settings(ALLOWED_HOSTS=["testserver"]):
        for word in _words(dice):
            for name, way in ways.items():
                taken[name].append(_timed(lambda w=word, way=way: way(w)))
    limit = statistics.median(taken[LOOK_UP])
    rows = [[name, *_percentiles(seconds), *_ratios(seconds, limit)] for name, seconds in taken.items()]
    heads = ["", "p50", "p95", "p99", "slowest", "p50 / limit", "p95 / limit"]
    print_table(console, f"Typeahead at {Area.objects.count():,} places, ms, the whole request", heads, rows)
    slowest = max(float(row[2]) for row in rows[:-1])
    console.print(f"p95: {slowest:.1f} ms (goal: at most {GOAL_MS}; {'met' if slowest <= GOAL_MS else 'missed'})")


def _asking(name: str, area: Area) -> Callable[[str], object]:
    """What a reader of one area does while typing: a request through the whole stack."""
    user = User.objects.create_user(f"{name}-reader")
    Jurisdiction.objects.create(user=user, role="analyst", area=area)
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")

    def ask(word: str) -> None:
        answer = client.get(reverse("places-find"), {"q": word}, secure=True)
        assert answer.status_code == 200

    return ask


def _ratios(seconds: list[float], limit: float) -> list[str]:
    cuts = statistics.quantiles(seconds, n=100)
    return [f"{cuts[49] / limit:.0f}", f"{cuts[94] / limit:.0f}"]


def _timed(work: Any) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _percentiles(seconds: list[float]) -> list[str]:
    cuts = statistics.quantiles(seconds, n=100)
    return [f"{1000 * taken:.1f}" for taken in (cuts[49], cuts[94], cuts[98], max(seconds))]


class _Codes:
    extras: list[str] = []

    def __init__(self, codes: list[str]) -> None:
        self._codes = codes

    def rows(self) -> Iterator[CodeRow]:
        return (CodeRow(line, code, code) for line, code in enumerate(self._codes, start=1))


def _translate(console: Console, dice: random.Random) -> None:
    codes = list(Area.objects.filter(level__gte=Level.COUNTY).values_list("code", flat=True))
    dice.shuffle(codes)
    asked = codes[:CODES]
    seconds = side_by_side(
        {
            "translate 100,000 codes, 2005 to 2020": lambda: _translated(asked),
            "hand-written join of the same codes, successions left out (limit)": lambda: _joined(asked),
        },
        3,
    )
    limit = list(seconds.values())[1]
    rows = [[name, f"{taken:.2f}", f"{CODES / taken:,.0f}", f"{taken / limit:.1f}"] for name, taken in seconds.items()]
    print_table(console, "Translating codes", ["", "seconds (median)", "codes a second", "of the limit"], rows)


def _translated(codes: list[str]) -> None:
    with translation(_Codes(codes), year_from=2005, year_to=2020, paths=None) as answer:
        assert sum(1 for _row in answer.rows) >= len(codes)


def _joined(codes: list[str]) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT asked.code, old.name, new.code, new.name, area.level
            FROM unnest(%s) AS asked (code)
            LEFT JOIN villages_areaversion AS old ON old.code = asked.code AND old.valid @> date '2005-12-31'
            LEFT JOIN villages_area AS area ON area.id = old.area_id
            LEFT JOIN villages_areaversion AS new ON new.area_id = old.area_id AND new.valid @> date '2020-12-31'
            """,
            [codes],
        )
        assert len(cursor.fetchall()) >= len(codes)
