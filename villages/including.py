"""The place of a row in lists of the API, with all areas above it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from povtrack.lib.rest.includes import Include
from villages.models import Area
from villages.serializers import AreaRefSerializer
from villages.trails import trails

_NAMES = ("level", "code", "name", "name_latin")


def place(way: str = "area") -> Include:
    """Return what brings along the place that a way leads to. One query a page."""
    sources = tuple(f"{way}__{name}" for name in ("id", "path", *_NAMES))
    return Include(
        _("the place as it is today (id, level, code, name, name_latin), with the areas `above` it, the nation first."),
        sources,
        _named,
        _trails,
    )


def _named(pk: int, path: str, *named: Any) -> dict[str, Any]:
    return {"id": pk, **dict(zip(_NAMES, named, strict=True)), "above": path}


def _trails(places: list[dict[str, Any]]) -> None:
    above = trails({one["id"]: Area(pk=one["id"], path=one["above"]) for one in places}.values())
    refs = {up.pk: AreaRefSerializer(up).data for up in {up for trail in above.values() for up in trail}}
    for one in places:
        one["above"] = [refs[up.pk] for up in above[one["id"]]]
