"""How programmes and their records are told in the API. All about figures comes from the declared measures."""

from __future__ import annotations

from typing import Any

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from programmes.measures import Measure
from programmes.models import State
from villages.levels import Level

KEY_MAX = 2**63 - 1


class RuleSerializer(serializers.Serializer[Any]):
    """A hard rule: what no record may break."""

    kind = serializers.CharField()
    words = serializers.CharField(source="summary")
    measures = serializers.ListField(source="fields", child=serializers.CharField())


class MeasureSerializer(serializers.Serializer[Any]):
    """A figure that a programme collects."""

    name = serializers.CharField()
    label = serializers.CharField(source="verbose_name")  # type: ignore[assignment]
    unit = serializers.CharField(source="unit_word")
    definition = serializers.CharField(source="help_text")
    kind = serializers.CharField(
        help_text=_(
            "count (whole), quantity or money (two decimals), mean (two decimals, weighted), flag (yes or no) or "
            "code (of a place)."
        )
    )
    part_of = serializers.CharField(help_text=_("The measure it may never exceed, if any."))
    weight = serializers.CharField(help_text=_("The measure that a mean is weighted by, if it is a mean."))


class KindSerializer(serializers.Serializer[Any]):
    """One value of a programme's breakdown. A place has a record for each that it has something to say of."""

    code = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    unit = serializers.CharField(
        source="unit_word", help_text=_("What quantities of this kind are counted in; empty where kinds share a unit.")
    )


class RateSerializer(serializers.Serializer[Any]):
    """A figure derived from two totals when it is read: scale x numerator / denominator."""

    name = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    unit = serializers.CharField(source="unit_word")
    numerator = serializers.CharField()
    denominator = serializers.CharField()
    scale = serializers.IntegerField()


class ProgrammeSerializer(serializers.Serializer[Any]):
    """A policy instrument, and what it collects."""

    code = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    summary = serializers.CharField()
    level = serializers.ChoiceField(choices=Level.choices, help_text=_("The level of the areas that report."))
    first_year = serializers.IntegerField()
    source = serializers.CharField()  # type: ignore[assignment]
    kinds_label = serializers.CharField(help_text=_("What the kinds are kinds of."))
    kinds = KindSerializer(many=True)
    measures = MeasureSerializer(many=True)
    rates = RateSerializer(many=True)
    rules = RuleSerializer(many=True, source="hard_rules")


def described(measure: Measure) -> str | Promise:
    """What a measure is and in what unit, for the schema."""
    return format_lazy(
        "{label} ({unit}). {help}", label=measure.verbose_name, unit=measure.unit_word, help=measure.help_text
    )


def figure_field(measure: Measure, digits: int = 16) -> serializers.Field[Any, Any, Any, Any]:
    """Return a read-only field for a figure of a measure; null is blank, which is not zero."""
    options: dict[str, Any] = {"allow_null": True, "read_only": True, "help_text": described(measure)}
    if measure.kind == "flag":
        return serializers.BooleanField(**options)
    if measure.kind == "code":
        return serializers.CharField(**options)
    if measure.places:
        return serializers.DecimalField(max_digits=digits, decimal_places=measure.places, **options)
    return serializers.IntegerField(**options)


class RecordSerializer(serializers.Serializer[Any]):
    """One area's figures for one year. A null figure is blank, which is not zero."""

    id = serializers.IntegerField()
    area = serializers.IntegerField(source="area_id")
    area_code = serializers.CharField(source="area.code", help_text=_("Its code today."))
    area_name = serializers.CharField(source="area.name", help_text=_("Its name today."))
    county = serializers.IntegerField(source="county_id", help_text=_("The county it belonged to in that year."))
    township = serializers.IntegerField(source="township_id", allow_null=True)
    year = serializers.IntegerField()
    breakdown = serializers.CharField(help_text=_("The code of the kind; empty where the programme has none."))
    state = serializers.ChoiceField(choices=State.choices)
    nil = serializers.BooleanField(help_text=_("Nothing to report."))
    note = serializers.CharField()
    version = serializers.IntegerField(help_text=_("Counts the writes. Send it back when you change the record."))
    entered_at = serializers.DateTimeField()
    entered_by = serializers.CharField(source="entered_by.label")
    submitted_at = serializers.DateTimeField(allow_null=True)
    approved_at = serializers.DateTimeField(allow_null=True)


class StrictSerializer(serializers.Serializer[Any]):
    """Refuses a field it does not know: a misspelt figure would be lost without a word."""

    def to_internal_value(self, data: Any) -> Any:
        unknown = sorted(set(data) - set(self.fields)) if isinstance(data, dict) else []
        if unknown:
            raise serializers.ValidationError({name: [_("There is no such field.")] for name in unknown})
        return super().to_internal_value(data)
