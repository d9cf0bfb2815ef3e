"""A newer list laid against the registry: what differs, and what was decided about each difference."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from villages.levels import Level
from villages.models.area import Area
from villages.models.change import BoundaryChange
from villages.models.registry_import import RegistryImport


class ListReview(models.Model):
    """One newer list that was compared with the registry and waits to be decided row by row, by group or whole."""

    class State(models.TextChoices):
        OPEN = "open", _("open")
        DONE = "done", _("done")

    source = models.ForeignKey(RegistryImport, models.PROTECT, related_name="reviews", verbose_name=_("list"))
    state = models.CharField(_("state"), max_length=4, choices=State, default=State.OPEN)
    vintage = models.DateField(_("state of the list"))
    rows_same = models.PositiveIntegerField(_("unchanged places"), default=0)
    created_at = models.DateTimeField(_("compared at"), auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("compared by")
    )

    class Meta:
        verbose_name = _("review of a list")
        verbose_name_plural = _("reviews of lists")

    def __str__(self) -> str:
        return str(self.source)


class ListRow(models.Model):
    """One difference between a list and the registry. A place that is the same in both has no row.

    `area` is the place of the registry that the row is about (none for a new place). `code`, `name` and `parent_code`
    are the list's (empty for a place that is gone); the `old_...` columns are the registry's. `group` is the code of
    the county in which the row lies, by the list or else by the registry. `evidence` is what speaks for the outcome.
    """

    class Outcome(models.TextChoices):
        NEW = "new", _("new")
        GONE = "gone", _("gone")
        RENAMED = "renamed", _("renamed")
        MOVED = "moved", _("moved")
        RECODED = "recoded", _("recoded")
        OTHER = "other", _("same code, probably another place")

    class Decision(models.TextChoices):
        OPEN = "open", _("open")
        ACCEPTED = "accepted", _("accepted")
        REFUSED = "refused", _("refused")

    review = models.ForeignKey(ListReview, models.CASCADE, related_name="rows", db_index=False)
    outcome = models.CharField(_("outcome"), max_length=8, choices=Outcome)
    level = models.PositiveSmallIntegerField(_("level"), choices=Level)
    group = models.CharField(_("county"), max_length=20)
    line = models.PositiveIntegerField(_("line"), null=True)
    area = models.ForeignKey(Area, models.PROTECT, null=True, related_name="+", db_index=False, verbose_name=_("area"))
    area_kind = models.CharField(_("kind"), max_length=12, blank=True)
    code = models.CharField(_("code"), max_length=20, blank=True)
    name = models.CharField(_("name"), max_length=120, blank=True)
    name_latin = models.CharField(max_length=160, blank=True)
    parent_code = models.CharField(_("belongs to"), max_length=20, blank=True)
    old_code = models.CharField(_("code until now"), max_length=20, blank=True)
    old_name = models.CharField(_("name until now"), max_length=120, blank=True)
    old_parent_code = models.CharField(_("belonged to"), max_length=20, blank=True)
    evidence = models.CharField(_("evidence"), max_length=300, blank=True)
    decision = models.CharField(_("decision"), max_length=8, choices=Decision, default=Decision.OPEN)
    change = models.ForeignKey(BoundaryChange, models.SET_NULL, null=True, blank=True, related_name="+", db_index=False)

    class Meta:
        verbose_name = _("difference")
        verbose_name_plural = _("differences")
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome__in=["new", "gone", "renamed", "moved", "recoded", "other"]),
                name="villages_listrow_outcome_known",
            ),
        ]
        indexes = [
            models.Index(
                fields=["review", "decision", "outcome", "level", "group", "id"], name="villages_listrow_worklist"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()}: {self.code or self.old_code} {self.name or self.old_name}"
