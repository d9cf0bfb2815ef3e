"""The entry grid as data: one row a place, one cell a measure, with last year's figure beside each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator

from povtrack.lib.figures import shown
from povtrack.lib.years import year_end
from programmes.actions import RowResult
from programmes.deadlines import Deadline, Place, deadlines_of
from programmes.measures import Measure
from programmes.models import LOCKED, OPEN, Record, State
from programmes.progress import place_filter
from villages.models import Area, Placement
from villages.names import latin_beside

PAGE = 600  # the most rows of one page; nearly every county fits on one


def shown_figure(figure: Any) -> str:
    """A figure as an input shows it; blank stays blank."""
    return shown(figure, missing="")


def input_mode(measure: Measure) -> str:
    """Which keys a phone shows for a figure."""
    return {"flag": "text", "code": "text"}.get(measure.kind, "decimal" if measure.places else "numeric")


def measure_heads(model: type[Record], kind: str = "") -> list[dict[str, Any]]:
    """What the head of each column says; of the figures of one kind, where the programme has kinds."""
    of_kind = model.kind_of(kind)
    return [
        {
            "name": m.name,
            "label": str(m.verbose_name),
            "unit": str(m.unit_for(of_kind)),
            "help": str(m.help_text),
            "kind": m.kind,
            "places": m.places,
            "inputmode": input_mode(m),
        }
        for m in model.measures()
    ]


def as_loaded(texts: Iterable[str], nil: bool) -> str:
    """A row as the page shows it at first, in one text, so that a posted row tells whether it was touched."""
    return "|".join([*texts, "nil" if nil else ""])


@dataclass(frozen=True)
class GridPage:
    """One page of a grid: the places that existed in that year, with their records of it and of the year before.

    `kind` is the code of the kind that the page is about, empty in a programme without kinds.
    """

    model: type[Record]
    year: int
    kind: str
    page: Page[Placement]
    records: dict[int, Record]
    before: dict[int, Record]
    deadlines: dict[Place, Deadline]

    @property
    def areas(self) -> list[int]:
        """The ids of the page's places."""
        return [placement.area_id for placement in self.page.object_list]

    def rows(self, *, can_enter: bool) -> list[dict[str, Any]]:
        # What is the same in each of thousands of cells is asked for once.
        labels = {state.value: str(state.label) for state in State}
        heads = [(measure.name, input_mode(measure)) for measure in self.model.measures()]
        return [self._row(placement, can_enter, labels, heads) for placement in self.page.object_list]

    def _row(
        self, placement: Placement, can_enter: bool, labels: dict[str, str], heads: list[tuple[str, str]]
    ) -> dict[str, Any]:
        area = placement.area
        record, before = self.records.get(area.pk), self.before.get(area.pk)
        nil = bool(record and record.nil)
        texts = [shown_figure(getattr(record, name, None)) for name, _mode in heads]
        deadline = self.deadlines.get((area.pk, self.kind)) if record and record.state not in LOCKED else None
        late = bool(deadline and deadline.is_late)
        return {
            "area_id": area.pk,
            "code": area.code,
            "name": area.name,
            "name_latin": latin_beside(area.name_latin),
            "township": str(placement.township or ""),
            "version": record.version if record else 0,
            "state": record.state if record else "",
            "state_label": labels[record.state] if record else "",
            "nil": nil,
            "editable": can_enter and not late and not (record and record.state in LOCKED),
            "late": deadline.words() if deadline and late else "",
            "until": deadline.until if deadline and record and record.state in OPEN else None,
            "cells": [
                {
                    "measure": name,
                    "value": text,
                    "last": shown_figure(getattr(before, name, None)),
                    "inputmode": mode,
                    "error": "",
                }
                for (name, mode), text in zip(heads, texts, strict=True)
            ],
            "was": as_loaded(texts, nil),
            "errors": [],
        }


def grid_page(model: type[Record], year: int, area: Area, number: Any = 1, kind: str = "") -> GridPage:
    """Read one page of the grid of an area. Five queries, however many rows."""
    places = (
        Placement.objects.filter(level=model.level, valid__contains=year_end(year), **place_filter(area))
        .select_related("area", "township")
        .order_by("area__code")
    )
    page = Paginator(places, PAGE).get_page(number)
    ids = [placement.area_id for placement in page.object_list]
    records = model.objects.filter(area__in=ids, year__in=[year, year - 1], breakdown=kind)
    by_year: dict[int, dict[int, Record]] = {year: {}, year - 1: {}}
    for record in records:
        by_year[record.year][record.area_id] = record
    return GridPage(model, year, kind, page, by_year[year], by_year[year - 1], deadlines_of(model, year, ids))


def column_totals(model: type[Record], rows: Iterable[dict[str, Any]]) -> list[str]:
    """The totals row: the sum of what each column shows; a mean has no sum."""
    rows = list(rows)
    totals = []
    for index, measure in enumerate(model.measures()):
        figures = [measure.parse(row["cells"][index]["value"]) for row in rows if not row["cells"][index]["error"]]
        filled: list[Any] = [figure for figure in figures if figure is not None]
        totals.append(shown(sum(filled)) if filled and measure.kind not in ("mean", "code") else "")
    return totals


def result_json(result: RowResult, model: type[Record]) -> dict[str, Any]:
    """What became of one saved row, as the browser reads it."""
    answer: dict[str, Any] = {"area": result.area, "breakdown": result.breakdown, "status": result.status}
    if result.status == "refused":
        return answer | {"errors": [vars(error) for error in result.errors]}
    answer |= {
        "version": result.version,
        "state": result.state,
        "state_label": str(State(result.state).label) if result.state else "",
        "nil": result.nil,
        "values": {name: shown_figure(figure) for name, figure in result.figures.items()},
    }
    if result.status in ("conflict", "locked"):
        answer |= {"by": result.by, "at": result.at.isoformat() if result.at else ""}
    return answer


def take_over(row: dict[str, Any], result: RowResult, model: type[Record]) -> None:
    """Show in a row of the page what now stands, so that the next save starts from there."""
    stands = result_json(result, model)
    texts = stands["values"]
    row |= {name: stands[name] for name in ("version", "state", "state_label", "nil")}
    row["was"] = as_loaded(texts.values(), stands["nil"])
    for cell in row["cells"]:
        cell["value"] = texts[cell["measure"]]
