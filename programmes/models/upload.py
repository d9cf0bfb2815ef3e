"""Files of figures that people sent, and what became of each of their rows."""

from __future__ import annotations

from typing import NamedTuple

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from villages.models import Area


class UploadQuerySet(models.QuerySet["Upload"]):
    def light(self) -> UploadQuerySet:
        """Without the bytes of the files, which nobody needs in a list."""
        return self.defer("content")


class Upload(models.Model):
    """One file that one person sent for one programme, year and area; nobody else sees it.

    The file is kept here and not on a disk, so that it is saved, backed up and deleted with its rows. `beat` is the
    last sign of life of the job that reads or saves it: one that stopped is begun again, since nothing is half-done.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting to be read")
        READING = "reading", _("being read")
        UNREADABLE = "unreadable", _("can't be read")
        READ = "read", _("read, not saved yet")
        SAVING = "saving", _("being saved")
        SAVED = "saved", _("saved")

    class Mode(models.TextChoices):
        ALL = "all", _("all rows or none")
        ACCEPTED = "accepted", _("the accepted rows")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False)
    programme = models.CharField(_("programme"), max_length=40)
    year = models.SmallIntegerField(_("year"))
    area = models.ForeignKey(Area, models.PROTECT, related_name="+", verbose_name=_("area"), db_index=False)
    code = models.CharField(max_length=20)  # of the area in that year: part of the page's address
    file_name = models.CharField(_("file"), max_length=200)
    content = models.BinaryField()
    size = models.PositiveIntegerField(_("size"))
    sha256 = models.CharField(max_length=64)
    language = models.CharField(max_length=20)  # that of the person, in which rows are told about
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.WAITING)
    mode = models.CharField(max_length=10, choices=Mode, blank=True, default="")
    done = models.PositiveIntegerField(default=0)  # rows read or saved so far, of
    total = models.PositiveIntegerField(default=0)
    problem = models.TextField(blank=True, default="")
    belongs = models.CharField(max_length=300, blank=True, default="")  # the address of the page for such a file
    remarks = models.JSONField(default=list)
    at = models.DateTimeField(_("at"), auto_now_add=True)
    beat = models.DateTimeField(auto_now_add=True)
    saved_at = models.DateTimeField(null=True, blank=True)

    objects = UploadQuerySet.as_manager()

    class Meta:
        verbose_name = _("upload")
        verbose_name_plural = _("uploads")
        indexes = [
            models.Index(fields=["user", "programme", "year", "area", "-at"], name="programmes_upload_own"),
            models.Index(fields=["at"], name="programmes_upload_at"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=["waiting", "reading", "unreadable", "read", "saving", "saved"]),
                name="programmes_upload_state_known",
            ),
            models.CheckConstraint(
                condition=models.Q(state="saved", saved_at__isnull=False) | ~models.Q(state="saved"),
                name="programmes_upload_saved_has_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme} {self.year} {self.area_id}: {self.file_name}"

    @property
    def is_busy(self) -> bool:
        return self.state in (self.State.WAITING, self.State.READING, self.State.SAVING)


class Doubt(NamedTuple):
    """What is unlikely about one figure of a row, or to be known of the row (measure ""), and the reason given."""

    measure: str
    message: str
    reason: str = ""


class UploadRow(models.Model):
    """One row of an upload: what it says, and what became or would become of it.

    `values` are the texts by measure as they were sent; of a row that is accepted the figures that the record would
    have, all of them, and `before` those that it has, where they differ. Amounts are texts, so that they stay exact.
    `faults` are lists of (measure or column, value, message), `doubts` those of `Doubt`. `version` is the one that it
    is written over.
    """

    class Status(models.TextChoices):
        SAVED = "saved", _("saved")
        ACCEPTED = "accepted", _("would be saved")
        UNCHANGED = "unchanged", _("unchanged")
        REFUSED = "refused", pgettext_lazy("row", "refused")
        CONFLICT = "conflict", _("changed by someone else")
        LOCKED = "locked", _("approved, so not saved")
        UNKNOWN = "unknown", _("place not recognised")
        BLANK = "blank", _("left blank")
        TOTAL = "total", _("row of totals, left out")

    upload = models.ForeignKey(Upload, models.CASCADE, related_name="rows", db_index=False)
    number = models.PositiveIntegerField(_("row"))
    status = models.CharField(_("state"), max_length=10, choices=Status)
    label = models.CharField(_("place"), max_length=200)
    area = models.ForeignKey(
        Area, models.PROTECT, null=True, blank=True, related_name="+", db_index=False, db_constraint=False
    )
    breakdown = models.CharField(max_length=20, blank=True, default="")
    nil = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=0)
    values = models.JSONField(default=dict)
    before = models.JSONField(default=dict)
    faults = models.JSONField(default=list)
    doubts = models.JSONField(default=list)

    class Meta:
        verbose_name = _("row of an upload")
        verbose_name_plural = _("rows of uploads")
        constraints = [models.UniqueConstraint(fields=["upload", "number"], name="programmes_uploadrow_once")]
        indexes = [models.Index(fields=["upload", "status", "number"], name="programmes_uploadrow_status")]

    def __str__(self) -> str:
        return f"{self.upload_id}, {self.number}: {self.status}"

    @property
    def asked(self) -> list[Doubt]:
        """What is unlikely in the row."""
        return [Doubt(*each) for each in self.doubts]

    def stands(self, upload: Upload) -> str:
        """The state of the row: what was accepted is saved when its upload is. One mark says it of all of them."""
        saved = self.status == self.Status.ACCEPTED and upload.state == Upload.State.SAVED
        return self.Status.SAVED if saved else self.status
