"""What lists of the ledger can be narrowed by."""

from __future__ import annotations

import datetime as dt
from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field

from funding.models import Adjustment, Allocation, FundSource, Payment
from programmes.filters import YearFilter, YearRangeFilter
from programmes.registry import programme_choices
from villages.filters import AreaChoice, in_readers_areas
from villages.levels import Level
from villages.models import Area

NO_PROGRAMME = "none"


def visible_allocations(request: Any) -> Any:
    """The allocations to areas that the person who asks may read; none when nobody asks (the schema)."""
    return in_readers_areas(Allocation.objects.all(), request)


@extend_schema_field(OpenApiTypes.INT)
class AllocationChoice(django_filters.ModelChoiceFilter):  # type: ignore[misc]
    """Takes the id of an allocation. One that does not exist and one of elsewhere are refused in the same words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        message = gettext_lazy("There is no such allocation among yours.")
        kwargs.setdefault("error_messages", {"invalid_choice": message})
        super().__init__(*args, queryset=visible_allocations, **kwargs)


@extend_schema_field(OpenApiTypes.STR)
class SourceChoice(django_filters.ModelChoiceFilter):  # type: ignore[misc]
    """Takes the code of a fund source."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        message = gettext_lazy("There is no such fund source.")
        sources = FundSource.objects.all()
        super().__init__(
            *args, queryset=sources, to_field_name="code", error_messages={"invalid_choice": message}, **kwargs
        )


class FundSourceFilter(django_filters.FilterSet):  # type: ignore[misc]
    kind = django_filters.ChoiceFilter(choices=FundSource.Kind.choices, label=gettext_lazy("Kind"))
    tier = django_filters.TypedChoiceFilter(choices=Level.choices, coerce=int, label=gettext_lazy("Tier"))

    class Meta:
        model = FundSource
        fields: list[str] = []


class AllocationFilter(YearRangeFilter):
    updated_since = django_filters.IsoDateTimeFilter(
        method="keep_updated", label=gettext_lazy("Entered at this moment or later, or given more or less since")
    )
    source = SourceChoice(label=gettext_lazy("Code of the fund source"))
    kind = django_filters.ChoiceFilter(
        field_name="source__kind", choices=FundSource.Kind.choices, label=gettext_lazy("Kind of the source")
    )
    tier = django_filters.TypedChoiceFilter(
        field_name="source__tier", choices=Level.choices, coerce=int, label=gettext_lazy("Tier of the source")
    )
    programme = django_filters.ChoiceFilter(
        method="keep_programme",
        choices=[(NO_PROGRAMME, gettext_lazy("no programme")), *programme_choices()],
        label=gettext_lazy("Code of the programme; none: money of no programme"),
    )
    area = AreaChoice(label=gettext_lazy("Id of the recipient"))
    within = AreaChoice(method="keep_within", label=gettext_lazy("Id of an area: itself and all below it today"))
    level = django_filters.TypedChoiceFilter(
        field_name="area__level", choices=Level.choices, coerce=int, label=gettext_lazy("Level of the recipient")
    )
    parent = AllocationChoice(label=gettext_lazy("Id of the allocation it was passed down from"))
    from_outside = django_filters.BooleanFilter(
        field_name="parent", lookup_expr="isnull", label=gettext_lazy("Whether it came from outside")
    )
    document_date_min = django_filters.DateFilter(
        field_name="document_date", lookup_expr="gte", label=gettext_lazy("Document of this day or later")
    )
    document_date_max = django_filters.DateFilter(
        field_name="document_date", lookup_expr="lte", label=gettext_lazy("Document of this day or earlier")
    )

    class Meta:
        model = Allocation
        fields: list[str] = []

    @extend_schema_field(OpenApiTypes.DATETIME)
    def keep_updated(self, queryset: Any, name: str, value: dt.datetime) -> Any:
        changed = Adjustment.objects.filter(allocation=OuterRef("pk"), at__gte=value)
        return queryset.filter(Q(at__gte=value) | Exists(changed))

    def keep_programme(self, queryset: Any, name: str, value: str) -> Any:
        return queryset.filter(programme="" if value == NO_PROGRAMME else value)

    def keep_within(self, queryset: Any, name: str, value: Area) -> Any:
        return queryset.filter(area__in=Area.objects.within(value))


class OfAllocationFilter(django_filters.FilterSet):  # type: ignore[misc]
    """What entries of an allocation have in common."""

    updated_since = django_filters.IsoDateTimeFilter(
        field_name="at", lookup_expr="gte", label=gettext_lazy("Entered at this moment or later")
    )
    allocation = AllocationChoice(label=gettext_lazy("Id of the allocation"))
    programme = django_filters.ChoiceFilter(
        method="keep_programme",
        choices=[(NO_PROGRAMME, gettext_lazy("no programme")), *programme_choices()],
        label=gettext_lazy("Code of the allocation's programme; none: money of no programme"),
    )
    area = AreaChoice(field_name="allocation__area", label=gettext_lazy("Id of the area that has the allocation"))
    within = AreaChoice(method="keep_within", label=gettext_lazy("Id of an area: itself and all below it today"))
    year = YearFilter(field_name="allocation__year", label=gettext_lazy("Year of the allocation"))
    year_min = YearFilter(
        field_name="allocation__year", lookup_expr="gte", label=gettext_lazy("First year of the allocation")
    )
    year_max = YearFilter(
        field_name="allocation__year", lookup_expr="lte", label=gettext_lazy("Last year of the allocation")
    )

    def keep_programme(self, queryset: Any, name: str, value: str) -> Any:
        return queryset.filter(allocation__programme="" if value == NO_PROGRAMME else value)

    def keep_within(self, queryset: Any, name: str, value: Area) -> Any:
        return queryset.filter(allocation__area__in=Area.objects.within(value))


class AdjustmentFilter(OfAllocationFilter):
    kind = django_filters.ChoiceFilter(choices=Adjustment.Kind.choices, label=gettext_lazy("Kind"))
    document_date_min = django_filters.DateFilter(
        field_name="document_date", lookup_expr="gte", label=gettext_lazy("Document of this day or later")
    )
    document_date_max = django_filters.DateFilter(
        field_name="document_date", lookup_expr="lte", label=gettext_lazy("Document of this day or earlier")
    )

    class Meta:
        model = Adjustment
        fields: list[str] = []


class PaymentFilter(OfAllocationFilter):
    kind = django_filters.ChoiceFilter(choices=Payment.Kind.choices, label=gettext_lazy("Kind"))
    paid_on_min = django_filters.DateFilter(
        field_name="paid_on", lookup_expr="gte", label=gettext_lazy("Paid on this day or later")
    )
    paid_on_max = django_filters.DateFilter(
        field_name="paid_on", lookup_expr="lte", label=gettext_lazy("Paid on this day or earlier")
    )

    class Meta:
        model = Payment
        fields: list[str] = []
