"""The day until which a record that was given back can be mended, also where its round goes on for longer.

The last giving back counts. Its day is set aside by a newer giving back, and by an extension of the round that someone
made for the record's area afterwards. What was submitted in time waits for its reviewer as everything else does.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet, TextField
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from programmes.models import OPEN, Extension, Record, ReviewStep

Place = tuple[int, str]  # area id, breakdown
_GIVEN_BACK = (ReviewStep.Kind.RETURNED, ReviewStep.Kind.REOPENED)


@dataclass(frozen=True)
class Deadline:
    """Until when a record can be mended, whether that day has passed, and the id of the reviewer who set it."""

    until: dt.date
    is_late: bool
    by: int

    def words(self) -> str:
        """Say that the day has passed, and what to do."""
        return _(
            "It could be mended until %(day)s, and that day has passed. Ask the reviewer to reopen it until a later "
            "day, or whoever manages the area to let the round go on."
        ) % {"day": date_format(self.until, "Y-m-d")}


def deadline_steps(model: type[Record], year: int) -> QuerySet[Any]:
    """Return the steps whose day holds for a record, each with `is_late`: the one place where that is decided."""
    today = timezone.localdate()
    of_record = {name: OuterRef(name) for name in ("programme", "year", "area", "breakdown")}
    newer = ReviewStep.objects.filter(**of_record, kind__in=_GIVEN_BACK, pk__gt=OuterRef("pk"))
    longer = Extension.objects.annotate(
        place=ExpressionWrapper(OuterRef("area__path"), output_field=TextField())
    ).filter(
        programme=OuterRef("programme"),
        year=OuterRef("year"),
        area__path__gt="",  # every text begins with the empty one; see povtrack/lib/paths.py
        is_reopening=False,
        until__gte=today,
        at__gt=OuterRef("at"),
        place__startswith=F("area__path"),
    )
    return ReviewStep.objects.filter(~Exists(newer), programme=model.code, year=year, until__isnull=False).annotate(
        is_late=Q(until__lt=today) & ~Exists(longer)
    )


def late_steps(model: type[Record], year: int) -> QuerySet[Any]:
    """Return the steps whose day has passed, whatever has become of their records."""
    # Said twice, so that the index finds those of which the extensions are looked for.
    return deadline_steps(model, year).filter(until__lt=timezone.localdate(), is_late=True)


def late_sql(model: type[Record], year: int) -> tuple[str, tuple[Any, ...]]:
    """Return a query of (area_id, breakdown), one row for each day that has passed, and its parameters."""
    return late_steps(model, year).values("area_id", "breakdown").query.sql_with_params()


def overdue_steps(model: type[Record], year: int) -> QuerySet[Any]:
    """Return the steps whose day has passed while the record is still to be mended, the longest overdue first."""
    in_hand = model.objects.filter(
        area=OuterRef("area"), year=OuterRef("year"), breakdown=OuterRef("breakdown"), state__in=OPEN
    )
    return late_steps(model, year).filter(Exists(in_hand)).order_by("until", "area__code", "breakdown")


def deadlines_of(model: type[Record], year: int, areas: Iterable[int]) -> dict[Place, Deadline]:
    """Return the deadlines of the records of these areas, by place. One query."""
    steps = deadline_steps(model, year).filter(area__in=list(areas))
    found = steps.values_list("area_id", "breakdown", "until", "is_late", "by_id")
    return {(area, breakdown): Deadline(*deadline) for area, breakdown, *deadline in found}
