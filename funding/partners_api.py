"""Partners, pairings, their yearly reports and foreign projects in the API, to read and to write."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar, TypeVar

from django.db.models import Prefetch
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import OpenApiResponse, extend_schema, extend_schema_view
from drf_standardized_errors.openapi_serializers import ErrorResponse403Serializer
from rest_framework import mixins, serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from funding import partner_serializers as shapes
from funding.actions import (
    Covered,
    Overtaken,
    add_partner,
    add_project,
    change_pairing,
    change_partner,
    change_project,
    pair,
    remove_pairing,
    save_pairing_report,
)
from funding.answers import LedgerResource, status_of
from funding.models import FIGURES, ForeignProject, Pairing, PairingReport, Partner, ProjectCounty, Scheme, kinds_of
from funding.partner_filters import ForeignProjectFilter, PairingFilter, PairingReportFilter, PartnerFilter
from funding.partner_totals import by_kind, by_part, by_year
from povtrack.accounts.models import User
from povtrack.lib.resources import Resource
from povtrack.lib.years import FIRST_YEAR, LAST_YEAR
from programmes.serializers import KEY_MAX
from villages.filters import readers_paths, visible_areas
from villages.models import Area

F = TypeVar("F", bound=Callable[..., Any])


def _writes(
    summary: str, made: Any, conflict: Any, description: str = "", *, creates: bool = False
) -> Callable[[F], F]:
    """Describe an endpoint that writes."""
    answers: dict[int, Any] = {
        200: OpenApiResponse(made, description="It stands so."),
        403: OpenApiResponse(ErrorResponse403Serializer, description="It is not yours to keep."),
        409: OpenApiResponse(conflict, description="Someone else changed it meanwhile. Nothing was written."),
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
            error = {"code": exc.code, "detail": str(exc), "attr": "version"}
            told = {"type": "client_error", "errors": [error], "theirs": theirs}
            return Response(told, status=status.HTTP_409_CONFLICT, exception=True)
        return super().handle_exception(exc)


@extend_schema_view(list=extend_schema(summary="Partners"), retrieve=extend_schema(summary="One partner"))
class PartnerViewSet(KeptResource):
    """Who helps poor areas: the same for everyone who signs in. Kept by those who enter funds, or manage, for all."""

    queryset = Partner.objects.select_related("area").order_by("pk")
    filterset_class = PartnerFilter
    shown = shapes.PartnerSerializer
    taken: ClassVar = {"create": shapes.PartnerInSerializer, "partial_update": shapes.PartnerChangeSerializer}

    @_writes("Add a partner", shapes.PartnerSerializer, shapes.PartnerConflictSerializer, creates=True)
    def create(self, request: Request) -> Response:
        made = add_partner(by=self.by, **self.sent(request))
        return Response(self.written(made), status=status_of(made))

    @_writes("Change a partner", shapes.PartnerSerializer, shapes.PartnerConflictSerializer)
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
        "create": shapes.PairingInSerializer,
        "partial_update": shapes.PairingChangeSerializer,
        "remove": shapes.SeenSerializer,
    }

    def get_queryset(self) -> Any:
        found = Pairing.objects.filter(area__in=visible_areas(self.request))
        return found.select_related("partner", "area", "entered_by")

    @_writes("Enter a pairing", shapes.PairingSerializer, shapes.PairingConflictSerializer, creates=True)
    def create(self, request: Request) -> Response:
        data = self.sent(request)
        made = pair(data.pop("partner"), by=self.by, **data)
        return Response(self.written(made), status=status_of(made))

    @_writes("End a pairing, or put it right", shapes.PairingSerializer, shapes.PairingConflictSerializer)
    def partial_update(self, request: Request, pk: str) -> Response:
        return Response(self.written(change_pairing(self.get_object(), by=self.by, **self.sent(request))))

    @extend_schema(
        summary="Remove a pairing that was entered by mistake",
        description="Only while nothing was reported of it. That it was there stays in the history.",
        responses={204: None, 409: shapes.PairingConflictSerializer},
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
    taken: ClassVar = {"create": shapes.ReportInSerializer, "partial_update": shapes.ReportChangeSerializer}

    def get_queryset(self) -> Any:
        found = PairingReport.objects.filter(pairing__area__in=visible_areas(self.request))
        return found.select_related("pairing", "entered_by")

    @_writes(
        "Report what came of a pairing in a year",
        shapes.PairingReportSerializer,
        shapes.ReportConflictSerializer,
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

    @_writes("Change a yearly report", shapes.PairingReportSerializer, shapes.ReportConflictSerializer)
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
        "create": shapes.ProjectInSerializer,
        "partial_update": shapes.ProjectChangeSerializer,
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

    @_writes("Add a project", shapes.ForeignProjectSerializer, shapes.ProjectConflictSerializer, creates=True)
    def create(self, request: Request) -> Response:
        data = self.sent(request)
        made = add_project(by=self.by, counties=_covered(data.pop("counties", [])), **data)
        return Response(self.written(made), status=status_of(made))

    @_writes("Change a project", shapes.ForeignProjectSerializer, shapes.ProjectConflictSerializer)
    def partial_update(self, request: Request, pk: str) -> Response:
        data = self.sent(request)
        if "counties" in data:
            data["counties"] = _covered(data["counties"])
        return Response(self.written(change_project(self.get_object(), by=self.by, **data)))


def _covered(rows: list[dict[str, Any]]) -> list[Covered]:
    return [Covered(row["area"], row.get("since"), row.get("until")) for row in rows]


class TotalsQuery(serializers.Serializer[Any]):
    """What totals of partners are asked for by."""

    area = serializers.IntegerField(min_value=1, max_value=KEY_MAX, help_text=gettext_lazy("Id of an area of yours."))
    year_min = serializers.IntegerField(min_value=FIRST_YEAR, max_value=LAST_YEAR)
    year_max = serializers.IntegerField(min_value=FIRST_YEAR, max_value=LAST_YEAR)
    by = serializers.ChoiceField(choices=["kind", "scheme", "area", "year", "all"], default="kind")
    scheme = serializers.ChoiceField(choices=Scheme.choices, required=False)

    def validate_area(self, pk: int) -> Area:
        area = visible_areas(self.context["request"]).filter(pk=pk).first()
        if area is None:
            raise serializers.ValidationError(_("There is no such place among yours."))
        return area

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if attrs["year_min"] > attrs["year_max"]:
            raise serializers.ValidationError({"year_min": [_("The first year is later than the last.")]})
        return attrs


class PartnerTotalViewSet(Resource):
    """What partners brought to an area and below, on the boundaries of each year."""

    serializer_class = shapes.PartnerTotalSerializer
    pagination_class = None
    filter_backends = ()

    @extend_schema(
        summary="What partners brought, added up",
        description=(
            "By kind of partner, by scheme, by the area directly below, by year, or in all. Help for a province as a "
            "whole counts for the province, and for none of its counties."
        ),
        parameters=[TotalsQuery],
        responses=shapes.PartnerTotalSerializer(many=True),
    )
    def list(self, request: Request) -> Response:
        query = TotalsQuery(data=request.query_params, context={"request": request})
        query.is_valid(raise_exception=True)
        asked = query.validated_data
        rows = _totals(asked["by"], asked)
        shown = shapes.PartnerTotalSerializer([shapes.total_row(key, helped) for key, helped in rows], many=True)
        return Response({"next": None, "previous": None, "results": shown.data})

    def known_parameters(self) -> Any:
        return [*TotalsQuery().fields]


def _totals(by: str, asked: dict[str, Any]) -> list[Any]:
    """Return (key, totals) for each line that is asked for."""
    words = (asked["area"], asked["year_min"], asked["year_max"], kinds_of(asked.get("scheme", "")))
    if by == "year":
        return [({"year": year}, helped) for year, helped in by_year(*words).items()]
    if by == "area":
        return [({"area": area}, helped) for area, helped in sorted(by_part(*words).items())]
    found = by_kind(*words)
    if by == "all":
        return [({}, found.all)]
    lines = found.schemes if by == "scheme" else found.kinds
    return [({by: key}, helped) for key, helped in sorted(lines.items())]
