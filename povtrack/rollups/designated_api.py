"""Totals of official lists in the API."""

from __future__ import annotations

from typing import Any, ClassVar

from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_serializer, extend_schema_view
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from povtrack.accounts.models import User
from povtrack.lib.basis import RECORDED, BadBasis, parse_basis
from povtrack.lib.rest.fresh import FreshnessSerializer
from povtrack.lib.rest.resources import Resource
from povtrack.lib.years import FIRST_YEAR, LAST_YEAR
from povtrack.rollups.designated import Total, total_of
from programmes.models import Record
from villages.models import Designation

_NO_LIST = _("There is no such list.")


class DesignatedQuery(serializers.Serializer[Any]):
    """What a total of a list is asked for by."""

    designation = serializers.SlugRelatedField(
        slug_field="code", queryset=Designation.objects.all(), error_messages={"does_not_exist": _NO_LIST}
    )
    year = serializers.IntegerField(min_value=FIRST_YEAR, max_value=LAST_YEAR)
    basis = serializers.CharField(max_length=10, default=RECORDED)


class CoverageSerializer(serializers.Serializer[Any]):
    """How much of a list a total holds."""

    official = serializers.IntegerField(allow_null=True, help_text=_("Places on the official list."))
    held = serializers.IntegerField(help_text=_("Lines held here, of whatever day."))
    listed = serializers.IntegerField(help_text=_("Of these, lines on the list at the end of the year."))
    matched = serializers.IntegerField(help_text=_("Of these, lines whose place is known."))
    standing = serializers.IntegerField(help_text=_("Of these, places that stand on these boundaries."))
    yours = serializers.IntegerField(help_text=_("Of these, places in your areas: only they are counted."))
    nested = serializers.IntegerField(help_text=_("Of these, places inside another, counted with it once."))


def designated_serializer(model: type[Record], row: Any) -> type[Any]:
    """Derive how a programme's totals of lists are written from how its roll-ups are: the same without a place."""
    stem = model.rollup.__name__
    gone = dict.fromkeys(
        ("area", "area_code", "area_name", "parent", "level", "year", "basis", "breakdown", "computed_at")
    )
    figures = type(f"{stem}Sum", (row,), {"__doc__": "Totals of several areas for one year.", **gone})
    shares = {
        m.name: serializers.DecimalField(max_digits=22, decimal_places=1, allow_null=True, help_text=m.verbose_name)
        for m in model.totalled()
    }
    fields = {
        "designation": serializers.CharField(),
        "year": serializers.IntegerField(),
        "basis": serializers.CharField(),
        "coverage": CoverageSerializer(),
        "freshness": FreshnessSerializer(),
        "total": figures(source="row", allow_null=True, help_text=_("Null where no member has a total.")),
        "whole": figures(allow_null=True, help_text=_("The same over all your areas.")),
        "shares": type(f"{stem}Shares", (serializers.Serializer,), shares)(
            allow_null=True, help_text=_("The total's part of the whole, in percent.")
        ),
    }
    doc = "The total of the places on an official list."
    made = type(f"{stem}Designated", (serializers.Serializer,), {"__doc__": doc, **fields})
    return extend_schema_serializer(many=False)(made)


class DesignatedViewSet(Resource):
    """The total of the places on an official list, for one programme and year."""

    model: ClassVar[type[Record]]
    pagination_class = None

    def known_parameters(self) -> list[str]:
        return list(DesignatedQuery().fields)

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        assert isinstance(request.user, User)
        query = DesignatedQuery(data=request.query_params)
        query.is_valid(raise_exception=True)
        asked = query.validated_data
        try:
            basis = parse_basis(asked["basis"], timezone.localdate())
            total = total_of(self.model, asked["designation"], asked["year"], request.user, basis, size=0)
        except BadBasis as unknown:
            raise serializers.ValidationError({"basis": [str(unknown)]}) from unknown
        return Response(self.get_serializer(_written(asked, total)).data)


def _written(asked: dict[str, Any], total: Total) -> dict[str, Any]:
    return {
        "designation": asked["designation"].code,
        "year": asked["year"],
        "basis": asked["basis"],
        "coverage": total.coverage,
        "freshness": total.freshness.told(asked["basis"]),
        "row": total.row,
        "whole": total.whole,
        "shares": total.shares() or None,
    }


def designated_viewset(model: type[Record], row: Any) -> type[DesignatedViewSet]:
    """Return the endpoint of a programme's totals of lists; `row` is how its roll-ups are written."""
    serializer = designated_serializer(model, row)
    attrs = {
        "__doc__": DesignatedViewSet.__doc__,
        "__module__": __name__,
        "model": model,
        "queryset": model.rollup.objects.none(),
        "serializer_class": serializer,
    }
    viewset = type(f"{model.rollup.__name__}DesignatedViewSet", (DesignatedViewSet,), attrs)
    described = extend_schema(
        summary=format_lazy("{label}: total of an official list", label=model.label),
        parameters=[
            OpenApiParameter("designation", str, required=True, description="Code of the list, such as key-2001."),
            OpenApiParameter("year", int, required=True, description="Members are those on 31 December of it."),
            OpenApiParameter("basis", str, description="On which boundaries: recorded, current, or a year."),
        ],
        responses=serializer,
    )
    return extend_schema_view(list=described)(viewset)
