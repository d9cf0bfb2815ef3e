"""Reading pilot indicators: which are asked of a county, and what counties meant to reach, and reached."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Case, Count, Exists, IntegerField, OuterRef, Q, QuerySet, Sum, Value, When

from povtrack.lib.paths import under
from povtrack.lib.years import year_end
from programmes.catalogue.pilot import PilotRecord
from programmes.deadlines import deadlines_of
from programmes.models import LOCKED, REPORTED, Indicator, IndicatorFigure
from programmes.progress import place_filter
from villages.levels import Level
from villages.models import Area, Placement


@dataclass(frozen=True)
class Asked:
    """One indicator that a county is asked for in one year, with its figure of that year and of the year before.

    `state` is that of the county's record of the theme, empty where there is none any more; `late` says that the day
    until which that record could be mended has passed.
    """

    indicator: Indicator
    figure: IndicatorFigure | None
    before: IndicatorFigure | None
    state: str
    late: str = ""

    @property
    def is_locked(self) -> bool:
        return self.state in LOCKED

    @property
    def version(self) -> int:
        return self.figure.version if self.figure else 0


def asked_of(county: Area, year: int) -> list[Asked]:
    """The indicators that a county is asked for in a year, by theme and name: those of its pilots of that year.

    One that has a figure already stays, whatever is asked today. Five queries.
    """
    states = dict(PilotRecord.objects.filter(area=county, year=year).values_list("breakdown", "state"))
    place = Placement.objects.filter(area=county, valid__contains=year_end(year)).first()
    above = [place.province_id, place.prefecture_id, county.pk] if place else []
    figures = IndicatorFigure.objects.filter(area=county, year__in=(year - 1, year)).select_related("entered_by")
    by_year = {(figure.indicator_id, figure.year): figure for figure in figures}
    held = [indicator for indicator, of in by_year if of == year]
    everywhere = Q(area=None) | Q(area__level=Level.NATION) | Q(area__in=[pk for pk in above if pk])
    wanted = Indicator.objects.filter((Q(theme__in=states, is_asked=True) & everywhere) | Q(pk__in=held))
    order = {kind.code: at for at, kind in enumerate(PilotRecord.kinds)}
    late = {theme: d.words() for (_area, theme), d in deadlines_of(PilotRecord, year, [county.pk]).items() if d.is_late}
    return [
        Asked(
            one,
            by_year.get((one.pk, year)),
            by_year.get((one.pk, year - 1)),
            states.get(one.theme, ""),
            late.get(one.theme, ""),
        )
        for one in sorted(wanted, key=lambda one: (order.get(one.theme, 99), one.name, one.pk))
    ]


def reached(target: Decimal | None, actual: Decimal | None) -> Decimal | None:
    """How much of a target was reached, in percent; None where that has no meaning."""
    return round(100 * actual / target, 1) if target and actual is not None else None


def figures_within(area: Area, year: int, paths: Iterable[str]) -> QuerySet[IndicatorFigure]:
    """The figures of the counties that stood in an area in a year, of those below `paths`; `counts` marks the reported.

    What a county has not submitted yet is listed and not counted, as in all totals.
    """
    counties = Placement.objects.filter(level=Level.COUNTY, valid__contains=year_end(year), **place_filter(area))
    submitted = PilotRecord.objects.filter(
        area=OuterRef("area"), year=OuterRef("year"), breakdown=OuterRef("indicator__theme"), state__in=REPORTED
    )
    return (
        IndicatorFigure.objects.filter(under(paths, "area__path"), year=year, area__in=counties.values("area"))
        .exclude(target=None, actual=None)
        .annotate(counts=Exists(submitted))
        .select_related("indicator", "area")
        .order_by(_theme_order("indicator__theme"), "indicator__name", "indicator", "area__code", "pk")
    )


def _theme_order(field: str) -> Case:
    """The themes in the order in which the programme names them."""
    places = (When(**{field: kind.code}, then=Value(at)) for at, kind in enumerate(PilotRecord.kinds))
    return Case(*places, default=Value(99), output_field=IntegerField())


@dataclass(frozen=True)
class IndicatorTotal:
    """One indicator over the counties of an area. `target` and `actual` are None where its unit does not add up.

    `reached` compares only counties that gave both figures.
    """

    indicator: Indicator
    counties: int
    waiting: int
    target: Decimal | None
    actual: Decimal | None
    reached: Decimal | None


def totals_of(figures: QuerySet[IndicatorFigure]) -> list[IndicatorTotal]:
    """The totals by indicator of the figures that count. Two queries."""
    both = Q(counts=True, target__isnull=False, actual__isnull=False)
    summed = (
        figures.order_by()
        .values("indicator")
        .annotate(
            counties=Count("pk", filter=Q(counts=True)),
            waiting=Count("pk", filter=Q(counts=False)),
            target_sum=Sum("target", filter=Q(counts=True)),
            actual_sum=Sum("actual", filter=Q(counts=True)),
            target_of_both=Sum("target", filter=both),
            actual_of_both=Sum("actual", filter=both),
        )
    )
    by_id: dict[int, Any] = {row["indicator"]: row for row in summed}
    order = {kind.code: at for at, kind in enumerate(PilotRecord.kinds)}
    found = Indicator.objects.in_bulk(list(by_id))
    return [
        _total(one, by_id[one.pk])
        for one in sorted(found.values(), key=lambda one: (order.get(one.theme, 99), one.name, one.pk))
    ]


def _total(indicator: Indicator, row: Any) -> IndicatorTotal:
    if not indicator.adds_up:
        return IndicatorTotal(indicator, row["counties"], row["waiting"], None, None, None)
    share = reached(row["target_of_both"], row["actual_of_both"])
    return IndicatorTotal(indicator, row["counties"], row["waiting"], row["target_sum"], row["actual_sum"], share)
