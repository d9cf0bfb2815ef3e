"""What answers with frozen totals say of how fresh these are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.db.models import Max

from povtrack.lib.rest.fresh import FRESHNESS
from povtrack.rollups.models import Verification
from povtrack.rollups.releases.compare import Comparison, Wanted
from povtrack.rollups.releases.models import Release
from programmes.models import DirtyCell


def freshness_of(release: Release, wanted: Wanted, computed_at: dt.datetime | None) -> dict[str, Any]:
    """What is said of frozen totals: as of when they are, and what was not counted in nor proven then."""
    programmes = [wanted.programme] if wanted.programme else release.programmes
    basis = wanted.basis or _only(release.bases)
    proven = _proven(programmes, release.known_at)
    return _told(basis, release.known_at, computed_at, release.pending, proven)


def freshness_of_both(
    pair: Comparison, wanted: Wanted, computed_at: tuple[dt.datetime | None, dt.datetime | None]
) -> dict[str, Any]:
    """What is said of two sides that are compared. Of what stands now, all edits wait that wait in what both hold."""
    before, after = computed_at
    told = {"earlier": freshness_of(pair.earlier, wanted, before)}
    if pair.later:
        return told | {"later": freshness_of(pair.later, wanted, after)}
    scope = pair.scope
    programmes = [wanted.programme] if wanted.programme else scope.programmes
    years = [wanted.year] if wanted.year else scope.years
    waiting = DirtyCell.objects.filter(programme__in=programmes, year__in=years).count()
    basis = wanted.basis or _only(scope.bases)
    return told | {"later": _told(basis, None, after, waiting, _proven(programmes, pair.until))}


def _told(*values: Any) -> dict[str, Any]:
    return dict(zip(FRESHNESS, values, strict=True))


def _only(bases: Collection[str]) -> str | None:
    return next(iter(bases)) if len(bases) == 1 else None


def _proven(programmes: Collection[str], until: dt.datetime | None) -> dt.datetime | None:
    """When the programme that was proven longest ago had been proven at a moment; None where one never was."""
    clean = Verification.objects.filter(programme__in=programmes, differences=0, at__lte=until)
    last = dict(clean.values_list("programme").annotate(last=Max("at")))
    return min(last.values()) if last.keys() >= set(programmes) else None
