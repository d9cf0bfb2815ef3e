"""How programmes and their records are written in the API. All about figures comes from the declared measures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from povtrack.lib.figures import WHOLE_MAX
from povtrack.lib.years import FIRST_YEAR, LAST_YEAR
from programmes.actions import MAX_ROWS
from programmes.measures import Measure
from programmes.models import Record, State
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


@extend_schema_field({"type": ["number", "string", "boolean"]})
class TypedFigure(serializers.Field[Any, Any, Any, Any]):
    """A figure as a number or as text, handed on as text, so that one reader judges what people and programs send."""

    def __init__(self, *, takes_flags: bool = False, **kwargs: Any) -> None:
        self.takes_flags = takes_flags
        super().__init__(required=False, allow_null=True, **kwargs)

    def to_internal_value(self, data: Any) -> str:
        if isinstance(data, bool):
            if not self.takes_flags:
                raise serializers.ValidationError(_("Send a number, a text that is one, or null."))
            return "yes" if data else "no"
        if not isinstance(data, int | float | str):
            raise serializers.ValidationError(_("Send a number, a text that is one, or null."))
        return str(data)

    def to_representation(self, value: Any) -> Any:
        return value


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


class RowSerializer(StrictSerializer):
    """What every written row carries, beside its figures. A figure that is left out stays as it is; null empties it."""

    nil = serializers.BooleanField(required=False, help_text=_("Nothing to report; then there are no figures."))

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        figures = [name for name, field in self.fields.items() if isinstance(field, TypedFigure) and attrs.get(name)]
        if attrs.get("nil") and figures:
            raise serializers.ValidationError(
                {name: _("A place with nothing to report has no figures.") for name in figures}
            )
        return attrs


class AreaRowSerializer(RowSerializer):
    area = serializers.IntegerField(min_value=1, max_value=KEY_MAX, help_text=_("Id of the area that reports."))
    breakdown = serializers.CharField(
        max_length=20,
        default="",
        allow_blank=True,
        help_text=_("The code of the kind, in a programme that has kinds."),
    )
    key = serializers.UUIDField(
        required=False,
        allow_null=True,
        help_text=_("A key of your own: a row sent again with it is written once."),
    )


class BulkRowSerializer(AreaRowSerializer):
    version = serializers.IntegerField(
        min_value=0, max_value=WHOLE_MAX, default=0, help_text=_("The version you saw; 0 if there was none.")
    )


class ChangeSerializer(RowSerializer):
    version = serializers.IntegerField(min_value=1, max_value=WHOLE_MAX, help_text=_("The version you saw."))


class YearSerializer(StrictSerializer):
    year = serializers.IntegerField(min_value=FIRST_YEAR, max_value=LAST_YEAR)


class CreateSerializer(YearSerializer, AreaRowSerializer):
    pass


class RowErrorSerializer(serializers.Serializer[Any]):
    """What is wrong with one figure; an empty field means the whole row."""

    field = serializers.CharField()
    value = serializers.CharField()
    message = serializers.CharField()


class RowResultSerializer(serializers.Serializer[Any]):
    """What became of one row, and what now stands."""

    area = serializers.IntegerField()
    breakdown = serializers.CharField()
    status = serializers.ChoiceField(choices=["saved", "unchanged", "refused", "conflict", "locked"])
    version = serializers.IntegerField()
    state = serializers.ChoiceField(choices=[("", _("no record")), *State.choices])
    nil = serializers.BooleanField()
    errors = RowErrorSerializer(many=True)  # type: ignore[assignment]
    by = serializers.CharField(help_text=_("Who wrote what stands, in a conflict."))
    at = serializers.DateTimeField(allow_null=True)


Serializers = type[serializers.Serializer[Any]]


@dataclass(frozen=True)
class RecordSerializers:
    """All serializers of one programme's records."""

    read: Serializers
    create: Serializers
    change: Serializers
    bulk: Serializers
    results: Serializers


def record_serializers(model: type[Record]) -> RecordSerializers:
    """Derive the serializers of a programme's records from its measures."""
    figures = {measure.name: figure_field(measure) for measure in model.measures()}
    typed = {
        measure.name: TypedFigure(takes_flags=measure.kind == "flag", help_text=described(measure))
        for measure in model.measures()
    }

    def made(base: Serializers, word: str, fields: dict[str, Any]) -> Serializers:
        return type(f"{model.__name__}{word}", (base,), {"__doc__": base.__doc__, **fields})

    read = made(RecordSerializer, "", figures)
    row = made(BulkRowSerializer, "Row", typed)
    result = made(RowResultSerializer, "Result", {"figures": made(serializers.Serializer, "Figures", figures)()})
    rows = serializers.ListField(child=row(), min_length=1, max_length=MAX_ROWS)
    return RecordSerializers(
        read=read,
        create=made(CreateSerializer, "Create", typed),
        change=made(ChangeSerializer, "Change", typed),
        bulk=made(YearSerializer, "Bulk", {"rows": rows}),
        results=made(serializers.Serializer, "Results", {"rows": result(many=True)}),
    )
