"""A preview is of one moment: what clerks save while it is computed is no effect of the change."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from programmes.catalogue.dew import DewRecord
from villages.actions import draft_change, preview_change
from villages.changes import drafts, effects
from villages.models import BoundaryChange

DAY = dt.date(2010, 7, 1)


@pytest.fixture
def committed(transactional_db: None, world: Any) -> Any:
    world.save("Huawu", trained=50, women=20, placed=40)
    DewRecord.objects.update(state="submitted", submitted_at=timezone.now(), submitted_by=world.clerk)
    return world


@pytest.fixture
def meanwhile(committed: Any, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Somebody else saves once between the two looks of a preview."""
    saved: list[Any] = []

    def save() -> None:
        try:
            # Not by the action, which would recompute at once and wait for the preview to end.
            saved.append(DewRecord.objects.filter(area=committed["Huawu"]).update(trained=59))
        finally:
            connection.close()

    def observer(_change: BoundaryChange) -> Iterator[None]:
        if not saved:
            with ThreadPoolExecutor(1) as pool:
                pool.submit(save).result()
        yield
        return []

    monkeypatch.setattr(effects, "observers", effects.observers)
    effects.observers.append(observer)  # type: ignore[arg-type]
    yield saved  # type: ignore[misc]
    effects.observers.remove(observer)  # type: ignore[arg-type]


@pytest.mark.django_db(transaction=True)
def test_what_is_saved_meanwhile_is_not_told_as_an_effect(committed: Any, meanwhile: list[Any]) -> None:
    made = drafts.rename(committed["520524"], name="织金市")
    change = draft_change(kind="rename", effective=DAY, parts=made.parts, by=committed.registry)
    told = preview_change(change=change, by=committed.registry)
    assert len(meanwhile) == 1
    assert [effect for effect in told.effects if effect.basis and effect.before != effect.after] == []


@pytest.mark.django_db(transaction=True)
def test_a_preview_of_rows_that_are_just_being_saved_is_tried_again(committed: Any, meanwhile: list[Any]) -> None:
    # Huawu itself is moved, and saved by its clerk after the preview has begun.
    made = drafts.transfer([committed["520524100"]], to=committed["520525"])
    change = draft_change(kind="transfer", effective=DAY, parts=made.parts, by=committed.registry)
    told = preview_change(change=change, by=committed.registry)
    assert told.possible
    nation = [e for e in told.effects if e.basis and e.where == "China 中国" and e.year == 2010]
    assert nation
    assert all(effect.before == effect.after for effect in nation)
    trained = {str(effect.after) for effect in nation if "rained" in str(effect.what)}
    assert trained == {"59"}
