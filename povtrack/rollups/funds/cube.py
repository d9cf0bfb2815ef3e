"""All that a page tells of the money of one area and year, read at once: its parts, sources, tiers and programmes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from funding.models import FundSource
from povtrack.lib.ribbons import Ribbons, chain
from povtrack.rollups.funds.totals import NOTHING, Asked, FundTotal, totals
from villages.models import Area

# More bars than these are not told apart; the smaller ones are drawn as one.
MOST_BARS = 8
OTHERS = "others"

Key = Callable[[FundTotal], Any]


@dataclass(frozen=True)
class Cube:
    """The totals of an area and year by part (an area directly below, or itself), source, programme and level."""

    area: Area
    cells: list[FundTotal]
    sources: dict[str, FundSource]
    places: dict[int, Area]

    @cached_property
    def whole(self) -> FundTotal:
        return sum(self.cells, FundTotal({}))

    def by(self, key: Key) -> dict[Any, FundTotal]:
        """The sums by any key of the cells, what holds most first; the area's own part comes last."""
        sums: dict[Any, FundTotal] = {}
        for cell in self.cells:
            sums[key(cell)] = sums.get(key(cell), FundTotal({})) + cell
        return dict(sorted(sums.items(), key=lambda item: (item[0] == self.area.pk, -item[1].resting, str(item[0]))))

    def by_part(self) -> dict[int, FundTotal]:
        return self.by(lambda cell: cell.keys["part"])

    def by_source(self) -> dict[str, FundTotal]:
        return self.by(lambda cell: cell.keys["source"])

    def by_programme(self) -> dict[str, FundTotal]:
        return self.by(lambda cell: cell.keys["programme"])

    def by_tier(self) -> dict[int, FundTotal]:
        sums = self.by(lambda cell: self.sources[cell.keys["source"]].tier)
        return dict(sorted(sums.items()))

    def by_level(self) -> dict[int, FundTotal]:
        """By the level of who was given it: `received` counts each yuan on every level that it went through."""
        return dict(sorted(self.by(lambda cell: cell.keys["level"]).items()))

    def flows(self) -> tuple[Ribbons, list[dict[str, str]]] | None:
        """What rests, drawn from its sources through the parts to the programmes, and what the small bars stand for.

        With the picture come, for each column, the names of its bars by key.
        """
        columns = [
            _merged(sums)
            for sums in (
                {f"s {key}": total for key, total in self.by_source().items()},
                {f"p {key}": total for key, total in self.by_part().items()},
                {f"g {key}": total for key, total in self.by_programme().items()},
            )
        ]
        steps: list[dict[tuple[str, str], Decimal]] = [{}, {}]
        for cell in self.cells:
            source, part, programme = (
                column[f"{mark} {cell.keys[name]}"]
                for column, mark, name in zip(columns, "spg", ("source", "part", "programme"), strict=True)
            )
            for step, link in zip(steps, ((source, part), (part, programme)), strict=True):
                step[link] = step.get(link, NOTHING) + cell.resting
        # What money of no programme loses to one of them stays in its part: never less than nothing together.
        laid = chain(
            [{link: size for link, size in step.items() if size > 0} for step in steps],
            [list(dict.fromkeys(column.values())) for column in columns],
            tall=320,
            left=230,
        )
        return None if laid is None else (laid, columns)


def _merged(sums: dict[str, FundTotal]) -> dict[str, str]:
    """The bar that each key is drawn in: its own, or that of all small ones."""
    shown = [key for key, total in sums.items() if total.resting][:MOST_BARS]
    small = [key for key in sums if key not in shown]
    return {key: key if key in shown or len(small) == 1 else f"{key[0]} {OTHERS}" for key in sums}


def cube_of(asked: Asked) -> Cube:
    """Read the cube of an area for the years asked for. Three queries."""
    cells = totals(asked, "source", "programme", "level", by_part=True)
    codes = {cell.keys["source"] for cell in cells}
    sources = {source.code: source for source in FundSource.objects.filter(code__in=codes)}
    return Cube(asked.area, cells, sources, Area.objects.in_bulk(parts_of(cells)))


def parts_of(cells: Iterable[FundTotal]) -> set[int]:
    return {cell.keys["part"] for cell in cells}
