"""How places look in lists of hits, on the page and in the typeahead."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from villages.levels import Level
from villages.models import Area
from villages.names import latin_beside
from villages.search import Former, former_forms, holds
from villages.trails import trails


def hits(areas: Sequence[Area], text: str = "") -> list[dict[str, Any]]:
    """Return one row for each of `areas`, as `hit` writes it. Two queries at most, however many areas.

    `text` is what was asked for; a place that it fits only by a former form says so.
    """
    above = trails(areas)
    silent = [area.pk for area in areas if text and not holds(area, text)]
    former = former_forms(silent, text) if silent else {}
    return [hit(area, above[area.pk], former.get(area.pk)) for area in areas]


def hit(area: Area, above: Sequence[Area] = (), former: Former | None = None) -> dict[str, Any]:
    """One row of a list of places.

    id, code, name, name_latin, level, level_word, url, where it lies (`trail`, labels from the nation down), `ended`
    (its last day's follower, or None), and `notes`: what else must be known of it, in words.
    """
    return {
        "id": area.pk,
        "code": area.code,
        "name": area.name,
        "name_latin": latin_beside(area.name_latin),
        "level": area.level,
        "level_word": Level(area.level).word,
        "url": reverse("place", args=[area.pk]),
        "trail": [str(up) for up in above],
        "ended": area.ended_on,
        "notes": _notes(area, former),
    }


def _notes(area: Area, former: Former | None) -> list[str]:
    notes = []
    if former:
        was = former.name if former.name != area.name else former.code
        notes.append(_("formerly %(name)s until %(year)s") % {"name": was, "year": former.until.year})
    if area.ended_on:
        notes.append(_("until %(year)s") % {"year": area.ended_on.year})
    return notes
