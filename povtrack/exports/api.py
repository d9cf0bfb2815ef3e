"""Exports in the API: asked for, watched, downloaded in parts, deleted."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse, extend_schema, extend_schema_view
from rest_framework import exceptions, mixins, status
from rest_framework.decorators import action
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from povtrack.accounts.requests import user_of
from povtrack.exports import store
from povtrack.exports.actions import KeyTaken, TooMany, delete_export, make_export
from povtrack.exports.lists import ask, wanted_of
from povtrack.exports.models import Export
from povtrack.exports.rights import withheld
from povtrack.exports.serializers import ExportSerializer, NewExportSerializer
from povtrack.lib.rest.keys import KEY, one_key
from povtrack.lib.rest.making import rehearsed
from povtrack.lib.rest.paging import NewestFirst
from povtrack.lib.rest.problems import PROBLEM
from povtrack.lib.rest.ranges import send_part
from povtrack.lib.rest.refusals import Fault, Refusal
from povtrack.lib.rest.resources import Resource
from povtrack.lib.rest.schema import errors_of

_ASKED = OpenApiExample(
    "All records of a programme and year",
    value={"resource": "records/dew/?year=2010&within=1", "format": "parquet"},
    request_only=True,
)


@extend_schema_view(
    list=extend_schema(summary="Your exports, the newest first"),
    retrieve=extend_schema(summary="One export: how far it is, and what its file holds"),
    destroy=extend_schema(summary="Delete an export; one that is being made ends", responses={204: None}),
)
class ExportViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, Resource):
    """Whole lists as files that a job makes. A file holds one instant and is complete, or there is none.

    Making one only reads, so a token that may read is enough. It is yours alone, and kept for some days.
    """

    queryset = Export.objects.none()
    serializer_class = ExportSerializer
    permission_classes = (IsAuthenticated,)
    http_method_names = ["get", "head", "post", "delete"]
    filter_backends = ()
    pagination_class = NewestFirst

    def get_queryset(self) -> Any:
        if not self.request.user.is_authenticated:
            return Export.objects.none()
        return Export.objects.of(user_of(self.request))

    def get_serializer(self, *args: Any, **kwargs: Any) -> Any:
        if args and self.action in ("list", "retrieve", "create"):
            shown = args[0] if kwargs.get("many") else [args[0]]
            kwargs["context"] = {**self.get_serializer_context(), "withheld": withheld(shown, user_of(self.request))}
        return super().get_serializer(*args, **kwargs)

    @extend_schema(
        summary="Have a whole list made into a file",
        description=gettext_lazy(
            "What the list itself would refuse is refused here in the same words. Ask for the export again until its "
            "state is done or failed."
        ),
        parameters=[KEY],
        request=NewExportSerializer,
        examples=[_ASKED],
        responses={
            200: OpenApiResponse(ExportSerializer, description="Asked for again with the same key."),
            201: OpenApiResponse(ExportSerializer, description="A job makes it."),
            **errors_of(403, 409),
        },
    )
    def create(self, request: Request) -> Response:
        sent = NewExportSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        data = sent.validated_data
        wanted, by = wanted_of(data["resource"], data["format"], request.get_host()), user_of(request)
        with rehearsed() as making:
            answer = ask(wanted, by)
        if answer.status_code >= status.HTTP_400_BAD_REQUEST:
            return Response(answer.data, answer.status_code, content_type=PROBLEM)
        key = one_key(request, data.get("key"))
        try:
            export, is_new = make_export(wanted=wanted, by=by, expected=making.expected, key=key)
        except (KeyTaken, TooMany) as refused:
            code = "key_taken" if isinstance(refused, KeyTaken) else "too_many"
            raise Refusal(status.HTTP_409_CONFLICT, Fault(code, str(refused))) from refused
        export.refresh_from_db()  # a short one may be ready by now
        told = self.get_serializer(export).data
        return Response(told, status.HTTP_201_CREATED if is_new else status.HTTP_200_OK)

    def destroy(self, request: Request, pk: str) -> Response:
        delete_export(export=self.get_object(), by=user_of(request))
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(
        summary="The file of an export",
        description=gettext_lazy(
            "Its ETag is its SHA-256. With Range (and If-Range) a download that broke off goes on: 206, or 416 behind "
            "the end. 409 until it is ready."
        ),
        parameters=[
            OpenApiParameter("Range", str, OpenApiParameter.HEADER, description="bytes=1000-, for one range."),
            OpenApiParameter("If-Range", str, OpenApiParameter.HEADER, description="The ETag of what you have."),
        ],
        responses={
            (200, "application/octet-stream"): OpenApiTypes.BINARY,
            (206, "application/octet-stream"): OpenApiTypes.BINARY,
            **errors_of(403, 404, 409, 412, 416),
        },
    )
    @action(detail=True)
    def file(self, request: Request, pk: str) -> Any:
        export = self.get_object()
        if withheld([export], user_of(request)):
            words = _(
                "A right by which this was made has been withdrawn. Ask for it anew: you get what you may read now."
            )
            raise exceptions.PermissionDenied(words)
        if export.state != Export.State.DONE:
            words = export.failure or _("The file is not ready yet.")
            raise Refusal(status.HTTP_409_CONFLICT, Fault("not_ready", words))
        told = {"etag": f'"{export.sha256}"', "name": export.name, "content_type": export.content_type}
        try:
            return send_part(request, partial(store.opened, export), export.size or 0, **told)
        except OSError as gone:
            raise exceptions.NotFound(_("The file is gone. Ask for it anew.")) from gone
