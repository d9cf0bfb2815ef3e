"""Trails: the areas above an area, for a whole page of areas in one query."""

from collections.abc import Iterable, Sequence

from villages.models import Area


def trails(areas: Iterable[Area]) -> dict[int, list[Area]]:
    """Return the areas above each area today, from the nation down, by area id. One query however many areas."""
    wanted = {area.pk: area.ancestor_ids for area in areas}
    ids = {pk for above in wanted.values() for pk in above}
    found = Area.objects.defer("path").in_bulk(ids) if ids else {}
    return {pk: [found[up] for up in above if up in found] for pk, above in wanted.items()}


def trail_text(trail: Sequence[Area]) -> str:
    """Write a trail as one line."""
    return " › ".join(str(area) for area in trail)
