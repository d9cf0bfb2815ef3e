"""What a draft is made of, before it has rows."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from villages.levels import Level
from villages.models import Area


@dataclass(frozen=True, eq=False)
class Part:
    """What a change does to one place: the form it has from that day on, or that it ends.

    `area` is None for a place that the change makes; then `level`, `code` and `name` are needed. What is left blank
    stays as it is. `parent` is a place, or the part that makes it.
    """

    area: Area | None = None
    ends: bool = False
    code: str = ""
    name: str = ""
    name_latin: str = ""
    parent: Area | Part | None = None
    level: Level | None = None
    kind: str = Area.Kind.ORDINARY.value


@dataclass(frozen=True, eq=False)
class Follow:
    """Who takes over from whom. Both must be parts of the same change.

    `share` is the part of the old place that goes to the new one, `share_back` the part of the new place that comes
    from the old; None leaves it to the villages that move.
    """

    old: Area
    new: Part
    share: Decimal | None = None
    share_back: Decimal | None = None
