"""Boundary changes in the API: what was applied and what was reverted, the newest first."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiExample, extend_schema, extend_schema_view
from rest_framework import exceptions, mixins
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param

from povtrack.lib.rest.paging import CursorPagination
from povtrack.lib.rest.resources import Resource
from villages.filters import ChangeFilter, readers_paths
from villages.lineage import changes_seen, follows_seen, parts_seen, with_details
from villages.marks import Mark
from villages.models import BoundaryChange
from villages.serializers import ChangedAreaSerializer, ChangeSerializer, SuccessionSerializer

_EXAMPLE = {
    "id": 417,
    "url": "https://povtrack.example/api/v1/boundary-changes/417/",
    "mark": "1763712345678901-417",
    "kind": "split",
    "state": "applied",
    "effective": "2012-03-01",
    "day_known": True,
    "approved_on": "2012-01-15",
    "document_no": "民函〔2012〕15号",
    "document_url": "",
    "title": "",
    "note": "",
    "applied_at": "2026-11-21T16:05:45.678901+08:00",
    "reverted_at": None,
    "areas_count": 1,
    "areas": [
        {
            "id": 9001,
            "area": {
                "id": 52,
                "level": 3,
                "code": "520521",
                "name": "大方县",
                "name_latin": "Dafang County",
                "ended_on": None,
            },
            "level": 3,
            "before": {"code": "522422", "name": "大方县", "name_latin": "Dafang County", "parent": None},
            "after": {"code": "520521", "name": "大方县", "name_latin": "Dafang County", "parent": None},
        }
    ],
    "successions_count": 0,
    "successions": [],
}


class FeedPagination(CursorPagination):
    """Pages by the mark of the last row, from the newest on. There is no way back: what is newer has `since`."""

    def parameters(self, view: Any) -> list[str]:
        return ["cursor", "page_size"]

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> list[Any]:
        self._request, size = request, self.get_page_size(request)
        cursor = request.query_params.get(self.cursor_query_param)
        mark = Mark.read(cursor) if cursor else None
        if cursor and mark is None:
            raise exceptions.ValidationError(
                {"cursor": [_("The cursor is not valid. Follow the link “next” as it is.")]}
            )
        rows = list((mark.older(queryset) if mark else queryset).order_by("-moment", "-pk")[: size + 1])
        self._more, self._rows = len(rows) > size, rows[:size]
        return self._rows

    def get_next_link(self) -> str | None:
        if not self._more:
            return None
        here = self._request.build_absolute_uri()
        return replace_query_param(here, self.cursor_query_param, str(Mark.of(self._rows[-1])))

    def get_previous_link(self) -> str | None:
        return None


@extend_schema_view(
    list=extend_schema(
        summary="The feed of boundary changes",
        description=(
            "What was applied to the registry, the newest first, by the moment at which it was applied or, if it was "
            "taken back, reverted: a change that you know comes again then, as reverted. To keep up, ask with "
            "`since` = the `mark` of the first row that you saw last time, and follow `next` to the end.\n\n"
            "You see the changes that touch a place in your areas, and of each what concerns these places. Places "
            "elsewhere are named where yours came from them or went to them; their id is null."
        ),
        examples=[OpenApiExample("A county recoded", value=_EXAMPLE, response_only=True)],
    ),
    retrieve=extend_schema(
        summary="One boundary change", examples=[OpenApiExample("A county recoded", value=_EXAMPLE, response_only=True)]
    ),
)
class ChangeViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, Resource):
    queryset = BoundaryChange.objects.none()
    serializer_class = ChangeSerializer
    filterset_class = ChangeFilter
    pagination_class = FeedPagination
    list_actions = ("list", "areas", "successions")

    def get_queryset(self) -> QuerySet[BoundaryChange]:
        paths = readers_paths(self.request)
        changes = changes_seen(paths)
        return with_details(changes, paths) if self.action in ("list", "retrieve") else changes

    def get_serializer_context(self) -> dict[str, Any]:
        return {**super().get_serializer_context(), "paths": readers_paths(self.request)}

    @extend_schema(summary="All places of a boundary change", filters=False, responses=ChangedAreaSerializer(many=True))
    @action(
        detail=True, filterset_class=None, serializer_class=ChangedAreaSerializer, pagination_class=CursorPagination
    )
    def areas(self, request: Request, pk: str) -> Response:
        return self._part(parts_seen(readers_paths(request)))

    @extend_schema(
        summary="All successions of a boundary change", filters=False, responses=SuccessionSerializer(many=True)
    )
    @action(detail=True, filterset_class=None, serializer_class=SuccessionSerializer, pagination_class=CursorPagination)
    def successions(self, request: Request, pk: str) -> Response:
        return self._part(follows_seen(readers_paths(request)))

    def _part(self, rows: Any) -> Response:
        change = self.get_queryset().filter(pk=self.kwargs["pk"]).first()
        if change is None:
            raise exceptions.NotFound
        page = self.paginate_queryset(rows.filter(change=change))
        return self.get_paginated_response(self.get_serializer(page, many=True).data)
