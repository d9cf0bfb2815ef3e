"""What the figures page shows: totals, rates, parts, the series over the years, and what is estimated in them."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from povtrack.lib.figures import shown
from povtrack.rollups.boundaries import Boundaries
from povtrack.rollups.chart import line_chart
from povtrack.rollups.divided import Share, ShareKey, shares_of
from povtrack.rollups.figures_ways import Asked, boundary_choices, reporters_of, ways_of
from povtrack.rollups.read import Freshness, boundaries_of, family_of, nation_series, series_of
from povtrack.rollups.records import records_page
from povtrack.rollups.verified import verified
from povtrack.rollups.waiting import Waiting, waiting
from programmes.as_known import MOST_YEARS
from programmes.measures import BY_KIND, Kind, Measure
from programmes.models import Record, Round
from programmes.views.beside import pages_beside
from programmes.views.scope import codes_in, trail_of
from villages.levels import Level
from villages.models import Placement
from villages.names import latin_beside

# A year of which this share has reported can be compared with another.
NEARLY_ALL = 0.95
SHARES_SHOWN = 100


def figures_context(asked: Asked, page: Any) -> dict[str, Any]:
    """Return all that the page shows. Totals are read on the boundaries asked for, and nothing after them is."""
    model, area, year, basis = asked.model, asked.area, asked.year, asked.basis
    is_nation = area.level == Level.NATION
    # The nation's totals are the same on every basis, so that its series needs no summing of every village and year.
    series = nation_series(model, area, asked.kind) if is_nation and basis.year and not asked.as_of else []
    moment = asked.as_of.moment if asked.as_of else None
    areas = None if is_nation else [area.pk]
    with boundaries_of(model, basis, years=_years(asked), areas=areas, as_of=moment) as on:
        pending = Waiting() if moment else waiting(model, on, _family(asked), (year, year))
        row, parts, by_kind = family_of(model, year, area, on, asked.kind)
        series = series or list(series_of(model, area, on.basis, asked.kind))
        shares = shares_of(model, on, [*([row] if row else []), *parts])
        shown_parts = _parts(asked, on, parts, pending, page)
    before = next((r for r in series if r.year == year - 1), None)
    ways = ways_of(asked)
    return {
        "section": "figures",
        "programme": {"code": model.code, "label": model.label, "summary": model.summary},
        "year": year,
        "area": area,
        "area_level": Level(area.level).word,
        "trail": _trail(asked),
        "as_of": asked.as_of,
        "now_url": replace(asked, as_of=None).url(),
        "row": row,
        "freshness": Freshness(pending.total([area.pk]), row.computed_at if row else None, verified(model.code, on)),
        **_figures(asked, row, before),
        "measure_columns": [head_of(model, name) for name in model.headline],
        "shares": _shares(row, parts, shares),
        **_kinds(asked, by_kind),
        "reporters": reporters_of(model),
        # These pages are on the boundaries of each year.
        "beside": pages_beside(model, year, area, asked.code) if on.is_recorded else [],
        **shown_parts,
        **ways,
        **boundary_choices(asked, ways["year_urls"]),
        **_series(model, series, {way["year"]: way["url"] for way in ways["year_urls"]}),
    }


def _figures(asked: Asked, row: Any, before: Any) -> dict[str, Any]:
    """The figures of the area, each with the way to what it is made of."""
    model = asked.model
    lines = measure_lines(model, row, model.kind_of(asked.kind))
    return {
        "tiles": [
            {**tile, "why_url": asked.why(tile["name"]) if "name" in tile else ""}
            for tile in _tiles(model, row, before)
        ],
        "measures_all": [
            {**line, "why_url": asked.why(line["name"]), "approved_why_url": asked.why(line["name"], "approved")}
            for line in lines
        ],
        "rates": rate_lines(model, row),
    }


def _years(asked: Asked) -> list[int]:
    """The years that the page needs summed: all rounds for the series, but for the nation only the one asked for.

    As of a moment no more than are worked out at once.
    """
    is_kept = asked.basis.year is None and asked.as_of is None
    if is_kept or asked.area.level == Level.NATION or (asked.as_of and asked.basis.year):
        return [asked.year]
    rounds = Round.objects.filter(programme=asked.model.code).values_list("year", flat=True)
    if asked.as_of:
        before = sorted(year for year in rounds if year < asked.year)
        return [*before[1 - MOST_YEARS :], asked.year]
    return sorted({asked.year, *rounds})


def _trail(asked: Asked) -> list[dict[str, str | None]]:
    model, basis = asked.model, asked.basis
    steps = trail_of(asked.user, asked.area, "figures-area", programme=model.code, year=asked.year, basis=basis)
    return [{**step, "url": asked.then(step["url"]) if step["url"] else None} for step in steps]


def _family(asked: Asked) -> list[int]:
    """The ids of the area and of its parts on the basis."""
    parts = Placement.objects.filter(parent=asked.area, valid__contains=asked.basis.day(asked.year))
    return [asked.area.pk, *(parts.values_list("area_id", flat=True) if asked.area.level < Level.COUNTY else [])]


def _kind_columns(model: type[Record]) -> list[Measure]:
    """What the table of kinds shows: what each kind counts in a unit of its own, and the headline figures."""
    return [m for m in model.totalled() if m.unit == BY_KIND or m.name in model.headline]


def _cell_of_kind(measure: Measure, kind: Kind, totals: dict[str, Any]) -> dict[str, Any]:
    unit = measure.unit_for(kind) if measure.unit == BY_KIND else ""
    return {"value": shown(totals.get(measure.name)), "unit": unit}


def _kinds(asked: Asked, rows: list[Any]) -> dict[str, Any]:
    """The programme's kinds, each with its headline figures and the way to it, and which of them is asked for."""
    model = asked.model
    of_kind = model.kind_of(asked.kind)
    by_code = {row.breakdown: row for row in rows}
    kinds = []
    for kind in model.kinds:
        totals = by_code[kind.code].totals() if kind.code in by_code else {}
        kinds.append(
            {
                "label": kind.label,
                "url": asked.url(kind=kind.code),
                "current": kind.code == asked.kind,
                "cells": [_cell_of_kind(m, kind, totals) for m in _kind_columns(model)],
                "reported": by_code[kind.code].reported if kind.code in by_code else 0,
            }
        )
    return {
        "kinds": kinds,
        "kinds_label": model.kinds_label,
        "kind": asked.kind,
        "kind_label": of_kind.label if of_kind else _("all together"),
        "kind_columns": [head_of(model, m.name) for m in _kind_columns(model)],
        "all_kinds_url": asked.url(kind=""),
    }


def _series(model: type[Record], rows: list[Any], urls: dict[int, str]) -> dict[str, Any]:
    """The first headline figure over the years, as a line and as a table."""
    first = next(measure for measure in model.totalled() if measure.name == model.headline[0])
    figures = [(row.year, row.totals()[first.name]) for row in rows]
    return {
        "series": [
            {
                "year": row.year,
                "value": shown(row.totals()[first.name]),
                "url": urls.get(row.year, ""),
                "estimated": row.estimated,
            }
            for row in rows
        ],
        "chart": line_chart(figures, {row.year for row in rows if row.reported < NEARLY_ALL * row.expected}),
        "chart_measure": first.verbose_name,
    }


def head_of(model: type[Record], name: str) -> dict[str, Any]:
    measure = next(m for m in model.totalled() if m.name == name)
    return {"name": name, "label": measure.verbose_name, "unit": measure.total_unit_word}


def _tiles(model: type[Record], row: Any, before: Any) -> list[dict[str, Any]]:
    """The headline figures: total, and beside it the rate it feeds, or the change on last year."""
    if row is None:
        return []
    totals, last = row.totals(), before.totals() if before else {}
    rates = {rate.numerator: rate for rate in reversed(model.rates)}
    tiles = []
    for name in model.headline:
        note = ""
        if name in rates:
            rate = rates[name]
            note = f"{rate.label}: {shown(rate.of(totals))} {rate.unit_word}"
        elif before and row.reported < NEARLY_ALL * before.reported and last.get(name):
            # A change against a fuller year would only say that records are still missing.
            note = _("%(year)s: %(figure)s") % {"year": row.year - 1, "figure": shown(last[name])}
        elif totals[name] is not None and last.get(name):
            change = round(100 * (Decimal(totals[name]) / Decimal(last[name]) - 1), 1)
            note = _("%(change)s %% on %(year)s") % {"change": f"{change:+}", "year": row.year - 1}
        tiles.append({**head_of(model, name), "value": shown(totals[name]), "note": note, "estimated": row.estimated})
    expected = _("of %(expected)s") % {"expected": shown(row.expected)}
    approved = _("%(n)s approved") % {"n": shown(row.approved)}
    tiles.append(
        {"label": reporters_of(model)["reported"], "value": shown(row.reported), "unit": expected, "note": approved}
    )
    return tiles


def measure_lines(model: type[Record], row: Any, kind: Kind | None) -> list[dict[str, Any]]:
    """All figures of a roll-up row, as lines of a table."""
    if row is None:
        return []
    totals, approved = row.totals(), row.totals("_approved")
    return [
        {
            "name": m.name,
            "label": m.verbose_name,
            "unit": m.unit_for(kind) if m.unit == BY_KIND else m.total_unit_word,
            "by_kind": m.unit == BY_KIND and not kind,
            "help": m.help_text,
            "total": shown(totals[m.name]),
            "approved": shown(approved[m.name]),
            "filled": shown(getattr(row, f"{m.name}_filled") or 0),
            "reported": shown(row.reported),
        }
        for m in model.totalled()
    ]


def rate_lines(model: type[Record], row: Any) -> list[dict[str, Any]]:
    """The rates of a roll-up row."""
    if row is None:
        return []
    rates = row.rates()
    return [{"label": r.label, "unit": r.unit_word, "value": shown(rates[r.name])} for r in model.rates]


def _parts(asked: Asked, on: Boundaries, parts: list[Any], pending: Waiting, page: Any) -> dict[str, Any]:
    """What the total is made of: the areas below, or at the lowest level the records themselves."""
    if asked.area.level == Level.TOWNSHIP:
        # Records are entered where a place stood in their year.
        entry = reverse("entry", args=[asked.model.code, asked.year, asked.code])
        records = records_page(asked.model, asked.year, asked.area, on, page, asked.kind)
        return {**records, "parts": [], "entry_url": entry if on.is_recorded else ""}
    codes = codes_in(asked.year, [part.area_id for part in parts], asked.basis)
    behind = pending.areas
    return {
        "records": [],
        "parts": [
            part_line(
                asked.model,
                part,
                asked.url(codes[part.area_id]) if part.area_id in codes else "",
                pending=part.area_id in behind,
            )
            for part in parts
        ],
        "parts_level": Level(parts[0].level).word if parts else "",
    }


def part_line(model: type[Record], row: Any, url: str, *, pending: bool = False) -> dict[str, Any]:
    """One part of a total, a roll-up row with its area, as a line of the table of parts."""
    totals = row.totals()
    return {
        "label": str(row.area),
        "name": row.area.name,
        "name_latin": latin_beside(row.area.name_latin),
        "url": url,
        "cells": [shown(totals[name]) for name in model.headline],
        "expected": row.expected,
        "reported": row.reported,
        "approved": row.approved,
        "drafted": row.drafted,
        "nil": row.nil,
        "estimated": row.estimated,
        "reported_percent": 100 * row.reported // row.expected if row.expected else 0,
        "approved_percent": 100 * row.approved // row.expected if row.expected else 0,
        "pending": pending,
    }


def _shares(row: Any, parts: list[Any], shares: dict[ShareKey, list[Share]]) -> dict[str, Any]:
    """Which villages the totals on the page hold only in part: of the area itself, or else of its parts."""
    rows = [row] if row and row.estimated else parts
    lines = [
        {"place": str(held.area), "village": share, "percent": shown(round(100 * share.share, 1))}
        for held in rows
        for share in shares.get((held.area_id, held.year, held.breakdown), [])
    ]
    return {"lines": lines[:SHARES_SHOWN], "more": max(0, len(lines) - SHARES_SHOWN), "of_parts": rows is parts}
