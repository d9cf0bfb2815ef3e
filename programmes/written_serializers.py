"""How records are written in the API: what rows carry, and what is told of each. All from the declared measures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from povtrack.lib.figures import WHOLE_MAX
from povtrack.lib.years import FIRST_YEAR, LAST_YEAR
from programmes.actions import MAX_ROWS
from programmes.actions.remarks import LONGEST
from programmes.models import Record, State
from programmes.serializers import KEY_MAX, RecordSerializer, StrictSerializer, described, figure_field


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


class RowSerializer(StrictSerializer):
    """What every written row carries, beside its figures. A figure that is left out stays as it is; null empties it."""

    nil = serializers.BooleanField(required=False, help_text=_("Nothing to report; then there are no figures."))
    reasons = serializers.DictField(
        child=serializers.CharField(max_length=LONGEST),
        required=False,
        help_text=_("By the name of the measure: why a figure is right that is unlikely."),
    )

    def validate_reasons(self, reasons: dict[str, str]) -> dict[str, str]:
        figures = [name for name, field in self.fields.items() if isinstance(field, TypedFigure)]
        unknown = {name: [_("There is no such field.")] for name in reasons if name not in figures}
        if unknown:
            raise serializers.ValidationError(unknown)
        return reasons

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
    version = serializers.IntegerField(
        min_value=1,
        max_value=WHOLE_MAX,
        required=False,
        help_text=_("The version you saw, unless the header If-Match says it."),
    )


class YearSerializer(StrictSerializer):
    year = serializers.IntegerField(min_value=FIRST_YEAR, max_value=LAST_YEAR)


class CreateSerializer(YearSerializer, AreaRowSerializer):
    pass


class EachRow(serializers.ListField):
    """Rows that are read each for itself: one that can't be becomes what is wrong with it."""

    def run_child_validation(self, data: Any) -> list[Any]:
        rows: list[Any] = []
        for row in data:
            try:
                rows.append(self.child.run_validation(row))
            except serializers.ValidationError as bad:
                rows.append(bad)
        return rows


class BulkSerializer(YearSerializer):
    atomic = serializers.BooleanField(
        default=False, help_text=_("Save all rows or none: then one that is wrong is an error of the whole.")
    )


class RowErrorSerializer(serializers.Serializer[Any]):
    """What is wrong with one figure; an empty field means the whole row."""

    field = serializers.CharField()
    value = serializers.CharField()
    message = serializers.CharField()


@extend_schema_field({"type": "array", "items": {"$ref": "#/components/schemas/Fault"}})
class Faults(serializers.ListField):
    """What is wrong, as problems tell it."""


class UnlikelySerializer(serializers.Serializer[Any]):
    """A figure that is asked about, with the numbers that it stands apart from. A record needs a reason for each."""

    area = serializers.IntegerField()
    breakdown = serializers.CharField()
    measure = serializers.CharField()
    rule = serializers.CharField()
    message = serializers.CharField()
    figure = serializers.CharField()
    reason = serializers.CharField(help_text=_("The reason that was given for it; empty if there is none."))


class RowResultSerializer(serializers.Serializer[Any]):
    """What became of one row, and what now stands. What stands is told of all rows but those that were refused."""

    area = serializers.IntegerField(allow_null=True, help_text=_("Null where the row named none."))
    breakdown = serializers.CharField()
    status = serializers.ChoiceField(choices=["saved", "unchanged", "refused", "conflict", "locked"])
    errors = Faults()  # type: ignore[assignment]
    id = serializers.IntegerField(allow_null=True, help_text=_("Of the record."))
    url = serializers.CharField(allow_null=True, help_text=_("Its address."))
    version = serializers.IntegerField(help_text=_("0 if there is no record."))
    state = serializers.ChoiceField(choices=[("", _("no record")), *State.choices])
    nil = serializers.BooleanField()
    unlikely = UnlikelySerializer(many=True)
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
    rows = EachRow(child=row(), min_length=1, max_length=MAX_ROWS)
    return RecordSerializers(
        read=read,
        create=made(CreateSerializer, "Create", typed),
        change=made(ChangeSerializer, "Change", typed),
        bulk=made(BulkSerializer, "Bulk", {"rows": rows}),
        results=made(serializers.Serializer, "Results", {"rows": result(many=True)}),
    )
