"""When the totals of a programme were last proven."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import NamedTuple

from django.db import connection
from django.db.models import F, Max, QuerySet

from povtrack.rollups.boundaries import KEPT, Boundaries
from povtrack.rollups.models import Verification

FUNDS = "funds"  # stands for a programme where totals of the ledger are told of


class Verified(NamedTuple):
    """When a proof last found nothing wrong with a programme's totals, and whether a later one did."""

    at: dt.datetime | None
    differs: bool


# By hand, for every answer with totals asks it.
_LAST = """
    SELECT max(at), max(at) FILTER (WHERE differences = 0) FROM rollups_verification WHERE programme = %s
"""
UNVERIFIED = Verified(None, differs=False)


def verified(programme: str, on: Boundaries) -> Verified:
    """Tell when the totals of a programme, or FUNDS, were last proven. One query.

    Those on the boundaries of a year are summed anew each time.
    """
    if on not in KEPT:
        return UNVERIFIED
    with connection.cursor() as cursor:
        cursor.execute(_LAST, [programme])
        last, clean = cursor.fetchone()
    return Verified(clean, differs=last != clean)


def all_verified(codes: Collection[str], until: dt.datetime | None) -> dt.datetime | None:
    """When, at a moment, the programme proven longest ago had been proven; None where one never was. One query."""
    times = _clean_times(Verification.objects.filter(programme__in=codes, at__lte=until))
    return min(times.values(), default=None) if times.keys() >= set(codes) else None


def _clean_times(among: QuerySet[Verification]) -> dict[str, dt.datetime]:
    """When a proof last found nothing wrong, by programme."""
    clean = among.filter(differences=0).order_by()
    return dict(clean.values_list("programme").annotate(last=Max("at")))


def last_verifications() -> dict[str, Verification]:
    """The last proof of each programme by its code, with the time of the last that found nothing as `clean_at`."""
    times = _clean_times(Verification.objects.all())
    latest = Verification.objects.order_by("programme", F("at").desc()).distinct("programme")
    found = {one.programme: one for one in latest}
    for code, one in found.items():
        one.clean_at = times.get(code)  # type: ignore[attr-defined]
    return found
