"""Relocation flows in the API: who moved from where to where."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_serializer, extend_schema_view
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from povtrack.lib.rest.fresh import FreshnessSerializer, summed_now
from povtrack.lib.rest.paging import numbered_links
from povtrack.lib.rest.resources import Resource
from povtrack.lib.years import FIRST_YEAR, LAST_YEAR
from programmes.catalogue.relocation import RelocationRecord
from programmes.flows import REACHES, Flows, flows_from
from programmes.serializers import KEY_MAX
from villages.filters import visible_areas
from villages.levels import Level

MOST = 1000


class FlowQuery(serializers.Serializer[Any]):
    """What flows are asked for by."""

    area = serializers.IntegerField(min_value=1, max_value=KEY_MAX)
    year_min = serializers.IntegerField(min_value=FIRST_YEAR, max_value=LAST_YEAR)
    year_max = serializers.IntegerField(min_value=FIRST_YEAR, max_value=LAST_YEAR)
    page = serializers.IntegerField(min_value=1, max_value=10_000, default=1)
    page_size = serializers.IntegerField(min_value=1, max_value=MOST, default=100)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if attrs["year_min"] > attrs["year_max"]:
            raise serializers.ValidationError({"year_min": [_("The first year is later than the last.")]})
        return attrs


class MovedSerializer(serializers.Serializer[Any]):
    """How many records say so, and whom they moved; null where nobody gave the figure."""

    records = serializers.IntegerField()
    households = serializers.IntegerField(allow_null=True)
    people = serializers.IntegerField(allow_null=True)


class FlowPlaceSerializer(serializers.Serializer[Any]):
    """A place by its name and code today."""

    code = serializers.CharField()
    name = serializers.CharField()
    name_latin = serializers.CharField()


class FlowSerializer(serializers.Serializer[Any]):
    """What went from one origin to one destination. A destination that is not named, or not known, is null."""

    origin = FlowPlaceSerializer()
    destination = FlowPlaceSerializer(allow_null=True)
    reach = serializers.ChoiceField(choices=list(REACHES.items()))
    moved = MovedSerializer()


class KindFlowSerializer(serializers.Serializer[Any]):
    """What went to destinations of one kind, and how far."""

    kind = serializers.ChoiceField(choices=[(kind.code, kind.label) for kind in RelocationRecord.kinds])
    reach = serializers.ChoiceField(choices=list(REACHES.items()))
    moved = MovedSerializer()


@extend_schema_serializer(many=False)
class FlowsSerializer(serializers.Serializer[Any]):
    """Flows out of an area: all of them by kind and reach, and one page of the pairs, most people first."""

    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    freshness = FreshnessSerializer()
    whole = MovedSerializer(help_text=gettext_lazy("All that moved."))
    by_kind = KindFlowSerializer(many=True)
    results = FlowSerializer(many=True)


_PARAMETERS = [
    OpenApiParameter("area", int, required=True, description="Id of the area that people left: a township or above."),
    OpenApiParameter("year_min", int, required=True, description="First year. Each is on its own boundaries."),
    OpenApiParameter("year_max", int, required=True, description="Last year."),
    OpenApiParameter("page", int, description="Page of the pairs; the first one if it is left out."),
    OpenApiParameter("page_size", int, description="Pairs of a page, at most 1000."),
]


@extend_schema_view(
    list=extend_schema(
        summary="Relocation from origin to destination", parameters=_PARAMETERS, responses=FlowsSerializer
    )
)
class FlowViewSet(Resource):
    """Who moved out of an area, summed from origin to destination at county level. Drafts are not counted."""

    queryset = RelocationRecord.objects.none()
    serializer_class = FlowsSerializer
    pagination_class = None

    def known_parameters(self) -> list[str]:
        return list(FlowQuery().fields)

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        query = FlowQuery(data=request.query_params)
        query.is_valid(raise_exception=True)
        asked = query.validated_data
        area = visible_areas(request).filter(pk=asked["area"], level__lte=Level.TOWNSHIP).first()
        if area is None:
            raise serializers.ValidationError({"area": [_("There is no such place among yours.")]})
        page, size = asked["page"], asked["page_size"]
        found = flows_from(area, asked["year_min"], asked["year_max"], start=(page - 1) * size, size=size + 1)
        return Response(self.get_serializer(_written(found, request, page, size)).data)


def _written(found: Flows, request: Request, page: int, size: int) -> dict[str, Any]:
    cells = [(k, r) for k in found.kinds() for r in found.reaches() if (k, r) in found.cells]
    return {
        **numbered_links(request, page, more=len(found.pairs) > size),
        "freshness": summed_now(),
        "whole": found.over(),
        "by_kind": [{"kind": kind, "reach": reach, "moved": found.cells[kind, reach]} for kind, reach in cells],
        "results": found.pairs[:size],
    }
