"""What a reviewer sees of the records that wait in an area: what is unlikely first, and what changed since approval."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.urls import reverse

from povtrack.accounts.models import User
from povtrack.lib.figures import shown
from povtrack.lib.years import year_end
from programmes.actions.moves import Chosen
from programmes.actions.workflow import entered_by
from programmes.cell_history import figure_said
from programmes.models import Record, Remark
from programmes.review_diff import differences, last_approved
from programmes.review_steps import steps_of, waiting_for
from programmes.unlikely import Unlikely, unlikely_in
from villages.models import Area, AreaVersion

Place = tuple[int, str]


def as_chosen(record: Any) -> str:
    """One record in the version that a page shows, as a checkbox carries it: "area:version:kind"."""
    return f"{record.area_id}:{record.version}:{record.breakdown}"


def read_chosen(values: Iterable[str]) -> dict[Place, int]:
    """The versions by place of the records that were chosen; of texts that no page wrote, what can be read."""
    chosen = {}
    for value in values:
        if found := re.fullmatch(r"([0-9]{1,18}):([0-9]{1,9}):([a-z0-9_-]{0,20})", value):
            chosen[int(found[1]), found[3]] = int(found[2])
    return chosen


@dataclass(frozen=True)
class ReviewPage:
    """What a page of review is about; `kind` is the code of one kind, or None for all."""

    model: type[Record]
    year: int
    area: Area
    kind: str | None


def review_page(about: ReviewPage, user: User, number: Any, size: int) -> dict[str, Any]:
    """Return `rows`, `page_obj`, `heads` and how many of all waiting records are `flagged`.

    Twelve queries at most, however many records wait.
    """
    model, year = about.model, about.year
    waiting, flags = _waiting(about, user)
    page = Paginator(waiting, size).get_page(number)
    found = model.objects.select_related("area", "township", "submitted_by").in_bulk(page.object_list)
    records: list[Any] = [found[pk] for pk in page.object_list if pk in found]
    before = last_approved(model, found)
    own = entered_by(user, model, records)
    areas = {record.area_id for record in records}
    remarks = _remarks(model, year, areas)
    codes = dict(
        AreaVersion.objects.filter(area__in=areas, valid__contains=year_end(year)).values_list("area_id", "code")
    )
    rows = []
    for record in records:
        unlikely = flags.get((record.area_id, record.breakdown), [])
        row = _row(record, before.get(record.pk), unlikely)
        url = _url(model, year, codes.get(record.area_id), record.breakdown)
        told = {text for flag in unlikely for text in (flag.reason, flag.before)}
        said = [remark for remark in remarks[record.area_id, record.breakdown] if remark.text not in told]
        rows.append({**row, "own": record.pk in own, "remarks": said, "url": url})
    heads = [m for m in model.measures() if m.name in model.headline]
    return {"rows": rows, "page_obj": page, "heads": heads, "flagged": len(flags), "waiting": len(waiting)}


def _row(record: Any, was: Any, flags: list[Unlikely]) -> dict[str, Any]:
    """What a line says of a record and of the one that was approved before, if there was one."""
    model = type(record)
    kind = model.kind_of(record.breakdown)
    labels = {measure.name: str(measure.verbose_name) for measure in model.measures()}
    return {
        "record": record,
        "chosen": as_chosen(record),
        "kind": kind.label if kind else "",
        "figures": _figures(model, record),
        "flags": [
            {"label": labels[f.measure], "message": f.message, "reason": f.reason, "earlier": f.earlier()}
            for f in flags
        ],
        "was_approved": was.approved_at if was else None,
        "differences": differences(model, was, record) if was else [],
    }


def _url(model: type[Record], year: int, code: str | None, breakdown: str) -> str:
    if not code:
        return ""
    return reverse("record", args=[model.code, year, code]) + (f"?kind={breakdown}" if breakdown else "")


def _waiting(about: ReviewPage, user: User) -> tuple[list[int], dict[Place, list[Unlikely]]]:
    """The ids of the records that wait for this person's step, in the order of the page, and their unlikely figures."""
    states = waiting_for(steps_of(user, about.area))
    held = Chosen(about.model, about.year, about.area, user, about.kind).held().filter(state__in=states)
    found = list(held.order_by("area__code", "breakdown").values_list("pk", "area_id", "breakdown", "county_id"))
    there = {(area, breakdown) for _pk, area, breakdown, _county in found}
    flags: dict[Place, list[Unlikely]] = defaultdict(list)
    for warned in unlikely_in(about.model, about.year, {row[3] for row in found}, [row[1] for row in found]):
        if (warned.area, warned.breakdown) in there:
            flags[warned.area, warned.breakdown].append(warned)
    ordered = sorted(found, key=lambda row: (row[1], row[2]) not in flags)
    return [row[0] for row in ordered], flags


def _figures(model: type[Record], record: Any) -> list[dict[str, Any]]:
    """The headline figures, and whether there is nothing to report."""
    return [
        {"label": measure.verbose_name, "text": shown(getattr(record, measure.name), missing="")}
        for measure in model.measures()
        if measure.name in model.headline
    ]


def _remarks(model: type[Record], year: int, areas: Iterable[int]) -> dict[Place, list[Remark]]:
    found: dict[Place, list[Remark]] = defaultdict(list)
    made = Remark.objects.filter(programme=model.code, year=year, area__in=areas).select_related("by")
    labels = {measure.name: str(measure.verbose_name) for measure in model.measures()}
    for remark in made.order_by("at", "pk"):
        on = figure_said(model, remark)
        label = labels.get(remark.measure, remark.measure)
        remark.label = f"{label} {on}" if on else label  # type: ignore[attr-defined]
        found[remark.area_id, remark.breakdown].append(remark)  # type: ignore[attr-defined]
    return found
