"""What partners brought, added up, in the API."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from funding.models import Scheme, kinds_of
from funding.partner_serializers import PartnerTotalSerializer, total_row
from funding.partner_totals import by_kind, by_part, by_year
from povtrack.lib.rest.fresh import summed_now
from povtrack.lib.rest.paging import OnePage
from povtrack.lib.rest.resources import Resource
from povtrack.lib.years import FIRST_YEAR, LAST_YEAR
from programmes.serializers import KEY_MAX
from villages.filters import visible_areas
from villages.models import Area


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


class _Fresh(OnePage):
    """Says how fresh its rows are."""

    envelope = "FreshPage"


class PartnerTotalViewSet(Resource):
    """What partners brought to an area and below, on the boundaries of each year."""

    serializer_class = PartnerTotalSerializer
    pagination_class = _Fresh
    filter_backends = ()

    @extend_schema(
        summary="What partners brought, added up",
        description=(
            "By kind of partner, by scheme, by the area directly below, by year, or in all. Help for a province as a "
            "whole counts for the province, and for none of its counties."
        ),
        parameters=[TotalsQuery],
        responses=PartnerTotalSerializer(many=True),
    )
    def list(self, request: Request) -> Response:
        query = TotalsQuery(data=request.query_params, context={"request": request})
        query.is_valid(raise_exception=True)
        asked = query.validated_data
        rows = _totals(asked["by"], asked)
        shown = PartnerTotalSerializer([total_row(key, helped) for key, helped in rows], many=True)
        answer = self.get_paginated_response(shown.data)
        answer.data = {"freshness": summed_now(), **answer.data}
        return answer

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
