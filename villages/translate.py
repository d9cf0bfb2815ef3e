"""What codes stood for: on a day, and who carries on what they stood for on the boundaries of another year.

All rows of a list are answered together, by joins over temporary tables that end with the transaction, so that 100,000
codes cost seconds. What a reader may not see is answered as if it did not exist; a place outside their areas is named
where one of theirs leads to it or comes from it.
"""

from __future__ import annotations

import csv
import datetime as dt
import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.utils.translation import gettext as _

from povtrack.accounts.models import User
from povtrack.accounts.roles import Ability
from povtrack.lib.progress import SilentSteps, Steps
from povtrack.lib.years import year_end
from villages.codelists import CodeList
from villages.levels import Level
from villages.models import Area
from villages.sql import statement

COLUMNS = [
    "line", "code_from", "name_from", "level_from", "code_to", "name_to", "level_to", "share", "estimated", "note",
    "problem",
]  # fmt: skip
LOOKUP_COLUMNS = [
    "line", "code", "area", "level", "name", "name_latin", "valid_from", "valid_until", "parent_code", "parent_name",
    "code_latest", "name_latest", "ended_on", "problem", "carried",
]  # fmt: skip

_FETCH = 5000


@dataclass(frozen=True)
class Answer:
    """The answer to a list: the names of its columns, those of the cells passed on, and its rows, read once.

    A row is its values by column, and the cells passed on. `problem` is "" where a code was answered. The rows can be
    read only within the block that gave them.
    """

    columns: list[str]
    extras: list[str]
    rows: Iterator[tuple[dict[str, Any], list[str]]]


def scope_of(user: User) -> list[str] | None:
    """Return the paths that `user` may read below; None is the whole registry."""
    known = user.known_paths(Ability.READ)
    if known is not None:
        return None if any(path.count(".") == 1 for path in known) else [path for path in known if path]
    areas = Area.objects.filter(pk__in=user.area_ids(Ability.READ)).values_list("path", "level")
    if any(level == Level.NATION for _path, level in areas):
        return None
    return [path for path, _level in areas if path]


@contextmanager
def translation(
    codes: CodeList, *, year_from: int, year_to: int, paths: list[str] | None, steps: Steps | None = None
) -> Iterator[Answer]:
    """Translate codes of one year into those of another, earlier or later.

    Each row of the list gives one row for every place that the old one leads to, with the part of the old place that
    went there (into an earlier year: the part of the place given that came from there). A code that no place carried
    at the end of `year_from` gives one row that says so. Raises FileError or TooMany.
    """
    steps = steps or SilentSteps()
    day, until = year_end(year_from), year_end(year_to)
    with transaction.atomic(), connection.cursor() as cursor:
        _match(cursor, codes, day, steps)
        with steps.step(_("Following the changes between the years")):
            cursor.execute(statement("translate_heirs"), {"day": day, "until": until})
            _keep_to(cursor, day, paths)
        words = _Words(year_from, year_to, whole=paths is None)
        yield Answer(COLUMNS, codes.extras, map(words.row, _rows("translate_rows", {"until": until})))


@contextmanager
def lookup(codes: CodeList, *, on: dt.date, paths: list[str] | None, steps: Steps | None = None) -> Iterator[Answer]:
    """Tell what each code stood for on the day `on`, in one row each.

    A code that no place carried then tells under `carried` which places carry it at other times. Raises FileError or
    TooMany.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        _match(cursor, codes, on, steps or SilentSteps())
        _keep_to(cursor, on, paths)
        whole = _("No place carried this code on %(day)s.")
        missing = (whole if paths is None else _("No place among yours carried this code on %(day)s.")) % {"day": on}
        rows = _rows("translate_lookup_rows", {"day": on})
        yield Answer(LOOKUP_COLUMNS, codes.extras, (_looked_up(row, missing) for row in rows))


def _match(cursor: CursorWrapper, codes: CodeList, day: dt.date, steps: Steps) -> None:
    cursor.execute("SET LOCAL work_mem = '64MB'; SET LOCAL jit = off; SET LOCAL cursor_tuple_fraction = 1")
    cursor.execute(statement("translate_stage"))
    with steps.step(_("Reading the list")):
        _stage(cursor, codes)
    with steps.step(_("Looking up the codes")):
        cursor.execute(statement("translate_match"), {"day": day})


def _stage(cursor: CursorWrapper, codes: CodeList) -> None:
    """COPY the list into `translate_row`, by way of a file, so that a fault in it is told as what it is."""
    with tempfile.TemporaryFile("w+", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        for number, row in enumerate(codes.rows()):
            cells = json.dumps([row.given, *row.rest])
            writer.writerow([number, row.line, row.code.replace("\0", ""), row.flaw, cells])
        file.seek(0)
        cursor.copy_expert("COPY translate_row FROM STDIN (FORMAT csv, FORCE_NOT_NULL (code, flaw))", file)


def _keep_to(cursor: CursorWrapper, day: dt.date, paths: list[str] | None) -> None:
    """Forget what is not the reader's, then find when the codes left over were carried."""
    patterns = None if paths is None else [f"{path}%" for path in paths]
    if patterns is not None:
        cursor.execute(statement("translate_scope"), {"paths": patterns})
    cursor.execute(statement("translate_carried"), {"day": day, "paths": patterns})


def _rows(name: str, values: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the rows of a statement by column, a block at a time."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(statement(name), values)
        block = cursor.fetchmany(_FETCH)
        names = [column.name for column in cursor.description]
        while block:
            for row in block:
                yield dict(zip(names, row, strict=True))
            block = cursor.fetchmany(_FETCH)


class _Words:
    """Writes the rows of a translation, and says in words what became of each place."""

    def __init__(self, year_from: int, year_to: int, *, whole: bool) -> None:
        years = {"year_from": year_from, "year_to": year_to}
        self._back = year_to < year_from
        # Looked up once: with 100,000 rows that would take longer than all else.
        missing = _("No place carried this code at the end of %(year_from)s.")
        mine = _("No place among yours carried this code at the end of %(year_from)s.")
        self._missing = (missing if whole else mine) % years
        self._nowhere = _("Where it belongs at the end of %(year_to)s is not known.") % years
        self._up = _("It did not stand then and has no heir; this is the place it was part of.")
        self._followed, self._took = _("This place followed it."), _("This place took over part of it.")
        self._made, self._made_partly = _("It was made of this place."), _("It was made of this place, in part.")
        self._smaller = _("The same place, without what it gave away or had from others.")
        self._same = {
            (False, False): "",
            (True, False): _("The same place, recoded."),
            (False, True): _("The same place, renamed."),
            (True, True): _("The same place, recoded and renamed."),
        }

    def row(self, found: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
        given, *rest = json.loads(found["cells"])
        share: Decimal | None = None if found["share"] is None else found["share"].normalize()
        values = {
            "line": found["line"],
            "code_from": given,
            "name_from": found["name_from"],
            "level_from": found["level_from"],
            "code_to": found["code_to"],
            "name_to": found["name_to"],
            "level_to": found["level_to"],
            "share": share,
            "estimated": None if share is None else share < 1,
            "note": self._note(found) if share is not None else "",
            "problem": found["flaw"] or self._problem(found),
        }
        return values, rest

    def _note(self, found: dict[str, Any]) -> str:
        whole = found["share"] == 1
        if found["same"]:
            recoded = found["own_code_from"] != found["own_code_to"]
            return self._same[recoded, found["name_from"] != found["name_to"]] if whole else self._smaller
        if found["level_to"] < found["level_from"]:
            return self._up
        if self._back:
            return self._made if whole else self._made_partly
        return self._followed if whole else self._took

    def _problem(self, found: dict[str, Any]) -> str:
        if not found["stood"]:
            return " ".join([self._missing, *map(_carried_words, _carried(found)[:1])])
        return "" if found["share"] is not None else self._nowhere


def _looked_up(found: dict[str, Any], missing: str) -> tuple[dict[str, Any], list[str]]:
    given, *rest = json.loads(found["cells"])
    carried = _carried(found)
    problem = found["flaw"]
    if not problem and found["area_id"] is None:
        problem = " ".join([missing, *map(_carried_words, carried[:1])])
    values = {name: found[name] for name in LOOKUP_COLUMNS if name in found}
    values |= {"code": given, "area": found["area_id"], "problem": problem, "carried": carried}
    return {name: values[name] for name in LOOKUP_COLUMNS}, rest


def _carried(found: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the forms that carry a code at other times, the nearest first."""
    forms: list[dict[str, Any]] = json.loads(found["carried"]) if found["carried"] else []
    return forms


def _carried_words(form: dict[str, Any]) -> str:
    """Say when a place carries the code otherwise; the last day is told, not the first day after."""
    words = {"name": form["name"], "since": form["valid_from"]}
    if form["valid_until"] is None:
        return _("%(name)s carries it since %(since)s.") % words
    last = dt.date.fromisoformat(form["valid_until"]) - dt.timedelta(days=1)
    return _("%(name)s carried it from %(since)s to %(last)s.") % {**words, "last": last}
