"""Totals of the places on an official list: who counts, their sum, and its share of all that the reader sees.

Who counts in the total of a year: the places on the list on 31 December of that year that stand on the boundaries asked
for and lie in the reader's areas. One that lies inside another of these is in that one's total already, so it is left
out of the sum: each person and each yuan counts once.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import django_filters
from django.db import connection
from django.db.models import DateField, Exists, ExpressionWrapper, F, Func, OuterRef, QuerySet, Value
from django.utils.translation import gettext_lazy
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field

from povtrack.accounts.models import User
from povtrack.accounts.roles import Ability
from povtrack.lib.basis import Basis
from povtrack.lib.years import year_end
from povtrack.rollups.boundaries import Boundaries
from povtrack.rollups.read import Freshness, boundaries_of
from povtrack.rollups.verified import verified
from povtrack.rollups.waiting import waiting
from programmes.models import Record
from villages.levels import Level
from villages.models import Area, Designation, Membership

_KEYS = ("id", "area", "parent", "level", "year", "basis", "breakdown", "computed_at")

# What lies inside another member: the places above it are looked up one by one, each in a hash of all members.
_INSIDE = " OR ".join(
    f"(s.{above}_id <> s.area_id AND s.{above}_id IN (SELECT area_id FROM standing))"
    for above in ("province", "prefecture", "county", "township")
)
# Every member that lies in the reader's areas, with `nested` for one that lies inside another.
_MEMBERS = f"""
    SELECT s.area_id, area.level, area.path, area.code, province.code AS province_code,
           coalesce({_INSIDE} OR (s.level > 0 AND EXISTS (SELECT FROM standing WHERE level = 0)), false) AS nested
    FROM standing AS s
    JOIN villages_area AS area ON area.id = s.area_id
    LEFT JOIN villages_area AS province ON province.id = s.province_id
"""


@dataclass(frozen=True)
class Coverage:
    """How much of a list a total holds.

    `official`: places on the official list (None: not known); `held`: lines held here, of whatever day; `listed`: those
    of them that were on it that day; `matched`: those of these with a place; `standing`: whose place stands on these
    boundaries; `yours`: which lie in the reader's areas; `nested`: which lie inside another of these, and so are not
    added again.
    """

    official: int | None
    held: int
    listed: int
    matched: int
    standing: int
    yours: int
    nested: int

    @property
    def missing(self) -> int:
        """How many places of the official list no line is held of."""
        return max(0, (self.official or 0) - self.held)

    @property
    def ended(self) -> int:
        return self.matched - self.standing

    @property
    def unmatched(self) -> int:
        return self.listed - self.matched


@dataclass(frozen=True)
class Total:
    """The sum over the members of a list, and all that it is read with.

    `row` is a roll-up row of no area (None where no member has a total), `members` the roll-up rows of the page asked
    for (each with its `area`, and `nested`), `more` whether others follow. `whole` is the sum over all the reader's
    areas, `whole_areas`.
    """

    coverage: Coverage
    freshness: Freshness
    row: Any | None
    members: list[Any]
    more: bool
    whole: Any | None
    whole_areas: list[Area]

    def shares(self) -> dict[str, Decimal | None]:
        """The part that the members have in the whole, by measure, in percent to one decimal."""
        if self.row is None or self.whole is None:
            return {}
        part, whole = self.row.totals(), self.whole.totals()
        kinds = {measure.name: measure.kind for measure in self.row.record.totalled()}
        return {
            name: round(100 * Decimal(part[name]) / Decimal(whole[name]), 1)
            if part[name] is not None and whole[name] and kinds[name] != "mean"
            else None
            for name in part
        }


@extend_schema_field(OpenApiTypes.STR)
class DesignationChoice(django_filters.ModelChoiceFilter):  # type: ignore[misc]
    """Takes the code of a list."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("error_messages", {"invalid_choice": gettext_lazy("There is no such list.")})
        super().__init__(*args, queryset=Designation.objects.all(), to_field_name="code", **kwargs)


def of_members(rows: QuerySet[Any], designation: Designation) -> QuerySet[Any]:
    """Keep those roll-up rows whose area was on the list on 31 December of the row's year."""
    day = Func(F("year"), Value(12), Value(31), function="make_date", output_field=DateField())
    members = Membership.objects.alias(day=ExpressionWrapper(OuterRef("day_of_row"), output_field=DateField()))
    listed = members.filter(designation=designation, area=OuterRef("area_id"), valid__contains=F("day"))
    kept: QuerySet[Any] = rows.alias(day_of_row=day).filter(Exists(listed))
    return kept


def total_of(
    model: type[Record],
    designation: Designation,
    year: int,
    user: User,
    basis: Basis,
    *,
    start: int = 0,
    size: int | None = None,
) -> Total:
    """Return the total of a list for one year, with the rows of its members from `start` on, `size` of them or all.

    What waits is asked before the totals are read: they can only be fresher than they claim. The totals are one
    statement, so that members add up to their sum. Raises BadBasis.
    """
    roots = _roots(user)
    wanted = None if any(area.level == Level.NATION for area in roots) else [area.pk for area in roots]
    with boundaries_of(model, basis, years=[year], areas=wanted) as on:
        values = {
            "designation": designation.pk,
            "day": year_end(year),
            "year": year,
            "basis": on.basis,
            "paths": [f"{area.path}%" for area in roots],
            "roots": [area.pk for area in roots],
            "start": start,
            "most": None if size is None else size + 1,
        }
        coverage, areas = _coverage(designation, on, values)
        pending = waiting(model, on, areas, (year, year)).total(areas)
        proven = verified(model.code, on)
        rows = list(model.rollup.objects.raw(_totals(model, on), values))
    members = [row for row in rows if row.part == "member"]
    shown = members if size is None else members[:size]
    places = Area.objects.in_bulk(row.area_id for row in shown)
    for row in shown:
        row.area = places[row.area_id]
    row, whole = (_filled(next(row for row in rows if row.part == part)) for part in ("total", "whole"))
    fresh = Freshness(pending, row.computed_at if row else None, proven)
    return Total(coverage, fresh, row, shown, len(members) > len(shown), whole, roots)


def _filled(row: Any) -> Any | None:
    """A sum of no rows is none."""
    return None if row.expected is None else row


def _roots(user: User) -> list[Area]:
    """The areas whose subtrees make up all that the reader sees; none of them lies in another."""
    held = list(Area.objects.filter(pk__in=user.area_ids(Ability.READ)).exclude(path="").order_by("level", "code"))
    paths = [area.path for area in held]
    return [area for area in held if not any(area.path != path and area.path.startswith(path) for path in paths)]


def _standing(on: Boundaries) -> str:
    """The CTE of the members in the reader's areas that stand on these boundaries."""
    return f"""
        listed AS (
            SELECT area_id FROM villages_membership
            WHERE designation_id = %(designation)s AND valid @> %(day)s
        ),
        everyone AS (
            SELECT p.area_id, p.level, p.province_id, p.prefecture_id, p.county_id, p.township_id
            FROM villages_placement AS p JOIN listed ON listed.area_id = p.area_id
            WHERE {on.stands("p", "%(year)s")}
        ),
        standing AS (
            SELECT everyone.* FROM everyone JOIN villages_area AS area ON area.id = everyone.area_id
            WHERE area.path LIKE ANY(%(paths)s::text[])
        )
    """


def _coverage(designation: Designation, on: Boundaries, values: dict[str, Any]) -> tuple[Coverage, list[int]]:
    """How much of the list the total holds, and the ids of the areas that it is the sum of."""
    statement = f"""
        WITH {_standing(on)}, member AS MATERIALIZED ({_MEMBERS})
        SELECT (SELECT count(*) FROM villages_membership WHERE designation_id = %(designation)s),
               (SELECT count(*) FROM listed), (SELECT count(area_id) FROM listed), (SELECT count(*) FROM everyone),
               count(*), count(*) FILTER (WHERE nested),
               coalesce(array_agg(area_id) FILTER (WHERE NOT nested), '{{}}')
        FROM member
    """
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        *counts, ids = cursor.fetchone()
    return Coverage(designation.listed, *counts), ids


def _totals(model: type[Record], on: Boundaries) -> str:
    """The statement of all rows: a page of members, their sum, and the sum over the reader's areas."""
    names = [f'"{f.column}"' for f in model.rollup._meta.local_concrete_fields if f.name not in _KEYS]
    own, sums = ", ".join(f"r.{name}" for name in names), ", ".join(f"sum(r.{name}) AS {name}" for name in names)
    keys = "%(year)s AS year, %(basis)s AS basis, '' AS breakdown"
    nobody = f"NULL::bigint AS id, NULL::bigint AS area_id, NULL::bigint AS parent_id, NULL::int AS level, {keys}"
    return f"""
        WITH {_standing(on)}, member AS MATERIALIZED ({_MEMBERS}),
        total AS MATERIALIZED (
            SELECT r.* FROM {model.rollup._meta.db_table} AS r
            WHERE r.year = %(year)s AND r.basis = %(basis)s AND r.breakdown = ''
              AND (r.area_id IN (SELECT area_id FROM member) OR r.area_id = ANY(%(roots)s))
        )
        (SELECT 'member' AS part, m.nested, r.id, m.area_id, r.parent_id, m.level, {keys}, r.computed_at, {own}
         FROM member AS m LEFT JOIN total AS r ON r.area_id = m.area_id
         ORDER BY m.province_code, m.code, m.area_id OFFSET %(start)s LIMIT %(most)s)
        UNION ALL
        SELECT 'total', false, {nobody}, min(r.computed_at), {sums}
        FROM member AS m JOIN total AS r ON r.area_id = m.area_id WHERE NOT m.nested
        UNION ALL
        SELECT 'whole', false, {nobody}, min(r.computed_at), {sums} FROM total AS r WHERE r.area_id = ANY(%(roots)s)
    """
