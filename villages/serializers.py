"""How places are written in the API."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from povtrack.lib.paths import is_under
from villages.levels import Level
from villages.marks import Mark
from villages.models import Area, AreaVersion, BoundaryChange, ChangedArea, Placement, Succession
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
        fields = ["id", "level", "level_word", "kind", "code", "name", "name_latin", "parent", "ended_on", "above"]
        list_serializer_class = AreaListSerializer

    def get_level_word(self, area: Area) -> str:
        return Level(area.level).word

    def get_above(self, area: Area) -> AreaRefSerializer(many=True):  # type: ignore[valid-type]
        return (
            AreaRefSerializer(area.ancestors(), many=True).data if self.ancestors is None else self.ancestors[area.pk]
        )


class PlaceSerializer(serializers.ModelSerializer[Area]):
    """A place by its latest form. One that lies outside the reader's areas is named only: its id is null."""

    id = serializers.SerializerMethodField()

    class Meta:
        model = Area
        fields = ["id", "level", "code", "name", "name_latin", "ended_on"]

    def get_id(self, area: Area) -> int | None:
        paths = self.context.get("paths")
        return area.pk if paths is None or is_under(area.path, paths) else None

    def to_representation(self, instance: Area) -> dict[str, Any]:
        """Write the few columns by hand: a page of the feed holds thousands of places."""
        own = {name: getattr(instance, name) for name in ("level", "code", "name", "name_latin", "ended_on")}
        return {"id": self.get_id(instance), **own}


class ChangeRefSerializer(serializers.ModelSerializer[BoundaryChange]):
    """The least that names a boundary change."""

    url = serializers.HyperlinkedIdentityField(view_name="api-boundarychange-detail")

    class Meta:
        model = BoundaryChange
        fields = ["id", "url", "kind", "effective", "day_known", "title", "document_no", "document_url"]


class AreaVersionSerializer(serializers.ModelSerializer[AreaVersion]):
    """The form a place had from one day (held) to another (no longer held; null: today still)."""

    parent_name = serializers.CharField(
        source="parent.name", default=None, allow_null=True, help_text=_("What that area is called today.")
    )
    valid_from = serializers.DateField(source="valid.lower")
    valid_until = serializers.DateField(source="valid.upper", allow_null=True)
    source = serializers.CharField(  # type: ignore[assignment]
        source="source.file_name", default=None, allow_null=True, help_text=_("The list it was taken from.")
    )
    began_by = ChangeRefSerializer(
        many=True, help_text=_("The changes that began this form; none where a list brought it.")
    )
    ended_by = ChangeRefSerializer(many=True, help_text=_("The changes that ended this form."))

    class Meta:
        model = AreaVersion
        fields = [
            "id", "code", "name", "name_latin", "parent", "parent_name", "valid_from", "valid_until", "source",
            "began_by", "ended_by",
        ]  # fmt: skip


class LineageSerializer(serializers.ModelSerializer[Succession]):
    """One old place, and one that took over some or all of it."""

    old = PlaceSerializer()
    new = PlaceSerializer()
    change = ChangeRefSerializer()

    class Meta:
        model = Succession
        fields = ["id", "effective", "old", "new", "share", "share_back", "reason", "change"]


class PlacementSerializer(serializers.ModelSerializer[Placement]):
    """Where a place stood from one day (held) to another (no longer held; null: today still), by today's names."""

    valid_from = serializers.DateField(source="valid.lower")
    valid_until = serializers.DateField(source="valid.upper", allow_null=True)
    parent = PlaceSerializer(allow_null=True)
    province = PlaceSerializer(allow_null=True)
    prefecture = PlaceSerializer(allow_null=True)
    county = PlaceSerializer(allow_null=True)
    township = PlaceSerializer(allow_null=True)

    class Meta:
        model = Placement
        fields = ["id", "valid_from", "valid_until", "parent", "province", "prefecture", "county", "township"]


class FormSerializer(serializers.Serializer[Any]):
    """The form of a place: its code, its names, and the place it belonged to."""

    code = serializers.CharField()
    name = serializers.CharField()
    name_latin = serializers.CharField(allow_blank=True)
    parent = PlaceSerializer(allow_null=True)


class ChangedAreaSerializer(serializers.ModelSerializer[ChangedArea]):
    """What a change does to one place: its form the day before (null: new) and from that day on (null: it ends)."""

    area = PlaceSerializer(allow_null=True, help_text=_("Null for a place that was made and taken back."))
    before = serializers.SerializerMethodField()
    after = serializers.SerializerMethodField()

    class Meta:
        model = ChangedArea
        fields = ["id", "area", "level", "before", "after"]

    def get_before(self, part: ChangedArea) -> FormSerializer(allow_null=True):  # type: ignore[valid-type]
        if part.was_version is None:
            return None
        form = {"code": part.was_code, "name": part.was_name, "name_latin": part.was_name_latin}
        return {**form, "parent": self._place(part.was_parent)}

    def get_after(self, part: ChangedArea) -> FormSerializer(allow_null=True):  # type: ignore[valid-type]
        if part.ends:
            return None
        parent = part.parent or (part.under.area if part.under else part.was_parent)
        return {
            "code": part.code or part.was_code,
            "name": part.name or part.was_name,
            "name_latin": part.name_latin or ("" if part.name not in ("", part.was_name) else part.was_name_latin),
            "parent": self._place(parent),
        }

    def _place(self, area: Area | None) -> dict[str, Any] | None:
        return None if area is None else PlaceSerializer(context=self.context).to_representation(area)


class SuccessionSerializer(serializers.ModelSerializer[Succession]):
    """One old place, and one that took over some or all of it."""

    old = PlaceSerializer()
    new = PlaceSerializer(allow_null=True, help_text=_("Null for a place that was made and taken back."))

    class Meta:
        model = Succession
        fields = ["id", "old", "new", "share", "share_back", "reason"]


class ChangeSerializer(serializers.ModelSerializer[BoundaryChange]):
    """A boundary change with what it did to the reader's places, at most 200 rows of each kind."""

    url = serializers.HyperlinkedIdentityField(view_name="api-boundarychange-detail")
    mark = serializers.SerializerMethodField(help_text=_("Its place in the feed, for `since`."))
    areas_count = serializers.IntegerField(help_text=_("How many rows there are; all are under `areas/`."))
    areas = ChangedAreaSerializer(many=True, source="shown_areas")
    successions_count = serializers.IntegerField(help_text=_("How many rows there are; all are under `successions/`."))
    successions = SuccessionSerializer(many=True, source="shown_successions")

    class Meta:
        model = BoundaryChange
        fields = [
            "id", "url", "mark", "kind", "state", "effective", "day_known", "approved_on", "document_no",
            "document_url", "title", "note", "applied_at", "reverted_at", "areas_count", "areas", "successions_count",
            "successions",
        ]  # fmt: skip

    def get_mark(self, change: BoundaryChange) -> str:
        return str(Mark.of(change))
