"""Dated events with a legal reference that make, end or change places, and who followed whom."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from povtrack.feed.triggers import tells
from povtrack.lib.paths import under
from villages.levels import Level
from villages.models.area import Area, told_of_places
from villages.models.registry_import import RegistryImport
from villages.told import ToldField, ToldTextField


def _person(label: Any) -> models.ForeignKey:  # type: ignore[type-arg]
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=label
    )


class BoundaryChangeQuerySet(models.QuerySet["BoundaryChange"]):
    def touching(self, area: Area) -> BoundaryChangeQuerySet:
        """The changes in which `area` took part."""
        return self.filter(Q(areas__area=area) | Q(successions__old=area) | Q(successions__new=area)).distinct()

    def within(self, paths: list[str]) -> BoundaryChangeQuerySet:
        """The changes that touch an area at or below one of `paths`."""
        return self.filter(
            models.Exists(ChangedArea.objects.filter(under(paths, "area__path"), change=models.OuterRef("pk")))
            | models.Exists(ChangedArea.objects.filter(under(paths, "parent__path"), change=models.OuterRef("pk")))
        )


class BoundaryChange(models.Model):
    """One dated event that makes, ends or changes places, by one legal act where one is known.

    What it does to each place is in its `ChangedArea` rows; who followed whom, with which share, in its `Succession`
    rows. A draft changes nothing. Applying writes the new forms from the day `effective` on; reverting puts back what
    stood before, and is possible while nothing later leans on it. The source of a change may name its year only: then
    `day_known` is false and the change is held to take effect on the last day of that year.

    Worked example: on 2013-07-01 Zhijin and Nayong merge into Zhina, a new county. Three rows: Zhijin ends, Nayong ends
    and Zhina begins; one more for each of their townships, whose parent becomes Zhina; two successions of share 1. The
    villages are not named: they follow their townships. What a change can't say: which houses of a village moved.
    """

    class Kind(models.TextChoices):
        RENAME = "rename", _("rename")
        RECODE = "recode", _("recode")
        TRANSFER = "transfer", _("transfer")
        MERGE = "merge", _("merge")
        SPLIT = "split", _("split")
        CREATE = "create", _("create")
        ABOLISH = "abolish", _("abolish")

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        APPLIED = "applied", _("applied")
        REVERTED = "reverted", _("reverted")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    effective = models.DateField(_("takes effect on"))
    day_known = models.BooleanField(_("the day is known"), default=True, db_default=True)
    approved_on = models.DateField(_("approved on"), null=True, blank=True)
    document_no = models.CharField(_("document number"), max_length=300, blank=True)
    document_url = models.URLField(_("link to the document"), max_length=500, blank=True)
    title = ToldField(_("title"), max_length=500, blank=True)
    note = ToldTextField(_("note"), blank=True)
    source = models.ForeignKey(
        RegistryImport, models.PROTECT, null=True, blank=True, related_name="changes", verbose_name=_("source")
    )
    drafted_at = models.DateTimeField(_("drafted at"), auto_now_add=True)
    drafted_by = _person(_("drafted by"))
    applied_at = models.DateTimeField(_("applied at"), null=True, blank=True)
    applied_by = _person(_("applied by"))
    reverted_at = models.DateTimeField(_("reverted at"), null=True, blank=True)
    reverted_by = _person(_("reverted by"))

    objects = BoundaryChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("boundary change")
        verbose_name_plural = _("boundary changes")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["rename", "recode", "transfer", "merge", "split", "create", "abolish"]),
                name="villages_boundarychange_kind_known",
            ),
            models.CheckConstraint(
                condition=Q(state="draft", applied_at=None, reverted_at=None)
                | Q(state="applied", applied_at__isnull=False, reverted_at=None)
                | Q(state="reverted", applied_at__isnull=False, reverted_at__isnull=False),
                name="villages_boundarychange_state_has_time",
            ),
        ]
        indexes = [models.Index(F("effective").desc(), F("id").desc(), name="villages_boundarychange_feed")]

    def __str__(self) -> str:
        return self.title or f"{self.get_kind_display()} {self.effective}"

    @property
    def day_words(self) -> str:
        """The day on which it takes effect; of some only the year is known."""
        if self.day_known:
            return self.effective.isoformat()
        return gettext("%(year)s (day not given)") % {"year": self.effective.year}


class ChangedArea(models.Model):
    """What one boundary change does to one place.

    `ends`: the place stands no longer from the day of the change on. Otherwise the place has the given form from that
    day on; what is left blank stays as it is. `area` is empty for a place that the change makes, until it is applied.
    The parent is `parent`, or the place that another row of the same change makes (`under`).

    Applying keeps in the `was_...` columns the version that the place had on that day (none for a new place), and in
    `made` the id of the version it wrote; reverting needs no more. A reverted change keeps a place that was itself
    taken back later by the code and name it had.
    """

    change = models.ForeignKey(BoundaryChange, models.CASCADE, related_name="areas", verbose_name=_("boundary change"))
    area = models.ForeignKey(
        Area, models.PROTECT, null=True, blank=True, related_name="changed", verbose_name=_("area")
    )
    level = models.PositiveSmallIntegerField(_("level"), choices=Level)
    area_kind = models.CharField(_("kind"), max_length=12, choices=Area.Kind, default=Area.Kind.ORDINARY)
    ends = models.BooleanField(_("ends"), default=False)
    code = models.CharField(_("code"), max_length=20, blank=True)
    name = models.CharField(_("name"), max_length=120, blank=True)
    name_latin = models.CharField(_("name in Latin letters"), max_length=160, blank=True)
    parent = models.ForeignKey(
        Area, models.PROTECT, null=True, blank=True, related_name="+", db_index=False, verbose_name=_("belongs to")
    )
    under = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="+", db_index=False)

    was_version = models.BigIntegerField(null=True, editable=False)
    was_code = models.CharField(max_length=20, blank=True, editable=False)
    was_name = models.CharField(max_length=120, blank=True, editable=False)
    was_name_latin = models.CharField(max_length=160, blank=True, editable=False)
    was_parent = models.ForeignKey(
        Area, models.PROTECT, null=True, editable=False, related_name="+", db_index=False, db_constraint=False
    )
    was_from = models.DateField(null=True, editable=False)
    was_until = models.DateField(null=True, editable=False)
    was_source = models.BigIntegerField(null=True, editable=False)
    made = models.BigIntegerField(null=True, editable=False)

    class Meta:
        verbose_name = _("changed area")
        verbose_name_plural = _("changed areas")
        constraints = [
            models.UniqueConstraint(
                fields=["change", "area"],
                name="villages_changedarea_once",
                violation_error_message=_("This place already stands in this change."),
            ),
            models.CheckConstraint(
                condition=Q(area__isnull=False) | (Q(ends=False) & ~Q(code="") & ~Q(name="")) | ~Q(was_code=""),
                name="villages_changedarea_new_has_form",
                violation_error_message=_("A new place needs a code and a name."),
            ),
            models.CheckConstraint(
                condition=Q(parent=None) | Q(under=None),
                name="villages_changedarea_one_parent",
                violation_error_message=_("A place belongs to one other."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code or self.was_code} {self.name or self.was_name}".strip() or str(self.area or "")


def _kin(rows: str) -> str:
    """Both places of successions that stand."""
    return (
        f"SELECT place.id FROM {rows} r CROSS JOIN LATERAL (VALUES (r.old_id), (r.new_id)) AS place (id) "
        "WHERE r.effective IS NOT NULL"
    )


class Succession(models.Model):
    """One old place, and one place that took over some or all of it.

    `share` is the part of the old place that went to the new one, and adds up to one over the successors of one old
    place; `share_back` is the part of the new place that came from the old, and adds up to one over its predecessors.
    A place that lost a part and went on is its own successor too. `effective` is set while the change is applied.

    `reason` tells where the shares come from: the legal act or the admin, the number of villages that moved, or, where
    nothing is known, equal parts.
    """

    class Reason(models.TextChoices):
        WHOLE = "whole", _("whole")
        GIVEN = "given", _("given by hand")
        VILLAGES = "villages", _("by the villages that moved")
        EQUAL = "equal", _("equal parts, nothing better being known")

    change = models.ForeignKey(
        BoundaryChange, models.CASCADE, related_name="successions", verbose_name=_("boundary change")
    )
    old = models.ForeignKey(Area, models.PROTECT, related_name="successors", verbose_name=_("old place"))
    part = models.ForeignKey(ChangedArea, models.CASCADE, related_name="predecessors", verbose_name=_("new place"))
    new = models.ForeignKey(
        Area, models.PROTECT, null=True, blank=True, related_name="predecessors", verbose_name=_("new place")
    )
    share = models.DecimalField(_("share of the old"), max_digits=11, decimal_places=10, null=True, blank=True)
    share_back = models.DecimalField(_("share of the new"), max_digits=11, decimal_places=10, null=True, blank=True)
    reason = models.CharField(_("where the share comes from"), max_length=8, choices=Reason, default=Reason.GIVEN)
    effective = models.DateField(null=True, editable=False)

    class Meta:
        verbose_name = _("succession")
        verbose_name_plural = _("successions")
        constraints = [
            models.UniqueConstraint(
                fields=["change", "old", "part"],
                name="villages_succession_once",
                violation_error_message=_("This succession is already listed."),
            ),
            models.CheckConstraint(
                condition=Q(share=None) | Q(share__gt=0, share__lte=1),
                name="villages_succession_share_sensible",
                violation_error_message=_("A share is more than zero and at most one."),
            ),
            models.CheckConstraint(
                condition=Q(share_back=None) | Q(share_back__gt=0, share_back__lte=1),
                name="villages_succession_share_back_sensible",
                violation_error_message=_("A share is more than zero and at most one."),
            ),
            models.CheckConstraint(
                condition=Q(effective=None) | Q(new__isnull=False, share__isnull=False, share_back__isnull=False),
                name="villages_succession_applied_is_whole",
            ),
        ]
        indexes = [
            models.Index(fields=["old", "effective"], name="villages_succession_onwards"),
            models.Index(fields=["new", "effective"], name="villages_succession_backwards"),
        ]
        # A draft has no day on which it takes effect, and nobody hears of it.
        triggers = [
            tells("insert", told_of_places("area-successions", _kin("new_rows"))),
            tells("update", told_of_places("area-successions", f"{_kin('old_rows')} UNION {_kin('new_rows')}")),
            tells("delete", told_of_places("area-successions", _kin("old_rows"))),
        ]

    def __str__(self) -> str:
        return f"{self.old} → {self.new or self.part}"
