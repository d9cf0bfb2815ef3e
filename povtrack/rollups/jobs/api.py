"""Background jobs in the API, for those who manage the whole country: what runs, what failed, and what mends it."""

from __future__ import annotations

from typing import Any, ClassVar

import django_filters
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema, extend_schema_field, extend_schema_view
from rest_framework import exceptions, mixins, serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from povtrack.accounts.grants import manages_everything
from povtrack.accounts.labels import label_sql
from povtrack.accounts.requests import user_of
from povtrack.lib.rest.lists import TableResource
from povtrack.lib.rest.paging import NewestFirst
from povtrack.lib.rest.refusals import Fault, Refusal
from povtrack.lib.rest.schema import errors_of
from povtrack.lib.rest.table import Column
from povtrack.rollups.jobs import actions
from povtrack.rollups.jobs.kinds import kind_of
from povtrack.rollups.models import Job
from programmes.actions import Refused

STOPPED = (Job.State.FAILED, Job.State.LOST, Job.State.RETRIED)


class JobSerializer(serializers.ModelSerializer[Job]):
    """One background job. Of jobs that run all the time, those that went well are one row an hour (`runs`)."""

    kind = serializers.CharField(help_text=_("The name of its task."))
    label = serializers.SerializerMethodField(  # type: ignore[assignment]
        help_text=_("What it does, in words.")
    )
    worker = serializers.CharField(help_text=_("The process that does it, or did."))
    amount = serializers.IntegerField(
        allow_null=True, help_text=_("What it says that it did: edits counted in, rows written, differences found.")
    )
    error = serializers.CharField(help_text=_("What went wrong, in the words of the machine."))
    by = serializers.CharField(
        source="by.label", allow_null=True, default=None, help_text=_("Who ended it, or had it done again.")
    )

    class Meta:
        model = Job
        fields = (
            "id", "name", "kind", "label", "state", "started_at", "ended_at", "worker", "runs", "retries", "amount",
            "error", "by",
        )  # fmt: skip

    def get_label(self, job: Job) -> str:
        return str(kind_of(job.kind).label)


class JobFilter(django_filters.FilterSet):  # type: ignore[misc]
    state = django_filters.ChoiceFilter(
        method="keep_state",
        choices=[*Job.State.choices, ("stopped", _("Failed, lost or to be tried again"))],
        label=_("State; stopped: all that may need you"),
    )
    kind = django_filters.CharFilter(max_length=100, label=_("Name of the task"))
    started_since = django_filters.IsoDateTimeFilter(
        field_name="started_at", lookup_expr="gte", label=_("Started at this moment or later")
    )

    class Meta:
        model = Job
        fields: list[str] = []

    @extend_schema_field(OpenApiTypes.STR)
    def keep_state(self, queryset: Any, name: str, value: str) -> Any:
        return queryset.filter(state__in=STOPPED if value == "stopped" else [value])


_DONE = {200: JobSerializer, **errors_of(409)}


@extend_schema_view(
    list=extend_schema(
        summary="Background jobs, the newest first", responses={200: JobSerializer(many=True), **errors_of(404)}
    ),
    retrieve=extend_schema(summary="One background job"),
)
class JobViewSet(mixins.RetrieveModelMixin, TableResource):
    """For those who manage the whole country. All others are answered 404."""

    queryset = Job.objects.none()
    serializer_class = JobSerializer
    filterset_class = JobFilter
    pagination_class = NewestFirst
    http_method_names = ["get", "head", "post"]
    own_columns: ClassVar = {
        "label": Column("", ("kind",), make=lambda kind: str(kind_of(kind).label)),
        "by": label_sql("by"),
    }
    orderings: ClassVar = {name: name for name in ("id", "kind", "state", "started_at", "ended_at")}
    table_name = "jobs"

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if not manages_everything(user_of(request)):
            raise exceptions.NotFound

    def get_queryset(self) -> Any:
        return Job.objects.select_related("by")

    @extend_schema(summary="Do a job again that stopped", request=None, responses=_DONE)
    @action(detail=True, methods=["post"])
    def again(self, request: Request, pk: str) -> Response:
        """Every job may be done again without harm."""
        return self._done(actions.do_again)

    @extend_schema(summary="End a job that runs, or that nobody needs any more", request=None, responses=_DONE)
    @action(detail=True, methods=["post"])
    def end(self, request: Request, pk: str) -> Response:
        """What it had not finished is left undone."""
        return self._done(actions.end)

    def _done(self, act: Any) -> Response:
        job = self.get_object()
        try:
            act(job=job, by=user_of(self.request))
        except Refused as refused:
            raise Refusal(status.HTTP_409_CONFLICT, Fault("refused", str(refused))) from refused
        return Response(self.get_serializer(self.get_object()).data)
