"""The parts of the usual changes, so that nobody has to list each township of a merged county by hand.

Each builder returns the parts and successions of one change as it would be on its day. They only read.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from villages.changes.parts import Follow, Part
from villages.models import Area, AreaVersion


@dataclass(frozen=True)
class Draft:
    """What a change is to do: its parts and who follows whom."""

    parts: list[Part] = field(default_factory=list)
    follows: list[Follow] = field(default_factory=list)


def children_on(areas: Iterable[Area], day: dt.date) -> list[Area]:
    """The places that belong to one of `areas` on `day`, by code. One query."""
    versions = AreaVersion.objects.filter(parent__in=list(areas), valid__contains=day)
    return [version.area for version in versions.select_related("area").order_by("code")]


def rename(area: Area, *, name: str, name_latin: str = "", code: str = "") -> Draft:
    """The place goes on under another name, and if given another code (a county that becomes a district)."""
    return Draft([Part(area, name=name, name_latin=name_latin, code=code)])


def recode(codes: Mapping[Area, str]) -> Draft:
    """The places go on under other codes."""
    return Draft([Part(area, code=code) for area, code in codes.items()])


def transfer(areas: Iterable[Area], *, to: Area, codes: Mapping[Area, str] | None = None) -> Draft:
    """The places, with all below them, belong to another place from now on."""
    return Draft([Part(area, parent=to, code=(codes or {}).get(area, "")) for area in areas])


def merge(olds: Iterable[Area], *, into: Part, day: dt.date) -> Draft:
    """The old places become one: a new one, or one of them that goes on. What belongs to them belongs to it then."""
    goes_on = into.area
    kept = list(olds) + ([goes_on] if goes_on and goes_on not in olds else [])
    ending = [area for area in kept if area != goes_on]
    parent: Area | Part = goes_on or into
    parts = [into, *(Part(area, ends=True) for area in ending)]
    parts += [Part(child, parent=parent) for child in children_on(ending, day)]
    return Draft(parts, [Follow(area, into) for area in kept])


def split(
    old: Area,
    *,
    into: Mapping[Part, Iterable[Area]],
    goes_on: Part | None = None,
    shares: Mapping[Part, Decimal] | None = None,
) -> Draft:
    """The old place is divided. `into` names the new places and which of the old one's children each gets.

    `goes_on` is the old place's own part if it goes on with the rest; otherwise it ends, and all its children must be
    given away.
    """
    shares = shares or {}
    rest = goes_on or Part(old, ends=True)
    parts = [rest, *into]
    follows = [Follow(old, part, shares.get(part), Decimal(1)) for part in into]
    if goes_on:
        follows.insert(0, Follow(old, rest, shares.get(rest), Decimal(1)))
    for part, children in into.items():
        parts += [Part(child, parent=part.area or part) for child in children]
    return Draft(parts, follows)


def create(part: Part) -> Draft:
    """A place that follows no other."""
    return Draft([part])


def abolish(area: Area, *, heir: Area | None = None, day: dt.date) -> Draft:
    """The place ends. With an heir, that takes over its territory and all that belongs to it."""
    if heir is None:
        return Draft([Part(area, ends=True)])
    return merge([area, heir], into=Part(heir), day=day)


def with_codes(draft: Draft, codes: Mapping[Area, str]) -> Draft:
    """The same draft, with new codes for places that go on in it."""
    fresh = {part: replace(part, code=codes[part.area]) for part in draft.parts if part.area and part.area in codes}

    def same(part: Part) -> Part:
        return fresh.get(part, part)

    parts = [
        replace(same(part), parent=same(part.parent)) if isinstance(part.parent, Part) else same(part)
        for part in draft.parts
    ]
    renewed = dict(zip(draft.parts, parts, strict=True))
    return Draft(parts, [replace(follow, new=renewed[follow.new]) for follow in draft.follows])
