"""Progress in the API: how far the records of an area, and of each area below it, are in one round."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, extend_schema, extend_schema_serializer
from drf_spectacular.utils import extend_schema_view as described
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from povtrack.accounts.requests import user_of
from povtrack.accounts.roles import Ability
from povtrack.lib.rest.formats import FILES, FORMS
from povtrack.lib.rest.fresh import FreshnessSerializer, summed_now
from povtrack.lib.rest.lists import asked_file, only_of_files
from povtrack.lib.rest.paging import numbered_links
from povtrack.lib.rest.resources import Resource
from povtrack.lib.rest.table import table_of
from povtrack.lib.rest.whole import file_name, send_rows
from povtrack.lib.years import FIRST_YEAR, LAST_YEAR, year_end
from programmes.models import Round
from programmes.progress import Part, parts_of
from programmes.registry import find_programme, programme_choices
from programmes.serializers import KEY_MAX
from villages.filters import visible_areas
from villages.levels import Level
from villages.models import Area, AreaVersion

MOST = 1000


class ProgressQuery(serializers.Serializer[Any]):
    """What progress is asked for by."""

    programme = serializers.ChoiceField(choices=[], help_text=gettext_lazy("Code of the programme."))
    year = serializers.IntegerField(min_value=FIRST_YEAR, max_value=LAST_YEAR)
    area = serializers.IntegerField(
        required=False,
        min_value=1,
        max_value=KEY_MAX,
        help_text=gettext_lazy("Id of the area: a township or above. Your highest if it is left out."),
    )
    page = serializers.IntegerField(min_value=1, max_value=10_000, default=1)
    page_size = serializers.IntegerField(min_value=1, max_value=MOST, default=100)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["programme"]
        field.choices = programme_choices()

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Find the area, as it stood at the end of the year."""
        request, named = self.context["request"], attrs.get("area")
        own = Area.objects.filter(pk__in=user_of(request).area_ids(Ability.READ)).order_by("level", "code")
        areas = visible_areas(request).filter(pk=named, level__lte=Level.TOWNSHIP) if named else own
        area = areas.first()
        if area is None or area.level > Level.TOWNSHIP:
            raise serializers.ValidationError({"area": [_("There is no such place among yours.")]})
        version = AreaVersion.objects.filter(area=area, valid__contains=year_end(attrs["year"])).first()
        if version is None:
            words = _("%(area)s did not stand at the end of %(year)s.") % {"area": area, "year": attrs["year"]}
            raise serializers.ValidationError({"area": [words]})
        return {**attrs, "area": area, "code": version.code}


class ProgressSerializer(serializers.Serializer[Any]):
    """How far the records of one area are. Counts are of places that should report; one is in one state only.

    In a programme with kinds a place counts once, by that of its records that is least far.
    """

    area = serializers.IntegerField(help_text=gettext_lazy("Id of the area."))
    code = serializers.CharField(help_text=gettext_lazy("The code that it carried in that year."))
    name = serializers.CharField(help_text=gettext_lazy("Its name today."))
    name_latin = serializers.CharField()
    programme = serializers.CharField()
    year = serializers.IntegerField()
    expected = serializers.IntegerField(help_text=gettext_lazy("Places that should report."))
    missing = serializers.IntegerField(help_text=gettext_lazy("Without any record yet."))
    drafted = serializers.IntegerField()
    returned = serializers.IntegerField(help_text=gettext_lazy("Given back by a reviewer."))
    submitted = serializers.IntegerField()
    confirmed = serializers.IntegerField(help_text=gettext_lazy("Where review takes two steps."))
    approved = serializers.IntegerField()
    reported = serializers.IntegerField(help_text=gettext_lazy("Submitted, confirmed or approved."))
    overdue = serializers.IntegerField(help_text=gettext_lazy("What should have been in by today and is not."))
    percent = serializers.IntegerField(help_text=gettext_lazy("Reported, in percent of expected."))


class ProgressRoundSerializer(serializers.Serializer[Any]):
    """The round in which they are collected."""

    opens = serializers.DateField()
    due = serializers.DateField()
    closes = serializers.DateField()


@extend_schema_serializer(many=False)
class ProgressPageSerializer(serializers.Serializer[Any]):
    """The areas right below one, as they stood in that year, and the area itself (`whole`)."""

    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    freshness = FreshnessSerializer()
    round = ProgressRoundSerializer(allow_null=True, help_text=gettext_lazy("Null where none is planned."))
    whole = ProgressSerializer()
    results = ProgressSerializer(many=True)


_EXAMPLE = OpenApiExample(
    "A county of which four places of six have reported",
    value={
        "area": 7, "code": "520522", "name": "黔西县", "name_latin": "Qianxi County", "programme": "dew", "year": 2010,
        "expected": 6, "missing": 1, "drafted": 1, "returned": 0, "submitted": 1, "confirmed": 0, "approved": 3,
        "reported": 4, "overdue": 2, "percent": 66,
    },
)  # fmt: skip


@described(
    list=extend_schema(
        summary="How far the records of an area are in one round",
        parameters=[
            ProgressQuery,
            OpenApiParameter("format", str, enum=["json", *FORMS], description="All rows as a file, the area last."),
            OpenApiParameter("bom", str, enum=["1"], description="Mark a CSV file as UTF-8, for Excel."),
        ],
        responses=ProgressPageSerializer,
        examples=[_EXAMPLE],
    )
)
class ProgressViewSet(Resource):
    """Counted from the records themselves whenever it is asked for, as on the page of progress; never stale."""

    queryset = Area.objects.none()
    serializer_class = ProgressPageSerializer
    pagination_class = None
    http_method_names = ["get", "head"]

    def get_renderers(self) -> list[Any]:
        return [*super().get_renderers(), *(form() for form in FILES)]

    def known_parameters(self) -> list[str]:
        return [*ProgressQuery().fields, "format", "bom"]

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Any:
        query = ProgressQuery(data=request.query_params, context={"request": request})
        query.is_valid(raise_exception=True)
        asked = query.validated_data
        if getattr(request.accepted_renderer, "is_file", False):
            return self._file(request, asked)
        only_of_files(request)
        own, parts = _counted(asked)
        page, size = asked["page"], asked["page_size"]
        answer = {
            **numbered_links(request, page, more=len(parts) > page * size),
            "freshness": summed_now(),
            "round": _round(asked),
            "whole": own,
            "results": parts[(page - 1) * size : page * size],
        }
        return Response(self.get_serializer(answer).data)

    def _file(self, request: Request, asked: dict[str, Any]) -> Any:
        file, columns = asked_file(request), table_of(ProgressSerializer, {}).columns

        def rows() -> Iterable[list[Any]]:
            own, parts = _counted(asked)
            return ([row[one.name] for one in columns] for row in [*parts, own])

        name = file_name(f"progress-{asked['programme']}-{asked['year']}-{asked['code']}")
        return send_rows(columns, rows, file.form, name, bom=file.bom, freshness=summed_now(), request=request)


def _round(asked: dict[str, Any]) -> Round | None:
    return Round.objects.filter(programme=asked["programme"], year=asked["year"]).first()


def _counted(asked: dict[str, Any]) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """How far the area is, and each area right below it."""
    model, year = find_programme(asked["programme"]), asked["year"]
    assert model is not None
    collecting = _round(asked)
    is_due = bool(collecting and collecting.days_left < 0)
    own, parts = parts_of(model, year, asked["area"])

    def row(part: Part) -> dict[str, Any]:
        place = {name: getattr(part.area, name) for name in ("name", "name_latin")}
        counts = {**part.progress.as_dict(), "overdue": part.progress.overdue(is_due=is_due)}
        return {"area": part.area.pk, "code": part.code, **place, "programme": model.code, "year": year, **counts}

    return row(Part(asked["area"], asked["code"], own)), [row(part) for part in parts]
