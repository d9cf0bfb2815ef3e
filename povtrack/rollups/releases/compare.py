"""What changed between two releases, or between one and now: each total before and after."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from povtrack.accounts.models import User
from povtrack.accounts.roles import Ability
from povtrack.lib.years import year_end
from povtrack.rollups.releases.models import ExactDecoder, Release
from povtrack.rollups.releases.rows import Scope, frozen, standing
from programmes.actions.scope import paths_of
from programmes.models import Record
from programmes.registry import find_programme

Figure = int | Decimal | None


@dataclass(frozen=True)
class Comparison:
    """Two sides of which at least the first is frozen; `later` None is now.

    Only what both hold is compared: programmes, years, boundaries, areas, down to the level that both have.
    """

    earlier: Release
    later: Release | None

    @classmethod
    def of(cls, release: Release, other: Release | None) -> Comparison:
        """In the order of their moments, whichever was named first."""
        pair = [release, *([other] if other else [])]
        pair.sort(key=lambda one: one.known_at or timezone.now())
        return cls(pair[0], pair[1] if other else None)

    @property
    def scope(self) -> Scope:
        mine = Scope.of(self.earlier)
        return mine.common(Scope.of(self.later)) if self.later else mine

    @property
    def since(self) -> dt.datetime:
        """A moment from which on writes may be missing in the earlier one."""
        assert self.earlier.settled_at
        return self.earlier.settled_at

    @property
    def until(self) -> dt.datetime:
        return self.later.known_at if self.later and self.later.known_at else timezone.now()


@dataclass(frozen=True)
class Wanted:
    """Which changed totals: of one programme, year, basis, kind, area and its parts, as far as they are named."""

    programme: str = ""
    year: int | None = None
    basis: str = ""
    breakdown: str | None = None
    family: int | None = None  # the id of an area: itself and its parts
    area: int | None = None  # itself alone


@dataclass(frozen=True)
class Changed:
    """One total that differs; figures by the names of the roll-up's columns. An empty side had no such total."""

    programme: str
    year: int
    basis: str
    breakdown: str
    area_id: int
    parent_id: int | None
    level: int
    code: str
    name: str
    name_latin: str
    before: dict[str, Any]
    after: dict[str, Any]
    computed_before: dt.datetime | None
    computed_after: dt.datetime | None

    @property
    def model(self) -> type[Record] | None:
        return find_programme(self.programme)

    @property
    def day(self) -> dt.date:
        return dt.date.max if self.basis == "current" else year_end(self.year)

    def lines(self) -> list[Line]:
        """The figures that differ: counts first, then measures, submitted and approved."""
        pairs = [*_counts(), *_measures(self.model)]
        found = [
            Line(name, label, unit, stage, read(self.before), read(self.after))
            for name, label, unit, stage, read in pairs
        ]
        return [line for line in found if line.before != line.after]


@dataclass(frozen=True)
class Line:
    """One figure that differs; None is none. `stage` is "" for all that was submitted, else "approved"."""

    name: str
    label: Any
    unit: Any
    stage: str
    before: Figure
    after: Figure

    @property
    def difference(self) -> Figure:
        """After less before, where both are figures."""
        if self.before is None or self.after is None:
            return None
        return self.after - self.before


def _counts() -> list[Any]:
    labels = {
        "expected": _("Expected"),
        "reported": _("Reported"),
        "approved": _("Approved"),
        "nil": _("Nothing to report"),
        "estimated": _("Estimated in part"),
    }
    return [(name, label, "", "", lambda row, name=name: row.get(name)) for name, label in labels.items()]


def _measures(model: type[Record] | None) -> list[Any]:
    """How each measure is read off a row of figures; a programme that is gone has none that can be read."""
    if model is None:
        return []
    stages = (("", ""), ("_approved", "approved"))
    return [
        (m.name, m.verbose_name, m.total_unit_word, word, lambda row, m=m, end=end: as_total(model, row, m, end))
        for m in model.totalled()
        for end, word in stages
    ]


def as_total(model: type[Record], figures: dict[str, Any], measure: Any, stage: str = "") -> Figure:
    """Read the total of a measure off frozen figures, as off a roll-up row."""
    total: Figure = measure.total(roll_up(model, figures), stage)
    return total


def roll_up(model: type[Record], figures: dict[str, Any], **about: Any) -> Any:
    """Make a row of a programme's roll-up, which is not in the database, of frozen figures."""
    known = {field.attname for field in model.rollup._meta.local_fields}
    return model.rollup(**{name: value for name, value in figures.items() if name in known}, **about)


def changed(pair: Comparison, wanted: Wanted, *, user: User, start: int = 0, size: int = 50) -> list[Changed]:
    """The totals that differ, of areas that a person may read, in order. One query, of both sides at one instant."""
    scope = pair.scope
    where, values = _where(wanted)
    models = [model for model in scope.models() if wanted.programme in ("", model.code)]
    now = " UNION ALL ".join(standing(model, where) for model in models)
    later = frozen("later", where) if pair.later else now
    if not later:
        return []
    sql = f"""
        SELECT x.programme, x.year, x.basis, x.breakdown, x.area_id, coalesce(b.parent_id, a.parent_id),
               coalesce(b.level, a.level) AS level, coalesce(b.code, a.code) AS code, coalesce(b.name, a.name),
               coalesce(b.name_latin, a.name_latin), a.figures, b.figures,
               a.computed_at, b.computed_at
        FROM ({frozen("earlier", where)}) AS a
        FULL JOIN ({later}) AS b USING (programme, year, basis, breakdown, area_id)
        CROSS JOIN LATERAL (SELECT programme, year, basis, breakdown, area_id) AS x
        JOIN villages_area place ON place.id = x.area_id AND place.path LIKE ANY (%(own)s)
        WHERE a.figures - 'drafted' IS DISTINCT FROM b.figures - 'drafted'
        ORDER BY x.programme, x.year, x.basis DESC, x.breakdown, 7, coalesce(b.code, a.code) COLLATE "C", x.area_id
        LIMIT %(size)s OFFSET %(start)s
    """
    own = [f"{path}%" for path in paths_of(user, Ability.READ)]
    sides = {"earlier": pair.earlier.pk, "later": pair.later.pk if pair.later else None}
    bound = {**scope.values(), **values, **sides, "own": own, "size": size, "start": start}
    if wanted.programme:
        bound["programmes"] = [wanted.programme] if wanted.programme in scope.programmes else []
    with connection.cursor() as cursor:
        cursor.execute(sql, bound)
        columns = [column.name for column in fields(Changed)]
        rows = [(*row[:10], _read(row[10]), _read(row[11]), *row[12:]) for row in cursor.fetchall()]
        return [Changed(**dict(zip(columns, row, strict=True))) for row in rows]


def _where(wanted: Wanted) -> tuple[str, dict[str, Any]]:
    named = {
        "year": (wanted.year, "t.year = %(year)s"),
        "basis": (wanted.basis or None, "t.basis = %(basis)s"),
        "breakdown": (wanted.breakdown, "t.breakdown = %(breakdown)s"),
        "family": (wanted.family, "(t.area_id = %(family)s OR t.parent_id = %(family)s)"),
        "area": (wanted.area, "t.area_id = %(area)s"),
    }
    used = {name: (value, sql) for name, (value, sql) in named.items() if value is not None}
    where = "".join(f" AND {sql}" for _value, sql in used.values())
    return where, {name: value for name, (value, _sql) in used.items()}


def _read(figures: str | None) -> dict[str, Any]:
    return ExactDecoder().decode(figures) if figures else {}
