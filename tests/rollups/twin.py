"""The roll-ups once more, slowly and in plain Python, to hold the SQL against."""

from __future__ import annotations

from collections import Counter, defaultdict
from decimal import Decimal
from typing import Any

from povtrack.lib.years import year_end
from programmes.models import DewRecord
from villages.levels import Level
from villages.models import Area, Placement

SUMMED = ["trained", "women", "minority", "disabled", "placed", "vocational", "subsidy", "spent"]
MEANS = {"pay_before": "placed", "pay_after": "placed"}


def ancestors(area: Area, year: int) -> list[Area]:
    """The areas above one, as they were at the end of the year."""
    above, placement = [], Placement.objects.get(area=area, valid__contains=year_end(year))
    while placement.parent is not None:
        above.append(placement.parent)
        placement = Placement.objects.get(area=placement.parent, valid__contains=year_end(year))
    return above


def twin(year: int) -> dict[str, dict[str, Any]]:
    """Totals by area code for one year: counts, and both stages of every measure."""
    totals: dict[str, dict[str, Any]] = defaultdict(lambda: defaultdict(lambda: None))
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    villages = Placement.objects.filter(level=Level.VILLAGE, valid__contains=year_end(year)).select_related("area")
    for placement in villages:
        record = DewRecord.objects.filter(area=placement.area, year=year).first()
        for area in ancestors(placement.area, year):
            counts[area.code]["expected"] += 1
            if record is None:
                continue
            reported = record.state in ("submitted", "approved")
            counts[area.code]["drafted"] += not reported
            counts[area.code]["reported"] += reported
            counts[area.code]["approved"] += record.state == "approved"
            counts[area.code]["nil"] += reported and record.nil
            if reported:
                _add(totals[area.code], record, "")
            if record.state == "approved":
                _add(totals[area.code], record, "_approved")
    names = ["expected", "drafted", "reported", "approved", "nil"]
    return {code: {**{n: counts[code][n] for n in names}, **totals[code]} for code in counts}


def _add(total: dict[str, Any], record: DewRecord, stage: str) -> None:
    for name in SUMMED:
        _plus(total, name + stage, getattr(record, name))
        total[f"{name}_filled{stage}"] = (total[f"{name}_filled{stage}"] or 0) + (getattr(record, name) is not None)
    for name, weight in MEANS.items():
        value, people = getattr(record, name), getattr(record, weight)
        total[f"{name}_filled{stage}"] = (total[f"{name}_filled{stage}"] or 0) + (value is not None)
        if value is not None and people is not None:
            _plus(total, f"{name}_product{stage}", value * people)
            _plus(total, f"{name}_weight{stage}", people)


def _plus(total: dict[str, Any], name: str, figure: int | Decimal | None) -> None:
    if figure is not None:
        total[name] = (total[name] or 0) + figure
