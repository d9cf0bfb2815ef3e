"""What a boundary change would do to records, funds and totals, on both bases: told before it is applied."""

from __future__ import annotations

from collections.abc import Generator, Iterable
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from povtrack.rollups.cells import slice_years
from povtrack.rollups.funds import preview as funds
from povtrack.rollups.recompute import drain_records
from povtrack.rollups.slices import lock_slices
from programmes.models import Record, Rollup
from programmes.registry import programmes
from villages.changes.effects import Effect
from villages.levels import Level
from villages.models import Area, BoundaryChange

Key = tuple[int, int, str]  # area id, year, basis
Figures = dict[Key, dict[str, Any]]


def totals(change: BoundaryChange) -> Generator[None, None, list[Effect]]:
    """Compare the totals of the places that a change names, and of all above them, before and after.

    For each programme: who was expected, who reported, and the first measure. The nation is always told, also when
    nothing changes there: that is the proof that nothing is lost. Of funds: what rests with the places that move, and
    in those that the change names.
    """
    # All slices at once and in one order, as the jobs take them: between the two drains nobody may wait for the other.
    lock_slices((model.code, year) for model in programmes() for year in slice_years(model))
    drain_records()
    before = {model: _figures(model, _named(change)) for model in programmes()}
    funds_before = funds.resting(_near(change))
    yield
    money = funds.moved_money()
    moved = [effect for model in programmes() for effect in _moved_records(model)]
    drain_records()
    effects = []
    for model in programmes():
        after = _figures(model, _named(change))
        effects += _differences(model, before[model], after)
    return moved + money + effects + funds.differences(funds_before, funds.resting(_near(change)))


def _near(change: BoundaryChange) -> list[Area]:
    """The places, township and up, that the change names now, and what they belong to and belonged to."""
    return [area for area in _touched(change) if area.level <= Level.TOWNSHIP]


def _named(change: BoundaryChange) -> set[int]:
    """These, and all above them."""
    ids = set(Area.objects.filter(level=Level.NATION).values_list("pk", flat=True))
    for area in _touched(change):
        ids |= {area.pk, *area.ancestor_ids}
    return set(Area.objects.filter(pk__in=ids, level__lte=Level.TOWNSHIP).values_list("pk", flat=True))


def _touched(change: BoundaryChange) -> QuerySet[Area]:
    rows = change.areas.values_list("area", "parent", "was_parent", "area__parent")
    return Area.objects.filter(pk__in={pk for row in rows for pk in row if pk is not None})


def _figures(model: type[Record], areas: Iterable[int]) -> Figures:
    first = next(m for m in model.totalled() if m.name == model.headline[0])
    rows = model.rollup.objects.filter(area__in=areas, breakdown="")
    return {
        (row.area_id, row.year, row.basis): {
            "expected": row.expected,
            "reported": row.reported,
            first.name: row.totals()[first.name],
        }
        for row in rows
    }


def _moved_records(model: type[Record]) -> list[Effect]:
    """How many records belong to places that would stand elsewhere; the derivation has left their list behind."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT r.year, count(*) FROM {model._meta.db_table} r
            WHERE EXISTS (SELECT FROM derive_moved AS moved WHERE moved.area_id = r.area_id)
            GROUP BY r.year ORDER BY r.year
            """
        )
        what = format_lazy(_("{programme}: records of places that would stand elsewhere"), programme=model.label)
        return [Effect(what, "", year, "", None, count) for year, count in cursor.fetchall()]


def _differences(model: type[Record], before: Figures, after: Figures) -> list[Effect]:
    first = next(m for m in model.totalled() if m.name == model.headline[0])
    words = {"expected": _("expected"), "reported": _("reported"), first.name: first.verbose_name}
    areas = Area.objects.in_bulk({area for area, _year, _basis in before.keys() | after.keys()})
    bases = dict(Rollup.Basis.choices)
    effects = []
    for key in sorted(before.keys() | after.keys(), key=lambda key: (_order(areas[key[0]]), key)):
        area, year, basis = key
        for name, word in words.items():
            was, will = before.get(key, {}).get(name), after.get(key, {}).get(name)
            if was != will or areas[area].level == Level.NATION:
                what = format_lazy("{programme}: {figure}", programme=model.label, figure=word)
                effects.append(Effect(what, str(areas[area]), year, str(bases[basis]), was, will, area))
    return effects


def _order(area: Area) -> tuple[int, str]:
    return area.level, area.code
