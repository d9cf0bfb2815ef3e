"""Releases in the API: what was frozen, its rows, and what changed between two, down to the records."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import django_filters
from django.http import Http404
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import mixins, serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from povtrack.accounts.backends import ClientThrottle
from povtrack.accounts.models import User
from povtrack.lib.pages import neighbours, page_number
from povtrack.lib.rest.paging import CursorPagination
from povtrack.lib.rest.resources import Resource
from povtrack.rollups.releases.compare import Comparison, Wanted, changed
from povtrack.rollups.releases.compare_views import NOW, cell_of, pair_of, wanted_of
from povtrack.rollups.releases.fresh import freshness_of, freshness_of_both
from povtrack.rollups.releases.models import Release, ReleasedTotal
from povtrack.rollups.releases.page import area_of
from povtrack.rollups.releases.publishing import (
    FOR_A_WHILE,
    FOR_EVER,
    AddressThrottle,
    OpenOrSignedIn,
    areas_of,
    kept_by_all,
    readable_releases,
    readable_totals,
)
from povtrack.rollups.releases.serializers import (
    ChangedSerializer,
    ReleasedTotalSerializer,
    ReleaseSerializer,
    WhySerializer,
)
from povtrack.rollups.releases.why import boundary_changes, moved_records
from programmes.filters import YearFilter
from villages.filters import AreaChoice
from villages.levels import Level

PAGE = 100
_PAIR = [
    OpenApiParameter("with", str, description="Name of the other release; now (the default) is what stands now."),
    OpenApiParameter("programme", str, description="Code of a programme that both hold."),
    OpenApiParameter("year", int),
    OpenApiParameter("basis", str, description="recorded or current."),
    OpenApiParameter("kind", str, description="Code of a kind; empty for all kinds together."),
    OpenApiParameter("area", int, description="Id of an area: itself and its parts. Left out: your highest."),
    OpenApiParameter("page", int),
]


class FreshPagination(CursorPagination):
    """Pages of frozen totals, which say as of when these are."""

    envelope = "FreshPage"


class ComparedPagination(CursorPagination):
    """Pages of what differs: of both sides it is said as of when they are."""

    envelope = "ComparedPage"


class ReleasedFilter(django_filters.FilterSet):  # type: ignore[misc]
    programme = django_filters.CharFilter(label=_("Code of the programme"))
    year = YearFilter(label=_("Year"))
    basis = django_filters.ChoiceFilter(choices=[("recorded", "recorded"), ("current", "current")], label=_("Basis"))
    breakdown = django_filters.CharFilter(label=_("Code of the kind"))
    area = AreaChoice(label=_("Id of the area"))
    parent = AreaChoice(label=_("Id of the area whose parts these are"))
    level = django_filters.TypedChoiceFilter(choices=Level.choices, coerce=int, label=_("Level"))

    class Meta:
        model = ReleasedTotal
        fields: Sequence[str] = []


@extend_schema_view(
    list=extend_schema(summary="The releases that hold totals of yours"),
    retrieve=extend_schema(summary="One release"),
)
class ReleaseViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, Resource):
    """Named sets of totals, frozen for citation. The rows of a release never change."""

    queryset = Release.objects.none()
    serializer_class = ReleaseSerializer
    pagination_class = CursorPagination
    http_method_names = ["get", "head"]
    lookup_field = "name"
    lookup_value_regex = "[-a-zA-Z0-9_]+"

    permission_classes = (OpenOrSignedIn,)
    throttle_classes = (ClientThrottle, AddressThrottle)

    def get_queryset(self) -> Any:
        return readable_releases(self.request.user).select_related("area", "drafted_by", "withdrawn_by")

    def known_parameters(self) -> list[str]:
        if self.action == "rollups":
            return [*ReleasedFilter.base_filters, "cursor", "page_size"]
        if self.action in ("compare", "why"):
            return [parameter.name for parameter in _PAIR]
        return super().known_parameters()

    @extend_schema(
        summary="The rows of a release",
        responses=ReleasedTotalSerializer(many=True),
        parameters=[
            *(OpenApiParameter(name, str) for name in ("programme", "basis", "breakdown", "cursor")),
            *(OpenApiParameter(name, int) for name in ("year", "area", "parent", "level", "page_size")),
        ],
    )
    @action(detail=True, pagination_class=FreshPagination)
    def rollups(self, request: Request, name: str) -> Response:
        """Page by page. They never change, so an answer may be kept for ever: ask again with its ETag."""
        release = self._frozen()
        if f'"{release.sha256}"' in request.headers.get("If-None-Match", ""):
            return Response(status=304)
        rows = readable_totals(release, request.user)
        narrowed = ReleasedFilter(request.query_params, queryset=rows, request=request)
        for place in ("area", "parent"):
            narrowed.form.fields[place].queryset = areas_of(release, request.user)
        if not narrowed.is_valid():
            raise serializers.ValidationError(narrowed.errors)
        page = self.paginate_queryset(narrowed.qs) or []
        told = self.get_paginated_response(ReleasedTotalSerializer(page, many=True).data)
        asked = narrowed.form.cleaned_data
        fresh = freshness_of(
            release, Wanted(asked["programme"], basis=asked["basis"]), (row.computed_at for row in page)
        )
        return Response({"freshness": fresh, **told.data})

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        if self.action == "rollups" and response.status_code in (200, 304):
            # What a reader gets depends on who reads, so nobody else's cache may keep it.
            response["Cache-Control"] = f"private, {FOR_EVER}"
            response["ETag"] = f'"{self._release.sha256}"'
        if not request.user.is_authenticated and response.status_code in (200, 304):
            kept_by_all(response, f"public, {FOR_EVER}" if self.action == "rollups" else FOR_A_WHILE)
        return super().finalize_response(request, response, *args, **kwargs)

    @extend_schema(
        summary="The totals that differ from those of another release, or of now",
        # These pages have numbers: what is compared is no table with keys.
        parameters=[*_PAIR, *(OpenApiParameter(name, exclude=True) for name in ("cursor", "page_size"))],
        responses=ChangedSerializer(many=True),
    )
    @action(detail=True, pagination_class=ComparedPagination)
    def compare(self, request: Request, name: str) -> Response:
        """Of one area and its parts, before and after; only what both hold is compared."""
        pair = self._pair(request, name)
        wanted = replace(wanted_of(request.GET, pair), family=self._area(request, pair).pk)
        number = page_number(self._plain(request))
        assert isinstance(request.user, User)
        found = changed(pair, wanted, user=request.user, start=(number - 1) * PAGE, size=PAGE + 1)
        page = found[:PAGE]
        told = self._numbered(request, number, ChangedSerializer(page, many=True).data, more=len(found) > PAGE)
        return Response({"freshness": freshness_of_both(pair, wanted, page), **told})

    @extend_schema(summary="Why one total differs", parameters=_PAIR, responses=WhySerializer)
    @action(detail=True)
    def why(self, request: Request, name: str) -> Response:
        """The records that were written between, from what to what, and the boundary changes applied between."""
        pair = self._pair(request, name)
        plain, number = self._plain(request), page_number(self._plain(request))
        cell, span = cell_of(plain, pair), (pair.since, pair.until)
        assert isinstance(request.user, User)
        moved = moved_records(cell, span, start=(number - 1) * PAGE, size=PAGE + 1)
        context = {"measures": cell.model.measures()}
        told = {"records": moved[:PAGE], "boundary_changes": boundary_changes(cell.area, span, request.user)}
        before, after = neighbours(plain, number, more=len(moved) > PAGE)
        links = {"since": span[0], "until": span[1], "next": self._link(after), "previous": self._link(before)}
        return Response(WhySerializer({**links, **told}, context=context).data)

    def _frozen(self) -> Release:
        release: Release = self.get_object()
        if not release.is_frozen:
            raise Http404
        self._release = release
        return release

    def _pair(self, request: Request, name: str) -> Comparison:
        assert isinstance(request.user, User)
        return pair_of(request.user, name, request.query_params.get("with", NOW))

    def _area(self, request: Request, pair: Comparison) -> Any:
        return area_of(self._plain(request), pair.earlier)

    def _plain(self, request: Request) -> Any:
        return request._request  # noqa: SLF001 - the pages' readers take Django's

    def _numbered(self, request: Request, number: int, results: Any, *, more: bool) -> dict[str, Any]:
        before, after = neighbours(self._plain(request), number, more=more)
        return {"next": self._link(after), "previous": self._link(before), "results": results}

    def _link(self, query: str) -> str | None:
        return self.request.build_absolute_uri(self.request.path) + query if query else None
