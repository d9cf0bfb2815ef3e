"""All that explains one total, read at one instant."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from povtrack.accounts.models import User
from povtrack.lib.basis import CURRENT, Basis, parse_basis
from povtrack.lib.instants import one_instant
from povtrack.lib.moments import AsOf
from povtrack.lib.years import FIRST_YEAR, LAST_YEAR, year_end
from povtrack.rollups.boundaries import KEPT, Boundaries
from povtrack.rollups.divided import Share, shares_of
from povtrack.rollups.explain.inputs import WHICH, Input, Place, inputs_of, sums_of
from povtrack.rollups.models import ReleasedTotal
from povtrack.rollups.on_request import require_known
from povtrack.rollups.read import Freshness, boundaries_of, family_of
from povtrack.rollups.releases.compare import as_total
from povtrack.rollups.releases.why import Cell, MovedRecord, moved_records
from povtrack.rollups.verified import UNVERIFIED, verified
from povtrack.rollups.waiting import Waiting, waiting
from programmes.as_known import known_moment
from programmes.measures import Measure
from programmes.models import Record
from programmes.registry import get_programme_or_404
from villages.levels import Level
from villages.models import Area, BoundaryChange, Membership

STAGES = {"submitted": "", "approved": "_approved"}
PAGE = 50
LATELY = dt.timedelta(days=30)
MOST = 20


@dataclass(frozen=True)
class Question:
    """Which figure is asked about. `stage` is "submitted" (approved ones too) or "approved"."""

    model: type[Record]
    area: Area
    year: int
    measure: Measure
    basis: Basis
    breakdown: str = ""
    stage: str = "submitted"
    as_of: AsOf | None = None

    @classmethod
    def of(cls, asked: Any, user: User) -> Question:
        """Read what an address asks. Raises Http404 for what is not there, BadBasis, BadMoment."""
        model = get_programme_or_404(asked.get("programme", ""))
        area, year = asked.get("area", ""), asked.get("year", "")
        found = Area.objects.visible_to(user).filter(pk=area if _is_number(area, 18) else 0).first()
        if found is None or found.level > Level.TOWNSHIP:
            raise Http404(_("Name a township, or an area above one, of yours by its id."))
        if not _is_number(year, 4) or not FIRST_YEAR <= int(year) <= LAST_YEAR:
            raise Http404(_("The year is out of range."))
        basis = parse_basis(asked.get("basis") or Basis().name, timezone.localdate())
        require_known(basis)
        as_of = known_moment(asked["as_of"]) if asked.get("as_of") else None
        measure, (kind, stage) = _measure(model, asked.get("measure", "")), _choices(model, asked)
        return cls(model, found, int(year), measure, basis, kind, stage, as_of)

    @property
    def end(self) -> str:
        """The suffix of the roll-up's columns."""
        return STAGES[self.stage]


def _is_number(text: str, most: int) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= most


def _measure(model: type[Record], name: str) -> Measure:
    measures = {m.name: m for m in model.totalled()}
    if name and name not in measures:
        words = _("“%(name)s” is no figure of %(programme)s. Its figures: %(known)s.")
        told = {"name": name[:40], "programme": model.label, "known": ", ".join(measures)}
        raise Http404(words % told)
    return measures[name or model.headline[0]]


def _choices(model: type[Record], asked: Any) -> tuple[str, str]:
    """The kind and the stage."""
    kind, stage = asked.get("breakdown", ""), asked.get("stage") or "submitted"
    if kind and model.kind_of(kind) is None:
        raise Http404(_("“%(code)s” is no kind of %(programme)s.") % {"code": kind[:40], "programme": model.label})
    if stage not in STAGES:
        raise Http404(_("The stage is submitted or approved."))
    return kind, stage


@dataclass(frozen=True)
class Explained:
    """One total with all that it comes from.

    `own` is its roll-up row (None where nobody was expected), `figure` the total itself, `parts` the rows whose sum it
    is with the figure of each, `parts_sum` their sum. `records_sum` is the same summed here and now from the records;
    None above counties unless `inputs` were asked for. `released` are the figures that were frozen of it.
    """

    question: Question
    own: Any | None
    figure: Any
    freshness: Freshness
    parts: list[tuple[Any, Any]]
    parts_sum: Any
    records_sum: Any
    counts: dict[str, int]
    which: str
    inputs: list[Input]
    more: bool
    shares: list[Share]
    lists: list[Membership]
    changes: list[BoundaryChange]
    lately: list[MovedRecord]
    released: list[tuple[ReleasedTotal, Any]]

    @property
    def adds_up(self) -> bool | None:
        """Whether parts and records add up to the figure; None while edits wait to be counted in."""
        if self.freshness.pending:
            return None
        sums = [*([self.parts_sum] if self.parts else []), *([self.records_sum] if self.counts else [])]
        return all(one == self.figure for one in sums)


def explained(question: Question, *, user: User, which: str = "", number: int = 1) -> Explained:
    """Read all that explains a figure, at one instant. `which` names a list of `WHICH`, of which page `number` is read.

    Records and the latest edits are read for townships and counties, and above them where a list is asked for.
    """
    model, area, year = question.model, question.area, question.year
    is_small = area.level >= Level.COUNTY
    shown = which if which in WHICH else ("all" if is_small else "")
    areas = None if area.level == Level.NATION else [area.pk]
    moment = question.as_of.moment if question.as_of else None
    with one_instant(), boundaries_of(model, question.basis, years=[year], areas=areas, as_of=moment) as on:
        pending = Waiting() if moment else waiting(model, on, [area.pk], (year, year))
        proven = UNVERIFIED if moment else verified(model.code, on)
        own, parts, _kinds = family_of(model, year, area, on, question.breakdown)
        measure, end = question.measure, question.end
        pairs = [(part, measure.total(part, end)) for part in parts]
        place = Place(model, area, year, on, question.breakdown)
        summed, counts = sums_of(place, measure, end) if shown else (None, {})
        found = _inputs(place, question, shown, number)
        shares = shares_of(model, on, [own]) if own else {}
        lately = _lately(question, on) if is_small and not moment else []
        return Explained(
            question,
            own,
            measure.total(own, end) if own else None,
            Freshness(pending.total([area.pk]), own.computed_at if own else None, proven),
            pairs,
            _sum_of(measure, parts, end),
            summed,
            counts,
            shown,
            found[:PAGE],
            len(found) > PAGE,
            shares.get((area.pk, year, question.breakdown), []),
            _lists(question),
            _changes(question),
            lately,
            _released(question),
        )


def _inputs(place: Place, question: Question, which: str, number: int) -> list[Input]:
    if not which:
        return []
    start = (number - 1) * PAGE
    return inputs_of(place, question.measure, question.end, which, start=start, size=PAGE + 1)


def _sum_of(measure: Measure, rows: list[Any], end: str) -> Any:
    """The total of a measure over roll-up rows, from the columns that add up."""
    if not rows:
        return None
    sums: dict[str, Any] = {}
    for term in measure.terms():
        held = [value for row in rows if (value := getattr(row, f"{term.name}{end}")) is not None]
        sums[f"{term.name}{end}"] = sum(held) if held else None
    return measure.total(type(rows[0])(**sums), end)


def _lists(question: Question) -> list[Membership]:
    """The official lists on which the area was at the end of the year."""
    on = Membership.objects.filter(area=question.area, valid__contains=year_end(question.year))
    return list(on.select_related("designation").order_by("designation__code")[:MOST])


def _changes(question: Question) -> list[BoundaryChange]:
    """The boundary changes in the area that made the total's boundaries: in its year, and on today's since then too."""
    changes = BoundaryChange.objects.filter(state=BoundaryChange.State.APPLIED).within([question.area.path])
    changes = changes.filter(effective__gt=year_end(question.year - 1))
    if question.basis.name != CURRENT:
        changes = changes.filter(effective__lte=question.basis.day(question.year))
    return list(changes.order_by("-effective", "-pk")[:MOST])


def _lately(question: Question, on: Boundaries) -> list[MovedRecord]:
    """The records that were written lately, from what to what."""
    if on not in KEPT:
        return []
    now = timezone.now()
    cell = Cell(question.model, question.year, on.basis, question.area, question.breakdown)
    return moved_records(cell, (now - LATELY, now), size=MOST, measure=question.measure)


def _released(question: Question) -> list[tuple[ReleasedTotal, Any]]:
    """What was frozen of this figure, the latest first."""
    rows = ReleasedTotal.objects.filter(
        area=question.area,
        programme=question.model.code,
        year=question.year,
        basis=question.basis.name,
        breakdown=question.breakdown,
    )
    found = rows.select_related("release").order_by("-release__known_at")[:MOST]
    return [(row, as_total(question.model, row.figures, question.measure, question.end)) for row in found]
