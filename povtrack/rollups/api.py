"""Roll-ups in the API: totals that add up, and how fresh they are."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db.models import Q
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import mixins
from rest_framework.request import Request
from rest_framework.response import Response

from povtrack.accounts.models import User
from povtrack.accounts.roles import Ability
from povtrack.lib.api import CursorPagination
from povtrack.lib.resources import Resource
from povtrack.rollups.filters import rollup_filter
from povtrack.rollups.serializers import rollup_serializer
from programmes.models import DirtyCell, Record
from villages.filters import visible_areas
from villages.models import Area

_FRESHNESS = {
    "type": "object",
    "description": "How far these totals are behind the records.",
    "required": ["pending_changes", "computed_at"],
    "properties": {
        "pending_changes": {
            "type": "integer",
            "description": "Edits in the areas and years asked for that wait to be counted in.",
        },
        "computed_at": {
            "type": "string",
            "format": "date-time",
            "nullable": True,
            "description": "When the oldest row of this page was computed.",
        },
    },
}


class RollupPagination(CursorPagination):
    """A recompute gives rows new keys, so pages follow the grain, which stays."""

    ordering = ("area_id", "year", "basis")

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        paged: dict[str, Any] = super().get_paginated_response_schema(schema)
        paged["properties"] = {"freshness": _FRESHNESS, **paged["properties"]}
        paged["required"] = ["freshness", *paged.get("required", [])]
        return paged


class RollupViewSet(mixins.ListModelMixin, Resource):
    """The totals of one programme, one row an area (township and up), year and basis."""

    model: ClassVar[type[Record]]
    pagination_class = RollupPagination

    def get_queryset(self) -> Any:
        rows = self.model.rollup.objects.select_related("area")
        return rows.filter(area__in=visible_areas(self.request))

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        queryset = self.filter_queryset(self.get_queryset())
        # Asked before the rows are read: then a recompute in between can only make them fresher than they claim.
        pending = self._pending_changes(request)
        page = self.paginate_queryset(queryset) or []
        freshness = {"pending_changes": pending, "computed_at": min((row.computed_at for row in page), default=None)}
        response = self.get_paginated_response(self.get_serializer(page, many=True).data)
        response.data = {"freshness": freshness, **response.data}
        return response

    def _pending_changes(self, request: Request) -> int:
        """Count the edits that wait to be counted in, of the years and areas that were asked for."""
        assert isinstance(request.user, User)
        asked = {
            name: request.query_params.get(name)
            for name in ("area", "parent", "within", "year", "year_min", "year_max")
        }
        named = [int(asked[name]) for name in ("area", "parent", "within") if asked[name]]  # type: ignore[arg-type]
        areas = Area.objects.filter(pk__in=named or request.user.area_ids(Ability.READ)).only("path")
        places = Q(pk__in=[])
        for area in areas.exclude(path=""):
            places |= Q(county__path__startswith=area.path) | Q(county__in=area.ancestor_ids)
        bounds = {"year": asked["year"], "year__gte": asked["year_min"], "year__lte": asked["year_max"]}
        years = {lookup: int(value) for lookup, value in bounds.items() if value}
        return DirtyCell.objects.filter(places, programme=self.model.code, **years).count()


def rollup_viewset(model: type[Record]) -> type[RollupViewSet]:
    """Return the endpoint of a programme's roll-ups."""
    attrs = {
        "__doc__": RollupViewSet.__doc__,
        "__module__": __name__,
        "model": model,
        "queryset": model.rollup.objects.none(),
        "serializer_class": rollup_serializer(model),
        "filterset_class": rollup_filter(model),
    }
    viewset = type(f"{model.rollup.__name__}ViewSet", (RollupViewSet,), attrs)
    return extend_schema_view(list=extend_schema(summary=f"{model.label}: totals"))(viewset)
