"""What is wrong with an event: the first reason found for each of its rows."""

from __future__ import annotations

from collections.abc import Iterator

from villages.imports.townships.events import Event
from villages.imports.townships.reading import Row, is_code, plain
from villages.imports.townships.reasons import Reason
from villages.imports.townships.registry import Registry


def judge(event: Event, registry: Registry) -> dict[Row, Reason]:
    """Return the outcome of each row. One row that can't be carried out holds back all that hang together with it."""
    found = {row: next(_flaws(row, event, registry), Reason.SOUND) for row in event.rows}
    if all(reason == Reason.SOUND for reason in found.values()):
        return found
    return {row: Reason.TOGETHER if reason == Reason.SOUND else reason for row, reason in found.items()}


def _flaws(row: Row, event: Event, registry: Registry) -> Iterator[Reason]:
    if not row.new_code:
        yield Reason.NO_TARGET
    elif not row.old_code:
        yield Reason.NO_SOURCE
    elif not is_code(row.old_code) or not is_code(row.new_code):
        yield Reason.WORDS
    else:
        if not row.old_name or not row.new_name:
            yield Reason.NO_NAME
        province = registry.provinces.get(row.old_code[:2], "")
        if row.province and province and not province.startswith(row.province):
            yield Reason.PROVINCE
        if len(event.rows) == 1 and row.old_code == row.new_code and plain(row.old_name) == plain(row.new_name):
            yield Reason.UNCHANGED
        yield from _flaws_of_old(row, event, registry)
        yield from _flaws_of_new(row, event, registry)


def _flaws_of_old(row: Row, event: Event, registry: Registry) -> Iterator[Reason]:
    old = registry.township(row.old_code)
    if old is None:
        new = registry.township(row.new_code)
        yield Reason.ALREADY if new and plain(new.name) == plain(row.new_name) else Reason.NOT_STANDING
        return
    if plain(old.name) != plain(row.old_name):
        yield Reason.OTHER_NAME
    if event.goes_on(row.old_code):
        return
    if old.until is not None or not old.began_before:
        yield Reason.LATER_FORM
    if len(event.targets[row.old_code]) > 1 and registry.children.get(old.area_id):
        yield Reason.VILLAGES


def _flaws_of_new(row: Row, event: Event, registry: Registry) -> Iterator[Reason]:
    if any(other.new_code == row.new_code and plain(other.new_name) != plain(row.new_name) for other in event.rows):
        yield Reason.TWO_NAMES
    own = registry.by_code.get(row.new_code)
    is_old = row.new_code in event.targets
    if own and not is_old and (registry.township(row.new_code) is None or plain(own.name) != plain(row.new_name)):
        yield Reason.TAKEN
    if own and not is_old and event.becomes(row.old_code):
        yield Reason.BOTH
    allowed = {own.area_id} if own else set()
    if old := registry.township(row.old_code):
        allowed.add(old.area_id)
    if registry.later.get(row.new_code, set()) - allowed:
        yield Reason.TAKEN_LATER
    county = registry.county(row.county_code)
    if county is None:
        yield Reason.NO_COUNTY
    elif county.ended_on is not None and not (old and old.until and old.until <= county.ended_on):
        yield Reason.COUNTY_ENDS
