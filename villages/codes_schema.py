"""How the endpoints for lists of codes are described in the schema of the API."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse
from rest_framework import serializers

from povtrack.lib.csvanswers import CSV, SENT_HEADERS
from povtrack.lib.rest.schema import errors_of

_JSON = "application/json"


class CodesSerializer(serializers.Serializer[Any]):
    codes = serializers.ListField(child=serializers.CharField(max_length=100), help_text=_("At most 200,000."))


class CodeAnswerSerializer(serializers.Serializer[Any]):
    """The cells passed on, of a list sent as CSV."""

    line = serializers.IntegerField(help_text=_("Line of the file, or place in the list, counted from one."))
    problem = serializers.CharField(allow_blank=True, help_text=_("Why there is no answer; empty where there is one."))
    given = serializers.DictField(
        child=serializers.CharField(), required=False, help_text=_("The other cells of the row, as they came.")
    )


class TranslatedSerializer(CodeAnswerSerializer):
    """One code, and one place that it leads to."""

    code_from = serializers.CharField(help_text=_("As it came."))
    name_from = serializers.CharField(allow_null=True)
    level_from = serializers.IntegerField(allow_null=True)
    code_to = serializers.CharField(allow_null=True, help_text=_("With zeros appended where the code came with them."))
    name_to = serializers.CharField(allow_null=True)
    level_to = serializers.IntegerField(allow_null=True)
    share = serializers.DecimalField(
        max_digits=10,
        decimal_places=9,
        allow_null=True,
        help_text=_(
            "Forward in time: the part of the old place that went to this one. Backward: the part of the place given "
            "that came from this one. The shares of one code add up to one."
        ),
    )
    estimated = serializers.BooleanField(allow_null=True, help_text=_("The share is less than one."))
    note = serializers.CharField(allow_blank=True, help_text=_("What became of the place, in words."))


class CarriedSerializer(serializers.Serializer[Any]):
    """A place that carries the code at another time (until: the first day it no longer did; null: still)."""

    area = serializers.IntegerField()
    level = serializers.IntegerField()
    code = serializers.CharField()
    name = serializers.CharField()
    valid_from = serializers.DateField()
    valid_until = serializers.DateField(allow_null=True)
    code_latest = serializers.CharField()
    name_latest = serializers.CharField()


class LookedUpSerializer(CodeAnswerSerializer):
    """One code, and the place it stood for on the day, in its form of that day and its latest."""

    code = serializers.CharField(help_text=_("As it came."))
    area = serializers.IntegerField(allow_null=True, help_text=_("The id of the place."))
    level = serializers.IntegerField(allow_null=True)
    name = serializers.CharField(allow_null=True)
    name_latin = serializers.CharField(allow_null=True, allow_blank=True)
    valid_from = serializers.DateField(allow_null=True)
    valid_until = serializers.DateField(allow_null=True)
    parent_code = serializers.CharField(allow_null=True)
    parent_name = serializers.CharField(allow_null=True)
    code_latest = serializers.CharField(allow_null=True)
    name_latest = serializers.CharField(allow_null=True)
    ended_on = serializers.DateField(allow_null=True)
    carried = CarriedSerializer(many=True, help_text=_("Where nothing was found: who carries the code otherwise."))


class CountsSerializer(serializers.Serializer[Any]):
    rows_in = serializers.IntegerField()
    rows_out = serializers.IntegerField()
    problems = serializers.IntegerField()


class TranslationSerializer(CountsSerializer):
    """The counts stand last: they end an answer that is whole."""

    to = serializers.IntegerField()
    results = TranslatedSerializer(many=True)

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        # A word of Python's own can't be the name of an attribute.
        return {"from": serializers.IntegerField(), **super().get_fields()}


class LookupSerializer(CountsSerializer):
    """The counts stand last: they end an answer that is whole."""

    on = serializers.DateField()
    results = LookedUpSerializer(many=True)


_REQUEST = {
    _JSON: CodesSerializer,
    CSV: OpenApiTypes.STR,
    "multipart/form-data": {
        "type": "object",
        "properties": {"file": {"type": "string", "format": "binary"}},
        "required": ["file"],
    },
}
_COMMON = [
    OpenApiParameter(
        "column",
        str,
        description="Name of the column that holds the codes; without it, one called code, adcode, 代码 or the like.",
    ),
    OpenApiParameter("encoding", str, description="Of the CSV. Without it: UTF-8, UTF-16 by its mark, else GB 18030."),
    OpenApiParameter("format", str, enum=["csv", "json"], description="Of the answer; without it, as Accept says."),
]
_COUNTS = [
    OpenApiParameter(name, kind, OpenApiParameter.HEADER, response=[200], description=words)
    for name, (kind, words) in {
        "Povtrack-Rows-In": (int, "Rows of the list."),
        "Povtrack-Problems": (int, "Rows that could not be answered."),
        **SENT_HEADERS,
    }.items()
]


def _split(code: str, name: str, share: str) -> dict[str, Any]:
    same = code == "520521"
    return {
        "line": 1,
        "code_from": "520521",
        "name_from": "大方县",
        "level_from": 3,
        "code_to": code,
        "name_to": name,
        "level_to": 3,
        "share": share,
        "estimated": True,
        "note": "The same place, without what it gave away or had from others."
        if same
        else "This place took over part of it.",
        "problem": "",
    }


_ASKED = [
    OpenApiExample("Codes", value={"codes": ["520521", "520500"]}, media_type=_JSON, request_only=True),
    OpenApiExample("A table", value="code,people\n520521,1021\n520500,6840\n", media_type=CSV, request_only=True),
]

TRANSLATE_SCHEMA: dict[str, Any] = {
    "summary": "Translate a list of codes from one year to another",
    "description": (
        "Says for each code that was in force at the end of the year `from` what carries on its place at the end of "
        "the year `to`: one row for each place, with the share. A code that was not in force keeps its row and gets "
        "a problem in words. Codes of provinces and prefectures may come with zeros appended (520500)."
    ),
    "filters": False,
    "request": _REQUEST,
    "responses": {
        (200, _JSON): TranslationSerializer,
        (200, CSV): OpenApiResponse(OpenApiTypes.STR, description="The same columns, then the cells passed on."),
        **errors_of(413),
    },
    "parameters": [
        OpenApiParameter("from", int, required=True, description="Year of the codes given."),
        OpenApiParameter("to", int, required=True, description="Year wanted; it may be the earlier one."),
        *_COMMON,
        *_COUNTS,
    ],
    "examples": [
        *_ASKED,
        OpenApiExample(
            "A split",
            value={
                "from": 2000,
                "to": 2023,
                "results": [_split("520521", "大方县", "0.75"), _split("520529", "百里杜鹃区", "0.25")],
                "rows_in": 1,
                "rows_out": 2,
                "problems": 0,
            },
            media_type=_JSON,
            response_only=True,
        ),
        OpenApiExample(
            "A table",
            value=(
                "line,code_from,name_from,level_from,code_to,name_to,level_to,share,estimated,note,problem,people\n"
                "2,520521,大方县,3,520521,大方县,3,1,false,,,1021\n"
                "3,520599,,,,,,,,,No place carried this code at the end of 2000.,77\n"
            ),
            media_type=CSV,
            response_only=True,
        ),
    ],
}

LOOKUP_SCHEMA: dict[str, Any] = {
    "summary": "Look up a list of codes on a day",
    "description": (
        "Says what each code stood for on the day `on`, one row a code. A code that was not in force then keeps its "
        "row, with a problem in words and, under `carried`, the places that carry it at other times."
    ),
    "filters": False,
    "request": _REQUEST,
    "responses": {
        (200, _JSON): LookupSerializer,
        (200, CSV): OpenApiResponse(OpenApiTypes.STR, description="The same columns, then the cells passed on."),
        **errors_of(413),
    },
    "parameters": [
        OpenApiParameter("on", OpenApiTypes.DATE, description="Today if absent."),
        *_COMMON,
        *_COUNTS,
    ],
    "examples": _ASKED,
}
