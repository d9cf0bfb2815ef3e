"""What people say and decide about records: steps of review, remarks on figures, extensions, notifications."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from villages.models import Area


class OfRecord(models.Model):
    """Something that belongs to one record, whichever programme's: named as the record is, not by its key.

    A record may not be there yet when a remark is made, and every programme has a table of its own.
    """

    programme = models.CharField(_("programme"), max_length=40)
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name=_("area"), db_index=False)
    year = models.SmallIntegerField(_("year"))
    breakdown = models.CharField(pgettext_lazy("breakdown", "kind"), max_length=20, blank=True, default="")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"), db_index=False
    )
    at = models.DateTimeField(_("at"), auto_now_add=True)

    class Meta:
        abstract = True


class ReviewStep(OfRecord):
    """One step of a record's way through review, and why it was taken. Steps are only ever added."""

    class Kind(models.TextChoices):
        SUBMITTED = "submitted", _("submitted")
        CONFIRMED = "confirmed", _("confirmed")
        APPROVED = "approved", _("approved")
        RETURNED = "returned", _("returned")
        REOPENED = "reopened", _("reopened")

    kind = models.CharField(_("step"), max_length=10, choices=Kind)
    reason = models.CharField(pgettext_lazy("review", "reason"), max_length=500, blank=True)
    version = models.PositiveIntegerField(_("version"))
    until = models.DateField(
        pgettext_lazy("deadline", "until"),
        null=True,
        blank=True,
        help_text=_("The last day on which what was given back can be mended; blank: as long as the round goes on."),
    )

    class Meta:
        verbose_name = _("review step")
        verbose_name_plural = _("review steps")
        indexes = [
            models.Index(fields=["programme", "year", "area", "breakdown"], name="programmes_reviewstep_record"),
            models.Index(
                fields=["programme", "year", "until"],
                name="programmes_reviewstep_until",
                condition=Q(until__isnull=False),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["returned", "reopened"]) | Q(until=None),
                name="programmes_reviewstep_only_given_back_until",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=["returned", "reopened"]) | ~Q(reason=""),
                name="programmes_reviewstep_given_back_with_reason",
                violation_error_message=_("Say why it is given back."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme} {self.year} {self.area_id}: {self.kind}"


class Remark(OfRecord):
    """A person's words on one figure: what is behind it, or why it is right though unlikely.

    `measure` says which figure, and `figure` what it was: the words explain that and no other. It is written as
    `kept_text` does, "" is a blank, and None stands for what was not kept with remarks of old.
    """

    measure = models.CharField(_("figure"), max_length=60)
    figure = models.CharField(pgettext_lazy("remark", "on"), max_length=40, null=True, blank=True)  # noqa: DJ001 see above
    text = models.CharField(_("text"), max_length=500)

    class Meta:
        verbose_name = _("remark")
        verbose_name_plural = _("remarks")
        indexes = [models.Index(fields=["programme", "year", "area", "breakdown"], name="programmes_remark_record")]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="programmes_remark_says_something")]

    def __str__(self) -> str:
        return f"{self.programme} {self.year} {self.area_id} {self.measure}: {self.text}"


class Extension(models.Model):
    """A round goes on for one area and all below it until a later day, for a reason."""

    programme = models.CharField(_("programme"), max_length=40)
    year = models.SmallIntegerField(_("year"))
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name=_("area"), db_index=False)
    until = models.DateField(_("until"), help_text=_("The last day on which records can be entered."))
    reason = models.CharField(pgettext_lazy("review", "reason"), max_length=500)
    is_reopening = models.BooleanField(
        _("of a reopening"),
        default=False,
        db_default=False,
        help_text=_("Made by the reopening of records, for them alone: it gives no other record more time."),
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"), db_index=False
    )
    at = models.DateTimeField(_("at"), auto_now_add=True)

    class Meta:
        verbose_name = _("extension")
        verbose_name_plural = _("extensions")
        indexes = [models.Index(fields=["programme", "year", "until"], name="programmes_extension_running")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="programmes_extension_has_reason",
                violation_error_message=_("Say why the round goes on."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.programme} {self.year} {self.area_id} → {self.until}"


class Notification(models.Model):
    """Something that a person should know: what happened to records of theirs, and where to look.

    `kind` names the sentence and `words` fills it, so that it reads in the language of the moment.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=20)
    words = models.JSONField(default=dict)
    url = models.CharField(max_length=300)
    at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        indexes = [models.Index(fields=["user", "-at"], name="programmes_notification_user")]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.kind}"
