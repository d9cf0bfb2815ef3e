"""A picture of what flows from a few sources to a few ends, drawn by the server. A table beside it has the figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, LEFT, RIGHT, TALL, GAP, TOP, BAR = 660, 170, 470, 200, 18, 10, 8


@dataclass(frozen=True)
class End:
    """One side of a ribbon: a bar at (x, y) of a height, named by `key`; its label stands at height `middle`."""

    key: str
    at: int
    y: float
    height: float

    @property
    def middle(self) -> float:
        return round(self.y + self.height / 2, 1)


@dataclass(frozen=True)
class Ribbon:
    """A band from a source to an end, as the path of an SVG."""

    source: str
    end: str
    at: int  # the number of its source
    path: str


@dataclass(frozen=True)
class Ribbons:
    sources: list[End]
    ends: list[End]
    bands: list[Ribbon]
    height: float
    width: int = WIDTH
    left: int = LEFT
    right: int = RIGHT


def ribbons(sizes: dict[tuple[str, str], int], sources: Sequence[str], ends: Sequence[str]) -> Ribbons | None:
    """Lay out bands whose widths are the sizes by (source, end), in the given order; None if nothing flows."""
    whole = sum(sizes.values())
    if not whole:
        return None
    scale = TALL / whole
    left = _stack([(key, sum(s for (a, _b), s in sizes.items() if a == key)) for key in sources], scale)
    right = _stack([(key, sum(s for (_a, b), s in sizes.items() if b == key)) for key in ends], scale)
    from_y = {end.key: end.y for end in left}
    to_y = {end.key: end.y for end in right}
    bands = []
    for source in left:
        for end in right:
            size = sizes.get((source.key, end.key), 0) * scale
            if size:
                path = _band(from_y[source.key], to_y[end.key], size)
                bands.append(Ribbon(source.key, end.key, source.at, path))
                from_y[source.key] += size
                to_y[end.key] += size
    return Ribbons(left, right, bands, TOP * 2 + TALL + GAP * (max(len(left), len(right)) - 1))


def _stack(sums: list[tuple[str, int]], scale: float) -> list[End]:
    """Bars above each other, far enough apart for their labels."""
    ends: list[End] = []
    y = float(TOP)
    for key, size in sums:
        if size:
            ends.append(End(key, len(ends), round(y, 1), round(max(size * scale, 1), 1)))
            y += size * scale + GAP
    return ends


def _band(y1: float, y2: float, size: float) -> str:
    start, stop, half = LEFT + BAR, RIGHT - BAR, (LEFT + RIGHT) / 2
    a, b, c, d = (round(y, 1) for y in (y1, y2, y2 + size, y1 + size))
    return f"M{start},{a}C{half},{a} {half},{b} {stop},{b}V{c}C{half},{c} {half},{d} {start},{d}Z"
