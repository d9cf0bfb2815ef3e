"""Making and withdrawing releases."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from povtrack.accounts.models import User
from povtrack.accounts.roles import Ability
from povtrack.lib.jobs import begin_after_commit
from povtrack.lib.paths import is_under
from povtrack.rollups.releases.models import Release
from programmes.actions import Refused
from programmes.actions.scope import paths_of
from villages.models import Area

FREEZE = "povtrack.rollups.releases.tasks.freeze"


def make_release(
    *,
    name: str,
    title: str,
    area: Area,
    programmes: Sequence[str],
    years: Sequence[int],
    bases: Sequence[str],
    lowest: int,
    by: User,
    note: str = "",
) -> Release:
    """Write down what is to be frozen, and have it frozen after commit.

    Raises Refused for an area in which `by` may not release, and for a name that is taken.
    """
    require_releaser(area, by)
    asked: dict[str, Any] = {"programmes": list(programmes), "years": sorted(years), "bases": list(bases)}
    words = {"name": name, "title": title, "note": note, "lowest": lowest}
    try:
        with transaction.atomic():
            release = Release.objects.create(area=area, drafted_by=by, **asked, **words)
    except IntegrityError as taken:
        raise Refused(_("There is a release “%(name)s” already. Give another name.") % {"name": name}) from taken
    ask_to_freeze(release)
    return release


def ask_to_freeze(release: Release) -> None:
    """Ask for the job after commit. If the queue does not take it the page offers to begin it."""
    begin_after_commit(FREEZE, release.pk)


def begin_again(*, release: Release, by: User) -> None:
    """Have a release frozen whose job was lost. Raises Refused for whoever may not release."""
    require_releaser(release.area, by)
    ask_to_freeze(release)


@transaction.atomic
def withdraw_release(*, release: Release, reason: str, by: User) -> Release:
    """Say that a release is not to be cited any more, and why. Its rows stay.

    Raises Refused without a reason, for what is not frozen or withdrawn already, and for whoever may not release.
    """
    require_releaser(release.area, by)
    if not reason.strip():
        raise Refused(_("Give a reason: whoever has cited the release will read it."))
    standing = Release.objects.select_for_update().get(pk=release.pk)
    if standing.state != Release.State.FROZEN:
        raise Refused(_("Only what is frozen, and not withdrawn yet, can be withdrawn."))
    standing.state, standing.withdrawn_at = Release.State.WITHDRAWN, timezone.now()
    standing.withdrawn_by, standing.withdrawn_why = by, reason.strip()
    standing.save(update_fields=["state", "withdrawn_at", "withdrawn_by", "withdrawn_why"])
    return standing


def require_releaser(area: Area, by: User) -> None:
    """Raise Refused unless a person may freeze totals of an area."""
    if not is_under(area.path, paths_of(by, Ability.RELEASE)):
        raise Refused(_("%(area)s is not one of the areas whose totals you may release.") % {"area": area})
