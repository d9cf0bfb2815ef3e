"""An export: a whole list of the API as a file that a job makes for one person."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from povtrack.accounts.models import User
from povtrack.lib.paths import under

KEPT = dt.timedelta(days=settings.EXPORTS_KEPT_DAYS)


class ExportQuerySet(models.QuerySet["Export"]):
    def of(self, user: User) -> ExportQuerySet:
        """The exports of one's own that are not over. A token for one area knows those that were made within it."""
        own = self.filter(Q(expires_at=None) | Q(expires_at__gt=timezone.now()), user=user)
        if user.terms and user.terms.area:
            return own.filter(under([user.terms.area.path], "within__path"))
        return own

    def unfinished(self) -> ExportQuerySet:
        return self.filter(state__in=(Export.State.WAITING, Export.State.RUNNING))


class Export(models.Model):
    """One whole list, as it stood at one instant, for one person, of the form that was asked for.

    `resource` is the address of the list below the API with its query. The file holds what `user` could read when it
    was made; `held` is by which rights (role and id of the area), so that it is withheld when one of them is gone.
    `within` is the area of the token by which it was asked for. While the job is at it, it holds a lock of the database
    that ends with its session (`povtrack.exports.hold`). `file` is the name in the store, and there is one only once
    the file is whole: `rows` and `size` count it, `sha256` is its sum, `known_at` the instant whose state it is.
    """

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("export", "waiting")
        RUNNING = "running", pgettext_lazy("export", "being made")
        DONE = "done", pgettext_lazy("export", "ready")
        FAILED = "failed", pgettext_lazy("export", "failed")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("made for"))
    key = models.UUIDField(_("key"), null=True, blank=True)
    resource = models.TextField(_("list"))
    form = models.CharField(_("format"), max_length=10)
    language = models.CharField(max_length=10)
    within = models.ForeignKey("villages.Area", models.CASCADE, null=True, related_name="+", db_index=False)
    held = models.JSONField(default=list)
    state = models.CharField(_("state"), max_length=8, choices=State, default=State.WAITING)
    asked_at = models.DateTimeField(_("asked for"), auto_now_add=True)
    begun_at = models.DateTimeField(_("begun"), null=True)
    ended_at = models.DateTimeField(_("ended"), null=True)
    expires_at = models.DateTimeField(_("kept until"), null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    rows_expected = models.BigIntegerField(null=True)
    rows_done = models.BigIntegerField(default=0)
    known_at = models.DateTimeField(_("as of"), null=True)
    freshness = models.JSONField(default=dict)
    rows = models.BigIntegerField(_("rows"), null=True)
    size = models.BigIntegerField(_("bytes"), null=True)
    sha256 = models.CharField(max_length=64, blank=True)
    name = models.CharField(_("file"), max_length=200, blank=True)
    content_type = models.CharField(max_length=100, blank=True)
    file = models.CharField(max_length=200, blank=True)
    failure = models.TextField(_("what went wrong"), blank=True)
    problem = models.JSONField(null=True)

    objects = ExportQuerySet.as_manager()

    class Meta:
        verbose_name = _("export")
        verbose_name_plural = _("exports")
        constraints = [
            models.UniqueConstraint(fields=["user", "key"], name="exports_export_once"),
            models.CheckConstraint(
                condition=(
                    Q(state="done", rows__isnull=False, size__isnull=False, known_at__isnull=False)
                    & ~Q(file="")
                    & ~Q(sha256="")
                )
                | (~Q(state="done") & Q(file="")),
                name="exports_export_file_is_whole",
            ),
            models.CheckConstraint(
                condition=~Q(state="failed") | ~Q(failure=""), name="exports_export_failure_says_why"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["done", "failed"], ended_at__isnull=False, expires_at__isnull=False)
                | Q(state__in=["waiting", "running"], ended_at=None, expires_at=None),
                name="exports_export_ends",
            ),
        ]
        indexes = [models.Index(fields=["user", "-id"], name="exports_export_newest")]

    def __str__(self) -> str:
        return f"{self.resource} ({self.form})"

    @property
    def is_busy(self) -> bool:
        return self.state in (self.State.WAITING, self.State.RUNNING)
