"""How places are written in the API."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from villages.levels import Level
from villages.models import Area, AreaVersion
from villages.trails import trails


class AreaRefSerializer(serializers.ModelSerializer[Area]):
    """The least that names a place."""

    class Meta:
        model = Area
        fields = ["id", "level", "code", "name", "name_latin"]


class AreaListSerializer(serializers.ListSerializer[Any]):
    """Finds the trails of all its areas at once, and writes each area of them once."""

    def to_representation(self, data: Any) -> list[Any]:
        areas = list(data)
        above = trails(areas)
        written = {up.pk: AreaRefSerializer(up).data for up in {up for trail in above.values() for up in trail}}
        self.child.ancestors = {pk: [written[up.pk] for up in trail] for pk, trail in above.items()}  # type: ignore[union-attr]
        return super().to_representation(areas)


class AreaSerializer(serializers.ModelSerializer[Area]):
    """A place as it is today. Its id never changes its meaning; its code and names may."""

    ancestors: dict[int, list[Any]] | None = None
    level_word = serializers.SerializerMethodField(help_text=_("What the country calls the level."))
    above = serializers.SerializerMethodField(help_text=_("The areas above it today, from the nation down."))

    class Meta:
        model = Area
        fields = ["id", "level", "level_word", "kind", "code", "name", "name_latin", "parent", "above"]
        list_serializer_class = AreaListSerializer

    def get_level_word(self, area: Area) -> str:
        return Level(area.level).word

    def get_above(self, area: Area) -> AreaRefSerializer(many=True):  # type: ignore[valid-type]
        return (
            AreaRefSerializer(area.ancestors(), many=True).data if self.ancestors is None else self.ancestors[area.pk]
        )


class AreaVersionSerializer(serializers.ModelSerializer[AreaVersion]):
    """The form a place had from one day (held) to another (no longer held; null: today still)."""

    parent_name = serializers.CharField(
        source="parent.name", default=None, help_text=_("What that area is called today.")
    )
    valid_from = serializers.DateField(source="valid.lower")
    valid_until = serializers.DateField(source="valid.upper", allow_null=True)
    source = serializers.CharField(source="source.file_name", default=None, help_text=_("The list it was taken from."))  # type: ignore[assignment]

    class Meta:
        model = AreaVersion
        fields = ["id", "code", "name", "name_latin", "parent", "parent_name", "valid_from", "valid_until", "source"]
