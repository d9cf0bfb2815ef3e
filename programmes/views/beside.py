"""The pages that belong to a programme's records beside their grid and their totals."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from programmes.catalogue.pilot import PilotRecord
from programmes.catalogue.relocation import RelocationRecord
from programmes.models import Record
from villages.levels import Level
from villages.models import Area


def pages_beside(model: type[Record], year: int, area: Area, code: str) -> list[dict[str, Any]]:
    """What else is entered or told of an area's records of one year, each page with label and url.

    `code` is the one that the area carried at the end of the year.
    """
    address = [model.code, year, code]
    if model.code == RelocationRecord.code:
        return [{"label": _("Where people moved"), "url": reverse("flows", args=address)}]
    if model.code != PilotRecord.code or area.level > Level.COUNTY:
        return []
    ways = [{"label": _("What the indicators reached"), "url": reverse("indicators", args=address)}]
    if area.level == Level.COUNTY:
        ways.insert(0, {"label": _("Indicators of the pilots"), "url": reverse("indicators-entry", args=address)})
    return ways
