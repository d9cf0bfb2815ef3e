"""The life of one place: the forms it has had, what changed from one to the next, and by which act."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import F, Q

from villages.lineage import versions_of
from villages.models import Area, AreaVersion, BoundaryChange, ChangedArea, RegistryImport, Succession
from villages.names import latin_beside


@dataclass(frozen=True)
class Form:
    """What a place was from `since` until the day before `until` (None: still).

    `differs` names what is not as in the form before: "code", "name", "parent"; nothing for the first. `parent` is the
    place it belonged to and `parent_name` what that was called then. `acts` are the changes that began this form, and
    `ended_by` those that ended the place with it.
    """

    since: dt.date
    until: dt.date | None
    code: str
    name: str
    name_latin: str
    parent: Area | None
    parent_name: str
    source: RegistryImport | None
    differs: tuple[str, ...] = ()
    acts: list[BoundaryChange] = field(default_factory=list)
    ended_by: list[BoundaryChange] = field(default_factory=list)

    @property
    def label(self) -> str:
        return f"{latin_beside(self.name_latin)} {self.name}".strip()

    @property
    def since_words(self) -> str:
        return day_words(self.since, self.acts)

    @property
    def until_words(self) -> str:
        return day_words(self.until, self.ended_by) if self.until else ""


def day_words(day: dt.date, acts: list[BoundaryChange]) -> str:
    """Write the day on which something took effect; of some acts only the year is known."""
    return next((act.day_words for act in acts if not act.day_known), day.isoformat())


@dataclass(frozen=True)
class Taken:
    """A change in which a place took part.

    `follows` are its successions between places of that level, each with its `percent`; without any, `moves` are its
    rows that brought the place something or took it away.
    """

    change: BoundaryChange
    follows: list[Succession] = field(default_factory=list)
    moves: list[ChangedArea] = field(default_factory=list)

    @property
    def day_words(self) -> str:
        return self.change.day_words


def forms_of(area: Area) -> list[Form]:
    """Return the forms of a place, newest first. Three queries."""
    versions = versions_of(area)
    parents = _names({version.parent_id for version in versions if version.parent_id})
    forms = []
    for before, version in zip([None, *versions], versions, strict=False):
        forms.append(
            Form(
                since=version.valid.lower,
                until=version.valid.upper,
                code=version.code,
                name=version.name,
                name_latin=version.name_latin,
                parent=version.parent,
                parent_name=_name_on(parents, version),
                source=version.source,
                differs=_differences(before, version) if before else (),
                acts=version.began_by,
                ended_by=version.ended_by,
            )
        )
    return forms[::-1]


def changes_of(area: Area, *, drafts: bool = False) -> list[Taken]:
    """Return the applied changes in which a place took part, newest first; with `drafts`, those that wait too.

    Taking part means having a row in it, being old or new in a succession, or getting or losing a place that belongs to
    it. Three queries.
    """
    states = [BoundaryChange.State.APPLIED] + ([BoundaryChange.State.DRAFT] if drafts else [])
    # By the children of all times, for their rows are found by index and those that name a parent are not.
    children = AreaVersion.objects.filter(parent=area).values("area")
    moved = ChangedArea.objects.filter(
        Q(ends=True) | Q(under__isnull=False) | (Q(parent__isnull=False) & ~Q(parent=F("was_parent"))),
        Q(parent=area) | Q(was_parent=area),
        area__in=children,
    )
    taken = (
        ChangedArea.objects.filter(area=area)
        .values("change")
        .union(moved.values("change"), Succession.objects.filter(Q(old=area) | Q(new=area)).values("change"))
    )
    found = BoundaryChange.objects.filter(pk__in=taken, state__in=states).order_by("-effective", "-pk")
    changes = [Taken(change) for change in found]
    by_pk = {taken.change.pk: taken for taken in changes}
    follows = Succession.objects.filter(change__in=by_pk, old__level=area.level)
    for follow in follows.select_related("old", "new", "part__area").order_by("pk"):
        follow.percent = percent_of(follow)  # type: ignore[attr-defined]
        by_pk[follow.change_id].follows.append(follow)
    told = [pk for pk, taken in by_pk.items() if not taken.follows]
    rows = moved.filter(change__in=told).select_related("area", "parent", "was_parent").order_by("pk")
    for row in rows:
        by_pk[row.change_id].moves.append(row)
    return changes


def percent_of(step: Succession) -> str:
    """Which part of the old place went to the new one, as "37.5"; empty when it was all of it, or isn't known."""
    return "" if step.share is None or step.share == 1 else f"{float(step.share * 100):.3g}"


def _differences(before: AreaVersion, version: AreaVersion) -> tuple[str, ...]:
    pairs = {
        "code": (before.code, version.code),
        "name": (before.name, version.name),
        "parent": (before.parent_id, version.parent_id),
    }
    return tuple(what for what, (was, now) in pairs.items() if was != now)


def _names(ids: set[int]) -> dict[int, list[AreaVersion]]:
    found: dict[int, list[AreaVersion]] = defaultdict(list)
    for version in AreaVersion.objects.filter(area__in=ids):
        found[version.area_id].append(version)
    return found


def _name_on(parents: dict[int, list[AreaVersion]], version: AreaVersion) -> str:
    """What the parent was called when the form began; what it is called now when that is not known."""
    for form in parents.get(version.parent_id or 0, []):
        if version.valid.lower in form.valid:
            return str(Area(name=form.name, name_latin=form.name_latin))
    return str(version.parent or "")
