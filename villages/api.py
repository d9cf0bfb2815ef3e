"""Places in the API."""

from __future__ import annotations

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import mixins
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from povtrack.lib.api import CursorPagination, OnePage
from povtrack.lib.resources import Resource
from villages.filters import AreaFilter, visible_areas
from villages.models import Area, AreaQuerySet, AreaVersion
from villages.serializers import AreaSerializer, AreaVersionSerializer


class AreaPagination(CursorPagination):
    """Orders a search by how well it fits, and everything else by id."""

    def get_ordering(self, request: Request, queryset: QuerySet[Area], view: object) -> tuple[str, ...]:
        return ("line",) if "line" in queryset.query.annotations else ("pk",)


@extend_schema_view(
    list=extend_schema(summary="Find places", description="The places in your areas, each with all areas above it."),
    retrieve=extend_schema(summary="One place"),
)
class AreaViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, Resource):
    queryset = Area.objects.none()
    serializer_class = AreaSerializer
    filterset_class = AreaFilter
    pagination_class = AreaPagination
    list_actions = ("list", "children", "history")

    def get_queryset(self) -> AreaQuerySet:
        return visible_areas(self.request)

    @extend_schema(summary="Places that belong to one today", filters=False, responses=AreaSerializer(many=True))
    @action(detail=True, filterset_class=None)
    def children(self, request: Request, pk: str) -> Response:
        page = self.paginate_queryset(self.get_queryset().filter(parent=self.get_object()))
        return self.get_paginated_response(self.get_serializer(page, many=True).data)

    @extend_schema(summary="Every form a place has had", filters=False, responses=AreaVersionSerializer(many=True))
    @action(detail=True, filterset_class=None, serializer_class=AreaVersionSerializer, pagination_class=OnePage)
    def history(self, request: Request, pk: str) -> Response:
        versions = (
            AreaVersion.objects.filter(area=self.get_object()).select_related("parent", "source").order_by("valid")
        )
        page = self.paginate_queryset(versions)
        return self.get_paginated_response(self.get_serializer(page, many=True).data)
