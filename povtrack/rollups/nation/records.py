"""Ten years of records of every programme, by COPY, year after year.

Figures that keep a programme's rules take time to invent, so some hundred places are invented for each programme, and
dealt to all.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from povtrack.accounts.models import User
from povtrack.lib.progress import SilentSteps, Steps
from povtrack.rollups.demo_figures import kinds_of, series_of
from povtrack.rollups.nation.places import YEARS, Village
from povtrack.rollups.white_paper.records import add_rounds
from programmes.actions import load_records
from programmes.models import Record
from programmes.registry import programmes
from villages.imports.indexes import set_aside
from villages.levels import Level

PATTERNS = 500
Pattern = dict[int, list[list[Any]]]  # by year: the end of a row for each kind


def load(villages: list[Village], wanted: int, *, seed: int, by: User, progress: Steps) -> int:
    """Load about as many records as are wanted, or one for each village and year of all programmes; return how many."""
    counties = sorted({village.county for village in villages})
    places = {Level.VILLAGE: [village.area for village in villages], Level.COUNTY: counties}
    patterns = {model: _patterns(model, seed) for model in programmes()}
    full = {model: len(places[Level(model.level)]) * _rows(patterns[model]) for model in patterns}
    share = min(1.0, wanted / max(1.0, sum(full.values())))
    written = 0
    with progress.step(_("Loading records"), wanted) as step:
        for model, made in patterns.items():
            years = sorted(made[0])
            add_rounds(model, years)
            chosen = _chosen(model, places[Level(model.level)], share, seed)
            tables = [] if model.objects.exists() else [model._meta.db_table]
            with connection.cursor() as cursor, set_aside(cursor, tables, SilentSteps()):
                for year in years:
                    written += load_records(model, rows=_rows_of(chosen, made, year), by=by)
                    step.to(min(written, wanted))
    return written


def _patterns(model: type[Record], seed: int) -> list[Pattern]:
    """The records of some places, whole ones: of each kind that it reports, in every year since the programme began."""
    made: list[Pattern] = []
    years = range(max(YEARS[0], model.first_year), YEARS[-1] + 1)
    for number in range(PATTERNS):
        dice, code = random.Random(f"{seed} {model.code} {number}"), f"{seed}-{number}"  # noqa: S311 invented, no secret
        pattern: Pattern = {year: [] for year in years}
        for kind in kinds_of(model, code):
            for year, figures in series_of(model, code, kind, years):
                state = "approved" if year < YEARS[-1] or dice.random() < 0.8 else "submitted"
                pattern[year].append([*([kind] if model.kinds else []), state, False, *figures])
        made.append(pattern)
    return made


def _rows(made: list[Pattern]) -> float:
    """How many records a place has, on the mean."""
    return sum(len(rows) for pattern in made for rows in pattern.values()) / len(made)


def _chosen(model: type[Record], places: list[int], share: float, seed: int) -> list[tuple[int, int]]:
    """The places that take part, each with the number of its pattern."""
    dice = random.Random(f"{seed} {model.code}")  # noqa: S311 invented, no secret
    chosen = sorted(dice.sample(range(len(places)), round(len(places) * share)))
    return [(places[at], dice.randrange(PATTERNS)) for at in chosen]


def _rows_of(chosen: list[tuple[int, int]], made: list[Pattern], year: int) -> Iterator[list[Any]]:
    for area, number in chosen:
        for row in made[number][year]:
            yield [area, year, *row]
