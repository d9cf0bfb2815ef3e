"""Files that prove what the ledger says."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from funding.models.allocation import Allocation


class Attachment(models.Model):
    """A document of an allocation, as it was sent. It lies in the database, so that a backup holds it, and no address
    of the web server leads to it."""

    allocation = models.ForeignKey(Allocation, models.PROTECT, related_name="attachments", verbose_name=_("allocation"))
    file_name = models.CharField(_("file"), max_length=200)
    content_type = models.CharField(max_length=100)
    content = models.BinaryField()
    size = models.PositiveIntegerField(_("size"))
    sha256 = models.CharField(max_length=64)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"), db_index=False
    )
    at = models.DateTimeField(_("at"), auto_now_add=True)

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        constraints = [
            models.UniqueConstraint(
                fields=["allocation", "sha256"],
                name="funding_attachment_once",
                violation_error_message=_("This file is attached already."),
            )
        ]

    def __str__(self) -> str:
        return self.file_name
