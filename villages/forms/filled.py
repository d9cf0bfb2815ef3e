"""Forms filled in: with a place to start from, or with a draft to go on with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from villages.forms.base import DocumentForm, Picks
from villages.forms.picks import Pick, picked
from villages.forms.split import STAYS
from villages.models import Area, AreaVersion, BoundaryChange, ChangedArea, Succession

Filled = tuple[dict[str, Any], Picks]
Kind = BoundaryChange.Kind
# In each form the box that a change of one place is about.
_ABOUT = {
    Kind.RENAME: "area",
    Kind.RECODE: "places",
    Kind.TRANSFER: "places",
    Kind.MERGE: "olds",
    Kind.SPLIT: "area",
    Kind.CREATE: "parent",
    Kind.ABOLISH: "area",
}
# As many places as a form shows; a longer draft came from a list.
_MOST = 300


def started(kind: str, area: Area, day: dt.date) -> Filled:
    """What a new form starts with when it is about one place."""
    box, version = _ABOUT[Kind(kind)], _versions([area.pk], day).get(area.pk)
    if version is None:
        return {}, {}
    extra = {"code": ""} if box == "places" else {}
    name = box if box in ("area", "parent") else f"{box}-0"
    initial = {"name": version.name, "name_latin": version.name_latin} if kind == Kind.RENAME else {}
    return initial, {box: [picked(name, version, **extra)]}


def filled(change: BoundaryChange) -> Filled | None:
    """What the form of a draft starts with; None for a draft that its form could not have made."""
    rows = list(ChangedArea.objects.filter(change=change).select_related("under").order_by("pk")[: _MOST + 1])
    follows = list(Succession.objects.filter(change=change).select_related("part").order_by("pk")[:_MOST])
    if len(rows) > _MOST:
        return None
    ids = [pk for row in rows for pk in (row.area_id, row.parent_id) if pk]
    made = _READERS[Kind(change.kind)](rows, follows, _versions(ids, change.effective))
    if made is None:
        return None
    initial, picks = made
    return document(change) | initial, picks


def document(change: BoundaryChange) -> dict[str, Any]:
    return {name: getattr(change, name) for name in ("effective", *DocumentForm.document_fields)}


Versions = dict[int, AreaVersion]
Reader = Callable[[list[ChangedArea], list[Succession], Versions], Filled | None]


def _versions(areas: list[int], day: dt.date) -> Versions:
    found = AreaVersion.objects.filter(area__in=areas, valid__contains=day).select_related("area", "parent")
    return {version.area_id: version for version in found}


def _form(row: ChangedArea) -> dict[str, str]:
    return {"code": row.code, "name": row.name, "name_latin": row.name_latin}


def _at(name: str, pk: int | None, versions: Versions, **extra: str) -> Pick:
    return picked(name, versions.get(pk or 0), **extra)


def _rename(rows: list[ChangedArea], follows: list[Succession], versions: Versions) -> Filled | None:
    if len(rows) != 1 or follows or rows[0].ends or rows[0].area_id is None or rows[0].parent_id:
        return None
    return _form(rows[0]), {"area": [_at("area", rows[0].area_id, versions)]}


def _recode(rows: list[ChangedArea], follows: list[Succession], versions: Versions) -> Filled | None:
    if follows or any(row.ends or row.area_id is None or row.name or row.parent_id for row in rows):
        return None
    return {}, {"places": [_at(f"places-{n}", row.area_id, versions, code=row.code) for n, row in enumerate(rows)]}


def _transfer(rows: list[ChangedArea], follows: list[Succession], versions: Versions) -> Filled | None:
    parents = {row.parent_id for row in rows}
    if follows or len(parents) != 1 or any(row.ends or row.area_id is None or row.name for row in rows):
        return None
    places = [_at(f"places-{n}", row.area_id, versions, code=row.code) for n, row in enumerate(rows)]
    return {}, {"places": places, "to": [_at("to", parents.pop(), versions)]}


def _merge(rows: list[ChangedArea], follows: list[Succession], versions: Versions) -> Filled | None:
    parts = {follow.part_id: follow.part for follow in follows}
    olds = [row for row in rows if row.ends]
    if len(parts) != 1 or not olds or not _children_only(rows, [*olds, *parts.values()]):
        return None
    into = next(iter(parts.values()))
    picks = {"olds": [_at(f"olds-{n}", row.area_id, versions) for n, row in enumerate(olds)]}
    if into.area_id:
        return _form(into) | {"into": "one"}, picks | {"heir": [_at("heir", into.area_id, versions)]}
    return _form(into) | {"into": "new"}, picks | {"parent": [_at("parent", into.parent_id, versions)]}


def _split(rows: list[ChangedArea], follows: list[Succession], versions: Versions) -> Filled | None:
    news = [row for row in rows if row.area_id is None]
    own = [row for row in rows if row.area_id and row.area_id in {follow.old_id for follow in follows}]
    if len(own) != 1 or not news or not _children_only(rows, [*own, *news]):
        return None
    number = {row.pk: str(n) for n, row in enumerate(news)}
    children = {f"child-{row.area_id}": number.get(row.under_id or 0, STAYS) for row in rows if row.under_id}
    extras = [{"code": row.code, "name": row.name, "latin": row.name_latin} for row in news]
    initial = _form(own[0]) | {"goes_on": "no" if own[0].ends else "yes", "children": children}
    return initial, {
        "area": [_at("area", own[0].area_id, versions)],
        "parent": [_at("parent", news[0].parent_id, versions)],
        "news": [Pick(f"news-{n}", extra=extra) for n, extra in enumerate(extras)],
    }


def _create(rows: list[ChangedArea], follows: list[Succession], versions: Versions) -> Filled | None:
    if len(rows) != 1 or follows or rows[0].area_id:
        return None
    return _form(rows[0]) | {"level": rows[0].level}, {"parent": [_at("parent", rows[0].parent_id, versions)]}


def _abolish(rows: list[ChangedArea], follows: list[Succession], versions: Versions) -> Filled | None:
    ending = [row for row in rows if row.ends]
    heirs = {follow.part.area_id: follow.part for follow in follows}
    if len(ending) != 1 or len(heirs) > 1 or None in heirs or not _children_only(rows, [*ending, *heirs.values()]):
        return None
    heir = [_at("heir", pk, versions) for pk in heirs]
    return {}, {"area": [_at("area", ending[0].area_id, versions)]} | ({"heir": heir} if heir else {})


def _children_only(rows: list[ChangedArea], known: list[ChangedArea]) -> bool:
    """All other rows only say to which place something belongs from then on."""
    known_ids = {row.pk for row in known}
    others = [row for row in rows if row.pk not in known_ids]
    return all(row.area_id and not (row.ends or row.code or row.name) for row in others)


_READERS: dict[str, Reader] = {
    Kind.RENAME: _rename,
    Kind.RECODE: _recode,
    Kind.TRANSFER: _transfer,
    Kind.MERGE: _merge,
    Kind.SPLIT: _split,
    Kind.CREATE: _create,
    Kind.ABOLISH: _abolish,
}
