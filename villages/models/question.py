"""What the registry could not decide by rule and leaves to a person."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from villages.levels import Level
from villages.models.area import Area
from villages.models.change import BoundaryChange
from villages.models.registry_import import RegistryImport
from villages.told import ToldField, ToldTextField


class OpenQuestion(models.Model):
    """One thing a source or a change left undecided, with the evidence, until a person answers it.

    `subject` names what it is about as its source does (code and name), `reason` says why it could not be decided, and
    `evidence` holds what was read, column by column. `key` tells the same question when its source is imported again.
    """

    class Kind(models.TextChoices):
        HISTORY = "history", _("history of codes contradicts itself")
        NO_SUCCESSOR = "no_successor", _("ended without a successor")
        TOWNSHIPS = "townships", _("change of townships that can't be carried out")
        PEOPLE = "people", _("someone's area has ended")
        OTHER = "other", _("other")

    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    key = models.CharField(max_length=64)
    subject = ToldField(_("about"), max_length=300)
    reason = ToldTextField(_("why it is open"))
    evidence = models.JSONField(_("evidence"), default=dict, blank=True)
    year = models.SmallIntegerField(_("year"), null=True, blank=True)
    level = models.PositiveSmallIntegerField(_("level"), choices=Level, null=True, blank=True)
    area = models.ForeignKey(
        Area, models.CASCADE, null=True, blank=True, related_name="questions", verbose_name=_("area")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("user")
    )
    change = models.ForeignKey(
        BoundaryChange, models.CASCADE, null=True, blank=True, related_name="questions", verbose_name=_("change")
    )
    source = models.ForeignKey(
        RegistryImport, models.PROTECT, null=True, blank=True, related_name="questions", verbose_name=_("source")
    )
    asked_at = models.DateTimeField(_("asked at"), auto_now_add=True)
    answer = ToldTextField(_("answer"), blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("answered by")
    )

    class Meta:
        verbose_name = _("open question")
        verbose_name_plural = _("open questions")
        constraints = [
            models.UniqueConstraint(fields=["kind", "key"], name="villages_openquestion_once"),
            models.CheckConstraint(
                condition=Q(answered_at=None, answer="") | (Q(answered_at__isnull=False) & ~Q(answer="")),
                name="villages_openquestion_answered_says_what",
                violation_error_message=_("Write what was decided."),
            ),
        ]
        indexes = [
            models.Index(
                fields=["kind", "id"], name="villages_openquestion_open", condition=Q(answered_at__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return self.subject
