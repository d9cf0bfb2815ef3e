"""The lines of a list as a reader sees them, and how many there are of each kind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, F, OuterRef, QuerySet, Subquery

from povtrack.accounts.models import User
from villages.designations.scope import lines_of
from villages.models import Area, Designation, Membership, Placement


@dataclass(frozen=True)
class Tally:
    """How many places the official list has (None: not known), how many lines are held, how many of them have a place,
    and how many of these lie in the reader's areas. A place that came and went and came again counts by its lines."""

    official: int | None
    lines: int
    matched: int
    yours: int


def tallies(rows: Sequence[Designation], user: User) -> dict[int, Tally]:
    """Count the lines of some lists, by id of the list. Two queries, and the reader's areas."""
    held = Membership.objects.filter(designation__in=rows).order_by().values_list("designation")
    counts = {pk: (lines, matched) for pk, lines, matched in held.annotate(Count("pk"), Count("area"))}
    seen = Membership.objects.filter(designation__in=rows, area__in=Area.objects.visible_to(user)).order_by()
    yours = dict(seen.values_list("designation").annotate(n=Count("pk")))
    return {row.pk: Tally(row.listed, *counts.get(row.pk, (0, 0)), yours.get(row.pk, 0)) for row in rows}


def lines_in_order(designation: Designation, user: User) -> QuerySet[Membership]:
    """The lines of a list that a reader may see, by province, those without a place last.

    Each has its `province_name`: what the province that the place stood in last is called today (None without).
    """
    last = Placement.objects.filter(area=OuterRef("area")).order_by("-valid")
    lines = lines_of(user).filter(designation=designation).select_related("area", "designation")
    return lines.annotate(
        province_name=Subquery(last.values("province__name")[:1]),
        province_code=Subquery(last.values("province__code")[:1]),
    ).order_by(F("province_code").asc(nulls_last=True), "listed_within", F("area__code").asc(nulls_last=True), "pk")
