"""Places: identities that outlive their names, codes and parents, each with its latest form."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Self

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q
from django.db.models.functions import Collate
from django.utils.translation import gettext_lazy as _

from povtrack.accounts.roles import Ability
from povtrack.feed.triggers import tells
from povtrack.lib.paths import under
from povtrack.lib.years import year_end
from villages.levels import Level
from villages.names import latin_beside
from villages.words import LATIN_PIECE, Pieces, line, lowered

if TYPE_CHECKING:
    from povtrack.accounts.models import User

# What the feed tells of places. Of one that lies elsewhere now, and of one that is gone, where they lay.
_MADE = "SELECT 'areas', '', id, id, NULL::bigint[], 'created', NULL::int FROM new_rows"
_CHANGED = """
    SELECT 'areas', '', n.id, n.id,
           CASE WHEN o.path NOT IN ('', n.path) THEN string_to_array(rtrim(o.path, '.'), '.')::bigint[] END,
           'changed', NULL::int
    FROM new_rows n JOIN old_rows o USING (id)
    WHERE (o.*) IS DISTINCT FROM (n.*)
"""
_GONE = """
    SELECT 'areas', '', id, NULL::bigint, string_to_array(rtrim(path, '.'), '.')::bigint[], 'deleted', NULL::int
    FROM old_rows
"""


def told_of_places(resource: str, places: str) -> str:
    """What the feed tells where a list that belongs to a place has changed. `places` selects the ids of these."""
    return f"""
        SELECT DISTINCT '{resource}', '', touched.area_id, touched.area_id, NULL::bigint[], 'changed', NULL::int
        FROM ({places}) AS touched (area_id) WHERE touched.area_id IS NOT NULL
    """


class AreaQuerySet(models.QuerySet["Area"]):
    def within(self, *areas: Area) -> Self:
        """The given areas and all that lies below them today."""
        return self.filter(under(area.path for area in areas))

    def visible_to(self, user: User, ability: Ability = Ability.READ) -> Self:
        """The areas in whose subtree `user` holds `ability`."""
        paths = user.known_paths(ability)
        if paths is not None:
            return self.filter(under(paths))
        return self.within(*Area.objects.filter(pk__in=user.area_ids(ability)).only("path"))

    def coded(self, code: str, on: dt.date) -> Self:
        """The one area, if any, that carried `code` on the day `on`."""
        return self.filter(versions__code=code, versions__valid__contains=on)

    def standing(self) -> Self:
        """The areas that stand today."""
        return self.filter(ended_on=None)

    def expected_in(self, year: int) -> Self:
        """The areas that existed at the end of `year`."""
        return self.filter(placements__valid__contains=year_end(year))


class Area(models.Model):
    """One place of any level: an identity that outlives its names, codes and parents.

    Code, names, parent and path repeat the latest version, so that lists, searches and scopes read one table; they are
    derived, and only `villages.derive` writes them. `path` holds the ids from the nation down to the area itself, each
    followed by a dot, so that a subtree is a prefix.
    """

    class Kind(models.TextChoices):
        ORDINARY = "ordinary", _("ordinary")
        STATISTICAL = "statistical", _("statistical unit, not a legal one")
        PLACEHOLDER = "placeholder", _("placeholder that keeps the tree whole")

    level = models.PositiveSmallIntegerField(_("level"), choices=Level)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.ORDINARY)
    code = models.CharField(_("code"), max_length=20)
    name = models.CharField(_("name"), max_length=120)
    name_latin = models.CharField(_("name in Latin letters"), max_length=160, blank=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("belongs to")
    )
    path = models.CharField(max_length=120, editable=False)
    ended_on = models.DateField(
        _("ended on"), null=True, editable=False, help_text=_("The first day on which it stood no longer.")
    )

    objects = AreaQuerySet.as_manager()

    class Meta:
        verbose_name = _("area")
        verbose_name_plural = _("areas")
        constraints = [
            models.CheckConstraint(condition=Q(level__in=Level.values), name="villages_area_level_known"),
            models.CheckConstraint(
                condition=Q(level=Level.NATION, parent=None) | Q(level__gt=Level.NATION, parent__isnull=False),
                name="villages_area_has_parent",
                violation_error_message=_("Every place but the nation belongs to another."),
            ),
        ]
        indexes = [
            models.Index(OpClass("path", "varchar_pattern_ops"), name="villages_area_path"),
            models.Index(OpClass("code", "varchar_pattern_ops"), name="villages_area_code"),
            models.Index(fields=["ended_on"], name="villages_area_ended", condition=Q(ended_on__isnull=False)),
            # For villages/search.py: what names begin with, best in line first, and what stands inside them.
            models.Index(line(), lowered("name"), name="villages_area_find_name"),
            models.Index(line(), Collate("code", "C"), name="villages_area_find_code"),
            models.Index(line(), lowered("name_latin"), name="villages_area_find_latin", condition=~Q(name_latin="")),
            GinIndex(Pieces("name"), name="villages_area_inside_name"),
            GinIndex(Pieces("name_latin", LATIN_PIECE), name="villages_area_inside_latin", condition=~Q(name_latin="")),
        ]
        triggers = [tells("insert", _MADE), tells("update", _CHANGED), tells("delete", _GONE)]

    def __str__(self) -> str:
        return f"{latin_beside(self.name_latin)} {self.name}".strip()

    @property
    def ancestor_ids(self) -> list[int]:
        """The ids of the areas above this one today, from the nation down."""
        return [int(part) for part in self.path.split(".")[:-2]]

    def ancestors(self) -> list[Area]:
        """The areas above this one today, from the nation down. One query."""
        return list(Area.objects.filter(pk__in=self.ancestor_ids).order_by("level"))


class CountyManager(models.Manager["Area"]):
    def get_queryset(self) -> AreaQuerySet:
        return AreaQuerySet(self.model, using=self._db).filter(level=Level.COUNTY)


class County(Area):
    """A county, as admins think of one."""

    objects = CountyManager()  # type: ignore[misc, assignment]

    class Meta:
        proxy = True
        verbose_name = _("county")
        verbose_name_plural = _("counties")
