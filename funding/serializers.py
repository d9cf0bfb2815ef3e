"""How the ledger is written in the API. Amounts are yuan, as text with two decimals."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from funding.models import Adjustment, Allocation, FundSource, Payment
from funding.models.entry import DIGITS, PLACES
from povtrack.lib.paths import is_under
from villages.levels import Level
from villages.serializers import PlaceSerializer

# A sum can be longer than each of its amounts.
SUM_DIGITS = DIGITS + 4


def amount_shown(words: Any = "", digits: int = DIGITS, **more: Any) -> serializers.DecimalField:
    """Return a read-only field for an amount, exact to the cent."""
    return serializers.DecimalField(max_digits=digits, decimal_places=PLACES, help_text=words, **more)


class FundSourceSerializer(serializers.ModelSerializer[FundSource]):
    """Where money comes from."""

    kind = serializers.ChoiceField(choices=FundSource.Kind.choices)
    tier = serializers.ChoiceField(
        choices=Level.choices, help_text=gettext_lazy("The level of government whose money it is.")
    )

    class Meta:
        model = FundSource
        fields = ["code", "name", "name_latin", "kind", "tier", "closed_on"]


class BalanceSerializer(serializers.Serializer[Any]):
    """What an allocation holds at this moment, computed from its entries."""

    allocated = amount_shown(gettext_lazy("The amount with all that was added or withdrawn since."), SUM_DIGITS)
    passed_on = amount_shown(gettext_lazy("What of it was passed down."), SUM_DIGITS)
    resting = amount_shown(gettext_lazy("Allocated - passed on: what is in this place and in no other."), SUM_DIGITS)
    disbursed = amount_shown(digits=SUM_DIGITS)
    returned = amount_shown(gettext_lazy("What of that was given back unspent."), SUM_DIGITS)
    spent = amount_shown(digits=SUM_DIGITS)
    available = amount_shown(
        gettext_lazy("Resting - disbursed + returned: what can still be paid or passed on."), SUM_DIGITS
    )
    unspent = amount_shown(gettext_lazy("Disbursed - returned - spent."), SUM_DIGITS)


class EntrySerializer(serializers.Serializer[Any]):
    """What every entry of the ledger tells. An entry stays as it was written."""

    by = serializers.CharField(source="by.label", help_text=gettext_lazy("Who entered it."))
    at = serializers.DateTimeField(help_text=gettext_lazy("When it was entered."))


class AdjustmentSerializer(EntrySerializer):
    """A later change of an allocation by its giver."""

    id = serializers.IntegerField()
    allocation = serializers.IntegerField(source="allocation_id")
    area = serializers.IntegerField(source="allocation.area_id", help_text=gettext_lazy("The recipient."))
    year = serializers.IntegerField(source="allocation.year")
    kind = serializers.ChoiceField(choices=Adjustment.Kind.choices)
    amount = amount_shown(gettext_lazy("Below zero where money is taken away."))
    document_no = serializers.CharField()
    document_date = serializers.DateField()
    reason = serializers.CharField()


class AllocationSerializer(EntrySerializer):
    """An amount of one year and source, for one programme or none, given to one area, and what it holds now."""

    id = serializers.IntegerField()
    area = serializers.IntegerField(source="area_id", help_text=gettext_lazy("The recipient."))
    area_code = serializers.CharField(source="area.code", help_text=gettext_lazy("Its code today."))
    area_name = serializers.CharField(source="area.name", help_text=gettext_lazy("Its name today."))
    level = serializers.ChoiceField(source="area.level", choices=Level.choices)
    year = serializers.IntegerField()
    programme = serializers.CharField(help_text=gettext_lazy("Its code; empty for money of no programme."))
    source = serializers.CharField(source="source.code", help_text=gettext_lazy("The code of the fund source."))  # type: ignore[assignment]
    kind = serializers.ChoiceField(
        source="source.kind", choices=FundSource.Kind.choices, help_text=gettext_lazy("The kind of the source.")
    )
    tier = serializers.ChoiceField(
        source="source.tier", choices=Level.choices, help_text=gettext_lazy("The tier of the source.")
    )
    from_outside = serializers.SerializerMethodField(
        help_text=gettext_lazy("Whether it came from outside, and was passed down by nobody.")
    )
    parent = serializers.SerializerMethodField(  # type: ignore[assignment]
        help_text=gettext_lazy("The allocation it was passed down from; null also for one outside your areas.")
    )
    giver = serializers.SerializerMethodField(
        help_text=gettext_lazy("The area that passed it down; null for money from outside.")
    )
    amount = amount_shown(gettext_lazy("The amount of its document; `balance.allocated` is what stands today."))
    currency = serializers.CharField(help_text=gettext_lazy("Three letters; empty for yuan."))
    currency_amount = amount_shown(allow_null=True)
    rate = serializers.DecimalField(
        max_digits=18, decimal_places=8, allow_null=True, help_text=gettext_lazy("Yuan for one unit of the currency.")
    )
    document_no = serializers.CharField()
    document_date = serializers.DateField()
    note = serializers.CharField()
    balance = BalanceSerializer()

    def get_from_outside(self, allocation: Allocation) -> bool:
        return allocation.parent_id is None

    def get_parent(self, allocation: Allocation) -> int | None:
        paths, parent = self.context["paths"], allocation.parent
        return parent.pk if parent and (paths is None or is_under(parent.area.path, paths)) else None

    @extend_schema_field(PlaceSerializer(allow_null=True))
    def get_giver(self, allocation: Allocation) -> dict[str, Any] | None:
        if allocation.parent is None:
            return None
        return PlaceSerializer(context=self.context).to_representation(allocation.parent.area)


class AllocationDetailSerializer(AllocationSerializer):
    """An allocation with what changed it later, the oldest first: at most 100 entries."""

    adjustments_count = serializers.IntegerField(
        help_text=gettext_lazy("How many there are; all are under `adjustments/?allocation=`.")
    )
    adjustments = AdjustmentSerializer(many=True, source="shown_adjustments")


class AllocationRowsSerializer(serializers.Serializer[Any]):
    """What each area got, in the order of the rows that were sent."""

    rows = AllocationSerializer(many=True)


class PaymentSerializer(EntrySerializer):
    """Money of an allocation that was disbursed, spent or given back."""

    id = serializers.IntegerField()
    allocation = serializers.IntegerField(source="allocation_id")
    area = serializers.IntegerField(source="allocation.area_id", help_text=gettext_lazy("The area that paid."))
    year = serializers.IntegerField(
        source="allocation.year", help_text=gettext_lazy("The year of the allocation; not always that of the day.")
    )
    programme = serializers.CharField(source="allocation.programme")
    kind = serializers.ChoiceField(choices=Payment.Kind.choices)
    amount = amount_shown(gettext_lazy("Below zero where it takes another payment back."))
    paid_on = serializers.DateField()
    document_no = serializers.CharField()
    note = serializers.CharField()
    reverses = serializers.IntegerField(
        source="reverses_id", allow_null=True, help_text=gettext_lazy("The payment that it takes back.")
    )
    reversed_by = serializers.SerializerMethodField(help_text=gettext_lazy("The payment that took it back."))

    def get_reversed_by(self, payment: Payment) -> int | None:
        return payment.reversed_by.pk if hasattr(payment, "reversed_by") else None


class PaymentRowsSerializer(serializers.Serializer[Any]):
    """The payments, in the order of the rows that were sent."""

    rows = PaymentSerializer(many=True)


class AttachmentSerializer(EntrySerializer):
    """A document of an allocation."""

    id = serializers.IntegerField()
    allocation = serializers.IntegerField(source="allocation_id")
    file_name = serializers.CharField()
    content_type = serializers.CharField()
    size = serializers.IntegerField(help_text=gettext_lazy("In bytes."))
    sha256 = serializers.CharField(help_text=gettext_lazy("Of the content, to check a download by."))
    content_url = serializers.HyperlinkedIdentityField(view_name="api-attachment-content")
