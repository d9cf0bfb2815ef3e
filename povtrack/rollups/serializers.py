"""How roll-ups are written in the API."""

from __future__ import annotations

from typing import Any

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from programmes.measures import Measure, Rate
from programmes.models import Record, Rollup
from programmes.serializers import figure_field
from villages.levels import Level

_TOTAL_DIGITS = 22


class ShareSerializer(serializers.Serializer[Any]):
    """The part of one reported area's figures that a total holds: more than 0, less than 1."""

    area = serializers.IntegerField(source="area_id")
    area_code = serializers.CharField(source="code")
    area_name = serializers.CharField(source="name")
    share = serializers.DecimalField(max_digits=13, decimal_places=12)


class RollupSerializer(serializers.Serializer[Any]):
    """Totals of one area for one year. A null total means that nobody gave the figure."""

    area = serializers.IntegerField(source="area_id")
    area_code = serializers.CharField(source="area.code", help_text=_("Its code today."))
    area_name = serializers.CharField(source="area.name", help_text=_("Its name today."))
    breakdown = serializers.CharField(help_text=_("The code of the kind; empty for the total over all kinds."))
    parent = serializers.IntegerField(  # type: ignore[assignment]
        source="parent_id", allow_null=True, help_text=_("The area whose total this row is a part of.")
    )
    level = serializers.ChoiceField(choices=Level.choices)
    year = serializers.IntegerField()
    basis = serializers.CharField(
        help_text=_("On which boundaries: recorded (of each year), current (today's), or those of the end of a year.")
    )
    expected = serializers.IntegerField(help_text=_("Areas that should report."))
    drafted = serializers.IntegerField(help_text=_("Areas whose record is a draft or was returned."))
    reported = serializers.IntegerField(help_text=_("Areas whose record was submitted or approved, nil returns too."))
    approved = serializers.IntegerField()
    nil = serializers.IntegerField(help_text=_("Areas that reported nothing to report."))
    estimated = serializers.IntegerField(
        help_text=_("Reported areas that are counted here only in part, for they were divided. Never on recorded.")
    )
    shares = serializers.SerializerMethodField(help_text=_("The part of each of these that is counted here."))
    computed_at = serializers.DateTimeField()

    @extend_schema_field(ShareSerializer(many=True))
    def get_shares(self, row: Any) -> Any:
        shares = self.context.get("shares", {}).get((row.area_id, row.year, row.breakdown), [])
        return ShareSerializer(shares, many=True).data


def rollup_serializer(model: type[Record]) -> type[serializers.Serializer[Any]]:
    """Derive the serializer of a programme's roll-ups from its measures and rates."""
    stem = model.rollup.__name__
    measures = model.totalled()
    totals = _made(f"{stem}Totals", {m.name: figure_field(m, _TOTAL_DIGITS) for m in measures})
    approved = _made(f"{stem}ApprovedTotals", {m.name: figure_field(m, _TOTAL_DIGITS) for m in measures})
    approved.get_attribute = _approved_totals  # type: ignore[assignment]
    filled = _made(f"{stem}Filled", {m.name: _filled(m) for m in measures})
    rates = _made(f"{stem}Rates", {rate.name: _rate(rate) for rate in model.rates})
    fields = {
        "totals": totals(help_text=_("Of all that was submitted, approved ones too.")),
        "approved_totals": approved(help_text=_("Of what was approved.")),
        "filled": filled(source="*", help_text=_("How many reported areas gave the figure.")),
        "rates": rates(help_text=_("Derived from the totals.")),
    }
    return type(stem, (RollupSerializer,), {"__doc__": RollupSerializer.__doc__, **fields})


def _made(name: str, fields: dict[str, Any]) -> type[serializers.Serializer[Any]]:
    return type(name, (serializers.Serializer,), fields)


def _approved_totals(field: Any, row: Rollup) -> dict[str, Any]:
    return row.totals("_approved")


def _filled(measure: Measure) -> serializers.Field[Any, Any, Any, Any]:
    return serializers.IntegerField(source=f"{measure.name}_filled", allow_null=True, help_text=measure.verbose_name)


def _rate(rate: Rate) -> serializers.Field[Any, Any, Any, Any]:
    words = format_lazy("{label} ({unit}).", label=rate.label, unit=rate.unit_word)
    return serializers.DecimalField(max_digits=_TOTAL_DIGITS, decimal_places=1, allow_null=True, help_text=words)
