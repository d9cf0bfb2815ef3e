"""Rounds in the API: when each programme collects the records of a year, and for whom it goes on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from typing import Any, ClassVar

import django_filters
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy, pgettext_lazy
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema, extend_schema_field, extend_schema_view
from rest_framework import mixins, serializers
from rest_framework.decorators import action
from rest_framework.generics import get_object_or_404
from rest_framework.request import Request
from rest_framework.response import Response

from povtrack.lib.rest.lists import TableResource
from povtrack.lib.rest.table import Column
from programmes.filters import YearRangeFilter
from programmes.models import Extension, Round
from programmes.models.rounds import days_until
from programmes.registry import programme_choices
from villages.filters import AreaChoice, visible_areas
from villages.models import Area

PLANNED, OPEN, OVERDUE, CLOSED = "planned", "open", "overdue", "closed"
STATES = {
    PLANNED: pgettext_lazy("round", "not open yet"),
    OPEN: pgettext_lazy("round", "open"),
    OVERDUE: pgettext_lazy("round", "open, and due"),
    CLOSED: pgettext_lazy("round", "closed"),
}


def state_of(opens: dt.date, due: dt.date, closes: dt.date) -> str:
    """Where a round stands today, for all areas without an extension."""
    today = timezone.localdate()
    if today < opens:
        return PLANNED
    if today > closes:
        return CLOSED
    return OVERDUE if today > due else OPEN


def _in_state(state: str) -> Q:
    today = timezone.localdate()
    return {
        PLANNED: Q(opens__gt=today),
        OPEN: Q(opens__lte=today, due__gte=today),
        OVERDUE: Q(due__lt=today, closes__gte=today),
        CLOSED: Q(closes__lt=today),
    }[state]


class RoundSerializer(serializers.ModelSerializer[Round]):
    """The window in which a programme collects the records of one year. All days are included."""

    programme = serializers.CharField(help_text=gettext_lazy("Code of the programme."))
    state = serializers.SerializerMethodField(
        help_text=gettext_lazy("Today, for areas without an extension: planned, open, overdue (open still) or closed.")
    )
    days_left = serializers.IntegerField(help_text=gettext_lazy("Days until it is due; below zero: days since."))
    extensions = serializers.IntegerField(
        help_text=gettext_lazy("For how many of your areas it goes on for longer; see its extensions.")
    )

    class Meta:
        model = Round
        fields = ("id", "programme", "year", "opens", "due", "closes", "state", "days_left", "extensions")
        extra_kwargs: ClassVar = {
            "opens": {"help_text": gettext_lazy("The first day on which records can be entered.")},
            "due": {"help_text": gettext_lazy("The day by which all records should be in.")},
        }

    @extend_schema_field({"type": "string", "enum": list(STATES)})
    def get_state(self, found: Round) -> str:
        return state_of(found.opens, found.due, found.closes)


class ExtensionSerializer(serializers.ModelSerializer[Extension]):
    """A round goes on for an area and all below it."""

    area = serializers.IntegerField(source="area_id", help_text=gettext_lazy("Id of the area."))
    area_code = serializers.CharField(source="area.code", help_text=gettext_lazy("Its code today."))
    area_name = serializers.CharField(source="area.name", help_text=gettext_lazy("Its name today."))
    by = serializers.CharField(source="by.label")

    class Meta:
        model = Extension
        fields = ("id", "area", "area_code", "area_name", "until", "reason", "is_reopening", "by", "at")


class RoundFilter(YearRangeFilter):
    programme = django_filters.ChoiceFilter(choices=programme_choices, label=gettext_lazy("Code of the programme"))
    state = django_filters.ChoiceFilter(
        method="keep_state", choices=list(STATES.items()), label=gettext_lazy("Where it stands today")
    )

    class Meta:
        model = Round
        fields: list[str] = []

    @extend_schema_field(OpenApiTypes.STR)
    def keep_state(self, queryset: Any, name: str, value: str) -> Any:
        return queryset.filter(_in_state(value))


class ExtensionFilter(django_filters.FilterSet):  # type: ignore[misc]
    area = AreaChoice(label=gettext_lazy("Id of the area"))
    within = AreaChoice(method="keep_within", label=gettext_lazy("Id of an area: itself and all below it today"))
    running = django_filters.BooleanFilter(method="keep_running", label=gettext_lazy("Whether it has not run out"))

    def keep_within(self, queryset: Any, name: str, value: Area) -> Any:
        return queryset.filter(area__in=Area.objects.within(value))

    def keep_running(self, queryset: Any, name: str, value: bool) -> Any:
        today = timezone.localdate()
        return queryset.filter(until__gte=today) if value else queryset.filter(until__lt=today)


@extend_schema_view(
    list=extend_schema(summary="The rounds of all programmes, with their deadlines"),
    retrieve=extend_schema(summary="One round"),
)
class RoundViewSet(mixins.RetrieveModelMixin, TableResource):
    """When each programme collects the records of each year; the same for everyone. Progress tells how far it is."""

    queryset = Round.objects.none()
    serializer_class = RoundSerializer
    filterset_class = RoundFilter
    http_method_names = ["get", "head"]
    own_columns: ClassVar = {
        "programme": Column("", ("programme",), "code"),
        "state": Column("", ("opens", "due", "closes"), "code", make=state_of),
        "days_left": Column("", ("due",), "whole", make=days_until, unit=gettext_lazy("days")),
        "extensions": Column("", ("pk",), "whole"),
    }
    orderings: ClassVar = {name: name for name in ("id", "programme", "year", "opens", "due", "closes")}
    table_name = "rounds"
    list_actions = ("list", "extensions")

    def get_queryset(self) -> Any:
        return self._extensions() if self.action == "extensions" else Round.objects.all()

    def bound(self, table: Any) -> Any:
        """Count the extensions that the reader may see: all of them at once, for there are few."""
        return table.bound({"extensions": _counting(self._extensions())})

    def _extensions(self) -> Any:
        return Extension.objects.filter(area__in=visible_areas(self.request))

    def get_object(self) -> Any:
        found = super().get_object()
        of_round = self._extensions().filter(programme=found.programme, year=found.year)
        found.extensions = of_round.values("area").distinct().count()
        return found

    @extend_schema(summary="For which of your areas a round goes on", responses=ExtensionSerializer(many=True))
    @action(detail=True, filterset_class=ExtensionFilter, orderings={})
    def extensions(self, request: Request, pk: str) -> Response:
        """Those of reopened records too, which are for these alone (`is_reopening`)."""
        found = get_object_or_404(Round, pk=pk)
        rows = self.get_queryset().filter(programme=found.programme, year=found.year).select_related("area", "by")
        page = self.paginate_queryset(self.filter_queryset(rows))
        return self.get_paginated_response(ExtensionSerializer(page, many=True).data)


def _counting(extensions: Any) -> Callable[[int], int]:
    """Return how many areas have an extension, by the id of the round."""
    counted = extensions.values_list("programme", "year").annotate(n=Count("area", distinct=True)).order_by()
    by_round = {(programme, year): n for programme, year, n in counted}
    ids = {pk: by_round.get((programme, year), 0) for pk, programme, year in _rounds()}
    return lambda pk: ids.get(pk, 0)


def _rounds() -> Iterator[Sequence[Any]]:
    return Round.objects.values_list("pk", "programme", "year").iterator()
