"""What became of a place, and what it was made of: the places before and after it, as steps and as a picture."""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import connection
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from villages.models import Area, AreaQuerySet, AreaVersion, Succession
from villages.names import latin_beside
from villages.sql import statement
from villages.timeline import percent_of

# More steps than anyone reads; a place that many others went into has them by the dozen.
MOST = 200
# More boxes than a picture can show at a size that is read.
BOXES = 24

_WIDE, _HIGH, _ACROSS, _DOWN = 200, 62, 112, 14
_ROOM = 180  # for words within a box


@dataclass(frozen=True)
class Descent:
    """The steps that led to a place, the latest first, and those that led on from it, the earliest first.

    Each step has `old`, `new` and `change` loaded. A place that lost a part and went on followed itself; these steps
    are not listed. `cut` tells that there are more than `MOST`; `lives` are the first days of all places in them.
    """

    area: Area
    before: list[Succession]
    after: list[Succession]
    cut: bool = False
    lives: dict[int, str] = field(default_factory=dict)

    @property
    def steps(self) -> list[Succession]:
        """All steps, the latest first."""
        return [*self.after[::-1], *self.before]

    @property
    def successors(self) -> list[Area]:
        """The places that took over from this one directly."""
        return list(dict.fromkeys(step.new for step in self.after if step.old_id == self.area.pk and step.new))

    def __bool__(self) -> bool:
        return bool(self.before or self.after)


@dataclass(frozen=True)
class Box:
    """One place in the picture. Lengths are in pixels, as texts, for a template would write 1200 as 1,200."""

    x: str
    y: str
    words: list[tuple[str, str]]
    here: bool
    ended: bool


@dataclass(frozen=True)
class Line:
    """One step in the picture: its curve, and its words with the middle of their place."""

    curve: str
    words: str
    x: str
    y: str


@dataclass(frozen=True)
class Picture:
    """Boxes from left (before) to right (after). `cut` tells that not every place is in it."""

    width: str
    height: str
    boxes: list[Box]
    lines: list[Line]
    cut: bool


def descent_of(area: Area) -> Descent:
    """Return what came before and after a place, any number of steps away. Three queries; one when there is nothing."""
    with connection.cursor() as cursor:
        cursor.execute(statement("descent"), {"area": area.pk, "most": MOST + 1})
        found: list[tuple[str, int]] = [(side, pk) for side, pk, _day in cursor.fetchall()]
    steps = (
        Succession.objects.select_related("old", "new", "change").in_bulk([pk for _side, pk in found]) if found else {}
    )
    sides = {
        which: [steps[pk] for side, pk in found if side == which and steps[pk].old_id != steps[pk].new_id][:MOST]
        for which in ("before", "after")
    }
    for step in steps.values():
        step.percent = percent_of(step)  # type: ignore[attr-defined]
        step.day_words = step.change.day_words  # type: ignore[attr-defined]
    cut = any(sum(side == which for side, _pk in found) > MOST for which in sides)
    places = {place for step in steps.values() for place in (step.old, step.new) if place}
    return Descent(area, sides["before"], sides["after"], cut, _lives(places) if places else {})


def heirs_of(area: Area, on: dt.date) -> AreaQuerySet:
    """The places of its level that took over from a place, through any number of steps, and stood on a day; by code.

    None for a place that stood itself on that day, or had not begun.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT area_id FROM villages_heirs(%s, %s, %s)", [[area.pk], [area.ended_on], on])
        found = {pk for (pk,) in cursor.fetchall()} if area.ended_on and area.ended_on <= on else set()
    # Without a successor its figures lie in what it was part of; that did not follow it.
    return Area.objects.filter(pk__in=found, level=area.level, versions__valid__contains=on).order_by("code")


def _lives(places: Iterable[Area]) -> dict[int, str]:
    """From when to when each place stood, in years: "1994–2011"."""
    ended = {place.pk: place.ended_on for place in places}
    firsts = AreaVersion.objects.filter(area__in=ended).order_by("area", "valid").distinct("area")
    lives = {}
    for pk, first in firsts.values_list("area_id", Lower("valid")):
        end = ended[pk]
        lives[pk] = f"{first.year}–{end.year}" if end else _("since %(year)s") % {"year": first.year}
    return lives


# A place stands once on either side, for it may have given and taken.
_Node = tuple[int, int]


def picture_of(descent: Descent) -> Picture | None:
    """Draw a descent; None when nothing happened. No query."""
    if not descent:
        return None
    columns: dict[_Node, int] = {(0, descent.area.pk): 0}
    places = {descent.area.pk: descent.area}
    edges: list[tuple[_Node, _Node, Succession]] = []
    cut = descent.cut
    for side, steps in ((-1, descent.before), (1, descent.after)):
        for step in steps:
            near, far = (step.new, step.old) if side < 0 else (step.old, step.new)
            assert near is not None  # an applied step has both ends
            assert far is not None
            start = (0, near.pk) if near.pk == descent.area.pk else (side, near.pk)
            end = (side, far.pk)
            if start not in columns or far.pk == descent.area.pk or (len(columns) >= BOXES and end not in columns):
                cut = True
                continue
            columns.setdefault(end, columns[start] + side)
            places[far.pk] = far
            edges.append((end, start, step) if side < 0 else (start, end, step))
    return _drawn(descent, columns, places, edges, cut=cut)


def _drawn(
    descent: Descent,
    columns: dict[_Node, int],
    places: dict[int, Area],
    edges: list[tuple[_Node, _Node, Succession]],
    *,
    cut: bool,
) -> Picture:
    left, spots, tall = min(columns.values()), {}, 0
    rows = {column: [node for node in columns if columns[node] == column] for column in columns.values()}
    height = max(len(nodes) for nodes in rows.values()) * (_HIGH + _DOWN) - _DOWN + 2
    for column, nodes in rows.items():
        tall = len(nodes) * (_HIGH + _DOWN) - _DOWN
        for row, node in enumerate(nodes):
            spots[node] = ((column - left) * (_WIDE + _ACROSS) + 1, (height - tall) // 2 + row * (_HIGH + _DOWN))
    boxes = [
        Box(str(x), str(y), _box_words(places[node[1]], descent), node[0] == 0, bool(places[node[1]].ended_on))
        for node, (x, y) in spots.items()
    ]
    lines = [_drawn_line(spots[old], spots[new], step) for old, new, step in edges]
    width = len(rows) * (_WIDE + _ACROSS) - _ACROSS + 2
    return Picture(str(width), str(height), boxes, lines, cut)


def _box_words(area: Area, descent: Descent) -> list[tuple[str, str]]:
    """The lines of a box, each with how far below the top it stands."""
    latin = latin_beside(area.name_latin)
    lines = [latin or area.name, f"{area.name} {area.code}" if latin else area.code, descent.lives.get(area.pk, "")]
    return [(_clipped(words), str(20 + 17 * at)) for at, words in enumerate(lines)]


def _clipped(words: str) -> str:
    """As much of the words as a box has room for; a Chinese character is as wide as two others."""
    room = _ROOM
    for at, letter in enumerate(words):
        room -= 14 if unicodedata.east_asian_width(letter) in "WF" else 7
        if room < 0:
            return words[: at - 1] + "…"
    return words


def _drawn_line(old: tuple[int, int], new: tuple[int, int], step: Succession) -> Line:
    (x1, y1), (x2, y2) = (old[0] + _WIDE, old[1] + _HIGH // 2), (new[0], new[1] + _HIGH // 2)
    middle = (x1 + x2) // 2
    percent = percent_of(step)
    words = f"{step.change.effective.year} · {percent} %" if percent else str(step.change.effective.year)
    return Line(f"M{x1} {y1} C{middle} {y1} {middle} {y2} {x2 - 7} {y2}", words, str(middle), str((y1 + y2) // 2 - 6))
