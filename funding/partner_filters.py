"""What lists of partners, pairings, reports and foreign projects can be narrowed by."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import django_filters
from django.db.models import Q
from django.utils.translation import gettext_lazy
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field

from funding.models import ForeignProject, Pairing, PairingReport, Partner, ProjectCounty, Scheme, kinds_of
from programmes.filters import EnteredFilter, YearFilter, YearRangeFilter
from programmes.registry import programme_choices
from programmes.serializers import KEY_MAX
from villages.filters import AreaChoice
from villages.models import Area


@extend_schema_field(OpenApiTypes.INT)
class KeyFilter(django_filters.NumberFilter):  # type: ignore[misc]
    """Takes the id of a row; of one that is not among the reader's the list is empty, as if there were none."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, min_value=1, max_value=KEY_MAX, decimal_places=0, **kwargs)


class PartnerFilter(django_filters.FilterSet):  # type: ignore[misc]
    kind = django_filters.ChoiceFilter(choices=Partner.Kind.choices, label=gettext_lazy("Kind"))
    scheme = django_filters.ChoiceFilter(
        method="keep_scheme", choices=Scheme.choices, label=gettext_lazy("Scheme under which it helps")
    )
    q = django_filters.CharFilter(method="search", max_length=100, label=gettext_lazy("A piece of its name"))

    class Meta:
        model = Partner
        fields: list[str] = []

    def keep_scheme(self, queryset: Any, name: str, value: str) -> Any:
        return queryset.filter(kind__in=kinds_of(value))

    def search(self, queryset: Any, name: str, value: str) -> Any:
        return queryset.filter(Q(name__icontains=value) | Q(name_latin__icontains=value))


class _OfPartner(EnteredFilter):
    """By the partner and the helped area. `way` leads from a row to its pairing."""

    way = ""

    kind = django_filters.ChoiceFilter(
        method="keep_kind", choices=Partner.Kind.choices, label=gettext_lazy("Kind of the partner")
    )
    scheme = django_filters.ChoiceFilter(
        method="keep_scheme", choices=Scheme.choices, label=gettext_lazy("Scheme of the partner")
    )
    area = AreaChoice(method="keep_area", label=gettext_lazy("Id of the helped area"))
    within = AreaChoice(method="keep_within", label=gettext_lazy("Id of an area: itself and all below it today"))

    def keep_kind(self, queryset: Any, name: str, value: str) -> Any:
        return queryset.filter(**{f"{self.way}partner__kind": value})

    def keep_scheme(self, queryset: Any, name: str, value: str) -> Any:
        return queryset.filter(**{f"{self.way}partner__kind__in": kinds_of(value)})

    def keep_area(self, queryset: Any, name: str, value: Area) -> Any:
        return queryset.filter(**{f"{self.way}area": value})

    def keep_within(self, queryset: Any, name: str, value: Area) -> Any:
        return queryset.filter(**{f"{self.way}area__in": Area.objects.within(value)})


class PairingFilter(_OfPartner):
    partner = KeyFilter(label=gettext_lazy("Id of the partner"))
    year = YearFilter(method="keep_year", label=gettext_lazy("Year in some part of which it stood"))
    on = django_filters.DateFilter(method="keep_day", label=gettext_lazy("Day on which it stood"))

    class Meta:
        model = Pairing
        fields: list[str] = []

    @extend_schema_field(OpenApiTypes.INT)
    def keep_year(self, queryset: Any, name: str, value: Decimal) -> Any:
        return queryset.in_year(int(value))

    @extend_schema_field(OpenApiTypes.DATE)
    def keep_day(self, queryset: Any, name: str, value: dt.date) -> Any:
        return queryset.filter(valid__contains=value)


class PairingReportFilter(_OfPartner, YearRangeFilter):
    way = "pairing__"

    pairing = KeyFilter(label=gettext_lazy("Id of the pairing"))
    partner = KeyFilter(field_name="pairing__partner", label=gettext_lazy("Id of the partner"))

    class Meta:
        model = PairingReport
        fields: list[str] = []


class ForeignProjectFilter(EnteredFilter):
    donor = KeyFilter(label=gettext_lazy("Id of the donor, a partner"))
    currency = django_filters.CharFilter(max_length=3, label=gettext_lazy("Currency, such as USD"))
    programme = django_filters.ChoiceFilter(choices=programme_choices, label=gettext_lazy("Code of the programme"))
    area = AreaChoice(method="keep_area", label=gettext_lazy("Id of a county that it covers"))
    within = AreaChoice(method="keep_within", label=gettext_lazy("Id of an area in which it covers a county today"))
    year = YearFilter(method="keep_year", label=gettext_lazy("Year in some part of which it ran"))
    on = django_filters.DateFilter(method="keep_day", label=gettext_lazy("Day on which it ran"))

    class Meta:
        model = ForeignProject
        fields: list[str] = []

    def keep_area(self, queryset: Any, name: str, value: Area) -> Any:
        return queryset.filter(pk__in=ProjectCounty.objects.filter(area=value).values("project"))

    def keep_within(self, queryset: Any, name: str, value: Area) -> Any:
        covering = ProjectCounty.objects.filter(area__in=Area.objects.within(value))
        return queryset.filter(pk__in=covering.values("project"))

    @extend_schema_field(OpenApiTypes.INT)
    def keep_year(self, queryset: Any, name: str, value: Decimal) -> Any:
        return queryset.filter(valid__overlap=(f"{int(value)}-01-01", f"{int(value) + 1}-01-01"))

    @extend_schema_field(OpenApiTypes.DATE)
    def keep_day(self, queryset: Any, name: str, value: dt.date) -> Any:
        return queryset.filter(valid__contains=value)
