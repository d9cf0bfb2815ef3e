"""How releases are written in the API."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from povtrack.rollups.releases.compare import Changed, Line
from povtrack.rollups.releases.models import Release
from povtrack.rollups.releases.why import MovedRecord
from villages.levels import Level


class ReleaseSerializer(serializers.Serializer[Any]):
    """A named set of totals, frozen for citation."""

    name = serializers.CharField()
    title = serializers.CharField()
    note = serializers.CharField()
    state = serializers.ChoiceField(choices=Release.State.choices)
    area = serializers.IntegerField(source="area_id")
    programmes = serializers.ListField(child=serializers.CharField())
    years = serializers.ListField(child=serializers.IntegerField())
    bases = serializers.ListField(child=serializers.CharField())
    lowest = serializers.ChoiceField(choices=Level.choices, help_text=_("The lowest level of which it holds totals."))
    made_by = serializers.SerializerMethodField(help_text=_("Empty for whoever is not signed in."))
    made_at = serializers.DateTimeField(source="drafted_at")
    known_at = serializers.DateTimeField(allow_null=True, help_text=_("The moment of which its totals are."))
    boundaries_on = serializers.DateField(allow_null=True, help_text=_("The day of today's boundaries."))
    pending_changes = serializers.IntegerField(
        source="pending", allow_null=True, help_text=_("Edits that were not counted in yet.")
    )
    rows = serializers.IntegerField(allow_null=True)
    sha256 = serializers.CharField(help_text=_("Of the file of all its rows."))
    withdrawn_at = serializers.DateTimeField(allow_null=True)
    withdrawn_by = serializers.SerializerMethodField(help_text=_("Empty for whoever is not signed in."))
    withdrawn_why = serializers.CharField()
    citation = serializers.SerializerMethodField()

    def get_made_by(self, release: Release) -> str:
        return release.drafted_by.label if self._is_colleague() else ""

    def get_withdrawn_by(self, release: Release) -> str | None:
        if release.withdrawn_by is None:
            return None
        return release.withdrawn_by.label if self._is_colleague() else ""

    def _is_colleague(self) -> bool:
        request = self.context.get("request")
        return request is None or request.user.is_authenticated

    def get_citation(self, release: Release) -> str:
        path = reverse("release", args=[release.name])
        request = self.context.get("request")
        return release.citation(request.build_absolute_uri(path) if request else path)


@extend_schema_field({"type": ["integer", "string"], "nullable": True})
class FigureField(serializers.Field[Any, Any, Any, Any]):
    """A figure: a whole number, or the text of a decimal, so that it stays exact."""

    def to_representation(self, value: Any) -> Any:
        return f"{value:f}" if isinstance(value, Decimal) else value


class FiguresField(serializers.DictField):
    child = FigureField()


class ReleasedTotalSerializer(serializers.Serializer[Any]):
    """One frozen total."""

    programme = serializers.CharField()
    year = serializers.IntegerField()
    basis = serializers.CharField()
    breakdown = serializers.CharField(help_text=_("The code of the kind; empty for the total over all kinds."))
    area = serializers.IntegerField(source="area_id")
    parent = serializers.IntegerField(source="parent_id", allow_null=True)  # type: ignore[assignment]
    level = serializers.ChoiceField(choices=Level.choices)
    code = serializers.CharField(help_text=_("That of the area on these boundaries."))
    name = serializers.CharField()
    name_latin = serializers.CharField()
    computed_at = serializers.DateTimeField()
    figures = FiguresField(
        help_text=_(
            "Counts and sums by name: of all that was submitted, with the suffix _approved of what was approved, with "
            "_filled how many gave the figure. What nobody gave is left out."
        )
    )


class ChangedFigureSerializer(serializers.Serializer[Any]):
    """One figure that differs; null is none."""

    name = serializers.CharField()
    stage = serializers.SerializerMethodField(help_text=_("submitted: of all that was submitted; or approved."))
    before = FigureField()
    after = FigureField()
    difference = FigureField()

    @extend_schema_field({"type": "string", "enum": ["submitted", "approved"]})
    def get_stage(self, line: Line) -> str:
        return line.stage or "submitted"


class ChangedSerializer(serializers.Serializer[Any]):
    """One total that differs."""

    programme = serializers.CharField()
    year = serializers.IntegerField()
    basis = serializers.CharField()
    breakdown = serializers.CharField()
    area = serializers.IntegerField(source="area_id")
    parent = serializers.IntegerField(source="parent_id", allow_null=True)  # type: ignore[assignment]
    level = serializers.ChoiceField(choices=Level.choices)
    code = serializers.CharField()
    name = serializers.CharField()
    lines = serializers.SerializerMethodField()

    @extend_schema_field(ChangedFigureSerializer(many=True))
    def get_lines(self, one: Changed) -> Any:
        return ChangedFigureSerializer(one.lines(), many=True).data


class StepTakenSerializer(serializers.Serializer[Any]):
    """A step of review."""

    kind = serializers.CharField()
    by = serializers.CharField(source="by.label")
    at = serializers.DateTimeField()
    reason = serializers.CharField()


class FigureMoveSerializer(serializers.Serializer[Any]):
    """A figure of a record that is not what it was."""

    measure = serializers.CharField()
    before = FigureField()
    after = FigureField()


class MovedRecordSerializer(serializers.Serializer[Any]):
    """A record that is not what it was; a null state is no record."""

    area = serializers.IntegerField(source="area.pk")
    area_code = serializers.CharField(source="area.code")
    area_name = serializers.CharField(source="area.name")
    breakdown = serializers.CharField()
    state_before = serializers.SerializerMethodField()
    state_after = serializers.SerializerMethodField()
    nil_before = serializers.SerializerMethodField()
    nil_after = serializers.SerializerMethodField()
    entered_by = serializers.CharField(source="by")
    entered_at = serializers.DateTimeField(source="at")
    figures = serializers.SerializerMethodField()
    steps = StepTakenSerializer(many=True)

    def get_state_before(self, one: MovedRecord) -> str | None:
        return one.before["state"] if one.before else None

    def get_state_after(self, one: MovedRecord) -> str | None:
        return one.after["state"] if one.after else None

    def get_nil_before(self, one: MovedRecord) -> bool:
        return bool(one.before and one.before["nil"])

    def get_nil_after(self, one: MovedRecord) -> bool:
        return bool(one.after and one.after["nil"])

    @extend_schema_field(FigureMoveSerializer(many=True))
    def get_figures(self, one: MovedRecord) -> Any:
        moves = one.differing(self.context["measures"])
        found = [{"measure": m.name, "before": before, "after": after} for m, before, after in moves]
        return FigureMoveSerializer(found, many=True).data


class AppliedSerializer(serializers.Serializer[Any]):
    """A boundary change that was applied or taken back."""

    id = serializers.IntegerField()
    title = serializers.CharField(source="__str__")
    kind = serializers.CharField()
    effective = serializers.DateField()
    applied_at = serializers.DateTimeField()
    reverted_at = serializers.DateTimeField(allow_null=True)


class WhySerializer(serializers.Serializer[Any]):
    """Why a total differs: what happened between two moments."""

    since = serializers.DateTimeField(help_text=_("Writes from this moment on may be missing in the earlier one."))
    until = serializers.DateTimeField()
    next = serializers.CharField(allow_null=True)
    previous = serializers.CharField(allow_null=True)
    records = MovedRecordSerializer(many=True)
    boundary_changes = AppliedSerializer(many=True)
