"""All that is known of one village: its programmes year by year, its latest survey, and where it stood."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db.models import Q
from django.urls import reverse

from povtrack.accounts.models import User
from povtrack.accounts.roles import Ability
from povtrack.lib.figures import shown
from povtrack.lib.paths import is_under
from povtrack.lib.sparkline import sparkline
from povtrack.lib.years import year_end
from programmes.actions.scope import paths_of
from programmes.catalogue.profile import ProfileRecord
from programmes.measures import BY_KIND, Measure
from programmes.models import OPEN, REPORTED, Record, Round, State
from programmes.registry import programmes
from villages.models import Area, AreaVersion, Placement, Succession

# A village that reports several kinds stands where the record stands that is least far.
_LEAST_FAR = [State.RETURNED, State.DRAFT, State.SUBMITTED, State.CONFIRMED, State.APPROVED]


@dataclass(frozen=True)
class YearCell:
    """One programme and year: `state` of its records; "missing" where one is expected, "unasked" where none is."""

    year: int
    state: str
    nil: bool = False
    url: str = ""

    @property
    def is_reported(self) -> bool:
        return self.state in REPORTED


@dataclass(frozen=True)
class FigureRow:
    """One headline figure over the years. A cell is (what, text); what: figure, blank, nil, missing or unasked."""

    label: Any
    unit: Any
    cells: list[tuple[str, str]]
    line: dict[str, Any] | None


@dataclass(frozen=True)
class ProgrammeRows:
    """One programme over the years: how its records stand, and its headline figures."""

    model: type[Record]
    states: list[YearCell]
    figures: list[FigureRow]


@dataclass(frozen=True)
class Completeness:
    """Which programmes expect a record of one year, by how far it is."""

    year: int
    reported: list[Any] = field(default_factory=list)
    begun: list[Any] = field(default_factory=list)
    missing: list[Any] = field(default_factory=list)

    @property
    def expected(self) -> int:
        return len(self.reported) + len(self.begun) + len(self.missing)

    @property
    def percent(self) -> int:
        return 100 * len(self.reported) // self.expected if self.expected else 0

    @property
    def begun_percent(self) -> int:
        return 100 * (len(self.reported) + len(self.begun)) // self.expected if self.expected else 0


@dataclass(frozen=True)
class Stood:
    """Where the village stood from `since` until the day before `until`. `above` are (place, is the reader's)."""

    since: Any
    until: Any
    code: str
    name: str
    above: list[tuple[Area, bool]]


class Village:
    """One village as its reader sees it. The number of queries does not depend on the number of years."""

    def __init__(self, user: User, area: Area) -> None:
        self.area = area
        self.paths = paths_of(user, Ability.READ)
        self.models = [model for model in programmes() if model.level == area.level]
        self.versions = list(AreaVersion.objects.filter(area=area).order_by("valid"))
        above = ("township", "county", "prefecture", "province")
        self.placements = list(Placement.objects.filter(area=area).select_related(*above).order_by("valid"))
        self.records: dict[str, dict[int, list[Record]]] = {model.code: _by_year(model, area) for model in self.models}
        self.rounds: dict[str, set[int]] = defaultdict(set)
        for programme, year in Round.objects.filter(programme__in=self.records).values_list("programme", "year"):
            if self.code_in(year):
                self.rounds[programme].add(year)

    def code_in(self, year: int) -> str:
        """The code of the village at the end of a year; empty if it did not stand."""
        return next((v.code for v in self.versions if year_end(year) in v.valid), "")

    @cached_property
    def years(self) -> list[int]:
        """The years of which something is recorded or expected."""
        recorded = {year for by_year in self.records.values() for year in by_year}
        return sorted(recorded.union(*self.rounds.values()))

    @cached_property
    def _grids(self) -> dict[int, str]:
        """By year, the code of the township (or county) whose grid has the village, where the reader may open it."""
        places = {}
        for year in self.years:
            placement = next((p for p in self.placements if year_end(year) in p.valid), None)
            place = placement and (placement.township or placement.county)
            if place and is_under(place.path, self.paths):
                places[year] = place.pk
        versions = list(AreaVersion.objects.filter(area__in=set(places.values())))
        return {
            year: v.code for year, place in places.items() for v in versions
            if v.area_id == place and year_end(year) in v.valid
        }  # fmt: skip

    def grid_url(self, model: type[Record], year: int) -> str:
        """The village's row in the grid of a programme and year, or nothing if the reader may not open it."""
        code = self._grids.get(year)
        if not code:
            return ""
        records = self.records[model.code].get(year)
        kind = f"?kind={records[0].breakdown}" if records and model.kinds else ""
        return f"{reverse('entry', args=[model.code, year, code])}{kind}#row-{self.area.pk}"

    def figures_url(self, model: type[Record], year: int) -> str:
        """The figures of the township in which the village stood, or nothing."""
        code = self._grids.get(year)
        return reverse("figures-area", args=[model.code, year, code]) if code else ""

    @cached_property
    def programmes(self) -> list[ProgrammeRows]:
        """The programmes that have or expect a record of the village."""
        found = [model for model in self.models if self.records[model.code] or self.rounds[model.code]]
        return [
            ProgrammeRows(
                m, [self._state(m, year) for year in self.years], self._figures(m) if self.records[m.code] else []
            )
            for m in found
        ]

    def _state(self, model: type[Record], year: int) -> YearCell:
        records = self.records[model.code].get(year, [])
        if records:
            state = min((r.state for r in records), key=lambda state: _LEAST_FAR.index(State(state)))
            return YearCell(year, state, all(r.nil for r in records), self.grid_url(model, year))
        expected = year in self.rounds[model.code]
        return YearCell(year, "missing" if expected else "unasked", url=self.grid_url(model, year) if expected else "")

    def _figures(self, model: type[Record]) -> list[FigureRow]:
        rows = []
        for measure in (m for m in model.measures() if m.name in model.headline):
            cells, course = [], []
            for year in self.years:
                records = self.records[model.code].get(year, [])
                figure = figure_over(measure, records)
                course.append(figure)
                cells.append((self._what(model, year, records, figure), shown(figure, missing="")))
            rows.append(FigureRow(measure.verbose_name, measure.unit_word, cells, sparkline(course)))
        return rows

    def _what(self, model: type[Record], year: int, records: list[Record], figure: Any) -> str:
        if not records:
            return "missing" if year in self.rounds[model.code] else "unasked"
        if figure is not None:
            return "figure"
        return "nil" if all(r.nil for r in records) else "blank"

    @cached_property
    def completeness(self) -> list[Completeness]:
        """How complete each year is, the latest first."""
        found = []
        for at, year in reversed(list(enumerate(self.years))):
            one = Completeness(year)
            for programme in self.programmes:
                cell = programme.states[at]
                if cell.state == "unasked" or year not in self.rounds[programme.model.code]:
                    continue
                held = one.reported if cell.is_reported else one.begun if cell.state in OPEN else one.missing
                held.append({"label": programme.model.label, "url": cell.url})
            found.append(one)
        return found

    def survey(self, year: int) -> Record | None:
        """The latest survey of the village up to a year, or else the first one after it."""
        surveys = [r for records in self.records[ProfileRecord.code].values() for r in records if not r.nil]
        past = [r for r in surveys if r.year <= year]
        return past[-1] if past else next(iter(surveys), None)

    def stood(self) -> list[Stood]:
        """The forms of the village and of what lay above it, the latest first."""
        dates = [version.valid for version in self.versions] + [place.valid for place in self.placements]
        starts = sorted({valid.lower for valid in dates})
        rows = []
        for start, following in zip(starts, [*starts[1:], None], strict=True):
            version = next((v for v in self.versions if start in v.valid), None)
            place = next((p for p in self.placements if start in p.valid), None)
            if version and place:
                until = following if following and following in version.valid else version.valid.upper
                above = [up for up in (place.township, place.county, place.prefecture, place.province) if up]
                form = str(Area(name=version.name, name_latin=version.name_latin))
                named = [(up, is_under(up.path, self.paths)) for up in above]
                rows.append(Stood(start, until or following, version.code, form, named))
        return rows[::-1]

    def kin(self) -> dict[str, list[dict[str, Any]]]:
        """Whom the village followed (`before`), and who followed it (`after`), each with the way to its page."""
        steps = Succession.objects.filter(Q(old=self.area) | Q(new=self.area), effective__isnull=False)
        kin: dict[str, list[dict[str, Any]]] = {"before": [], "after": []}
        for step in steps.select_related("old", "new").order_by("effective", "pk"):
            side, other = ("after", step.new) if step.old_id == self.area.pk else ("before", step.old)
            if other and other != self.area:
                url = reverse("village-place", args=[other.pk]) if is_under(other.path, self.paths) else ""
                kin[side].append({"area": other, "on": step.effective, "url": url})
        return kin


def _by_year(model: type[Record], area: Area) -> dict[int, list[Record]]:
    records: dict[int, list[Record]] = defaultdict(list)
    for record in model.objects.filter(area=area).order_by("year", "breakdown"):
        records[record.year].append(record)
    return dict(records)


def figure_over(measure: Measure, records: Iterable[Record]) -> Any:
    """A figure over all kinds that a village reports; None if nobody gave it, or each kind has a unit of its own."""
    given = [(getattr(r, measure.name), r) for r in records if getattr(r, measure.name) is not None]
    if not given or (measure.unit == BY_KIND and len(given) > 1):
        return None
    if measure.kind != "mean" or len(given) == 1:
        return any(figure for figure, _record in given) if measure.kind == "flag" else sum(f for f, _record in given)
    weights = [(figure, getattr(r, measure.weight) or 0) for figure, r in given]
    whole = sum(weight for _figure, weight in weights)
    return round(Decimal(sum(f * w for f, w in weights)) / whole, 2) if whole else None
