"""Places that end without a successor, with what speaks for one: where their counties went."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.utils.translation import gettext_noop

from villages.imports.history.changes import Change
from villages.imports.history.identities import Place
from villages.imports.history.model import Doubt, Record
from villages.imports.history.moves import Moves
from villages.told import joined, told


def without_successor(
    places: Iterable[Place], changes: Sequence[Change], moves: Moves
) -> Iterator[tuple[Place, Doubt]]:
    """Yield the places that end and leave no heir, each with the question."""
    left = {heir.old for change in changes for heir in change.heirs if heir.old.until == change.effective}
    for place in places:
        if place.until is None or place in left:
            continue
        last = place.records[-1]
        evidence = {
            "code": last.own_code,
            "name": last.name,
            "since": place.since.isoformat(),
            "until": place.until.isoformat(),
            "counties_went_to": _destinations(last, moves),
        }
        key = f"end:{last.code}:{last.start}"
        yield place, Doubt(key, str(last), _reason(last, moves), place.until.year, last, evidence)


def _destinations(old: Record, moves: Moves) -> list[dict[str, Any]]:
    return [
        {"code": new.own_code, "name": new.name, "counties": count, "begins_then": new.start == old.end}
        for new, count in moves.went.get(old, Counter()).items()
    ]


def _reason(old: Record, moves: Moves) -> str:
    went: Counter[Record] = moves.went.get(old, Counter())
    if not went:
        return told(gettext_noop("The source names no successor, and no county that went elsewhere."))
    where = told(
        gettext_noop("The source names no successor. Its counties (%(count)s) went to: %(places)s."),
        count=sum(went.values()),
        places=", ".join(f"{new} ({count})" for new, count in went.items()),
    )
    if len(went) == 1 and next(iter(went)).start != old.end:
        merger = gettext_noop("It stood before and took all of them: probably a merger.")
        return joined(" ", [where, told(merger)])
    return where
