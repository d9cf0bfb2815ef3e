"""Pilot indicators in the API: what is counted, and each county's targets and actual figures, to read and to write."""

from __future__ import annotations

from typing import Any

import django_filters
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema, extend_schema_field, extend_schema_view
from rest_framework import exceptions, mixins, serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from povtrack.accounts.models import User
from povtrack.lib.figures import WHOLE_MAX
from povtrack.lib.rest.keys import KEY
from povtrack.lib.rest.resources import Resource
from povtrack.lib.rest.schema import errors_of
from povtrack.resent.once import once
from programmes.actions.indicators import FIELDS, MOST, IncomingFigure, save_indicator_figures
from programmes.actions.scope import Refused
from programmes.catalogue.pilot import PilotRecord
from programmes.filters import EnteredFilter, YearRangeFilter
from programmes.indicators import reached
from programmes.models import Indicator, IndicatorFigure
from programmes.serializers import KEY_MAX, StrictSerializer
from programmes.written_serializers import RowErrorSerializer, TypedFigure, YearSerializer
from villages.filters import AreaChoice, visible_areas
from villages.models import Area

_THEMES = [(kind.code, kind.label) for kind in PilotRecord.kinds]


class IndicatorSerializer(serializers.Serializer[Any]):
    """One figure that pilots of a theme count."""

    id = serializers.IntegerField()
    theme = serializers.CharField(help_text=_("The code of the theme: a kind of the programme “pilot”."))
    area = serializers.IntegerField(
        source="area_id", allow_null=True, help_text=_("Only counties in this area count it; null: all.")
    )
    name = serializers.CharField()
    unit = serializers.CharField()
    definition = serializers.CharField()
    adds_up = serializers.BooleanField(help_text=_("Whether the figures of several counties make a total."))
    is_asked = serializers.BooleanField(help_text=_("Whether it is asked for today."))


class IndicatorFigureSerializer(serializers.Serializer[Any]):
    """What one county meant to reach, and reached, on one indicator in one year. Null is blank, which is not zero."""

    id = serializers.IntegerField()
    indicator = serializers.IntegerField(source="indicator_id")
    theme = serializers.CharField(source="indicator.theme")
    name = serializers.CharField(source="indicator.name")
    unit = serializers.CharField(source="indicator.unit")
    area = serializers.IntegerField(source="area_id")
    area_code = serializers.CharField(source="area.code", help_text=_("Its code today."))
    area_name = serializers.CharField(source="area.name", help_text=_("Its name today."))
    year = serializers.IntegerField()
    target = serializers.DecimalField(max_digits=16, decimal_places=2, allow_null=True)
    actual = serializers.DecimalField(max_digits=16, decimal_places=2, allow_null=True)
    reached = serializers.SerializerMethodField(help_text=_("Actual, of the target, in percent."))
    version = serializers.IntegerField(help_text=_("Counts the writes. Send it back when you change the figure."))
    entered_at = serializers.DateTimeField()
    entered_by = serializers.CharField(source="entered_by.label")

    @extend_schema_field(serializers.DecimalField(max_digits=20, decimal_places=1, allow_null=True))
    def get_reached(self, figure: IndicatorFigure) -> str | None:
        share = reached(figure.target, figure.actual)
        return None if share is None else str(share)


class IndicatorRowSerializer(StrictSerializer):
    """One indicator's figures. One that is left out stays as it is; null empties it."""

    indicator = serializers.IntegerField(min_value=1, max_value=KEY_MAX)
    version = serializers.IntegerField(
        min_value=0, max_value=WHOLE_MAX, default=0, help_text=_("The version you saw; 0 if there was none.")
    )
    target = TypedFigure()
    actual = TypedFigure()


class IndicatorBulkSerializer(YearSerializer):
    """The figures of one county and year."""

    area = serializers.IntegerField(min_value=1, max_value=KEY_MAX, help_text=_("Id of the county."))
    rows = serializers.ListField(child=IndicatorRowSerializer(), min_length=1, max_length=MOST)


class IndicatorResultSerializer(serializers.Serializer[Any]):
    """What became of one row, and what now stands."""

    indicator = serializers.IntegerField()
    status = serializers.ChoiceField(choices=["saved", "unchanged", "refused", "conflict", "locked"])
    version = serializers.IntegerField()
    target = serializers.DecimalField(max_digits=16, decimal_places=2, allow_null=True)
    actual = serializers.DecimalField(max_digits=16, decimal_places=2, allow_null=True)
    errors = RowErrorSerializer(many=True)  # type: ignore[assignment]
    by = serializers.CharField(help_text=_("Who wrote what stands, in a conflict."))
    at = serializers.DateTimeField(allow_null=True)


class IndicatorResultsSerializer(serializers.Serializer[Any]):
    """What became of the rows, in the order in which they were sent."""

    rows = IndicatorResultSerializer(many=True)


class IndicatorFilter(django_filters.FilterSet):  # type: ignore[misc]
    theme = django_filters.ChoiceFilter(choices=_THEMES, label=_("Theme"))
    is_asked = django_filters.BooleanFilter(label=_("Whether it is asked for today"))

    class Meta:
        model = Indicator
        fields: list[str] = []


class IndicatorFigureFilter(EnteredFilter, YearRangeFilter):
    area = AreaChoice(label=_("Id of the county"))
    within = AreaChoice(method="keep_within", label=_("Id of an area: all below it today"))
    theme = django_filters.ChoiceFilter(field_name="indicator__theme", choices=_THEMES, label=_("Theme"))
    indicator = django_filters.NumberFilter(method="keep_indicator", decimal_places=0, label=_("Id of the indicator"))

    class Meta:
        model = IndicatorFigure
        fields: list[str] = []

    def keep_within(self, queryset: Any, name: str, value: Area) -> Any:
        return queryset.filter(area__in=Area.objects.within(value))

    @extend_schema_field(OpenApiTypes.INT)
    def keep_indicator(self, queryset: Any, name: str, value: Any) -> Any:
        return queryset.filter(indicator=value) if 0 < value <= KEY_MAX else queryset.none()


@extend_schema_view(
    list=extend_schema(summary="Pilot indicators"), retrieve=extend_schema(summary="One pilot indicator")
)
class IndicatorViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, Resource):
    """What pilots count beside the figures of all of them. Admins define them; they are the same for everyone."""

    queryset = Indicator.objects.order_by("pk")
    serializer_class = IndicatorSerializer
    filterset_class = IndicatorFilter


@extend_schema_view(
    list=extend_schema(summary="Targets and actual figures of pilot indicators"),
    retrieve=extend_schema(summary="One county's figures on one indicator and year"),
)
class IndicatorFigureViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, Resource):
    """Targets and actual figures, by county and year. Writes go the way of the page: same rules, same words."""

    queryset = IndicatorFigure.objects.none()
    serializer_class = IndicatorFigureSerializer
    filterset_class = IndicatorFigureFilter

    def get_queryset(self) -> Any:
        figures = IndicatorFigure.objects.select_related("indicator", "area", "entered_by")
        return figures.filter(area__in=visible_areas(self.request))

    @extend_schema(
        summary="Save the indicators of a county and year, each answered for itself",
        request=IndicatorBulkSerializer,
        parameters=[KEY],
        responses={
            200: IndicatorResultsSerializer,
            **errors_of(403, 409),
        },
    )
    @action(detail=False, methods=["post"])
    @once
    def bulk(self, request: Request) -> Response:
        assert isinstance(request.user, User)
        serializer = IndicatorBulkSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        data = serializer.validated_data
        area = visible_areas(request).filter(pk=data["area"]).first()
        if area is None:
            raise serializers.ValidationError({"area": [_("There is no such place among yours.")]})
        rows = [IncomingFigure(row["indicator"], row["version"], *_texts(row)) for row in data["rows"]]
        try:
            results = save_indicator_figures(year=data["year"], area=area, rows=rows, by=request.user)
        except Refused as refused:
            raise exceptions.PermissionDenied(str(refused)) from refused
        return Response(IndicatorResultsSerializer({"rows": results}).data)


def _texts(row: dict[str, Any]) -> list[str | None]:
    """The figures as text; one that was not sent is None, one that was sent as null is empty."""
    return [(row[name] or "") if name in row else None for name in FIELDS]
