"""What is known of the work on roll-ups: jobs that ran, cells that are held back and why, rebuilds, proofs."""

from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from povtrack.rollups.releases.models import Publication, Release, ReleasedTotal
from villages.models import Area

__all__ = ["HeldCell", "Job", "Publication", "Rebuild", "Release", "ReleasedTotal", "Verification"]


class Job(models.Model):
    """One background job: where it stands, who does it, and what went wrong.

    Jobs that run all the time have one row an hour for all that went well (`runs` of them, named by kind and hour), and
    one for each that did not. A job that is done again keeps its row. While it runs, its row names the session of the
    database in which it does: when that has ended and the row still says "running", the worker has died.
    """

    class State(models.TextChoices):
        RUNNING = "running", pgettext_lazy("job", "running")
        DONE = "done", pgettext_lazy("job", "done")
        RETRIED = "retried", pgettext_lazy("job", "will be tried again")
        FAILED = "failed", pgettext_lazy("job", "failed")
        LOST = "lost", pgettext_lazy("job", "lost: its worker died")
        ENDED = "ended", pgettext_lazy("job", "ended by hand")

    name = models.CharField(_("name"), max_length=140, unique=True)  # the queue's id, or kind and hour
    kind = models.CharField(_("kind"), max_length=100)
    args = models.JSONField(_("arguments"), default=list)
    state = models.CharField(_("state"), max_length=8, choices=State)
    started_at = models.DateTimeField(_("started"))
    ended_at = models.DateTimeField(_("ended"), null=True)
    worker = models.CharField(_("worker"), max_length=200, blank=True)
    session = models.CharField(max_length=60, blank=True)
    runs = models.PositiveIntegerField(_("runs"), default=1)
    retries = models.PositiveSmallIntegerField(_("retries"), default=0)
    amount = models.BigIntegerField(_("amount"), null=True)  # what it says that it did: cells, files, differences
    error = models.TextField(_("error"), blank=True)
    # Who pressed the button that ended it, or had it done again.
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("by"), db_index=False
    )

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        constraints = [
            models.CheckConstraint(
                condition=Q(state="running", ended_at=None) | (~Q(state="running") & Q(ended_at__isnull=False)),
                name="rollups_job_ended_unless_running",
            ),
        ]
        indexes = [
            models.Index(fields=["-started_at", "-id"], name="rollups_job_newest"),
            models.Index(fields=["kind", "state", "-ended_at"], name="rollups_job_last"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.get_state_display()}"


class HeldCell(models.Model):
    """Why one cell is held back: what the database said when it was summed alone. Its marks are held in the outbox."""

    programme = models.CharField(max_length=40)
    year = models.SmallIntegerField()
    county = models.ForeignKey(Area, models.CASCADE, related_name="+", db_constraint=False, db_index=False)
    basis = models.CharField(max_length=10)
    reason = models.TextField(_("reason"))
    at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("held cell")
        verbose_name_plural = _("held cells")
        constraints = [
            models.UniqueConstraint(fields=["programme", "year", "county", "basis"], name="rollups_heldcell_once"),
        ]

    def __str__(self) -> str:
        return f"{self.programme} {self.year} {self.county_id} {self.basis}"


class Rebuild(models.Model):
    """One full rebuild: which slices it has done, so that it can go on where it was cut short.

    A slice is written as programme and year ("dew:2010"). It is added to `done` in the transaction that recomputes it.
    """

    programmes = ArrayField(models.CharField(max_length=40), default=list)  # empty: all
    slices = models.PositiveIntegerField()
    done = ArrayField(models.CharField(max_length=50), default=list)
    started_at = models.DateTimeField(_("started"), auto_now_add=True)
    ended_at = models.DateTimeField(_("ended"), null=True)

    class Meta:
        verbose_name = _("rebuild")
        verbose_name_plural = _("rebuilds")

    def __str__(self) -> str:
        return f"{len(self.done)}/{self.slices}"


class Verification(models.Model):
    """One proof of a programme's totals: what was recomputed aside and compared, and how many figures differed.

    `cells` are counties of a year, recomputed from their records; `totals` are national ones, summed from all records;
    `sums` are rows held against the sum of their parts; `passed_over` are slices and cells that waited to be counted.
    """

    programme = models.CharField(max_length=40)
    at = models.DateTimeField(_("verified at"))
    seconds = models.FloatField(_("seconds"))
    cells = models.PositiveIntegerField(_("cells"))
    totals = models.PositiveIntegerField(_("national totals"))
    sums = models.PositiveIntegerField(_("sums"))
    passed_over = models.PositiveIntegerField(_("passed over"))
    differences = models.PositiveIntegerField(_("differences"))
    found = models.JSONField(_("found"), default=list)  # the first of them, as sentences

    class Meta:
        verbose_name = _("verification")
        verbose_name_plural = _("verifications")
        indexes = [models.Index(fields=["programme", "-at"], name="rollups_verification_latest")]

    def __str__(self) -> str:
        return f"{self.programme} {self.at:%Y-%m-%d %H:%M}"
