"""What happened to places: who followed whom, which change began or ended a form, and what a reader may know of it.

A change is a reader's when it touches a place within their areas; of a large one they see what concerns these. Places
elsewhere are named where theirs came from them or went to them, and not opened.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Count, DateTimeField, Exists, F, IntegerField, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from povtrack.lib.paths import under
from villages.models import Area, AreaVersion, BoundaryChange, ChangedArea, Placement, Succession

# A change of a whole list has thousands of rows; the feed shows the first, and leads to all.
SHOWN = 200


def parts_seen(paths: list[str] | None) -> QuerySet[ChangedArea]:
    """The rows of changes that concern the subtrees `paths`; None is the whole registry."""
    rows = ChangedArea.objects.select_related("area", "parent", "was_parent", "under__area").order_by("level", "pk")
    if paths is None:
        return rows
    followed = Succession.objects.filter(change=OuterRef("change"))
    from_here = followed.filter(under(paths, "old__path"), part=OuterRef("pk"))
    to_here = followed.filter(under(paths, "new__path"), old=OuterRef("area"))
    return rows.filter(_touching(paths) | Exists(from_here) | Exists(to_here))


def follows_seen(paths: list[str] | None) -> QuerySet[Succession]:
    """The successions from or to places within the subtrees `paths`; None is the whole registry."""
    rows = Succession.objects.select_related("old", "new", "part", "change").order_by("old_id", "pk")
    return rows if paths is None else rows.filter(_following(paths))


def changes_seen(paths: list[str] | None) -> QuerySet[BoundaryChange]:
    """The changes that were applied, later reverted or not, and touch a place within `paths`.

    Each has its `moment`: when it was applied, or if it was reverted, that.
    """
    moment: Coalesce = Coalesce("reverted_at", "applied_at", output_field=DateTimeField())
    changes = BoundaryChange.objects.exclude(state=BoundaryChange.State.DRAFT).annotate(moment=moment)
    if paths is None:
        return changes
    # One query for each way to be touched, each by an index of its own; one OR over all would read every place.
    areas = Area.objects.filter(under(paths)).values("pk")
    ways = [ChangedArea.objects.filter(**{f"{name}__in": areas}) for name in ("area", "parent", "was_parent")]
    follows = [Succession.objects.filter(**{f"{name}__in": areas}) for name in ("old", "new")]
    first, *others = [way.values("change") for way in (*ways, *follows)]
    return changes.filter(pk__in=first.union(*others))


def with_details(changes: QuerySet[BoundaryChange], paths: list[str] | None) -> QuerySet[BoundaryChange]:
    """The changes with the first of their rows and successions that the reader may see, and how many these are."""
    parts, follows = parts_seen(paths), follows_seen(paths)
    return changes.prefetch_related(
        Prefetch("areas", parts[:SHOWN], to_attr="shown_areas"),
        Prefetch("successions", follows[:SHOWN], to_attr="shown_successions"),
    ).annotate(areas_count=_count(parts), successions_count=_count(follows))


def versions_of(area: Area) -> list[AreaVersion]:
    """The forms of a place, the oldest first, each with the changes that began (`began_by`) and ended it (`ended_by`).

    Two queries.
    """
    return versions_of_all([area.pk]).get(area.pk, [])


def versions_of_all(areas: Iterable[int]) -> dict[int, list[AreaVersion]]:
    """The same for many places, by id. Two queries."""
    areas = list(areas)
    edges: dict[tuple[int, dt.date | None], list[BoundaryChange]] = defaultdict(list)
    applied = BoundaryChange.objects.filter(state=BoundaryChange.State.APPLIED, areas__area__in=areas)
    for change in applied.annotate(place=F("areas__area")).order_by("applied_at", "pk"):
        edges[change.place, change.effective].append(change)  # type: ignore[attr-defined]
    versions: dict[int, list[AreaVersion]] = defaultdict(list)
    found = AreaVersion.objects.filter(area__in=areas).select_related("parent", "source")
    for version in found.order_by("area", "valid"):
        version.began_by = edges.get((version.area_id, version.valid.lower), [])
        version.ended_by = edges.get((version.area_id, version.valid.upper), [])
        versions[version.area_id].append(version)
    return versions


def successions_of(area: Area) -> QuerySet[Succession]:
    """Who the place followed and who followed it, the oldest first. One that went on smaller followed itself too."""
    return _successions({area.pk})


def _successions(areas: set[int]) -> QuerySet[Succession]:
    rows = Succession.objects.filter(Q(old__in=areas) | Q(new__in=areas), effective__isnull=False)
    return rows.select_related("old", "new", "change").order_by("effective", "pk")


def successions_of_all(areas: Iterable[int]) -> dict[int, list[Succession]]:
    """The same for many places, by id. One query."""
    areas = set(areas)
    found: dict[int, list[Succession]] = defaultdict(list)
    for row in _successions(areas):
        for area in areas & {row.old_id, row.new_id}:
            found[area].append(row)
    return found


def placements_of(area: Area) -> QuerySet[Placement]:
    """Where the place stood, the oldest first."""
    above = ("parent", "province", "prefecture", "county", "township")
    return Placement.objects.filter(area=area).select_related(*above).order_by("valid")


def _touching(paths: list[str]) -> Q:
    return under(paths, "area__path") | under(paths, "parent__path") | under(paths, "was_parent__path")


def _following(paths: list[str]) -> Q:
    return under(paths, "old__path") | under(paths, "new__path")


def _count(rows: QuerySet[ChangedArea] | QuerySet[Succession]) -> Coalesce:
    counted = rows.filter(change=OuterRef("pk")).order_by().values("change").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0, output_field=IntegerField())
