"""The villages of a nation: the registry's own, or invented ones in its counties."""

from __future__ import annotations

import random
from typing import NamedTuple

from django.utils.translation import gettext as _

from povtrack.accounts.models import User
from povtrack.lib.progress import Steps
from povtrack.lib.years import year_end
from povtrack.rollups.white_paper import facts, full, registry
from villages.actions.load import load_areas
from villages.levels import Level
from villages.models import Area, AreaVersion, Placement, RegistryImport

YEARS = facts.YEARS
SOURCE = "nation"


class Village(NamedTuple):
    """A village with its county and province, by id; it stood where it is at the end of each of the years."""

    area: int
    county: int
    province: int


def villages(wanted: int, *, seed: int, by: User, progress: Steps) -> list[Village]:
    """So many villages, or all there are, in the order of their codes; what is missing is invented if it can be."""
    with progress.step(_("Finding and adding villages")):
        if not Area.objects.filter(level=Level.COUNTY).exists():
            registry.load_places(_source("counties", by), progress)
        found = _standing()
        if len(found) < wanted and (counties := _without_villages()):
            load_areas(full.spread(counties, wanted - len(found)), since=facts.SINCE, source=_source("villages", by))
            found = _standing()
    if len(found) <= wanted:
        return found
    chosen = random.Random(seed).sample(range(len(found)), wanted)  # noqa: S311 invented, no secret
    return [found[at] for at in sorted(chosen)]


def _source(name: str, by: User) -> RegistryImport:
    return RegistryImport.objects.create(
        source=SOURCE, file_name=name, sha256="", vintage=facts.FORM, since=facts.SINCE, areas=0, created_by=by
    )


def _standing() -> list[Village]:
    """The villages that stood in one county from the first year to the last."""
    whole = (year_end(YEARS[0]), year_end(YEARS[-1] + 1))
    rows = Placement.objects.filter(
        level=Level.VILLAGE, valid__contains=whole, county__isnull=False, province__isnull=False
    )
    return [Village(*row) for row in rows.order_by("area__code").values_list("area", "county", "province")]


def _without_villages() -> list[str]:
    """The codes of the counties that stood all the time and have no townships."""
    settled = Placement.objects.filter(level=Level.TOWNSHIP).values("county")
    whole = (facts.SINCE, year_end(YEARS[-1] + 1))
    found = AreaVersion.objects.filter(area__level=Level.COUNTY, valid__contains=whole).exclude(area__in=settled)
    return sorted(found.values_list("code", flat=True))
