"""Programmes and their records in the API. A programme that is declared appears here by itself."""

from __future__ import annotations

from typing import Any, ClassVar

from django.utils.text import format_lazy
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import exceptions, mixins
from rest_framework.request import Request
from rest_framework.response import Response

from povtrack.accounts.labels import label_sql, people
from povtrack.lib.moments import BadMoment
from povtrack.lib.rest.etags import VERSION_SEEN
from povtrack.lib.rest.keys import KEY
from povtrack.lib.rest.lists import TableResource
from povtrack.lib.rest.paging import OnePage
from povtrack.lib.rest.resources import Resource
from povtrack.lib.rest.schema import errors_of
from povtrack.lib.rest.table import Column, kind_of
from programmes.as_known import records_as_known, scope_as_known
from programmes.filters import record_filter
from programmes.models import Record
from programmes.record_writing import RecordWriting, told
from programmes.registry import find_programme, programmes
from programmes.review_api import ReviewActions
from programmes.serializers import ProgrammeSerializer, figure_field
from programmes.written_serializers import RecordSerializers, record_serializers
from villages.filters import in_readers_areas
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


_BESIDE = ("area", "entered_by")  # what one record is shown with; lists read columns of these


class RecordViewSet(RecordWriting, ReviewActions, mixins.RetrieveModelMixin, TableResource):
    """The records of one programme. Writes go the way of the grid: same rules, same words, same optimistic locking."""

    model: ClassVar[type[Record]]
    serializers: ClassVar[RecordSerializers]

    @classmethod
    def list_serializer(cls) -> Any:
        return cls.serializers.read

    def get_queryset(self) -> Any:
        records = self.model.objects.all() if self.action == "list" else self.model.objects.select_related(*_BESIDE)
        return in_readers_areas(records, self.request)

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

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return told(super().retrieve(request, *args, **kwargs))


_ORDERINGS = {name: name for name in ("id", "year", "breakdown", "state", "entered_at", "approved_at")} | {
    "area": "area_id",
    "area_code": "area__code",
}


def _figure_columns(model: type[Record]) -> dict[str, Column]:
    columns = {}
    for measure in model.measures():
        label = format_lazy("{label} ({unit})", label=measure.verbose_name, unit=measure.unit_word)
        kind, unit = kind_of(figure_field(measure)), measure.unit_word
        columns[measure.name] = Column(measure.name, (measure.name,), kind, label=label, unit=unit)
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
    changed = {**written, **errors_of(412, 428)}
    return extend_schema_view(
        list=extend_schema(summary=f"{model.label}: records"),
        retrieve=extend_schema(summary=f"{model.label}: one record"),
        create=extend_schema(
            summary=f"{model.label}: report for a place", parameters=[KEY], responses={201: made.read, **written}
        ),
        partial_update=extend_schema(
            summary=f"{model.label}: change a record", parameters=[KEY, VERSION_SEEN], responses=changed
        ),
        bulk=extend_schema(
            summary=f"{model.label}: save many rows, each answered for itself",
            parameters=[KEY],
            responses={200: made.results, **errors_of(403, 409)},
        ),
    )(viewset)
