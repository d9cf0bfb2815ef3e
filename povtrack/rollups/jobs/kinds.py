"""The kinds of background jobs, by the names of their tasks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from povtrack.lib.jobs import MAIL, RECOMPUTE


@dataclass(frozen=True)
class JobKind:
    """What a job is called, and whether its runs that went well are summed up by the hour: they are too many."""

    label: Any
    summed: bool = False


KINDS: dict[str, JobKind] = {
    RECOMPUTE: JobKind(_("Bring totals up to date"), summed=True),
    "povtrack.rollups.tasks.watch": JobKind(_("Look for lost jobs"), summed=True),
    "povtrack.rollups.tasks.prove": JobKind(_("Verify totals")),
    "povtrack.rollups.tasks.rebuild": JobKind(_("Recompute all totals")),
    "povtrack.rollups.releases.tasks.freeze": JobKind(_("Freeze the totals of a release")),
    MAIL: JobKind(_("Send a notification by e-mail"), summed=True),
    "programmes.sheets.tasks.read": JobKind(_("Read a file that was sent")),
    "programmes.sheets.tasks.save": JobKind(_("Save a file that was sent")),
    "programmes.sheets.tasks.drop": JobKind(_("Delete old files")),
    "povtrack.feed.tasks.drop": JobKind(_("Drop old changes of the feed")),
    "povtrack.resent.tasks.drop": JobKind(_("Delete old answers of the API"), summed=True),
    "povtrack.exports.tasks.make": JobKind(_("Make a file of a whole list")),
    "povtrack.exports.tasks.watch": JobKind(_("Look for lost exports"), summed=True),
    "povtrack.exports.tasks.drop": JobKind(_("Delete old exports")),
}


def kind_of(name: str) -> JobKind:
    """The kind of a task; one that is not listed is called by its name."""
    return KINDS.get(name) or JobKind(name)
