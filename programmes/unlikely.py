"""What is unlikely in records: their soft rules, held against last year and against the county's other places.

Statistics are computed by the database for whole counties at once, and always from what stands now: a figure that stood
apart when it was typed may not any more when its neighbours have reported.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from povtrack.lib.figures import told
from programmes.models import Record, Remark, ReviewStep
from programmes.soft_rules import Beside, Figure

Place = tuple[int, str]  # area id, breakdown
# By area id, breakdown and measure: what was said, by what the figure was (see `Remark`), the last of each.
Reasons = dict[tuple[int, str, str], dict[str | None, str]]
_COUNTED = "NOT r.nil"


@dataclass(frozen=True)
class Unlikely:
    """One figure that a soft rule asks about: why, with the numbers, and the reason that was given ("" is none).

    A reason explains the figure that it was given for. What was said of another one, `given_for`, is `before`; figures
    are written as by `kept_text`.
    """

    area: int
    breakdown: str
    measure: str
    rule: str
    message: str
    figure: str
    reason: str = ""
    before: str = ""
    given_for: str | None = None

    def explained(self, said: dict[str | None, str]) -> Unlikely:
        """Return this with the reason among what was said of the measure."""
        if not said or self.figure in said:
            return replace(self, reason=said.get(self.figure, ""))
        last = next(reversed(said))
        return replace(self, before=said[last], given_for=last)

    def earlier(self) -> str:
        """Tell the reason of old, which explains another figure; an empty text if there is none."""
        if not self.before:
            return ""
        if self.given_for is None:
            return _("Said before: %(reason)s") % {"reason": self.before}
        words = {"given": in_words(self.given_for), "figure": in_words(self.figure), "reason": self.before}
        return _("Given for %(given)s, now %(figure)s: %(reason)s") % words


def kept_text(figure: Figure | bool | str | None) -> str:
    """Write a figure as remarks keep it: the same figure is always the same text, in every language."""
    if figure is None:
        return ""
    if isinstance(figure, bool):
        return "yes" if figure else "no"
    return f"{figure.normalize():f}" if isinstance(figure, Decimal) else str(figure)


def in_words(text: str) -> str:
    """Write a number that was kept with a remark for people."""
    return told(Decimal(text)) if text else _("blank")


def unlikely_in(
    model: type[Record],
    year: int,
    counties: Iterable[int],
    areas: Iterable[int] | None = None,
    reasons: Reasons | None = None,
) -> list[Unlikely]:
    """Return what is unlikely in the records of these counties, or only of these areas in them. Three queries.

    Whoever has read the `reasons` of these records already passes them on, and saves one.
    """
    held = sorted(set(counties))
    if not model.soft_rules or not held:
        return []
    beside = _medians(model, year, held)
    found = []
    for county, place, figures, last in _figures(model, year, held, areas):
        spread = beside.get((county, place[1]), {})
        for rule in model.soft_rules:
            figure = figures[rule.measure]
            if figure is None:
                continue
            message = rule.warning(figure, Beside(last, *spread.get(rule.measure, ())))
            if message:
                found.append(Unlikely(*place, rule.measure, rule.kind, message, kept_text(figure)))
    if not found:
        return []
    known = reasons_of(model, year, {warned.area for warned in found}) if reasons is None else reasons
    return [w.explained(known.get((w.area, w.breakdown, w.measure), {})) for w in found]


def reasons_of(model: type[Record], year: int, areas: Iterable[int]) -> Reasons:
    """Return what was said of each figure of these areas: where a soft rule asks, that is the reason. One query.

    A reason holds for the figure that it was given for, whatever rule asks about it: rules hold figures against those
    of other places, and would ask anew whenever a neighbour reports. What a reviewer of the record asks on a figure
    is no reason for it.
    """
    of_record = {name: OuterRef(name) for name in ("programme", "year", "area", "breakdown", "by")}
    reviewed = ReviewStep.objects.filter(**of_record).exclude(kind=ReviewStep.Kind.SUBMITTED)
    remarks = Remark.objects.filter(~Exists(reviewed), programme=model.code, year=year, area__in=areas)
    reasons: Reasons = defaultdict(dict)
    for remark in remarks.order_by("at", "pk"):
        said = reasons[remark.area_id, remark.breakdown, remark.measure]
        said.pop(remark.figure, None)  # so that the last comes last
        said[remark.figure] = remark.text
    return reasons


def county_medians(model: type[Record], year: int, county: int) -> dict[str, dict[str, dict[str, Any]]]:
    """Return, by kind and measure, what the browser holds typed figures against: median, spread, places."""
    medians: dict[str, dict[str, dict[str, Any]]] = defaultdict(dict)
    for (_county, breakdown), measures in _medians(model, year, [county]).items():
        for name, (median, spread, places) in measures.items():
            if median is not None and spread:
                medians[breakdown][name] = {"median": str(median), "spread": str(spread), "places": places}
    return medians


def medians_with(
    model: type[Record], year: int, rows: Iterable[tuple[int, Place, Mapping[str, Any]]]
) -> dict[tuple[int, str], dict[str, Sequence[Any]]]:
    """Return the medians of the counties of rows that are about to be saved, as they would be with these in them.

    Rows are (county, place, figures); see `_medians` for what comes back. One query.
    """
    names = _watched(model)
    given = [
        {"county_id": county, "area_id": area, "breakdown": breakdown, **{name: figures[name] for name in names}}
        for county, (area, breakdown), figures in rows
    ]
    return _medians(model, year, sorted({row["county_id"] for row in given}), given)


def _watched(model: type[Record]) -> list[str]:
    return sorted({rule.measure for rule in model.soft_rules if rule.kind == "outlier"})


def _medians(
    model: type[Record], year: int, counties: list[int], given: Sequence[dict[str, Any]] = ()
) -> dict[tuple[int, str], dict[str, Sequence[Any]]]:
    """The median, its absolute deviation and the number of places, by (county, breakdown) and measure.

    Rows that are `given` take the place of those of the same places that stand.
    """
    names = _watched(model)
    if not names:
        return {}
    half = "percentile_cont(0.5) WITHIN GROUP (ORDER BY"
    medians = ", ".join(f'{half} r."{n}") AS "{n}"' for n in names)
    spreads = ", ".join(f'max(m."{n}"), {half} abs(r."{n}" - m."{n}")), count(r."{n}")' for n in names)
    sql = f"""
        WITH given AS (
            SELECT * FROM jsonb_to_recordset(%(given)s::jsonb)
                AS g(county_id bigint, area_id bigint, breakdown text, {", ".join(f'"{n}" float8' for n in names)})
        ), told AS (
            SELECT county_id, breakdown, {", ".join(f'"{n}"' for n in names)} FROM given
            UNION ALL
            SELECT r.county_id, r.breakdown, {", ".join(f'r."{n}"::float8' for n in names)}
            FROM {model._meta.db_table} r
            WHERE r.year = %(year)s AND r.county_id = ANY(%(counties)s) AND {_COUNTED}
              AND (r.area_id, r.breakdown) NOT IN (SELECT area_id, breakdown FROM given)
        ), middle AS (
            SELECT r.county_id, r.breakdown, {medians} FROM told r GROUP BY r.county_id, r.breakdown
        )
        SELECT r.county_id, r.breakdown, {spreads}
        FROM told r JOIN middle m ON m.county_id = r.county_id AND m.breakdown = r.breakdown
        GROUP BY r.county_id, r.breakdown
    """
    with connection.cursor() as cursor:
        cursor.execute(sql, {"year": year, "counties": counties, "given": json.dumps(given, default=str)})
        return {
            (county, breakdown): {
                name: (_exact(values[3 * at]), _exact(values[3 * at + 1]), values[3 * at + 2])
                for at, name in enumerate(names)
            }
            for county, breakdown, *values in cursor.fetchall()
        }


def _exact(value: float | None) -> Decimal | None:
    return None if value is None else round(Decimal(value), 2)


def _figures(
    model: type[Record], year: int, counties: list[int], areas: Iterable[int] | None
) -> Iterable[tuple[int, Place, dict[str, Any], dict[str, Any]]]:
    """The figures of each record and those of the year before: (county, place, figures, last year's)."""
    names = [measure.name for measure in model.measures()]
    now, last = (", ".join(f'{alias}."{name}"' for name in names) for alias in ("r", "b"))
    sql = f"""
        SELECT r.county_id, r.area_id, r.breakdown, {now}, {last}
        FROM {model._meta.db_table} r
        LEFT JOIN {model._meta.db_table} b
            ON b.area_id = r.area_id AND b.breakdown = r.breakdown AND b.year = r.year - 1 AND NOT b.nil
        WHERE r.year = %(year)s AND r.county_id = ANY(%(counties)s) AND {_COUNTED}
          AND (%(areas)s::bigint[] IS NULL OR r.area_id = ANY(%(areas)s::bigint[]))
        ORDER BY r.area_id, r.breakdown
    """
    with connection.cursor() as cursor:
        cursor.execute(sql, {"year": year, "counties": counties, "areas": None if areas is None else list(areas)})
        rows = cursor.fetchall()
    for county, area, breakdown, *figures in rows:
        yield (
            county,
            (area, breakdown),
            dict(zip(names, figures[: len(names)], strict=True)),
            dict(zip(names, figures[len(names) :], strict=True)),
        )
