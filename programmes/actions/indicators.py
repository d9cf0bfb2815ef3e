"""Saving what a county meant to reach, and reached, on the indicators of its pilots."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from povtrack.accounts.models import User
from povtrack.accounts.roles import Ability
from povtrack.lib.figures import BadFigure, parse_decimal
from povtrack.lib.jobs import recompute_after_commit
from povtrack.lib.paths import is_under
from povtrack.lib.years import year_end
from programmes.actions.rows import RowError
from programmes.actions.scope import Refused, closed_words, paths_of, window_of
from programmes.catalogue.pilot import PilotRecord
from programmes.indicators import Asked, asked_of
from programmes.models import IndicatorFigure, State
from villages import derive
from villages.levels import Level
from villages.models import Area, AreaVersion

MOST = 500
FIELDS = ("target", "actual")


@dataclass(frozen=True)
class IncomingFigure:
    """One indicator's figures as a person sends them: typed text; None leaves a figure as it is.

    `version` is the one they saw (0: none stood).
    """

    indicator: int
    version: int
    target: str | None = None
    actual: str | None = None


@dataclass
class FigureResult:
    """What became of one row: saved, unchanged, refused (see `errors`), conflict or locked.

    For all but refused, `version`, `target` and `actual` are what now stands; in a conflict `by` and `at` wrote it.
    """

    indicator: int
    status: str
    version: int = 0
    target: Decimal | None = None
    actual: Decimal | None = None
    errors: list[RowError] = field(default_factory=list)
    by: str = ""
    at: Any = None


def save_indicator_figures(*, year: int, area: Area, rows: Sequence[IncomingFigure], by: User) -> list[FigureResult]:
    """Write the rows of one county that are good, and say of every row what became of it, in the order given.

    A written figure makes a submitted record of its theme a draft again, so that nobody approves what they did not see.
    Raises Refused when nothing can be written at all: no round or a closed one, not the person's county, too many rows.
    """
    if len(rows) > MOST:
        words = _("%(count)s rows were sent at once; at most %(limit)s can be saved together. Nothing was saved.")
        raise Refused(words % {"count": len(rows), "limit": MOST})
    if not is_under(area.path, paths_of(by, Ability.ENTER)):
        raise Refused(_("%(area)s is not one of your areas.") % {"area": area})
    standing = AreaVersion.objects.filter(area=area, valid__contains=year_end(year))
    if area.level != Level.COUNTY or not standing.exists():
        raise Refused(
            _("Indicators are counted by county; %(area)s was none in %(year)s.") % {"area": area, "year": year}
        )
    window = window_of(PilotRecord, year)
    if not window.allows(area.path):
        raise Refused(closed_words(PilotRecord, window.round))
    with transaction.atomic():
        derive.hold_placements()
        # Whoever saves or approves for this county at the same time waits here.
        list(PilotRecord.objects.filter(area=area, year=year).order_by("breakdown").select_for_update(of=("self",)))
        list(IndicatorFigure.objects.filter(area=area, year=year).order_by("pk").select_for_update(of=("self",)))
        return _save(year, area, rows, by)


def _save(year: int, area: Area, rows: Sequence[IncomingFigure], by: User) -> list[FigureResult]:
    asked = {one.indicator.pk: one for one in asked_of(area, year)}
    seen: set[int] = set()
    results, good = [], []
    for row in rows:
        result = _judged(row, asked.get(row.indicator), area, year, twice=row.indicator in seen)
        seen.add(row.indicator)
        results.append(result)
        if result.status == "saved":
            good.append(result)
    # The first of two rows for one indicator stands refused with the second.
    doubled = {result.indicator for result in results if result.status == "refused"}
    good = [result for result in good if result.indicator not in doubled]
    for result in results:
        if result.status == "saved" and result.indicator in doubled:
            result.status = "refused"
            result.errors.append(RowError("", "", _("This indicator was sent twice.")))
    if good:
        _write(year, area, good, {asked[result.indicator].indicator.theme for result in good}, by)
    return results


def _judged(row: IncomingFigure, asked: Asked | None, area: Area, year: int, *, twice: bool) -> FigureResult:
    """Say what becomes of a row; one to be written comes back as saved, with its new version."""
    if asked is None:
        words = _("No indicator %(id)s is asked of %(area)s in %(year)s.")
        return _refused(
            row, RowError("", str(row.indicator), words % {"id": row.indicator, "area": area, "year": year})
        )
    if twice:
        return _refused(row, RowError("", "", _("This indicator was sent twice.")))
    stands = asked.figure
    figures: dict[str, Any] = {name: getattr(stands, name, None) for name in FIELDS}
    errors = []
    for name in FIELDS:
        text = getattr(row, name)
        try:
            figures[name] = figures[name] if text is None else parse_decimal(text)
        except BadFigure as bad:
            errors.append(RowError(name, text, str(bad)))
    if errors:
        return _refused(row, *errors)
    if all(figures[name] == getattr(stands, name, None) for name in FIELDS):
        return _standing(row, "unchanged", stands)
    if asked.is_locked:
        return _standing(row, "locked", stands)
    if asked.late:
        theme = PilotRecord.kind_of(asked.indicator.theme)
        return _refused(row, RowError("", "", f"{area}, {theme.label if theme else ''}: {asked.late}"))
    if row.version != asked.version:
        return _standing(row, "conflict", stands)
    return FigureResult(row.indicator, "saved", row.version + 1, **figures)


def _refused(row: IncomingFigure, *errors: RowError) -> FigureResult:
    return FigureResult(row.indicator, "refused", errors=list(errors))


def _standing(row: IncomingFigure, status: str, stands: IndicatorFigure | None) -> FigureResult:
    if stands is None:
        return FigureResult(row.indicator, status)
    return FigureResult(
        row.indicator, status, stands.version, stands.target, stands.actual, by=stands.entered_by.label,
        at=stands.entered_at,
    )  # fmt: skip


def _write(year: int, area: Area, good: list[FigureResult], themes: set[str], by: User) -> None:
    now = timezone.now()
    figures = [
        IndicatorFigure(
            indicator_id=one.indicator, area=area, year=year, target=one.target, actual=one.actual,
            version=one.version, entered_at=now, entered_by=by,
        )
        for one in good
    ]  # fmt: skip
    IndicatorFigure.objects.bulk_create(
        figures,
        update_conflicts=True,
        unique_fields=["indicator", "area", "year"],
        update_fields=["target", "actual", "version", "entered_at", "entered_by"],
    )
    submitted = PilotRecord.objects.filter(area=area, year=year, breakdown__in=themes, state=State.SUBMITTED)
    submitted.update(
        state=State.DRAFT, version=F("version") + 1, submitted_at=None, submitted_by=None, entered_at=now, entered_by=by
    )
    recompute_after_commit()
