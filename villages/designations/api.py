"""Designation lists in the API: which there are, and their dated members."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import mixins, serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from povtrack.accounts.models import User
from povtrack.lib.rest.resources import Resource
from villages.designations.members import tallies
from villages.designations.scope import lines_of
from villages.filters import AreaChoice
from villages.models import Area, Designation, Membership
from villages.serializers import AreaRefSerializer


class DesignationListSerializer(serializers.ListSerializer[Any]):
    """Counts the lines of all its lists at once."""

    def to_representation(self, data: Any) -> list[Any]:
        rows = list(data)
        self.child.tallies = tallies(rows, self.context["request"].user)  # type: ignore[union-attr]
        return super().to_representation(rows)


class DesignationSerializer(serializers.ModelSerializer[Designation]):
    """One official list of places. A null `listed` means that the official number is not known."""

    tallies: Any = None
    lines = serializers.SerializerMethodField(help_text=_("Lines held here."))
    matched = serializers.SerializerMethodField(help_text=_("Lines whose place is known."))
    yours = serializers.SerializerMethodField(help_text=_("Lines whose place lies in your areas."))

    class Meta:
        model = Designation
        fields = ["code", "name", "name_latin", "level", "listed", "lines", "matched", "yours", "source", "note"]
        list_serializer_class = DesignationListSerializer

    def _tally(self, row: Designation) -> Any:
        if self.tallies is None:
            self.tallies = tallies([row], self.context["request"].user)
        return self.tallies[row.pk]

    def get_lines(self, row: Designation) -> int:
        return int(self._tally(row).lines)

    def get_matched(self, row: Designation) -> int:
        return int(self._tally(row).matched)

    def get_yours(self, row: Designation) -> int:
        return int(self._tally(row).yours)


class MembershipSerializer(serializers.ModelSerializer[Membership]):
    """One line of a list. A null `area` means that nobody knows yet which place it means."""

    area = AreaRefSerializer(allow_null=True, help_text=_("The place, as it is today."))
    since = serializers.DateField(source="valid.lower", help_text=_("First day on the list."))
    until = serializers.DateField(
        source="valid.upper", allow_null=True, help_text=_("First day on which it was no longer on the list.")
    )

    class Meta:
        model = Membership
        fields = [
            "id",
            "area",
            "since",
            "until",
            "listed_name",
            "listed_code",
            "listed_within",
            "listed_on",
            "evidence",
            "note",
        ]


class MembershipFilter(django_filters.FilterSet):  # type: ignore[misc]
    """Names no model: it narrows the members, which hang on an endpoint of lists."""

    on = django_filters.DateFilter(field_name="valid", lookup_expr="contains", label=_("Day on which it was listed"))
    within = AreaChoice(method="keep_within", label=_("Id of an area: itself and all below it today"))
    matched = django_filters.BooleanFilter(
        field_name="area", lookup_expr="isnull", exclude=True, label=_("Whether its place is known")
    )
    evidence = django_filters.ChoiceFilter(choices=Membership.Evidence.choices, label=_("How sure the line is"))

    def keep_within(self, queryset: QuerySet[Membership], name: str, value: Area) -> QuerySet[Membership]:
        return queryset.filter(area__in=Area.objects.within(value))


@extend_schema_view(
    list=extend_schema(
        summary="Official lists of places", description="Dated lists, such as the key counties of 2001."
    ),
    retrieve=extend_schema(summary="One official list"),
)
class DesignationViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, Resource):
    queryset = Designation.objects.all()
    serializer_class: type[serializers.BaseSerializer[Any]] = DesignationSerializer
    filterset_class: type[django_filters.FilterSet] | None = None
    lookup_field = "code"
    lookup_value_regex = "[-a-zA-Z0-9_]+"
    list_actions = ("list", "members")

    @extend_schema(
        summary="The members of an official list",
        description="Those in your areas, each with the days between which it was listed.",
        responses=MembershipSerializer(many=True),
    )
    @action(detail=True, filterset_class=MembershipFilter, serializer_class=MembershipSerializer)
    def members(self, request: Request, code: str) -> Response:
        assert isinstance(request.user, User)
        designation = get_object_or_404(Designation, code=code)
        rows = lines_of(request.user).filter(designation=designation).select_related("area")
        page = self.paginate_queryset(self.filter_queryset(rows))
        return self.get_paginated_response(self.get_serializer(page, many=True).data)
