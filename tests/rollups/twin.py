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
from programmes.models import Record
from villages.levels import Level
from villages.models import Area, AreaVersion, Succession

COUNTS = ["expected", "drafted", "reported", "approved", "nil"]
REPORTED = ("submitted", "confirmed", "approved")
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


Row = dict[str, Any]


def twin(
    year: int, basis: str = "recorded", model: type[Record] = DewRecord, registry: Registry | None = None
) -> dict[int, Row]:
    """Totals by area id for one year, over all kinds: counts, and both stages of every measure."""
    return {area: row for (area, kind), row in twin_by_kind(year, basis, model, registry).items() if not kind}


def twin_by_kind(
    year: int, basis: str, model: type[Record], registry: Registry | None = None
) -> dict[tuple[int, str], Row]:
    """Totals by area id and kind; the empty kind is all of them together. A registry that was read stands still."""
    registry = registry or Registry()
    day = basis_day(year, basis)
    records: dict[int, list[Any]] = defaultdict(list)
    for record in model.objects.filter(year=year):
        records[record.area_id].append(record)
    totals: dict[tuple[int, str], Row] = defaultdict(lambda: defaultdict(lambda: None))
    counts: dict[tuple[int, str], Counter[str]] = defaultdict(Counter)
    for place in (area for area, level in registry.levels.items() if level == model.level):
        if not records[place] and not registry.version_on(place, year_end(year)):
            continue
        held: Counter[int] = Counter()
        for part, low, high in registry.parts(place, year, basis):
            for area in registry.above(part, day).values():
                if registry.levels[area] <= Level.TOWNSHIP:
                    _part(model, records[place], area, (low, high), totals, counts)
                    held[area] += high - low
        for area, share in held.items():
            for kind, of_kind in _kinds_of(model, records[place]):
                counts[area, kind]["estimated"] += share < 1 and bool(of_kind) and _is_reported(of_kind)
    return {
        key: {**{name: count[name] for name in [*COUNTS, "estimated"]}, **totals[key]} for key, count in counts.items()
    }


def _kinds_of(model: type[Record], records: list[Any]) -> list[tuple[str, list[Any]]]:
    """All records of a place together, and each by itself where the programme has kinds."""
    return [("", records), *((record.breakdown, [record]) for record in records if model.kinds)]


def _part(
    model: type[Record],
    records: list[Any],
    area: int,
    share: tuple[Fraction, Fraction],
    totals: dict[tuple[int, str], Row],
    counts: dict[tuple[int, str], Counter[str]],
) -> None:
    """Add a part of one place's records to an area that holds it."""
    one = _share(Fraction(1), *share, 0)
    for kind, of_kind in _kinds_of(model, records):
        _count(counts[area, kind], of_kind, int(one), asked=not kind)
        for record in of_kind:
            over_kinds = not kind and bool(model.kinds)
            if record.state in REPORTED:
                _add(totals[area, kind], record, "", share, over_kinds=over_kinds)
            if record.state == "approved":
                _add(totals[area, kind], record, "_approved", share, over_kinds=over_kinds)


def _is_reported(records: list[Any]) -> bool:
    return all(record.state in REPORTED for record in records)


def _count(count: Counter[str], records: list[Any], one: int, *, asked: bool) -> None:
    """A place counts once, by all its records; of one kind it is expected because it has a record."""
    count["expected"] += one * (asked or bool(records))
    if records:
        reported = _is_reported(records)
        count["drafted"] += one * (not reported)
        count["reported"] += one * reported
        count["approved"] += one * all(record.state == "approved" for record in records)
        count["nil"] += one * (reported and all(record.nil for record in records))


def _share(figure: Fraction, low: Fraction, high: Fraction, places: int) -> Decimal:
    return half_up(figure * high, places) - half_up(figure * low, places)


def _add(total: Row, record: Any, stage: str, share: tuple[Fraction, Fraction], *, over_kinds: bool) -> None:
    def plus(name: str, figure: Any, places: int = 0) -> None:
        total[name + stage] = (total[name + stage] or 0) + _share(Fraction(figure), *share, places)

    for measure in record.measures():
        figure = getattr(record, measure.name)
        if measure.kind == "code":
            continue
        plus(f"{measure.name}_filled", figure is not None)
        if figure is None:
            continue
        if measure.kind == "mean":
            people = getattr(record, measure.weight)
            if people is not None:
                plus(f"{measure.name}_product", figure * people, 2)
                plus(f"{measure.name}_weight", people)
        elif not (over_kinds and measure.unit == "by_kind"):
            plus(measure.name, int(figure) if measure.kind == "flag" else figure, measure.places)
