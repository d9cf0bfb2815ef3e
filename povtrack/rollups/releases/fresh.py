"""What answers with frozen totals say of how fresh these are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from povtrack.lib.rest.fresh import FRESHNESS
from povtrack.rollups.boundaries import CURRENT, RECORDED
from povtrack.rollups.releases.compare import Changed, Comparison, Wanted
from povtrack.rollups.releases.models import Release
from povtrack.rollups.verified import all_verified
from povtrack.rollups.waiting import waiting

Moments = Iterable[dt.datetime | None]  # when each row was computed


def freshness_of(release: Release, wanted: Wanted, computed: Moments) -> dict[str, Any]:
    """What is said of frozen totals: as of when they are, and what was not counted in nor proven then."""
    proven = all_verified([wanted.programme] if wanted.programme else release.programmes, release.known_at)
    return _told(wanted, release.bases, release.known_at, computed, release.pending, proven)


def freshness_of_both(pair: Comparison, wanted: Wanted, page: Sequence[Changed]) -> dict[str, Any]:
    """What is said of two sides that are compared, for one area and its parts."""
    before = freshness_of(pair.earlier, wanted, (one.computed_before for one in page))
    computed = (one.computed_after for one in page)
    return {
        "earlier": before,
        "later": freshness_of(pair.later, wanted, computed) if pair.later else _now(pair, wanted, computed),
    }


def _now(pair: Comparison, wanted: Wanted, computed: Moments) -> dict[str, Any]:
    scope = pair.scope
    models = [model for model in scope.models() if wanted.programme in ("", model.code)]
    # On today's boundaries every edit waits that waits on those of each year.
    on = RECORDED if "current" not in (wanted.basis or scope.bases) else CURRENT
    years = [wanted.year] if wanted.year else scope.years
    area = [wanted.family] if wanted.family else []
    pending = sum(waiting(model, on, area, (min(years), max(years))).total(area) for model in models) if years else 0
    return _told(
        wanted, scope.bases, None, computed, pending, all_verified([model.code for model in models], pair.until)
    )


def _told(wanted: Wanted, bases: Collection[str], as_of: Any, computed: Moments, *rest: Any) -> dict[str, Any]:
    basis = wanted.basis or (next(iter(bases)) if len(bases) == 1 else None)
    oldest = min((moment for moment in computed if moment), default=None)
    return dict(zip(FRESHNESS, (basis, as_of, oldest, *rest), strict=True))
