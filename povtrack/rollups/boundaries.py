"""On whose boundaries totals are summed: those of each year, today's, or those of another year."""

from __future__ import annotations

from dataclasses import dataclass

from programmes.models import Rollup


@dataclass(frozen=True)
class Boundaries:
    """One basis, and where the statements of the roll-ups find what it needs.

    `placements` is a table of the shape of `CurrentPlacement` that says where each area's figures belong; there is none
    for `recorded`, where a record says so itself. `standing` is the condition under which a row of villages_placement
    (named `{p}`) says where an area stands on this basis, for totals of the year `{year}`.
    """

    basis: str
    placements: str
    standing: str

    def stands(self, placement: str, year: str) -> str:
        """SQL: the placement row of that name says where an area stands, for totals of a year (an SQL expression)."""
        return self.standing.format(p=placement, year=year)

    @property
    def is_recorded(self) -> bool:
        return not self.placements


RECORDED = Boundaries(Rollup.Basis.RECORDED.value, "", "{p}.valid @> make_date({year}, 12, 31)")
CURRENT = Boundaries(Rollup.Basis.CURRENT.value, "villages_currentplacement", "upper_inf({p}.valid)")
KEPT = (RECORDED, CURRENT)


def kept(basis: str) -> Boundaries:
    """One of those whose totals are kept, by the name of its basis."""
    return next(on for on in KEPT if on.basis == basis)


def boundaries_of(year: int, placements: str) -> Boundaries:
    """The boundaries of the last day of a year, with the table that says where figures belong on them."""
    return Boundaries(str(int(year)), placements, f"{{p}}.valid @> make_date({int(year)}, 12, 31)")
