"""A picture of what flows through a few columns of places, drawn by the server. A table beside it has the figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

WIDTH, LEFT, RIGHT, TALL, GAP, TOP, BAR = 760, 180, 440, 200, 18, 10, 8

Sizes = Mapping[tuple[str, str], int | Decimal]  # by (from, to)


@dataclass(frozen=True)
class End:
    """A bar at (x, y) of a height, named by `key`; its label stands at height `middle`."""

    key: str
    at: int
    y: float
    height: float
    x: int = 0

    @property
    def middle(self) -> float:
        return round(self.y + self.height / 2, 1)


@dataclass(frozen=True)
class Ribbon:
    """A band from a bar to one of the next column, as the path of an SVG."""

    source: str
    end: str
    at: int  # the number of its source
    path: str


@dataclass(frozen=True)
class Ribbons:
    """The bars of each column, from left to right, and the bands between one column and the next."""

    columns: list[list[End]]
    steps: list[list[Ribbon]]
    height: float
    width: int = WIDTH
    left: int = LEFT
    right: int = RIGHT

    @property
    def sources(self) -> list[End]:
        return self.columns[0]

    @property
    def ends(self) -> list[End]:
        return self.columns[-1]

    @property
    def bands(self) -> list[Ribbon]:
        return [band for step in self.steps for band in step]


def ribbons(sizes: Sizes, sources: Sequence[str], ends: Sequence[str]) -> Ribbons | None:
    """Lay out bands whose widths are the sizes by (source, end), in the given order; None if nothing flows."""
    return chain([sizes], [sources, ends])


def chain(
    steps: Sequence[Sizes],
    keys: Sequence[Sequence[str]],
    *,
    tall: int = TALL,
    across: int = RIGHT - LEFT,
    left: int = LEFT,
) -> Ribbons | None:
    """Lay out several columns, one more than there are steps between them; None if nothing flows.

    A bar is as high as what comes in, or goes out, whichever is more. `across` is the width of one step, `left` that of
    the labels of the first column.
    """
    whole = float(max((sum(sizes.values()) for sizes in steps), default=0))
    if not whole:
        return None
    scale = tall / whole
    columns = [
        _stack([(key, _through(key, at, steps)) for key in column], scale, left + at * across - (BAR if at else 0))
        for at, column in enumerate(keys)
    ]
    bands = [_bands(sizes, columns[at], columns[at + 1], scale) for at, sizes in enumerate(steps)]
    height = TOP * 2 + tall + GAP * (max(len(column) for column in columns) - 1)
    right = left + across * len(steps)
    return Ribbons(columns, bands, height, width=right + WIDTH - RIGHT, left=left, right=right)


def _through(key: str, at: int, steps: Sequence[Sizes]) -> float:
    """What goes through one bar of a column."""
    out = sum(size for (source, _end), size in steps[at].items() if source == key) if at < len(steps) else 0
    came = sum(size for (_source, end), size in steps[at - 1].items() if end == key) if at else 0
    return float(max(out, came))


def _bands(sizes: Sizes, left: list[End], right: list[End], scale: float) -> list[Ribbon]:
    from_y, to_y = {end.key: end.y for end in left}, {end.key: end.y for end in right}
    bands = []
    for source in left:
        for end in right:
            size = float(sizes.get((source.key, end.key), 0)) * scale
            if size:
                path = _band((source.x + BAR, from_y[source.key]), (end.x, to_y[end.key]), size)
                bands.append(Ribbon(source.key, end.key, source.at, path))
                from_y[source.key] += size
                to_y[end.key] += size
    return bands


def _stack(sums: list[tuple[str, float]], scale: float, x: int) -> list[End]:
    """Bars above each other, far enough apart for their labels."""
    ends: list[End] = []
    y = float(TOP)
    for key, size in sums:
        if size:
            ends.append(End(key, len(ends), round(y, 1), round(max(size * scale, 1), 1), x))
            y += size * scale + GAP
    return ends


def _band(start: tuple[int, float], stop: tuple[int, float], size: float) -> str:
    (x1, y1), (x2, y2) = start, stop
    half = (x1 + x2) / 2
    a, b, c, d = (round(y, 1) for y in (y1, y2, y2 + size, y1 + size))
    return f"M{x1},{a}C{half},{a} {half},{b} {x2},{b}V{c}C{half},{c} {half},{d} {x1},{d}Z"
