"""What programs send to the ledger, checked field by field before an action sees it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from funding.actions.allocations import MAX_SHARES
from funding.actions.batches import MAX_BOOKINGS
from funding.models import Adjustment, Allocation, FundSource, Payment
from povtrack.lib.figures import BadFigure, parse_decimal
from povtrack.lib.years import FIRST_YEAR, LAST_YEAR
from programmes.serializers import KEY_MAX, StrictSerializer
from villages.filters import visible_areas
from villages.models import Area

LARGEST = Decimal("9999999999999999.99")  # numeric(18, 2)
EXACT = 15  # digits of a number in JSON that every program reads as it was written


@extend_schema_field({"type": ["string", "number"], "pattern": r"^\d+(\.\d+)?$"})
class AmountField(serializers.Field[Any, Any, Any, Any]):
    """An amount as text, or as a number short enough to be exact. `zero` is what zero is refused with, if it is."""

    signed = False

    def __init__(self, *, zero: Any = "", places: int = 2, maximum: Decimal = LARGEST, **kwargs: Any) -> None:
        self.zero, self.places, self.maximum = zero, places, maximum
        super().__init__(**kwargs)

    def to_internal_value(self, data: Any) -> Decimal:
        if isinstance(data, bool) or not isinstance(data, int | float | str):
            raise serializers.ValidationError(_("Send a number, or a text that is one."))
        text = str(data).strip()
        if isinstance(data, float) and len(text.strip("-0.").replace(".", "")) > EXACT:
            raise serializers.ValidationError(_("Send so long a number as text, or it would not be exact."))
        minus = self.signed and text.startswith("-")
        try:
            amount = parse_decimal(text[1:] if minus else text, self.places, self.maximum)
        except BadFigure as bad:
            raise serializers.ValidationError(str(bad)) from bad
        if amount is None:
            raise serializers.ValidationError(_("This field may not be blank."))
        if not amount and self.zero:
            raise serializers.ValidationError(self.zero)
        return -amount if minus else amount

    def to_representation(self, value: Any) -> Any:
        return str(value)


@extend_schema_field({"type": ["string", "number"], "pattern": r"^-?\d+(\.\d+)?$"})
class SignedAmountField(AmountField):
    """An amount that may be below zero."""

    signed = True


class PlaceField(serializers.PrimaryKeyRelatedField[Area]):
    """The id of an area. One that does not exist and one that lies elsewhere are refused in the same words."""

    default_error_messages = {"does_not_exist": gettext_lazy("There is no such place among yours.")}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Area.objects.none(), **kwargs)

    def get_queryset(self) -> Any:
        return visible_areas(self.context.get("request"))


class AllocationField(serializers.PrimaryKeyRelatedField[Allocation]):
    """The id of an allocation, as PlaceField takes that of an area."""

    default_error_messages = {"does_not_exist": gettext_lazy("There is no such allocation among yours.")}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Allocation.objects.none(), **kwargs)

    def get_queryset(self) -> Any:
        areas = visible_areas(self.context.get("request"))
        return Allocation.objects.filter(area__in=areas).select_related("area")


class KeyedSerializer(StrictSerializer):
    """What is written once however often it is sent."""

    key = serializers.UUIDField(
        required=False,
        allow_null=True,
        help_text=gettext_lazy(
            "A UUID of your own, which can also be sent as the header Idempotency-Key: what is sent again with it is "
            "written once."
        ),
    )


class DocumentSerializer(KeyedSerializer):
    """The document that says so."""

    document_no = serializers.CharField(max_length=80)
    document_date = serializers.DateField()


_NOTE: dict[str, Any] = {"max_length": 500, "required": False, "allow_blank": True}
_PROGRAMME: dict[str, Any] = {"max_length": 40, "required": False, "allow_blank": True}
_MORE_THAN_ZERO = gettext_lazy("An allocation is more than zero.")


class EnterAllocationSerializer(DocumentSerializer):
    """Money that comes to an area from outside: in yuan, or in another currency with the rate."""

    source = serializers.SlugRelatedField(  # type: ignore[assignment]
        slug_field="code",
        queryset=FundSource.objects.all(),
        error_messages={"does_not_exist": gettext_lazy("There is no such fund source.")},
        help_text=gettext_lazy("The code of the fund source."),
    )
    year = serializers.IntegerField(min_value=FIRST_YEAR, max_value=LAST_YEAR)
    area = PlaceField(help_text=gettext_lazy("Id of the recipient."))
    programme = serializers.CharField(**_PROGRAMME, help_text=gettext_lazy("Its code; empty for none."))
    amount = AmountField(required=False, zero=_MORE_THAN_ZERO, help_text=gettext_lazy("Yuan."))
    currency = serializers.RegexField(
        r"^[A-Z]{3}\Z",
        required=False,
        error_messages={"invalid": gettext_lazy("A currency is three capital letters, such as USD.")},
    )
    currency_amount = AmountField(required=False, zero=_MORE_THAN_ZERO)
    rate = AmountField(
        required=False,
        places=8,
        maximum=Decimal("999999.99999999"),
        zero=gettext_lazy("A rate is more than zero."),
        help_text=gettext_lazy("Yuan for one unit of the currency; the amount is rounded to the cent."),
    )
    note = serializers.CharField(**_NOTE)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Take yuan, or all three of the other currency: of two amounts nobody knows which is meant."""
        foreign = [name for name in ("currency", "currency_amount", "rate") if name in attrs]
        if "amount" in attrs and foreign:
            words = _("Send the amount in yuan, or another currency's amount with its rate, and not both.")
            raise serializers.ValidationError({"amount": [words]})
        if "amount" not in attrs and not foreign:
            raise serializers.ValidationError({"amount": [_("This field is required.")]}, code="required")
        if missing := {"currency", "currency_amount", "rate"} - set(foreign) if foreign else set():
            words = _("An amount in another currency needs it.")
            raise serializers.ValidationError({name: [words] for name in sorted(missing)})
        return attrs


class AllocationShareSerializer(StrictSerializer):
    """What one area gets."""

    area = serializers.IntegerField(min_value=1, max_value=KEY_MAX, help_text=gettext_lazy("Id of the recipient."))
    amount = AmountField(zero=_MORE_THAN_ZERO, help_text=gettext_lazy("Yuan."))
    programme = serializers.CharField(
        **_PROGRAMME, help_text=gettext_lazy("Its code, where the allocation is for none; empty for its own.")
    )
    note = serializers.CharField(**_NOTE)


class PassAllocationDownSerializer(DocumentSerializer):
    """What is passed down by one document."""

    rows = serializers.ListField(child=AllocationShareSerializer(), min_length=1, max_length=MAX_SHARES)


class AdjustAllocationSerializer(DocumentSerializer):
    """More, less, or money taken back."""

    kind = serializers.ChoiceField(choices=Adjustment.Kind.choices)
    amount = SignedAmountField(
        zero=gettext_lazy("An adjustment is not zero, and a withdrawal takes money away."),
        help_text=gettext_lazy("Below zero where money is taken away, as a withdrawal always does."),
    )
    reason = serializers.CharField(max_length=500)


class PaymentBookingSerializer(StrictSerializer):
    """A payment that is to be booked."""

    kind = serializers.ChoiceField(choices=Payment.Kind.choices)
    amount = AmountField(zero=gettext_lazy("A payment is more than zero."), help_text=gettext_lazy("Yuan."))
    paid_on = serializers.DateField()
    document_no = serializers.CharField(max_length=80, required=False, allow_blank=True)
    note = serializers.CharField(**_NOTE)


class BookPaymentSerializer(KeyedSerializer, PaymentBookingSerializer):
    """One payment."""

    allocation = AllocationField(help_text=gettext_lazy("Id of the allocation it is of."))


class PaymentBookingRowSerializer(PaymentBookingSerializer):
    """One payment of many."""

    allocation = serializers.IntegerField(
        min_value=1, max_value=KEY_MAX, help_text=gettext_lazy("Id of the allocation it is of.")
    )


class BookPaymentsSerializer(KeyedSerializer):
    """Many payments, of one or more allocations."""

    rows = serializers.ListField(child=PaymentBookingRowSerializer(), min_length=1, max_length=MAX_BOOKINGS)


class ReversePaymentSerializer(KeyedSerializer):
    """Why a payment is taken back."""

    reason = serializers.CharField(max_length=500)
