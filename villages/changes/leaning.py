"""What leans on the places that changes made, so that they can't be taken back: who, which changes, and how much else.

Whoever takes changes back keeps the registry of all its places, so that people and changes may be named to them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from povtrack.accounts.models import Jurisdiction
from villages.changes.checks import Problem
from villages.models import Area, AreaVersion, BoundaryChange, ChangedArea, Succession

# As many as a sentence names; of the others it tells how many they are.
_NAMED = 5


def leaning(changes: Sequence[BoundaryChange], made: list[int]) -> list[Problem]:
    """What points to the places `made` (ids), beside the changes themselves: one problem for each kind of thing."""
    first = Area.objects.filter(pk__in=made).order_by("level", "pk")[0]
    told = [*_people(made), *_changes(changes, made), *_others(made)]
    return [Problem("leaned_on", first.code, first.name, what) for what in told]


def _people(made: list[int]) -> Iterator[str]:
    held = Jurisdiction.objects.filter(area__in=made).select_related("user", "area").order_by("area", "user")
    names = [f"{one.user.label} ({one.user.username}), {one}" for one in held[:_NAMED]]
    if names:
        yield _named(str(Jurisdiction._meta.verbose_name_plural), names, held.count())


def _changes(changes: Sequence[BoundaryChange], made: list[int]) -> Iterator[str]:
    """Later changes of these places, drafts too; a draft is discarded or edited, an applied one reverted first."""
    rows = ChangedArea.objects.filter(
        models.Q(area__in=made) | models.Q(parent__in=made) | models.Q(was_parent__in=made)
    )
    follows = Succession.objects.filter(models.Q(old__in=made) | models.Q(new__in=made))
    found = (
        BoundaryChange.objects.filter(pk__in=rows.values("change").union(follows.values("change")))
        .exclude(pk__in=[change.pk for change in changes])
        .exclude(state=BoundaryChange.State.REVERTED)
        .order_by("-pk")
    )
    names = [f"“{one}” ({one.get_state_display()})" for one in found[:_NAMED]]
    if names:
        yield _named(str(BoundaryChange._meta.verbose_name_plural), names, found.count())


def _others(made: list[int]) -> Iterator[str]:
    for relation in Area._meta.get_fields(include_hidden=True):
        if not isinstance(relation, models.ForeignObjectRel) or not getattr(relation.field, "db_constraint", False):
            continue
        model = relation.related_model
        if issubclass(model, (Jurisdiction, ChangedArea, Succession)):
            continue
        rows: QuerySet[models.Model] = model._meta.base_manager.filter(**{f"{relation.field.name}__in": made})
        if issubclass(model, Area):
            rows = rows.exclude(pk__in=made)
        elif issubclass(model, AreaVersion):
            rows = rows.exclude(area__in=made)
        count = rows.count()
        if count:
            yield f"{model._meta.verbose_name_plural}: {count:,}"


def _named(what: str, names: Sequence[str], count: int) -> str:
    told = "; ".join(names)
    if count > len(names):
        told = _("%(names)s; and %(count)s more") % {"names": told, "count": f"{count - len(names):,}"}
    return f"{what}: {told}"
