"""Foreign-funded projects added up: their money by currency and in yuan, whom they reach, what they cover.

A project counts in a range of years in which it ran for some part, if it covers something in the subtree asked for;
for the whole nation every project counts, also one of which nobody knows the counties. The money of a project is not
divided over its counties, so totals of a subtree are those of whole projects.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.db import connection

from villages.levels import Level
from villages.models import Area


@dataclass(frozen=True)
class ProjectTotal:
    """The projects of one currency, or (`currency` None) of all: then there is no sum in another currency than yuan.

    `counties` and `provinces` are those that are covered within the subtree, each counted once, as they were placed at
    the end of a year in which they were covered.
    """

    currency: str | None
    projects: int
    donors: int
    amount: Decimal | None
    yuan: Decimal
    counterpart: Decimal | None
    people: int | None
    counties: int
    provinces: int

    @property
    def in_all(self) -> Decimal:
        """Foreign money in yuan with the counterpart funds."""
        return self.yuan + (self.counterpart or 0)


def project_totals(area: Area, first: int, last: int) -> list[ProjectTotal]:
    """Add up the projects of an area's subtree by currency; the last row is all of them. One query."""
    level = Level(area.level)
    inside = "%(area)s IN (p.area_id, top.parent_id)" if level == Level.NATION else _inside(level)
    joined = "LEFT JOIN" if level == Level.NATION else "JOIN"
    with connection.cursor() as cursor:
        cursor.execute(_STATEMENT.format(inside=inside, joined=joined), {"area": area.pk, "first": first, "last": last})
        return [ProjectTotal(*row) for row in cursor.fetchall()]


def _inside(level: Level) -> str:
    column = {Level.PROVINCE: "province_id", Level.PREFECTURE: "prefecture_id"}.get(level, "county_id")
    return f"p.{column} = %(area)s"


_STATEMENT = """
WITH running AS (
    SELECT * FROM funding_foreignproject
    WHERE valid && daterange(make_date(%(first)s, 1, 1), make_date(%(last)s + 1, 1, 1))
),
covered AS (
    SELECT DISTINCT c.project_id AS project, c.area_id AS area, p.province_id AS province
    FROM generate_series(%(first)s, %(last)s) AS y
    JOIN funding_projectcounty c ON c.valid && funding_year(y)
    JOIN villages_placement p ON p.area_id = c.area_id AND p.valid @> make_date(y, 12, 31)
    LEFT JOIN villages_placement top ON top.area_id = p.province_id AND top.valid @> make_date(y, 12, 31)
    WHERE {inside}
),
reached AS (
    SELECT r.currency, count(DISTINCT c.area) AS counties, count(DISTINCT c.province) AS provinces
    FROM running r JOIN covered c ON c.project = r.id
    GROUP BY GROUPING SETS ((r.currency), ())
),
paid AS (
    SELECT r.currency, count(*) AS projects, count(DISTINCT r.donor_id) AS donors,
           CASE WHEN grouping(r.currency) = 0 THEN sum(r.currency_amount) END AS amount, sum(r.yuan) AS yuan,
           sum(r.counterpart) AS counterpart, sum(r.people)::bigint AS people
    FROM running r
    {joined} (SELECT DISTINCT project FROM covered) AS c ON c.project = r.id
    GROUP BY GROUPING SETS ((r.currency), ())
)
SELECT paid.*, coalesce(reached.counties, 0), coalesce(reached.provinces, 0)
FROM paid LEFT JOIN reached ON reached.currency IS NOT DISTINCT FROM paid.currency
WHERE paid.projects > 0
ORDER BY paid.currency NULLS LAST
"""
