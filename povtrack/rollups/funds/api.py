"""Fund totals and the reconciliation in the API."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from django.http import FileResponse
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework.request import Request
from rest_framework.response import Response

from funding.models import Allocation
from povtrack.lib.rest.formats import FILES, FORMS
from povtrack.lib.rest.lists import asked_file, only_of_files
from povtrack.lib.rest.paging import numbered_links
from povtrack.lib.rest.resources import Resource
from povtrack.lib.rest.table import Column, table_of
from povtrack.lib.rest.whole import file_name, send_rows
from povtrack.rollups.funds.reconcile import Line, by_programme, worst
from povtrack.rollups.funds.serializers import (
    BY,
    FundTotalSerializer,
    FundTotalsSerializer,
    LedgerQuery,
    LineSerializer,
    ReconciliationQuery,
    ReconciliationSerializer,
    TotalsQuery,
    Yuan,
)
from povtrack.rollups.funds.totals import Asked, FundTotal, mean_growth, totals
from povtrack.rollups.funds.waiting import freshness_of
from povtrack.rollups.read import Freshness

Rows = Callable[[], Iterable[Sequence[Any]]]
_AMOUNTS = ("resting", "received", "passed_on", "disbursed", "returned", "spent")

_SHARED = [
    OpenApiParameter("area", int, required=True, description="Id of the area: a township or above."),
    OpenApiParameter("basis", str, description="On which boundaries: recorded (of each year), current, or a year."),
    OpenApiParameter("source", str, description="Code of one fund source."),
    OpenApiParameter("programme", str, description="Code of one programme; empty for money of none."),
    OpenApiParameter("designation", str, description="Code of a list: only its places at the end of each year."),
    OpenApiParameter("page", int, description="The first page if it is left out."),
    OpenApiParameter("page_size", int, description="Rows of a page, at most 1000."),
    OpenApiParameter("format", str, enum=["json", *FORMS], description="All rows as a file."),
    OpenApiParameter("bom", str, enum=["1"], description="Mark a CSV file as UTF-8, for Excel."),
]


class _Totals(Resource):
    """Lists of what the ledger adds up to."""

    queryset = Allocation.objects.none()
    pagination_class = None
    query_class: type[LedgerQuery]

    def get_renderers(self) -> list[Any]:
        return [*super().get_renderers(), *(form() for form in FILES)]

    def known_parameters(self) -> list[str]:
        return [*self.query_class().fields, "format", "bom"]

    def _file(
        self, request: Request, asked: Asked, freshness: Freshness, columns: Sequence[Column], rows: Rows, name: str
    ) -> FileResponse:
        """Send all rows as a file."""
        file = asked_file(request)
        told = freshness.told(asked.basis.name)
        return send_rows(columns, rows, file.form, file_name(name), bom=file.bom, freshness=told, request=request)

    def _query(self, request: Request) -> Any:
        query = self.query_class(data=request.query_params, context={"request": request})
        query.is_valid(raise_exception=True)
        return query


@extend_schema_view(
    list=extend_schema(
        summary="Totals of funds by place, year, source, tier, programme and level",
        parameters=[
            *_SHARED,
            OpenApiParameter("year_min", int, required=True, description="First year."),
            OpenApiParameter("year_max", int, required=True, description="Last year."),
            OpenApiParameter("by", str, description=f"What to tell apart, separated by commas, of: {', '.join(BY)}."),
        ],
        responses=FundTotalsSerializer,
    )
)
class FundTotalViewSet(_Totals):
    """What the ledger adds up to in an area and all below it."""

    serializer_class = FundTotalsSerializer
    query_class = TotalsQuery

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Any:
        query = self._query(request)
        data = query.validated_data
        keys, page, size = data["by"], data["page"], data["page_size"]
        asked = query.asked(list(range(data["year_min"], data["year_max"] + 1)))
        freshness = freshness_of(asked, by_part="part" in keys)

        def read() -> list[FundTotal]:
            return totals(asked, *(key for key in keys if key != "part"), by_part="part" in keys)

        if getattr(request.accepted_renderer, "is_file", False):
            columns = [_column(FundTotalSerializer, name) for name in [*keys, *_AMOUNTS]]
            rows = partial(_rows, columns, lambda: map(_written, read()))
            return self._file(request, asked, freshness, columns, rows, "fund-totals")
        only_of_files(request)
        found = read()
        shown = found[(page - 1) * size : page * size]
        answer = {
            **numbered_links(request, page, more=len(found) > page * size),
            "freshness": freshness.told(asked.basis.name),
            "mean_growth": mean_growth([(one.keys["year"], one.resting) for one in found])
            if keys == ["year"]
            else None,
            "results": [_written(one) for one in shown],
        }
        return Response(self.get_serializer(answer).data)


def _column(serializer: Any, name: str) -> Column:
    """The column of a file for a field of a list."""
    [found] = [one for one in table_of(serializer, {}).columns if one.name == name]
    unit = "CNY" if isinstance(serializer().fields[name], Yuan) else ""
    return replace(found, unit=unit)


def _rows(columns: Sequence[Column], read: Callable[[], Iterable[Mapping[str, Any]]]) -> Iterator[list[Any]]:
    names = [one.name for one in columns]
    yield from ([row[name] for name in names] for row in read())


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

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Any:
        query = self._query(request)
        data = query.validated_data
        page, size = data["page"], data["page_size"]
        start = (page - 1) * size
        asked = query.asked([data["year"]])
        freshness = freshness_of(asked)
        if getattr(request.accepted_renderer, "is_file", False):
            columns = [_column(LineSerializer, str(name)) for name in LineSerializer().get_fields()]
            read = worst if data["by"] == "county" else by_programme
            rows = partial(_rows, columns, lambda: map(_line, read(asked)))
            return self._file(request, asked, freshness, columns, rows, "reconciliation")
        only_of_files(request)
        lines: list[Line]
        if data["by"] == "county":
            lines = worst(asked, start=start, size=size + 1)
        else:
            lines = by_programme(asked)[start : start + size + 1]
        links = numbered_links(request, page, more=len(lines) > size)
        answer = {**links, "freshness": freshness.told(asked.basis.name), "results": lines[:size]}
        return Response(self.get_serializer(answer).data)


def _line(line: Line) -> dict[str, Any]:
    return {name: getattr(line, str(field.source)) for name, field in LineSerializer().fields.items()}
