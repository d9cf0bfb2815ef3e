"""What happened to the demonstration's places, from real documents, and what is left for a registry admin to do.

The list holds the places as they were at the beginning of 2001. Its changes are in `changes.json`: an array of changes
in the layout of `villages.changes.files`. Of a county or township that gets another code, all places below follow, as
their codes begin with its own.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from povtrack.accounts.models import User
from povtrack.lib.progress import SilentSteps, Steps
from povtrack.lib.years import year_end
from villages.actions import import_areas
from villages.actions.changes import apply_change, draft_change
from villages.actions.designations import import_designations
from villages.actions.townships import import_township_changes
from villages.changes import drafts
from villages.changes.parts import Part
from villages.designations.importing import Request as Lists
from villages.imports.job import Request
from villages.levels import Level
from villages.models import Area, AreaVersion, BoundaryChange
from villages.told import told

FOLDER = Path(__file__).parent
AREAS = FOLDER / "areas.csv"
SINCE = dt.date(2001, 1, 1)
WESTERN = FOLDER.parent / "designations" / "western.csv"
LISTS = [FOLDER / name for name in ("poor_counties.csv", "contiguous_areas.csv", "contiguous_counties.csv")]
# Two townships of Zhijin that lie next to each other; nobody merged them.
EXERCISE_DAY = dt.date(2025, 1, 1)
AGONG, ZHUCANG = "520524109", "520524110"


def load_places(progress: Steps) -> None:
    """Import the list of 2001 into an empty registry."""
    import_areas(request=Request([AREAS], SINCE, SINCE), by=None, commit=True, progress=progress)


def load_history(*, by: User, progress: Steps) -> None:
    """Carry out the real changes since, take in the official lists, and leave open what is open."""
    changes = json.loads((FOLDER / "changes.json").read_text(encoding="utf-8"))
    with progress.step(_("Carrying out boundary changes"), len(changes)) as step:
        for done, written in enumerate(changes, 1):
            apply_change(change=_draft(written, by), by=by)
            step.to(done)
    with progress.step(_("Taking in designations and open questions")):
        import_designations(request=Lists([*LISTS, WESTERN]), by=by, commit=True, progress=SilentSteps())
        # Real rows of the ministry's sheets that nobody can carry out: they abolish a township and name no heir.
        import_township_changes(path=FOLDER / "township_changes.csv", by=by, commit=True)
        draft_exercise(by=by)


def draft_exercise(*, by: User) -> BoundaryChange:
    """Keep an invented merger as a draft, to be previewed, applied and reverted by whoever wants to try."""
    old, into = (Area.objects.coded(code, EXERCISE_DAY).get() for code in (AGONG, ZHUCANG))
    merger = drafts.merge([old], into=Part(into), day=EXERCISE_DAY)
    return draft_change(
        kind=BoundaryChange.Kind.MERGE,
        effective=EXERCISE_DAY,
        parts=merger.parts,
        follows=merger.follows,
        by=by,
        title=told(gettext_noop("Exercise: Agong and Zhucang merge (invented)")),
        note=told(
            gettext_noop("This never happened. Preview it, apply it, look at the places and figures, and revert it.")
        ),
    )


def _draft(written: Mapping[str, Any], by: User) -> BoundaryChange:
    """Keep one change of the file as a draft, with all codes that follow from it."""
    effective = dt.date.fromisoformat(written["effective"])
    approved = written.get("approved_on")
    document = {name: written[name] for name in ("title", "document_no", "day_known") if name in written}
    return draft_change(
        kind=written["kind"],
        effective=effective,
        approved_on=dt.date.fromisoformat(approved) if approved else None,
        parts=[part for place in written["places"] for part in _parts(place, effective - dt.timedelta(days=1))],
        by=by,
        **document,
    )


def _parts(place: Mapping[str, str], before: dt.date) -> list[Part]:
    area = Area.objects.coded(place["code"], before).get()
    code, name, latin = (place.get(key, "") for key in ("to_code", "name", "name_latin"))
    parts = [Part(area, code=code, name=name, name_latin=latin)]
    if code and area.level >= Level.COUNTY:
        below = AreaVersion.objects.filter(code__startswith=place["code"], valid__contains=before).exclude(area=area)
        parts += [
            Part(version.area, code=code + version.code.removeprefix(place["code"]))
            for version in below.select_related("area").order_by("code")
        ]
    return parts


def codes_of(year: int) -> dict[int, str]:
    """The code that each place carried at the end of a year, by id."""
    return dict(AreaVersion.objects.filter(valid__contains=year_end(year)).values_list("area", "code"))
