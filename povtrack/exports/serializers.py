"""How exports are asked for and told of in the API."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.reverse import reverse

from povtrack.exports.models import Export
from povtrack.lib.rest.formats import FORMS
from povtrack.lib.rest.fresh import FreshnessSerializer


class NewExportSerializer(serializers.Serializer[Any]):
    """Which list is wanted, and in what form."""

    resource = serializers.CharField(
        max_length=4200,
        help_text=_(
            "The address of any list of the API with its query, such as records/dew/?year=2010 or "
            "/api/v1/observations/?programme=dew. Leave out what pages it."
        ),
    )
    format = serializers.ChoiceField(choices=list(FORMS), default="csv", help_text=_("The form of the file."))
    key = serializers.UUIDField(required=False, help_text=_("A UUID of your own; the same as the header."))


class ExportProgressSerializer(serializers.Serializer[Any]):
    """How far it is, in rows."""

    done = serializers.IntegerField(source="rows_done")
    expected = serializers.IntegerField(
        source="rows_expected", allow_null=True, help_text=_("As estimated when it was asked for; null: not known.")
    )


class ExportSerializer(serializers.ModelSerializer[Export]):
    """One whole list as a file. It is the state of one instant, and complete, or there is none."""

    format = serializers.CharField(source="form", help_text=_("The form of the file."))
    progress = ExportProgressSerializer(source="*")
    rows = serializers.IntegerField(allow_null=True, help_text=_("Rows of the file, without the heading."))
    bytes = serializers.IntegerField(source="size", allow_null=True)
    sha256 = serializers.CharField(help_text=_("SHA-256 of the file; empty until it is ready."))
    known_at = serializers.DateTimeField(allow_null=True, help_text=_("The instant whose state the file holds."))
    freshness = serializers.SerializerMethodField(help_text=_("What the list says of its totals; null without any."))
    expires_at = serializers.DateTimeField(allow_null=True, help_text=_("When it is deleted."))
    failure = serializers.CharField(help_text=_("Why it failed, in words; else empty."))
    problem = serializers.JSONField(
        allow_null=True, help_text=_("The problem that the list had with it, if it had one.")
    )
    withheld = serializers.SerializerMethodField(
        help_text=_("A right by which it was made has been withdrawn; it is not handed out any more.")
    )
    file = serializers.SerializerMethodField(help_text=_("Where it is downloaded; null until it is ready."))

    class Meta:
        model = Export
        fields = (
            "id", "resource", "format", "state", "asked_at", "begun_at", "ended_at", "progress", "rows", "bytes",
            "sha256", "known_at", "freshness", "expires_at", "failure", "problem", "withheld", "file",
        )  # fmt: skip

    def get_freshness(self, export: Export) -> FreshnessSerializer(allow_null=True):  # type: ignore[valid-type]
        return export.freshness or None

    def get_withheld(self, export: Export) -> bool:
        return export.pk in self.context["withheld"]

    def get_file(self, export: Export) -> str | None:
        if export.state != Export.State.DONE or self.get_withheld(export):
            return None
        address: str = reverse("api-export-file", args=[export.pk], request=self.context.get("request"))
        return address
