"""The roll-ups once more, slowly and in plain Python, to hold the SQL against.

Made from versions, successions and records alone: nothing that is derived is read. Shares are exact fractions.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from decimal import Decimal
from fractions import Fraction
from typing import Any

from povtrack.lib.years import year_end
from programmes.catalogue.dew import DewRecord
from villages.levels import Level
from villages.models import Area, AreaVersion, Succession

COUNTED = ["trained", "women", "minority", "disabled", "placed", "vocational"]
SUMMED = {**dict.fromkeys(COUNTED, 0), "subsidy": 2, "spent": 2}
MEANS = {"pay_before": "placed", "pay_after": "placed"}
COUNTS = ["expected", "drafted", "reported", "approved", "nil"]
OPEN = dt.date.max  # the day of today's boundaries: they have no last day

Part = tuple[int, Fraction, Fraction]  # the area that holds it, from, to


class Registry:
    """All versions and successions, and where territory went."""

    def __init__(self) -> None:
        self.levels = dict(Area.objects.values_list("pk", "level"))
        self.versions: dict[int, list[AreaVersion]] = defaultdict(list)
        for version in AreaVersion.objects.order_by("valid"):
            self.versions[version.area_id].append(version)
        self.successions = list(Succession.objects.exclude(effective=None))

    def version_on(self, area: int, day: dt.date) -> AreaVersion | None:
        for version in self.versions[area]:
            if version.valid.lower <= day and (version.valid.upper is None or day < version.valid.upper):
                return version
        return None

    def above(self, area: int, day: dt.date) -> dict[int, int]:
        """The area and all above it on a day, by level."""
        found, at = {}, area
        while at is not None:
            found[self.levels[at]] = at
            at = self.version_on(at, day).parent_id
        return found

    def heirs(self, area: int, day: dt.date, until: dt.date) -> Counter[int]:
        """Where the territory that an area had on one day belongs on another, as fractions of it."""
        first, last = self.versions[area][0].valid.lower, self.versions[area][-1].valid.upper
        return self._walk(area, max(min(day, (last or OPEN) - dt.timedelta(bool(last))), first), until)

    def _walk(self, area: int, day: dt.date, until: dt.date) -> Counter[int]:
        if day < until:
            days = [s.effective for s in self.successions if s.old_id == area and day < s.effective <= until]
            steps = [
                (s.new_id, s.effective, s.share)
                for s in self.successions
                if days and s.old_id == area and s.effective == min(days)
            ]
        else:
            days = [s.effective for s in self.successions if s.new_id == area and until < s.effective <= day]
            steps = [
                (s.old_id, s.effective - dt.timedelta(1), s.share_back)
                for s in self.successions
                if days and s.new_id == area and s.effective == max(days)
            ]
        if not steps and self.version_on(area, until):
            return Counter({area: Fraction(1)})
        if not steps:
            version = self.versions[area][-1 if day <= until else 0]
            edge = version.valid.upper - dt.timedelta(1) if day <= until else version.valid.lower
            steps = [(version.parent_id, edge, Decimal(1))]
        total: Counter[int] = Counter()
        for other, then, share in steps:
            for heir, part in self._walk(other, then, until).items():
                total[heir] += Fraction(share) * part
        return total

    def parts(self, area: int, year: int, basis: str) -> list[Part]:
        """The places that count an area's figures of a year, by their township or else county."""
        day = year_end(year)
        if basis == "recorded":
            heirs = {area: Fraction(1)} if self.version_on(area, day) else self.heirs(area, day, day)
            best = min(heirs, key=lambda heir: (-heirs[heir], heir))
            return [(self._seat(best, day)[2], Fraction(0), Fraction(1))]
        until = basis_day(year, basis)
        seats: Counter[tuple[int, int, int]] = Counter()
        for heir, share in self.heirs(area, day, until).items():
            seats[self._seat(heir, until)] += share
        parts, reached, whole = [], Fraction(0), sum(seats.values())
        for seat in sorted(seats):
            low, reached = reached, reached + seats[seat]
            parts.append((seat[2], _twelve(low / whole), _twelve(reached / whole)))
        return parts

    def _seat(self, area: int, day: dt.date) -> tuple[int, int, int]:
        """County, township (0 for none), and the lower of both."""
        above = self.above(area, day)
        county, township = above[Level.COUNTY], above.get(Level.TOWNSHIP, 0)
        return county, township, township or county


def basis_day(year: int, basis: str) -> dt.date:
    return {"recorded": year_end(year), "current": OPEN}.get(basis) or year_end(int(basis))


def _twelve(share: Fraction) -> Fraction:
    return Fraction(half_up(share, 12))


def half_up(figure: Fraction, places: int) -> Decimal:
    """Round as the database does: halves away from zero."""
    scaled = figure * 10**places
    return Decimal((2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)).scaleb(-places)


def twin(year: int, basis: str = "recorded") -> dict[int, dict[str, Any]]:
    """Totals by area id for one year: counts, and both stages of every measure."""
    registry = Registry()
    day = basis_day(year, basis)
    records = {record.area_id: record for record in DewRecord.objects.filter(year=year)}
    villages = [area for area, level in registry.levels.items() if level == Level.VILLAGE]
    totals: dict[int, dict[str, Any]] = defaultdict(lambda: defaultdict(lambda: None))
    counts: dict[int, Counter[str]] = defaultdict(Counter)
    for village in villages:
        record = records.get(village)
        if record is None and not registry.version_on(village, year_end(year)):
            continue
        held: Counter[int] = Counter()
        for place, low, high in registry.parts(village, year, basis):
            for area in registry.above(place, day).values():
                _count(counts[area], record, _share(Fraction(1), low, high, 0))
                held[area] += high - low
                if record is not None and record.state in ("submitted", "approved"):
                    _add(totals[area], record, "", low, high)
                if record is not None and record.state == "approved":
                    _add(totals[area], record, "_approved", low, high)
        for area, share in held.items():
            counts[area]["estimated"] += share < 1 and record is not None and record.state in ("submitted", "approved")
    return {area: {**{name: counts[area][name] for name in [*COUNTS, "estimated"]}, **totals[area]} for area in counts}


def _count(count: Counter[str], record: DewRecord | None, one: Decimal) -> None:
    count["expected"] += int(one)
    if record is not None:
        reported = record.state in ("submitted", "approved")
        count["drafted"] += int(one) * (not reported)
        count["reported"] += int(one) * reported
        count["approved"] += int(one) * (record.state == "approved")
        count["nil"] += int(one) * (reported and record.nil)


def _share(figure: Fraction, low: Fraction, high: Fraction, places: int) -> Decimal:
    return half_up(figure * high, places) - half_up(figure * low, places)


def _add(total: dict[str, Any], record: DewRecord, stage: str, low: Fraction, high: Fraction) -> None:
    def plus(name: str, figure: int | Decimal, places: int = 0) -> None:
        total[name + stage] = (total[name + stage] or 0) + _share(Fraction(figure), low, high, places)

    for name, places in SUMMED.items():
        figure = getattr(record, name)
        plus(f"{name}_filled", figure is not None)
        if figure is not None:
            plus(name, figure, places)
    for name, weight in MEANS.items():
        value, people = getattr(record, name), getattr(record, weight)
        plus(f"{name}_filled", value is not None)
        if value is not None and people is not None:
            plus(f"{name}_product", value * people, 2)
            plus(f"{name}_weight", people)
