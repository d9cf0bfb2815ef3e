"""Places in the API."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.dateparse import parse_date
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import mixins, status
from rest_framework.decorators import action
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from povtrack.lib.rest.lists import Beside, TableResource, Written
from povtrack.lib.rest.paging import CursorPagination, OnePage
from povtrack.lib.rest.refusals import Fault, Refusal
from povtrack.lib.rest.table import Column, Table
from villages.codelists import PlainCodes
from villages.codes_api import CodeLists
from villages.filters import ListedAreaFilter, PlacementFilter, readers_paths, visible_areas
from villages.levels import Level
from villages.lineage import placements_of, successions_of, versions_of
from villages.models import Area, AreaQuerySet
from villages.serializers import (
    AreaRefSerializer,
    AreaSerializer,
    AreaVersionSerializer,
    LineageSerializer,
    PlacementSerializer,
)
from villages.trails import trails
from villages.translate import lookup


class AreaPagination(CursorPagination):
    """Orders a search by how well it fits, and everything else by id."""

    def get_ordering(self, request: Request, queryset: QuerySet[Area], view: object) -> tuple[str, ...]:
        searched = "line" in queryset.query.annotations and "ordering" not in request.query_params
        return ("line",) if searched else super().get_ordering(request, queryset, view)


@extend_schema_view(
    list=extend_schema(
        summary="Find places",
        description="The places in your areas, standing and ended, each with all areas above it.",
    ),
    retrieve=extend_schema(summary="One place"),
)
class AreaViewSet(mixins.RetrieveModelMixin, CodeLists, TableResource):
    queryset = Area.objects.none()
    serializer_class = AreaSerializer
    filterset_class = ListedAreaFilter
    pagination_class = AreaPagination
    own_columns: ClassVar = {
        "level_word": Column("", ("level",), make=lambda level: Level(level).word),
        "above": Column("", (), make=list, parts=()),
    }
    orderings: ClassVar = {name: name for name in ("id", "code", "name_latin", "level")}
    beside = ("id", "path")
    table_name = "areas"
    list_actions = ("list", "children", "history", "successions", "placements")

    def get_queryset(self) -> AreaQuerySet:
        return visible_areas(self.request)

    def get_serializer_context(self) -> dict[str, Any]:
        context = dict(super().get_serializer_context())
        if self.action in ("successions", "placements"):
            context["paths"] = readers_paths(self.request)
        return context

    def filter_queryset(self, queryset: Any) -> Any:
        code = self.request.query_params.get("code")
        found = super().filter_queryset(queryset)
        if self.action == "list" and code and not found.exists():
            self._require_carried(code)
        return found

    def completed(self, written: Written, rows: Beside, table: Table) -> None:
        if any(column.name == "above" for column in table.columns):
            above = trails(Area(pk=pk, path=path) for pk, path in rows)
            refs = {up.pk: AreaRefSerializer(up).data for up in {up for trail in above.values() for up in trail}}
            for (pk, _path), line in zip(rows, written, strict=True):
                line["above"] = [refs[up.pk] for up in above[pk]]

    def _require_carried(self, code: str) -> None:
        """Refuse a code that no place of the reader's carried on the day, and tell who carried it when."""
        on = parse_date(self.request.query_params.get("on", "")) or timezone.localdate()
        with lookup(PlainCodes([code]), on=on, paths=readers_paths(self.request)) as answer:
            problems = [row["problem"] for row, _cells in answer.rows if row["problem"]]
        if problems:
            raise Refusal(status.HTTP_400_BAD_REQUEST, Fault("unknown", problems[0], "code"))

    @extend_schema(summary="Places that belong to one today", filters=False, responses=AreaSerializer(many=True))
    @action(detail=True, filterset_class=None)
    def children(self, request: Request, pk: str) -> Response:
        page = self.paginate_queryset(self.get_queryset().filter(parent=self.get_object()).standing())
        return self.get_paginated_response(self.get_serializer(page, many=True).data)

    @extend_schema(
        summary="Every form a place has had",
        description="The oldest first, each with the boundary changes that began and ended it.",
        filters=False,
        responses=AreaVersionSerializer(many=True),
    )
    @action(detail=True, filterset_class=None, serializer_class=AreaVersionSerializer, pagination_class=OnePage)
    def history(self, request: Request, pk: str) -> Response:
        return self._answer(versions_of(self.get_object()))

    @extend_schema(
        summary="Who a place followed, and who followed it",
        description=(
            "The successions from and to this place, the oldest first. A place that gave a part away and went on has "
            "a row from itself to itself. `share` is the part of the old place that went to the new one, `share_back` "
            "the part of the new that came from the old. A place outside your areas is named, and its id is null."
        ),
        filters=False,
        responses=LineageSerializer(many=True),
    )
    @action(detail=True, filterset_class=None, serializer_class=LineageSerializer, pagination_class=OnePage)
    def successions(self, request: Request, pk: str) -> Response:
        return self._answer(successions_of(self.get_object()))

    @extend_schema(summary="Where a place stood, and when", responses=PlacementSerializer(many=True))
    @action(
        detail=True,
        filterset_class=PlacementFilter,
        serializer_class=PlacementSerializer,
        pagination_class=OnePage,
    )
    def placements(self, request: Request, pk: str) -> Response:
        area = get_object_or_404(self.get_queryset(), pk=pk)
        return self._answer(self.filter_queryset(placements_of(area)))

    def _answer(self, rows: Any) -> Response:
        page = self.paginate_queryset(rows)
        return self.get_paginated_response(self.get_serializer(page, many=True).data)
