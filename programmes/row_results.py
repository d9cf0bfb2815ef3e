"""What is told of each of the rows that were sent together: what became of it, what is wrong, what is unlikely."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from rest_framework import serializers

from povtrack.lib.rest.problems import flat, told
from povtrack.lib.rest.refusals import Fault
from programmes.actions import RowResult
from programmes.models import Record
from programmes.unlikely import Unlikely, unlikely_in

Rows = list[dict[str, Any]]


def faults_sent(number: int, bad: serializers.ValidationError) -> list[Fault]:
    """Return what is wrong with a row that can't be read."""
    found = flat(bad.detail, ("rows", str(number)))
    return [Fault(one.code or "invalid", str(one), ".".join(path)) for path, one in found]


def faults_of(number: int, result: RowResult) -> list[Fault]:
    """Return why a row was not saved, each with its place; none for one that was."""
    at = f"rows.{number}"
    if result.status == "refused":
        return [
            Fault("invalid", error.message, f"{at}.{error.field}".rstrip("."), error.value or None)
            for error in result.errors
        ]
    words = {
        "conflict": _("%(by)s wrote it meanwhile; it is now version %(version)s.")
        % {"by": result.by, "version": result.version},
        "locked": _("It is approved and can't be changed."),
    }
    return [Fault(result.status, words[result.status], f"{at}.version")] if result.status in words else []


def told_of(
    model: type[Record],
    year: int,
    results: Mapping[int, RowResult],
    faults: Mapping[int, Sequence[Fault]],
    sent: Sequence[Any],
) -> Rows:
    """Write what became of rows, in their order: of those that were judged, by number, and of those with faults."""
    standing = [result.area for result in results.values() if result.version]
    records = model.objects.filter(year=year, area__in=standing).values_list("area", "breakdown", "pk", "county")
    held = {(area, breakdown): (pk, county) for area, breakdown, pk, county in records}
    saved = [result for result in results.values() if result.stands and result.version]
    counties = {held[result.area, result.breakdown][1] for result in saved}
    asked: dict[tuple[int, str], list[Unlikely]] = defaultdict(list)
    for warned in unlikely_in(model, year, counties, {result.area for result in saved}):
        asked[warned.area, warned.breakdown].append(warned)
    rows = {n: _unread(sent[n], found) for n, found in faults.items()}
    for n, result in results.items():
        place = result.area, result.breakdown
        pk = held[place][0] if result.version else None
        rows[n] = {
            **vars(result),
            "id": pk,
            "url": reverse(f"api-record-{model.code}-detail", args=[pk]) if pk else None,
            "errors": [told(fault) for fault in faults_of(n, result)],
            "unlikely": asked[place] if result.stands else [],
        }
    return [rows[n] for n in sorted(rows)]


def _unread(row: Any, faults: Sequence[Fault]) -> dict[str, Any]:
    """Tell of a row that could not be read whose it is, if it says so."""
    area = row.get("area") if isinstance(row, dict) else None
    kind = row.get("breakdown") if isinstance(row, dict) else None
    said: dict[str, Any] = {
        "area": area if type(area) is int else None,
        "breakdown": kind if isinstance(kind, str) else "",
    }
    nothing = {"id": None, "url": None, "version": 0, "state": "", "nil": False, "by": "", "at": None}
    return {**said, **nothing, "status": "refused", "figures": {}, "unlikely": [], "errors": list(map(told, faults))}
