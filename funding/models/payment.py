"""What was paid of an allocation."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from funding.models.allocation import Allocation
from funding.models.entry import Amount, Entry, after_insert, keeps_balance, marks_dirty, stays, tells_entries

# A reversal takes back exactly one payment, and is no reversal of a reversal.
_REVERSES = """
    PERFORM funding_refuse('funding_payment_reverses', jsonb_build_object('payment', n.reverses_id))
    FROM new_rows n JOIN funding_payment p ON p.id = n.reverses_id
    WHERE p.reverses_id IS NOT NULL
       OR (n.allocation_id, n.kind, n.amount) IS DISTINCT FROM (p.allocation_id, p.kind, -p.amount);
"""


class Payment(Entry):
    """Money of an allocation that was disbursed to whoever does the work, spent by them, or returned by them.

    One that was booked by mistake is not deleted: a second one `reverses` it, with its amount below zero.
    """

    class Kind(models.TextChoices):
        DISBURSED = "disbursed", _("disbursed")
        SPENT = "spent", _("spent")
        RETURNED = "returned", _("given back unspent")

    allocation = models.ForeignKey(Allocation, models.PROTECT, related_name="payments", verbose_name=_("allocation"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    amount = Amount(_("amount (yuan)"))
    paid_on = models.DateField(_("day"))
    document_no = models.CharField(_("document number"), max_length=80, blank=True, default="")
    note = models.CharField(_("note"), max_length=500, blank=True, default="")
    reverses = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="reversed_by", verbose_name=_("takes back")
    )

    class Meta:
        verbose_name = _("payment")
        verbose_name_plural = _("payments")
        constraints = [
            models.UniqueConstraint(fields=["key", "allocation", "kind"], name="funding_payment_once_by_key"),
            models.CheckConstraint(
                condition=Q(amount__gt=0, reverses=None) | Q(amount__lt=0, reverses__isnull=False),
                name="funding_payment_positive",
                violation_error_message=_("A payment is more than zero."),
            ),
        ]
        triggers = [
            *stays(),
            after_insert("a_reverses", _REVERSES),
            keeps_balance("b_balance", "SELECT DISTINCT allocation_id FROM new_rows"),
            marks_dirty(
                "SELECT DISTINCT a.year, a.area_id FROM new_rows n JOIN funding_allocation a ON a.id = n.allocation_id"
            ),
            tells_entries(
                "payments",
                "SELECT id, allocation_id FROM new_rows",
                "SELECT allocation_id FROM new_rows",
                taken_back="SELECT reverses_id, allocation_id FROM new_rows WHERE reverses_id IS NOT NULL",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.allocation_id}: {self.kind} {self.amount}"
