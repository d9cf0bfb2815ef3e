"""The form in which a draft's successions get their shares."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import gettext as _

from povtrack.lib.figures import BadFigure, parse_decimal
from villages.changes.telling import follow_words
from villages.models import Succession

Given = tuple[Decimal | None, Decimal | None]
_PLACES = 10


@dataclass
class Box:
    """One share as it stands in its box."""

    name: str
    text: str
    share: Decimal | None = None
    error: str = ""

    @property
    def id(self) -> str:
        return f"id_{self.name}"


@dataclass
class Row:
    """One succession: who takes over from whom, and both shares."""

    pk: int
    old: str
    new: str
    share: Box
    back: Box


@dataclass
class SharesForm:
    """All successions of a draft; with `data` as they were sent, else as they stand."""

    rows: list[Row] = field(default_factory=list)

    @classmethod
    def of(cls, follows: Iterable[Succession], data: Mapping[str, str] | None = None) -> SharesForm:
        return cls([_row(follow, data) for follow in follows])

    @property
    def boxes(self) -> list[Box]:
        return [box for row in self.rows for box in (row.share, row.back)]

    def is_valid(self) -> bool:
        return not any(box.error for box in self.boxes)

    def summary(self) -> list[tuple[str, str]]:
        return [(box.id, box.error) for box in self.boxes if box.error]

    def given(self) -> dict[int, Given]:
        return {row.pk: (row.share.share, row.back.share) for row in self.rows}


def _row(follow: Succession, data: Mapping[str, str] | None) -> Row:
    old, new = follow_words(follow)

    def box(part: str, standing: Decimal | None) -> Box:
        name = f"{part}-{follow.pk}"
        if data is None:
            return Box(name, _written(standing))
        found = Box(name, data.get(name, "").strip()[:40])
        _read(found, f"{old} → {new}")
        return found

    return Row(follow.pk, old, new, box("share", follow.share), box("back", follow.share_back))


def _read(box: Box, where: str) -> None:
    """Read a share as a part of one or in percent."""
    percent = box.text.endswith(("%", "％"))
    text = box.text.rstrip("%％ ").replace("\0", "")
    try:
        share = parse_decimal(text, places=8 if percent else _PLACES, maximum=Decimal(100 if percent else 1))
    except BadFigure as flaw:
        box.error = f"{where}: {flaw} " + _("A share is more than 0 and at most 1, as 0.7 or 70 %.")
        return
    box.share = share / 100 if percent and share is not None else share
    if box.share == 0:
        box.error = f"{where}: " + _("A share is more than 0 and at most 1, as 0.7 or 70 %.")


def _written(share: Decimal | None) -> str:
    return "" if share is None else f"{share.normalize():f}"
