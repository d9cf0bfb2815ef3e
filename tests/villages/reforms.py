"""Boundary changes for tests, drafted and applied as an operator would."""

from __future__ import annotations

import datetime as dt
from typing import Any

from villages.actions.changes import apply_change, draft_change
from villages.changes.drafts import Draft
from villages.models import BoundaryChange


def as_it_is(world: Any, kind: str, day: dt.date, draft: Draft, **document: Any) -> BoundaryChange:
    """A draft that waits."""
    return draft_change(
        kind=kind, effective=day, parts=draft.parts, follows=draft.follows, by=world.registry, **document
    )


def applied(world: Any, kind: str, day: dt.date, draft: Draft, **document: Any) -> BoundaryChange:
    """The same, applied."""
    change = as_it_is(world, kind, day, draft, **document)
    return apply_change(change=change, by=world.registry)
