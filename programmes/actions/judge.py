"""Judging rows: what stands in the database, what a row would make of it, and whether it may."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from povtrack.accounts.models import User
from povtrack.accounts.roles import Ability
from povtrack.lib.figures import BadFigure
from povtrack.lib.paths import is_under
from povtrack.lib.years import year_end
from programmes.actions.rows import IncomingRow, Place, RowError, RowResult, Said, refuse
from programmes.actions.scope import Window, closed_words, paths_of
from programmes.deadlines import Deadline, deadlines_of
from programmes.models import LOCKED, Record
from villages.levels import Level
from villages.models import AreaVersion


class Standing(NamedTuple):
    """What the database holds for one place and year: where it stands, and its record if there is one."""

    path: str
    level: int
    county: int  # where it stood at the end of the year; 0 for what is above counties
    name: str
    version: int
    state: str
    nil: bool
    key: UUID | None
    by: str
    at: Any
    figures: dict[str, Any]

    def result(self, place: Place, status: str) -> RowResult:
        area, breakdown = place
        return RowResult(
            area, status, self.version, self.state, self.nil, self.figures, by=self.by, at=self.at, breakdown=breakdown
        )


@dataclass(frozen=True)
class Judge:
    """Judges the rows of one programme and year that one person sends."""

    model: type[Record]
    year: int
    window: Window
    paths: tuple[str, ...]  # of the areas where they may enter
    codes: frozenset[str]  # those of the places that the rows name which stood at the end of the year
    standing: dict[Place, Standing]
    deadlines: dict[Place, Deadline]

    @classmethod
    def of(cls, model: type[Record], window: Window, rows: Sequence[Said], by: User) -> Judge:
        """Read what judging these rows needs. Four queries at most, however many rows."""
        year = window.round.year
        paths = paths_of(by, Ability.ENTER)
        places = [row.place for row in rows]
        codes, standing = _places_named(model, year, rows), read_standing(model, year, places)
        deadlines = deadlines_of(model, year, {area for area, _breakdown in places})
        return cls(model, year, window, paths, codes, standing, deadlines)

    def judge(self, row: IncomingRow, *, seen: bool) -> RowResult | dict[str, Any]:
        """Return the figures to write, or the result of a row that is not to be written.

        `seen` says that another row for the same place came before.
        """
        now = self.standing.get(row.place)
        if now is None or not is_under(now.path, self.paths):
            # The same words for a place elsewhere and for none at all: nobody learns what lies outside their areas.
            return refuse(row, _("Place %(id)s is not one of yours in this year.") % {"id": row.area})
        problem = self._out_of_place(row, now, seen=seen)
        if problem:
            return refuse(row, problem)
        if row.key and row.key == now.key:
            return now.result(row.place, "saved")
        if now.state in LOCKED:
            return now.result(row.place, "locked")
        figures, errors = self._figures(row, now)
        if not errors and figures == now.figures and row.nil == now.nil:
            return now.result(row.place, "unchanged")
        deadline = self.deadlines.get(row.place)
        if deadline and deadline.is_late:
            kind = self.model.kind_of(row.breakdown)
            return refuse(row, f"{now.name}{f', {kind.label}' if kind else ''}: {deadline.words()}")
        if errors:
            return RowResult(row.area, "refused", errors=errors, breakdown=row.breakdown)
        if row.version != now.version:
            return now.result(row.place, "conflict")
        key = str(row.key) if row.key else None
        return {
            "area": row.area,
            "breakdown": row.breakdown,
            "seen": row.version,
            "nil": row.nil,
            "key": key,
            **figures,
        }

    def _out_of_place(self, row: IncomingRow, now: Standing, *, seen: bool) -> str:
        """Say why no record of this row can be written at all, or return an empty text."""
        model = self.model
        if now.level != model.level:
            return _("%(name)s is not a %(level)s.") % {"name": now.name, "level": model.level.word}
        if row.breakdown not in model.breakdowns():
            words = {"code": row.breakdown, "programme": model.label, "known": ", ".join(k.code for k in model.kinds)}
            if model.kinds:
                return _("“%(code)s” is no kind of %(programme)s. Its kinds: %(known)s.") % words
            return _("%(programme)s has no kinds; “%(code)s” was given.") % words
        if seen:
            return _("%(name)s was sent twice.") % {"name": now.name}
        if not self.window.allows(now.path):
            return closed_words(model, self.window.round)
        return ""

    def _figures(self, row: IncomingRow, now: Standing) -> tuple[dict[str, Any], list[RowError]]:
        """Return what the row would make of the record, and what is wrong with it."""
        figures = dict(now.figures) if not row.nil else dict.fromkeys(now.figures)
        unknown = [name for name in row.values if name not in figures][:1]
        errors = [RowError("", name, _("There is no figure “%(name)s”.") % {"name": name}) for name in unknown]
        for measure in self.model.measures() if not row.nil else ():
            text = row.values.get(measure.name)
            if text is None:
                continue
            try:
                figures[measure.name] = measure.parse(text)
            except BadFigure as bad:
                errors.append(RowError(measure.name, text, str(bad)))
                continue
            if measure.kind == "code" and text.strip() and figures[measure.name] not in self.codes:
                words = _("No place had the code %(code)s in %(year)s.")
                errors.append(RowError(measure.name, text, words % {"code": text.strip(), "year": self.year}))
        return figures, errors or self._broken(row, figures)

    def _broken(self, row: IncomingRow, figures: dict[str, Any]) -> list[RowError]:
        return [
            RowError(rule.fields[0], row.values.get(rule.fields[0], ""), message)
            for rule in self.model.hard_rules
            if (message := rule.broken(figures))
        ]


def written_before(model: type[Record], keys: Iterable[UUID]) -> set[UUID]:
    """Return which of the keys belong to rows that were written, and written over by someone since."""
    history: Any = model._meta.apps.get_model("programmes", f"{model.__name__}Event")
    return set(history.objects.filter(sent_key__in=list(keys)).values_list("sent_key", flat=True))


def _places_named(model: type[Record], year: int, rows: Sequence[Said]) -> frozenset[str]:
    named: set[str] = set()
    for measure in (measure for measure in model.measures() if measure.kind == "code"):
        for row in rows:
            with suppress(BadFigure):
                named.add(str(measure.parse(row.values.get(measure.name, "")) or ""))
    if not named - {""}:
        return frozenset()
    there = AreaVersion.objects.filter(code__in=named, valid__contains=year_end(year), area__level__gt=Level.NATION)
    return frozenset(there.values_list("code", flat=True))


def read_standing(model: type[Record], year: int, places: Sequence[Place]) -> dict[Place, Standing]:
    """Return what stands for each of these places that stood in that year. One query."""
    names = [measure.name for measure in model.measures()]
    columns = ", ".join(f'r."{measure.column}"' for measure in model.measures())
    sql = f"""
        SELECT a.id, asked.breakdown, a.path, a.level, coalesce(p.county_id, 0), a.name, coalesce(r.version, 0),
               coalesce(r.state, ''), coalesce(r.nil, false), r.sent_key,
               coalesce(nullif(trim(concat_ws(' ', u.last_name, u.first_name)), ''), u.username, ''), r.entered_at,
               {columns}
        FROM unnest(%s::bigint[], %s::text[]) AS asked (area_id, breakdown)
        JOIN villages_area a ON a.id = asked.area_id
        JOIN villages_placement p ON p.area_id = a.id AND p.valid @> %s::date
        LEFT JOIN {model._meta.db_table} r ON r.area_id = a.id AND r.year = %s AND r.breakdown = asked.breakdown
        LEFT JOIN accounts_user u ON u.id = r.entered_by_id
    """
    wanted = list(dict.fromkeys(places))
    with connection.cursor() as cursor:
        cursor.execute(sql, [[area for area, _kind in wanted], [kind for _area, kind in wanted], year_end(year), year])
        return {
            row[:2]: Standing._make((*row[2:12], dict(zip(names, row[12:], strict=True)))) for row in cursor.fetchall()
        }
