"""Fund totals and the reconciliation in the API."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param

from funding.models import Allocation
from povtrack.lib.rest.formats import FILES, FileForm
from povtrack.lib.rest.lists import asked_file
from povtrack.lib.rest.resources import Resource
from povtrack.lib.rest.whole import file_name, send_rows, tell_freshness
from povtrack.rollups.funds.reconcile import Line, by_programme, worst
from povtrack.rollups.funds.serializers import (
    BY,
    FundTotalsSerializer,
    LedgerQuery,
    ReconciliationQuery,
    ReconciliationSerializer,
    TotalsQuery,
)
from povtrack.rollups.funds.totals import FundTotal, mean_growth, totals
from povtrack.rollups.funds.waiting import freshness_of

_AMOUNTS = ("resting", "received", "passed_on", "disbursed", "returned", "spent")

_SHARED = [
    OpenApiParameter("area", int, required=True, description="Id of the area: a township or above."),
    OpenApiParameter("basis", str, description="On which boundaries: recorded (of each year), current, or a year."),
    OpenApiParameter("source", str, description="Code of one fund source."),
    OpenApiParameter("programme", str, description="Code of one programme; empty for money of none."),
    OpenApiParameter("designation", str, description="Code of a list: only its places at the end of each year."),
    OpenApiParameter("page", int, description="The first page if it is left out."),
    OpenApiParameter("page_size", int, description="Rows of a page, at most 1000."),
]


class _Totals(Resource):
    """Lists of what the ledger adds up to."""

    queryset = Allocation.objects.none()
    pagination_class = None
    query_class: type[LedgerQuery]

    forms: tuple[type[FileForm], ...] = ()  # in which the list comes as a file

    def get_renderers(self) -> list[Any]:
        return [*super().get_renderers(), *(form() for form in self.forms)]

    def known_parameters(self) -> list[str]:
        return [*self.query_class().fields, *(["format", "bom"] if self.forms else [])]

    def _query(self, request: Request) -> Any:
        query = self.query_class(data=request.query_params, context={"request": request})
        query.is_valid(raise_exception=True)
        return query

    def _links(self, request: Request, page: int, *, more: bool) -> dict[str, Any]:
        here = request.build_absolute_uri()
        return {
            "next": replace_query_param(here, "page", page + 1) if more else None,
            "previous": replace_query_param(here, "page", page - 1) if page > 1 else None,
        }


@extend_schema_view(
    list=extend_schema(
        summary="Totals of funds by place, year, source, tier, programme and level",
        parameters=[
            *_SHARED,
            OpenApiParameter("year_min", int, required=True, description="First year."),
            OpenApiParameter("year_max", int, required=True, description="Last year."),
            OpenApiParameter("format", str, enum=["json", "csv", "xlsx", "ndjson"], description="All rows as a file."),
            OpenApiParameter("bom", str, enum=["1"], description="Mark a CSV file as UTF-8, for Excel."),
            OpenApiParameter("by", str, description=f"What to tell apart, separated by commas, of: {', '.join(BY)}."),
        ],
        responses=FundTotalsSerializer,
    )
)
class FundTotalViewSet(_Totals):
    """What the ledger adds up to in an area and all below it."""

    serializer_class = FundTotalsSerializer
    query_class = TotalsQuery
    forms = FILES

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Any:
        query = self._query(request)
        data = query.validated_data
        keys, page, size = data["by"], data["page"], data["page_size"]
        asked = query.asked(list(range(data["year_min"], data["year_max"] + 1)))
        freshness = freshness_of(asked, by_part="part" in keys)
        found = totals(asked, *(key for key in keys if key != "part"), by_part="part" in keys)
        if getattr(request.accepted_renderer, "is_file", False):
            asked_for = asked_file(request)
            rows = (list(_written(one).values()) for one in found)
            file = send_rows([*keys, *_AMOUNTS], rows, asked_for.form, file_name("fund-totals"), bom=asked_for.bom)
            moments = {"computed_at": freshness.computed_at, "verified_at": freshness.verified.at}
            tell_freshness(file, {"pending_changes": freshness.pending, **moments})
            return file
        shown = found[(page - 1) * size : page * size]
        answer = {
            **self._links(request, page, more=len(found) > page * size),
            "freshness": freshness,
            "mean_growth": mean_growth([(one.keys["year"], one.resting) for one in found])
            if keys == ["year"]
            else None,
            "results": [_written(one) for one in shown],
        }
        return Response(self.get_serializer(answer).data)


def _written(total: FundTotal) -> dict[str, Any]:
    return {**total.keys, **{name: getattr(total, name) for name in _AMOUNTS}}


@extend_schema_view(
    list=extend_schema(
        summary="Ledger against records",
        parameters=[
            *_SHARED,
            OpenApiParameter("year", int, required=True),
            OpenApiParameter(
                "by", str, enum=["programme", "county"], description="county: where they differ most comes first."
            ),
        ],
        responses=ReconciliationSerializer,
    )
)
class ReconciliationViewSet(_Totals):
    """What was allocated, passed on and spent by the ledger, and what the records of the programmes say was spent."""

    serializer_class = ReconciliationSerializer
    query_class = ReconciliationQuery

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        query = self._query(request)
        data = query.validated_data
        page, size = data["page"], data["page_size"]
        start = (page - 1) * size
        asked = query.asked([data["year"]])
        freshness = freshness_of(asked)
        lines: list[Line]
        if data["by"] == "county":
            lines = worst(asked, start=start, size=size + 1)
        else:
            lines = by_programme(asked)[start : start + size + 1]
        links = self._links(request, page, more=len(lines) > size)
        answer = {**links, "freshness": freshness, "results": lines[:size]}
        return Response(self.get_serializer(answer).data)
