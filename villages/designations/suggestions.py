"""Which places an unmatched line may mean: for a person to choose from, never to be taken by themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from povtrack.accounts.models import User
from povtrack.accounts.roles import Ability
from villages.designations.matching import code_forms
from villages.designations.names import likeness, squeezed
from villages.models import Area, AreaVersion, Membership
from villages.sql import statement
from villages.trails import trail_text, trails

_BEST = 3
_LEAST = 0.4  # names less alike than this are noise
_CANDIDATES = 250  # of a line: more than a province has counties


@dataclass(frozen=True)
class Suggestion:
    """One place that a line may mean: the place, how it was called then, why it comes to mind, and where it lies."""

    area: Area
    then: str
    why: str
    trail: str


def suggestions_for(lines: Sequence[Membership], by: User) -> dict[int, list[Suggestion]]:
    """Return the best few places for each line, by its id, of those that `by` keeps. At most six queries."""
    scores: dict[int, dict[int, tuple[float, str, str]]] = {line.pk: {} for line in lines}
    _score_names(lines, scores)
    _score_codes(lines, scores)
    wanted = {area_id for found in scores.values() for area_id in found}
    areas = Area.objects.visible_to(by, Ability.KEEP_REGISTRY).in_bulk(wanted)
    best = {
        pk: sorted(((*rest, areas[area_id]) for area_id, rest in found.items() if area_id in areas), key=_order)[:_BEST]
        for pk, found in scores.items()
    }
    above = trails(area for found in best.values() for *_rest, area in found)
    return {
        pk: [Suggestion(area, then, why, trail_text(above[area.pk])) for _score, then, why, area in found]
        for pk, found in best.items()
    }


def _order(found: tuple[float, str, str, Area]) -> tuple[float, str]:
    return (-found[0], found[3].code)


def _score_names(lines: Sequence[Membership], scores: dict[int, dict[int, tuple[float, str, str]]]) -> None:
    """Score places by how alike their names of the time are; where the registry holds none, by those of today."""
    found = _candidates(lines, today=False)
    without = [line for line in lines if not found[line.pk]]
    found |= _candidates(without, today=True) if without else {}
    for line in lines:
        for area_id, code, name in found[line.pk]:
            score = likeness(line.listed_name.strip("()（）"), name)
            if score >= _LEAST:
                scores[line.pk][area_id] = (score, f"{code} {name}", _("its name is alike"))


def _candidates(lines: Sequence[Membership], *, today: bool) -> dict[int, list[tuple[int, str, str]]]:
    """The places in the running for each line: (id, code then, name then). One query."""
    found: dict[int, list[tuple[int, str, str]]] = {line.pk: [] for line in lines}
    values: dict[str, Any] = {
        "n": list(range(len(lines))),
        "names": [squeezed(line.listed_name).strip("()") for line in lines],
        "withins": [squeezed(line.listed_within) for line in lines],
        "days": [None if today else line.listed_on for line in lines],
        "levels": [line.designation.level for line in lines],
        "today": timezone.localdate(),
        "most": _CANDIDATES,
    }
    with connection.cursor() as cursor:
        cursor.execute(statement("designation_candidates"), values)
        for n, area_id, code, name in cursor.fetchall():
            found[lines[n].pk].append((area_id, code, name))
    return found


def _score_codes(lines: Sequence[Membership], scores: dict[int, dict[int, tuple[float, str, str]]]) -> None:
    """Put forward whatever carried a line's code on any day. One query."""
    asked = [(form, line) for line in lines for form in code_forms(line.listed_code)]
    versions = AreaVersion.objects.filter(code__in={form for form, _line in asked}).select_related("area")
    by_code: dict[str, list[AreaVersion]] = {}
    for version in versions:
        by_code.setdefault(version.code, []).append(version)
    for form, line in asked:
        for version in by_code.get(form, []):
            if version.area.level == line.designation.level:
                why = _("it carried this code from %(day)s") % {"day": version.valid.lower.isoformat()}
                score = 0.6 + 0.4 * likeness(line.listed_name, version.name)
                scores[line.pk][version.area_id] = (score, f"{version.code} {version.name}", why)
