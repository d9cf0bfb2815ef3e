"""Boundary changes written straight into versions and successions, for worlds in which totals are summed."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from django.utils import timezone

from villages import derive
from villages.models import Area, AreaVersion, BoundaryChange, ChangedArea, Succession


def last_version(area: Area) -> AreaVersion:
    return AreaVersion.objects.filter(area=area).latest("valid")


def close(area: Area, on: dt.date) -> AreaVersion:
    """Let a place's last version end on a day."""
    version = last_version(area)
    AreaVersion.objects.filter(pk=version.pk).update(valid=(version.valid.lower, on))
    return version


def move(area: Area, parent: Area, on: dt.date, *, derived: bool = True) -> None:
    """Put an area under another parent from a day on."""
    version = close(area, on)
    AreaVersion.objects.create(area=area, code=version.code, name=version.name, parent=parent, valid=(on, None))
    if derived:
        derive.rebuild()


def found(code: str, level: int, parent: Area, on: dt.date) -> Area:
    """Make a new place."""
    area = Area.objects.create(level=level, code=code, name=f"新{code}", parent=parent, path="")
    AreaVersion.objects.create(area=area, code=code, name=area.name, parent=parent, valid=(on, None))
    return area


def pass_on(on: dt.date, *edges: tuple[Area, Area, str, str]) -> None:
    """Say who followed whom on a day: old, new, share of the old, share of the new that comes from it."""
    change = BoundaryChange.objects.create(kind="split", effective=on, state="applied", applied_at=timezone.now())
    parts = {
        new: ChangedArea.objects.create(change=change, area=new, level=new.level)
        for new in {new for _old, new, _share, _back in edges}
    }
    for old, new, share, back in edges:
        Succession.objects.create(
            change=change, old=old, new=new, part=parts[new], share=Decimal(share), share_back=Decimal(back),
            effective=on,
        )  # fmt: skip


def merge(olds: list[Area], new: Area, on: dt.date) -> None:
    """Let places end in another; one of them may be that other, and goes on."""
    each = Decimal(1) / len(olds)
    backs = [*[str(each.quantize(Decimal("1e-10")))] * (len(olds) - 1)]
    backs.append(str(1 - sum(Decimal(back) for back in backs)))
    pass_on(on, *((old, new, "1", back) for old, back in zip(olds, backs, strict=True)))
    for old in olds:
        if old != new:
            close(old, on)
    derive.rebuild()


def split(old: Area, shares: dict[Area, str], on: dt.date) -> None:
    """Divide a place; it ends, unless it is one of its own parts."""
    pass_on(on, *((old, new, share, "1") for new, share in shares.items()))
    if old not in shares:
        close(old, on)
    derive.rebuild()
