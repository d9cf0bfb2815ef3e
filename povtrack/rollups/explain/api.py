"""Why a total is what it is, in the API."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_serializer, extend_schema_view
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from povtrack.accounts.models import User
from povtrack.lib.basis import BadBasis
from povtrack.lib.moments import BadMoment
from povtrack.lib.pages import neighbours, page_number
from povtrack.lib.rest.fresh import FreshnessSerializer
from povtrack.lib.rest.resources import Resource
from povtrack.lib.rest.schema import errors_of
from povtrack.rollups.explain.facts import STAGES, Explained, Question, explained
from povtrack.rollups.explain.inputs import WHICH
from povtrack.rollups.releases.serializers import AppliedSerializer, FigureField, MovedRecordSerializer
from povtrack.rollups.serializers import ShareSerializer
from villages.models import Area

_PARAMETERS = [
    OpenApiParameter("programme", str, required=True),
    OpenApiParameter("area", int, required=True, description="Id of a township, or of an area above one."),
    OpenApiParameter("year", int, required=True),
    OpenApiParameter("measure", str, description="Name of the measure; the first headline figure if absent."),
    OpenApiParameter("basis", str, description="recorded (the default), current, or a year."),
    OpenApiParameter("breakdown", str, description="Code of a kind; all kinds together if absent."),
    OpenApiParameter("stage", str, enum=list(STAGES)),
    OpenApiParameter("as_of", str, description="A day (its end) or moment of the past whose records are meant."),
    OpenApiParameter("which", str, enum=list(WHICH), description="The inputs to list; above counties none if absent."),
    OpenApiParameter("page", int, description="Page of the inputs."),
]


class PartSerializer(serializers.Serializer[Any]):
    """An area below whose total is a part of this one."""

    area = serializers.IntegerField()
    area_code = serializers.CharField()
    area_name = serializers.CharField()
    figure = FigureField()
    expected = serializers.IntegerField()
    reported = serializers.IntegerField()
    approved = serializers.IntegerField()
    drafted = serializers.IntegerField()
    nil = serializers.IntegerField()
    estimated = serializers.IntegerField()


class InputSerializer(serializers.Serializer[Any]):
    """A place that counts here, with its record, if it has one (else the state is empty)."""

    area = serializers.IntegerField(source="area_id")
    area_code = serializers.CharField(source="code")
    area_name = serializers.CharField(source="name")
    breakdown = serializers.CharField()
    state = serializers.CharField()
    nil = serializers.BooleanField()
    figure = FigureField(help_text=_("What the record says."))
    counted = FigureField(help_text=_("What of it counts in this total; null where it does not count."))
    share = serializers.DecimalField(max_digits=13, decimal_places=12)
    entered_by = serializers.CharField()
    entered_at = serializers.DateTimeField(allow_null=True)


class FrozenFigureSerializer(serializers.Serializer[Any]):
    """What a release holds of this figure."""

    release = serializers.CharField()
    known_at = serializers.DateTimeField()
    state = serializers.CharField()
    figure = FigureField()


class ExplainSerializer(serializers.Serializer[Any]):
    """One total, and all that it comes from, read at one instant."""

    figure = FigureField()
    freshness = FreshnessSerializer()
    computed_at = serializers.DateTimeField(allow_null=True, help_text=_("As in `freshness`."))
    pending_changes = serializers.IntegerField(help_text=_("As in `freshness`."))
    adds_up = serializers.BooleanField(
        allow_null=True, help_text=_("Parts and records add up to the figure; null while edits wait to be counted in.")
    )
    expected = serializers.IntegerField()
    reported = serializers.IntegerField()
    approved = serializers.IntegerField()
    drafted = serializers.IntegerField()
    nil = serializers.IntegerField()
    estimated = serializers.IntegerField()
    parts = PartSerializer(many=True)
    parts_sum = FigureField()
    records_sum = FigureField(help_text=_("Summed here and now from the records, where these were asked for."))
    counts = serializers.DictField(child=serializers.IntegerField(), help_text=_("How many inputs each list holds."))
    which = serializers.CharField()
    next = serializers.CharField(allow_null=True)
    previous = serializers.CharField(allow_null=True)
    inputs = InputSerializer(many=True)
    shares = ShareSerializer(many=True)
    designations = serializers.ListField(child=serializers.CharField())
    boundary_changes = AppliedSerializer(many=True)
    lately = MovedRecordSerializer(
        many=True,
        help_text=_("Records written in the last 30 days, from what to what, the latest first; twenty at most."),
    )
    released = FrozenFigureSerializer(many=True)


@extend_schema_view(
    list=extend_schema(
        summary="Why a total is what it is",
        parameters=_PARAMETERS,
        responses={200: extend_schema_serializer(many=False)(ExplainSerializer), **errors_of(404)},
    )
)
class ExplainViewSet(Resource):
    """One total: its parts, its records, who is missing, shares, boundary changes, and what changed lately."""

    queryset = Area.objects.none()
    serializer_class = ExplainSerializer
    pagination_class = None
    http_method_names = ["get", "head"]

    def known_parameters(self) -> list[str]:
        return [parameter.name for parameter in _PARAMETERS]

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        assert isinstance(request.user, User)
        which, plain = request.query_params.get("which", ""), request._request  # noqa: SLF001 - pages take Django's
        if which and which not in WHICH:
            raise serializers.ValidationError({"which": [_("Known here: %s.") % ", ".join(WHICH)]})
        number = page_number(plain)
        try:
            question = Question.of(request.query_params, request.user)
            facts = explained(question, user=request.user, which=which, number=number)
        except BadBasis as bad:
            raise serializers.ValidationError({"basis": [str(bad)]}) from bad
        except BadMoment as bad:
            raise serializers.ValidationError({"as_of": [str(bad)]}) from bad
        before, after = neighbours(plain, number, more=facts.more)
        links = {
            name: request.build_absolute_uri(request.path) + query if query else None
            for name, query in (("previous", before), ("next", after))
        }
        context = {"measures": [question.measure]}
        return Response(ExplainSerializer({**_written(facts), **links}, context=context).data)


_COUNTS = ("expected", "reported", "approved", "drafted", "nil", "estimated")


def _written(facts: Explained) -> dict[str, Any]:
    question = facts.question
    same = ("figure", "adds_up", "parts_sum", "records_sum", "counts", "which", "inputs", "shares", "lately")
    return {
        **{name: getattr(facts, name) for name in same},
        **{name: getattr(facts.own, name, 0) for name in _COUNTS},
        "freshness": facts.freshness.told(question.basis.name, question.as_of.moment if question.as_of else None),
        "computed_at": facts.freshness.computed_at,
        "pending_changes": facts.freshness.pending,
        "parts": [_part(row, figure) for row, figure in facts.parts],
        "designations": [member.designation.code for member in facts.lists],
        "boundary_changes": facts.changes,
        "released": [
            {"release": r.release.name, "known_at": r.release.known_at, "state": r.release.state, "figure": figure}
            for r, figure in facts.released
        ],
    }


def _part(row: Any, figure: Any) -> dict[str, Any]:
    about = {"area": row.area_id, "area_code": row.area.code, "area_name": row.area.name, "figure": figure}
    return {**about, **{name: getattr(row, name) for name in _COUNTS}}
