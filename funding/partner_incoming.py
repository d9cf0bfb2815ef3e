"""What programs send about partners, pairings, reports and foreign projects, checked before an action sees it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from funding.incoming import AllocationField, AmountField, PlaceField
from funding.models import Partner, figures_of_reports
from funding.partner_serializers import with_fields
from povtrack.lib.figures import WHOLE_MAX
from povtrack.lib.years import FIRST_YEAR, LAST_YEAR
from programmes.registry import programme_choices
from programmes.serializers import KEY_MAX, StrictSerializer, described
from programmes.written_serializers import TypedFigure

_TYPED = {figure.name: TypedFigure(help_text=described(figure)) for figure in figures_of_reports()}


class PartnerChoice(serializers.PrimaryKeyRelatedField[Partner]):
    default_error_messages = {"does_not_exist": _("There is no such partner.")}

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Partner.objects.select_related("area"), **kwargs)


def _version() -> serializers.IntegerField:
    return serializers.IntegerField(min_value=1, max_value=WHOLE_MAX, help_text=_("The version you saw."))


def _text(length: int) -> serializers.CharField:
    return serializers.CharField(max_length=length, allow_blank=True, required=False)


class PartnerInSerializer(StrictSerializer):
    kind = serializers.ChoiceField(choices=Partner.Kind.choices)
    name = serializers.CharField(max_length=200)
    name_latin = _text(200)
    area = PlaceField(required=False, allow_null=True)
    note = _text(500)


class PartnerChangeSerializer(PartnerInSerializer):
    """What is left out stays as it is."""

    version = _version()
    kind = serializers.ChoiceField(choices=Partner.Kind.choices, required=False)
    name = serializers.CharField(max_length=200, required=False)


class PairingChangeSerializer(StrictSerializer):
    """What is left out stays as it is."""

    version = _version()
    since = serializers.DateField(required=False)
    until = serializers.DateField(required=False, allow_null=True)
    document_no = _text(80)
    document_date = serializers.DateField(required=False, allow_null=True)
    note = _text(500)


class PairingInSerializer(PairingChangeSerializer):
    version = None  # type: ignore[assignment]
    partner = PartnerChoice()
    area = PlaceField(help_text=_("Id of the helped area."))
    since = serializers.DateField()


class SeenSerializer(StrictSerializer):
    version = _version()


ReportChangeSerializer = with_fields(
    StrictSerializer,
    "ReportChangeSerializer",
    "A figure that is left out stays as it is; null empties it.",
    {"version": _version(), "note": _text(500), **_TYPED},
)


class _ReportIn(StrictSerializer):
    pairing = serializers.IntegerField(min_value=1, max_value=KEY_MAX)
    year = serializers.IntegerField(min_value=FIRST_YEAR, max_value=LAST_YEAR)
    version = serializers.IntegerField(
        min_value=0, max_value=WHOLE_MAX, default=0, help_text=_("The version you saw; 0 if there was none.")
    )
    note = _text(500)


ReportInSerializer = with_fields(_ReportIn, "ReportInSerializer", "The figures of a pairing and year.", _TYPED)


class CoveredInSerializer(StrictSerializer):
    area = PlaceField()
    since = serializers.DateField(required=False, allow_null=True, help_text=_("Left out: as long as it runs."))
    until = serializers.DateField(required=False, allow_null=True)


class ProjectInSerializer(StrictSerializer):
    name = serializers.CharField(max_length=200)
    name_latin = _text(200)
    donor = PartnerChoice()
    currency = serializers.CharField(max_length=3)
    currency_amount = AmountField(help_text=_("In that currency."))
    rate = AmountField(places=8, help_text=_("Yuan for one unit."))
    counterpart = AmountField(required=False, allow_null=True)
    since = serializers.DateField()
    until = serializers.DateField(required=False, allow_null=True)
    programme = serializers.ChoiceField(choices=programme_choices(), allow_blank=True, required=False)
    people = serializers.IntegerField(min_value=0, max_value=WHOLE_MAX, required=False, allow_null=True)
    document_no = _text(80)
    note = _text(500)
    counties = CoveredInSerializer(many=True, required=False, help_text=_("All of them; those left out are no more."))


class ProjectChangeSerializer(ProjectInSerializer):
    """What is left out stays as it is."""

    version = _version()
    name = serializers.CharField(max_length=200, required=False)
    donor = PartnerChoice(required=False)
    currency = serializers.CharField(max_length=3, required=False)
    currency_amount = AmountField(required=False)
    rate = AmountField(places=8, required=False)
    since = serializers.DateField(required=False)


class BookInSerializer(StrictSerializer):
    allocation = AllocationField()
