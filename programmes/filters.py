"""What lists of records can be narrowed by. One filterset per programme, made from its model."""

from __future__ import annotations

import datetime as dt
from typing import Any

import django_filters
from django.db.models import DateField, Exists, F, Func, OuterRef, Q, Value
from django.utils.translation import gettext_lazy
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field

from povtrack.lib.years import FIRST_YEAR, LAST_YEAR
from programmes.models import Record, ReviewStep, State
from villages.filters import AreaChoice
from villages.models import Area, Designation, Membership


class YearFilter(django_filters.NumberFilter):  # type: ignore[misc]
    """Takes a year."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, min_value=FIRST_YEAR, max_value=LAST_YEAR, decimal_places=0, **kwargs)


class YearRangeFilter(django_filters.FilterSet):  # type: ignore[misc]
    """The years of anything that has one."""

    year = YearFilter(label=gettext_lazy("Year"))
    year_min = YearFilter(field_name="year", lookup_expr="gte", label=gettext_lazy("First year"))
    year_max = YearFilter(field_name="year", lookup_expr="lte", label=gettext_lazy("Last year"))


class EnteredFilter(django_filters.FilterSet):  # type: ignore[misc]
    """When a row was written last."""

    updated_since = django_filters.IsoDateTimeFilter(
        field_name="entered_at", lookup_expr="gte", label=gettext_lazy("Entered at this moment or later")
    )


class RecordFilter(YearRangeFilter):
    area = AreaChoice(label=gettext_lazy("Id of the area that reports"))
    within = AreaChoice(method="keep_within", label=gettext_lazy("Id of an area: all below it today"))
    state = django_filters.ChoiceFilter(choices=State.choices, label=gettext_lazy("State"))
    nil = django_filters.BooleanFilter(label=gettext_lazy("Nothing to report"))
    updated_since = django_filters.IsoDateTimeFilter(
        method="keep_updated", label=gettext_lazy("Entered, submitted or approved at this moment or later")
    )

    designation = django_filters.ModelChoiceFilter(
        method="keep_listed",
        queryset=Designation.objects.all(),
        to_field_name="code",
        error_messages={"invalid_choice": gettext_lazy("There is no such list.")},
        label=gettext_lazy(
            "Code of a list that the place, its township or its county was on, on 31 December of the record's year"
        ),
    )

    as_of = django_filters.CharFilter(
        method="leave",
        max_length=40,
        label=gettext_lazy(
            "A day (its end) or a moment of the past, ISO: the records as they were known then, of five years at most, "
            "for the whole nation of one. They count in the county and township in which they count today."
        ),
    )

    def leave(self, queryset: Any, name: str, value: Any) -> Any:
        return queryset

    def keep_within(self, queryset: Any, name: str, value: Area) -> Any:
        return queryset.within(value)

    @extend_schema_field(OpenApiTypes.STR)
    def keep_listed(self, queryset: Any, name: str, value: Designation) -> Any:
        places = Q(area=OuterRef("area")) | Q(area=OuterRef("township")) | Q(area=OuterRef("county"))
        day = Func(OuterRef("year"), Value(12), Value(31), function="make_date", output_field=DateField())
        listed = Membership.objects.alias(day=day).filter(places, designation=value, valid__contains=F("day"))
        return queryset.filter(Exists(listed))

    @extend_schema_field(OpenApiTypes.DATETIME)
    def keep_updated(self, queryset: Any, name: str, value: dt.datetime) -> Any:
        # One that was given back carries no time of its own.
        of_record = {name: OuterRef(name) for name in ("year", "area", "breakdown")}
        steps = ReviewStep.objects.filter(programme=queryset.model.code, at__gte=value, **of_record)
        return queryset.filter(
            Exists(steps)
            | Q(entered_at__gte=value)
            | Q(submitted_at__gte=value)
            | Q(confirmed_at__gte=value)
            | Q(approved_at__gte=value)
        )


def record_filter(model: type[Record]) -> type[RecordFilter]:
    """Return the filterset for the records of a programme."""
    attrs: dict[str, Any] = {"Meta": type("Meta", (), {"model": model, "fields": []})}
    if model.kinds:
        kinds = [(kind.code, kind.label) for kind in model.kinds]
        attrs["breakdown"] = django_filters.ChoiceFilter(choices=kinds, label=model.kinds_label)
    return type(f"{model.__name__}Filter", (RecordFilter,), attrs)
