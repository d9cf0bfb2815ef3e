"""The doors of all programmes but the Dew Program: the same as its own, since one factory makes them all.

What each of its doors does is asked in full in the access matrix; of the others it is asked whether they open for the
same people, and change nothing for a stranger.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from programmes.actions import load_records
from programmes.catalogue.dew import DewRecord
from programmes.models import Record, Round
from programmes.registry import programmes
from tests.doors import DOORS, Door
from villages.levels import Level

OTHERS = [model for model in programmes() if model is not DewRecord]


def twins(model: type[Record]) -> dict[str, Door]:
    """The doors of a programme by name, made from those of the Dew Program."""
    found = {}
    for name, door in DOORS.items():
        twin = (
            name.replace("-dew-", f"-{model.code}-")
            .replace("_dewrecord_", f"_{model.__name__.lower()}_")
            .replace("_dewrollup_", f"_{model.rollup.__name__.lower()}_")
        )
        if twin != name:
            found[twin] = replace(door, kwargs=lambda world, door=door, twin=twin: _kwargs(model, door, twin, world))
    return found


def _kwargs(model: type[Record], door: Door, name: str, world: Any) -> dict[str, Any]:
    """What the address of a twin names: the programme's own record, or total, of Zhijin."""
    [key] = door.kwargs(world) or [""]
    if not key:
        return {}
    if "rollup" in name:
        return {key: _total(model, world)}
    return {key: model.objects.get(area=_reporter(model, world)).pk}


def _total(model: type[Record], world: Any) -> int:
    row = model.rollup.objects.filter(area=world["Zhijin County"], year=2010, basis="recorded", breakdown="").get()
    return int(row.pk)


def _reporter(model: type[Record], world: Any) -> Any:
    return world["520524"] if model.level == Level.COUNTY else world["Huawu"]


def report_everywhere(world: Any) -> None:
    """Let Huawu, or Zhijin itself, report 5959 of something to every programme."""
    opens = Round.objects.get(programme="dew", year=2010)
    for model in OTHERS:
        dates = {"opens": opens.opens, "due": opens.due, "closes": opens.closes}
        Round.objects.get_or_create(programme=model.code, year=2010, defaults=dates)
        load_records(model, rows=[list(_row(model, world))], by=world.clerk)


def _row(model: type[Record], world: Any) -> Iterator[Any]:
    told = next(measure for measure in model.measures() if measure.is_figure and not measure.part_of)
    yield from (_reporter(model, world).pk, 2010)
    yield from model.breakdowns()[:1] if model.kinds else ()
    yield from ("submitted", False)
    yield from (5959 if measure is told else None for measure in model.measures())
