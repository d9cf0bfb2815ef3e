"""Partners, pairings, their yearly reports and foreign projects in the API, to read and to write."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar, TypeVar

from django.db.models import Prefetch
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiResponse, extend_schema, extend_schema_view
from rest_framework import mixins, serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from funding import partner_incoming as incoming
from funding import partner_serializers as shapes
from funding.actions import (
    Covered,
    Overtaken,
    add_partner,
    add_project,
    book_to_project,
    change_pairing,
    change_partner,
    change_project,
    pair,
    remove_pairing,
    save_pairing_report,
)
from funding.answers import LedgerResource, status_of
from funding.models import FIGURES, ForeignProject, Pairing, PairingReport, Partner, ProjectCounty
from funding.partner_filters import ForeignProjectFilter, PairingFilter, PairingReportFilter, PartnerFilter
from povtrack.accounts.models import User
from povtrack.lib.rest.refusals import Fault, Refusal
from povtrack.lib.rest.schema import errors_of
from villages.filters import readers_paths, visible_areas

F = TypeVar("F", bound=Callable[..., Any])


def _writes(summary: str, made: Any, description: str = "", *, creates: bool = False) -> Callable[[F], F]:
    """Describe an endpoint that writes."""
    answers: dict[int, Any] = {
        200: OpenApiResponse(made, description="It stands so."),
        **errors_of(403, 409),
    }
    if creates:
        answers[201] = OpenApiResponse(made, description="Written.")
    described: Callable[[F], F] = extend_schema(summary=summary, description=description or None, responses=answers)
    return described


class KeptResource(mixins.ListModelMixin, mixins.RetrieveModelMixin, LedgerResource):
    """What these endpoints have in common: a change names the version that its author saw."""

    taken: ClassVar[dict[str, Any]] = {}  # what each action takes, by its name
    shown: ClassVar[Any]

    def get_serializer_class(self) -> Any:
        return self.taken.get(self.action, self.shown)

    def get_serializer_context(self) -> dict[str, Any]:
        return {**super().get_serializer_context(), "paths": readers_paths(self.request)}

    def sent(self, request: Request) -> dict[str, Any]:
        """Return the fields that were sent; raises ValidationError."""
        serializer = self.get_serializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        return dict(serializer.validated_data)

    def written(self, made: Any) -> Any:
        """Return a row as it now stands, in the shape of the list."""
        return self.shown(self.get_queryset().get(pk=made.pk), context=self.get_serializer_context()).data

    def handle_exception(self, exc: Exception) -> Response:
        if isinstance(exc, Overtaken):
            theirs = self.written(exc.theirs) if exc.theirs is not None else None
            exc = Refusal(status.HTTP_409_CONFLICT, Fault(exc.code, str(exc), "version"), theirs=theirs)
        return super().handle_exception(exc)


@extend_schema_view(list=extend_schema(summary="Partners"), retrieve=extend_schema(summary="One partner"))
class PartnerViewSet(KeptResource):
    """Who helps poor areas: the same for everyone who signs in. Kept by those who enter funds, or manage, for all."""

    queryset = Partner.objects.select_related("area").order_by("pk")
    filterset_class = PartnerFilter
    shown = shapes.PartnerSerializer
    taken: ClassVar = {"create": incoming.PartnerInSerializer, "partial_update": incoming.PartnerChangeSerializer}

    @_writes("Add a partner", shapes.PartnerSerializer, creates=True)
    def create(self, request: Request) -> Response:
        made = add_partner(by=self.by, **self.sent(request))
        return Response(self.written(made), status=status_of(made))

    @_writes("Change a partner", shapes.PartnerSerializer)
    def partial_update(self, request: Request, pk: str) -> Response:
        return Response(self.written(change_partner(self.get_object(), by=self.by, **self.sent(request))))


@extend_schema_view(
    list=extend_schema(summary="Pairings: which partner helps which area, since when"),
    retrieve=extend_schema(summary="One pairing"),
)
class PairingViewSet(KeptResource):
    """The pairings of your areas. Entered by whoever keeps the funds of the helped area."""

    queryset = Pairing.objects.none()
    filterset_class = PairingFilter
    shown = shapes.PairingSerializer
    taken: ClassVar = {
        "create": incoming.PairingInSerializer,
        "partial_update": incoming.PairingChangeSerializer,
        "remove": incoming.SeenSerializer,
    }

    def get_queryset(self) -> Any:
        found = Pairing.objects.filter(area__in=visible_areas(self.request))
        return found.select_related("partner", "area", "entered_by")

    @_writes("Enter a pairing", shapes.PairingSerializer, creates=True)
    def create(self, request: Request) -> Response:
        data = self.sent(request)
        made = pair(data.pop("partner"), by=self.by, **data)
        return Response(self.written(made), status=status_of(made))

    @_writes("End a pairing, or put it right", shapes.PairingSerializer)
    def partial_update(self, request: Request, pk: str) -> Response:
        return Response(self.written(change_pairing(self.get_object(), by=self.by, **self.sent(request))))

    @extend_schema(
        summary="Remove a pairing that was entered by mistake",
        description="Only while nothing was reported of it. That it was there stays in the history.",
        responses={204: None, **errors_of(403, 409)},
    )
    @action(detail=True, methods=["post"])
    def remove(self, request: Request, pk: str) -> Response:
        remove_pairing(self.get_object(), by=self.by, **self.sent(request))
        return Response(status=status.HTTP_204_NO_CONTENT)


@extend_schema_view(
    list=extend_schema(summary="What came of pairings, by year"), retrieve=extend_schema(summary="One yearly report")
)
class PairingReportViewSet(KeptResource):
    """The yearly reports on pairings of your areas. Same rules and words as on the page."""

    queryset = PairingReport.objects.none()
    filterset_class = PairingReportFilter
    shown = shapes.PairingReportSerializer
    taken: ClassVar = {"create": incoming.ReportInSerializer, "partial_update": incoming.ReportChangeSerializer}

    def get_queryset(self) -> Any:
        found = PairingReport.objects.filter(pairing__area__in=visible_areas(self.request))
        return found.select_related("pairing", "entered_by")

    @_writes(
        "Report what came of a pairing in a year",
        shapes.PairingReportSerializer,
        "What is sent again as it stands is not written again.",
        creates=True,
    )
    def create(self, request: Request) -> Response:
        data = self.sent(request)
        areas = visible_areas(request)
        found = Pairing.objects.filter(area__in=areas, pk=data.pop("pairing")).select_related("area").first()
        if found is None:
            raise serializers.ValidationError({"pairing": [_("There is no such pairing among yours.")]})
        return self._save(found, data.pop("year"), data)

    @_writes("Change a yearly report", shapes.PairingReportSerializer)
    def partial_update(self, request: Request, pk: str) -> Response:
        report, data = self.get_object(), self.sent(request)
        return self._save(Pairing.objects.select_related("area").get(pk=report.pairing_id), report.year, data)

    def _save(self, found: Pairing, year: int, data: dict[str, Any]) -> Response:
        values = {name: data[name] or "" for name in FIGURES if name in data}
        words = {"version": data["version"], "note": data.get("note"), "values": values}
        made = save_pairing_report(found, year=year, by=self.by, **words)
        return Response(self.written(made), status=status_of(made))


@extend_schema_view(
    list=extend_schema(summary="Foreign-funded projects"),
    retrieve=extend_schema(
        summary="One foreign-funded project, with its counties", responses=shapes.ForeignProjectDetailSerializer
    ),
)
class ForeignProjectViewSet(KeptResource):
    """The projects with foreign money that cover a county of yours. Kept by those who keep the partners."""

    queryset = ForeignProject.objects.none()
    filterset_class = ForeignProjectFilter
    shown = shapes.ForeignProjectSerializer
    taken: ClassVar = {
        "create": incoming.ProjectInSerializer,
        "partial_update": incoming.ProjectChangeSerializer,
        "book": incoming.BookInSerializer,
        "retrieve": shapes.ForeignProjectDetailSerializer,
    }

    def get_queryset(self) -> Any:
        if not isinstance(self.request.user, User):
            return ForeignProject.objects.none()
        found = ForeignProject.objects.visible_to(self.request.user).select_related("donor", "entered_by")
        if self.action != "retrieve":
            return found
        own = ProjectCounty.objects.filter(area__in=visible_areas(self.request)).select_related("area").order_by("pk")
        return found.prefetch_related(Prefetch("counties", own, to_attr="shown_counties"))

    @_writes("Add a project", shapes.ForeignProjectSerializer, creates=True)
    def create(self, request: Request) -> Response:
        data = self.sent(request)
        made = add_project(by=self.by, counties=_covered(data.pop("counties", [])), **data)
        return Response(self.written(made), status=status_of(made))

    @_writes("Change a project", shapes.ForeignProjectSerializer)
    def partial_update(self, request: Request, pk: str) -> Response:
        data = self.sent(request)
        if "counties" in data:
            data["counties"] = _covered(data["counties"])
        return Response(self.written(change_project(self.get_object(), by=self.by, **data)))

    @extend_schema(
        summary="Say that an allocation from outside is money of a project",
        description="For whoever keeps the funds of the area that has it. Once and for good.",
        responses={200: shapes.BookedSerializer(many=True), **errors_of(403)},
    )
    @action(detail=True, methods=["post"])
    def book(self, request: Request, pk: str) -> Response:
        project = self.get_object()
        book_to_project(self.sent(request)["allocation"], project=project, by=self.by)
        own = project.allocations.filter(allocation__area__in=visible_areas(request)).select_related("allocation")
        return Response(shapes.BookedSerializer(own.order_by("pk"), many=True).data)


def _covered(rows: list[dict[str, Any]]) -> list[Covered]:
    return [Covered(row["area"], row.get("since"), row.get("until")) for row in rows]
