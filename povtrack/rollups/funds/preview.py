"""What a boundary change would do to funds: the money that moves with its places, and what then rests where."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from django.db import connection
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from povtrack.lib.basis import Basis
from povtrack.rollups.boundaries import KEPT
from povtrack.rollups.funds import statements
from povtrack.rollups.funds.recompute import years_of_money
from povtrack.rollups.funds.totals import Asked
from programmes.models import Rollup
from programmes.registry import programmes
from villages.changes.effects import Effect
from villages.levels import Level
from villages.models import Area

Resting = dict[tuple[int, int, str], Decimal]  # area id, year, basis

# What rests with the places that the derivation has just listed.
_MOVED = f"""
    WITH scoped AS MATERIALIZED (
        SELECT a.id, a.area_id, a.year, a.source_id, a.programme, a.amount
        FROM (SELECT DISTINCT area_id FROM derive_moved) AS moved
        JOIN funding_allocation a ON a.area_id = moved.area_id
    ),
    {statements.OWN}
    SELECT s.name, s.name_latin, own.programme, own.year, sum(own.received - own.passed_on)
    FROM own JOIN funding_fundsource s ON s.id = own.source_id
    GROUP BY s.id, s.name, s.name_latin, own.programme, own.year
    HAVING sum(own.received - own.passed_on) <> 0
    ORDER BY s.id, own.programme, own.year
"""


def moved_money() -> list[Effect]:
    """How much money of each source and programme rests with places that would stand elsewhere, by year."""
    labels = {model.code: model.label for model in programmes()}
    with connection.cursor() as cursor:
        cursor.execute(_MOVED)
        rows = cursor.fetchall()
    words = _("Funds, {source}, {programme}: yuan resting with places that would stand elsewhere")
    effects = []
    for name, latin, programme, year, amount in rows:
        source = f"{latin} {name}".strip()
        what = format_lazy(words, source=source, programme=labels.get(programme, programme or _("no programme")))
        effects.append(Effect(what, "", year, "", None, amount))
    return effects


def resting(areas: Iterable[Area]) -> Resting:
    """What rests in each of some areas, by year and on each basis, summed from the entries: what is kept waits.

    The whole country is left out: it has what it had, and takes long to sum.
    """
    found: Resting = {}
    years = years_of_money()
    with connection.cursor() as cursor:
        for area in areas:
            for on in KEPT if years and area.level > Level.NATION else ():
                within = area.level >= Level.COUNTY
                how = {"everywhere": False, "by_part": False, "listed": False, "within_county": within}
                cursor.execute(statements.totals(on, ("year",), **how), Asked(area, years, Basis(on.basis)).values)
                for year, received, passed_on, *_paid in cursor.fetchall():
                    found[area.pk, year, on.basis] = received - passed_on
    return found


def differences(before: Resting, after: Resting) -> list[Effect]:
    """Where another sum would rest than before."""
    areas = Area.objects.in_bulk({area for area, _year, _basis in before.keys() | after.keys()})
    bases = dict(Rollup.Basis.choices)
    nothing = Decimal("0.00")
    return [
        Effect(_("Funds: yuan resting there"), str(areas[area]), year, str(bases[basis]), was, will, area)
        for area, year, basis in sorted(
            before.keys() | after.keys(), key=lambda key: (areas[key[0]].level, areas[key[0]].code, key)
        )
        if (was := before.get((area, year, basis), nothing)) != (will := after.get((area, year, basis), nothing))
    ]
