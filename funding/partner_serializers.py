"""How partners, pairings, reports and foreign projects are written in the API, and what is sent to change them."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from funding.models import Partner, Scheme, figures_of_reports
from funding.partner_totals import Helped
from funding.serializers import amount_shown
from programmes.serializers import figure_field
from villages.serializers import AreaRefSerializer, PlaceSerializer

SUM_DIGITS = 22
_VERSION = _("Counts the writes. Send it back when you change the row.")


class PartnerSerializer(serializers.Serializer[Any]):
    """One body that helps poor areas, or pays for a project there."""

    id = serializers.IntegerField()
    kind = serializers.ChoiceField(choices=Partner.Kind.choices)
    scheme = serializers.ChoiceField(choices=Scheme.choices, help_text=_("The arrangement to which its kind belongs."))
    name = serializers.CharField()
    name_latin = serializers.CharField()
    area = serializers.SerializerMethodField(help_text=_("Of a province or city that helps: its own area."))
    note = serializers.CharField()
    version = serializers.IntegerField(help_text=_VERSION)

    @extend_schema_field(PlaceSerializer(allow_null=True))
    def get_area(self, partner: Partner) -> dict[str, Any] | None:
        if partner.area is None:
            return None
        return PlaceSerializer(context=self.context).to_representation(partner.area)


class PartnerRefSerializer(serializers.Serializer[Any]):
    """The least that names a partner."""

    id = serializers.IntegerField()
    kind = serializers.ChoiceField(choices=Partner.Kind.choices)
    name = serializers.CharField()
    name_latin = serializers.CharField()


class DatedSerializer(serializers.Serializer[Any]):
    since = serializers.DateField(source="valid.lower", help_text=_("The first day."))
    until = serializers.DateField(
        source="valid.upper",
        allow_null=True,
        help_text=_("The first day on which it is so no longer; null: it goes on."),
    )


class KeptSerializer(serializers.Serializer[Any]):
    """Who wrote the row last, and when."""

    version = serializers.IntegerField(help_text=_VERSION)
    entered_at = serializers.DateTimeField()
    entered_by = serializers.CharField(source="entered_by.label")


class PairingSerializer(DatedSerializer, KeptSerializer):
    """One partner that helps one area in a date range."""

    id = serializers.IntegerField()
    partner = PartnerRefSerializer()
    area = AreaRefSerializer(help_text=_("The helped area, as it is today."))
    document_no = serializers.CharField()
    document_date = serializers.DateField(allow_null=True)
    note = serializers.CharField()


class _ReportBase(KeptSerializer):
    id = serializers.IntegerField()
    pairing = serializers.IntegerField(source="pairing_id")
    partner = serializers.IntegerField(source="pairing.partner_id")
    area = serializers.IntegerField(source="pairing.area_id", help_text=_("The helped area."))
    year = serializers.IntegerField()
    note = serializers.CharField()


Shape = type[serializers.Serializer[Any]]
_FIGURES = {figure.name: figure_field(figure) for figure in figures_of_reports()}


def with_fields(base: Shape, name: str, words: str, fields: dict[str, Any]) -> Shape:
    return type(name, (base,), {"__doc__": words, **fields})


PairingReportSerializer = with_fields(
    _ReportBase,
    "PairingReportSerializer",
    "What one pairing brought in one year. A null figure is blank, which is not zero.",
    _FIGURES,
)


class CoveredSerializer(DatedSerializer):
    """A county that a project covers in a date range."""

    area = AreaRefSerializer()


class ForeignProjectSerializer(DatedSerializer, KeptSerializer):
    """One project with money of a foreign donor."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    name_latin = serializers.CharField()
    donor = PartnerRefSerializer()
    currency = serializers.CharField()
    currency_amount = amount_shown()
    rate = serializers.DecimalField(max_digits=18, decimal_places=8, help_text=_("Yuan for one unit."))
    yuan = amount_shown(_("The amount at that rate."), 26)
    counterpart = amount_shown(_("Yuan of our own budgets."), allow_null=True)
    programme = serializers.CharField(help_text=_("Empty for none."))
    people = serializers.IntegerField(allow_null=True, help_text=_("People benefiting in all."))
    document_no = serializers.CharField()
    note = serializers.CharField()


class ForeignProjectDetailSerializer(ForeignProjectSerializer):
    """A project with the counties of yours that it covers."""

    counties = CoveredSerializer(many=True, source="shown_counties")


class BookedSerializer(serializers.Serializer[Any]):
    """An allocation that is money of a project."""

    allocation = serializers.IntegerField(source="allocation_id")
    area = serializers.IntegerField(source="allocation.area_id")
    year = serializers.IntegerField(source="allocation.year")
    amount = amount_shown(source="allocation.amount")


def _sum_field(name: str) -> serializers.Field[Any, Any, Any, Any]:
    figure = next(one for one in figures_of_reports() if one.name == name)
    return figure_field(figure, SUM_DIGITS)


class _TotalBase(serializers.Serializer[Any]):
    scheme = serializers.ChoiceField(choices=Scheme.choices, required=False)
    kind = serializers.ChoiceField(choices=Partner.Kind.choices, required=False)
    year = serializers.IntegerField(required=False)
    area = serializers.IntegerField(
        required=False, help_text=_("Id of the area of the next level; the area itself too.")
    )
    partners = serializers.IntegerField()
    pairings = serializers.IntegerField()
    provinces = serializers.IntegerField(help_text=_("Provinces helped as a whole."))
    counties = serializers.IntegerField(help_text=_("Counties helped themselves."))
    areas = serializers.IntegerField(help_text=_("Helped areas of all levels."))
    expected = serializers.IntegerField(help_text=_("Yearly reports that could be there."))
    reported = serializers.IntegerField()


PartnerTotalSerializer = with_fields(
    _TotalBase,
    "PartnerTotalSerializer",
    "What came of pairings. Of the keys only that of `by` is there. A null figure is given by no report.",
    {name: _sum_field(name) for name in _FIGURES},
)


def total_row(key: dict[str, Any], helped: Helped) -> dict[str, Any]:
    """Return what PartnerTotalSerializer writes of a line of totals."""
    return {**key, **{name: getattr(helped, name) for name in helped.__dataclass_fields__}}
