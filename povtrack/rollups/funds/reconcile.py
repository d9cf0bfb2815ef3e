"""Reconciliation: what the ledger says of the money, and what the programmes' records say was spent of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import connection

from povtrack.rollups.funds.kept import Slice
from povtrack.rollups.funds.statements import inside, placed
from povtrack.rollups.funds.totals import Asked, boundaries_of, is_kept, share
from programmes.registry import programmes
from villages.levels import Level

# Of whom a row is, by what it is told apart.
_WHO = {
    "whole": ("%(area)s", "r.area_id = %(area)s"),
    "county": (
        "placed.county_id",
        """r.level = 3 AND EXISTS (
            SELECT FROM villages_placement p WHERE p.area_id = r.area_id AND {stands}
            AND (%(level)s = 0 OR %(area)s IN (p.county_id, p.prefecture_id, p.province_id))
        )""",
    ),
}


@dataclass(frozen=True)
class Line:
    """One area, programme and year, in yuan, with all below the area.

    `allocated` is the money in the area, each yuan once; of it the area itself passed on `passed_on` and still holds
    `resting`. `disbursed` is net of what was given back. `spent` is what the ledger says, `recorded` what the submitted
    records of the programme say (None where none was handed in, or the programme does not ask), `approved` the approved
    ones among them.
    """

    area_id: int
    programme: str
    allocated: Decimal
    passed_on: Decimal
    resting: Decimal
    disbursed: Decimal
    spent: Decimal
    recorded: Decimal | None
    approved: Decimal | None

    @property
    def difference(self) -> Decimal | None:
        """How much more the ledger has as spent than the records; None where there are no records."""
        return None if self.recorded is None else self.spent - self.recorded

    @property
    def absorption(self) -> Decimal | None:
        """What was spent, in percent of what was allocated."""
        return share(self.spent, self.allocated)

    @property
    def differs(self) -> bool:
        """Whether ledger and records are further apart than the settings bear."""
        if self.difference is None:
            return False
        more = max(self.spent, self.recorded or 0)
        apart = abs(self.difference)
        percent: int = settings.FUNDS_DIFFERENCE_PERCENT
        yuan: int = settings.FUNDS_DIFFERENCE_YUAN
        return apart > yuan and apart * 100 > more * percent

    @property
    def is_slow(self) -> bool:
        """Whether less was spent of it than the settings expect."""
        percent: int = settings.FUNDS_ABSORPTION_PERCENT
        return self.absorption is not None and self.absorption < percent


def by_programme(asked: Asked) -> list[Line]:
    """The lines of an area (township or up) for one year, one for each programme that has money or records there.

    On the boundaries of that year or on today's: totals of records are kept on no others.
    """
    return _lines(asked, "whole", "programme = '' DESC, programme")


def worst(asked: Asked, *, start: int = 0, size: int | None = None) -> list[Line]:
    """The lines of the counties in an area for one year, where ledger and records are furthest apart first.

    Without `size` all of them. Money for no programme is in none: no record is of it.
    """
    order = "abs(spent - recorded) DESC NULLS LAST, allocated DESC, area_id, programme"
    return _lines(asked, "county", order, where="programme <> ''", start=start, size=size)


def _lines(
    asked: Asked, who: str, order: str, *, where: str = "true", start: int = 0, size: int | None = None
) -> list[Line]:
    [year] = asked.years
    on, everywhere = boundaries_of(asked.basis), asked.area.level == Level.NATION
    area, counted = _WHO[who]
    counted = counted.format(stands=on.stands("p", "r.year"))
    held, own, listed = _held(asked, who)
    sql = f"""
        WITH RECURSIVE {held},
        ledger AS (
            SELECT {area} AS area_id, placed.programme, sum(received - passed_on) AS allocated,
                   coalesce(sum(passed_on) FILTER (WHERE {own}), 0) AS passed_on,
                   coalesce(sum(received - passed_on) FILTER (WHERE {own}), 0) AS resting,
                   sum(disbursed - returned) AS disbursed, sum(spent) AS spent
            FROM placed WHERE {inside(everywhere=everywhere, listed=listed)} AND {area} IS NOT NULL
            GROUP BY 1, 2
        ),
        records AS ({_records(counted)}),
        line AS (
            SELECT coalesce(l.area_id, r.area_id) AS area_id, coalesce(l.programme, r.programme) AS programme,
                   coalesce(l.allocated, 0) AS allocated, coalesce(l.passed_on, 0) AS passed_on,
                   coalesce(l.resting, 0) AS resting, coalesce(l.disbursed, 0) AS disbursed,
                   coalesce(l.spent, 0) AS spent, r.recorded, r.approved
            FROM ledger l FULL JOIN records r ON r.area_id = l.area_id AND r.programme = l.programme
        )
        SELECT * FROM line WHERE {where} ORDER BY {order} OFFSET %(start)s LIMIT %(size)s
    """
    values: dict[str, Any] = {**asked.values, "year": year, "basis": on.basis, "start": start, "size": size}
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [Line(*row) for row in cursor.fetchall()]


def _held(asked: Asked, who: str) -> tuple[str, str, bool]:
    """The CTE `placed`, which of its rows are what an area of the lines holds itself, and whether there is a list.

    It is of kept totals; of a list of villages, of which none are kept, it is summed from the entries.
    """
    on, listed = boundaries_of(asked.basis), asked.deepest
    area = "%(area)s" if who == "whole" else "placed.county_id"
    if is_kept(asked):
        keys = ("county",) if who == "county" else ()
        own = f"placed.place_id = {area} AND placed.level = placed.area_level"
        return Slice(on, asked.area.level, keys, listed=listed).placed(), own, listed is not None
    everywhere = asked.area.level == Level.NATION
    return placed(on, everywhere=everywhere), f"placed.place_id = {area}", listed is not None


def _records(counted: str) -> str:
    """What the records of every programme say was spent: (area, programme, submitted, approved)."""
    asking = [(model, measure) for model in programmes() if (measure := model.spending_measure())]
    return " UNION ALL ".join(
        f"""
        SELECT r.area_id, '{model.code}' AS programme, r."{measure.name}"::numeric AS recorded,
               r."{measure.name}_approved"::numeric AS approved
        FROM {model.rollup._meta.db_table} r
        WHERE r.year = %(year)s AND r.basis = %(basis)s AND r.breakdown = '' AND r."{measure.name}" IS NOT NULL
          AND (%(programmes)s::text[] IS NULL OR '{model.code}' = ANY(%(programmes)s)) AND {counted}
        """
        for model, measure in asking
    )


def summed(lines: Sequence[Line], area_id: int) -> Line | None:
    """The sum of lines of one area; None of none. Records count where there are any."""
    if not lines:
        return None
    figures: dict[str, Any] = {}
    for name in ("allocated", "passed_on", "resting", "disbursed", "spent", "recorded", "approved"):
        given = [figure for line in lines if (figure := getattr(line, name)) is not None]
        figures[name] = sum(given, Decimal()) if given else None
    return Line(area_id, "", **figures)
