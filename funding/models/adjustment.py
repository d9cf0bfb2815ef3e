"""Later changes of an allocation's amount."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from funding.models.allocation import Allocation
from funding.models.entry import Amount, Entry, keeps_balance, marks_dirty, stays, tells_entries


class Adjustment(Entry):
    """A later change of an allocation by the giver: more, less, or taken back. It never edits the allocation itself.

    What a pass-down loses rests with its giver again; what an allocation from outside loses leaves povtrack.
    """

    class Kind(models.TextChoices):
        ADJUSTED = "adjusted", _("adjusted")
        WITHDRAWN = "withdrawn", _("withdrawn")

    allocation = models.ForeignKey(Allocation, models.PROTECT, related_name="adjustments", verbose_name=_("allocation"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    amount = Amount(_("amount (yuan)"), help_text=_("Below zero where money is taken away."))
    document_no = models.CharField(_("document number"), max_length=80)
    document_date = models.DateField(_("document date"))
    reason = models.CharField(pgettext_lazy("review", "reason"), max_length=500)

    class Meta:
        verbose_name = _("adjustment")
        verbose_name_plural = _("adjustments")
        constraints = [
            models.UniqueConstraint(fields=["key", "allocation"], name="funding_adjustment_once_by_key"),
            models.CheckConstraint(
                condition=Q(kind="adjusted") & ~Q(amount=0) | Q(kind="withdrawn", amount__lt=0),
                name="funding_adjustment_does_something",
                violation_error_message=_("An adjustment is not zero, and a withdrawal takes money away."),
            ),
            models.CheckConstraint(
                condition=~Q(reason="") & ~Q(document_no=""),
                name="funding_adjustment_explained",
                violation_error_message=_("An adjustment needs a document number and a reason."),
            ),
        ]
        triggers = [
            *stays(),
            keeps_balance(
                "b_balance",
                "SELECT allocation_id FROM new_rows UNION SELECT a.parent_id FROM new_rows n "
                "JOIN funding_allocation a ON a.id = n.allocation_id WHERE a.parent_id IS NOT NULL",
            ),
            marks_dirty(
                "SELECT a.year, a.area_id FROM new_rows n JOIN funding_allocation a ON a.id = n.allocation_id "
                "UNION SELECT p.year, p.area_id FROM new_rows n JOIN funding_allocation a ON a.id = n.allocation_id "
                "JOIN funding_allocation p ON p.id = a.parent_id"
            ),
            tells_entries(
                "adjustments",
                "SELECT id, allocation_id FROM new_rows",
                "SELECT allocation_id FROM new_rows UNION SELECT a.parent_id FROM new_rows n "
                "JOIN funding_allocation a ON a.id = n.allocation_id",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.allocation_id}: {self.amount}"
