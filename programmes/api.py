"""Programmes and their records in the API. A programme that is declared appears here by itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import exceptions, mixins, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.settings import api_settings

from povtrack.accounts.labels import label_sql, people
from povtrack.accounts.models import User
from povtrack.lib.moments import BadMoment
from povtrack.lib.rest.lists import TableResource
from povtrack.lib.rest.paging import OnePage
from povtrack.lib.rest.refusals import Fault, Refusal
from povtrack.lib.rest.resources import Resource
from povtrack.lib.rest.schema import errors_of
from povtrack.lib.rest.table import Column, kind_of
from programmes.actions import IncomingRow, Refused, RowResult, save_rows
from programmes.as_known import records_as_known, scope_as_known
from programmes.filters import record_filter
from programmes.models import Record
from programmes.registry import find_programme, programmes
from programmes.review_api import ReviewActions
from programmes.serializers import ProgrammeSerializer, RecordSerializers, figure_field, record_serializers
from villages.filters import visible_areas
from villages.including import place


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


class RecordViewSet(ReviewActions, mixins.RetrieveModelMixin, TableResource):
    """The records of one programme. Writes go the way of the grid: same rules, same words, same optimistic locking."""

    model: ClassVar[type[Record]]
    serializers: ClassVar[RecordSerializers]

    @classmethod
    def list_serializer(cls) -> Any:
        return cls.serializers.read

    def get_queryset(self) -> Any:
        records = self.model.objects.select_related("area", "entered_by")
        return records.filter(area__in=visible_areas(self.request))

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Any:
        """The records as they are, or as they were known at the moment that `as_of` names."""
        if not request.query_params.get("as_of"):
            return super().list(request, *args, **kwargs)
        # Everything else that is wrong with the request is told first.
        self.filter_queryset(self.get_queryset())
        try:
            as_of, scope = scope_as_known(self.model, request)
        except BadMoment as bad:
            raise exceptions.ValidationError({"as_of": [str(bad)]}) from bad
        with records_as_known(self.model, as_of.moment, **scope):
            response = super().list(request, *args, **kwargs)
        response["Povtrack-As-Of"] = str(as_of)
        return response

    def get_serializer_class(self) -> Any:
        kinds = {
            "create": self.serializers.create,
            "partial_update": self.serializers.change,
            "bulk": self.serializers.bulk,
        }
        return {**kinds, **self.step_serializers}.get(self.action, self.serializers.read)

    def create(self, request: Request) -> Response:
        data = self._checked(request)
        return self._save(data["year"], _incoming(data, data["area"], nil=False))

    def partial_update(self, request: Request, pk: str) -> Response:
        record, data = self.get_object(), self._checked(request)
        return self._save(
            record.year, _incoming({**data, "breakdown": record.breakdown}, record.area_id, nil=record.nil)
        )

    @action(detail=False, methods=["post"])
    def bulk(self, request: Request) -> Response:
        data = self._checked(request)
        results = self._save_rows(data["year"], [_incoming(row, row["area"], nil=False) for row in data["rows"]])
        return Response(self.serializers.results({"rows": results}).data)

    def _checked(self, request: Request) -> dict[str, Any]:
        serializer = self.get_serializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        return dict(serializer.validated_data)

    def _save_rows(self, year: int, rows: Sequence[IncomingRow]) -> Sequence[RowResult]:
        assert isinstance(self.request.user, User)
        try:
            return save_rows(self.model, year=year, rows=rows, by=self.request.user)
        except Refused as refused:
            raise exceptions.PermissionDenied(str(refused)) from refused

    def _save(self, year: int, row: IncomingRow) -> Response:
        """Save one row and answer with what now stands, or with what is wrong."""
        [result] = self._save_rows(year, [row])
        if result.status == "refused":
            raise exceptions.ValidationError(_problems(result))
        if result.version == 0:
            empty = _("No figure was entered. If there is nothing to report, say so.")
            raise exceptions.ValidationError({api_settings.NON_FIELD_ERRORS_KEY: [empty]})
        records = self.model.objects.select_related("area", "entered_by")
        standing = self.serializers.read(records.get(area=row.area, year=year, breakdown=row.breakdown)).data
        if result.status in ("conflict", "locked"):
            raise _conflict(result, standing)
        first = result.status == "saved" and result.version == 1
        return Response(standing, status=status.HTTP_201_CREATED if first else status.HTTP_200_OK)


_ORDERINGS = {name: name for name in ("id", "year", "breakdown", "state", "entered_at", "approved_at")} | {
    "area": "area_id",
    "area_code": "area__code",
}
_NO_FIGURES = frozenset(("area", "year", "version", "nil", "breakdown", "key"))


def _problems(result: RowResult) -> dict[str, list[str]]:
    problems: dict[str, list[str]] = {}
    for error in result.errors:
        problems.setdefault(error.field or api_settings.NON_FIELD_ERRORS_KEY, []).append(error.message)
    return problems


def _conflict(result: RowResult, standing: Any) -> Refusal:
    """Return the answer to a write that would overwrite what its author has not seen."""
    words = {
        "conflict": _("%(by)s changed this record meanwhile; it is now version %(version)s. Nothing was saved."),
        "locked": _("This record is approved and can't be changed. Nothing was saved."),
    }
    detail = words[result.status] % {"by": result.by, "version": result.version}
    return Refusal(status.HTTP_409_CONFLICT, Fault(result.status, detail, "version"), theirs=standing)


def _incoming(data: dict[str, Any], area: int, *, nil: bool) -> IncomingRow:
    """Return the row to save. `nil` is what holds when the sender said nothing of it: figures end a nil return."""
    typed = {name: value or "" for name, value in data.items() if name not in _NO_FIGURES}
    is_nil = data.get("nil", nil and not any(typed.values()))
    return IncomingRow(area, data.get("version", 0), is_nil, typed, data.get("breakdown", ""), data.get("key"))


def _figure_columns(model: type[Record]) -> dict[str, Column]:
    columns = {}
    for measure in model.measures():
        label = format_lazy("{label} ({unit})", label=measure.verbose_name, unit=measure.unit_word)
        columns[measure.name] = Column(measure.name, (measure.name,), kind_of(figure_field(measure)), label=label)
    return columns


def record_viewset(model: type[Record]) -> type[RecordViewSet]:
    """Return the endpoint of a programme's records."""
    made = record_serializers(model)
    attrs = {
        "__doc__": RecordViewSet.__doc__,
        "__module__": __name__,
        "model": model,
        "queryset": model.objects.none(),
        "serializers": made,
        "filterset_class": record_filter(model),
        "orderings": {**_ORDERINGS, **{measure.name: measure.name for measure in model.measures()}},
        "table_name": model.code,
        "own_columns": {"entered_by": label_sql("entered_by"), **_figure_columns(model)},
        "includes": {"place": place(), "people": people("entered", "submitted", "confirmed", "approved")},
    }
    viewset = type(f"{model.__name__}ViewSet", (RecordViewSet,), attrs)
    written = {200: made.read, **errors_of(403, 409)}
    return extend_schema_view(
        list=extend_schema(summary=f"{model.label}: records"),
        retrieve=extend_schema(summary=f"{model.label}: one record"),
        create=extend_schema(summary=f"{model.label}: report for a place", responses={201: made.read, **written}),
        partial_update=extend_schema(summary=f"{model.label}: change a record", responses=written),
        bulk=extend_schema(
            summary=f"{model.label}: save many rows, each answered for itself",
            responses={200: made.results, **errors_of(403)},
        ),
    )(viewset)
