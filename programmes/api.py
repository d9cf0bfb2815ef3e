"""Programmes and their records in the API. A programme that is declared appears here by itself."""

from __future__ import annotations

from typing import Any, ClassVar, NoReturn

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import exceptions, mixins, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from povtrack.accounts.models import User
from povtrack.lib.api import OnePage, Resource
from programmes.actions import IncomingRow, Refused, RowResult, save_rows
from programmes.filters import record_filter
from programmes.models import Record
from programmes.registry import find_programme, programmes
from programmes.serializers import ProgrammeSerializer, RecordSerializers, record_serializers


@extend_schema_view(
    list=extend_schema(summary="The programmes"),
    retrieve=extend_schema(summary="One programme, its measures, rates and rules"),
)
class ProgrammeViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, Resource):
    """Programmes are declared in the code, so they are the same for everyone who signs in."""

    serializer_class = ProgrammeSerializer
    pagination_class = OnePage
    filter_backends = ()
    lookup_field = "code"
    lookup_value_regex = "[a-z0-9-]+"

    def get_queryset(self) -> Any:
        return programmes()

    def get_object(self) -> type[Record]:
        model = find_programme(self.kwargs["code"])
        if model is None:
            raise exceptions.NotFound
        return model


class RecordViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, Resource):
    """The records of one programme. Writes go the way of the grid: same rules, same words, same optimistic locking."""

    model: ClassVar[type[Record]]
    serializers: ClassVar[RecordSerializers]

    def get_queryset(self) -> Any:
        if not self.request or not isinstance(self.request.user, User):
            return self.model.objects.none()
        return self.model.objects.visible_to(self.request.user).select_related("area", "entered_by")

    def get_serializer_class(self) -> Any:
        kinds = {"create": self.serializers.create, "partial_update": self.serializers.change, "bulk": self.serializers.bulk}
        return kinds.get(self.action, self.serializers.read)

    def create(self, request: Request) -> Response:
        data = self._checked(request)
        self._save(data["year"], _incoming(data, data["area"], nil=False))
        return Response(self._read(data["area"], data["year"]), status=status.HTTP_201_CREATED)

    def partial_update(self, request: Request, pk: str) -> Response:
        record, data = self.get_object(), self._checked(request)
        self._save(record.year, _incoming(data, record.area_id, nil=record.nil))
        return Response(self._read(record.area_id, record.year))

    @action(detail=False, methods=["post"])
    def bulk(self, request: Request) -> Response:
        data = self._checked(request)
        results = self._save_rows(data["year"], [_incoming(row, row["area"], nil=False) for row in data["rows"]])
        return Response(self.serializers.results({"rows": results}).data)

    def _checked(self, request: Request) -> dict[str, Any]:
        serializer = self.get_serializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        unknown = set(serializer.initial_data) - set(serializer.fields)
        if unknown:
            raise exceptions.ValidationError({name: [_("There is no such field.")] for name in sorted(unknown)})
        return dict(serializer.validated_data)

    def _save_rows(self, year: int, rows: list[IncomingRow]) -> list[RowResult]:
        assert isinstance(self.request.user, User)
        try:
            return save_rows(self.model, year=year, rows=rows, by=self.request.user)
        except Refused as refused:
            raise exceptions.PermissionDenied(str(refused)) from refused

    def _save(self, year: int, row: IncomingRow) -> None:
        """Save one row, or raise what is wrong with it."""
        [result] = self._save_rows(year, [row])
        if result.status == "refused":
            problems: dict[str, list[str]] = {}
            for error in result.errors:
                problems.setdefault(error.field or "non_field_errors", []).append(error.message)
            raise exceptions.ValidationError(problems)
        if result.status in ("conflict", "locked"):
            raise Conflict(result, self._read(row.area, year))

    def _read(self, area: int, year: int) -> Any:
        return self.serializers.read(self.model.objects.select_related("area", "entered_by").get(area=area, year=year)).data


def _incoming(data: dict[str, Any], area: int, *, nil: bool) -> IncomingRow:
    typed = {name: value or "" for name, value in data.items() if name not in ("area", "year", "version", "nil")}
    return IncomingRow(area, data["version"], data.get("nil", nil), typed)
